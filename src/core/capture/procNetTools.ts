import { type Endpoint, type Socket, type Timer } from '../model/socket';
import { TimerKind } from '../vocabulary/timer';
import type { TcpState } from '../vocabulary/state';
import { readDump } from '../reading/reader';

/*
 * Linux's own lists of sockets (/proc/net/tcp and the like), printed as `netstat -tunapeeo --wide`
 * of net-tools prints them: who reads a dump knows that form.
 */

/** The lists that are read, in the order of netstat. */
export const PROC_LISTS = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

export type ProcList = (typeof PROC_LISTS)[number];

/** Processes by the inodes of the sockets that they hold. */
export type SocketOwners = ReadonlyMap<number, SocketOwner>;

interface SocketOwner {
  readonly pid: number;
  readonly name: string;
}

const TITLE = 'Active Internet connections (servers and established)';
const HEADER =
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer';
/** What netstat says where it may not look into every process; reports know it. */
const UNPRIVILEGED = `(Not all processes could be identified, non-owned process info
 will not be shown, you would have to be root to see it all.)`;

/** Where netstat cuts `PID/Program name`: some programs write their whole command line there. */
const OWNER_WIDTH = 19;

/** As net-tools spell them. */
const STATES: Partial<Readonly<Record<TcpState, string>>> = {
  LISTEN: 'LISTEN',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECEIVED': 'SYN_RECV',
  ESTABLISHED: 'ESTABLISHED',
  'FIN-WAIT-1': 'FIN_WAIT1',
  'FIN-WAIT-2': 'FIN_WAIT2',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  CLOSING: 'CLOSING',
  'LAST-ACK': 'LAST_ACK',
  'TIME-WAIT': 'TIME_WAIT',
  CLOSED: 'CLOSE',
};

const TIMERS: Partial<Readonly<Record<TimerKind, string>>> = {
  [TimerKind.On]: 'on',
  [TimerKind.Keepalive]: 'keepalive',
  [TimerKind.TimeWait]: 'timewait',
  [TimerKind.Probe]: 'probe',
};

/** Titles of what a shell tells of processes, below the lists. */
export const PROC_PARTS = { names: '==> names <==', descriptors: '==> descriptors <==' };

/**
 * What a shell printed of another machine's /proc, as netstat would print it: the lists, names of
 * processes as `4321 orders-api`, and `ls -l` of their descriptors.
 */
export function netToolsTextOf(printed: string, complete: boolean): string {
  const [lists = '', processes = ''] = printed.split(`${PROC_PARTS.names}\n`);
  const [names = '', descriptors = ''] = processes.split(`${PROC_PARTS.descriptors}\n`);
  const nameOf = new Map<number, string>();
  for (const [, pid, name = ''] of names.matchAll(/^(\d{1,10}) (.{1,64})/gm)) {
    nameOf.set(Number(pid), name);
  }
  const owners = new Map<number, SocketOwner>();
  let pid = 0;
  for (const [, folder, inode] of descriptors.matchAll(DESCRIPTOR)) {
    if (folder !== undefined) {
      pid = Number(folder);
    } else if (pid > 0) {
      // A child has its parent's sockets, too, and mostly the higher number.
      const known = owners.get(Number(inode))?.pid ?? Infinity;
      if (pid < known) {
        owners.set(Number(inode), { pid, name: nameOf.get(pid) ?? '?' });
      }
    }
  }
  return netToolsText(socketsIn(lists), owners, complete);
}

/** The title of a folder, or a link in it. */
const DESCRIPTOR = /^\/proc\/(\d{1,10})\/fd:$|-> socket:\[(\d{1,15})\]$/gm;

/** The sockets in lists of /proc/net, without their owners. */
export function procSockets(lists: Partial<Readonly<Record<ProcList, string>>>): Socket[] {
  return socketsIn(
    PROC_LISTS.map(list => `==> /proc/net/${list} <==\n${lists[list] ?? ''}\n`).join(''),
  );
}

function socketsIn(text: string): Socket[] {
  const { table } = readDump(text);
  return Array.from({ length: table.length }, (_, row) => table.socket(row));
}

/** Prints sockets; `complete` says that all processes could be looked into. */
export function netToolsText(
  sockets: readonly Socket[],
  owners: SocketOwners,
  complete: boolean,
): string {
  const rows = sockets.map(socket => row(socket, owners));
  return `${[...(complete ? [] : [UNPRIVILEGED]), TITLE, HEADER, ...rows].join('\n')}\n`;
}

function row(socket: Socket, owners: SocketOwners): string {
  const inode = socket.inode ?? 0;
  const owner = inode === 0 ? undefined : owners.get(inode);
  return [
    socket.protocolWord.padEnd(5),
    String(socket.recvQ ?? 0).padStart(6),
    String(socket.sendQ ?? 0).padStart(6),
    endpoint(socket.local).padEnd(23),
    endpoint(socket.remote).padEnd(23),
    stateWord(socket).padEnd(11),
    (socket.user ?? '0').padEnd(10),
    String(inode).padEnd(10),
    ownerWord(owner).padEnd(20),
    timerWord(socket.timer),
  ].join(' ');
}

function ownerWord(owner: SocketOwner | undefined): string {
  return owner === undefined ? '-' : `${owner.pid}/${owner.name}`.slice(0, OWNER_WIDTH).trimEnd();
}

function endpoint(end: Endpoint | null): string {
  if (end === null) {
    return '*:*';
  }
  const port = end.port ?? 0;
  // Like net-tools, which print an IPv4 address in an IPv6 socket as IPv4.
  return `${end.address.replace(/^::ffff:(?=\d+\.)/, '')}:${port === 0 ? '*' : port}`;
}

/** A connected UDP socket is ESTABLISHED to netstat, any other has no state. */
function stateWord({ protocol, state, remote }: Socket): string {
  if (state !== null) {
    return STATES[state] ?? state;
  }
  return protocol === 'udp' && (remote?.port ?? 0) > 0 ? 'ESTABLISHED' : '';
}

function timerWord(timer: Timer | null): string {
  const kind = timer === null ? undefined : TIMERS[timer.kind];
  return timer === null || kind === undefined
    ? 'off (0.00/0/0)'
    : `${kind} (${(timer.seconds ?? 0).toFixed(2)}/${timer.retransmits ?? 0}/${timer.probes ?? 0})`;
}
