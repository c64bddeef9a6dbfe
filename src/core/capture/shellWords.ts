/** A command that cannot be made words of; the message says why. */
export class WordsError extends Error {}

const BLANKS = ' \t';
/** What a shell would do something with. There is none. */
const OPERATORS = '|&;<>()$`';
/** What a backslash between double quotes stands before; it is itself elsewhere. */
const ESCAPED_IN_QUOTES = '$`"\\';

/**
 * Splits a command into words as POSIX quoting does (Shell Command Language, 2.2), without any
 * expansion.
 * @throws WordsError
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  /** Undefined between words: `''` is a word. */
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === quote) {
      quote = undefined;
    } else if (char === '\\' && quote !== "'") {
      const next = text[i + 1];
      if (next === undefined) {
        throw new WordsError('it ends with a backslash');
      }
      const isEscape = quote === undefined || ESCAPED_IN_QUOTES.includes(next);
      word = (word ?? '') + (isEscape ? next : char + next);
      i++;
    } else if (quote !== undefined) {
      word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (BLANKS.includes(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (OPERATORS.includes(char)) {
      throw new WordsError(`no shell reads it, so quote its ${char}`);
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== undefined) {
    throw new WordsError(`it lacks a closing ${quote}`);
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** A word as every shell reads it: only what is plain stands without quotes. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
