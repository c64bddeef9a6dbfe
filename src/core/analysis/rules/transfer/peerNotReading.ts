import type { Text } from '../../../wording/text';
import { say } from '../../../wording/statement';
import { NONE, TimerKind } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { inBlocks } from '../../../model/steps';
import { PerSnapshot } from '../../kit/perSnapshot';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { rule } from '../../kit/ruleContext';
import { partyOf } from '../../../index/holder';
import { ascending, groupBy, where } from '../../../index/grouping';

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

/** States in which unsent data can wait for the peer's window. */
const SENDING_STATES = [
  State.Established,
  State.CloseWait,
  State.FinWait1,
  State.Closing,
  State.LastAck,
] as const;

/** Rows whose peer has closed its window: zero-window probes are sent. */
export const probingRows = new PerSnapshot<Uint32Array>(function* (index) {
  const { timer } = index.table;
  const rows: number[] = [];
  if (timer !== undefined) {
    for (const state of SENDING_STATES) {
      const sending = index.sending.rowsIn(state);
      yield* inBlocks(0, sending.length, (from, end) => {
        for (let i = from; i < end; i++) {
          const row = sending[i]!;
          if (timer[row] === TimerKind.Probe) {
            rows.push(row);
          }
        }
      });
    }
  }
  return ascending(rows);
});

/** The end of a row's connection that has data to read; NONE where it is not in the dump. */
export function readerOf(index: SnapshotIndex, row: number): number {
  const peer = index.otherEnd(row);
  return peer !== NONE && peer !== row && index.table.recvQ[peer]! > 0 ? peer : NONE;
}

/** PAIR-2: both ends of a connection whose reader does not read. */
export const peerNotReading = rule(
  'PAIR-2',
  'Both ends are in the dump: one program sends, the other does not read',
  { queues: true, timers: true },
  function* (context) {
    const { index } = context;
    const rows = yield* where(yield* probingRows.in(index), row => readerOf(index, row) !== NONE);
    if (rows.length === 0) {
      return;
    }
    const { recvQ, sendQ } = index.table;
    const groups = yield* groupBy(rows, row => partyOf(index, readerOf(index, row)));
    for (const [party, own] of groups) {
      const readers = own.map(row => readerOf(index, row));
      const { owner, program: reader, subject } = context.party(party);
      const sum = (list: Uint32Array, column: ArrayLike<number>): Text =>
        context.bytes(list.reduce((total, row) => total + column[row]!, 0));
      yield {
        code: 'PAIR-2',
        cause: 'not-reading',
        subject,
        severity: 'warning',
        confidence: 'high',
        rows: [...own, ...readers],
        owner,
        tell: () => ({
          title: context.say(TEXTS.title, {
            reader,
            waiting: sum(readers, recvQ),
            unsent: sum(own, sendQ),
            sender: context.partyOf(own[0]!).program,
          }),
          why: [context.say(TEXTS.why)],
          evidence: context.examples([...readers, ...own]),
          remedy: [context.say(TEXTS.threads, { reader })],
          caveats: context.caveats({ owner, time: true }),
        }),
      };
    }
  },
);
