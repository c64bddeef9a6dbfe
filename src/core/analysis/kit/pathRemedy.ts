import { LINUX, on } from '../../knowledge/advice';
import { say } from '../../wording/statement';
import type { Text } from '../../wording/text';
import { KEEP_ALIVE_SOONER } from './otherAnswers';
import type { RuleContext } from './ruleContext';

const TEXTS = {
  path: say(
    'Test the path and the peer: cable, route, firewall that forgot the connection, host that was switched off.',
    'general-practice',
  ),
  here: say(
    'Both ends are on this host: check its firewall rules, and the program at the other end.',
    'general-practice',
  ),
  userTimeout: say(
    'TCP_USER_TIMEOUT ends a connection sooner whose data is not acknowledged, or not taken.',
    'tcp.7',
  ),
};

/** What to do where the peer of some rows does not answer. */
function pathRemedy(context: RuleContext, rows: Uint32Array): Text[] {
  return context.advise(
    isWithinHost(context, rows) ? TEXTS.here : TEXTS.path,
    on(LINUX, TEXTS.userTimeout),
  );
}

/** The same where other connections to that peer may have been answered: then it is up. */
export function silentRemedy(context: RuleContext, rows: Uint32Array, answered: number): Text[] {
  return answered > 0
    ? context.advise(KEEP_ALIVE_SOONER, on(LINUX, TEXTS.userTimeout))
    : pathRemedy(context, rows);
}

/** Whether some rows lead to this host itself, so that no network is between. */
export function isWithinHost({ index }: RuleContext, rows: Uint32Array): boolean {
  return rows.every(row => index.isHere(row));
}

/** How the sender need not wait forever, on systems that have a way. */
export function waitLess(context: RuleContext): Text[] {
  return context.advise(on(LINUX, TEXTS.userTimeout));
}
