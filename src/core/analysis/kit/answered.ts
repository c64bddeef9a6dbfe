import { groupByInSteps, type Groups, union, whereInSteps } from '../../index/grouping';
import { hasRemotes } from '../../index/remotes';
import { NONE } from '../../model/row';
import { State } from '../../vocabulary/state';
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
