import { stateWordAt } from '../../vocabulary/stateSpellings';
import { Field } from '../../model/field';
import { isTcpWord, protocolWordId } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { TimerKind } from '../../vocabulary/timer';
import { State } from '../../vocabulary/state';
import { isDigit, type Line, numberAt } from '../../parsing/line';
import type { Dialect } from '../../parsing/dialect';
import { COLON } from '../../vocabulary/characters';

/** A file of /proc/net with sockets. */
type File = 'tcp' | 'udp' | 'udplite' | 'raw' | 'unix';

export interface ProcNetLayout {
  /** Which list the title or header says. */
  readonly file: File;
  /** Whether a title named it, which no header below contradicts. */
  readonly named: boolean;
}

/**
 * Linux's own lists: /proc/net/tcp, udp, udplite, raw, each with a `6` for IPv6, and unix.
 * Row format of the first (net/ipv4/tcp_ipv4.c get_tcp4_sock):
 * `%4d: %08X:%04X %08X:%04X %02X %08X:%08X %02X:%08lX %08X %5u %8d %lu …`. Addresses are 32-bit
 * words in the byte order of the machine, which is taken for little-endian.
 */
export const procNet: Dialect<ProcNetLayout> = {
  id: 'proc-net',
  title: '/proc/net',
  systems: ['linux'],
  commands: ['cat /proc/net/', 'tail -n +1 /proc/net/'],
  headers: ['sl local_address', 'Num RefCount', 'sk RefCnt', 'sk Eth Pid'],
  best: { command: 'tail -n +1 /proc/net/tcp /proc/net/tcp6', needs: null },
  tells: { pids: 'never', queues: 'always', timers: 'always' },

  header(line, layout) {
    if (line.is(0, '==>')) {
      return titleLayout(line);
    }
    if (line.is(0, 'sl') && line.is(1, 'local_address')) {
      const file = line.is(line.count - 1, 'drops') ? 'udp' : 'tcp';
      return layout?.named === true ? layout : { file, named: false };
    }
    return line.is(0, 'Num') && line.is(1, 'RefCount') && line.is(2, 'Protocol')
      ? { file: 'unix', named: false }
      : undefined;
  },

  row(line, layout, row) {
    const first = line.wordEnd(0) - 1;
    if (line.count < MINIMUM_WORDS || line.text.charCodeAt(first) !== COLON) {
      return false;
    }
    const digits = first - line.wordStart(0);
    return line.wordEnd(1) - line.wordStart(1) === UNIX_COUNT && digits >= UNIX_COUNT
      ? readUnix(line, row)
      : readInternet(line, layout, row);
  },
};

/** `Num: RefCount Protocol Flags Type St Inode` has the fewest. */
const MINIMUM_WORDS = 7;
/** Width of the reference count of a UNIX socket, and the least width of its address. */
const UNIX_COUNT = 8;

/** `==> /proc/net/udp6 <==`, which `tail` and `head` put before each of several files. */
function titleLayout(line: Line): ProcNetLayout | undefined {
  const name = line.count === 3 && line.is(2, '<==') ? line.word(1) : '';
  const file = /^\/proc\/(?:\w{1,16}\/)?net\/(tcp|udp|udplite|raw|unix)6?$/.exec(name)?.[1];
  return file === undefined ? undefined : { file: file as File, named: true };
}

/** Protocol word numbers by file, for IPv4 and IPv6. */
const WORDS: Readonly<Record<File, readonly [number, number]>> = {
  tcp: [protocolWordId('tcp'), protocolWordId('tcp6')],
  udp: [protocolWordId('udp'), protocolWordId('udp6')],
  udplite: [protocolWordId('udplite'), protocolWordId('udplite6')],
  raw: [protocolWordId('raw'), protocolWordId('raw6')],
  unix: [protocolWordId('unix'), protocolWordId('unix')],
};

/** Words of a row up to `inode`. */
export const INODE = 9;
/** Words of a row with `ref pointer drops`, which lists of all protocols but TCP have. */
export const WORDS_WITH_DROPS = 13;

function readInternet(line: Line, layout: ProcNetLayout | undefined, row: Row): boolean {
  const { text } = line;
  if (
    line.count <= INODE ||
    numberAt(text, line.wordStart(0), line.wordEnd(0) - 1) === NONE ||
    !readEndpoint(line, 1, row, false) ||
    !readEndpoint(line, 2, row, true) ||
    line.wordEnd(1) - line.wordStart(1) !== line.wordEnd(2) - line.wordStart(2)
  ) {
    return false;
  }
  const state = hexAt(text, line.wordStart(3), line.wordEnd(3));
  const queues = line.wordStart(4);
  const timer = line.wordStart(5);
  const sendQ = hexAt(text, queues, queues + 8);
  const recvQ = hexAt(text, queues + 9, line.wordEnd(4));
  const retransmits = hexAt(text, line.wordStart(6), line.wordEnd(6));
  const probes = line.number(8);
  const inode = line.number(INODE);
  if (
    state === NONE ||
    sendQ === NONE ||
    recvQ === NONE ||
    retransmits === NONE ||
    probes === NONE ||
    inode === NONE ||
    text.charCodeAt(queues + 8) !== COLON ||
    text.charCodeAt(timer + 2) !== COLON
  ) {
    return false;
  }
  const file = fileOf(line, state, row.localPort, layout);
  row.protocol = WORDS[file][line.wordEnd(1) - line.wordStart(1) === IPV6_WIDTH ? 1 : 0];
  row.sendQ = sendQ;
  row.recvQ = recvQ;
  row.inode = inode;
  row.span(Field.SendQ, queues, queues + 8);
  row.span(Field.RecvQ, queues + 9, line.wordEnd(4));
  row.span(Field.State, line.wordStart(3), line.wordEnd(3));
  row.span(Field.User, line.wordStart(7), line.wordEnd(7));
  row.span(Field.Inode, line.wordStart(INODE), line.wordEnd(INODE));
  if (isTcpWord(row.protocol)) {
    row.state = STATES[state] ?? State.Unknown;
    return readTimer(line, timer, retransmits, probes, row);
  }
  if (line.count === WORDS_WITH_DROPS) {
    row.drops = line.number(WORDS_WITH_DROPS - 1);
  }
  return true;
}

/**
 * Which list a row is of. TCP rows end with the pointer or go on to a 17th word, those of all
 * other protocols have 13; that holds where headers were cut out with grep or several lists were
 * joined. Only old kernels' UDP has 12 too: there the header says it, or a state that no TCP row
 * has (07, closed, is never listed).
 */
function fileOf(line: Line, state: number, port: number, layout: ProcNetLayout | undefined): File {
  const known = layout?.file === 'unix' ? undefined : layout?.file;
  if (line.count === WORDS_WITH_DROPS) {
    const likely = known === undefined || known === 'tcp' ? 'udp' : known;
    return likely === 'udp' && layout?.named !== true && isRaw(line, port) ? 'raw' : likely;
  }
  return line.count > WORDS_WITH_DROPS ? 'tcp' : (known ?? (state === CLOSED ? 'udp' : 'tcp'));
}

/** ICMP, IGMP, GRE, ESP, ICMPv6, OSPF, PIM, VRRP, any: what raw sockets are opened for. */
const RAW_PROTOCOLS: ReadonlySet<number> = new Set([1, 2, 47, 50, 58, 89, 103, 112, 255]);

/**
 * Whether a row of the columns that UDP and raw sockets share is a raw one: its local port is its
 * protocol, and so is its place in the list (net/ipv4/raw.c); no UDP service has these ports.
 */
function isRaw(line: Line, port: number): boolean {
  return (
    RAW_PROTOCOLS.has(port) && numberAt(line.text, line.wordStart(0), line.wordEnd(0) - 1) === port
  );
}

/** Reads `tr:tm->when`: the kind of timer and the ticks (1/100 s, USER_HZ) until it expires. */
function readTimer(
  line: Line,
  start: number,
  retransmits: number,
  probes: number,
  row: Row,
): boolean {
  const kind = hexAt(line.text, start, start + 2);
  const ticks = hexAt(line.text, start + 3, line.wordEnd(5));
  if (kind === NONE || ticks === NONE) {
    return false;
  }
  row.timer = TIMERS[kind] ?? TimerKind.Unknown;
  row.timerSeconds = ticks / 100;
  row.retransmits = retransmits;
  row.probes = probes;
  row.span(Field.TimerKind, start, start + 2);
  row.span(Field.Timer, start, line.wordEnd(5));
  row.detail(Field.Detail, line.wordStart(6), line.wordEnd(6));
  row.detail(Field.Detail, line.wordStart(8), line.wordEnd(8));
  return true;
}

/** The `tr` column (net/ipv4/tcp_ipv4.c get_tcp4_sock). */
export const TIMERS: readonly TimerKind[] = [
  TimerKind.Off,
  TimerKind.On,
  TimerKind.Keepalive,
  TimerKind.TimeWait,
  TimerKind.Probe,
];

const CLOSED = 7;

/** The `st` column (include/net/tcp_states.h). */
export const STATES: readonly State[] = [
  State.Unknown,
  State.Established,
  State.SynSent,
  State.SynReceived,
  State.FinWait1,
  State.FinWait2,
  State.TimeWait,
  State.Closed,
  State.CloseWait,
  State.LastAck,
  State.Listen,
  State.Closing,
  // A request socket that is not yet a socket: TCP_NEW_SYN_RECV.
  State.SynReceived,
  State.Bound,
];

/** Width of an endpoint, `0100007F:0016`, and of one with an IPv6 address. */
const IPV4_WIDTH = 8 + 5;
const IPV6_WIDTH = 32 + 5;

function readEndpoint(line: Line, i: number, row: Row, remote: boolean): boolean {
  const { text } = line;
  const start = line.wordStart(i);
  const end = line.wordEnd(i);
  const width = end - start;
  if ((width !== IPV4_WIDTH && width !== IPV6_WIDTH) || text.charCodeAt(end - 5) !== COLON) {
    return false;
  }
  const port = hexAt(text, end - 4, end);
  const address = addresses.at(text, start, end - 5);
  if (port === NONE || address === undefined) {
    return false;
  }
  row.endpoint(remote, start, end, end - 4, end, port);
  row.span(remote ? Field.RemoteAddress : Field.LocalAddress, start, end - 5);
  if (remote) {
    row.remoteAddress = address;
  } else {
    row.localAddress = address;
  }
  return true;
}

/** Reads `ffff8880a1b2c3d4: 00000002 00000000 00010000 0001 01 20653 /run/x`. */
function readUnix(line: Line, row: Row): boolean {
  const { text } = line;
  const address = line.wordStart(0);
  const flags = hexAt(text, line.wordStart(3), line.wordEnd(3));
  const state = hexAt(text, line.wordStart(5), line.wordEnd(5));
  const inode = line.number(6);
  if (
    !isHex(text, address, line.wordEnd(0) - 1) ||
    !isHex(text, line.wordStart(1), line.wordEnd(1)) ||
    flags === NONE ||
    state === NONE ||
    inode === NONE
  ) {
    return false;
  }
  row.protocol = WORDS.unix[0];
  row.inode = inode;
  row.span(Field.Inode, line.wordStart(6), line.wordEnd(6));
  row.stateWord = (flags & ACCEPTING) !== 0 ? LISTENING : (UNIX_STATES[state] ?? 0);
  row.span(Field.State, line.wordStart(5), line.wordEnd(5));
  row.detail(Field.Detail, line.wordStart(3), line.wordEnd(3));
  row.detail(Field.Detail, line.wordStart(4), line.wordEnd(4));
  if (line.count > MINIMUM_WORDS) {
    const end = line.wordEnd(line.count - 1);
    row.span(Field.Local, line.wordStart(MINIMUM_WORDS), end);
    row.span(Field.LocalAddress, line.wordStart(MINIMUM_WORDS), end);
  }
  return true;
}

/** __SO_ACCEPTCON, the flag of a socket that listens (include/uapi/linux/net.h). */
const ACCEPTING = 0x10000;

const LISTENING = wordNumber('LISTENING');

/**
 * What netstat prints for the numbers of socket_state (include/uapi/linux/net.h): a UNIX socket's
 * number alone would say nothing to anyone.
 */
const UNIX_STATES: readonly number[] = [
  wordNumber('FREE'),
  wordNumber('UNCONNECTED'),
  wordNumber('CONNECTING'),
  wordNumber('CONNECTED'),
  wordNumber('DISCONNECTING'),
];

function wordNumber(word: string): number {
  return stateWordAt(word, 0, word.length);
}

/** The number that the hexadecimal `text[start, end)` is; NONE if it is none. */
function hexAt(text: string, start: number, end: number): number {
  if (start >= end || end - start > 12) {
    return NONE;
  }
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit === NONE) {
      return NONE;
    }
    value = value * 16 + digit;
  }
  return value;
}

function isHex(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (hexDigit(text.charCodeAt(i)) === NONE) {
      return false;
    }
  }
  return start < end;
}

function hexDigit(code: number): number {
  if (isDigit(code)) {
    return code - 48;
  }
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : NONE;
}

/**
 * Turns hexadecimal addresses into readable ones. A dump has few different addresses and many
 * rows, so that the last one of each slot is kept and no string is made for most rows.
 */
class AddressCache {
  private static readonly SLOTS = 4096;
  /** The four words of the address in each slot; IPv4 has only the first. */
  private readonly words = new Int32Array(AddressCache.SLOTS * 4);
  private readonly widths = new Uint8Array(AddressCache.SLOTS);
  private readonly strings: string[] = [];
  private readonly current = new Int32Array(4);

  /** The address `text[start, end)`; undefined if it is none. */
  public at(text: string, start: number, end: number): string | undefined {
    const { current, words } = this;
    const width = (end - start) / 8;
    let hash = width;
    for (let i = 0; i < 4; i++) {
      const word = i < width ? hexAt(text, start + i * 8, start + i * 8 + 8) : 0;
      if (word === NONE) {
        return undefined;
      }
      current[i] = word;
      hash = Math.imul(hash ^ (word | 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const slot = hash & (AddressCache.SLOTS - 1);
    const base = slot * 4;
    if (
      this.widths[slot] === width &&
      words[base] === current[0] &&
      words[base + 1] === current[1] &&
      words[base + 2] === current[2] &&
      words[base + 3] === current[3]
    ) {
      return this.strings[slot];
    }
    const address = width === 1 ? ipv4(current[0] ?? 0) : ipv6(current);
    words.set(current, base);
    this.widths[slot] = width;
    this.strings[slot] = address;
    return address;
  }
}

const addresses = new AddressCache();

/** The dotted form of an address whose first byte is the lowest of `word`. */
function ipv4(word: number): string {
  return `${word & 255}.${(word >>> 8) & 255}.${(word >>> 16) & 255}.${word >>> 24}`;
}

/** The form of RFC 5952: lower case, the longest run of zeros as `::`, mapped IPv4 dotted. */
function ipv6(words: Int32Array): string {
  const [first = 0, second = 0, third = 0, last = 0] = words;
  if (first === 0 && second === 0 && third === MAPPED) {
    return `::ffff:${ipv4(last)}`;
  }
  const groups: number[] = [];
  for (const word of words) {
    groups.push(((word & 255) << 8) | ((word >>> 8) & 255));
    groups.push((((word >>> 16) & 255) << 8) | (word >>> 24));
  }
  const text = groups.map(group => group.toString(16)).join(':');
  const runs = [...`:${text}:`.matchAll(/:0(?::0)+(?=:)/g)].map(match => match[0]);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') {
    return text;
  }
  const cut = `:${text}:`.replace(`${longest}:`, '::');
  return cut.replace(/^:(?!:)/, '').replace(/(?<!:):$/, '');
}

/** 0000:ffff as the third word of an IPv4-mapped address, its bytes turned round. */
const MAPPED = 0xffff0000 | 0;
