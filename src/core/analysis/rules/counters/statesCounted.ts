import { systemKnowledge } from '../../../knowledge/systems';
import type { Counter } from '../../../model/counter';
import { State } from '../../../vocabulary/state';
import type { System } from '../../../vocabulary/system';
import { label, say } from '../../../wording/statement';
import { listState } from '../../kit/commands';
import { gaugesIn, gaugesOf, totalEvidence } from '../../kit/counting/counters';
import type { Text } from '../../../wording/text';
import type { Draft } from '../../kit/draft';
import { rule } from '../../kit/rule';
import { course } from '../../kit/growing/growth';
import type { RuleContext } from '../../kit/ruleContext';
import {
  listsTimeWait,
  TIME_WAIT_BY_PEER,
  TIME_WAIT_MANY,
  TIME_WAIT_TEXTS,
  timeWaitGauges,
  timeWaitLimit,
} from '../../kit/closing/timeWait';

/** As counts by state are named. */
const CLOSE_WAIT = 'CLOSE-WAIT';

/** Without programs, what is many for one of them may be a few of each. */
const SOME = 100;
const MANY = 500;

/** Percent of the connections that may be between the FIN and close(), and that pools leave idle. */
const MOMENT = 1;
const SHARE = 10;

/** What idle connections of pools vary by. */
const GROWN = 1.5;

/** Part of the ports for outgoing connections from which on their number is worth a comparison. */
const NEAR = 0.5;

const TEXTS = {
  leaks: say(
    'Programs on this host most likely do not close connections: {count} in CLOSE_WAIT',
    'rfc9293-3.3.2',
  ),
  holds: say(
    'Closed by their peers, but not by programs on this host: {count} in CLOSE_WAIT',
    'rfc9293-3.3.2',
  ),
  why: say(
    'The peers have sent their FIN; programs on this host have not called close(). CLOSE_WAIT has no timeout.',
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  share: say('That is {percent}% of all in ESTABLISHED and CLOSE_WAIT.', 'rfc9293-3.3.2'),
  which: say(
    'No count names the program. Run this as root, to see the sockets with their processes.',
    'ss.8',
    'netstat.8',
  ),
  whichLinux: say(
    'No count names the program. On Linux, run this as root, to see the sockets with their processes.',
    'ss.8',
  ),
  pools: say(
    'Pools of many programs look like this after their servers have closed idle connections. Then the number does not grow from hour to hour.',
    'apache-hc',
    'general-practice',
  ),
  range: say(
    'The default range of Linux has {all} ports for connections to one address and port. They run out only if most of these TIME_WAIT go there.',
    'linux-ip-sysctl',
    'measured',
  ),
  server: say(
    'A busy server that closes first has as many, and needs none of these ports for them.',
    'rfc9293-3.6',
  ),
};

type Context = RuleContext<keyof typeof TIME_WAIT_MANY>;

export const statesCounted = rule({
  code: 'CT-25',
  id: 'states-counted',
  title: label('Numbers of sockets by state, without the sockets'),
  thresholds: TIME_WAIT_MANY,
  needs: { counters: true },
  find(context) {
    return [closeWait(context), timeWait(context)];
  },
});

function closeWait(context: Context): Draft | undefined {
  const gauges = countsOf(context, State.CloseWait, CLOSE_WAIT);
  const count = total(gauges);
  const open = total(countsOf(context, State.Established, 'ESTABLISHED'));
  const percent = (count * 100) / (count + open);
  if (count < SOME || percent <= MOMENT) {
    return undefined;
  }
  const growth = growthOf(context);
  const isMuch = growth.length > 0 || (count >= MANY && percent >= SHARE);
  return {
    subject: 'CLOSE_WAIT',
    severity: isMuch ? 'warning' : 'info',
    confidence: isMuch ? 'medium' : 'low',
    rows: [],
    describe: () => {
      const system = systemOf(context, gauges);
      return {
        title: context.say(isMuch ? TEXTS.leaks : TEXTS.holds, { count }),
        why: [context.say(TEXTS.why)],
        evidence: [
          ...gauges.map(gauge => totalEvidence(context, gauge)),
          ...(open > 0
            ? [context.evidence(context.say(TEXTS.share, { percent: Number(percent.toFixed(1)) }))]
            : []),
          ...growth.map(text => context.evidence(text)),
        ],
        confirm: [
          context.check(
            system === null ? TEXTS.whichLinux : TEXTS.which,
            listState(system ?? 'linux', 'CLOSE-WAIT'),
          ),
        ],
        alternatives: growth.length > 0 ? [] : [context.say(TEXTS.pools)],
      };
    },
  };
}

/** Counts say nothing of destinations, so that they prove no lack of ports. */
function timeWait(context: Context): Draft | undefined {
  const gauges = timeWaitGauges(context);
  const count = total(gauges);
  const listed = context.index.counts[State.TimeWait]!;
  // Where most are listed, rules for rows speak.
  if (listed * 2 > count) {
    return undefined;
  }
  // At their limit they are a finding of their own.
  if (count < context.thresholds.timeWaitMany || timeWaitLimit(context)?.isReached === true) {
    return undefined;
  }
  const system = systemOf(context, gauges);
  const [first, last] = systemKnowledge('linux')?.ephemeral ?? [0, 0];
  const all = last - first + 1;
  const isNear = (system === null || system === 'linux') && count >= all * NEAR;
  return {
    subject: 'TIME_WAIT',
    severity: 'info',
    confidence: 'high',
    rows: [],
    describe: () => ({
      title: context.say(TIME_WAIT_TEXTS.title, { count }),
      why: [context.say(TIME_WAIT_TEXTS.why)],
      evidence: [
        ...gauges.map(gauge => totalEvidence(context, gauge)),
        ...(isNear ? [context.evidence(context.say(TEXTS.range, { all }))] : []),
      ],
      confirm: isNear ? [context.check(TIME_WAIT_TEXTS.byPeer, TIME_WAIT_BY_PEER)] : [],
      remedy: isNear ? [] : [context.say(TIME_WAIT_TEXTS.remedy)],
      alternatives: isNear ? [context.say(TEXTS.server)] : [],
      caveats: listsTimeWait(context) ? [context.say(TIME_WAIT_TEXTS.other, { listed })] : [],
    }),
  };
}

/** What counts the sockets of a state that are not listed; nothing where some are. */
function countsOf(context: Context, state: State, name: string): Counter[] {
  return context.index.counts[state]! > 0 ? [] : gaugesOf(context, name);
}

/** How CLOSE_WAIT has grown up to the last snapshot of the host; nothing where it has not. */
function growthOf(context: Context): readonly Text[] {
  const { index, history } = context;
  if (!history.hosts.isLast(index.number)) {
    return [];
  }
  const { snapshots } = index.dump;
  const valueIn = (snapshot: number): number => total(gaugesIn(snapshots[snapshot]!, CLOSE_WAIT));
  const counted = history.hosts.until(index.number).filter(one => valueIn(one) > 0);
  const [first = index.number] = counted;
  return valueIn(index.number) < valueIn(first) * GROWN
    ? []
    : course(context, counted, valueIn).texts;
}

function total(gauges: readonly Counter[]): number {
  return gauges.reduce((sum, { value }) => sum + value, 0);
}

/** The system; Linux also where states are spelled as ss alone does. */
function systemOf({ system }: Context, gauges: readonly Counter[]): System | null {
  return system ?? (gauges.some(({ raw }) => raw.includes('-')) ? 'linux' : null);
}
