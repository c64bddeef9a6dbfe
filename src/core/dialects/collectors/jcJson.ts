import { stateWordAt } from '../../vocabulary/stateSpellings';
import { timerKindAt } from '../../vocabulary/timerWords';
import { Field } from '../../model/field';
import {
  type Protocol,
  protocolWord,
  protocolWordAt,
  protocolWordId,
} from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { beginsJson, type JsonObject, type JsonValue } from '../../parsing/json';
import { isObject, number, readEnd, readJsonRows, span } from '../../parsing/jsonFields';
import { numberAt, pidAt } from '../../parsing/line';
import { ownerOf } from '../../parsing/owner';
import type { Dialect } from '../../parsing/dialect';
import { durationAt } from '../linux/ssDetails';

/**
 * What jc makes of netstat and ss, read back: an array of objects or one object per line. Values
 * that jc could not read it left out or set to null.
 */
export const jcJson: Dialect = {
  id: 'jc-json',
  title: 'JSON of jc',
  systems: [],
  commands: [],
  best: { command: 'ss -tunapoeim', needs: 'root' },
  tells: { pids: 'with options', queues: 'with options', timers: 'with options' },

  escaped: true,

  header: () => undefined,
  row: () => false,

  records: {
    mayBegin: beginsJson,

    read: (text, start, sink) =>
      readJsonRows(text, start, sink, (object, row) => readSocket(object, text, row)),
  },
};

const UNIX = protocolWordId('unix');

function readSocket(object: JsonObject, text: string, row: Row): boolean {
  const netid = object.get('netid');
  const proto = object.get('proto');
  if (netid !== undefined) {
    return readProtocol(netid, text, row) && readSs(object, text, row);
  }
  if (proto !== undefined) {
    return readProtocol(proto, text, row) && readNetstat(object, text, row);
  }
  return object.get('kind')?.value === 'socket' && readBsdUnix(object, text, row);
}

/** Reads `proto` or `netid`. */
function readProtocol(word: JsonValue, text: string, row: Row): boolean {
  row.protocol = protocolWordAt(text, word.start, word.end);
  row.span(Field.Protocol, word.start, word.end);
  return row.protocol !== 0;
}

function readNetstat(object: JsonObject, text: string, row: Row): boolean {
  readCommon(object, text, row);
  number(object, 'inode', text, row, Field.Inode, value => (row.inode = value));
  const user = object.get('user');
  if (user !== undefined && span(user, row, Field.User) && typeof user.value === 'string') {
    row.user = user.value;
  }
  readProgram(object, text, row);
  if (protocolWord(row.protocol).protocol === 'unix') {
    readPath(object.get('path'), row);
    return object.has('type');
  }
  return (
    readEnd(object.get('local_address'), object.get('local_port'), text, row, false) &&
    readEnd(object.get('foreign_address'), object.get('foreign_port'), text, row, true)
  );
}

/** FreeBSD's UNIX sockets have a type in place of a protocol, and a kernel address. */
function readBsdUnix(object: JsonObject, text: string, row: Row): boolean {
  const type = object.get('type');
  if (typeof type?.value !== 'string' || !object.has('conn')) {
    return false;
  }
  row.protocol = protocolWordAt(text, type.start, type.end) || UNIX;
  row.span(Field.Protocol, type.start, type.end);
  span(object.get('address'), row, Field.Handle);
  readCommon(object, text, row);
  readPath(object.get('addr'), row);
  const peer = object.get('conn');
  if (peer?.value !== '0') {
    row.hasRemote = span(peer, row, Field.Remote) && span(peer, row, Field.RemoteAddress);
  }
  return true;
}

/** Queues and state, which both tools print. */
function readCommon(object: JsonObject, text: string, row: Row): void {
  number(object, 'recv_q', text, row, Field.RecvQ, value => (row.recvQ = value));
  number(object, 'send_q', text, row, Field.SendQ, value => (row.sendQ = value));
  const state = object.get('state');
  if (state !== undefined && span(state, row, Field.State)) {
    row.stateWord = stateWordAt(text, state.start, state.end);
  }
}

/** Reads `pid` and `program_name`. */
function readProgram(object: JsonObject, text: string, row: Row): void {
  const pid = object.get('pid');
  const number = pid === undefined ? NONE : pidAt(text, pid.start, pid.end);
  if (pid !== undefined && number !== NONE) {
    row.addPid(number, pid.start, pid.end);
  }
  const name = object.get('program_name');
  if (typeof name?.value !== 'string' || name.value === '') {
    row.ownerUnknown = name !== undefined && number === NONE;
    return;
  }
  // Windows' `-b`: jc keeps the brackets of programs, and takes refusals for programs.
  const { word } = protocolWord(row.protocol);
  const windows = word === 'TCP' || word === 'UDP';
  const bracket = windows ? 1 : 0;
  if (windows && !(name.value.startsWith('[') && name.value.endsWith(']'))) {
    row.ownerUnknown = number === NONE;
    return;
  }
  const owner = ownerOf(row);
  row.nameOwner(owner, name.start + bracket, name.end - bracket);
  owner.name = windows ? name.value.slice(1, -1) : name.value;
}

function readSs(object: JsonObject, text: string, row: Row): boolean {
  readCommon(object, text, row);
  const opts = object.get('opts');
  if (opts !== undefined && isObject(opts.value)) {
    readOptions(opts.value, text, row);
  }
  const { protocol } = protocolWord(row.protocol);
  if (protocol === 'unix') {
    return readUnixEnds(object, text, row);
  }
  if (!PORTS.has(protocol)) {
    return readNamedEnds(object, row);
  }
  span(object.get('interface'), row, Field.LocalScope);
  return (
    readEnd(object.get('local_address'), object.get('local_port'), text, row, false) &&
    readEnd(object.get('peer_address'), object.get('peer_port'), text, row, true)
  );
}

/** Protocols whose ends ss prints as address and port. */
const PORTS: ReadonlySet<Protocol> = new Set([
  'tcp',
  'udp',
  'udplite',
  'raw',
  'icmp',
  'sctp',
  'dccp',
  'mptcp',
  'vsock',
]);

/** UNIX sockets: ss puts the inodes of both ends where others have ports. */
function readUnixEnds(object: JsonObject, text: string, row: Row): boolean {
  number(object, 'local_port', text, row, Field.Inode, value => (row.inode = value));
  readPath(object.get('path'), row);
  const peer = object.get('peer_address');
  const path = peer?.value === '*' ? undefined : peer;
  const inode = object.get('peer_port');
  const remote = path ?? (inode?.value === '0' ? undefined : inode);
  row.hasRemote = span(remote, row, Field.Remote) && span(remote, row, Field.RemoteAddress);
  return row.inode !== NONE;
}

/** Netlink and packet sockets: what jc took apart is put together as ss prints it. */
function readNamedEnds(object: JsonObject, row: Row): boolean {
  const local =
    joined(object, 'channel', '/', 'pid') ??
    joined(object, 'link_layer', ':', 'interface') ??
    joined(object, 'local_address', ':', 'local_port');
  const remote = joined(object, 'peer_address', ':', 'peer_port');
  if (local === undefined || remote === undefined) {
    return false;
  }
  row.span(Field.Local, local.start, local.end);
  row.span(Field.LocalAddress, local.start, local.end);
  row.localAddress = local.value;
  row.span(Field.Remote, remote.start, remote.end);
  row.span(Field.RemoteAddress, remote.start, remote.end);
  row.remoteAddress = remote.value;
  row.hasRemote = true;
  return true;
}

/** Two members with a sign between them, where the first is; the first alone without the second. */
function joined(
  object: JsonObject,
  first: string,
  sign: string,
  second: string,
): { start: number; end: number; value: string } | undefined {
  const head = object.get(first);
  if (typeof head?.value !== 'string') {
    return undefined;
  }
  const tail = object.get(second)?.value;
  const value =
    typeof tail === 'string' || typeof tail === 'number'
      ? `${head.value}${sign}${tail}`
      : head.value;
  return { start: head.start, end: head.end, value };
}

/** Reads what `ss` prints behind the endpoints. */
function readOptions(opts: JsonObject, text: string, row: Row): void {
  number(opts, 'inode_number', text, row, Field.Inode, value => (row.inode = value));
  span(opts.get('uid_number'), row, Field.User);
  const processes = opts.get('process_id');
  if (processes !== undefined && isObject(processes.value)) {
    for (const [pid, process] of processes.value) {
      readProcess(pid, process, text, row);
    }
  }
  const timer = opts.get('timer');
  if (timer !== undefined && isObject(timer.value)) {
    readTimer(timer, timer.value, text, row);
  }
}

/** Reads `"123": {"user": "sshd", "file_descriptor": "3"}`, in which `user` is the program. */
function readProcess(pid: string, process: JsonValue, text: string, row: Row): void {
  const number = pidAt(pid, 0, pid.length);
  if (number === NONE || !isObject(process.value)) {
    return;
  }
  const owner = row.addOwner();
  owner.pid = number;
  const name = process.value.get('user');
  const fd = process.value.get('file_descriptor');
  if (typeof name?.value === 'string' && name.value !== '') {
    owner.nameStart = name.start;
    owner.nameEnd = name.end;
    owner.name = name.value;
    row.detail(Field.Process, name.start, name.end);
  }
  if (fd !== undefined) {
    owner.fd = pidAt(text, fd.start, fd.end);
    owner.fdStart = fd.start;
    owner.fdEnd = fd.end;
    row.detail(Field.Fd, fd.start, fd.end);
  }
}

/** Reads `{"timer_name": "keepalive", "expire_time": "11sec", "retrans": "0"}`. */
function readTimer(whole: JsonValue, timer: JsonObject, text: string, row: Row): void {
  const name = timer.get('timer_name');
  const expiry = timer.get('expire_time');
  if (name === undefined || expiry === undefined) {
    return;
  }
  const retransmits = timer.get('retrans');
  row.timer = timerKindAt(text, name.start, name.end);
  row.timerSeconds = durationAt(text, expiry.start, expiry.end);
  row.retransmits =
    retransmits === undefined ? NONE : numberAt(text, retransmits.start, retransmits.end);
  row.span(Field.TimerKind, name.start, name.end);
  row.span(Field.Timer, whole.start, whole.end);
}

/** Takes a path, channel or link layer for the local end. */
function readPath(path: JsonValue | undefined, row: Row): void {
  if (typeof path?.value === 'string') {
    span(path, row, Field.Local);
    span(path, row, Field.LocalAddress);
    row.localAddress = path.value;
  }
}
