import { isAny, unmapped } from '../explain/address';
import { endpointText } from '../explain/facts';
import type { Snapshot } from '../model/dump';
import { protocolWord } from '../model/protocol';
import { NONE } from '../model/row';
import { RowFlag, type SocketTable } from '../model/socketTable';
import { State } from '../model/state';
import { quoteValue } from '../query/words';
import type { NameOf } from './panelRows';
import type { ListenerView, Ranking, RemoteView } from './panelTypes';

const REMOTES = 12;
const LISTENERS = 100;

/** The remote addresses of a snapshot, the commonest first. */
export function remoteViews(
  table: SocketTable,
  { firstRow, endRow }: Snapshot,
  nameOf: NameOf,
): Ranking<RemoteView> {
  const counts = new Uint32Array(table.pool.size);
  const closeWait = new Uint32Array(table.pool.size);
  const { remoteAddress, flags, state } = table;
  for (let row = firstRow; row < endRow; row++) {
    if ((flags[row]! & RowFlag.Remote) !== 0) {
      const id = remoteAddress[row]!;
      counts[id]!++;
      if (state[row] === State.CloseWait) {
        closeWait[id]!++;
      }
    }
  }
  const remotes = new Map<string, { count: number; closeWait: number }>();
  counts.forEach((count, id) => {
    const address = count === 0 ? '' : unmapped(table.pool.get(id));
    if (!isAny(address)) {
      const known = remotes.get(address);
      remotes.set(address, {
        count: count + (known?.count ?? 0),
        closeWait: closeWait[id]! + (known?.closeWait ?? 0),
      });
    }
  });
  return {
    total: remotes.size,
    first: [...remotes]
      .sort(([, a], [, b]) => b.count - a.count)
      .slice(0, REMOTES)
      .map(([address, numbers]) => remoteView(address, numbers, '', nameOf)),
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
export function listenerViews(
  table: SocketTable,
  { firstRow, endRow }: Snapshot,
): Ranking<ListenerView> {
  const onPort = new Map<number, Map<number, number>>();
  const listeners = new Map<string, number[]>();
  const { state, localPort, localAddress, process, pid } = table;
  for (let row = firstRow; row < endRow; row++) {
    if (state[row] === State.Listen) {
      const address = localAddress[row]!;
      const service = table.localService?.[row] ?? 0;
      const key = [localPort[row], service, address, pid[row], process[row]].join();
      const known = listeners.get(key);
      if (known === undefined) {
        listeners.set(key, [row]);
        onPort.set(localPort[row]!, onPort.get(localPort[row]!) ?? new Map<number, number>());
      } else {
        known.push(row);
      }
    }
  }
  for (let row = firstRow; row < endRow; row++) {
    const addresses = onPort.get(localPort[row]!);
    if (addresses !== undefined && state[row] !== State.Listen && table.isTcp(row)) {
      addresses.set(localAddress[row]!, (addresses.get(localAddress[row]!) ?? 0) + 1);
    }
  }
  const first = [...listeners.values()]
    .slice(0, LISTENERS)
    .map(rows => listenerView(table, rows, onPort.get(localPort[rows[0]!]!) ?? new Map()))
    .sort((a, b) => (a.port ?? NONE) - (b.port ?? NONE));
  return { total: listeners.size, first };
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
    // Only tools that print a backlog print more than 0 here (FACTS §4.1).
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
    if (isAny(address) || unmapped(table.pool.get(id)) === unmapped(address)) {
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
  const plain = unmapped(address);
  if (isAny(plain)) {
    return 'all';
  }
  return plain.startsWith('127.') || plain === '::1' || plain === 'localhost'
    ? 'loopback'
    : 'address';
}
