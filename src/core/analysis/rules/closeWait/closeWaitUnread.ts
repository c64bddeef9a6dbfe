import { TLS_CLOSE_SIZES } from '../../../explain/situations/closeWait';
import { label, say } from '../../../wording/statement';
import {
  CLOSE_WAIT_WARNING,
  closeWaitByHolder,
  receiveQueues,
  unreadBytes,
} from '../../kit/closeWait';
import { listState } from '../../kit/commands';
import type { OwnerIdentity } from '../../../index/owners';
import { remedyFor } from '../../kit/remedy';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import type { Holder, RuleContext } from '../../kit/ruleContext';
import type { SnapshotIndex } from '../../../index/snapshotIndex';

/** Unread bytes from which on it is more than a farewell or a short last request. */
const MUCH = 100;

const TEXTS = {
  title: say(
    'cw-4.title',
    '{program} has stopped reading: {bytes} unread on {count} CLOSE_WAIT',
    'measured',
    'linux-tcp-diag',
  ),
  tls: say(
    'cw-4.tls',
    '{program} holds {connections} that look like idle TLS closed by the peer',
    'measured-tls',
  ),
  why: say(
    'cw-4.why',
    'The peer sent data and its FIN; the data is still in the receive queue, so the program did not get as far as the end of the stream.',
    'measured',
    'linux-tcp-diag',
  ),
  tlsWhy: say(
    'cw-4.tls-why',
    "Recv-Q has exactly the size of a TLS close_notify and a FIN: nobody has looked at the connection since the peer's good-bye.",
    'measured-tls',
  ),
  stack: say(
    'cw-4.stack',
    'Look where its threads are: a hung one, or a response body that nobody reads.',
    'general-practice',
  ),
  moment: say(
    'cw-4.moment',
    'A program that is just reading has unread data for an instant, too.',
    'general-practice',
  ),
};

type Context = RuleContext<keyof typeof CLOSE_WAIT_WARNING>;

export const closeWaitUnread = rule({
  code: 'CW-4',
  id: 'close-wait-unread',
  title: label('rule.CW-4', 'Unread data on connections that the peer has closed'),
  thresholds: CLOSE_WAIT_WARNING,
  needs: { queues: true },
  find(context) {
    return each(closeWaitByHolder.of(context.index), ([number, rows]) => {
      const { others, farewells } = unreadOf(context.index, rows);
      return others.rows.length > 0
        ? stopped(context, context.holder(number), others)
        : farewells.length > 0
          ? idleTls(context, context.holder(number), farewells)
          : undefined;
    });
  },
});

/** Rows with unread bytes. */
interface Unread {
  readonly rows: Uint32Array;
  readonly total: number;
  /** The most of any row. */
  readonly most: number;
}

/** The rows that have unread bytes: those that look like the end of TLS, and all others. */
function unreadOf(
  index: SnapshotIndex,
  rows: Uint32Array,
): { readonly others: Unread; readonly farewells: Uint32Array } {
  const queues = receiveQueues(index, rows);
  const others = new Uint32Array(rows.length);
  const farewells = new Uint32Array(rows.length);
  let other = 0;
  let farewell = 0;
  let total = 0;
  let most = 0;
  for (let i = 0; i < rows.length; i++) {
    const queue = queues[i]!;
    const bytes = unreadBytes(index, queue) ?? 0;
    if (bytes > 0 && index.linux && TLS_CLOSE_SIZES.has(queue)) {
      farewells[farewell++] = rows[i]!;
    } else if (bytes > 0) {
      others[other++] = rows[i]!;
      total += bytes;
      most = Math.max(most, bytes);
    }
  }
  return {
    others: { rows: others.slice(0, other), total, most },
    farewells: farewells.slice(0, farewell),
  };
}

function stopped(
  context: Context,
  { owner, program, subject }: Holder,
  { rows, total, most }: Unread,
): Draft {
  const { history, thresholds } = context;
  const again = history.longestRun(rows) > 1;
  return {
    cause: 'close-wait',
    subject,
    severity:
      most > MUCH || again || rows.length >= thresholds.closeWaitWarning ? 'warning' : 'info',
    confidence: again || rows.length >= thresholds.closeWaitWarning ? 'medium' : 'low',
    rows,
    owner,
    describe: () => ({
      title: context.say(TEXTS.title, {
        program,
        bytes: context.bytes(total),
        count: rows.length,
      }),
      why: [context.say(TEXTS.why)],
      evidence: context.examples(rows),
      confirm: [{ text: context.say(TEXTS.stack), command: stackCommand(context, owner) }],
      remedy: remedyFor(context, 'CLOSE-WAIT', owner),
      alternatives: again ? [] : [context.say(TEXTS.moment)],
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
      title: context.say(TEXTS.tls, { program, connections: context.connections(rows.length) }),
      why: [context.say(TEXTS.tlsWhy)],
      evidence: context.examples(rows),
      caveats: context.caveats({ owner }),
    }),
  };
}

/** Shows what the threads of a process are doing. */
function stackCommand({ index }: RuleContext, owner: OwnerIdentity | null): string {
  const pid = owner?.pid ?? null;
  if (pid === null) {
    return listState(index.system, 'CLOSE-WAIT');
  }
  const name = owner?.process ?? '';
  if (/^java/i.test(name)) {
    return `jstack ${pid}`;
  }
  if (/^python/i.test(name)) {
    return `py-spy dump --pid ${pid}`;
  }
  return index.linux
    ? `gdb -p ${pid} -batch -ex 'thread apply all bt'`
    : listState(index.system, 'CLOSE-WAIT', owner);
}
