import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { union } from '../../../index/grouping';
import { CLOSE_WAIT_ERROR, CLOSE_WAIT_WARNING } from '../../kit/closing/closeWait';
import { ANSWERED, PASSING, standing } from '../../kit/closing/closeWaitReadings';
import { listState } from '../../kit/commands';
import type { Draft, Severity } from '../../kit/draft';
import {
  halfClosedPairs as pairsByHolder,
  type HalfClosedPairs,
} from '../../kit/closing/halfClosed';
import { each, rule } from '../../kit/rule';
import { remoteName, type RuleContext } from '../../kit/ruleContext';

/** How many remote ends of the half-closed connections are named; of more, the commonest. */
const NAMED = 2;

const TEXTS = {
  title: say(
    '{program} most likely holds half-closed pairs: {count} in CLOSE_WAIT, {held} in FIN_WAIT_2',
    'rfc9293-3.6',
    'general-practice',
  ),
  maybe: say(
    '{program} may hold half-closed pairs: {count} in CLOSE_WAIT, {held} in FIN_WAIT_2',
    'rfc9293-3.6',
    'general-practice',
  ),
  why: say(
    'A proxy that passes a close on with shutdown() looks like this: one peer has closed (CLOSE_WAIT), and the other has not (FIN_WAIT_2).',
    'rfc9293-3.6',
    'general-practice',
  ),
  cost: say(
    'Each pair keeps two descriptors until the other peer closes, or the program closes both.',
    'linux-tcp',
  ),
  waits: say('FIN_WAIT_2 to {remote}: {count}.', 'rfc9293-3.3.2'),
  waitsOther: say('FIN_WAIT_2 to {addresses} other addresses: {count}.', 'rfc9293-3.3.2'),
  elsewhere: say(
    'Other ends in CLOSE_WAIT on other hosts of this dump: {count}. Both ends were listed {time} apart, so they have been half-closed for at least that long.',
    'rfc9293-3.6',
  ),
  again: say(
    'Run this now and again a minute later. Ports that are listed both times are stuck.',
    'general-practice',
  ),
  timeout: say(
    'Proxy: set a timeout for half-closed connections, after which it closes both of a pair.',
    'general-practice',
  ),
  backend: say(
    'Server behind it: look why it does not close after the end of the stream.',
    'rfc9293-3.6',
  ),
  clients: say('Clients: look why they do not close after the end of the stream.', 'rfc9293-3.6'),
  answering: say(
    'A server that is still working on its answers to half-closed connections looks like this meanwhile.',
    'rfc9293-3.6',
  ),
  leaks: say(
    'Numbers can be alike by chance: then a leak and half-closed connections are separate matters.',
    'general-practice',
  ),
};

const THRESHOLDS = { ...CLOSE_WAIT_WARNING, ...CLOSE_WAIT_ERROR };
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const halfClosedPairs = rule({
  code: 'PAIR-4',
  id: 'half-closed-pairs',
  title: label('A proxy holds half-closed pairs of connections'),
  thresholds: THRESHOLDS,
  needs: { states: [State.FinWait2], pids: true },
  find(context) {
    return each(pairsByHolder.of(context.index), ([holder, pairs]) =>
      draft(context, holder, pairs),
    );
  },
});

function draft(context: Context, holder: number, { closeWait, finWait2 }: HalfClosedPairs): Draft {
  const { index, history } = context;
  const { owner, program, subject } = context.holder(holder);
  const snapshots = history.longestRun(finWait2);
  const oldest = finWait2.find(row => history.run(row) === snapshots)!;
  const unclosed = unclosedElsewhere(context, finWait2);
  const seconds = Math.max(history.secondsSeen(oldest, index.number) ?? 0, unclosed.seconds);
  // What a proxy still passes on is not left open.
  const standingOnes = standing(context, closeWait).length;
  const severity = standingOnes === 0 ? 'info' : severityOf(context, standingOnes, seconds);
  return {
    cause: 'close-wait',
    subject,
    severity,
    confidence: severity === 'info' ? 'low' : 'medium',
    rows: union([closeWait, finWait2]),
    owner,
    describe: () => ({
      title: context.say(severity === 'info' ? TEXTS.maybe : TEXTS.title, {
        program,
        count: closeWait.length,
        held: finWait2.length,
      }),
      why: [context.say(TEXTS.why), context.say(TEXTS.cost)],
      evidence: [
        ...remoteTexts(context, finWait2).map(text => context.evidence(text)),
        ...(unclosed.seconds > 0
          ? [
              context.evidence(
                context.say(TEXTS.elsewhere, {
                  count: unclosed.count,
                  time: context.measured(unclosed.seconds),
                }),
              ),
            ]
          : []),
        ...context.examples(finWait2),
      ],
      confirm: [context.check(TEXTS.again, listState(index.system, 'FIN-WAIT-2', owner))],
      remedy: [context.say(TEXTS.timeout), ...openEnds(context, finWait2)],
      alternatives: [
        ...(seconds < ANSWERED ? [context.say(TEXTS.answering)] : []),
        context.say(TEXTS.leaks),
      ],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

/**
 * How many of the other ends are in CLOSE_WAIT on other hosts, and for how long at least most have been:
 * whichever end was listed first, the connection was half-closed then, and still is.
 */
function unclosedElsewhere(
  context: Context,
  rows: Uint32Array,
): { count: number; seconds: number } {
  const { fleet, history, index } = context;
  const peers = rows
    .map(row => fleet.otherEnd(row))
    .filter(peer => index.table.state[peer] === State.CloseWait);
  const seconds = Array.from(
    new Set(Array.from(peers, peer => context.indexOf(peer).number)),
    other => history.secondsBetweenHosts(index.number, other) ?? 0,
  );
  // A few may be later connections with the same ports.
  return {
    count: peers.length,
    seconds: peers.length * 2 > rows.length ? Math.min(...seconds) : 0,
  };
}

/** Where the half-closed connections go: to each remote end, or to the commonest and the others. */
function remoteTexts(context: Context, rows: Uint32Array): Text[] {
  const { least, top } = context.remotes(rows);
  const named = top.slice(0, least > NAMED ? 1 : NAMED);
  const texts = named.map(remote =>
    context.say(TEXTS.waits, { remote: remoteName(remote), count: remote.count }),
  );
  return least > NAMED
    ? [
        ...texts,
        context.say(TEXTS.waitsOther, {
          addresses: least - 1,
          count: rows.length - named[0]!.count,
        }),
      ]
    : texts;
}

/** Whose close is missing: that of the peers in FIN_WAIT_2, clients where the port is served here. */
function openEnds(context: Context, rows: Uint32Array): Text[] {
  const served = rows.filter(row => context.index.isServed(row)).length;
  return [
    ...(served < rows.length ? [context.say(TEXTS.backend)] : []),
    ...(served > 0 ? [context.say(TEXTS.clients)] : []),
  ];
}

/** @param seconds For how long pairs were seen to last; 0 where that is not known. */
function severityOf({ thresholds }: Context, count: number, seconds: number): Severity {
  if (count >= thresholds.closeWaitError) {
    return 'error';
  }
  // As with other servers, few may be passing.
  return seconds >= PASSING || count >= 2 * thresholds.closeWaitWarning ? 'warning' : 'info';
}
