import type { Text } from '../../../wording/text';
import { label, say, whileItLasts } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { closerOf } from '../../kit/closer';
import {
  BULK,
  heldUpBy,
  heldUpText,
  isSameMoment,
  isStalled,
  takenNothingFor,
  timerText,
  readerOf,
  senderElsewhere,
  waitingForReader,
} from '../../kit/transfer/zeroWindow';
import { unchanged, unsentBytes } from '../../kit/transfer/queues';
import type { Confidence, Draft } from '../../kit/draft';
import { type Drafts, each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';
import { holderOf } from '../../../index/holder';
import { groupBy, where } from '../../../index/grouping';

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
  heldUp: say(
    '{reader} is itself waiting to send: {waiting} wait in Recv-Q, {unsent} more at {sender}',
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
  needs: { bothEnds: true, received: true, queues: true },
  find: context => each([within, acrossHosts], find => find(context)),
});

/** Of connections within the host. */
function within(context: RuleContext): Drafts {
  const { index } = context;
  const all = waitingForReader.of(index);
  const groups = groupBy(all, row => holderOf(index, readerOf(index, row)));
  return each(groups, ([holder, own]) => {
    const stalled = own.filter(row => isStalled(context, row));
    const rows = stalled.length > 0 ? stalled : own;
    const readers = rows.map(row => readerOf(index, row));
    const draft = judge(context, holder, { senders: rows, readers, isStuck: stalled.length > 0 });
    // Of who waits for another reader only its own rows: that one comes first.
    return heldUpBy(context, holder, readers.length) === null
      ? { ...draft, rows: [...rows, ...readers] }
      : draft;
  });
}

/** Of connections with other hosts of the dump: those that this host is to read. */
function acrossHosts(context: RuleContext): Drafts {
  const { index, history } = context;
  if (!history.hosts.several || !history.hosts.isLast(index.number)) {
    return [];
  }
  const all = where(
    index.received.rowsBetween(State.Established, State.TimeWait),
    row => senderElsewhere(context, row) !== NONE,
  );
  return each(
    groupBy(all, row => holderOf(index, row)),
    ([holder, own]) => {
      const stalled = own.filter(row => isStalled(context, context.otherEnd(row)));
      const readers = stalled.length > 0 ? stalled : own;
      const senders = readers.map(row => context.otherEnd(row));
      return judge(context, holder, { senders, readers, isStuck: stalled.length > 0 });
    },
  );
}

/** Connections by the rows of their ends, in the same order. */
interface Waiting {
  readonly senders: Uint32Array;
  readonly readers: Uint32Array;
  /** Whether it is more than a reader that is slower than the sender. */
  readonly isStuck: boolean;
}

function judge(context: RuleContext, holder: number, waiting: Waiting): Draft {
  const { index } = context;
  const { senders, readers, isStuck } = waiting;
  const { recvQ, sendQ } = index.table;
  const { owner, program: reader, subject } = context.holder(holder);
  const sending = context.indexOf(senders[0]!);
  const left = senders.reduce((most, row) => Math.max(most, takenNothingFor(sending, row)), 0);
  const isHere = sending === index;
  const isSure =
    (left > 0 && (isHere || senders.some((row, i) => isSameMoment(context, row, readers[i]!)))) ||
    unchanged(context, senders, sendQ).run > 2;
  const confidence: Confidence = !isStuck ? 'low' : isSure ? 'high' : 'medium';
  const heldUp = heldUpBy(context, holder, readers.length);
  const accused = isStuck && heldUp === null;
  const sum = (list: Uint32Array, bytesOf: (row: number) => number): Text =>
    context.bytes(list.reduce((total, row) => total + bytesOf(row), 0));
  return {
    cause: 'not-reading',
    subject,
    severity: accused ? 'warning' : 'info',
    confidence: heldUp === null ? confidence : 'low',
    rows: readers,
    owner,
    describe: () => ({
      title: context.say(heldUp === null ? TITLES[confidence] : TEXTS.heldUp, {
        reader,
        waiting: sum(readers, row => recvQ[row]!),
        unsent: sum(senders, row => unsentBytes(index, row)),
        sender: isHere ? context.programOf(senders) : closerOf(context, readers),
      }),
      why: [context.say(sending.showsTimers ? TEXTS.why : TEXTS.whyUntimed)],
      evidence: [
        ...(heldUp === null ? [] : [context.evidence(heldUpText(context, reader, heldUp))]),
        ...(left > 0 ? [context.evidence(timerText(context, left))] : []),
        ...context.examples([...readers, ...senders]),
      ],
      remedy: accused ? [context.say(TEXTS.threads, { reader }), context.say(TEXTS.workers)] : [],
      alternatives: sending.showsTimers || isStuck ? [] : [context.say(BULK)],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

const TITLES = { high: TEXTS.title, medium: TEXTS.likely, low: TEXTS.slow };
