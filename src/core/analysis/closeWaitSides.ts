import { NONE } from '../model/row';
import { State } from '../vocabulary/state';
import { endpointText } from '../explain/facts';
import { TLS_CLOSE_SIZES } from '../explain/situations/closeWait';
import { pick, where } from '../index/grouping';
import { portKey } from '../index/equalEnds';
import type { Role } from '../index/roles';
import type { SnapshotIndex } from '../index/snapshotIndex';
import { Tuples } from '../model/tuples';
import type { Analysis } from './analyze';
import type { Finding } from './finding';
import { unreadBytes } from './kit/closing/closeWait';

/** Connections in CLOSE_WAIT of one server port, or to one destination. */
interface CloseWaitSide {
  readonly role: Role;
  /** The server's own end, where this host is the server; the remote end otherwise. */
  readonly endpoint: string;
  readonly count: number;
  /** Null where the dump shows no queues. */
  readonly queues: {
    /** Everything that came was read, the FIN with it (Linux), or the data (other systems). */
    readonly endRead: number;
    /** Only the FIN is unread; 0 where the system does not count it. */
    readonly finUnread: number;
    readonly dataUnread: number;
    /** Bytes of that data. */
    readonly bytes: number;
    /** What a TLS close_notify and a FIN take; 0 where the system does not count the FIN. */
    readonly idleTls: number;
  } | null;
}

/** The sides of a finding on CLOSE_WAIT. */
export interface CloseWaitSides {
  /** How many there are. */
  readonly total: number;
  /** Sockets of all of them. */
  readonly count: number;
  /** The largest first, so many as were asked for. */
  readonly first: readonly CloseWaitSide[];
}

const ROLES: readonly Role[] = ['server', 'client', 'unknown'];

/**
 * What a finding on CLOSE_WAIT is about, by server port and by destination: that are different
 * bugs. Null for another finding.
 */
export function closeWaitSides(
  finding: Finding,
  { index }: Analysis,
  most: number,
): CloseWaitSides | null {
  const of = index(finding.snapshot);
  if (!/^(?:CW|PAIR)-/.test(finding.code) || of.hasFlows) {
    return null;
  }
  const { rows, numbers, sides } = of.once(finding, () => numberSides(of, finding));
  if (rows.length === 0) {
    return null;
  }
  const first = sides.commonest(most);
  return {
    total: sides.size,
    count: rows.length,
    first: pick(rows, numbers, sides, first)
      .map((own, i) => sideOf(of, own, ROLES[sides.get(first[i]!)[0]]!))
      .sort((a, b) => b.count - a.count),
  };
}

/** The CLOSE_WAIT rows of a finding, with the number of each one's side. */
interface NumberedSides {
  readonly rows: Uint32Array;
  readonly numbers: Int32Array;
  readonly sides: Tuples;
}

/** Reports ask for the same finding again, each time with fewer lines. */
function numberSides(of: SnapshotIndex, finding: Finding): NumberedSides {
  const { table, snapshot } = of;
  const rows = where(
    finding.rows,
    row =>
      row >= snapshot.firstRow && row < snapshot.endRow && table.state[row] === State.CloseWait,
  );
  const sides = new Tuples();
  const numbers = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const remote = of.canonical[table.remoteAddress[row]!]!;
    const role = of.roleOf(row);
    // A port is one server, on however many addresses. Where it is not known which end is the
    // server, ports say nothing.
    numbers[i] =
      role === 'server'
        ? sides.add(
            ROLES.indexOf(role),
            NONE,
            portKey(table.localPort[row]!, table.localService?.[row]),
          )
        : sides.add(
            ROLES.indexOf(role),
            remote,
            role === 'unknown' ? NONE : portKey(table.remotePort[row]!, table.remoteService?.[row]),
          );
  }
  return { rows, numbers, sides };
}

function sideOf(index: SnapshotIndex, rows: Uint32Array, role: Role): CloseWaitSide {
  const { table } = index;
  const { local, remote } = table.socket(rows[0]!);
  const end = role === 'server' || remote === null ? local : remote;
  return {
    role,
    endpoint:
      role === 'unknown'
        ? end.address
        : role === 'server' && !isOneAddress(index, rows)
          ? endpointText({ ...end, address: '*', scope: null })
          : endpointText(end),
    count: rows.length,
    queues: queuesOf(index, rows),
  };
}

function isOneAddress({ canonical, table }: SnapshotIndex, rows: Uint32Array): boolean {
  const first = canonical[table.localAddress[rows[0]!]!];
  return rows.every(row => canonical[table.localAddress[row]!] === first);
}

function queuesOf(index: SnapshotIndex, rows: Uint32Array): CloseWaitSide['queues'] {
  const { recvQ } = index.table;
  const queues = { endRead: 0, finUnread: 0, dataUnread: 0, bytes: 0, idleTls: 0 };
  for (const row of rows) {
    const queue = recvQ[row]!;
    if (queue === NONE) {
      return null;
    }
    if (queue === 0) {
      // Only Linux counts the FIN, so that elsewhere nothing unread may be the end, or not.
      queues.endRead += Number(index.linux);
    } else if (index.linux && queue === 1) {
      queues.finUnread++;
    } else if (index.linux && TLS_CLOSE_SIZES.has(queue)) {
      queues.idleTls++;
    } else {
      queues.dataUnread++;
      queues.bytes += unreadBytes(index, queue) ?? 0;
    }
  }
  return queues;
}
