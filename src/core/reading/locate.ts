import type { Dump, LineContext } from './dump';
import { Field, type FieldSpan } from '../model/field';
import { LineClass } from '../model/lineClass';
import { Row } from '../model/row';
import { firstIndex } from '../model/search';
import { originalSpan } from './around/cleanText';
import type { PlacedField } from './recordMap';
import { Line } from '../parsing/line';
import { Recognizer } from './recognizer';

/** What a single line of a dump holds, with the place of each of its fields. */
export interface LocatedLine {
  readonly kind: LineClass;
  /** Index of the socket that the line is, or belongs to; null where none. */
  readonly socket: number | null;
  /** In order of their start; an endpoint's parts after the endpoint. */
  readonly fields: readonly FieldSpan[];
  readonly context: LineContext | undefined;
}

/**
 * Reads one line of a dump again to find where its fields stand. `text` is the line itself,
 * `number` its 0-based place in the dump. Of the several sockets that a line of JSON may hold, it
 * is the one at `character`.
 */
export function locate(dump: Dump, number: number, text: string, character = 0): LocatedLine {
  const kind = (dump.classes[number] ?? LineClass.Text) as LineClass;
  const context = contextAt(dump, number);
  const record = dump.records.at(number, character);
  if (record !== undefined) {
    return { kind, socket: record.socket, fields: record.fields, context };
  }
  if (kind !== LineClass.Socket && kind !== LineClass.Continuation) {
    return { kind, socket: null, fields: [], context };
  }
  const fields = fieldsAs(kind, context, text, false) ?? fieldsAs(kind, context, text, true) ?? [];
  return { kind, socket: socketAt(dump, number), fields, context };
}

/**
 * The fields of a line that was read as `kind`; undefined where it now reads as something else,
 * which it may when it stands behind a prefix and `wrapped` does not say so.
 */
function fieldsAs(
  kind: LineClass,
  context: LineContext | undefined,
  text: string,
  wrapped: boolean,
): FieldSpan[] | undefined {
  const recognizer = new Recognizer();
  recognizer.wrapped = wrapped;
  if (context !== undefined) {
    recognizer.enter(context.dialect, context.layout);
  }
  const line = new Line();
  line.set(text, 0, text.length);
  const row = new Row();
  row.detailed = true;
  let found = recognizer.read(line, row, kind === LineClass.Continuation);
  if (found === LineClass.Socket && row.perOwner) {
    // Whether it was another owner's row of the same socket depended on the row above.
    found = kind;
  }
  if (found !== kind) {
    return undefined;
  }
  const fields = fieldsOf(row);
  const { clean } = recognizer;
  if (clean === undefined) {
    return fields;
  }
  return fields.flatMap(({ field, start, end }) => {
    const span = originalSpan(clean, start, end);
    return span === undefined ? [] : [{ field, start: span[0], end: span[1] }];
  });
}

/** Lines that the rest of a row can be on. */
const MOST_CONTINUED = 8;

/**
 * Where the fields of row `row` stand, in the order of the text: on its line and those that
 * continue it. `textOf` gives the text of a line.
 */
export function placesOf(
  dump: Dump,
  row: number,
  textOf: (line: number) => string,
): readonly PlacedField[] {
  const recorded = dump.records.placesOf(row);
  if (recorded.length > 0) {
    return recorded;
  }
  const first = dump.table.line[row]!;
  const places: PlacedField[] = [];
  for (let line = first; line <= first + MOST_CONTINUED; line++) {
    if (line > first && dump.classes[line] !== LineClass.Continuation) {
      break;
    }
    for (const span of locate(dump, line, textOf(line)).fields) {
      places.push({ line, ...span });
    }
  }
  return places;
}

/** The fields of a line that hold the character `character`, the smallest first. */
export function fieldsAt(located: LocatedLine, character: number): FieldSpan[] {
  return located.fields
    .filter(span => span.start <= character && character < span.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
}

/** Index of the last socket at or above a 0-based line; null if there is none. */
function socketAt(dump: Dump, number: number): number | null {
  const { table } = dump;
  const below = table.rowsAbove(number + 1);
  return below === 0 ? null : table.rowInLineOrder(below - 1);
}

/** The format and layout in force at a 0-based line. */
function contextAt(dump: Dump, number: number): LineContext | undefined {
  const { contexts } = dump;
  return contexts[firstIndex(contexts.length, i => contexts[i]!.line > number) - 1];
}

function fieldsOf(row: Row): FieldSpan[] {
  const fields: FieldSpan[] = [];
  for (let field = 0; field < (Field.Count as number); field++) {
    if (row.has(field)) {
      fields.push({ field, start: row.start(field), end: row.end(field) });
    }
  }
  for (let i = 0; i + 2 < row.more.length; i += 3) {
    fields.push({
      field: row.more[i]!,
      start: row.more[i + 1]!,
      end: row.more[i + 2]!,
    });
  }
  return fields.sort((a, b) => a.start - b.start || b.end - a.end);
}
