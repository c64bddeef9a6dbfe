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

type Printer = (connection: Connection) => string;

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
    row: ({ state, local, remote, recvQ, sendQ, pid, program }) =>
      `${fill(ssState(state), 10)} ${fill(recvQ, 6)} ${fill(sendQ, 6)} ${fill(local.join(':'), 22)} ${fill(remote.join(':'), 22)} ${pid === 0 ? '' : `users:(("${program}",pid=${pid},fd=7))`}\n`,
  },
};

function ssState(state: string): string {
  return state === 'ESTABLISHED'
    ? 'ESTAB'
    : state.replace('FIN_WAIT2', 'FIN-WAIT-2').replaceAll('_', '-');
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}

function fill(value: string | number, width: number): string {
  return String(value).padEnd(width);
}

/** A dump of `rows` rows. */
export function dump(format: string, rows: number, seed = 1): string {
  const layout = LAYOUTS[format];
  if (layout === undefined) {
    throw new Error(`no layout for ${format}`);
  }
  const parts = [layout.head];
  let left = rows;
  for (const connection of connections(seed)) {
    if (left-- === 0) {
      break;
    }
    parts.push(layout.row(connection));
  }
  return parts.join('');
}
