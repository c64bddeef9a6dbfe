import { stateFromAnySpelling, stateWordAt } from '../../vocabulary/stateSpellings';
import { State, stateCode } from '../../vocabulary/state';
import { timerKindAt } from '../../vocabulary/timerWords';
import { Field } from '../../model/field';
import { isTcpWord, protocolWord, protocolWordAt, protocolWordId } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { LargeLost } from '../../vocabulary/largeLost';
import { Shut, TimerKind } from '../../vocabulary/timer';
import { looksLikeEndpoint, readColonEndpoint } from '../../parsing/endpoint';
import { decimalAt, isDigit, isSpace, type Line, numberAt, pidAt } from '../../parsing/line';
import type { Dialect } from '../../parsing/dialect';
import { BACKTICK, QUESTION, STAR } from '../../vocabulary/characters';

/** Which of its first columns an `ss` header has. */
export interface SsLayout {
  readonly netid: boolean;
  readonly state: boolean;
  /** `-Q` leaves them out. */
  readonly queues: boolean;
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
const RAW = protocolWordId('raw');
const SCTP = protocolWordId('sctp');

/**
 * `ss` of iproute2: `[Netid] [State] Recv-Q Send-Q Local:Port Peer:Port [details]`, details on the
 * same line or on a line of their own below. Never translated.
 */
export const ss: Dialect<SsLayout> = {
  id: 'ss',
  title: 'ss',
  systems: ['linux'],
  commands: ['ss'],
  headers: [
    'Netid State',
    'Netid Recv-Q',
    'Netid Local Address:Port',
    'State Recv-Q',
    'State Local Address:Port',
    'Recv-Q Send-Q',
    'Transport Total IP',
  ],
  best: { command: 'ss -tunapoeim', needs: 'root' },
  tells: { pids: 'with options', queues: 'always', timers: 'with options' },

  asks: words => ({
    protocol: onlyProtocol(words),
    state: onlyState(words),
    some: words.some((word, i) => FILTER.test(word) && words[i + 1] !== 'all'),
    room: namespaceIn(words.join(' ')),
  }),

  header(line, layout) {
    // A mail program wrapped the header before or within its last columns.
    if (layout !== undefined && (line.is(0, 'Address:Port') || line.is(0, 'Peer'))) {
      return layout;
    }
    let i = 0;
    const netid = line.is(i, 'Netid');
    i += netid ? 1 : 0;
    const state = line.is(i, 'State');
    i += state ? 1 : 0;
    const queues = line.is(i, 'Recv-Q') && line.is(i + 1, 'Send-Q');
    i += queues ? 2 : 0;
    return i > 0 && line.is(i, 'Local') && (isPort(line, i + 1) || line.count === i + 1)
      ? { netid, state, queues }
      : undefined;
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
    } else if (firstChar === BACKTICK && line.is(0, '`-')) {
      // An association, below its SCTP endpoint.
      protocol = SCTP;
      i = 1;
    } else if (firstChar === QUESTION && line.is(0, '???')) {
      // A raw socket of a protocol that ss has no name for (ss.c proto_name).
      protocol = RAW;
      i = 1;
    }
    const named = protocol !== 0;
    const word = i < line.count ? stateWordAt(line.text, line.wordStart(i), line.wordEnd(i)) : 0;
    if (word !== 0) {
      row.stateWord = word;
      row.span(Field.State, line.wordStart(i), line.wordEnd(i));
      i++;
    } else if (layout === undefined) {
      if (!isBareRow(line, i, named)) {
        return false;
      }
    } else if (
      layout.state &&
      layout.queues &&
      line.number(i) === NONE &&
      line.number(i + 1) !== NONE &&
      protocolWordAt(line.text, line.wordStart(i), line.wordEnd(i)) === 0
    ) {
      // A state that this program does not know yet.
      row.span(Field.State, line.wordStart(i), line.wordEnd(i));
      i++;
    }
    if (!named) {
      // One protocol asked for: no Netid. Only a UDP socket is UNCONN as a rule.
      protocol = word !== 0 && line.is(i - 1, 'UNCONN') ? UDP : TCP;
      row.impliesProtocol = protocol === UDP;
    }
    if (layout?.queues !== false) {
      row.recvQ = line.number(i);
      row.sendQ = line.number(i + 1);
      if (row.recvQ === NONE || row.sendQ === NONE) {
        return false;
      }
      row.span(Field.RecvQ, line.wordStart(i), line.wordEnd(i));
      row.span(Field.SendQ, line.wordStart(i + 1), line.wordEnd(i + 1));
      i += 2;
    }
    const next = readEndpoints(line, i, protocol, row);
    if (next === NONE) {
      return false;
    }
    row.protocol = protocol;
    if (next < line.count) {
      if (!row.has(Field.State) && !isDetail(line, next)) {
        // A row of net-tools, which has its state and owner behind the endpoints.
        return false;
      }
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

/** `Address:Port`, perhaps glued to what follows. */
function isPort(line: Line, i: number): boolean {
  return line.text.startsWith('Address:Port', line.wordStart(i));
}

/**
 * Whether words without any state are surely a row of `ss -H`: queues and two endpoints, and for
 * a row with Netid, which could be net-tools' as well, details that only ss prints.
 */
function isBareRow(line: Line, i: number, named: boolean): boolean {
  if (line.number(i) === NONE || line.number(i + 1) === NONE) {
    return false;
  }
  return named
    ? line.count > i + 4 && isDetail(line, i + 4)
    : looksLikeEndpoint(line, i + 2) && looksLikeEndpoint(line, i + 3);
}

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
  if (kind === 'vsock' && readColonEndpoint(line, i, row, false)) {
    return readColonEndpoint(line, i + 1, row, true) ? i + 2 : NONE;
  }
  // Netlink, packet and the like: names, which may hold blanks, up to a `*` for the peer.
  let peer = i + 1;
  while (peer < line.count && !(line.firstChar(peer) === STAR && line.is(peer, '*'))) {
    peer++;
  }
  if (peer >= line.count) {
    peer = i + 1;
  }
  if (peer >= line.count) {
    return NONE;
  }
  nameEndpoint(line, i, peer - 1, row, false);
  nameEndpoint(line, peer, peer, row, true);
  return peer + 1;
}

/** Reads the size of the receive buffer and the drops of `r0,rb212992,…,d0)`. */
function readMemory(text: string, from: number, end: number, row: Row): void {
  for (let start = from; start < end;) {
    const comma = text.indexOf(',', start);
    const next = comma === -1 || comma >= end ? end - 1 : comma;
    if (text.startsWith('rb', start)) {
      row.receiveBuffer = numberAt(text, start + 2, next);
    } else if (text.startsWith('d', start)) {
      row.drops = numberAt(text, start + 1, next);
    }
    start = next + 1;
  }
}

/** Reads what stands behind `bytes_`: `acked:12`. */
function readBytes(text: string, start: number, end: number, row: Row): void {
  if (startsWith(text, start, end, 'retrans:')) {
    row.bytesRetransmitted = numberAt(text, start + 'retrans:'.length, end);
  } else if (startsWith(text, start, end, 'acked:')) {
    row.bytesAcked = numberAt(text, start + 'acked:'.length, end);
  } else if (startsWith(text, start, end, 'received:')) {
    row.bytesReceived = numberAt(text, start + 'received:'.length, end);
  }
}

/** The percentage of `…:12ms(3.4%)`; {@link NONE} where it is cut off. */
function shareAt(text: string, start: number, end: number): number {
  const open = start + text.slice(start, end).indexOf('(');
  return open >= start && text.endsWith('%)', end) ? decimalAt(text, open + 1, end - 2) : NONE;
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
  let retransmitted = NONE;
  let needless = NONE;
  let loses = false;
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
      case 98: // b
        if (startsWith(text, start, end, 'bytes_')) {
          readBytes(text, start + 'bytes_'.length, end, row);
        }
        row.detail(Field.Detail, start, end);
        break;
      case 105: // i
        if (startsWith(text, start, end, 'ino:')) {
          row.inode = numberAt(text, start + 4, end);
          row.span(Field.Inode, start + 4, end);
        } else {
          row.detail(Field.Detail, start, end);
        }
        break;
      case 108: // l
        if (startsWith(text, start, end, 'lastack:')) {
          row.lastAck = numberAt(text, start + 'lastack:'.length, end);
        } else if (startsWith(text, start, end, 'lastsnd:')) {
          row.lastSent = numberAt(text, start + 'lastsnd:'.length, end);
        } else if (startsWith(text, start, end, 'lastrcv:')) {
          row.lastReceived = numberAt(text, start + 'lastrcv:'.length, end);
        } else if (startsWith(text, start, end, 'lost:')) {
          loses = true;
        }
        row.detail(Field.Detail, start, end);
        break;
      case 100: // d
        if (startsWith(text, start, end, 'dsack_dups:')) {
          needless = numberAt(text, start + 'dsack_dups:'.length, end);
        }
        row.detail(Field.Detail, start, end);
        break;
      case 114: // r
        if (startsWith(text, start, end, 'rwnd_limited:')) {
          row.limitedByWindow = shareAt(text, start, end);
        } else if (startsWith(text, start, end, 'retrans:')) {
          const total = start + text.slice(start, end).indexOf('/') + 1;
          retransmitted = total > start ? numberAt(text, total, end) : NONE;
        }
        row.detail(Field.Detail, start, end);
        break;
      case 115: // s
        if (startsWith(text, start, end, 'skmem:(')) {
          readMemory(text, start + 'skmem:('.length, end, row);
        } else if (startsWith(text, start, end, 'sndbuf_limited:')) {
          row.limitedByBuffer = shareAt(text, start, end);
        }
        row.detail(Field.Detail, start, end);
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
  if (loses) {
    readLargeLost(line, i, row);
  }
  if (row.bytesRetransmitted !== NONE && needless > 0 && retransmitted > 0) {
    const needed = Math.max(0, 1 - needless / retransmitted);
    row.bytesRetransmitted = Math.round(row.bytesRetransmitted * needed);
  }
}

/** What tells which segments in flight are lost. */
const SEGMENTS: ReadonlySet<string> = new Set([
  'bytes_sent',
  'bytes_retrans',
  'bytes_acked',
  'bytes_received',
  'mss',
  'pmtu',
  'unacked',
  'lost',
  'sack',
  'sacked',
]);

/** Finds whether just the segments of the full size are lost. */
function readLargeLost(line: Line, from: number, row: Row): void {
  const told = new Map<string, number>();
  for (let i = from; i < line.count; i++) {
    const [key = '', number = ''] = line.word(i).split(':', 2);
    if (SEGMENTS.has(key)) {
      told.set(key, numberAt(number, 0, number.length));
    }
  }
  const value = (key: string): number => told.get(key) ?? 0;
  const [mss, pmtu, lost, sacked] = [value('mss'), value('pmtu'), value('lost'), value('sacked')];
  const acked = value('bytes_acked');
  // An end that opened the connection counts its SYN among what is acknowledged.
  const least = value('bytes_sent') - value('bytes_retrans') - acked;
  if (mss <= 0 || pmtu <= 0 || lost <= 0 || value('unacked') !== lost + sacked) {
    return;
  }
  if (sacked > 0 && least > lost * mss && least + 1 < (lost + sacked) * mss) {
    row.largeLost = LargeLost.SmallArrived;
  } else if (
    sacked === 0 &&
    acked > 1 &&
    acked < mss &&
    lost * mss - least <= 1 &&
    least <= lost * mss
  ) {
    row.largeLost = LargeLost.All;
  } else if (
    sacked === 0 &&
    acked <= 1 &&
    value('bytes_received') > 0 &&
    value('bytes_retrans') > 0 &&
    value('bytes_retrans') % mss === 0 &&
    // Without SACK, that a smaller one has arrived at the end shows nowhere.
    least > (told.has('sack') ? lost * mss - 2 : Math.max(1, lost - 1) * mss - 2) &&
    least <= lost * mss
  ) {
    row.largeLost = LargeLost.FromFirst;
  } else {
    return;
  }
  row.pathMtu = pmtu;
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

/** The end of a quoted name: a quote that `,pid=` follows, or the two numbers of old versions. */
function endOfName(text: string, start: number, lineEnd: number): number {
  for (
    let quote = text.indexOf('"', start);
    quote !== -1 && quote < lineEnd;
    quote = text.indexOf('"', quote + 1)
  ) {
    if (
      text.startsWith(',pid=', quote + 1) ||
      OLD_NUMBERS.test(text.slice(quote + 1, quote + 27))
    ) {
      return quote;
    }
  }
  return NONE;
}

/** With what must follow them: a name may hold a quote and numbers itself. */
const OLD_NUMBERS = /^,\d{1,10},\d{1,10}\)(?:\)|,\()/;

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
    if (end === line.end) {
      // The line was cut here, perhaps within the number.
      return end;
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
 * prints 6.4 s as `6.400ms`: three decimals mean seconds (print_ms_timer in misc/ss.c).
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
export const BARE_DETAILS: ReadonlySet<string> = new Set([
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
  'send',
  'pacing_rate',
  'delivery_rate',
  'tcp-ulp-tls',
  'tcp-ulp-mptcp',
  '<->',
  '-->',
  '<--',
  '---',
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
  'inet-sockopt',
]);

/** Whether a line holds details of the row above it, and nothing else. */
function isDetailLine(line: Line): boolean {
  if (line.count === 0 || !isDetail(line, 0)) {
    return false;
  }
  if (line.count === 1) {
    return line.indent > 0 || isKeyed(line, 0);
  }
  return isDetail(line, 1) || isKeyed(line, 0) || isKeyed(line, 2);
}

/** Whether word `i` is a detail of `ss -e`, `-i`, `-m` or `-o`. */
function isDetail(line: Line, i: number): boolean {
  return isKeyed(line, i) || BARE_DETAILS.has(line.word(i));
}

/** Whether word `i` is `key:value`, where only lines that ss indented may have unknown keys. */
function isKeyed(line: Line, i: number): boolean {
  const { text } = line;
  const start = line.wordStart(i);
  const end = line.wordEnd(i);
  let colon = start;
  while (colon < end && text.charCodeAt(colon) !== 58) {
    colon++;
  }
  if (colon === end) {
    return false;
  }
  const key = text.slice(start, colon);
  return (
    DETAIL_KEYS.has(key) || (line.indent > 0 && colon + 1 < end && /^[a-z][\w-]{1,30}$/.test(key))
  );
}

/** The namespace of `-N`. */
function namespaceIn(command: string): string | null {
  const name = / -(?:[a-zA-Z\d]{0,20}N|-net[= ]) ?([\w.-]{1,64})/.exec(command)?.[1];
  return name === undefined ? null : `netns-${name}`;
}

/** What a filter has words of, or the file that it is read from. */
const FILTER =
  /^[\\!(]{0,3}(?:(?:state|exclude|src|dst|[sd]port|dev|fwmark|cgroup|autobound)\b|\()|^-(?:\w{0,20}F|-filter)/;

/** The protocols that may be asked for, by option. */
const PROTOCOL_OPTIONS: Readonly<Record<string, string>> = {
  t: 'tcp',
  u: 'udp',
  w: 'raw',
  d: 'dccp',
  S: 'sctp',
  M: 'mptcp',
  '--tcp': 'tcp',
  '--udp': 'udp',
  '--raw': 'raw',
  '--dccp': 'dccp',
  '--sctp': 'sctp',
  '--mptcp': 'mptcp',
};

/** The word of the one protocol that the options ask for; 0 where not just one. */
function onlyProtocol(words: readonly string[]): number {
  const asked = new Set<string>();
  for (const word of words) {
    const letters = word.startsWith('--') ? [word] : word.startsWith('-') ? Array.from(word) : [];
    for (const letter of letters) {
      const protocol = PROTOCOL_OPTIONS[letter] ?? (/^[x0]$/.test(letter) ? 'other' : undefined);
      if (protocol !== undefined) {
        asked.add(protocol);
      }
    }
  }
  const [only] = asked;
  return asked.size === 1 && only !== undefined && only !== 'other' ? protocolWordId(only) : 0;
}

/** The one state of `ss state …`, for which it prints no State column; None where not just one. */
function onlyState(words: readonly string[]): State {
  const at = words.indexOf('state');
  const name = at === -1 ? null : stateFromAnySpelling(words[at + 1] ?? '');
  return name === null || words.lastIndexOf('state') !== at ? State.None : stateCode(name);
}
