import { Field } from '../model/field';
import { NONE, type Row, type RowOwner } from '../model/row';
import { pidAt } from './line';

/** The owner that a row's fields tell of one by one, in any order. */
export function ownerOf(row: Row): RowOwner {
  return row.owners[row.ownerCount - 1] ?? row.addOwner();
}

/** Reads a process id or file descriptor; −1 and words such as `None` say that it is not known. */
export function readOwnerNumber(
  text: string,
  start: number,
  end: number,
  field: Field.Pid | Field.Fd,
  row: Row,
): void {
  const number = pidAt(text, start, end);
  if (number === NONE) {
    row.ownerUnknown ||= field === Field.Pid;
    return;
  }
  const owner = ownerOf(row);
  row.span(field, start, end);
  if (field === Field.Fd) {
    owner.fd = number;
    owner.fdStart = start;
    owner.fdEnd = end;
  } else {
    owner.pid = number;
    owner.pidStart = start;
    owner.pidEnd = end;
  }
}
