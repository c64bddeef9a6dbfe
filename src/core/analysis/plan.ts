import { NONE } from '../model/row';
import { State } from '../vocabulary/state';
import type { SnapshotIndex } from '../index/snapshotIndex';
import type { History } from './time/history';
import { NEEDS, type Rule } from './kit/rule';

/** The bits of {@link NEEDS} stand above those of the {@link State}s and this one. */
const SOCKETS = 1 << State.Count;

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
  const sockets = needs.counters !== true && needs.interfaces !== true;
  return {
    rule,
    states: (needs.states ?? []).reduce((all, state) => all | (1 << state), 0),
    all: NEEDS.reduce(
      (all, need, i) => all | (needs[need] === true ? bitOf(i) : 0),
      sockets ? SOCKETS : 0,
    ),
  };
}

function shownBy(index: SnapshotIndex, { hosts }: History): number {
  const { counts, snapshot } = index;
  const others: Record<(typeof NEEDS)[number], boolean> = {
    flows: index.flows.length > 0,
    bothEnds: hosts.several || index.connections.hasLocal,
    acceptors: counts[State.Listen]! > 0 || counts[State.CloseWait]! > 0,
    received: index.received.size > 0,
    sending: index.sending.size > 0,
    queues: index.showsQueues,
    timers: index.showsTimers,
    pids: index.showsPids,
    counters: snapshot.counted.length > 0,
    interfaces: snapshot.interfaces.length > 0,
    routes: snapshot.routes.length > 0,
    time: hosts.previous(index.number) !== NONE,
  };
  let shown = index.size > 0 ? SOCKETS : 0;
  for (let state: State = State.None; state < State.Count; state++) {
    shown |= counts[state]! > 0 ? 1 << state : 0;
  }
  for (let i = 0; i < NEEDS.length; i++) {
    shown |= others[NEEDS[i]!] ? bitOf(i) : 0;
  }
  return shown;
}

/** The bit of one of {@link NEEDS}. */
function bitOf(need: number): number {
  return SOCKETS << (need + 1);
}
