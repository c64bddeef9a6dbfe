import { say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { addTo } from '../../../model/maps';
import { NONE } from '../../../model/row';
import { networkOf } from '../../../vocabulary/address';
import { LargeLost } from '../../../vocabulary/largeLost';
import { largest } from '../columns';
import { largePacketsCommand } from '../commands';
import type { Confirmation } from '../draft';
import { isWithinHost } from '../reachable';
import type { RemoteGroup } from '../remoteGroups';
import type { RuleContext } from '../ruleContext';
import { openRows } from './queues';

const TEXTS = {
  why: say(
    'Segments of the full size were sent again without an answer, while smaller ones were acknowledged. Most likely a link on the path takes only smaller packets (MTU), and the ICMP message that says so is lost.',
    'rfc1191',
    'measured',
  ),
  fromFirst: say(
    'Segments of the full size were sent again without an answer, on each silent connection of this network, whose handshakes and requests came through. Most likely a link on the path takes only smaller packets (MTU), and the ICMP message that says so is lost.',
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
    isWithinHost(context, rows)
  ) {
    return null;
  }
  const arrived = rows.some(row => largeLost[row] === LargeLost.SmallArrived);
  const isKnown =
    arrived || (rows.length >= SEVERAL && rows.every(row => largeLost[row] === LargeLost.All));
  if (!isKnown && !areNetworksStuck(context, rows)) {
    return null;
  }
  const command = largePacketsCommand(context.system, remotes.whole, largest(rows, pathMtu));
  return {
    why: context.say(isKnown ? TEXTS.why : TEXTS.fromFirst),
    check: context.check(TEXTS.look, command),
    remedy: context.say(TEXTS.remedy),
  };
}

/** Milliseconds between what came on two connections, so that the later one was opened while the other was stuck. */
const LATER = 10_000;

/**
 * Whether all that is silent in the networks of some rows is stuck so, on several connections, of
 * several addresses or opened one after the other: clients that are gone do not look alike.
 */
function areNetworksStuck(context: RuleContext, rows: Uint32Array): boolean {
  const { index } = context;
  const { lastReceived, largeLost, pool, remoteAddress } = index.table;
  const addressOf = (row: number): number => index.plainAddress(remoteAddress[row]!);
  const byNetwork = index.once(areNetworksStuck, () => {
    const networks = new Map<string, number[]>();
    for (const row of openRows(index, index.retransmitted)) {
      const network = networkOf(pool.get(addressOf(row)));
      if (network !== null) {
        addTo(networks, network, row);
      }
    }
    return networks;
  });
  return rows.every(row => {
    const own = byNetwork.get(networkOf(pool.get(addressOf(row))) ?? '') ?? [];
    const came = own.map(one => lastReceived?.[one] ?? NONE);
    return (
      own.length >= SEVERAL &&
      own.every(one => largeLost![one] !== LargeLost.NotKnown) &&
      (new Set(own.map(addressOf)).size > 1 || Math.max(...came) - Math.min(...came) >= LATER)
    );
  });
}
