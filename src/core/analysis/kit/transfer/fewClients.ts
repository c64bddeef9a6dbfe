import { State } from '../../../vocabulary/state';
import { say } from '../../../wording/statement';
import { PerSnapshot } from '../perSnapshot';
import type { RemoteGroup } from '../remoteGroups';
import type { RuleContext } from '../ruleContext';

/** Rows to one remote from which on it is that remote, and not this or that client. */
export const SAME_REMOTE = 3;

/** ESTABLISHED connections on a port for each that repeats what it sent, where few clients do. */
const MANY_OTHERS = 10;

const TEXTS = {
  mobile: say('Mobile clients often vanish like this.', 'general-practice'),
};

/** What clients that do not answer most likely are. */
export const { mobile: MOBILE } = TEXTS;

/** How many ESTABLISHED connections on each local port repeat what they sent. */
const repeating = new PerSnapshot<Uint32Array>(function* (index) {
  const counts = new Uint32Array(65_536);
  for (const row of index.retransmitted.rowsIn(State.Established)) {
    counts[index.table.localPort[row]!]!++;
  }
  yield;
  return counts;
});

/**
 * Whether connections that repeat what they sent are of a few clients of a server whose many others
 * answer. Such clients have gone away, as mobile ones do, and nothing is wrong here.
 */
export function areFewClients(
  { index }: RuleContext,
  { rows, remote, network }: RemoteGroup,
): boolean {
  const { localPort } = index.table;
  return (
    network === undefined &&
    (remote === null || rows.length < SAME_REMOTE) &&
    rows.every(row => {
      const port = localPort[row]!;
      return (
        index.roleOf(row) === 'server' &&
        index.establishedOn(port) >= MANY_OTHERS * (repeating.of(index)[port]! + 1)
      );
    })
  );
}
