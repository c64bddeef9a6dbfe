import type { Dump } from '../reading/dump';
import { Field, type FieldSpan } from '../model/field';
import { LineClass } from '../model/lineClass';
import { runToEnd, type Task } from '../model/task';
import { errorAt } from '../knowledge/errors';
import { fieldsAt, locate } from '../reading/locate';
import { snapshotAt } from '../reading/locateCounters';
import { type CounterMoves, explainCounterLine } from './counterLine';
import { type ExplainContext, noContext } from './context';
import { dumpContext } from './dumpContext';
import { explainError } from './error';
import { explainField } from './field';
import { explainLinkLine } from './linkLine';
import type { Explained } from './target';
import { explainByColumn, explainHeader } from './fields/word';
import type { System } from '../vocabulary/system';
import type { Localizer } from '../wording/text';

/**
 * Explains what stands at a place of a dump; null if there is nothing to say. `line` is
 * 0-based, `textOf` gives the text of a line, `movesOf` how its counters moved.
 */
export function explainAt(
  dump: Dump,
  line: number,
  character: number,
  textOf: (line: number) => string,
  localizer: Localizer,
  movesOf: CounterMoves = noMoves,
): Explained | null {
  return runToEnd(explainInSteps(dump, line, character, textOf, localizer, movesOf));
}

/** The same, for those who have something else to do in between. */
export function* explainInSteps(
  dump: Dump,
  line: number,
  character: number,
  textOf: (line: number) => string,
  localizer: Localizer,
  movesOf: CounterMoves = noMoves,
): Task<Explained | null> {
  const text = textOf(line);
  const located = locate(dump, line, text, character);
  const header = located.context?.line;
  const tool = located.context?.dialect.id ?? null;
  if (located.kind === LineClass.Header) {
    const systems = located.context?.dialect.systems ?? [];
    const system = systems.length === 1 ? (systems[0] ?? null) : null;
    return explainHeader(text, character, { tool, system }, localizer);
  }
  if (located.kind === LineClass.Counter) {
    return explainCounterLine(dump, line, character, textOf, localizer, movesOf);
  }
  if (located.kind === LineClass.Interface || located.kind === LineClass.Route) {
    return explainLinkLine(dump, line, character, textOf, localizer);
  }
  if (located.kind === LineClass.Text || located.kind === LineClass.Unrecognized) {
    return explainErrorAt(text, character, snapshotAt(dump, line)?.system ?? null, localizer);
  }
  if (located.socket === null) {
    return null;
  }
  const socket = dump.table.socket(located.socket);
  const context = yield* dumpContext(dump, located.socket);
  for (const span of byRank(fieldsAt(located, character))) {
    const token = text.slice(span.start, span.end);
    const explanation =
      explainField({ field: span.field, token, socket, context }, localizer) ??
      (header === undefined || located.kind !== LineClass.Socket
        ? null
        : explainByColumn(span, text, textOf(header), tool, localizer));
    if (explanation !== null) {
      const { start, end, field } = span;
      return { start, end, row: located.socket, field, explanation };
    }
  }
  return null;
}

/** Explains the error of a program that stands among a dump's lines. */
function explainErrorAt(
  line: string,
  character: number,
  system: System | null,
  localizer: Localizer,
): Explained | null {
  const found = errorAt(line, character);
  if (found === null) {
    return null;
  }
  const { error, start, end } = found;
  const windows = line.startsWith('WSA', start);
  const context: ExplainContext = { ...noContext, system: windows ? 'windows' : system };
  return {
    start,
    end,
    row: null,
    explanation: explainError(error, context, localizer),
  };
}

/** Where nothing compares snapshots. */
const noMoves: CounterMoves = () => null;

/** The smallest part first; a timer is explained as a whole. */
function byRank(spans: FieldSpan[]): FieldSpan[] {
  return spans.filter(
    span => span.field !== Field.TimerKind || !spans.some(s => s.field === Field.Timer),
  );
}
