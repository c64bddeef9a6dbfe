import { stateWordAt } from '../vocabulary/stateSpellings';
import { Field } from '../model/field';
import type { Row } from '../model/row';
import type { Line } from './line';

/**
 * Reads a known state word at word `i` into the row and gives how many words it takes: 0 where
 * word `i` is no known state, 2 for `POSLEDNÍ ACK` and the like.
 */
export function readStateWord(line: Line, i: number, row: Row): number {
  if (i >= line.count) {
    return 0;
  }
  const start = line.wordStart(i);
  let id = stateWordAt(line.text, start, line.wordEnd(i));
  let taken = 1;
  if (id === 0 && i + 1 < line.count) {
    id = stateWordAt(line.text, start, line.wordEnd(i + 1));
    taken = 2;
  }
  if (id === 0) {
    return 0;
  }
  row.stateWord = id;
  row.span(Field.State, start, line.wordEnd(i + taken - 1));
  return taken;
}

/** Whether word `i` is a known state. */
export function isStateAt(line: Line, i: number): boolean {
  return stateWordAt(line.text, line.wordStart(i), line.wordEnd(i)) !== 0;
}
