import { type ExplainContext, noContext } from '../../explain/context';
import { addressesOf } from '../../explain/situations/open';
import { OpenFiles } from '../../index/openFiles';
import type { Snapshot } from '../../model/snapshot';
import type { SocketTable } from '../../model/socketTable';
import { runToEnd } from '../../model/task';
import type { Dump } from '../../reading/dump';
import { isAnyAddress, isLoopback, plainAddress } from '../../vocabulary/address';
import { protocolWord } from '../../vocabulary/protocol';
import { State } from '../../vocabulary/state';
import type { System } from '../../vocabulary/system';
import type { Transport, WantedPort } from './wantedPort';

/** Sockets that are named one by one. */
export const NAMED = 5;

/** Rows of a port of one kind: how many, and the first of them. */
class Rows {
  public count = 0;
  public readonly first: number[] = [];

  public add(row: number): void {
    this.count++;
    if (this.first.length < NAMED) {
      this.first.push(row);
    }
  }
}

export type Kind = 'listener' | 'bound' | 'time-wait' | 'connection';

export const KINDS: readonly Kind[] = ['listener', 'bound', 'time-wait', 'connection'];

export type Found = Readonly<Record<Kind, Rows>>;

/** What is known of a snapshot in which no row has the port. */
export function contextOf(snapshot: Snapshot): ExplainContext {
  return {
    ...noContext,
    system: snapshot.system ?? onlySystem(snapshot),
    tool: snapshot.dialects[0] ?? null,
  };
}

/** Whether a snapshot has any socket of a transport. */
export function lists({ table, snapshots }: Dump, number: number, transport: Transport): boolean {
  const { firstRow, endRow } = snapshots[number]!;
  for (let row = firstRow; row < endRow; row++) {
    if (isOf(table, row, transport)) {
      return true;
    }
  }
  return false;
}

/** Whether a row is a socket of this host and of a transport. */
export function isOf(table: SocketTable, row: number, transport: Transport): boolean {
  return (
    (transport === 'tcp'
      ? table.isTcp(row)
      : protocolWord(table.protocol[row]!).protocol === 'udp') && (table.flow?.[row] ?? 0) === 0
  );
}

/** One pass over the rows of a snapshot. */
export function rowsOf(
  table: SocketTable,
  snapshot: Snapshot,
  { port, address }: WantedPort,
  transport: Transport,
): Found {
  const found = {
    listener: new Rows(),
    bound: new Rows(),
    'time-wait': new Rows(),
    connection: new Rows(),
  };
  const { repeated } = runToEnd(OpenFiles.of(table, snapshot));
  const isWanted = addressTest(table, snapshot, address);
  for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
    if (
      table.localPort[row] === port &&
      isOf(table, row, transport) &&
      !repeated.has(row) &&
      isWanted(row)
    ) {
      found[kindOf(table, row, transport)].add(row);
    }
  }
  // Windows lists the port of a connection once more as BOUND.
  return found.connection.count > 0 ? { ...found, bound: new Rows() } : found;
}

function kindOf({ state, remotePort }: SocketTable, row: number, transport: Transport): Kind {
  if (transport === 'udp') {
    return remotePort[row]! > 0 ? 'connection' : 'listener';
  }
  switch (state[row]! as State) {
    case State.Listen:
      return 'listener';
    case State.Bound:
    case State.Closed:
    case State.Idle:
      return 'bound';
    case State.TimeWait:
      return 'time-wait';
    default:
      return 'connection';
  }
}

/** Whether a row's socket is in the way on the address that is asked for. */
function addressTest(
  table: SocketTable,
  snapshot: Snapshot,
  address: string | null,
): (row: number) => boolean {
  const wanted = address === null ? null : plainAddress(address);
  if (address === null || (wanted !== null && isAnyAddress(wanted.toString()))) {
    return () => true;
  }
  const { localAddress, pool } = table;
  const context = contextOf(snapshot);
  // Tools of Windows may write `::` for a socket of both families.
  const showsFamilies = context.system !== null && context.system !== 'windows';
  const known = new Map<number, boolean>();
  return row => {
    const id = localAddress[row]!;
    const own = pool.get(id);
    if (isAnyAddress(own)) {
      // A socket of one family alone leaves the addresses of the other.
      const family = wanted === null ? null : addressesOf(table.socket(row), context);
      return family === 'ipv4' || (family === 'ipv6' && showsFamilies)
        ? family === wanted?.kind()
        : true;
    }
    let fits = known.get(id);
    if (fits === undefined) {
      fits =
        wanted === null ? isLoopback(own) : plainAddress(own)?.toString() === wanted.toString();
      known.set(id, fits);
    }
    return fits;
  };
}

/** The system whose tool alone prints such a dump; null where several do. */
function onlySystem({ dialects }: Snapshot): System | null {
  const systems = dialects[0]?.systems ?? [];
  return systems.length === 1 ? systems[0]! : null;
}
