/** Characters of a word of a dump that are quoted: no name or address has more. */
const LONGEST_WORD = 400;

/** Characters that are shown in one piece: no sentence with all it quotes has more. */
const LONGEST = 4000;

/**
 * What nobody sees and what acts nevertheless: control and format characters (among them those
 * that turn the direction of text), separators of lines, and halves of surrogate pairs.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text of a dump as people may see it: hidden characters written out, and no longer than a screen. */
export function visible(text: string): string {
  return spelledOut(cut(text, LONGEST));
}

/**
 * All of a text, with its hidden characters written out as `<U+202E>` or, the ASCII ones, as their
 * pictures (␛), so that none acts on a terminal or turns round or hides what stands beside it.
 * Line ends and tabs become blanks.
 */
export function spelledOut(text: string): string {
  return text.replace(/[\r\n\t]/g, ' ').replace(HIDDEN, char => {
    const code = char.codePointAt(0) ?? 0;
    return code < 32
      ? String.fromCharCode(0x2400 + code)
      : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** A value as JSON in which hidden characters are escapes, which lose nothing. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value).replace(HIDDEN, char =>
    Array.from(
      { length: char.length },
      (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** A word of a dump as sentences quote it: cut where it is longer than any that means something. */
export function quoted(word: string, longest = LONGEST_WORD): string {
  return cut(word, longest);
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
