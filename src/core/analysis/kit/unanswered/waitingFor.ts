import { addTo } from '../../../model/maps';
import { NONE } from '../../../model/row';
import { where } from '../../../index/grouping';
import { isRelay } from '../../../knowledge/relays';
import { say } from '../../../wording/statement';
import { State } from '../../../vocabulary/state';
import { TimerKind } from '../../../vocabulary/timer';
import { largest } from '../columns';
import type { Evidence } from '../draft';
import { isUnanswered } from '../lastHeard';
import { targetOf } from './attempts';
import { openRows } from '../transfer/queues';
import type { RuleContext } from '../ruleContext';
import { SILENT } from './silentTogether';

const TEXTS = {
  waits: say(
    'The same program is waiting for {remote}, which does not answer: {connections}. Most likely that is why.',
    'general-practice',
  ),
  mayWait: say(
    'The same program is waiting for {remote}, which does not answer: {connections}. That may be why.',
    'general-practice',
  ),
};

/** Silent connections to one service from which on a program depends on it, whatever else answers. */
const SEVERAL = 3;

/** Retransmissions of data from which on a peer is not just a packet away. */
const RESENT = 3;

/**
 * That processes which hang wait for a service elsewhere that does not answer, as evidence: for
 * most of them, and not beside as many connections to it that are answered. A relay goes on without
 * one of its servers.
 */
export function waitingFor(context: RuleContext, pids: readonly (number | null)[]): Evidence[] {
  const { index } = context;
  const { pid, retransmits } = index.table;
  const { silent, answered } = index.once(waitingFor, () => connectionsByPid(context));
  const targets = new Map<number, number[]>();
  for (const one of pids) {
    for (const row of one === null ? [] : (silent.get(one) ?? [])) {
      addTo(targets, targetOf(index, row), row);
    }
  }
  const [target, list] = [...targets].reduce(
    (most, one) => (one[1].length > most[1].length ? one : most),
    [NONE, [] as number[]],
  );
  const rows = Uint32Array.from(list);
  const others = pids.flatMap(one => (one === null ? [] : (answered.get(one) ?? [])));
  const same = others.filter(row => targetOf(index, row) === target);
  const isOld =
    retransmits === undefined
      ? rows.length >= SEVERAL
      : largest(rows, retransmits) >= SILENT || context.history.longestRun(rows) > 1;
  const dependsOn = rows.length >= SEVERAL || others.length === 0;
  return rows.length === 0 ||
    !isOld ||
    !dependsOn ||
    same.length >= rows.length ||
    new Set(Array.from(rows, row => pid[row])).size * 2 < pids.length
    ? []
    : [
        context.evidence(
          context.say(rows.length >= SEVERAL ? TEXTS.waits : TEXTS.mayWait, {
            remote: context.remoteText(context.remotes(rows)),
            connections: context.connections(rows.length),
          }),
        ),
      ];
}

interface ByPid {
  readonly silent: ReadonlyMap<number, number[]>;
  readonly answered: ReadonlyMap<number, number[]>;
}

/** Connections that programs, but relays, have opened to other hosts, by process. */
function connectionsByPid(context: RuleContext): ByPid {
  const { index } = context;
  const { pid, retransmits, state, timer } = index.table;
  const silent = new Map<number, number[]>();
  const answered = new Map<number, number[]>();
  const add = (lists: Map<number, number[]>, rows: Uint32Array): void => {
    for (const row of rows) {
      if (
        pid[row] !== NONE &&
        !index.isHere(row) &&
        (state[row] === State.SynSent || index.roleOf(row) === 'client') &&
        !isRelay(context.ownerOf(row)?.process ?? null)
      ) {
        addTo(lists, pid[row]!, row);
      }
    }
  };
  const resent = where(
    openRows(index, index.retransmitted),
    row => timer?.[row] === TimerKind.On && retransmits![row]! >= RESENT,
  );
  add(silent, index.rowsIn(State.SynSent));
  add(silent, resent);
  if (silent.size > 0) {
    const open = index.rowsIn(State.Established);
    add(
      answered,
      where(open, row => silent.has(pid[row]!) && !isUnanswered(index.table, row)),
    );
  }
  return { silent, answered };
}
