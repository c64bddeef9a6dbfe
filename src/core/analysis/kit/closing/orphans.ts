import { NO_ROWS, union, where } from '../../../index/grouping';
import { FIN_UNACKNOWLEDGED, stateCode } from '../../../vocabulary/state';
import { say } from '../../../wording/statement';
import type { Confirmation, Evidence } from '../draft';
import type { RuleContext } from '../ruleContext';

/** What is said of closed connections without a process, whichever counter shows them. */
export const ORPHAN_TEXTS = {
  why: say(
    'A closed connection that waits for its peer has no process. If there are more than `net.ipv4.tcp_max_orphans`, or TCP has no memory left, Linux resets it.',
    'linux-tcp',
    'linux-ip-sysctl',
  ),
  remedy: say(
    'Look which peers neither read nor answer. `net.ipv4.tcp_orphan_retries` limits how long Linux tries to reach them.',
    'general-practice',
    'linux-ip-sysctl',
  ),
};

const TEXTS = {
  listed: say('In FIN_WAIT_1, CLOSING or LAST_ACK without a process: {count}.', 'measured'),
  limit: say('This shows the limit.', 'linux-ip-sysctl'),
};

/** Closed connections of the list that wait for their peers. */
export function orphanRows({ index }: RuleContext): Uint32Array {
  if (!index.showsPids) {
    return NO_ROWS;
  }
  return where(
    union(FIN_UNACKNOWLEDGED.map(state => index.rowsIn(stateCode(state)))),
    row => index.owners.of(row) < 0,
  );
}

/** How many of them the list has, as evidence; nothing where it has none. */
export function orphanEvidence(context: RuleContext, { length }: Uint32Array): Evidence[] {
  return length > 0 ? [context.evidence(context.say(TEXTS.listed, { count: length }))] : [];
}

/** How to see the limit that is in force. */
export function confirmOrphanLimit(context: RuleContext): Confirmation {
  return context.check(TEXTS.limit, 'sysctl net.ipv4.tcp_max_orphans');
}
