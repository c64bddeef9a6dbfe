import { NONE } from '../model/row';
import { State } from '../vocabulary/state';
import type { SnapshotIndex } from '../index/snapshotIndex';
import type { History } from './time/history';
import type { Rule } from './kit/rule';

/** What a snapshot shows, as bits above those of the {@link State}s of its sockets. */
const enum Shown {
  Sockets = 1 << State.Count,
  Flows = 1 << (State.Count + 1),
  Received = 1 << (State.Count + 2),
  Sending = 1 << (State.Count + 3),
  Queues = 1 << (State.Count + 4),
  Timers = 1 << (State.Count + 5),
  Pids = 1 << (State.Count + 6),
  Counters = 1 << (State.Count + 7),
  Interfaces = 1 << (State.Count + 8),
  Routes = 1 << (State.Count + 9),
  Earlier = 1 << (State.Count + 10),
}

/** Snapshots that show different things, for which it is kept which rules can run. */
const KEPT = 256;

/** What a rule needs: one of the states, and all of the rest; 0 where it needs none. */
interface Needed<R> {
  readonly rule: R;
  readonly states: number;
  readonly all: number;
}

/** Which rules have something to look at in a snapshot. */
export class Plan<R extends Pick<Rule, 'needs'>> {
  private readonly needed: readonly Needed<R>[];
  private readonly known = new Map<number, readonly R[]>();

  public constructor(rules: readonly R[]) {
    this.needed = rules.map(neededBy);
  }

  /** The rules that can find anything in a snapshot, in their order. */
  public for(index: SnapshotIndex, history: History): readonly R[] {
    const shown = shownBy(index, history);
    let rules = this.known.get(shown);
    if (rules === undefined) {
      rules = this.needed
        .filter(
          ({ states, all }) => (states === 0 || (shown & states) !== 0) && (shown & all) === all,
        )
        .map(({ rule }) => rule);
      if (this.known.size === KEPT) {
        this.known.clear();
      }
      this.known.set(shown, rules);
    }
    return rules;
  }
}

function neededBy<R extends Pick<Rule, 'needs'>>(rule: R): Needed<R> {
  const { needs = {} } = rule;
  const bits = [
    needs.counters !== true && needs.interfaces !== true ? Shown.Sockets : 0,
    needs.flows ? Shown.Flows : 0,
    needs.received ? Shown.Received : 0,
    needs.sending ? Shown.Sending : 0,
    needs.queues ? Shown.Queues : 0,
    needs.timers ? Shown.Timers : 0,
    needs.pids ? Shown.Pids : 0,
    needs.counters ? Shown.Counters : 0,
    needs.interfaces ? Shown.Interfaces : 0,
    needs.routes ? Shown.Routes : 0,
    needs.time ? Shown.Earlier : 0,
  ];
  return {
    rule,
    states: (needs.states ?? []).reduce((all, state) => all | (1 << state), 0),
    all: bits.reduce((all, bit) => all | bit, 0),
  };
}

function shownBy(index: SnapshotIndex, { hosts }: History): number {
  const { counts, snapshot } = index;
  let shown = 0;
  for (let state: State = State.None; state < State.Count; state++) {
    shown |= counts[state]! > 0 ? 1 << state : 0;
  }
  return (
    shown |
    (index.size > 0 ? Shown.Sockets : 0) |
    (index.flows.length > 0 ? Shown.Flows : 0) |
    (index.received.size > 0 ? Shown.Received : 0) |
    (index.sending.size > 0 ? Shown.Sending : 0) |
    (index.showsQueues ? Shown.Queues : 0) |
    (index.showsTimers ? Shown.Timers : 0) |
    (index.showsPids ? Shown.Pids : 0) |
    (snapshot.counted.length > 0 ? Shown.Counters : 0) |
    (snapshot.interfaces.length > 0 ? Shown.Interfaces : 0) |
    (snapshot.routes.length > 0 ? Shown.Routes : 0) |
    (hosts.previous(index.number) === NONE ? 0 : Shown.Earlier)
  );
}
