/*
 * Made-up dumps of random proportions, the same for the same seed: how many owners, remotes, ports
 * and local addresses there are, how often which state, queue, timer and IPv6 occur, and into how many
 * snapshots, hosts and sections the rows fall. None is likely; work must not grow faster than the rows
 * in any of them.
 */
import { random } from './generate';

/** How many different ones there are among so many rows. */
const AMOUNTS = {
  one: () => 1,
  'a dozen': () => 12,
  root: (rows: number) => Math.ceil(Math.sqrt(rows)),
  'a tenth': (rows: number) => Math.ceil(rows / 10),
  each: (rows: number) => rows,
} as const;

type Amount = keyof typeof AMOUNTS;

/** Rows of a snapshot; Infinity for all. */
const SIZES = [Infinity, Infinity, Infinity, 20_000, 500, 50, 10] as const;

const STATES = [
  'ESTABLISHED',
  'LISTEN',
  'CLOSE_WAIT',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'LAST_ACK',
  'CLOSING',
] as const;

/** What rows of one shape have in common. */
export interface Shape {
  readonly seed: number;
  readonly format: keyof typeof PRINTERS;
  /** Rows of a snapshot. */
  readonly snapshot: number;
  readonly hosts: number;
  readonly owners: Amount;
  readonly remotes: Amount;
  readonly locals: Amount;
  readonly ports: Amount;
  /** Shares of rows, from 0 to 1, of each state. */
  readonly states: readonly number[];
  readonly queued: number;
  readonly timers: number;
  readonly ipv6: number;
  readonly udp: number;
  /** Whether a list of UNIX sockets, and counters, stand below those of a snapshot. */
  readonly sections: boolean;
  readonly counters: boolean;
}

interface Row {
  readonly number: number;
  readonly state: string;
  readonly local: readonly [address: string, port: number];
  readonly remote: readonly [address: string, port: number] | null;
  readonly recvQ: number;
  readonly sendQ: number;
  /** 0 where it is not shown. */
  readonly pid: number;
  readonly timer: boolean;
  readonly ipv6: boolean;
  readonly udp: boolean;
}

/** Shapes for a seed, every format as often as any other. */
export function shapes(count: number, seed = 1): Shape[] {
  const formats = Object.keys(PRINTERS) as (keyof typeof PRINTERS)[];
  return Array.from({ length: count }, (_, i) =>
    shapeOf(seed * 1000 + i, formats[i % formats.length]!),
  );
}

function shapeOf(seed: number, format: keyof typeof PRINTERS): Shape {
  const next = random(seed);
  const of = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const amounts = Object.keys(AMOUNTS) as Amount[];
  const share = (): number => (next() < 0.4 ? 0 : next() < 0.5 ? next() / 10 : next());
  const weights = STATES.map(() => (next() < 0.5 ? 0 : next() ** 3));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return {
    seed,
    format,
    snapshot: of(SIZES),
    hosts: next() < 0.8 ? 1 : 10,
    owners: of(amounts),
    remotes: of(amounts),
    locals: of(amounts),
    ports: of(amounts),
    states: sum === 0 ? [1] : weights.map(weight => weight / sum),
    queued: share(),
    timers: share(),
    ipv6: share(),
    udp: share() / 4,
    sections: next() < 0.3,
    counters: next() < 0.3,
  };
}

/** A shape in the words of the table. */
export function describe(shape: Shape): string {
  const { snapshot, hosts, owners, remotes, locals, ports } = shape;
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const states = STATES.map((name, i) => ({ name, share: shape.states[i] ?? 0 }))
    .filter(({ share }) => share >= 0.005)
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ name, share }) => `${percent(share)} ${name}`);
  const shares = (['queued', 'timers', 'ipv6', 'udp'] as const)
    .filter(name => shape[name] >= 0.005)
    .map(name => `${name} ${percent(shape[name])}`);
  return [
    snapshot === Infinity ? 'one snapshot' : `${snapshot} rows a snapshot`,
    ...(hosts === 1 ? [] : [`${hosts} hosts`]),
    `owners ${owners}, remotes ${remotes}, locals ${locals}, ports ${ports}`,
    ...states,
    ...shares,
    ...(shape.sections ? ['UNIX'] : []),
    ...(shape.counters ? ['counters'] : []),
  ].join('; ');
}

/** Rows that are given at once. */
const PIECE = 10_000;

/** A dump of `rows` rows, in pieces. */
export function* shaped(shape: Shape, rows: number): Generator<string> {
  const printer = PRINTERS[shape.format];
  const size = Math.min(shape.snapshot, Math.ceil(rows / shape.hosts));
  const perHost = Math.ceil(rows / shape.hosts);
  let parts: string[] = [];
  let number = 0;
  for (const row of rowsOf(shape, rows)) {
    if (number % size === 0) {
      if (number > 0) {
        parts.push(...below(shape, number));
      }
      const host = Math.floor(number / perHost);
      parts.push(shape.hosts === 1 ? '' : `root@web-${host}:~# ${printer.command}\n`);
      const second = Math.floor((number - host * perHost) / size) * 5;
      parts.push(size === rows ? '' : `${isoTime(second)}\n`, printer.head);
    }
    parts.push(printer.row(row));
    number++;
    if (parts.length >= PIECE) {
      yield parts.join('');
      parts = [];
    }
  }
  parts.push(...below(shape, number));
  yield parts.join('');
}

function* rowsOf(shape: Shape, rows: number): Generator<Row> {
  const next = random(shape.seed);
  const upTo = (amount: Amount): number => Math.floor(next() * AMOUNTS[amount](rows));
  for (let number = 0; number < rows; number++) {
    const udp = next() < shape.udp;
    const state = stateAt(shape.states, next());
    const ipv6 = next() < shape.ipv6;
    const listens = state === 'LISTEN' || udp;
    const queued = next() < shape.queued;
    const owner = upTo(shape.owners);
    const local = upTo(shape.locals);
    const remote = upTo(shape.remotes);
    yield {
      number,
      state,
      local: [addressOf(ipv6 ? '2001:db8:1::' : 10, local), 1 + (upTo(shape.ports) % 65_000)],
      remote: listens
        ? null
        : [addressOf(ipv6 ? '2001:db8:2::' : 100, remote), 1024 + (number % 64_000)],
      recvQ: queued && next() < 0.5 ? 1 + Math.floor(next() * 9000) : 0,
      sendQ: queued && next() < 0.5 ? 1 + Math.floor(next() * 9000) : 0,
      pid: state === 'TIME_WAIT' ? 0 : 100 + owner,
      timer: next() < shape.timers,
      ipv6,
      udp,
    };
  }
}

function stateAt(states: readonly number[], place: number): string {
  let sum = 0;
  for (const [i, share] of states.entries()) {
    sum += share;
    if (place < sum) {
      return STATES[i]!;
    }
  }
  return STATES[0];
}

function addressOf(first: number | string, i: number): string {
  return typeof first === 'string'
    ? `${first}${(i >>> 16).toString(16)}:${(i & 65_535).toString(16)}`
    : `${first}.${(i >>> 16) & 255}.${(i >>> 8) & 255}.${i & 255}`;
}

function isoTime(seconds: number): string {
  return new Date(1_767_600_000_000 + seconds * 1000).toISOString().replace('.000', '');
}

/** What stands below the rows of a snapshot. */
function below({ format, sections, counters }: Shape, number: number): string[] {
  return [
    ...(sections && format === 'linux' ? [UNIX] : []),
    ...(counters && format !== 'windows' ? [countersAt(number)] : []),
  ];
}

const UNIX = `Active UNIX domain sockets (servers and established)
Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
unix  2      [ ACC ]     STREAM     LISTENING     21934    1/init               /run/systemd/private
unix  3      [ ]         STREAM     CONNECTED     24410    700/dbus-daemon      /run/dbus/system_bus_socket
`;

function countersAt(number: number): string {
  return `#kernel
TcpActiveOpens                  ${1000 + number}                0.0
TcpPassiveOpens                 ${2000 + 2 * number}                0.0
TcpRetransSegs                  ${30 + (number >>> 4)}                0.0
TcpExtListenOverflows           ${3 + (number >>> 6)}                0.0
TcpExtListenDrops               ${3 + (number >>> 6)}                0.0
TcpExtTCPTimeouts               ${9 + (number >>> 5)}                0.0
`;
}

interface Printer {
  readonly command: string;
  readonly head: string;
  readonly row: (row: Row) => string;
}

/** How each format prints a row. */
const PRINTERS = {
  linux: {
    command: 'netstat -tunapo',
    head: 'Active Internet connections (servers and established)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name     Timer\n',
    row: row =>
      `${(row.udp ? 'udp' : 'tcp') + (row.ipv6 ? '6' : ' ')} ${pad(row.recvQ, 7)} ${pad(row.sendQ, 6)} ${fill(row.local.join(':'), 23)} ${fill(row.remote?.join(':') ?? '0.0.0.0:*', 23)} ${fill(row.udp ? '' : row.state, 11)} ${fill(row.pid === 0 ? '-' : `${row.pid}/p${row.pid % 97}`, 20)} ${row.timer ? `keepalive (${row.number % 7200}.50/0/0)` : 'off (0.00/0/0)'}\n`,
  },
  windows: {
    command: 'netstat -ano',
    head: '\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n',
    row: ({ udp, ipv6, local, remote, state, pid }) =>
      `  ${udp ? 'UDP' : 'TCP'}    ${fill(bracketed(local, ipv6), 22)} ${fill(remote === null ? (udp ? '*:*' : ipv6 ? '[::]:0' : '0.0.0.0:0') : bracketed(remote, ipv6), 22)} ${fill(udp ? '' : (WINDOWS[state] ?? state), 15)} ${pid * 4}\r\n`,
  },
  ss: {
    command: 'ss -tunap',
    head: 'Netid State      Recv-Q Send-Q  Local Address:Port  Peer Address:Port Process\n',
    row: ({ udp, ipv6, local, remote, state, recvQ, sendQ, pid, timer, number }) =>
      `${udp ? 'udp' : 'tcp'}   ${fill(udp ? 'UNCONN' : (SS[state] ?? state), 10)} ${fill(recvQ, 6)} ${fill(state === 'LISTEN' && !udp ? 128 : sendQ, 6)} ${fill(bracketed(local, ipv6), 22)} ${fill(remote === null ? (ipv6 ? '[::]:*' : '0.0.0.0:*') : bracketed(remote, ipv6), 22)} ${pid === 0 ? '' : `users:(("p${pid % 97}",pid=${pid},fd=${number % 1024}))`}${timer ? ` timer:(keepalive,${1 + (number % 100)}sec,0)` : ''}\n`,
  },
  macos: {
    command: 'netstat -an',
    head: 'Active Internet connections (including servers)\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)    \n',
    row: ({ udp, ipv6, local, remote, state, recvQ, sendQ }) =>
      `${udp ? 'udp' : 'tcp'}${ipv6 ? 6 : 4}  ${pad(recvQ, 6)} ${pad(sendQ, 6)}  ${fill(local.join('.'), 22)} ${fill(remote?.join('.') ?? '*.*', 22)} ${fill(udp ? '' : (WINDOWS[state] ?? state), 11)}\n`,
  },
} as const satisfies Readonly<Record<string, Printer>>;

const WINDOWS: Readonly<Record<string, string>> = {
  LISTEN: 'LISTENING',
  SYN_RECV: 'SYN_RECEIVED',
  FIN_WAIT1: 'FIN_WAIT_1',
  FIN_WAIT2: 'FIN_WAIT_2',
};

const SS: Readonly<Record<string, string>> = {
  ESTABLISHED: 'ESTAB',
  CLOSE_WAIT: 'CLOSE-WAIT',
  SYN_SENT: 'SYN-SENT',
  SYN_RECV: 'SYN-RECV',
  FIN_WAIT1: 'FIN-WAIT-1',
  FIN_WAIT2: 'FIN-WAIT-2',
  TIME_WAIT: 'TIME-WAIT',
  LAST_ACK: 'LAST-ACK',
};

function bracketed([address, port]: readonly [string, number], ipv6: boolean): string {
  return ipv6 ? `[${address}]:${port}` : `${address}:${port}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}

function fill(value: string | number, width: number): string {
  return String(value).padEnd(width);
}
