import { groupBy, union, where } from '../../../index/grouping';
import { hasRemotes } from '../../../index/remotes';
import { getOrAdd } from '../../../model/maps';
import { State } from '../../../vocabulary/state';
import { answeredOn } from './answered';
import { HUNTED } from './hunted';
import { isUnanswered } from '../lastHeard';
import type { RemoteGroup } from '../remoteGroups';
import { onlyRemote, type RuleContext } from '../ruleContext';

/** Targets of a program on a port that answer, from which on some are always gone. */
const VERY_MANY = 20;
/** How many times the silent ones those must be. */
const FEW = 8;

/** A group; or the few of one program and port that are silent among very many that answer. */
export interface StragglingGroup extends RemoteGroup {
  /** How many answer. */
  readonly answering?: number;
}

/**
 * The same rows; those to a few of very many targets of one program are one group, unless they are
 * `heavy` to one of them, or of a network of which none answers.
 */
export function withStragglers(
  context: RuleContext,
  groups: readonly RemoteGroup[],
  heavy: number,
): readonly StragglingGroup[] {
  const { index } = context;
  const { remotePort, state } = index.table;
  const isLight = ({ rows, remote, network }: RemoteGroup): boolean =>
    network === undefined && (remote === null || rows.length < heavy);
  const light = groups.filter(isLight);
  const open = index.counts[State.Established]! + index.counts[State.TimeWait]!;
  if (light.length === 0 || open < VERY_MANY) {
    return groups;
  }
  // Several processes may run a program.
  const nameAt = (row: number): string => context.ownerOf(row)?.process ?? '';
  const names = new Map<string, number>();
  const programOf = (row: number): number => getOrAdd(names, nameAt(row), () => names.size);
  const stragglers: StragglingGroup[] = [];
  for (const [port, tried] of groupBy(
    union(light.map(({ rows }) => rows)),
    row => remotePort[row]!,
  )) {
    const answered = answeredOn(context, port);
    if (port <= 0 || HUNTED.has(port) || !hasRemotes(index, answered, VERY_MANY)) {
      continue;
    }
    const heard = where(answered, row => !isUnanswered(index.table, row));
    const listed = groupBy(
      where(heard, row => state[row] === State.Established),
      programOf,
    );
    const programs = [...listed].length;
    for (const [program, rows] of groupBy(tried, programOf)) {
      const own = listed.of(program);
      // What is in TIME_WAIT may be of the only one, or of any.
      const others = programs === Number(own.length > 0) ? heard : own;
      if (!hasRemotes(index, others, VERY_MANY)) {
        continue;
      }
      const remotes = context.remotes(rows);
      const answering = context.remotes(others).least;
      if (answering >= remotes.total * FEW) {
        stragglers.push({
          subject: `few on port ${port} ${nameAt(rows[0]!)}`,
          rows,
          remotes,
          remote: onlyRemote(remotes),
          answering,
        });
      }
    }
  }
  if (stragglers.length === 0) {
    return groups;
  }
  const taken = new Set(stragglers.flatMap(({ rows }) => [...rows]));
  const rest = light.flatMap(group => {
    const rows = where(group.rows, row => !taken.has(row));
    return rows.length === 0 ? [] : [{ ...group, rows, remotes: context.remotes(rows) }];
  });
  return [...groups.filter(group => !isLight(group)), ...rest, ...stragglers];
}
