/** What a line of a dump is. Every line has exactly one class. */
export const enum LineClass {
  /** Not decided: the answer of a reader to a line that is not of its format. */
  None,
  Socket,
  Continuation,
  Header,
  Blank,
  /** Prompts, dates, warnings, prose. */
  Text,
  /** Looks like a row and cannot be read. */
  Unrecognized,
  /** Counters of the kernel, and the titles above them. */
  Counter,
  /** Network interfaces, and the titles above them. */
  Interface,
  /** Routes, and the titles above them. */
  Route,
  Count,
}

/** How many lines of each class a dump has; their sum is `total`. */
export interface LineCounts {
  readonly total: number;
  readonly socket: number;
  readonly continuation: number;
  readonly header: number;
  readonly blank: number;
  readonly text: number;
  readonly unrecognized: number;
  readonly counter: number;
  readonly interface: number;
  readonly route: number;
}

/** The classes of lines that are about the host as a whole, not about a socket. */
export type StatisticClass = LineClass.Counter | LineClass.Interface | LineClass.Route;

/** Whether a line is about the host as a whole. */
export function isStatistic(kind: LineClass): kind is StatisticClass {
  return kind === LineClass.Counter || kind === LineClass.Interface || kind === LineClass.Route;
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
    counter: count(LineClass.Counter),
    interface: count(LineClass.Interface),
    route: count(LineClass.Route),
  };
}
