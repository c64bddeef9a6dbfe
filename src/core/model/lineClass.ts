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
}
