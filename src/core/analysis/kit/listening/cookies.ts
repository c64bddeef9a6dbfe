import { say } from '../../../wording/statement';
import { movedIn, totalOf } from '../counting/counters';
import type { RuleContext } from '../ruleContext';

export const COOKIES_SENT = 'TcpExtSyncookiesSent';
export const COOKIES_BACK = 'TcpExtSyncookiesRecv';

/** Cookies from which on it is no burst of a moment. */
const ENOUGH = 20;

/** Cookies from which on a flood is likely, rather than a handful of clients with a broken way back. */
const MANY = 100;

/** Of so many cookies sent, one that comes back is less than clients that are there send. */
const HARDLY = 10;

/** SYN cookies that were sent. */
interface Cookies {
  /** Whether they are many, of which hardly any came back. */
  readonly areUnreturned: boolean;
}

/** The cookies since the snapshot before, where it counts them; null where they are none or few. */
export function cookiesSince(context: RuleContext): Cookies | null {
  const moved = movedIn(context);
  return moved === null ? null : cookies(moved.by(COOKIES_SENT), moved.by(COOKIES_BACK));
}

/** The same since boot, where nothing is known of less. */
export function cookiesSinceBoot(context: RuleContext): Cookies | null {
  return cookies(
    totalOf(context, COOKIES_SENT)?.value ?? 0,
    totalOf(context, COOKIES_BACK)?.value ?? 0,
  );
}

function cookies(sent: number, back: number): Cookies | null {
  return sent < ENOUGH ? null : { areUnreturned: sent >= MANY && back * HARDLY <= sent };
}

/** What there is to say of floods of SYNs, by whatever they show. */
export const {
  filter: FILTER_FLOODS,
  innocent: LIKE_A_FLOOD,
  look: LOOK_AT_HANDSHAKES,
} = {
  filter: say(
    'Filter floods before they reach this host, at the firewall, load balancer, or provider.',
    'general-practice',
  ),
  innocent: say(
    'A small backlog, or a return path that loses SYN,ACKs, looks like a flood of SYNs.',
    'general-practice',
  ),
  look: say(
    'See which remote addresses and which local port the unfinished handshakes have in common.',
    'ss.8',
  ),
};
