import { NONE } from '../../model/row';

/** A line without what was put into it, and with what was lost of it. */
export interface Clean {
  readonly text: string;
  /**
   * For each of its characters and its end: where it stands in the original; NONE for what does not
   * stand there.
   */
  readonly places: Int32Array;
}

/** The line `text[start, end)` as it is. */
export function unchanged(text: string, start: number, end: number): Clean {
  const places = new Int32Array(end - start + 1);
  for (let i = 0; i < places.length; i++) {
    places[i] = start + i;
  }
  return { text: text.slice(start, end), places };
}

/**
 * Replaces every match of a global pattern. What is longer than what it replaces has its further
 * characters where the last one of that stood; what replaces nothing stands nowhere.
 */
export function edited(
  clean: Clean,
  pattern: RegExp,
  replace: (match: RegExpExecArray) => string,
): Clean {
  if (clean.text.search(pattern) === -1) {
    return clean;
  }
  let text = '';
  const places: number[] = [];
  let from = 0;
  const keep = (to: number): void => {
    for (let i = from; i < to; i++) {
      places.push(clean.places[i]!);
    }
    text += clean.text.slice(from, to);
  };
  for (const match of clean.text.matchAll(pattern)) {
    const { index } = match;
    const length = match[0].length;
    const put = replace(match);
    if (put === match[0]) {
      continue;
    }
    keep(index);
    for (let i = 0; i < put.length; i++) {
      places.push(length === 0 ? NONE : clean.places[index + Math.min(i, length - 1)]!);
    }
    text += put;
    from = index + length;
  }
  if (from === 0 && text === '') {
    return clean;
  }
  keep(clean.text.length);
  places.push(clean.places[clean.text.length]!);
  return { text, places: Int32Array.from(places) };
}

/** The span of the original that a span of the clean text is; undefined where it stands nowhere. */
export function originalSpan(
  { places }: Clean,
  start: number,
  end: number,
): readonly [number, number] | undefined {
  let from = start;
  let to = end;
  while (from < to && places[from] === NONE) {
    from++;
  }
  while (to > from && places[to - 1] === NONE) {
    to--;
  }
  // The end is just behind the last character, not before what follows it.
  return from === to ? undefined : [places[from]!, places[to - 1]! + 1];
}

/** What was made of a text that was itself made of another, with places in that other one. */
export function behind(clean: Clean, before: Clean): Clean {
  return {
    text: clean.text,
    places: clean.places.map(place => (place === NONE ? NONE : before.places[place]!)),
  };
}
