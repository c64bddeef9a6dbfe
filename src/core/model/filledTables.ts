import { State } from '../vocabulary/state';
import { NONE } from './row';
import { OWNER, RowFlag, TOLD } from './socketColumns';
import type { SocketTable } from './socketTable';

/**
 * The same rows, each filled in from other rows of its socket; `repeats` has those rows, with the row
 * that each completes.
 */
export function completed(table: SocketTable, repeats: ReadonlyMap<number, number>): SocketTable {
  const result = table.frozen();
  const shared = new Map(table.sharedOwners);
  for (const name of OWNER) {
    result.columns[name] = result.columns[name]?.slice();
  }
  const { fd, flags, pid, process } = result;
  for (const [from, to] of repeats) {
    if (pid[to] === NONE && process[to] === 0 && pid[from] !== NONE) {
      pid[to] = pid[from]!;
      process[to] = process[from]!;
      flags[to] = flags[to]! & ~RowFlag.OwnerUnknown;
    }
    if (pid[to] === pid[from]) {
      const owners = table.sharedOwners.get(from);
      if (owners !== undefined && !shared.has(to)) {
        shared.set(to, owners);
      } else if (fd?.[to] === NONE) {
        fd[to] = fd[from]!;
      }
    }
  }
  for (const [names, nothing] of TOLD) {
    const lead = table.columns[names[0]!];
    if (lead === undefined) {
      continue;
    }
    for (const name of names) {
      const column = table.columns[name]!;
      const filled = column.slice();
      repeats.forEach((to, from) => {
        if (lead[to] === nothing) {
          filled[to] = column[from]!;
        }
      });
      result.columns[name] = filled;
    }
  }
  repeats.forEach((to, from) => addBacklog(table, result, from, to));
  return Object.assign(result, { sharedOwners: shared });
}

/**
 * Some tools print 0 for the backlog of a listener. The queue is taken along with its limit. Workers
 * with SO_REUSEPORT have a queue each.
 */
function addBacklog(
  { pid, recvQ, sendQ, state }: SocketTable,
  completed: SocketTable,
  from: number,
  to: number,
): void {
  const isOne = pid[from] === pid[to] || pid[from] === NONE || pid[to] === NONE;
  if (isOne && state[to] === State.Listen && sendQ[to]! <= 0 && sendQ[from]! > 0) {
    completed.recvQ[to] = recvQ[from]!;
    completed.sendQ[to] = sendQ[from]!;
  }
}

/**
 * The same rows: those without a process get the one that holds their inode, and those without a
 * name the one that `names` has for their PID.
 */
export function named(
  table: SocketTable,
  names: ReadonlyMap<number, string>,
  holders: ReadonlyMap<number, { readonly pid: number; readonly fd: number }>,
): SocketTable {
  const result = table.frozen();
  const { inode, length, line } = table;
  const pid = table.pid.slice();
  const process = table.process.slice();
  const flags = table.flags.slice();
  const fd =
    holders.size === 0 ? table.fd : (table.fd?.slice() ?? new Int32Array(line.length).fill(NONE));
  for (let i = 0; i < length; i++) {
    const holder = pid[i] === NONE ? holders.get(inode?.[i] ?? NONE) : undefined;
    if (holder !== undefined) {
      pid[i] = holder.pid;
      fd![i] = holder.fd;
      flags[i] = flags[i]! & ~RowFlag.OwnerUnknown;
    }
    if (process[i] === 0 && pid[i] !== NONE) {
      process[i] = table.pool.intern(names.get(pid[i]!) ?? '');
    }
  }
  return Object.assign(result, { fd, flags, pid, process });
}
