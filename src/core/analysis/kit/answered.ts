import { groupByInSteps, type Groups, union, whereInSteps } from '../../index/grouping';
import { hasRemotes } from '../../index/remotes';
import { NONE } from '../../model/row';
import type { Task } from '../../model/task';
import { State } from '../../vocabulary/state';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { PerSnapshot } from './perSnapshot';
import type { RuleContext } from './ruleContext';

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

/** Connections from this host to a port of other hosts that are ESTABLISHED, or were lately. */
export function answeredOn({ index }: RuleContext, port: number): Uint32Array {
  return byRemotePort.of(index).of(port);
}

/** Connections with a remote address, in its plain form, that are ESTABLISHED, or were lately. */
export function connectionsWith(index: SnapshotIndex, address: number): Uint32Array {
  return byRemoteAddress.of(index).of(address);
}
