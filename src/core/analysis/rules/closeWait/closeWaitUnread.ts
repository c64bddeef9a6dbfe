import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { CLOSE_WAIT_WARNING, closeWaitAccepted } from '../../kit/closing/closeWait';
import { PASSING, standing } from '../../kit/closing/closeWaitReadings';
import { isSuspendable } from '../../kit/suspendedApps';
import { lookAtThreads, notReadingText, threadsText } from '../../kit/closing/notReading';
import { type Unread, unreadOf } from '../../kit/closing/unread';
import { waitingFor } from '../../kit/unanswered/waitingFor';
import { endOf } from '../../kit/whichEnd';
import { closeWaitRemedy } from '../../kit/closing/closeWaitRemedy';
import { holderOfAll } from '../../kit/closing/inherited';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import type { Holder, RuleContext } from '../../kit/ruleContext';

const TEXTS = {
  fact: say('{program} has {bytes} unread on {count} in CLOSE_WAIT', 'linux-tcp-diag'),
  tls: say(
    '{program} most likely holds idle TLS that the peer has closed: {count} in CLOSE_WAIT',
    'measured-tls',
  ),
  why: say(
    'The peer sent data and its FIN. The data is still in the receive queue, so the program has not come to the end of the stream.',
    'measured',
    'linux-tcp-diag',
  ),
  tlsWhyBare: say(
    'Recv-Q is exactly the size of a TLS close_notify: most likely the program has not looked at the connection since.',
    'measured-tls',
  ),
  tlsWhy: say(
    'Recv-Q is exactly the size of a TLS close_notify and a FIN: most likely the program has not looked at the connection since.',
    'measured-tls',
  ),
  moment: say(
    'A program that reads slowly, or is paused, has unread data meanwhile. Compare Recv-Q a minute later.',
    'general-practice',
  ),
};

type Context = RuleContext<keyof typeof CLOSE_WAIT_WARNING>;

export const closeWaitUnread = rule({
  code: 'CW-4',
  id: 'close-wait-unread',
  title: label('Unread data on connections that the peer has closed'),
  thresholds: CLOSE_WAIT_WARNING,
  needs: { states: [State.CloseWait], queues: true },
  find(context) {
    return each(closeWaitAccepted(context), ([number, rows]) => {
      const { others, farewells } = unreadOf(context.index, standing(context, rows));
      return others.rows.length > 0
        ? stopped(context, holderOfAll(context, number, others.rows), others)
        : farewells.length > 0
          ? idleTls(context, holderOfAll(context, number, farewells), farewells)
          : undefined;
    });
  },
});

function stopped(context: Context, { owner, program, subject }: Holder, unread: Unread): Draft {
  const { history, index, thresholds } = context;
  const { rows } = unread;
  const snapshots = history.longestRun(rows);
  const seconds =
    snapshots > 1
      ? history.secondsSeen(
          rows.find(row => history.run(row) === snapshots)!,
          index.number,
        )
      : 0;
  // Without times, several snapshots may be of one second.
  const long = (seconds ?? 0) >= PASSING;
  const many = rows.length >= thresholds.closeWaitWarning;
  const accused = (long || many) && !isSuspendable(context, owner);
  const severity = accused ? 'warning' : 'info';
  return {
    cause: 'close-wait',
    subject,
    severity,
    confidence: accused ? 'medium' : 'low',
    rows,
    owner,
    describe: () => ({
      title: accused
        ? notReadingText(context, program, unread)
        : context.say(TEXTS.fact, {
            program,
            bytes: context.bytes(unread.total),
            count: rows.length,
          }),
      why: [context.say(TEXTS.why)],
      evidence: [
        ...(accused && endOf(index, rows) === 'server'
          ? waitingFor(context, [owner?.pid ?? null])
          : []),
        ...context.examples(rows),
      ],
      confirm: owner === null ? [] : [lookAtThreads(context, owner)],
      remedy:
        endOf(index, rows) === 'server'
          ? [threadsText(context, program)]
          : closeWaitRemedy(context, owner, rows, { severity }),
      alternatives: long ? [] : [context.say(TEXTS.moment)],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

function idleTls(
  context: RuleContext,
  { owner, program, subject }: Holder,
  rows: Uint32Array,
): Draft {
  return {
    cause: 'close-wait',
    subject,
    severity: 'info',
    confidence: 'medium',
    rows,
    owner,
    describe: () => ({
      title: context.say(TEXTS.tls, { program, count: rows.length }),
      why: [context.say(context.index.linux ? TEXTS.tlsWhy : TEXTS.tlsWhyBare)],
      evidence: context.examples(rows),
      caveats: context.caveats({ owner }),
    }),
  };
}
