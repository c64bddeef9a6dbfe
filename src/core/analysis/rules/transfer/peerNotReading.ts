import type { Text } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { probingRows, readerOf } from '../../kit/zeroWindow';
import { each, rule } from '../../kit/rule';
import { holderOf } from '../../../index/holder';
import { groupBy, where } from '../../../index/grouping';

const TEXTS = {
  title: say(
    'pair-2.title',
    '{reader} does not read: {waiting} wait for it, {unsent} more at {sender}',
    'measured',
    'linux-tcp-timer',
  ),
  why: say(
    'pair-2.why',
    "Both ends are in this dump: the receive queue of one is full, and the other's zero-window probes are answered. The connection is fine; the program does not call recv().",
    'measured',
    'linux-tcp-timer',
    'rfc9293-3.8.6.1',
  ),
  threads: say(
    'pair-2.remedy',
    'Look where the threads of {reader} are: blocked, deadlocked, or reading something else. A reader that is only slow needs more workers, or its sender a limit.',
    'general-practice',
  ),
};

export const peerNotReading = rule({
  code: 'PAIR-2',
  id: 'peer-not-reading',
  title: label(
    'rule.PAIR-2',
    'Both ends are in the dump: one program sends, the other does not read',
  ),
  needs: { queues: true, timers: true },
  find(context) {
    const { index } = context;
    const rows = where(probingRows.of(index), row => readerOf(index, row) !== NONE);
    const { recvQ, sendQ } = index.table;
    const groups = groupBy(rows, row => holderOf(index, readerOf(index, row)));
    return each(groups, ([holder, own]) => {
      const readers = own.map(row => readerOf(index, row));
      const { owner, program: reader, subject } = context.holder(holder);
      const sum = (list: Uint32Array, column: ArrayLike<number>): Text =>
        context.bytes(list.reduce((total, row) => total + column[row]!, 0));
      return {
        cause: 'not-reading',
        subject,
        severity: 'warning',
        confidence: 'high',
        rows: [...own, ...readers],
        owner,
        describe: () => ({
          title: context.say(TEXTS.title, {
            reader,
            waiting: sum(readers, recvQ),
            unsent: sum(own, sendQ),
            sender: context.holderOf(own[0]!).program,
          }),
          why: [context.say(TEXTS.why)],
          evidence: context.examples([...readers, ...own]),
          remedy: [context.say(TEXTS.threads, { reader })],
          caveats: context.caveats({ owner, time: true }),
        }),
      };
    });
  },
});
