import { LineClass } from '../model/lineClass';
import { Field } from '../model/field';
import { locate } from '../reading/locate';
import { DumpReader } from '../reading/reader';
import type { Localizer } from '../wording/text';
import { explainAt } from './explain';
import { LONGEST_ROW } from './rowHint';
import type { Explained } from './target';

/** Explains the state of a line that is a row by itself; null if it is none, or has no state. */
export function stateLink(line: string, localizer: Localizer): Explained | null {
  const text = line.slice(0, LONGEST_ROW);
  const reader = new DumpReader();
  if (reader.read(text, 0, text.length) !== LineClass.Socket) {
    return null;
  }
  const dump = reader.finish();
  const state = locate(dump, 0, text).fields.find(({ field }) => field === Field.State);
  const found = state === undefined ? null : explainAt(dump, 0, state.start, () => text, localizer);
  return (found?.explanation.facts ?? null) === null ? null : found;
}
