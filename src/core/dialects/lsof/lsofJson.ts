import { Field } from '../../model/field';
import type { Row } from '../../model/row';
import type { Dialect } from '../../parsing/dialect';
import type { JsonObject, JsonValue } from '../../parsing/json';
import {
  beginsJsonWith,
  number,
  readJsonSockets,
  readProgram,
  span,
} from '../../parsing/jsonFields';
import { protocolWordId } from '../../vocabulary/protocol';
import { State } from '../../vocabulary/state';
import { stateOfWord } from '../../vocabulary/stateSpellings';
import { lsof, readDeviceAt, readFd } from './lsof';
import { readOtherName, readSocketName, unescapedName } from './lsofNames';
import { readProtocolWord, type SocketType, socketTypeAt } from './lsofTypes';

/**
 * What jc makes of lsof: an object for each open file, with the table's columns. It takes NODE for
 * a number, so that the protocol which stands there for Internet sockets is null without `-r`.
 */
export const lsofJson: Dialect = {
  id: 'lsof-json',
  title: 'JSON of jc --lsof',
  systems: [],
  commands: [],
  best: lsof.best,
  tells: lsof.tells,
  escaped: true,
  perFile: true,

  header: () => undefined,
  row: () => false,

  records: {
    mayBegin: (text, start) => beginsJsonWith(text, start, MEMBERS),

    read: (text, start, sink) =>
      readJsonSockets(
        text,
        start,
        sink,
        object => typeOf(object, text) !== undefined,
        (object, row) => readObject(object, text, row),
      ),
  },
};

/** Members that tell the format. */
const MEMBERS = ['"fd"', '"size_off"', '"node"'] as const;

const TCP = protocolWordId('TCP');

/** What kind of socket a file is; undefined for other files, and other objects. */
function typeOf(object: JsonObject, text: string): SocketType | undefined {
  const type = object.get('type');
  return MEMBERS.every(member => object.has(member.slice(1, -1))) && type !== undefined
    ? socketTypeAt(text, type.start, type.end)
    : undefined;
}

function readObject(object: JsonObject, text: string, row: Row): boolean {
  const type = typeOf(object, text);
  const fd = object.get('fd');
  const name = object.get('name');
  readProgram(object.get('pid'), object.get('command'), text, row);
  const owner = row.owners[0];
  if (type === undefined || fd === undefined || owner === undefined) {
    return false;
  }
  if (owner.name !== null) {
    owner.name = unescapedName(owner.name, 0, owner.name.length) ?? owner.name;
  }
  const user = object.get('user');
  if (span(user, row, Field.User) && typeof user?.value === 'string') {
    row.user = user.value;
  }
  row.protocol = type.protocol;
  row.family = type.family;
  // Of files without an address in the kernel, the numbers of a device.
  const device = object.get('device');
  if (device !== undefined && (type.internet || text.charAt(device.start + 1) === 'x')) {
    readDeviceAt(text, device.start, device.end, row);
  }
  const node = object.get('node');
  if (type.internet && node !== undefined) {
    readProtocolWord(text, node.start, node.end, row);
  } else {
    number(object, 'node', text, row, Field.Inode, value => (row.inode = value));
  }
  return readFd(text, fd.start, fd.end, row) && readName(name, type, text, row);
}

function readName(name: JsonValue | undefined, type: SocketType, text: string, row: Row): boolean {
  if (typeof name?.value !== 'string' || name.value === '') {
    return !type.internet;
  }
  if (!type.internet) {
    readOtherName(text, name.start, name.end, type, row);
    return true;
  }
  const isRead = readSocketName(text, name.start, name.end, row);
  if (!row.has(Field.Protocol) && isOfTcp(stateOfWord(row.stateWord))) {
    row.protocol = TCP;
  }
  return isRead;
}

/** Whether only TCP has a state: Solaris has UDP sockets that are Idle. */
function isOfTcp(state: State): boolean {
  return state !== State.None && state !== State.Unknown && state !== State.Idle;
}
