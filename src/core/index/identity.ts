import { transitions } from '../knowledge/transitions';
import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import { State, stateCode } from '../vocabulary/state';

/** Ports that most systems give to outgoing connections (RFC 6335 §6; Linux begins at 32768). */
export const FIRST_DYNAMIC_PORT = 32_768;

/** `1` at `from * Count + to` where a connection in state `from` may later be in state `to`. */
const LATER = laterStates();

/**
 * Whether two rows with the same ends, `i` of `a` and later `j` of `b`, are the same socket: its
 * inode, handle or creation time decides where printed, else its process; and no connection goes
 * back to a state that is before its own, so what does is a new one on the same ports.
 */
export function isSameSocket(a: SocketTable, i: number, b: SocketTable, j: number): boolean {
  const before = a.state[i]!;
  const after = b.state[j]!;
  if (before !== after && isConnection(before) && isConnection(after)) {
    if (LATER[before * State.Count + after] === 0) {
      return false;
    }
  }
  const pid = a.pid[i]!;
  const pidLater = b.pid[j]!;
  return (
    isIdentical(a, i, b, j) ??
    // 0 is what some systems print for "none any more".
    (pid === pidLater || pid <= 0 || pidLater <= 0 || sharesOwner(a, i, b, j))
  );
}

/**
 * Whether rows with the same ends and different processes may be one socket that both hold: what is
 * in CLOSE_WAIT ends with the last process that holds it. See handedOver.
 */
export function mayBeHandedOver(a: SocketTable, i: number, b: SocketTable, j: number): boolean {
  return (
    a.state[i] === State.CloseWait &&
    b.state[j] === State.CloseWait &&
    Math.max(a.localPort[i]!, a.remotePort[i]!) >= FIRST_DYNAMIC_PORT &&
    isIdentical(a, i, b, j) === null
  );
}

/** From so many on, ports that were drawn for connections are not drawn again by chance. */
const SEVERAL = 2;

/** Of rows that may be the same socket at two moments, those that went together from process to process. */
export function handedOver<P extends { readonly before: number; readonly after: number }>(
  pairs: readonly P[],
  a: SocketTable,
  b: SocketTable,
): P[] {
  const counts = new Map<string, number>();
  const keyOf = ({ before, after }: P): string => `${a.pid[before]} ${b.pid[after]}`;
  for (const pair of pairs) {
    counts.set(keyOf(pair), (counts.get(keyOf(pair)) ?? 0) + 1);
  }
  return pairs.filter(pair => counts.get(keyOf(pair))! >= SEVERAL);
}

/** Whether what identifies a socket is the same for two rows; null where it is not printed. */
function isIdentical(a: SocketTable, i: number, b: SocketTable, j: number): boolean | null {
  const created = a.created?.[i] ?? NONE;
  const createdLater = b.created?.[j] ?? NONE;
  if (created > 0 && createdLater > 0) {
    return created === createdLater;
  }
  const inode = a.inode?.[i] ?? NONE;
  const inodeLater = b.inode?.[j] ?? NONE;
  if (inode > 0 && inodeLater > 0) {
    return inode === inodeLater;
  }
  const handle = a.handle?.[i] ?? 0;
  const handleLater = b.handle?.[j] ?? 0;
  if (handle > 0 && handleLater > 0) {
    return a.pool.get(handle) === b.pool.get(handleLater);
  }
  return null;
}

/**
 * What tells a row from others with the same ends, by itself: equal ones are the same socket (see
 * isSameSocket), different ones may be where two tools print different things.
 */
export function identityOf(table: SocketTable, row: number): string {
  const created = table.created?.[row] ?? NONE;
  const inode = table.inode?.[row] ?? NONE;
  const handle = table.handle?.[row] ?? 0;
  return created > 0
    ? `c${created}`
    : inode > 0
      ? `i${inode}`
      : handle > 0
        ? `h${table.pool.get(handle)}`
        : `p${table.pid[row]!}`;
}

/**
 * Of so many rows with the same ends each is compared; more are told apart by identityOf, or every
 * row would be compared with every other.
 */
export const COMPARED = 8;

/** Whether a process holds both; tools name the holders of one socket in any order. */
function sharesOwner(a: SocketTable, i: number, b: SocketTable, j: number): boolean {
  if (!a.sharedOwners.has(i) && !b.sharedOwners.has(j)) {
    return false;
  }
  const later = b.ownersOf(j);
  return a.ownersOf(i).some(({ pid }) => later.some(owner => owner.pid === pid));
}

/** Whether a state is one of a connection's life between its first and its last segment. */
function isConnection(state: State): boolean {
  return state >= State.SynSent && state <= State.TimeWait;
}

function laterStates(): Uint8Array {
  const later = new Uint8Array(State.Count * State.Count);
  for (const { from, to } of transitions) {
    later[stateCode(from) * State.Count + stateCode(to)] = 1;
  }
  for (let via: State = State.SynSent; via <= State.TimeWait; via++) {
    for (let from: State = State.SynSent; from <= State.TimeWait; from++) {
      for (let to: State = State.SynSent; to <= State.TimeWait; to++) {
        later[from * State.Count + to]! |=
          later[from * State.Count + via]! & later[via * State.Count + to]!;
      }
    }
  }
  return later;
}
