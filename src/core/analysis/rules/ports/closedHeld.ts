import { label, say, whileItLasts } from '../../../wording/statement';
import { protocolWord } from '../../../vocabulary/protocol';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { listState } from '../../kit/commands';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';
import { threshold } from '../../kit/threshold';
import { holderOf } from '../../../index/holder';
import { groupBy, where } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';

const TEXTS = {
  title: say(
    '{program} holds {count} sockets in CLOSED: they have no connection, and still take descriptors',
    'bsd-tcp-fsm',
    'sockstat',
  ),
  nameless: say(
    '{program} holds {count} TCP sockets that have no connection, and their descriptors',
    'lsof',
  ),
  unknown: say(
    'lsof finds no names for {count} TCP sockets of {program}: no connection, or another network namespace',
    'lsof',
    'measured',
  ),
  elsewhere: say(
    'lsof knows only the network namespace that it runs in: of a program in a container all sockets look like this, connected or not.',
    'lsof',
    'measured',
  ),
  why: say(
    'The connection of such a socket was reset, is over, or never came to be. The socket goes only when the program calls close(), or ends.',
    'bsd-tcp-fsm',
    'rfc9293-3.6',
  ),
  again: say(
    'Run this now and again in a minute. A number that only grows is a leak.',
    'general-practice',
  ),
  lsof: say(
    'List the sockets of this process with lsof again in a minute. A number that only grows is a leak.',
    'general-practice',
  ),
  close: say(
    'Find where {program} leaves a socket open: it has to call close() also after an error, a reset, or a connect() that failed.',
    'general-practice',
  ),
  restart: whileItLasts(
    say('Restarting {program} frees the descriptors, for now.', 'general-practice'),
  ),
  burst: say(
    'Many connections that were just reset at once look like this for a moment.',
    'general-practice',
  ),
};

/** Sockets without a name in a list of descriptors that are worth telling. */
const FEW = 10;

export const closedHeld = rule({
  code: 'CLD-1',
  id: 'closed-held',
  title: label('Sockets that have lost their connection and are still held'),
  thresholds: {
    closedHeld: threshold.sockets(
      50,
      'Sockets of one program without a connection, in CLOSED or nameless, that make a warning.',
    ),
  },
  find(context) {
    const { index } = context;
    if (index.size < FEW || index.hasFlows) {
      return [];
    }
    const closed = index.rowsIn(State.Closed);
    const nameless = where(index.rowsBetween(State.None, State.Listen), row =>
      isNameless(index, row),
    );
    if (closed.length + nameless.length === 0) {
      return [];
    }
    return each([true, false], named => heldRows(context, named ? closed : nameless, named));
  },
});

/** @param named Whether the rows are in CLOSED; else nothing is known of them but who holds them. */
function* heldRows(
  context: RuleContext<'closedHeld'>,
  rows: Uint32Array,
  named: boolean,
): Generator<Draft> {
  const { index } = context;
  const { closedHeld } = context.thresholds;
  // lsof is asked about one process, often of a few lines: there fewer are worth telling.
  const least = named ? closedHeld : Math.min(FEW, closedHeld);
  let known: ReadonlySet<number> | null = null;
  for (const [holder, own] of groupBy(rows, row => holderOf(index, row)).withAtLeast(least)) {
    const { owner, program, subject } = context.holder(holder);
    const count = own.length;
    const lasting = own.some(row => context.history.run(row) > 1);
    // lsof names no socket of a process in another namespace: one name shows that it is in this one.
    const isHere = named || (known ??= withNames(index)).has(holder);
    const isMinor = !isHere || count < closedHeld;
    yield {
      subject: named ? subject : `${subject} nameless`,
      severity: isMinor ? 'info' : 'warning',
      confidence: lasting && isHere ? 'high' : isMinor ? 'low' : 'medium',
      rows: own,
      owner,
      describe: () => ({
        title: context.say(named ? TEXTS.title : isHere ? TEXTS.nameless : TEXTS.unknown, {
          program,
          count,
        }),
        why: [context.say(TEXTS.why)],
        evidence: context.examples(own),
        confirm: [
          context.check(
            named ? TEXTS.again : TEXTS.lsof,
            named ? listState(context.system, 'CLOSED', owner) : null,
          ),
        ],
        remedy: [context.say(TEXTS.close, { program }), context.say(TEXTS.restart, { program })],
        alternatives: [
          ...(isHere ? [] : [context.say(TEXTS.elsewhere)]),
          ...(lasting ? [] : [context.say(TEXTS.burst)]),
        ],
        caveats: context.caveats({ owner, time: true }),
      }),
    };
  }
}

/** Who has Internet sockets that the list names. */
function withNames(index: SnapshotIndex): Set<number> {
  const holders = new Set<number>();
  const { firstRow, endRow } = index.snapshot;
  for (let row = firstRow; row < endRow; row++) {
    if (index.table.localPort[row]! > 0) {
      holders.add(holderOf(index, row));
    }
  }
  return holders;
}

/** Whether lsof could tell nothing of a socket but TCP, or not even that. */
function isNameless({ table }: SnapshotIndex, row: number): boolean {
  if (table.localPort[row] !== NONE || table.pid[row]! <= 0) {
    return false;
  }
  const { protocol } = protocolWord(table.protocol[row]!);
  const local = table.pool.get(table.localAddress[row]!);
  return (protocol === 'tcp' && local === '') || (protocol === 'other' && local === UNIDENTIFIED);
}

/** What lsof prints in place of a name. */
const UNIDENTIFIED = "can't identify protocol";
