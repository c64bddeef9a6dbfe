import type { Text } from '../../../wording/text';
import { label, say, whileItLasts } from '../../../wording/statement';
import {
  BULK,
  isStalled,
  takenNothingFor,
  timerText,
  readerOf,
  waitingForReader,
} from '../../kit/zeroWindow';
import { unchanged, unsentBytes } from '../../kit/queues';
import type { Confidence } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { holderOf } from '../../../index/holder';
import { groupBy } from '../../../index/grouping';

const TEXTS = {
  title: say(
    '{reader} is not reading: {waiting} wait in Recv-Q, {unsent} more at {sender}',
    'measured',
    'linux-tcp-timer',
  ),
  likely: say(
    '{reader} is most likely not reading: {waiting} wait in Recv-Q, {unsent} more at {sender}',
    'measured',
    'linux-tcp-timer',
  ),
  slow: say(
    '{reader} may read more slowly than {sender} sends: {waiting} wait in Recv-Q, {unsent} to send',
    'measured',
    'linux-tcp-timer',
  ),
  why: say(
    'Both ends are in this dump: one has data to read, and the window that it offers the other is closed. What came is not read, or not as fast as it is sent.',
    'measured',
    'linux-tcp-timer',
    'rfc9293-3.8.6.1',
  ),
  whyUntimed: say(
    'Both ends are in this dump: one has data to read, and the other still has data to send. What came is not read, or not as fast as it is sent.',
    'linux-tcp-diag',
    'rfc9293-3.8.6.1',
  ),
  threads: whileItLasts(
    say(
      'See what the threads of {reader} are doing: blocked, deadlocked, or reading something else?',
      'general-practice',
    ),
  ),
  workers: say(
    'If the reader is only slow, give it more workers or limit the sender.',
    'general-practice',
  ),
};

export const peerNotReading = rule({
  code: 'PAIR-2',
  id: 'peer-not-reading',
  title: label('One end sends, the other does not read (both ends shown)'),
  needs: { bothEnds: true, sending: true, queues: true },
  find(context) {
    const { index } = context;
    const all = waitingForReader.of(index);
    const { recvQ, sendQ } = index.table;
    const groups = groupBy(all, row => holderOf(index, readerOf(index, row)));
    return each(groups, ([holder, own]) => {
      const stalled = own.filter(row => isStalled(context, row));
      const rows = stalled.length > 0 ? stalled : own;
      const readers = rows.map(row => readerOf(index, row));
      const { owner, program: reader, subject } = context.holder(holder);
      const left = rows.reduce((most, row) => Math.max(most, takenNothingFor(index, row)), 0);
      const confidence: Confidence =
        stalled.length === 0
          ? 'low'
          : left > 0 || unchanged(context, rows, sendQ).run > 2
            ? 'high'
            : 'medium';
      const sum = (list: Uint32Array, bytesOf: (row: number) => number): Text =>
        context.bytes(list.reduce((total, row) => total + bytesOf(row), 0));
      return {
        cause: 'not-reading',
        subject,
        severity: stalled.length > 0 ? 'warning' : 'info',
        confidence,
        rows: [...rows, ...readers],
        owner,
        describe: () => ({
          title: context.say(TITLES[confidence], {
            reader,
            waiting: sum(readers, row => recvQ[row]!),
            unsent: sum(rows, row => unsentBytes(index, row)),
            sender: context.programOf(rows),
          }),
          why: [context.say(index.showsTimers ? TEXTS.why : TEXTS.whyUntimed)],
          evidence: [
            ...(left > 0 ? [context.evidence(timerText(context, left))] : []),
            ...context.examples([...readers, ...rows]),
          ],
          remedy:
            stalled.length > 0
              ? [context.say(TEXTS.threads, { reader }), context.say(TEXTS.workers)]
              : [],
          alternatives: index.showsTimers || stalled.length > 0 ? [] : [context.say(BULK)],
          caveats: context.caveats({ owner, time: true }),
        }),
      };
    });
  },
});

const TITLES = { high: TEXTS.title, medium: TEXTS.likely, low: TEXTS.slow };
