import { protocolWordId } from '../../vocabulary/protocol';
import type { PlainLine } from './plainLine';

/**
 * Reads the plain rows of a format. Each function reads a line up to and with its end, or returns
 * false where the line is not so plain. It must read what the dialect's function of the same name
 * would: a test compares them on every sample.
 */
export interface FastReader<L extends object = object> {
  row(line: PlainLine, layout: L | undefined): boolean;
  continuation?(line: PlainLine, layout: L | undefined): boolean;
}

/** By number, whether a protocol word is one of these. */
export function numbersOf(words: readonly string[]): Uint8Array {
  const numbers = new Uint8Array(256);
  for (const word of words) {
    numbers[protocolWordId(word)] = 1;
  }
  return numbers;
}
