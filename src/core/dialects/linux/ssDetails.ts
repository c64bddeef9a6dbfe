import { timerKindAt } from '../../vocabulary/timerWords';
import { Field } from '../../model/field';
import { NONE, type Row } from '../../model/row';
import { LargeLost } from '../../vocabulary/largeLost';
import { Shut, TimerKind } from '../../vocabulary/timer';
import { decimalAt, isDigit, type Line, numberAt } from '../../parsing/line';
import { readUsers } from './ssUsers';

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

/** The percentage of `…:12ms(3.4%)`; {@link NONE} if it is cut off. */
function shareAt(text: string, start: number, end: number): number {
  const open = start + text.slice(start, end).indexOf('(');
  return open >= start && text.endsWith('%)', end) ? decimalAt(text, open + 1, end - 2) : NONE;
}

/** What is only of use together with other details. */
interface Losses {
  /** Segments that were sent again, and those of them that had arrived. */
  retransmitted: number;
  needless: number;
  /** Whether segments count as lost. */
  loses: boolean;
}

/** Reads `users:(…)`, `timer:(…)`, `ino:` and the rest from word `i` on. */
export function readDetails(line: Line, i: number, row: Row): void {
  const losses: Losses = { retransmitted: NONE, needless: NONE, loses: false };
  let word = i;
  while (word < line.count) {
    const start = line.wordStart(word);
    let end = readField(line, start, line.wordEnd(word), row);
    if (end === NONE) {
      end = line.wordEnd(word);
      readDetail(line.text, start, end, row, losses);
      row.detail(Field.Detail, start, end);
    }
    do {
      word++;
    } while (word < line.count && line.wordStart(word) < end);
  }
  if (losses.loses) {
    readLargeLost(line, i, row);
  }
  const { needless, retransmitted } = losses;
  if (row.bytesRetransmitted !== NONE && needless > 0 && retransmitted > 0) {
    const needed = Math.max(0, 1 - needless / retransmitted);
    row.bytesRetransmitted = Math.round(row.bytesRetransmitted * needed);
  }
}

/** Reads owners, user, timer or inode; returns where that ends, {@link NONE} if it is another detail. */
function readField(line: Line, start: number, end: number, row: Row): number {
  const { text } = line;
  switch (text.charCodeAt(start)) {
    case 117: // u
      if (startsWith(text, start, end, 'users:((')) {
        return readUsers(line, start + 'users:(('.length, row);
      }
      if (startsWith(text, start, end, 'uid:')) {
        row.span(Field.User, start + 'uid:'.length, end);
        return end;
      }
      return NONE;
    case 116: // t
      if (startsWith(text, start, end, 'timer:(')) {
        readTimer(text, start, end, row);
        return end;
      }
      return NONE;
    case 105: // i
      if (startsWith(text, start, end, 'ino:')) {
        row.inode = numberAt(text, start + 'ino:'.length, end);
        row.span(Field.Inode, start + 'ino:'.length, end);
        return end;
      }
      return NONE;
    default:
      return NONE;
  }
}

function readDetail(text: string, start: number, end: number, row: Row, losses: Losses): void {
  switch (text.charCodeAt(start)) {
    case 98: // b
      if (startsWith(text, start, end, 'bytes_')) {
        readBytes(text, start + 'bytes_'.length, end, row);
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
        losses.loses = true;
      }
      break;
    case 100: // d
      if (startsWith(text, start, end, 'dsack_dups:')) {
        losses.needless = numberAt(text, start + 'dsack_dups:'.length, end);
      }
      break;
    case 114: // r
      if (startsWith(text, start, end, 'rwnd_limited:')) {
        row.limitedByWindow = shareAt(text, start, end);
      } else if (startsWith(text, start, end, 'retrans:')) {
        const total = start + text.slice(start, end).indexOf('/') + 1;
        losses.retransmitted = total > start ? numberAt(text, total, end) : NONE;
      }
      break;
    case 115: // s
      if (startsWith(text, start, end, 'skmem:(')) {
        readMemory(text, start + 'skmem:('.length, end, row);
      } else if (startsWith(text, start, end, 'sndbuf_limited:')) {
        row.limitedByBuffer = shareAt(text, start, end);
      }
      break;
    case 45: // -
    case 60: // <
      readArrow(text, start, end, row);
      break;
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
export function isDetailLine(line: Line): boolean {
  if (line.count === 0 || !isDetail(line, 0)) {
    return false;
  }
  if (line.count === 1) {
    return line.indent > 0 || isKeyed(line, 0);
  }
  return isDetail(line, 1) || isKeyed(line, 0) || isKeyed(line, 2);
}

/** Whether word `i` is a detail of `ss -e`, `-i`, `-m` or `-o`. */
export function isDetail(line: Line, i: number): boolean {
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
