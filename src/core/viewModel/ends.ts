import { listsBy } from '../model/maps';
import type { SnapshotIndex } from '../index/snapshotIndex';
import { isAnyAddress, isLoopback, unmapped } from '../vocabulary/address';
import { endpointText } from '../explain/facts';
import { protocolWord } from '../vocabulary/protocol';
import { NONE } from '../model/row';
import { RowFlag } from '../model/socketColumns';
import type { SocketTable } from '../model/socketTable';
import { State } from '../vocabulary/state';
import { quoteValue } from '../query/words';
import type { NameOf } from '../wording/addressNames';
import type { ListenerView, PanelModel, RemoteView } from './schema';

const REMOTES = 100;
const LISTENERS = 100;
/** Listening rows looked at for equal ones; no host has as many. */
const MAX_LISTENERS = 20_000;

/** The remote addresses of a snapshot, the commonest first. */
export function remoteViews(index: SnapshotIndex, nameOf: NameOf): PanelModel['remotes'] {
  const { canonical, snapshot, table } = index;
  const { remoteAddress, flags, pool } = table;
  const remotes = index.tally();
  for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
    if ((flags[row]! & RowFlag.Remote) !== 0) {
      const id = canonical[remoteAddress[row]!]!;
      if (!index.isAnyAddress(id)) {
        remotes.add(id);
      }
    }
  }
  const closeWait = index.tally();
  for (const row of index.rowsIn(State.CloseWait)) {
    closeWait.add(canonical[remoteAddress[row]!]!);
  }
  return {
    total: remotes.size,
    first: remotes.commonest(REMOTES).map(number => {
      const id = remotes.get(number);
      const counts = { count: remotes.counts[number]!, closeWait: closeWait.countOf(id) };
      return remoteView(pool.get(id), counts, '', nameOf);
    }),
  };
}

/** One remote address; `within` narrows the filter. */
export function remoteView(
  address: string,
  { count, closeWait }: { readonly count: number; readonly closeWait: number },
  within: string,
  nameOf: NameOf,
): RemoteView {
  const filter = `${within} remote=${quoteValue(address)}`.trim();
  return { address, name: nameOf(address), count, closeWait, filter };
}

/** The listening TCP sockets of a snapshot by port; those that share address and port once. */
export function listenerViews(index: SnapshotIndex): PanelModel['listeners'] {
  const { table } = index;
  const { localPort, localAddress, process, pid } = table;
  const rows = index.rowsIn(State.Listen);
  const listeners = listsBy(rows.subarray(0, MAX_LISTENERS), row => {
    const service = table.localService?.[row] ?? 0;
    return [localPort[row], service, localAddress[row], pid[row], process[row]].join();
  });
  const shown = [...listeners.values()].slice(0, LISTENERS);
  const connections = connectionsOf(
    index,
    shown.map(([row]) => localPort[row!]!),
  );
  return {
    total: listeners.size + Math.max(0, rows.length - MAX_LISTENERS),
    first: shown
      .map(same => listenerView(table, same, connections.get(localPort[same[0]!]!) ?? new Map()))
      .sort((a, b) => (a.port ?? NONE) - (b.port ?? NONE)),
  };
}

/** By port, the number of connections on each local address. */
function connectionsOf(
  { table, snapshot }: SnapshotIndex,
  ports: readonly number[],
): Map<number, Map<number, number>> {
  const result = new Map(ports.map(port => [port, new Map<number, number>()]));
  const { localPort, localAddress, state } = table;
  for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
    const addresses = result.get(localPort[row]!);
    if (addresses !== undefined && state[row] !== State.Listen && table.isTcp(row)) {
      addresses.set(localAddress[row]!, (addresses.get(localAddress[row]!) ?? 0) + 1);
    }
  }
  return result;
}

function listenerView(
  table: SocketTable,
  rows: readonly number[],
  connections: ReadonlyMap<number, number>,
): ListenerView {
  const socket = table.socket(rows[0]!);
  const { address, port, service } = socket.local;
  const [owner] = socket.owners;
  const name = owner?.process ?? null;
  const number = owner?.pid ?? null;
  const place = port ?? service;
  const backlog = sum(rows, row => table.sendQ[row]!);
  return {
    protocol: protocolWord(table.protocol[rows[0]!]!).word,
    local: endpointText(socket.local),
    port,
    service,
    owner:
      name === null ? (number?.toString() ?? null) : name + (number === null ? '' : ` (${number})`),
    exposure: exposureOf(address),
    connections: countConnections(table, address, connections),
    queue: sum(rows, row => table.recvQ[row]!),
    // Only tools that print a backlog print more than 0 here: `ss`, by way of net/ipv4/tcp_diag.c.
    backlog: backlog === 0 ? null : backlog,
    filter:
      `state:listen local=${quoteValue(address)}` +
      (place === null ? '' : ` lport:${quoteValue(String(place))}`),
  };
}

function countConnections(
  table: SocketTable,
  address: string,
  connections: ReadonlyMap<number, number>,
): number {
  let count = 0;
  for (const [id, own] of connections) {
    if (isAnyAddress(address) || unmapped(table.pool.get(id)) === unmapped(address)) {
      count += own;
    }
  }
  return count;
}

function sum(rows: readonly number[], of: (row: number) => number): number | null {
  let result = 0;
  for (const row of rows) {
    const value = of(row);
    if (value === NONE) {
      return null;
    }
    result += value;
  }
  return result;
}

function exposureOf(address: string): ListenerView['exposure'] {
  return isAnyAddress(unmapped(address)) ? 'all' : isLoopback(address) ? 'loopback' : 'address';
}
