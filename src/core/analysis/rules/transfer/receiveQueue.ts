import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { isUnaccepted } from '../../kit/closeWait';
import { listState } from '../../kit/commands';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import { holderOf } from '../../../index/holder';
import { groupBy, where } from '../../../index/grouping';
import { queueCourse } from '../../kit/queues';

const TEXTS = {
  title: say(
    'rq-1.title',
    '{program} does not read: {bytes} wait on {count} ESTABLISHED',
    'linux-tcp-diag',
    'measured',
  ),
  waiting: say(
    'rq-1.waiting',
    '{program} has {bytes} to read on {count} ESTABLISHED',
    'linux-tcp-diag',
  ),
  why: say(
    'rq-1.why',
    'Recv-Q is what has come and was not read. When it is full the sender has to stop, and even a FIN cannot come in: the peer may have closed long ago.',
    'linux-tcp-diag',
    'measured',
  ),
  not: say(
    'rq-1.not-less',
    'On {count} it is not less than in the snapshot before.',
    'linux-tcp-diag',
  ),
  again: say('rq-1.again', 'Run it twice: a queue that does not fall is not read.', 'ss.8'),
  threads: say(
    'rq-1.remedy',
    'Look where the threads of {program} are: blocked, deadlocked, or reading something else.',
    'general-practice',
  ),
  bulk: say('rq-1.bulk', 'A large download looks like this while it goes on.', 'general-practice'),
};

const THRESHOLDS = {
  receiveQueue: threshold.bytes(
    65_536,
    'Bytes in the receive queue of a connection that make a warning.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const receiveQueue = rule({
  code: 'RQ-1',
  id: 'receive-queue',
  title: label('rule.RQ-1', 'Data waits to be read by the program'),
  thresholds: THRESHOLDS,
  needs: { queues: true },
  find(context) {
    const { index } = context;
    const rows = where(index.received.rowsIn(State.Established), row => !isUnaccepted(index, row));
    return each(
      groupBy(rows, row => holderOf(index, row)),
      ([holder, own]) => unread(context, holder, own),
    );
  },
});

function unread(context: Context, number: number, all: Uint32Array): Draft {
  const { index, thresholds } = context;
  const { recvQ } = index.table;
  const stuck = all.filter(row => isNotLess(context, row));
  const much = all.filter(row => recvQ[row]! >= thresholds.receiveQueue);
  const rows = stuck.length > 0 ? stuck : much.length > 0 ? much : all;
  const strong = stuck.length > 0 || much.length > 0;
  const { owner, program, subject } = context.holder(number);
  const bytes = context.bytes(rows.reduce((total, row) => total + recvQ[row]!, 0));
  const count = rows.length;
  return {
    cause: 'not-reading',
    subject,
    severity: strong ? 'warning' : 'info',
    confidence: stuck.length > 0 ? 'high' : 'low',
    rows,
    owner,
    describe: () => {
      const { growth, texts } = queueCourse(context, rows, recvQ);
      return {
        title: context.say(strong ? TEXTS.title : TEXTS.waiting, { program, bytes, count }),
        why: [context.say(TEXTS.why)],
        evidence: [
          ...(stuck.length > 0
            ? [context.evidence(context.say(TEXTS.not, { count: stuck.length }))]
            : []),
          ...texts.map(text => context.evidence(text)),
          ...context.examples(rows),
        ],
        confirm: [
          {
            text: context.say(TEXTS.again),
            command: listState(index.system, 'ESTABLISHED', owner),
          },
        ],
        remedy: strong ? [context.say(TEXTS.threads, { program })] : [],
        alternatives: stuck.length > 0 ? [] : [context.say(TEXTS.bulk)],
        caveats: context.caveats({ owner, time: true }),
        growth,
      };
    },
  };
}

/** Whether at least as much waited in the snapshot before, so that nothing was read since. */
function isNotLess({ index, history }: RuleContext, row: number): boolean {
  const { recvQ } = index.table;
  const before = history.previous(row);
  return before !== NONE && recvQ[before]! > 0 && recvQ[row]! >= recvQ[before]!;
}
