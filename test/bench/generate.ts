/*
 * Made-up dumps of any size, the same for the same seed. Proportions are those of a busy proxy:
 * mostly ESTABLISHED and TIME_WAIT, some leaks, half of the connections with both ends on the host.
 */

/** A small generator of equal numbers for equal seeds (mulberry32). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One made-up TCP connection, as every format prints it in its own words. */
export interface Connection {
  readonly state: string;
  readonly local: readonly [address: string, port: number];
  readonly remote: readonly [address: string, port: number];
  readonly recvQ: number;
  readonly sendQ: number;
  readonly pid: number;
  readonly program: string;
}

const PROGRAMS = ['nginx: worker', 'java', 'orders-api', 'postgres', 'node', 'envoy'] as const;

/** Connections without end. */
export function* connections(seed = 1): Generator<Connection> {
  const next = random(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  for (let i = 0; ; i++) {
    const kind = next();
    const state =
      kind < 0.5
        ? 'ESTABLISHED'
        : kind < 0.88
          ? 'TIME_WAIT'
          : kind < 0.95
            ? 'CLOSE_WAIT'
            : kind < 0.97
              ? 'FIN_WAIT2'
              : kind < 0.98
                ? 'SYN_SENT'
                : 'LAST_ACK';
    const owned = state !== 'TIME_WAIT' && state !== 'LAST_ACK';
    const program = below(PROGRAMS.length);
    yield {
      state,
      local: [
        `10.0.${below(4)}.${1 + below(250)}`,
        state === 'SYN_SENT' ? 32768 + below(28000) : 8443,
      ],
      remote: [`192.0.${below(64)}.${1 + below(250)}`, 1024 + ((i * 7919) % 64000)],
      recvQ: state === 'CLOSE_WAIT' ? below(3) * 14 : 0,
      sendQ: state === 'SYN_SENT' ? 1 : 0,
      pid: owned ? 1000 + program : 0,
      program: owned ? (PROGRAMS[program] ?? '') : '',
    };
  }
}

/** What connections of a dump may have in common, beside what a busy proxy has. */
export const SHAPES: Readonly<
  Record<string, (connection: Connection, number: number) => Connection>
> = {
  mixed: connection => connection,
  'all equal': () => EQUAL,
  'all to one remote': (connection, i) => ({
    ...connection,
    local: [connection.local[0], port(i)],
    remote: ['192.0.2.1', 443],
  }),
  'all listeners': (_, i) => ({
    ...EQUAL,
    state: 'LISTEN',
    local: [address(10, i), port(i)],
    remote: ['0.0.0.0', 0],
    pid: port(i),
  }),
  'all different': (connection, i) => ({
    ...connection,
    local: [address(10, i), port(i)],
    remote: [address(100, i), port(i * 7919)],
  }),
  'both ends': (connection, i) => {
    // The second half of a pair is the first one the other way round.
    const client = ['127.0.0.1', port(i >>> 1)] as const;
    const server = [address(127, i >>> 17), 5432] as const;
    return {
      ...connection,
      local: i % 2 === 0 ? client : server,
      remote: i % 2 === 0 ? server : client,
    };
  },
};

const EQUAL: Connection = {
  state: 'ESTABLISHED',
  local: ['10.0.0.1', 8443],
  remote: ['192.0.2.1', 40_000],
  recvQ: 0,
  sendQ: 0,
  pid: 1000,
  program: 'envoy',
};

function address(first: number, i: number): string {
  return `${first}.${(i >>> 16) & 255}.${(i >>> 8) & 255}.${i & 255}`;
}

function port(i: number): number {
  return 1024 + (i % 64_000);
}

type Printer = (connection: Connection, number: number) => string;

interface Layout {
  readonly head: string;
  readonly row: Printer;
}

/** How each format prints a connection. */
export const LAYOUTS: Readonly<Record<string, Layout>> = {
  linux: {
    head: 'Active Internet connections (servers and established)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    \n',
    row: ({ state, local, remote, recvQ, sendQ, pid, program }) =>
      `tcp   ${pad(recvQ, 6)} ${pad(sendQ, 6)} ${fill(local.join(':'), 23)} ${fill(remote.join(':'), 23)} ${fill(state, 11)} ${pid === 0 ? '-' : `${pid}/${program}`}\n`,
  },
  windows: {
    head: '\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n',
    row: ({ state, local, remote, pid }) =>
      `  TCP    ${fill(local.join(':'), 22)} ${fill(remote.join(':'), 22)} ${fill(state.replace('FIN_WAIT2', 'FIN_WAIT_2'), 15)} ${pid}\r\n`,
  },
  ss: {
    head: 'State      Recv-Q Send-Q  Local Address:Port  Peer Address:Port Process\n',
    row: ssRow,
  },
  'ss -i': {
    head: 'State      Recv-Q Send-Q  Local Address:Port  Peer Address:Port Process\n',
    row: connection =>
      `${ssRow(connection)}\t cubic wscale:7,7 rto:204 rtt:${(connection.remote[1] % 90) + 0.5}/0.25 ato:40 mss:1448 pmtu:1500 cwnd:10 bytes_sent:${connection.remote[1]} bytes_acked:${connection.remote[1]} segs_out:12 segs_in:11 send 231.7Mbps lastsnd:${connection.local[1]} lastrcv:40 lastack:44 rcv_space:14480 minrtt:0.3\n`,
  },
  macos: {
    head: 'Active Internet connections (including servers)\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)    \n',
    row: ({ state, local, remote, recvQ, sendQ }) =>
      `tcp4  ${pad(recvQ, 6)} ${pad(sendQ, 6)}  ${fill(local.join('.'), 22)} ${fill(remote.join('.'), 22)} ${fill(state.replace('FIN_WAIT2', 'FIN_WAIT_2'), 11)}\n`,
  },
  lsof: {
    head: 'COMMAND     PID     USER   FD   TYPE    DEVICE SIZE/OFF NODE NAME\n',
    row: ({ state, local, remote, pid, program }, number) =>
      `${fill(command(program), 9)} ${pad(pid || 1, 5)} ${pad('www', 8)} ${pad(7 + (number % 4096), 4)}u  IPv4 ${pad(100_000 + number, 9)}      0t0  TCP ${local.join(':')}->${remote.join(':')} (${state})\n`,
  },
  proc: {
    head: '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n',
    row: ({ state, local, remote, recvQ, sendQ }, number) =>
      `${pad(number, 4)}: ${procEnd(local)} ${procEnd(remote)} ${PROC_STATES[state] ?? '01'} ${hex(sendQ, 8)}:${hex(recvQ, 8)} 00:00000000 00000000  1000        0 ${100_000 + number} 1 0000000000000000 20 4 30 10 -1\n`,
  },
};

const PROC_STATES: Readonly<Record<string, string>> = {
  ESTABLISHED: '01',
  SYN_SENT: '02',
  FIN_WAIT2: '05',
  TIME_WAIT: '06',
  CLOSE_WAIT: '08',
  LAST_ACK: '09',
};

/** An IPv4 endpoint as the kernel of a little-endian machine prints it. */
function procEnd([address, port]: readonly [string, number]): string {
  const bytes = address.split('.').reverse();
  return `${bytes.map(byte => hex(Number(byte), 2)).join('')}:${hex(port, 4)}`;
}

/** A program's name as lsof cuts it. */
function command(program: string): string {
  return program === '' ? 'init' : program.replace(/[: ].*/, '').slice(0, 9);
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0');
}

function ssRow({ state, local, remote, recvQ, sendQ, pid, program }: Connection): string {
  return `${fill(ssState(state), 10)} ${fill(recvQ, 6)} ${fill(sendQ, 6)} ${fill(local.join(':'), 22)} ${fill(remote.join(':'), 22)} ${pid === 0 ? '' : `users:(("${program}",pid=${pid},fd=7))`}\n`;
}

function ssState(state: string): string {
  return state === 'ESTABLISHED'
    ? 'ESTAB'
    : state.replace('FIN_WAIT2', 'FIN-WAIT-2').replaceAll('_', '-');
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}

function fill(value: string | number, width: number): string {
  return String(value).padEnd(width);
}

/** Rows that are given at once. */
const PIECE = 10_000;

/** A dump of `rows` rows. */
export function dump(format: string, rows: number): string {
  return [...pieces(format, rows)].join('');
}

/** A dump of `rows` rows, in pieces. */
export function* pieces(format: string, rows: number, shape = 'mixed'): Generator<string> {
  const layout = LAYOUTS[format];
  const shaped = SHAPES[shape];
  if (layout === undefined || shaped === undefined) {
    throw new Error(`no layout for ${format}, or no shape ${shape}`);
  }
  let parts = [layout.head];
  let number = 0;
  for (const connection of connections()) {
    if (number === rows) {
      break;
    }
    parts.push(layout.row(shaped(connection, number), number++));
    if (parts.length >= PIECE) {
      yield parts.join('');
      parts = [];
    }
  }
  yield parts.join('');
}
