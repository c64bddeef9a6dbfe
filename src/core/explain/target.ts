import type { Field } from '../model/field';
import type { Socket } from '../model/socket';
import type { ExplainContext } from './context';
import type { Explanation } from './explanation';

/** A part of a row that was pointed at. */
export interface FieldTarget {
  readonly field: Field;
  /** The part as printed. */
  readonly token: string;
  readonly socket: Socket;
  readonly context: ExplainContext;
}

/** An explanation of a part of a line. */
export interface Explained {
  /** The part, in UTF-16 units from the start of the line. */
  readonly start: number;
  readonly end: number;
  /** Index of the socket whose row it is in; null if it is in none. */
  readonly row: number | null;
  /** What the part is of a row. */
  readonly field?: Field;
  readonly explanation: Explanation;
}
