import { say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { LargeLost } from '../../../vocabulary/largeLost';
import { largest } from '../columns';
import { largePacketsCommand } from '../commands';
import type { Confirmation } from '../draft';
import { isWithinHost } from '../reachable';
import type { RemoteGroup } from '../remoteGroups';
import type { RuleContext } from '../ruleContext';

const TEXTS = {
  why: say(
    'Segments of the full size were sent again without an answer, while smaller ones were acknowledged. Most likely a link on the path takes only smaller packets (MTU), and the ICMP message that says so is lost.',
    'rfc1191',
    'measured',
  ),
  look: say(
    'See whether packets of this size get through. If only smaller sizes (`-s`) get an answer, it is the MTU. If no size does, this proves nothing.',
    'rfc1191',
    'measured',
  ),
  remedy: say(
    'Let ICMP "fragmentation needed" and "packet too big" through, or lower the MTU or MSS at the tunnel. net.ipv4.tcp_mtu_probing = 1 lets this host find the size.',
    'rfc1191',
    'linux-ip-sysctl',
  ),
};

/** Connections that must all be stuck so where no smaller segment has arrived since. */
const SEVERAL = 3;

/** Why large packets of some silent rows get lost, how to see it, and what to do. */
interface LargePackets {
  readonly why: Text;
  readonly check: Confirmation;
  readonly remedy: Text;
}

/**
 * What tells of the rows of a group that the size of their packets is why they are silent; null
 * where they do not: a peer that is gone acknowledges no small segment either.
 */
export function onlyLargeLost(context: RuleContext, group: RemoteGroup): LargePackets | null {
  const { rows, remotes } = group;
  const { largeLost, pathMtu } = context.index.table;
  if (
    largeLost === undefined ||
    !rows.every(row => largeLost[row] !== LargeLost.NotKnown) ||
    (rows.length < SEVERAL && !rows.some(row => largeLost[row] === LargeLost.SmallArrived)) ||
    isWithinHost(context, rows)
  ) {
    return null;
  }
  const command = largePacketsCommand(context.system, remotes.whole, largest(rows, pathMtu));
  return {
    why: context.say(TEXTS.why),
    check: context.check(TEXTS.look, command),
    remedy: context.say(TEXTS.remedy),
  };
}
