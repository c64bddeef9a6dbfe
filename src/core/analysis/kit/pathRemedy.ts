import { LINUX, on } from '../../knowledge/advice';
import { say } from '../../wording/statement';
import type { Text } from '../../wording/text';
import type { RuleContext } from './ruleContext';

const TEXTS = {
  path: say(
    'path.remedy',
    'Test the path and the peer: cable, route, firewall that forgot the connection, host that was switched off.',
    'general-practice',
  ),
  userTimeout: say(
    'path.remedy.user-timeout',
    'TCP_USER_TIMEOUT ends a connection sooner whose data is not acknowledged, or not taken.',
    'tcp.7',
  ),
};

/** What to do where a peer does not answer. */
export function pathRemedy(context: RuleContext): Text[] {
  return context.advise(TEXTS.path, on(LINUX, TEXTS.userTimeout));
}

/** How the sender need not wait forever, on systems that have a way. */
export function waitLess(context: RuleContext): Text[] {
  return context.advise(on(LINUX, TEXTS.userTimeout));
}
