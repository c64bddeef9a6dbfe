import { LINUX, on } from '../../../knowledge/advice';
import { say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { isNfsMount, MOUNT_TIMEOUT } from '../nfsMount';
import { isUp, KEEP_ALIVE_SOONER, type OtherAnswers } from './otherAnswers';
import type { RemoteGroup } from '../remoteGroups';
import { isWithinHost } from '../reachable';
import { onlyLargeLost } from '../transfer/largeLost';
import { otherEndShows } from '../transfer/lostDirection';
import type { RuleContext } from '../ruleContext';

const TEXTS = {
  path: say(
    'Test the path and the peer: cable, route, firewall that forgot the connection, host that was switched off.',
    'general-practice',
  ),
  port: say(
    'Test this port, the firewalls on the path to it, and whether large packets get through (MTU).',
    'general-practice',
  ),
  network: say(
    'Check the route to this network and back, and the firewalls and tunnels between.',
    'general-practice',
  ),
  here: say(
    'Both ends are on this host: check its firewall rules, and the program at the other end.',
    'general-practice',
  ),
  between: say(
    'Test the path between the two hosts, both ways: links, routes, and firewalls.',
    'general-practice',
  ),
  userTimeout: say(
    'TCP_USER_TIMEOUT ends a connection sooner whose data is not acknowledged, or not taken.',
    'tcp.7',
  ),
};

/** What to do where the peer of some rows does not answer, and may have answered others. */
export function silentRemedy(
  context: RuleContext,
  group: RemoteGroup,
  answers: OtherAnswers,
): Text[] {
  const { rows, network } = group;
  const large = onlyLargeLost(context, group);
  if (large !== null) {
    return [large.remedy];
  }
  const text =
    answers.same > 0
      ? KEEP_ALIVE_SOONER
      : isWithinHost(context, rows)
        ? TEXTS.here
        : otherEndShows(context, rows) !== null
          ? TEXTS.between
          : isUp(answers)
            ? TEXTS.port
            : network === undefined
              ? TEXTS.path
              : TEXTS.network;
  return [...context.advise(text), ...waitLess(context, rows)];
}

/** How the sender need not wait forever, on systems that have a way. */
export function waitLess(context: RuleContext, rows: Uint32Array): Text[] {
  return context.advise(
    on(LINUX, isNfsMount(context.index, rows) ? MOUNT_TIMEOUT : TEXTS.userTimeout),
  );
}
