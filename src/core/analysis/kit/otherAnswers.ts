import { say } from '../../wording/statement';
import type { Text } from '../../wording/text';
import { State } from '../../vocabulary/state';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { toldSeconds } from '../time/history';
import { heardWithin } from './lastHeard';
import type { RemoteGroup } from './remoteGroups';
import type { RuleContext } from './ruleContext';

const TEXTS = {
  answered: say(
    'Other connections to the same address and port that were answered meanwhile: {count}.',
    'ss.8',
  ),
  up: say(
    'The peer is up, as it answers other connections to the same port. Most likely a firewall or NAT has forgotten the silent ones after an idle time.',
    'cloudflare-die',
    'aws-elb',
    'azure-lb',
  ),
  sooner: say(
    'Let keepalive come sooner than the idle timeout of the firewall or NAT, and test pooled connections before use.',
    'rfc9293-3.8.4',
    'aws-elb',
  ),
  oneOfSeveral: say(
    'Behind a load balancer, one of several hosts can be gone while the others answer.',
    'general-practice',
  ),
};

/** What it means that other connections to the same server were answered, and what to do. */
export const { up: PEER_IS_UP, sooner: KEEP_ALIVE_SOONER, oneOfSeveral: ONE_OF_SEVERAL } = TEXTS;

/** How many other connections were answered, as evidence. */
export function answeredText(context: RuleContext, count: number): Text {
  return context.say(TEXTS.answered, { count });
}

/**
 * How many other connections to the server of some silent ones have had an answer since those fell
 * silent, that many seconds ago: then it is up. 0 where they are a server's own, as clients behind
 * one NAT tell nothing of each other.
 */
export function answeredMeanwhile(
  { index }: RuleContext,
  { rows, remote }: Pick<RemoteGroup, 'rows' | 'remote'>,
  seconds: number,
): number {
  const { table } = index;
  const { remotePort } = table;
  if (remote === null || rows.some(row => index.roleOf(row) !== 'client')) {
    return 0;
  }
  const address = index.plainAddress(table.remoteAddress[rows[0]!]!);
  const answers = new Map<number, number>(Array.from(rows, row => [remotePort[row]!, 0]));
  const silent = new Set(rows);
  for (const state of [State.Established, State.TimeWait]) {
    for (const row of index.rowsIn(state)) {
      const known = answers.get(remotePort[row]!);
      if (
        known !== undefined &&
        index.plainAddress(table.remoteAddress[row]!) === address &&
        !silent.has(row) &&
        answeredAgo(index, row) < seconds
      ) {
        answers.set(remotePort[row]!, known + 1);
      }
    }
  }
  const counts = [...answers.values()];
  return counts.includes(0) ? 0 : counts.reduce((sum, count) => sum + count, 0);
}

/** Seconds since something came from the peer of a row, at most; Infinity where it does not tell. */
function answeredAgo({ dump, table }: SnapshotIndex, row: number): number {
  return table.state[row] === State.TimeWait
    ? (toldSeconds(dump, row) ?? Infinity)
    : heardWithin(table, row);
}
