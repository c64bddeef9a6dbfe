import type { Dialect } from '../parsing/dialect';
import type { LineContext } from './dump';
import { LineClass, type LineCounts } from '../model/lineClass';
import type { SocketTable } from '../model/socketTable';
import type { State } from '../vocabulary/state';

/** What lines mean for how those below them are recognized. */
export interface RecognizerState {
  readonly dialect: Dialect | undefined;
  readonly layout: object | undefined;
  /** The last layout of each format. */
  readonly layouts: ReadonlyMap<Dialect, object>;
  /** Whether lines are expected to stand behind a prefix. */
  readonly wrapped: boolean;
  /** Number of the prefix that worked last, which is tried first. */
  readonly prefix: number;
  /** The machine that the last prefix named. */
  readonly host: string | null;
}

/**
 * What lines mean for how those below them are read. It is all that reading depends on, so that
 * it can go on at any line that does not belong to a socket above it.
 */
export interface ReaderState extends RecognizerState {
  /** Whether the line above is a socket or belongs to one. */
  readonly attached: boolean;
  /** The protocol that the rows below the last header turned out to be of; 0 where they did not. */
  readonly sectionProtocol: number;
  /** What the last command asked for only; 0 and None for all. */
  readonly askedProtocol: number;
  readonly askedState: State;
}

/** Lines as they were read. */
export interface DumpPart {
  readonly table: SocketTable;
  /** LineClass of every line. */
  readonly classes: Uint8Array;
  readonly contexts: readonly LineContext[];
  readonly unrecognized: readonly number[];
  /** How many lines there are of each class. */
  readonly counts: Float64Array;
}

/** Whether what stands below is read alike in both states. */
export function sameState(a: ReaderState, b: ReaderState): boolean {
  return (
    a === b ||
    (a.dialect === b.dialect &&
      a.wrapped === b.wrapped &&
      a.prefix === b.prefix &&
      a.host === b.host &&
      a.attached === b.attached &&
      a.sectionProtocol === b.sectionProtocol &&
      a.askedProtocol === b.askedProtocol &&
      a.askedState === b.askedState &&
      sameLayout(a.layout, b.layout) &&
      a.layouts.size === b.layouts.size &&
      Array.from(a.layouts).every(([dialect, layout]) =>
        sameLayout(layout, b.layouts.get(dialect)),
      ))
  );
}

/** Layouts are plain data, and each format's are made in one place: their members have one order. */
function sameLayout(a: object | undefined, b: object | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** How many lines there are of each class, by name. */
export function lineCounts(counts: Float64Array): LineCounts {
  const count = (kind: LineClass): number => counts[kind]!;
  return {
    total: counts.reduce((sum, one) => sum + one, 0),
    socket: count(LineClass.Socket),
    continuation: count(LineClass.Continuation),
    header: count(LineClass.Header),
    blank: count(LineClass.Blank),
    text: count(LineClass.Text),
    unrecognized: count(LineClass.Unrecognized),
  };
}
