import { say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { State } from '../../../vocabulary/state';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { toldSeconds } from '../../time/history';
import { connectionsWith } from './answered';
import type { Evidence } from '../draft';
import { heardWithin } from '../lastHeard';
import type { RemoteGroup } from '../remoteGroups';
import type { RuleContext } from '../ruleContext';

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
  otherPorts: say(
    'Connections to other ports of the same address that were answered meanwhile: {count}.',
    'ss.8',
  ),
  upElsewhere: say(
    'The address answers on other ports. Most likely something on the path drops or has forgotten these connections, or drops their large packets (MTU).',
    'general-practice',
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

/** What else the host has answered while some of its connections are silent. */
export interface OtherAnswers {
  /** Connections to the very ports of the silent ones; 0 unless each of these has some. */
  readonly same: number;
  /** Connections to other ports of its address. */
  readonly otherPorts: number;
}

const NO_ANSWERS: OtherAnswers = { same: 0, otherPorts: 0 };

/** What to do where other connections to the same port were answered. */
export const { sooner: KEEP_ALIVE_SOONER } = TEXTS;

/**
 * Which other connections to the server of some silent ones have had an answer since those fell
 * silent, that many seconds ago: then it is up. That one is ESTABLISHED shows no answer: an idle one
 * stays so when its peer is gone (RFC 9293 3.5.1). None where the silent ones are a server's own, as
 * clients behind one NAT tell nothing of each other.
 */
export function answeredMeanwhile(
  { index }: RuleContext,
  { rows, remote }: Pick<RemoteGroup, 'rows' | 'remote'>,
  seconds: number,
): OtherAnswers {
  const { table } = index;
  const { remotePort } = table;
  if (remote === null || rows.some(row => index.roleOf(row) !== 'client')) {
    return NO_ANSWERS;
  }
  const address = index.plainAddress(table.remoteAddress[rows[0]!]!);
  const answers = new Map<number, number>(Array.from(rows, row => [remotePort[row]!, 0]));
  const silent = new Set(rows);
  let otherPorts = 0;
  for (const row of connectionsWith(index, address)) {
    if (!silent.has(row) && answeredAgo(index, row) < seconds) {
      const known = answers.get(remotePort[row]!);
      if (known !== undefined) {
        answers.set(remotePort[row]!, known + 1);
      } else if (index.roleOf(row) === 'client') {
        otherPorts++;
      }
    }
  }
  const counts = [...answers.values()];
  return {
    same: counts.includes(0) ? 0 : counts.reduce((sum, count) => sum + count, 0),
    otherPorts,
  };
}

/** Whether the host is known to be up. */
export function isUp({ same, otherPorts }: OtherAnswers): boolean {
  return same + otherPorts > 0;
}

/** What the silence means where the host has answered others; the other text where it has not. */
export function silenceMeans(
  context: RuleContext,
  { same, otherPorts }: OtherAnswers,
  otherwise: () => Text,
): Text {
  return same > 0
    ? context.say(TEXTS.up)
    : otherPorts > 0
      ? context.say(TEXTS.upElsewhere)
      : otherwise();
}

/** How many other connections were answered, as evidence. */
export function answersAsEvidence(
  context: RuleContext,
  { same, otherPorts }: OtherAnswers,
): Evidence[] {
  return [
    ...(same > 0 ? [context.evidence(context.say(TEXTS.answered, { count: same }))] : []),
    ...(otherPorts > 0
      ? [context.evidence(context.say(TEXTS.otherPorts, { count: otherPorts }))]
      : []),
  ];
}

/** What else can explain that some are silent while others are answered. */
export function behindOneAddress(context: RuleContext, answers: OtherAnswers): Text[] {
  return isUp(answers) ? [context.say(TEXTS.oneOfSeveral)] : [];
}

/** Seconds since something came from the peer of a row, at most; Infinity where it does not tell. */
function answeredAgo({ dump, table }: SnapshotIndex, row: number): number {
  return table.state[row] === State.TimeWait
    ? (toldSeconds(dump, row) ?? Infinity)
    : heardWithin(table, row);
}
