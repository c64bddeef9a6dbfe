import { holderOf } from '../../index/holder';
import { NONE } from '../../model/row';
import type { SocketTable } from '../../model/socketTable';
import { State } from '../../vocabulary/state';
import type { RuleId } from '../ruleTable';
import type { Difference, Kept, Side } from '../time/difference';

/** Rules about ports, shares and reach: what they are about is not stuck, however many it is. */
const NOT_ABOUT_STUCK: ReadonlySet<RuleId> = new Set<RuleId>([
  'connect-scan',
  'connections-growing',
  'exposed-port',
  'local-reconnects',
  'many-from-one-remote',
  'many-time-wait',
  'no-keepalive',
  'port-exhaustion',
  'shared-port',
]);

/** Some of a snapshot's rows. */
class Rows {
  private readonly marks: Uint8Array;

  public constructor(
    private readonly firstRow: number,
    endRow: number,
  ) {
    this.marks = new Uint8Array(endRow - firstRow);
  }

  public add(row: number): void {
    this.marks[row - this.firstRow] = 1;
  }

  public has(row: number): boolean {
    return this.marks[row - this.firstRow] === 1;
  }

  /** The rows, ascending. */
  public *[Symbol.iterator](): Generator<number, void> {
    for (let i = this.marks.indexOf(1); i !== -1; i = this.marks.indexOf(1, i + 1)) {
      yield this.firstRow + i;
    }
  }
}

export type { Rows };

/**
 * The stuck rows of a snapshot: those that a finding above information is about, and that wait for
 * something that should have happened. That is any state of opening and closing but TIME_WAIT,
 * which the kernel's clock ends; and ESTABLISHED, LISTEN and what has no state only with something
 * in a queue or sent again. A listener counts where nothing else of its program does: what waits for
 * it is counted where it is listed. Rules that count ports, shares or exposed listeners do not matter
 * here.
 */
function stuckRows({ analysis, snapshot }: Side): Rows {
  const { firstRow, endRow } = analysis.dump.snapshots[snapshot]!;
  const index = analysis.index(snapshot);
  const { table } = index;
  const stuck = new Rows(firstRow, endRow);
  const listeners: number[] = [];
  const holders = new Set<number>();
  for (const { rule, severity, rows } of analysis.draftsIn(snapshot)) {
    if (severity !== 'info' && !NOT_ABOUT_STUCK.has(rule.id)) {
      for (const row of rows) {
        const state = table.state[row] as State;
        if (state === State.Listen) {
          listeners.push(row);
        } else if (canBeStuck(table, row)) {
          stuck.add(row);
          holders.add(holderOf(index, row));
        }
      }
    }
  }
  for (const row of listeners) {
    if (canBeStuck(table, row) && !holders.has(holderOf(index, row))) {
      stuck.add(row);
    }
  }
  return stuck;
}

/** Below so many seconds, that nothing is new says little: most leaks need some time to show. */
export const SOON = 30;

/** Seconds that FIN_WAIT_2 lasts on Linux once no process has it any more (tcp_fin_timeout). */
const FIN_WAIT_2_LIFE = 60;

/** The stuck rows of two snapshots. */
export interface Stuck {
  readonly before: Rows;
  readonly after: Rows;
}

/**
 * What is stuck in each of two snapshots. A socket is stuck as well in the first where the second
 * shows it so, in the same state: one snapshot alone may be too little for a finding. So it is in
 * both where it has lasted for {@link SOON} seconds in a state that should pass in moments, or for
 * longer than the kernel's clock allows, however few there are.
 */
export function stuckInBoth({ before, after, kept, seconds, stuck }: Difference): Stuck {
  const first = stuckRows(before);
  const second = stuckRows(after);
  const { table } = before.analysis.dump;
  const { state: later } = after.analysis.dump.table;
  for (const pair of stuck) {
    const life = later[pair.after] === State.FinWait2 ? FIN_WAIT_2_LIFE : SOON;
    if (seconds !== null && seconds >= life) {
      second.add(pair.after);
    }
  }
  for (const pair of kept) {
    const row = pair.before;
    if (
      second.has(pair.after) &&
      table.state[row] === later[pair.after] &&
      canBeStuck(table, row)
    ) {
      first.add(row);
    }
  }
  return { before: first, after: second };
}

/** Whether a row waits for something, as far as it shows that itself. */
function canBeStuck(table: SocketTable, row: number): boolean {
  const state = table.state[row] as State;
  return !passes(state) && (!moves(state) || stands(table, row));
}

/** What became of a stuck socket that both snapshots have. */
export type Fate = 'remaining' | 'freed' | 'moved';

/** What became of a socket that was stuck. `isStuck` says whether the second row is. */
export function fateOf(
  first: SocketTable,
  second: SocketTable,
  { before, after }: Kept,
  isStuck: boolean,
): Fate {
  const from = first.state[before] as State;
  const to = second.state[after] as State;
  if (from !== to) {
    return passes(to) || to === State.Established ? 'freed' : isClosing(to) ? 'moved' : 'remaining';
  }
  if (isStuck || !moves(to)) {
    return 'remaining';
  }
  // Also what was not accepted yet and has an empty queue: then its owner is what is new.
  const accepted = first.pid[before] === NONE && second.pid[after] !== NONE;
  return accepted || !stands(second, after) ? 'freed' : 'remaining';
}

/** Whether the kernel ends a state on its own. */
function passes(state: State): boolean {
  return state === State.TimeWait;
}

/** Whether a state is one in which sockets live, so that only queues show that they are stuck. */
function moves(state: State): boolean {
  return state <= State.Listen || state === State.Established;
}

/** Whether something waits in a queue, or is sent again. Send-Q of LISTEN is its backlog. */
function stands(table: SocketTable, row: number): boolean {
  const { recvQ, sendQ, retransmits, probes, state } = table;
  return (
    recvQ[row]! > 0 ||
    (sendQ[row]! > 0 && (state[row] as State) !== State.Listen) ||
    (retransmits?.[row] ?? NONE) > 0 ||
    (probes?.[row] ?? NONE) > 0
  );
}

/** Whether this end has closed, and the peer's answer is outstanding. */
function isClosing(state: State): boolean {
  return (
    state === State.FinWait1 ||
    state === State.FinWait2 ||
    state === State.Closing ||
    state === State.LastAck
  );
}
