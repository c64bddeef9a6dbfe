import { union, where } from '../../../index/grouping';
import { getOrAdd } from '../../../model/maps';
import { reachOf } from '../../../vocabulary/address';
import { say } from '../../../wording/statement';
import { quote } from '../../../wording/text';
import type { Evidence } from '../draft';
import type { RuleContext } from '../ruleContext';
import { commonRemote, type CommonRemote } from '../commonRemote';
import type { AcceptQueue } from './acceptQueue';
import { establishedByPort } from './handshakes';
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
  const { remoteAddress } = index.table;
  const { remote, rows, all } = acceptedOn(context, queue.port);
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
            allAccepted: all,
            waiting,
            allWaiting: queued.length,
          }),
        ),
      ];
}

/** The remote that nearly all accepted connections of a port have, and how many these are. */
interface Accepted extends CommonRemote {
  readonly all: number;
}

/** Found out once for all listeners of a port. */
function acceptedOn(context: RuleContext, port: number): Accepted {
  const { index } = context;
  const known = index.once(acceptedOn, () => new Map<number, Accepted>());
  return getOrAdd(known, port, () => {
    const accepted = where(
      establishedByPort.of(index).of(port),
      row => !isUnaccepted(index, row) && index.roleOf(row) === 'server',
    );
    return { ...commonRemote(context, accepted, MANY), all: accepted.length };
  });
}
