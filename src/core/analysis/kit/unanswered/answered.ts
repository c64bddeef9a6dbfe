import { groupByInSteps, type Groups, NO_ROWS, union, whereInSteps } from '../../../index/grouping';
import { hasRemotes } from '../../../index/remotes';
import { NONE } from '../../../model/row';
import type { Task } from '../../../model/task';
import { State } from '../../../vocabulary/state';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { PerSnapshot } from '../perSnapshot';
import { HUNTED } from './hunted';
import type { RuleContext } from '../ruleContext';

/* What answers, where other things do not. */

const byOwner = new PerSnapshot<Groups>(function* (index) {
  return yield* groupByInSteps(index.rowsIn(State.Established), row => index.owners.of(row));
});

const byRemotePort = new PerSnapshot<Groups>(function* (index) {
  const rows = yield* whereInSteps(
    union([index.rowsIn(State.Established), index.rowsIn(State.TimeWait)]),
    row => !index.isHere(row) && index.roleOf(row) !== 'server',
  );
  return yield* groupByInSteps(rows, row => index.table.remotePort[row]!);
});

const byRemoteAddress = new PerSnapshot<Groups>(function* (index) {
  return yield* groupByInSteps(
    union([index.rowsIn(State.Established), index.rowsIn(State.TimeWait)]),
    row => index.plainAddress(index.table.remoteAddress[row]!),
  );
});

/** Connections from this host to ports that are hunted, of which each was answered. */
const huntedByOwner = new PerSnapshot<Groups>(function* (index) {
  const rows = yield* whereInSteps(
    // All states in which the other end has answered.
    index.rowsBetween(State.Established, State.TimeWait + 1),
    row =>
      HUNTED.has(index.table.remotePort[row]!) &&
      !index.isHere(row) &&
      index.roleOf(row) !== 'server',
  );
  return yield* groupByInSteps(rows, row => index.owners.of(row));
});

/** Groups, in steps, what the functions below look at for each of many remotes. */
export function* prepareAnswers(index: SnapshotIndex): Task<void> {
  yield* byRemotePort.in(index);
  yield* byRemoteAddress.in(index);
}

/**
 * Whether at least as many other remotes have answered a program. Then it is no scan, but one that
 * has many peers or targets, of which some are always gone.
 */
export function isAnswered({ index }: RuleContext, owner: number, count: number): boolean {
  return owner !== NONE && hasRemotes(index, byOwner.of(index).of(owner), count);
}

/**
 * The same, on ports that are hunted, of what was closed meanwhile, too. What shows no process, as in
 * TIME_WAIT, is taken for the program's where no other has connections to such ports.
 */
export function isHuntAnswered({ index }: RuleContext, owner: number, count: number): boolean {
  const groups = huntedByOwner.of(index);
  const own = groups.of(owner);
  const rest = owner === NONE ? NO_ROWS : groups.of(NONE);
  const parts = [own, rest].filter(({ length }) => length > 0);
  const isAlone = groups.size === parts.length;
  return hasRemotes(index, isAlone ? union(parts) : own, count);
}

/** Connections from this host to a port of other hosts that are ESTABLISHED, or were lately. */
export function answeredOn({ index }: RuleContext, port: number): Uint32Array {
  return byRemotePort.of(index).of(port);
}

/** Connections with a remote address, in its plain form, that are ESTABLISHED, or were lately. */
export function connectionsWith(index: SnapshotIndex, address: number): Uint32Array {
  return byRemoteAddress.of(index).of(address);
}
