/** Characters of what a person typed or pasted that are looked at. */
const LONGEST = 2000;

/**
 * Words as they are compared: small letters without anything between, numbers that stand alone
 * and the endings of plurals left out. `Detected reordering 3 times using SACK` and
 * `12 segments_retransmitted` lose their numbers, `Ip6InReceives` keeps its. What stands between
 * the words may be given.
 */
export function foldWords(text: string, between = ''): string {
  const words =
    text
      .slice(0, LONGEST)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .filter(word => !/^\d+$/.test(word) && word !== 'n')
    .map(singular)
    .join(between);
}

function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) {
    return word;
  }
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}
