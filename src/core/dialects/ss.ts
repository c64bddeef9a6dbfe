import { stateWordAt } from '../knowledge/spellings';
import { timerKindAt } from '../knowledge/timerWords';
import { Field } from '../model/field';
import { isTcpWord, protocolWord, protocolWordAt, protocolWordId } from '../model/protocol';
import { NONE, type Row, Shut, TimerKind } from '../model/row';
import { readColonEndpoint } from '../reading/endpoint';
import { decimalAt, isDigit, isSpace, type Line, numberAt, pidAt } from '../reading/line';
import type { Dialect } from './dialect';

/** Which of its first columns an `ss` header has. */
interface Layout {
  readonly netid: boolean;
  readonly state: boolean;
}

const SS_WORDS: ReadonlySet<string> = new Set([
  'tcp',
  'udp',
  'raw',
  'icmp6',
  'u_str',
  'u_dgr',
  'u_seq',
  'p_raw',
  'p_dgr',
  'nl',
  'v_str',
  'v_dgr',
  'sctp',
  'dccp',
  'mptcp',
  'tipc',
  'ti_st',
  'ti_sq',
  'ti_rd',
  'ti_dg',
  'xdp',
]);

const TCP = protocolWordId('tcp');
const UDP = protocolWordId('udp');

/**
 * `ss` of iproute2: `[Netid] [State] Recv-Q Send-Q Local:Port Peer:Port [details]`, details on the
 * same line or on a line of their own below. Never translated.
 */
export const ss: Dialect<Layout> = {
  id: 'ss',
  title: 'ss',
  systems: ['linux'],
  best: { command: 'ss -tunapoeim', needs: 'root' },
  tells: { pids: 'with options', queues: 'always', timers: 'with options' },

  header(line) {
    const queue = line.is(0, 'Recv-Q')
      ? 0
      : line.is(1, 'Recv-Q')
        ? 1
        : line.is(2, 'Recv-Q')
          ? 2
          : NONE;
    if (queue === NONE || !line.is(queue + 1, 'Send-Q') || !line.is(queue + 2, 'Local')) {
      return undefined;
    }
    const netid = queue > 0 && line.is(0, 'Netid');
    const state = queue > 0 && line.is(queue - 1, 'State');
    const peer = line.is(queue + 4, 'Peer');
    return peer && queue === (netid ? 1 : 0) + (state ? 1 : 0) ? { netid, state } : undefined;
  },

  row(line, layout, row) {
    let i = 0;
    let protocol = 0;
    const firstChar = line.firstChar(0);
    if (layout?.netid !== false && firstChar >= 97 && firstChar <= 122) {
      protocol = protocolWordAt(line.text, line.wordStart(0), line.wordEnd(0));
      if (protocol === 0 || !SS_WORDS.has(protocolWord(protocol).word)) {
        return false;
      }
      row.span(Field.Protocol, line.wordStart(0), line.wordEnd(0));
      i = 1;
    }
    const named = protocol !== 0;
    const word = i < line.count ? stateWordAt(line.text, line.wordStart(i), line.wordEnd(i)) : 0;
    if (word !== 0) {
      row.stateWord = word;
      row.span(Field.State, line.wordStart(i), line.wordEnd(i));
      i++;
    } else if (layout === undefined) {
      return false;
    } else if (layout.state && line.number(i) === NONE && line.number(i + 1) !== NONE) {
      // A state that this program does not know yet.
      row.span(Field.State, line.wordStart(i), line.wordEnd(i));
      i++;
    }
    const recvQ = line.number(i);
    const sendQ = line.number(i + 1);
    if (recvQ === NONE || sendQ === NONE) {
      return false;
    }
    if (!named) {
      // One protocol asked for: no Netid. Only a listening or connected UDP socket is UNCONN.
      protocol = line.is(i - 1, 'UNCONN') ? UDP : TCP;
      row.impliesProtocol = protocol === UDP;
    }
    const next = readEndpoints(line, i + 2, protocol, row);
    if (next === NONE) {
      return false;
    }
    row.protocol = protocol;
    row.recvQ = recvQ;
    row.sendQ = sendQ;
    row.span(Field.RecvQ, line.wordStart(i), line.wordEnd(i));
    row.span(Field.SendQ, line.wordStart(i + 1), line.wordEnd(i + 1));
    if (next < line.count) {
      readDetails(line, next, row);
    }
    return true;
  },

  continuation(line, _layout, row) {
    if (!isDetailLine(line)) {
      return false;
    }
    readDetails(line, 0, row);
    return true;
  },
};

/** Reads both endpoints from word `i` on; gives the index of the next word or NONE. */
function readEndpoints(line: Line, i: number, protocol: number, row: Row): number {
  const kind = protocolWord(protocol).protocol;
  if (
    isTcpWord(protocol) ||
    kind === 'udp' ||
    kind === 'raw' ||
    kind === 'icmp' ||
    kind === 'sctp' ||
    kind === 'dccp' ||
    kind === 'mptcp'
  ) {
    return readColonEndpoint(line, i, row, false) && readColonEndpoint(line, i + 1, row, true)
      ? i + 2
      : NONE;
  }
  if (kind === 'unix') {
    return readUnixEndpoints(line, i, row);
  }
  // Netlink, packet, vsock and the like: two words that need not be addresses.
  if (i + 1 >= line.count) {
    return NONE;
  }
  nameEndpoint(line, i, i, row, false);
  nameEndpoint(line, i + 1, i + 1, row, true);
  return i + 2;
}

/** `path inode peer-path peer-inode`; paths may hold blanks, inodes are numbers, `*` is none. */
function readUnixEndpoints(line: Line, i: number, row: Row): number {
  let local = i;
  while (local < line.count && (local === i || line.number(local) === NONE)) {
    local++;
  }
  if (local >= line.count || line.number(local) === NONE) {
    return NONE;
  }
  let peer = local + 1;
  while (peer < line.count && (peer === local + 1 || line.number(peer) === NONE)) {
    peer++;
  }
  if (peer >= line.count || line.number(peer) === NONE) {
    return NONE;
  }
  nameEndpoint(line, i, local - 1, row, false);
  row.inode = line.number(local);
  row.span(Field.Inode, line.wordStart(local), line.wordEnd(local));
  if (!line.is(local + 1, '*')) {
    nameEndpoint(line, local + 1, peer - 1, row, true);
  } else if (line.number(peer) > 0) {
    nameEndpoint(line, peer, peer, row, true);
  }
  return peer + 1;
}

function nameEndpoint(line: Line, first: number, last: number, row: Row, remote: boolean): void {
  const start = line.wordStart(first);
  const end = line.wordEnd(last);
  row.span(remote ? Field.Remote : Field.Local, start, end);
  row.span(remote ? Field.RemoteAddress : Field.LocalAddress, start, end);
  row.hasRemote ||= remote;
}

/** Reads `users:(…)`, `timer:(…)`, `ino:` and the rest from word `i` on. */
function readDetails(line: Line, i: number, row: Row): void {
  const { text } = line;
  let word = i;
  while (word < line.count) {
    const start = line.wordStart(word);
    let end = line.wordEnd(word);
    switch (text.charCodeAt(start)) {
      case 117: // u
        if (startsWith(text, start, end, 'users:((')) {
          end = readUsers(line, start + 'users:(('.length, row);
        } else if (startsWith(text, start, end, 'uid:')) {
          row.span(Field.User, start + 4, end);
        } else {
          row.detail(Field.Detail, start, end);
        }
        break;
      case 116: // t
        if (startsWith(text, start, end, 'timer:(')) {
          readTimer(text, start, end, row);
        } else {
          row.detail(Field.Detail, start, end);
        }
        break;
      case 105: // i
        if (startsWith(text, start, end, 'ino:')) {
          row.inode = numberAt(text, start + 4, end);
          row.span(Field.Inode, start + 4, end);
        } else {
          row.detail(Field.Detail, start, end);
        }
        break;
      case 45: // -
      case 60: // <
        readArrow(text, start, end, row);
        row.detail(Field.Detail, start, end);
        break;
      default:
        row.detail(Field.Detail, start, end);
    }
    do {
      word++;
    } while (word < line.count && line.wordStart(word) < end);
  }
}

function startsWith(text: string, start: number, end: number, prefix: string): boolean {
  return end - start >= prefix.length && text.startsWith(prefix, start);
}

function readArrow(text: string, start: number, end: number, row: Row): void {
  if (end - start !== 3 || text.charCodeAt(start + 1) !== 45) {
    return;
  }
  const receiveShut = text.charCodeAt(start) === 45;
  const sendShut = text.charCodeAt(start + 2) === 45;
  row.shut = receiveShut ? (sendShut ? Shut.Both : Shut.Receive) : sendShut ? Shut.Send : Shut.Open;
}

/**
 * Reads `("name",pid=1,fd=2),("name",3,4))` from `from` on, quotes first: names may hold blanks,
 * commas, parentheses and quotes. Gives where it ends.
 */
function readUsers(line: Line, from: number, row: Row): number {
  const { text } = line;
  // `users:((` is read; the first entry's parenthesis is the second of the two.
  let i = from;
  for (;;) {
    if (text.charCodeAt(i) !== 34) {
      return endOfWord(line, i);
    }
    const nameStart = i + 1;
    const nameEnd = endOfName(text, nameStart, line.end);
    if (nameEnd === NONE) {
      return endOfWord(line, i);
    }
    const owner = row.addOwner();
    owner.nameStart = nameStart;
    owner.nameEnd = nameEnd;
    i = readOwnerNumbers(line, nameEnd + 2, row);
    if (row.ownerCount === 1) {
      row.span(Field.Process, nameStart, nameEnd);
    } else {
      row.detail(Field.Process, nameStart, nameEnd);
    }
    if (text.charCodeAt(i) === 44 && text.charCodeAt(i + 1) === 40 && i + 2 < line.end) {
      i += 2;
      continue;
    }
    return Math.min(line.end, i + 1);
  }
}

/** The end of a quoted name: a quote that a comma and `pid=` or a digit follow. */
function endOfName(text: string, start: number, lineEnd: number): number {
  for (
    let quote = text.indexOf('"', start);
    quote !== -1 && quote < lineEnd;
    quote = text.indexOf('"', quote + 1)
  ) {
    if (
      text.charCodeAt(quote + 1) === 44 &&
      (text.startsWith('pid=', quote + 2) || isDigit(text.charCodeAt(quote + 2)))
    ) {
      return quote;
    }
  }
  return NONE;
}

/** Reads `pid=1,fd=2` or `1,2` up to the closing parenthesis; gives where it ends, past it. */
function readOwnerNumbers(line: Line, from: number, row: Row): number {
  const { text } = line;
  const owner = row.owners[row.ownerCount - 1];
  let i = from;
  let place = 0;
  while (owner !== undefined && i < line.end) {
    let end = i;
    while (end < line.end && text.charCodeAt(end) !== 44 && text.charCodeAt(end) !== 41) {
      end++;
    }
    const equals = text.indexOf('=', i);
    const named = equals !== -1 && equals < end;
    const valueStart = named ? equals + 1 : i;
    if (named ? text.startsWith('pid=', i) : place === 0) {
      owner.pid = pidAt(text, valueStart, end);
      owner.pidStart = valueStart;
      owner.pidEnd = end;
      if (row.ownerCount === 1) {
        row.span(Field.Pid, valueStart, end);
      } else {
        row.detail(Field.Pid, valueStart, end);
      }
    } else if (named ? text.startsWith('fd=', i) : place === 1) {
      owner.fd = pidAt(text, valueStart, end);
      owner.fdStart = valueStart;
      owner.fdEnd = end;
      if (row.ownerCount === 1) {
        row.span(Field.Fd, valueStart, end);
      } else {
        row.detail(Field.Fd, valueStart, end);
      }
    }
    place++;
    i = end + 1;
    if (text.charCodeAt(end) === 41) {
      break;
    }
  }
  return i;
}

function endOfWord(line: Line, from: number): number {
  let i = from;
  while (i < line.end && !isSpace(line.text.charCodeAt(i))) {
    i++;
  }
  return i;
}

/** `timer:(keepalive,11sec,0)`: name, time to expiry, retransmissions. */
function readTimer(text: string, start: number, end: number, row: Row): void {
  const open = start + 'timer:('.length;
  const close = text.charCodeAt(end - 1) === 41 ? end - 1 : end;
  const first = text.indexOf(',', open);
  const second = first === -1 ? -1 : text.indexOf(',', first + 1);
  if (second === -1 || second >= close) {
    return;
  }
  row.timer = timerKindAt(text, open, first);
  row.timerSeconds = durationAt(text, first + 1, second);
  row.retransmits = numberAt(text, second + 1, close);
  row.probes = NONE;
  if (row.timer === TimerKind.Keepalive || row.timer === TimerKind.Probe) {
    // ss prints one count: retransmissions, or probes for these two timers (ss.c tcp_timer_print).
    row.probes = row.retransmits;
  }
  row.span(Field.TimerKind, open, first);
  row.span(Field.Timer, start, end);
}

/**
 * Seconds of `11sec`, `200ms`, `1min12sec`, `120min`; empty is 0, due now. iproute2 before 6.11
 * prints 6.4 s as `6.400ms`: three decimals mean seconds (FACTS §4.3).
 */
export function durationAt(text: string, start: number, end: number): number {
  let total = 0;
  let i = start;
  while (i < end) {
    let digits = i;
    while (digits < end && (isDigit(text.charCodeAt(digits)) || text.charCodeAt(digits) === 46)) {
      digits++;
    }
    let unit = digits;
    while (unit < end && !isDigit(text.charCodeAt(unit))) {
      unit++;
    }
    const value = decimalAt(text, i, digits);
    const scale = UNITS[text.slice(digits, unit)];
    if (value === NONE || scale === undefined) {
      return NONE;
    }
    const point = text.indexOf('.', i);
    const seconds = scale === 0.001 && point !== -1 && point < digits && digits - point === 4;
    total += seconds ? value : value * scale;
    i = unit;
  }
  return total;
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  sec: 1,
  min: 60,
  hours: 3600,
  days: 86400,
};

/** Words that stand alone among the details of `ss -i` and begin a line of them. */
const BARE_DETAILS: ReadonlySet<string> = new Set([
  'ts',
  'sack',
  'ecn',
  'ecnseen',
  'fastopen',
  'cubic',
  'reno',
  'bbr',
  'bbr2',
  'dctcp',
  'vegas',
  'westwood',
  'htcp',
  'bic',
  'illinois',
  'yeah',
  'lp',
  'cdg',
  'nv',
  'veno',
  'hybla',
  'highspeed',
  'scalable',
  'app_limited',
]);

/** Names of details that may begin an unindented line, as of re-wrapped output. */
const DETAIL_KEYS: ReadonlySet<string> = new Set([
  'users',
  'timer',
  'ino',
  'uid',
  'sk',
  'cgroup',
  'v6only',
  'skmem',
  'mem',
  'wscale',
  'rto',
  'backoff',
  'rtt',
  'ato',
  'mss',
  'pmtu',
  'rcvmss',
  'advmss',
  'cwnd',
  'ssthresh',
  'bytes_sent',
  'bytes_retrans',
  'bytes_acked',
  'bytes_received',
  'segs_out',
  'segs_in',
  'data_segs_out',
  'data_segs_in',
  'lastsnd',
  'lastrcv',
  'lastack',
  'delivered',
  'unacked',
  'retrans',
  'lost',
  'sacked',
  'rcv_rtt',
  'rcv_space',
  'rcv_ssthresh',
  'minrtt',
  'snd_wnd',
  'rcv_wnd',
  'busy',
  'rwnd_limited',
  'sndbuf_limited',
  'notsent',
  'bbr',
  'fwmark',
  'class_id',
  'tcp-ulp-mptcp',
  'opt',
]);

function isDetailLine(line: Line): boolean {
  const { text } = line;
  for (let i = 0; i < Math.min(line.count, 3); i++) {
    const start = line.wordStart(i);
    const end = line.wordEnd(i);
    let colon = start;
    while (colon < end && text.charCodeAt(colon) !== 58) {
      colon++;
    }
    const name = text.slice(start, colon);
    if (
      colon < end &&
      (DETAIL_KEYS.has(name) || (line.indent > 0 && /^[a-z][\w-]{1,30}$/.test(name)))
    ) {
      return true;
    }
    if (colon === end && !BARE_DETAILS.has(name) && !/^(?:<->|-->|<--|---)$/.test(name)) {
      return false;
    }
  }
  return line.count > 0;
}
