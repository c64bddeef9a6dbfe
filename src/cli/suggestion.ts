import { distance } from '../core/explain/nearest';

/**
 * The one name that a misspelled word is most like: up to two letters differ, one where it is
 * short, none where nearly any word would be like it. Null if there is none, or more than one.
 */
export function closest<T extends string>(word: string, names: readonly T[]): T | null {
  const wanted = word.toLowerCase();
  let least = Infinity;
  let found: T | null = null;
  for (const name of names) {
    const changed = distance(wanted, name.toLowerCase(), mostChanged(name));
    if (changed !== null && changed <= least) {
      found = changed < least ? name : null;
      least = changed;
    }
  }
  return found;
}

function mostChanged({ length }: string): number {
  return length < 4 ? 0 : length < 6 ? 1 : 2;
}

/** Characters of what was given that are repeated: it may be a whole log line. */
const LONGEST_ECHO = 100;

/** What was given, for a message. */
export function echo(text: string): string {
  return `"${text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO)}…` : text}"`;
}
