import { stateWordAt } from '../../vocabulary/stateSpellings';
import { Field } from '../../model/field';
import { protocolWordId } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { State } from '../../vocabulary/state';
import { readAddress } from '../../parsing/endpoint';
import { isLetter, numberAt, pidAt } from '../../parsing/line';
import { ownerOf } from '../../parsing/owner';

/** The properties that mean something here; all others are details. */
export const enum Property {
  Other,
  LocalAddress,
  LocalPort,
  RemoteAddress,
  RemotePort,
  State,
  Pid,
  Process,
  Created,
}

/** Names of properties, also of those that people add with Select-Object, in lower case. */
export const PROPERTIES: ReadonlyMap<string, Property> = new Map([
  ['localaddress', Property.LocalAddress],
  ['localport', Property.LocalPort],
  ['remoteaddress', Property.RemoteAddress],
  ['remoteport', Property.RemotePort],
  ['state', Property.State],
  ['owningprocess', Property.Pid],
  ['pid', Property.Pid],
  ['processid', Property.Pid],
  ['process', Property.Process],
  ['processname', Property.Process],
  ['creationtime', Property.Created],
]);

/** The columns of a table or CSV. */
export interface Layout {
  readonly columns: readonly Property[];
  /** UTF-16 unit between the values of CSV; NONE for a table. */
  readonly separator: number;
  /** Where the dashes below each name of a table begin and end, from the start of the line. */
  readonly rules: readonly (readonly [number, number])[] | undefined;
}

const TCP = protocolWordId('TCP');

const UDP = protocolWordId('UDP');

export function hasRemote(properties: readonly Property[]): boolean {
  return properties.some(
    property =>
      property === Property.RemoteAddress ||
      property === Property.RemotePort ||
      property === Property.State,
  );
}

/** Reads one value into the row; false where it cannot be that of its property. */
export function readProperty(
  property: Property,
  text: string,
  start: number,
  end: number,
  row: Row,
): boolean {
  if (start >= end) {
    return true;
  }
  switch (property) {
    case Property.LocalAddress:
      row.span(Field.Local, start, end);
      return readAddress(text, start, end, row, false);
    case Property.RemoteAddress:
      row.span(Field.Remote, start, end);
      row.hasRemote = true;
      return readAddress(text, start, end, row, true);
    case Property.LocalPort:
      row.localPort = portAt(text, start, end);
      row.span(Field.LocalPort, start, end);
      return row.localPort !== NONE;
    case Property.RemotePort:
      row.remotePort = portAt(text, start, end);
      row.span(Field.RemotePort, start, end);
      return row.remotePort !== NONE;
    case Property.State:
      return readState(text, start, end, row);
    case Property.Pid:
      return readPid(text, start, end, row);
    case Property.Process:
      row.nameOwner(ownerOf(row), start, end);
      return true;
    case Property.Created:
      row.created = createdAt(text, start, end);
      row.detail(Field.Detail, start, end);
      return true;
    case Property.Other:
      row.detail(Field.Detail, start, end);
      return true;
  }
}

function portAt(text: string, start: number, end: number): number {
  const port = numberAt(text, start, end);
  return port <= 65_535 ? port : NONE;
}

function readPid(text: string, start: number, end: number, row: Row): boolean {
  const pid = pidAt(text, start, end);
  if (pid === NONE) {
    return false;
  }
  const owner = ownerOf(row);
  owner.pid = pid;
  owner.pidStart = start;
  owner.pidEnd = end;
  row.span(Field.Pid, start, end);
  return true;
}

/** A state is a word, or its number where the object was turned to JSON. */
function readState(text: string, start: number, end: number, row: Row): boolean {
  row.span(Field.State, start, end);
  const number = numberAt(text, start, end);
  if (number !== NONE) {
    row.state = number === BOUND ? State.Bound : (STATES[number] ?? State.Unknown);
    return true;
  }
  row.stateWord = stateWordAt(text, start, end);
  return isLetter(text.charCodeAt(start));
}

/** The value of Bound; all others are those of the MIB (MIB_TCP_STATE in tcpmib.h). */
const BOUND = 100;

const STATES: readonly State[] = [
  State.Unknown,
  State.Closed,
  State.Listen,
  State.SynSent,
  State.SynReceived,
  State.Established,
  State.FinWait1,
  State.FinWait2,
  State.CloseWait,
  State.Closing,
  State.LastAck,
  State.TimeWait,
  State.DeleteTcb,
];

/**
 * Seconds since the epoch of `\/Date(1767225600000)\/` (Windows PowerShell) and of ISO 8601 with an
 * offset (PowerShell 7); NONE for a date in the words of some country.
 */
function createdAt(text: string, start: number, end: number): number {
  const value = text.slice(start, Math.min(end, start + 40));
  const ticks = /^\\?\/Date\((\d{1,15})\)\\?\/$/.exec(value)?.[1];
  if (ticks !== undefined) {
    return Number(ticks) / 1000;
  }
  const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,7})?(Z|[+-]\d\d:\d\d)$/.exec(value);
  return iso === null ? NONE : Date.parse(`${iso[1] ?? ''}${iso[2] ?? ''}`) / 1000;
}

/** Ends a row; false where what a socket must have is missing. */
export function finishRow(row: Row, tcp: boolean): boolean {
  row.protocol = tcp ? TCP : UDP;
  return row.has(Field.LocalAddress) && row.localPort !== NONE;
}

export function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}
