import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { closeWaitByHolder } from '../../kit/closing/closeWait';
import { where } from '../../../index/grouping';
import { isOrphan, secondsOrphaned, standing } from '../../kit/closing/closeWaitReadings';
import { closeWaitRemedy } from '../../kit/closing/closeWaitRemedy';
import { holderOfAll } from '../../kit/closing/inherited';
import { closerOf } from '../../kit/closer';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import type { Holder, RuleContext } from '../../kit/ruleContext';

/** Seconds within which a program may still be at work for a peer that has closed, and gone on. */
const RECENT = 30;

const TEXTS = {
  title: say(
    'Closed by {closer}; {program} has not called close()',
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  why: say(
    'Both ends of {connections} are in this dump: FIN_WAIT_2 at {closer}, CLOSE_WAIT at {program}.',
    'rfc9293-3.3.2',
    'measured',
  ),
  orphans: say(
    'Other ends that no process holds: {count}. No program at such an end is waiting for data.',
    'linux-tcp',
    'measured',
  ),
  half: say(
    'Other ends that a process still holds may be half-closed on purpose, and wait for an answer.',
    'rfc9293-3.6',
    'measured',
  ),
};

export const peerMustClose = rule({
  code: 'PAIR-1',
  id: 'peer-must-close',
  title: label('One end closed, the other did not (both ends shown)'),
  needs: { states: [State.CloseWait], bothEnds: true },
  find(context) {
    const { index, history } = context;
    if (index.counts[State.FinWait2] === 0 && !history.hosts.several) {
      return [];
    }
    return each(closeWaitByHolder.of(index), ([number, rows]) => {
      const pairs = where(standing(context, rows), row => {
        const peer = context.otherEnd(row);
        return peer !== NONE && index.table.state[peer] === State.FinWait2;
      });
      return pairs.length > 0
        ? draft(context, holderOfAll(context, number, pairs), pairs)
        : undefined;
    });
  },
});

function draft(
  context: RuleContext,
  { owner, program, subject }: Holder,
  rows: Uint32Array,
): Draft {
  const peers = rows.map(row => context.otherEnd(row));
  const orphans = peers.filter(peer => isOrphan(context, peer));
  const stale = orphans.filter(peer => isStale(context, peer));
  const closer = closerOf(context, rows);
  const severity = stale.length > 0 ? 'warning' : 'info';
  return {
    cause: 'close-wait',
    subject,
    severity,
    confidence: stale.length > 0 && owner !== null ? 'high' : 'medium',
    rows,
    owner,
    describe: () => ({
      title: context.say(TEXTS.title, { closer, program }),
      why: [
        context.say(TEXTS.why, { connections: context.connections(rows.length), closer, program }),
      ],
      evidence: [
        ...(orphans.length > 0
          ? [context.evidence(context.say(TEXTS.orphans, { count: orphans.length }))]
          : []),
        ...context.examples(peers),
      ],
      remedy: closeWaitRemedy(context, owner, rows, { severity }),
      alternatives: orphans.length < peers.length ? [context.say(TEXTS.half)] : [],
      caveats: context.caveats({ owner }),
    }),
  };
}

/** Whether the peer's close() is more than moments ago. */
function isStale(context: RuleContext, row: number): boolean {
  const { history } = context;
  const index = context.indexOf(row);
  const seen = history.run(row) > 1 ? history.secondsSeen(row, index.number) : null;
  return Math.max(seen ?? 0, secondsOrphaned(index, row) ?? 0) >= RECENT;
}
