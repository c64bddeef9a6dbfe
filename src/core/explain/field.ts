import { Field } from '../model/field';
import type { Socket } from '../model/socket';
import type { ExplainContext } from './context';
import type { Explanation } from './explanation';
import { explainRowState } from './state';
import type { Teller } from './text';

/** A part of a row that was pointed at. */
export interface FieldTarget {
  readonly field: Field;
  /** The part as printed. */
  readonly token: string;
  readonly socket: Socket;
  readonly context: ExplainContext;
}

/** Explains a part of a row; null where there is nothing to say. */
export function explainField(target: FieldTarget, teller: Teller): Explanation | null {
  const { field, socket, context } = target;
  if (field === Field.State && socket.state !== null) {
    return explainRowState(socket, socket.state, context, teller);
  }
  return null;
}
