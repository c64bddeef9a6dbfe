import { say } from '../../knowledge/statement';
import { NONE } from '../../model/row';
import { State } from '../../model/state';
import { closeWaitRows } from '../closeWait';
import { listState } from '../commands';
import type { Severity } from '../finding';
import { remedyFor } from '../remedy';
import { type Draft, rule, type RuleContext } from '../ruleContext';

/** Seconds after which a connection in CLOSE_WAIT is certainly not just being closed. */
const LONG = 60;

const TEXTS = {
  title: say(
    'cw-2.title',
    '{program} has not closed {count} CLOSE_WAIT in {snapshots} snapshots',
    'rfc9293-3.6',
  ),
  titleTime: say(
    'cw-2.title-time',
    '{program} has not closed {count} CLOSE_WAIT in {snapshots} snapshots, for at least {time}',
    'rfc9293-3.6',
  ),
  why: say(
    'cw-2.why',
    'The same addresses and ports are in CLOSE_WAIT again and again: they are stuck, not passing.',
    'rfc9293-3.3.2',
    'general-practice',
  ),
  half: say(
    'cw-2.half-close',
    'The peer still holds its end (FIN_WAIT2 with a process): it may have half-closed on purpose and still wait for data.',
    'rfc9293-3.6',
    'measured',
  ),
  list: say('cw-2.list', 'Lists them as they are now.', 'ss.8'),
};

/** CW-2: the same connection in CLOSE_WAIT in several snapshots. */
export const closeWaitStuck = rule(
  'CW-2',
  'The same connection is in CLOSE_WAIT in several snapshots',
  { time: true },
  function* (context) {
    for (const [party, rows] of closeWaitRows(context.index).byParty) {
      const stuck = rows.filter(row => context.history.run(row) > 1);
      if (stuck.length > 0) {
        yield draft(context, party, stuck);
      }
    }
  },
);

function draft(context: RuleContext, number: number, rows: Uint32Array): Draft {
  const { index, history } = context;
  const { owner, program, subject } = context.party(number);
  const snapshots = rows.reduce((most, row) => Math.max(most, history.run(row)), 0);
  const seconds = history.secondsBetween(index.number - snapshots + 1, index.number);
  const count = rows.length;
  const halfClosed = rows.every(row => isHeldByPeer(context, row));
  return {
    code: 'CW-2',
    cause: 'close-wait',
    subject,
    severity: severityOf(context, snapshots, seconds, halfClosed),
    confidence: halfClosed
      ? 'low'
      : severityOf(context, snapshots, seconds, false) === 'error'
        ? 'high'
        : 'medium',
    rows,
    owner,
    tell: () => ({
      title:
        seconds === null || seconds === 0
          ? context.say(TEXTS.title, { program, count, snapshots })
          : context.say(TEXTS.titleTime, {
              program,
              count,
              snapshots,
              time: context.duration(seconds),
            }),
      why: [context.say(TEXTS.why)],
      evidence: context.examples(rows),
      confirm: [
        { text: context.say(TEXTS.list), command: listState(index.system, 'CLOSE-WAIT', owner) },
      ],
      remedy: remedyFor(context, 'CLOSE-WAIT', owner),
      alternatives: rows.some(row => isHeldByPeer(context, row)) ? [context.say(TEXTS.half)] : [],
      caveats: context.caveats({ owner }),
    }),
  };
}

function severityOf(
  { thresholds }: RuleContext,
  snapshots: number,
  seconds: number | null,
  halfClosed: boolean,
): Severity {
  const long = snapshots >= thresholds.stuckSnapshots || (seconds ?? 0) >= LONG;
  return long && !halfClosed ? 'error' : 'warning';
}

/** Whether the other end is in the dump as FIN_WAIT2 that a process still holds (FACTS R3). */
function isHeldByPeer({ index }: RuleContext, row: number): boolean {
  const peer = index.otherEnd(row);
  return (
    peer !== NONE && index.table.state[peer] === State.FinWait2 && index.owners.of(peer) !== NONE
  );
}
