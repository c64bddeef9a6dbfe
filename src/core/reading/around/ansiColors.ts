const ESCAPE = '\u001b';

/*
 * Colours of `grep --color` and terminals (ECMA-48): `ESC [ … m` and other control sequences, and
 * `ESC ] … BEL`. They stand in the middle of addresses, so a line is read without them.
 */
const SEQUENCE =
  /\u001b(?:\[[0-?]{0,40}[ -/]{0,8}[@-~]|\][^\u0007\u001b]{0,500}(?:\u0007|\u001b\\)|[ -/]{0,8}[0-Z\\^-~])?/g;

/** Whether a text holds control sequences anywhere. */
export function isColoured(text: string): boolean {
  return text.includes(ESCAPE);
}

/** A text without its control sequences. */
export interface Uncoloured {
  readonly text: string;
  /** For each of its characters and its end: where it stands in the original. */
  readonly places: Int32Array;
}

/** The line `text[start, end)` without control sequences; undefined where it has none. */
export function uncoloured(text: string, start: number, end: number): Uncoloured | undefined {
  const line = text.slice(start, end);
  if (!isColoured(line)) {
    return undefined;
  }
  const places = new Int32Array(line.length + 1);
  let clean = '';
  let from = 0;
  const keep = (to: number): void => {
    for (let i = from; i < to; i++) {
      places[clean.length + i - from] = start + i;
    }
    clean += line.slice(from, to);
  };
  for (const sequence of line.matchAll(SEQUENCE)) {
    keep(sequence.index);
    from = sequence.index + sequence[0].length;
  }
  keep(line.length);
  places[clean.length] = end;
  return { text: clean, places };
}

/** The span of the original that a span of the clean text is. */
export function coloured(clean: Uncoloured, start: number, end: number): [number, number] {
  const first = clean.places[start]!;
  // The end is just behind the last character, not before what follows it.
  return [first, end > start ? clean.places[end - 1]! + 1 : first];
}
