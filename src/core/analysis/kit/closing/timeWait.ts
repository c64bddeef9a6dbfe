import type { Counter } from '../../../model/counter';
import { State } from '../../../vocabulary/state';
import { say } from '../../../wording/statement';
import { gaugeOf, gaugesOf } from '../counting/counters';
import type { RuleContext } from '../ruleContext';
import { threshold } from '../threshold';

/** From how many TIME_WAIT on they are explained. */
export const TIME_WAIT_MANY = {
  timeWaitMany: threshold.sockets(1000, 'Explain TIME_WAIT from this many sockets.'),
};

/** What is said of many TIME_WAIT, whether they are listed or only counted. */
export const TIME_WAIT_TEXTS = {
  title: say(
    '{count} in TIME_WAIT: connections that this host closed first, waiting for their timer',
    'rfc9293-3.6.1',
    'bernat-time-wait',
  ),
  why: say(
    'TIME_WAIT is the normal end of a connection, not a leak: it takes no process and no descriptor, only a little memory. If both ends close at once, both go through TIME_WAIT.',
    'rfc9293-3.6.1',
    'bernat-time-wait',
  ),
  remedy: say(
    'Nothing has to be done. With HTTP keep-alive and pools there is less TIME_WAIT.',
    'bernat-time-wait',
  ),
  byPeer: say(
    'This counts them by peer. If the first line is close to the size of the range, connect() fails there (EADDRNOTAVAIL).',
    'linux-ip-sysctl',
    'connect.2',
  ),
  other: say(
    'Only {listed} are listed here. If no rows are missing, the count is of another moment, network namespace, or address family.',
    'measured',
  ),
};

/** Counts TIME_WAIT by peer on Linux. */
export const TIME_WAIT_BY_PEER =
  "ss -tan state time-wait | awk 'NR > 1 {print $4}' | sort | uniq -c | sort -rn | head";

/** What counts TIME_WAIT: `uniq -c`, `ss -s` and /proc/net/sockstat. */
const COUNTED = ['TIME-WAIT', 'SsTcpTimewait', 'SockstatTcpTw'];

/** Numbers of TIME_WAIT of the first tool that tells them. */
export function timeWaitGauges(context: RuleContext): readonly Counter[] {
  return COUNTED.map(name => gaugesOf(context, name)).find(({ length }) => length > 0) ?? [];
}

/**
 * Whether rows of TIME_WAIT are listed and none of them was left out: then they are counted here,
 * and a number beside them that is larger is of another moment or network namespace.
 */
export function listsTimeWait({ index }: RuleContext): boolean {
  const { filtered, filters } = index.snapshot.listing;
  // `ss state time-wait` leaves out others.
  const isAsked = filters.length > 0 && filters.every(words => words === '');
  return index.counts[State.TimeWait]! > 0 && (!filtered || (isAsked && !index.snapshot.cut));
}

/** Percent of the limit from which on it is reached: above it the next closed connection has no place. */
const REACHED = 99;
/** And up to which it is far away. */
const FAR = 50;

/** What the limit of TIME_WAIT is, and how close a snapshot is to it. */
export interface TimeWaitLimit {
  readonly limit: Counter;
  /** What counts them; empty where they are listed only. */
  readonly gauges: readonly Counter[];
  readonly count: number;
  readonly isReached: boolean;
  readonly isFar: boolean;
}

/** The limit of TIME_WAIT, where `sysctl` shows it; null elsewhere. */
export function timeWaitLimit(context: RuleContext): TimeWaitLimit | null {
  const limit = gaugeOf(context, 'SysctlTcpMaxTwBuckets');
  if (limit === undefined || limit.value === 0) {
    return null;
  }
  const gauges = timeWaitGauges(context);
  const counted = gauges.reduce((sum, { value }) => sum + value, 0);
  const count = Math.max(counted, context.index.counts[State.TimeWait]!);
  return {
    limit,
    gauges,
    count,
    isReached: count * 100 >= limit.value * REACHED,
    // A listing may leave them out.
    isFar: gauges.length > 0 && count * 100 < limit.value * FAR,
  };
}
