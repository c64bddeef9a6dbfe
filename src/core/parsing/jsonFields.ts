import { Field } from '../model/field';
import { NONE, type Row } from '../model/row';
import type { Task } from '../model/task';
import type { RecordSink } from './dialect';
import { readAddress } from './endpoint';
import { beginsJson, type JsonObject, type JsonValue, readJson } from './json';
import { numberAt, pidAt } from './line';
import { stateWordAt } from '../vocabulary/stateSpellings';
import { OPEN_BRACKET } from '../vocabulary/characters';

/* What formats of JSON have in common: from the members of an object to the fields of a row. */

/** Characters of the first object in which a member must be that tells a format. */
const HEAD = 2048;

/**
 * Whether JSON may begin at `text[start]` whose first object has what `tells` the format, a member's
 * name with its quotes; also where the text ends before that is clear.
 */
export function beginsJsonWith(text: string, start: number, tells: readonly string[]): boolean {
  if (!beginsJson(text, start)) {
    return false;
  }
  const end = start + HEAD;
  const head = text.slice(start, end);
  return tells.every(name => head.includes(name)) || (end > text.length && !head.includes('}'));
}

/** Reads the objects that `read` can fill the row from; others are no sockets. */
export function readJsonRows(
  text: string,
  start: number,
  sink: RecordSink,
  read: (object: JsonObject, row: Row) => boolean,
): Task<number> {
  if (text.charCodeAt(start) === OPEN_BRACKET) {
    sink.listing();
  }
  return readJson(text, start, (object, from, to) => {
    const isRead = read(object, sink.row);
    if (isRead) {
      sink.socket(from, to);
    } else {
      sink.row.reset();
    }
    return isRead;
  });
}

/**
 * Reads the objects that are sockets to a format: `isSocket` tells them, `read` fills the row. What
 * is one and cannot be read is not passed over in silence.
 */
export function readJsonSockets(
  text: string,
  start: number,
  sink: RecordSink,
  isSocket: (object: JsonObject) => boolean,
  read: (object: JsonObject, row: Row) => boolean,
): Task<number> {
  if (text.charCodeAt(start) === OPEN_BRACKET) {
    sink.listing();
  }
  return readJson(text, start, (object, from, to) => {
    if (!isSocket(object)) {
      return false;
    }
    if (read(object, sink.row)) {
      sink.socket(from, to);
    } else {
      sink.unread(from, to);
    }
    return true;
  });
}

/** Reads an address and its port, a number or a service, or `*`. */
export function readEnd(
  address: JsonValue | undefined,
  port: JsonValue | undefined,
  text: string,
  row: Row,
  remote: boolean,
): boolean {
  if (address === undefined || port === undefined) {
    return false;
  }
  const portNumber = numberAt(text, port.start, port.end);
  if (
    portNumber > 65_535 ||
    port.start >= port.end ||
    typeof address.value !== 'string' ||
    !readAddress(text, address.start, address.end, row, remote)
  ) {
    return false;
  }
  row.span(remote ? Field.Remote : Field.Local, address.start, address.end);
  row.span(remote ? Field.RemotePort : Field.LocalPort, port.start, port.end);
  if (remote) {
    row.remotePort = portNumber;
    row.hasRemote = true;
  } else {
    row.localPort = portNumber;
  }
  return true;
}

/** Notes where a value stands; false if there is none. */
export function span(value: JsonValue | undefined, row: Row, field: Field): boolean {
  // A list or an object may go over several lines.
  if (value === undefined || typeof value.value === 'object' || value.start >= value.end) {
    return false;
  }
  row.span(field, value.start, value.end);
  return true;
}

/** Reads a number, which may stand in quotes. */
export function number(
  object: JsonObject,
  name: string,
  text: string,
  row: Row,
  field: Field,
  set: (value: number) => void,
): void {
  const value = object.get(name);
  const read = value === undefined ? NONE : numberAt(text, value.start, value.end);
  if (value !== undefined && read !== NONE) {
    set(read);
    row.span(field, value.start, value.end);
  }
}

/** Whether a value is an object. */
export function isObject(value: JsonValue['value']): value is JsonObject {
  return value instanceof Map;
}

/**
 * Reads an address and its port where each may be null or redacted, which says nothing; false where
 * they cannot be what they are said to be.
 */
export function readEndIfKnown(
  address: JsonValue | undefined,
  port: JsonValue | undefined,
  text: string,
  row: Row,
  remote: boolean,
): boolean {
  if (typeof address?.value === 'string' && address.value !== '') {
    if (!readAddress(text, address.start, address.end, row, remote)) {
      return false;
    }
    row.span(remote ? Field.Remote : Field.Local, address.start, address.end);
    row.hasRemote ||= remote;
  }
  const value = port === undefined ? NONE : numberAt(text, port.start, port.end);
  if (port === undefined || value === NONE || (remote && !row.hasRemote)) {
    return true;
  }
  row.span(remote ? Field.RemotePort : Field.LocalPort, port.start, port.end);
  if (remote) {
    row.remotePort = value;
  } else {
    row.localPort = value;
  }
  return value <= 65_535;
}

/** Reads a process id and its program's name; null and what is no number say nothing. */
export function readProgram(
  pid: JsonValue | undefined,
  name: JsonValue | undefined,
  text: string,
  row: Row,
): void {
  const value = pid === undefined ? NONE : pidAt(text, pid.start, pid.end);
  const named = typeof name?.value === 'string' && name.value !== '' ? name : undefined;
  if (value === NONE && named === undefined) {
    row.ownerUnknown = pid !== undefined;
    return;
  }
  const owner =
    pid === undefined || value === NONE ? row.addOwner() : row.addPid(value, pid.start, pid.end);
  if (named !== undefined) {
    row.nameOwner(owner, named.start, named.end);
    owner.name = named.value as string;
  }
}

/** Reads a state word; nothing where it is empty. */
export function readStateValue(value: JsonValue | undefined, text: string, row: Row): void {
  if (typeof value?.value === 'string' && span(value, row, Field.State)) {
    row.stateWord = stateWordAt(text, value.start, value.end);
  }
}
