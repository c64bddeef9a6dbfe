/** Words of file names that say what a file is, not whose. */
const NOISE = new Set([
  'netstat',
  'ss',
  'lsof',
  'sockstat',
  'sockets',
  'connections',
  'dump',
  'dumps',
  'capture',
  'snapshot',
  'output',
  'out',
  'result',
  'proc',
  'txt',
  'log',
  'logs',
  'csv',
  'json',
  'dat',
]);

/** Options of netstat and ss, which people put into file names. */
const OPTIONS =
  /^(?:an|ano|anb|anob|anbo|ant|anp|anv|anvl|antp|antop|antope|tanp|tanpi|tanpo|tulpn|tlnp|tunap|tunapee|tunapeeo|tunapoe|tunapoeim)$/;

/** Bits that words of a name are put together with. */
const SEPARATOR = /[-_. ]/;

/** The host that a file is most likely of, by its name, else by its folder; null where neither says. */
export function hostOfFileName(path: string): string | null {
  const parts = path.split(/[/\\]/).filter(part => part !== '' && !/^\.{1,2}$/.test(part));
  for (const part of parts.slice(-2).reverse()) {
    const name = meaningful(part);
    if (name !== '') {
      return name;
    }
  }
  return null;
}

/** What several names have in common; null where that is nothing. */
export function commonName(names: readonly string[]): string | null {
  const [first, ...others] = names.map(name => name.split(SEPARATOR));
  let length = first?.length ?? 0;
  for (const words of others) {
    let same = 0;
    while (same < length && words[same] === first?.[same]) {
      same++;
    }
    length = same;
  }
  return length === 0 ? null : (first ?? []).slice(0, length).join('-');
}

/** A name without time stamps, and without noise at both ends. */
function meaningful(name: string): string {
  const bare = name.replace(TIME, '-');
  const words = bare.split(SEPARATOR);
  let start = 0;
  let end = words.length;
  while (start < end && isNoise(words[start]!)) {
    start++;
  }
  while (end > start && isNoise(words[end - 1]!)) {
    end--;
  }
  // The words that remain stand as they stood, with the signs between them.
  const from = words.slice(0, start).reduce((sum, word) => sum + word.length + 1, 0);
  const length = words.slice(start, end).reduce((sum, word) => sum + word.length + 1, 0) - 1;
  return length <= 0 ? '' : bare.slice(from, from + length);
}

const TIME =
  /(?<!\d)20\d\d[-_.]?\d\d[-_.]?\d\d(?:[-_.T ]{0,3}\d\d[-_.:h]?\d\d(?:[-_.:m]?\d\d)?Z?)?(?!\d)/;

function isNoise(word: string): boolean {
  const lower = word.toLowerCase();
  return lower === '' || /^dump\d{1,6}$/.test(lower) || NOISE.has(lower) || OPTIONS.test(lower);
}
