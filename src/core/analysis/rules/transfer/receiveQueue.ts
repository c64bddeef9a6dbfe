import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { PASSING } from '../../kit/closing/closeWaitReadings';
import { isUnaccepted } from '../../kit/listening/unaccepted';
import { threadsText } from '../../kit/closing/notReading';
import { stateQueuesCommand } from '../../kit/commands';
import type { Confidence, Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import { holderOf } from '../../../index/holder';
import { groupBy, NO_ROWS, where } from '../../../index/grouping';
import { smallest } from '../../kit/columns';
import { waitingFor } from '../../kit/unanswered/waitingFor';
import { isBeingRead, isUnchanged, queueCourse, unchanged } from '../../kit/transfer/queues';
import { heldUpBy, heldUpText, isKeptWaiting, isReadSlowly } from '../../kit/transfer/zeroWindow';

const TEXTS = {
  title: say(
    '{program} is not reading: {bytes} wait on {count} in ESTABLISHED',
    'linux-tcp-diag',
    'measured',
  ),
  likely: say(
    '{program} is most likely not reading: {bytes} wait on {count} in ESTABLISHED',
    'linux-tcp-diag',
    'measured',
  ),
  maybe: say(
    '{program} may not be reading: {bytes} wait on {count} in ESTABLISHED',
    'linux-tcp-diag',
    'measured',
  ),
  waiting: say('{program} has {bytes} to read on {count} in ESTABLISHED', 'linux-tcp-diag'),
  why: say(
    'Recv-Q counts what has come and is still unread. When it is full the sender has to stop, and even a FIN cannot come in: the peer may have closed long ago.',
    'linux-tcp-diag',
    'measured',
  ),
  same: say('Recv-Q is the same as in the snapshot before on {count}.', 'linux-tcp-diag'),
  sameLong: say(
    'Recv-Q is the same in {snapshots} snapshots in a row on {count}.',
    'linux-tcp-diag',
  ),
  old: say(
    'No data has come for at least {time} (lastrcv), so what waits has been unread for as long.',
    'ss.8',
    'measured',
  ),
  everyOne: say(
    'No connection on port {port} has been read to the end: {count} of {count} have unread data.',
    'linux-tcp-diag',
  ),
  batch: say(
    'A program that reads in batches looks like this between two of them.',
    'general-practice',
  ),
  busy: say('A busy program looks like this for a moment.', 'general-practice'),
  again: say(
    'Run this twice, some seconds apart. Data is not being read if Recv-Q stays the same, and is being read if it falls.',
    'ss.8',
  ),
  bulk: say(
    'A large download looks like this while it is running, and so does a program that reads more slowly than data comes.',
    'measured',
  ),
};

const THRESHOLDS = {
  receiveQueue: threshold.bytes(
    65_536,
    'Report a warning from this many bytes in the receive queue of a connection, if earlier snapshots, their age, or other connections show a reader that is stuck.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

/** Milliseconds without more of it from which on unread data is not that of a busy reader. */
const OLD = 10_000;

/** What waits on each of several connections at once behind a reader that falls far behind. */
const HEAP = 1_048_576;
const SEVERAL = 3;

/** Bytes that one or some requests have, and no upload. */
const REQUESTS = 16_384;

/** Connections that a busy server has not all to read at once: it answers some of them. */
const EVERY_ONE = 20;

export const receiveQueue = rule({
  code: 'RQ-1',
  id: 'receive-queue',
  title: label('Unread data in receive queues'),
  thresholds: THRESHOLDS,
  needs: { states: [State.Established], received: true, queues: true },
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
  const { index, history, thresholds } = context;
  const { recvQ, lastReceived } = index.table;
  const stands = (row: number): boolean => !isReadSlowly(context, row);
  // Who reads elsewhere may have had the next request of the same size each time.
  const reads = readersOf(context).has(number);
  const unmoved = all.filter(
    row =>
      isUnchanged(context, row, recvQ) &&
      stands(row) &&
      (!reads || recvQ[row]! > REQUESTS || isCounted(context, row)),
  );
  const much = all.filter(
    row => recvQ[row]! >= thresholds.receiveQueue && !wasRead(context, row) && stands(row),
  );
  const old = much.filter(row => (lastReceived?.[row] ?? NONE) >= OLD);
  // Much at one moment is any download; it is more where it has grown, or is a heap on several.
  const grown = reads ? [] : much.filter(row => history.previous(row) !== NONE);
  const heaps = reads ? [] : much.filter(row => recvQ[row]! >= HEAP);
  const isSmall = all.every(row => recvQ[row]! <= REQUESTS);
  const every = isSmall && !reads && isEveryOne(context, all) && all.every(stands) ? all : [];
  const strong = [
    unmoved,
    old,
    grown,
    heaps.length < SEVERAL ? NO_ROWS : onPortsOf(context, heaps, much),
    every,
    all.length === 1 ? much.filter(row => isLeftOut(context, row)) : [],
  ].find(own => own.length > 0);
  const rows = Uint32Array.from(strong ?? (much.length > 0 ? much : all));
  const same = unmoved.length > 0 ? unchanged(context, rows, recvQ) : { run: 1, seconds: null };
  const { run } = same;
  const confidence: Confidence =
    reads || (run === 1 && strong !== old)
      ? 'low'
      : run > 2 && (same.seconds ?? 0) >= PASSING
        ? 'high'
        : 'medium';
  const { owner, program, subject } = context.holder(number);
  const bytes = context.bytes(rows.reduce((total, row) => total + recvQ[row]!, 0));
  const count = rows.length;
  const heldUp = strong === undefined ? null : heldUpBy(context, number, count);
  const accused = strong !== undefined && heldUp === null;
  return {
    cause: 'not-reading',
    subject,
    severity: accused ? 'warning' : 'info',
    confidence: heldUp === null ? confidence : 'low',
    rows,
    owner,
    describe: () => {
      const { growth, texts } = queueCourse(context, rows, recvQ);
      return {
        title: context.say(accused ? TITLES[confidence] : TEXTS.waiting, {
          program,
          bytes,
          count,
        }),
        why: [context.say(TEXTS.why)],
        evidence: [
          ...(accused ? waitingFor(context, [owner?.pid ?? null]) : []),
          ...(heldUp === null ? [] : [context.evidence(heldUpText(context, program, heldUp))]),
          ...(run > 2
            ? [
                context.evidence(
                  context.say(TEXTS.sameLong, {
                    snapshots: run,
                    count: runningFor(context, rows, run),
                  }),
                ),
              ]
            : run > 1
              ? [context.evidence(context.say(TEXTS.same, { count }))]
              : strong === old
                ? [
                    context.evidence(
                      context.say(TEXTS.old, {
                        time: context.measured(smallest(old, row => lastReceived![row]!) / 1000),
                      }),
                    ),
                  ]
                : []),
          ...(strong === every
            ? [
                context.evidence(
                  context.say(TEXTS.everyOne, {
                    port: String(index.table.localPort[rows[0]!]!),
                    count,
                  }),
                ),
              ]
            : []),
          ...texts.map(text => context.evidence(text)),
          ...context.examples(rows),
        ],
        confirm: [
          context.check(TEXTS.again, stateQueuesCommand(index.system, 'ESTABLISHED', owner)),
        ],
        remedy: !accused ? [] : [threadsText(context, program)],
        alternatives:
          heldUp !== null || rows.every(row => isKeptWaiting(context, row))
            ? []
            : run > 1
              ? confidence === 'high'
                ? []
                : [context.say(TEXTS.batch)]
              : strong === old
                ? []
                : [context.say(isSmall ? TEXTS.busy : TEXTS.bulk)],
        caveats: context.caveats({ owner, time: true }),
        growth,
      };
    },
  };
}

const TITLES = { high: TEXTS.title, medium: TEXTS.likely, low: TEXTS.maybe };

/** Those of some rows that are on the local ports of a few: what is not read there is not read of all. */
function onPortsOf(
  { index }: RuleContext,
  few: Uint32Array | readonly number[],
  rows: Uint32Array,
): Uint32Array {
  const { localPort } = index.table;
  const ports = new Set(Array.from(few, row => localPort[row]!));
  return where(rows, row => ports.has(localPort[row]!));
}

/** On how many of some rows Recv-Q has been the same for so many snapshots. */
function runningFor(context: RuleContext, rows: Uint32Array, run: number): number {
  const { recvQ } = context.index.table;
  return rows.filter(row => unchanged(context, Uint32Array.of(row), recvQ).run === run).length;
}

/** Whether the listing counts what came, so that the same Recv-Q is the same data. */
function isCounted({ index: { table } }: RuleContext, row: number): boolean {
  return (table.bytesReceived?.[row] ?? NONE) !== NONE;
}

/** The holders that have lately read some of what came, on any of their connections. */
function readersOf(context: RuleContext): ReadonlySet<number> {
  const { history, index } = context;
  return index.once(readersOf, () => {
    const readers = new Set<number>();
    const isFirst = history.hosts.previous(index.number) === NONE;
    for (const row of isFirst ? [] : index.rowsIn(State.Established)) {
      if (wasRead(context, row)) {
        readers.add(holderOf(index, row));
      }
    }
    return readers;
  });
}

/** Whether some rows are all connections on a port of a server, and many. */
function isEveryOne(context: RuleContext, rows: Uint32Array): boolean {
  const { index } = context;
  const port = index.table.localPort[rows[0]!]!;
  return (
    !context.isFiltered &&
    rows.length >= EVERY_ONE &&
    rows.length === index.establishedOn(port) &&
    rows.every(row => index.table.localPort[row] === port && index.roleOf(row) === 'server')
  );
}

/** Whether a program that is shown has read all else that came on a port which it serves. */
function isLeftOut({ index }: RuleContext, row: number): boolean {
  return (
    index.owners.of(row) !== NONE &&
    index.roleOf(row) === 'server' &&
    index.establishedOn(index.table.localPort[row]!) >= SEVERAL
  );
}

/** Steps of a series in which what waits must not have fallen. */
const STEPS = 3;

/** Whether some was read lately: more came than waits now, or less waits than before. */
function wasRead(context: RuleContext, row: number): boolean {
  let at = row;
  for (let step = 0; step < STEPS && at !== NONE; step++) {
    if (isBeingRead(context, at)) {
      return true;
    }
    at = context.history.previous(at);
  }
  return false;
}
