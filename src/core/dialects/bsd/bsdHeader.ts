import type { System } from '../../vocabulary/system';
import type { Line } from '../../parsing/line';

/*
 * Titles and column headers of the `netstat` that BSD brought forth: macOS, FreeBSD, OpenBSD,
 * NetBSD, AIX, HP-UX, Junos. They all name the same columns, and differ in a word or a blank.
 */

/** What the rows below a title or header are. */
export type BsdSection =
  'internet' | 'listeners' | 'multipath' | 'unix' | 'kernel' | 'modules' | 'netgraph';

/** What a title or column header says about the rows below it. */
export interface BsdLayout {
  readonly section: BsdSection;
  /** The system that a title proved where the rows do not. */
  readonly system: System | null;
  /** Whether the queues are printed (`-T` has retransmissions in their place, and only for TCP). */
  readonly queues: boolean;
  /** Names of the columns behind the last endpoint and `(state)`, or behind Nextref, in order. */
  readonly columns: readonly string[];
  /** Place of the column `pid`, `process:pid` and `rexmt` in {@link columns}, or NONE. */
  readonly pid: number;
  readonly process: number;
  readonly rexmt: number;
}

/** A column header taken apart. */
export interface BsdHeader {
  readonly layout: BsdLayout;
  /** What stands before the protocol: `Tcpcb`, `Socket Flowhash`, `PCB/ADDR`; empty where nothing. */
  readonly address: string;
  /** The word for the state; empty if there is no such column. */
  readonly state: string;
  /** Blanks between `Proto` and the queues, between the queues and `Local Address`. */
  readonly protocolGap: number;
  readonly localGap: number;
  /** Whether the state's column is filled up with blanks. */
  readonly padded: boolean;
}

/** A layout of rows that have no more columns than the state. */
export function plainLayout(section: BsdSection, system: System | null): BsdLayout {
  return { ...layoutOf(section, []), system };
}

function layoutOf(section: BsdSection, columns: readonly string[], queues = true): BsdLayout {
  return {
    section,
    system: null,
    queues,
    columns,
    pid: columns.indexOf('pid'),
    process: columns.indexOf('process:pid'),
    rexmt: columns.indexOf('rexmt'),
  };
}

const INTERNET_TITLE =
  /^Active Internet6? connections(?: \((?:IPv6, )?(?:including|only) servers\))?$/;

const TITLES: readonly (readonly [RegExp, BsdSection])[] = [
  [INTERNET_TITLE, 'internet'],
  [/^Current listen queue sizes \(qlen\/incqlen\/maxqlen\)$/, 'listeners'],
  [/^Active Multipath Internet connections$/, 'multipath'],
  [/^Active (?:LOCAL \(UNIX\)|UNIX) domain sockets$/, 'unix'],
  [/^Registered kernel control modules$/, 'modules'],
  [/^Active kernel (?:event|control) sockets$/, 'kernel'],
  [/^Netgraph sockets$/, 'netgraph'],
];

/** First letters of titles and headers, to leave other lines quickly: A C L N P R S T i p. */
const STARTS: ReadonlySet<number> = new Set(
  Array.from('ACLNPRSTip', letter => letter.charCodeAt(0)),
);

export interface BsdTitle {
  readonly section: BsdSection;
  /** The title, with single blanks. */
  readonly text: string;
}

/** What a title announces; undefined where the line is no title. */
export function bsdTitle(line: Line): BsdTitle | undefined {
  if (!STARTS.has(line.firstChar(0)) || line.count > 6) {
    return undefined;
  }
  const text = line.rest(0).replace(/\s+/g, ' ');
  const section = TITLES.find(([pattern]) => pattern.test(text))?.[1];
  return section === undefined ? undefined : { section, text };
}

/**
 * Whether a header `Proto Recv-Q Send-Q …` in English is surely not of Linux: it has `(state)` or
 * `TCP-State`, or no state at all (OpenBSD's UDP), or two blanks before `Local` (NetBSD).
 */
export function isBsdHeader(line: Line): boolean {
  const header = bsdHeader(line);
  return (
    header !== undefined &&
    (header.layout.section !== 'internet' ||
      header.state === '(state)' ||
      header.state === 'TCP-State' ||
      (header.state === '' && header.layout.columns.length === 0) ||
      (header.state === 'State' && header.layout.columns.length === 0 && header.localGap > 1))
  );
}

/** Takes a column header apart; undefined where the line is none. */
export function bsdHeader(line: Line): BsdHeader | undefined {
  if (!STARTS.has(line.firstChar(0)) || line.count > 60) {
    return undefined;
  }
  const words = Array.from({ length: line.count }, (_, i) => line.word(i));
  return (
    internetHeader(line, words) ??
    listenerHeader(line, words) ??
    unixHeader(words) ??
    kernelHeader(words) ??
    multipathHeader(words)
  );
}

function internetHeader(line: Line, words: readonly string[]): BsdHeader | undefined {
  const proto = words.indexOf('Proto');
  const local = words.indexOf('Local');
  const foreign = words.indexOf('Foreign');
  if (
    proto === -1 ||
    proto > 2 ||
    local < proto + 3 ||
    local > proto + 6 ||
    foreign !== local + 2 ||
    words[local + 1] !== 'Address' ||
    words[foreign + 1] !== 'Address' ||
    !(words[proto + 1] === 'Recv-Q' || words[proto + 1] === 'Rexmit')
  ) {
    return undefined;
  }
  const after = words[foreign + 2] ?? '';
  const state = /^(?:\([Ss]tate\)|State|TCP-State)$/.test(after) ? after : '';
  const behind = foreign + (state === '' ? 2 : 3);
  return {
    layout: layoutOf('internet', words.slice(behind), words[proto + 1] === 'Recv-Q'),
    address: words.slice(0, proto).join(' '),
    state,
    protocolGap: line.wordStart(proto + 1) - line.wordEnd(proto),
    localGap: line.wordStart(local) - line.wordEnd(local - 1),
    padded: state !== '' && line.end > line.wordEnd(words.length - 1),
  };
}

/** `[Tcpcb] [Proto] Listen Local Address`. */
function listenerHeader(line: Line, words: readonly string[]): BsdHeader | undefined {
  const listen = words.indexOf('Listen');
  if (
    listen === -1 ||
    listen > 2 ||
    words[listen + 1] !== 'Local' ||
    words[listen + 2] !== 'Address' ||
    words.length !== listen + 3
  ) {
    return undefined;
  }
  const proto = words[listen - 1] === 'Proto';
  return {
    layout: layoutOf('listeners', []),
    address: words.slice(0, proto ? listen - 1 : listen).join(' '),
    state: '',
    protocolGap: proto ? line.wordStart(listen) - line.wordEnd(listen - 1) : 0,
    localGap: 0,
    padded: false,
  };
}

const UNIX_COLUMNS = ['Type', 'Recv-Q', 'Send-Q', 'Inode', 'Conn', 'Refs', 'Nextref'];

/** `Address Type Recv-Q Send-Q Inode Conn Refs Nextref [more] Addr`. */
function unixHeader(words: readonly string[]): BsdHeader | undefined {
  if (
    !UNIX_COLUMNS.every((column, i) => words[i + 1] === column) ||
    words[words.length - 1] !== 'Addr'
  ) {
    return undefined;
  }
  return otherHeader('unix', words.slice(UNIX_COLUMNS.length + 1, -1), words[0]);
}

/** `[pcb] Proto Recv-Q Send-Q vendor class subcla …` and `… unit id name`. */
function kernelHeader(words: readonly string[]): BsdHeader | undefined {
  const proto = words.indexOf('Proto');
  if (words[0] === 'id' && words[words.length - 1] === 'name') {
    return otherHeader('modules', []);
  }
  if (
    proto === -1 ||
    proto > 1 ||
    words[proto + 1] !== 'Recv-Q' ||
    words[proto + 2] !== 'Send-Q' ||
    !(words.includes('vendor') || (words.includes('unit') && words.includes('name')))
  ) {
    return undefined;
  }
  return otherHeader('kernel', words.slice(proto + 3), proto === 0 ? '' : words[0]);
}

/** `Proto/ID  Flags      Local Address          Foreign Address        (state)`. */
function multipathHeader(words: readonly string[]): BsdHeader | undefined {
  return words[0] === 'Proto/ID' && words[1] === 'Flags' && words[2] === 'Local'
    ? otherHeader('multipath', [])
    : undefined;
}

function otherHeader(
  section: BsdSection,
  columns: readonly string[],
  address: string | undefined = '',
): BsdHeader {
  return {
    layout: layoutOf(section, columns),
    address,
    state: '',
    protocolGap: 0,
    localGap: 0,
    padded: false,
  };
}
