import { union, where } from '../../../index/grouping';
import { reachOf } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { say } from '../../../wording/statement';
import { quote } from '../../../wording/text';
import type { Evidence } from '../draft';
import type { RuleContext } from '../ruleContext';
import { commonRemote } from '../commonRemote';
import type { AcceptQueue } from './acceptQueue';
import { isUnaccepted } from './unaccepted';

const TEXTS = {
  most: say(
    '{remote} has most of them: {accepted} of {allAccepted} accepted connections, and {waiting} of {allWaiting} that wait.',
    'linux-tcp-diag',
    'general-practice',
  ),
};

/** Accepted connections from which on it is no chance that one address has most of them. */
const MANY = 20;

/**
 * That one public address has nearly all accepted connections of a port, and most that wait there,
 * as evidence. Behind a private one stands a proxy more often than a client.
 */
export function oneClient(context: RuleContext, queue: AcceptQueue): Evidence[] {
  const { index } = context;
  const { localPort, remoteAddress } = index.table;
  const accepted = where(
    index.rowsIn(State.Established),
    row =>
      localPort[row] === queue.port && !isUnaccepted(index, row) && index.roleOf(row) === 'server',
  );
  const { remote, rows } = commonRemote(context, accepted, MANY);
  if (remote === null || reachOf(remote) !== 'public') {
    return [];
  }
  const address = index.plainAddress(remoteAddress[rows[0]!]!);
  const queued = union([queue.established, queue.closeWait]);
  const waiting = where(queued, row => index.plainAddress(remoteAddress[row]!) === address).length;
  return waiting * 2 <= queued.length
    ? []
    : [
        context.evidence(
          context.say(TEXTS.most, {
            remote: quote(remote),
            accepted: rows.length,
            allAccepted: accepted.length,
            waiting,
            allWaiting: queued.length,
          }),
        ),
      ];
}
