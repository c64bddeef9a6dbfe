import { type Amount, NOTHING_RECEIVED, NOTHING_SENT } from '../model/interface';
import type { InterfaceLines } from './counterFormat';

/** An interface of which nothing but its name is known. */
export function newInterface(name: string | null, mtu: number | null = null): InterfaceLines {
  return { name, mtu, flags: null, rx: NOTHING_RECEIVED, tx: NOTHING_SENT };
}

const DIGITS = /^\d{1,20}$/;

/** Whether a word of a table of numbers is one, or stands for none. */
export function isAmount(word: string): boolean {
  return word === '-' || DIGITS.test(word);
}

/** The number that a word is; null if it is none, as `-`, or `1.90k`, which is rounded. */
export function amountOf(word: string | undefined): Amount | null {
  if (word === undefined || !DIGITS.test(word)) {
    return null;
  }
  const value = Number(word);
  return Number.isSafeInteger(value) ? value : BigInt(word);
}

/** A size in bytes; null if there is none. */
export function sizeOf(word: string | undefined): number | null {
  const amount = amountOf(word);
  return amount === null ? null : Number(amount);
}

/** What a table tells by the heads of its columns. */
export interface Columns {
  readonly rx: Readonly<Record<string, keyof InterfaceLines['rx']>>;
  readonly tx: Readonly<Record<string, keyof InterfaceLines['tx']>>;
}

/** An interface with the numbers that stand below heads. */
export function withNumbers(
  link: InterfaceLines,
  { rx, tx }: Columns,
  heads: readonly string[],
  words: readonly string[],
): InterfaceLines {
  const numbers = { rx: { ...link.rx }, tx: { ...link.tx } };
  heads.forEach((head, i) => {
    const received = rx[head];
    const sent = tx[head];
    if (received !== undefined) {
      numbers.rx[received] = amountOf(words[i]);
    }
    if (sent !== undefined) {
      numbers.tx[sent] = amountOf(words[i]);
    }
  });
  return { ...link, ...numbers };
}

/** The words of a line from `from` up to `end`. */
export function wordsOf(
  line: { readonly count: number; word(i: number): string },
  from = 0,
  end = line.count,
): string[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, i) => line.word(from + i));
}
