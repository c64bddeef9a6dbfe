import type { Analysis } from '../analysis/analyze';
import type { CloseWaitGroup, SnapshotSummary } from '../analysis/summary';
import type { OwnerIdentity } from '../index/owners';
import { systemKnowledge } from '../knowledge/systems';
import { quoteValue } from '../query/words';
import type { NameOf } from '../wording/addressNames';
import { type Localizer, plain } from '../wording/text';
import { measuredDuration } from '../wording/units';
import { remoteView } from './ends';
import type { CloseWaitView, CommandView, GroupView } from './schema';

const GROUPS = 200;
const REMOTES = 3;

/** The CLOSE_WAIT sockets of a snapshot by process. */
export function closeWaitView(
  summary: SnapshotSummary,
  analysis: Analysis,
  nameOf: NameOf,
  localizer: Localizer,
): CloseWaitView {
  const { closeWait } = summary;
  return {
    count: closeWait.reduce((sum, { count }) => sum + count, 0),
    groups: {
      total: closeWait.length,
      first: closeWait
        .slice(0, GROUPS)
        .map(group => groupView(group, summary.index, analysis, nameOf, localizer)),
    },
    pidAdvice: pidAdvice(summary, localizer),
  };
}

function groupView(
  group: CloseWaitGroup,
  snapshot: number,
  { history }: Analysis,
  nameOf: NameOf,
  localizer: Localizer,
): GroupView {
  const { pid, process, count, unreadBytes, remotes } = group;
  const filter = groupFilter(group);
  let longest = 0;
  for (const row of group.rows) {
    longest = Math.max(longest, history.secondsAtLeast(row, snapshot) ?? 0);
  }
  return {
    key: `${pid ?? ''} ${process ?? ''}`,
    pid,
    process,
    count,
    ofSockets: group.ofOwner,
    unreadBytes,
    remotes: {
      total: group.remoteCount,
      first: remotes
        .slice(0, REMOTES)
        .map(remote =>
          remoteView(
            remote.address,
            { count: remote.count, closeWait: remote.count },
            filter,
            nameOf,
          ),
        ),
    },
    atLeast: longest === 0 ? null : plain(measuredDuration(longest, localizer)),
    filter,
  };
}

/** Finds the CLOSE_WAIT sockets of an owner; null where they are not so many, or not listed. */
export function ownerFilter(
  { closeWait }: SnapshotSummary,
  owner: OwnerIdentity,
  count: number,
): string | null {
  const group = closeWait
    .slice(0, GROUPS)
    .find(({ pid, process }) => pid === owner.pid && process === owner.process);
  return group?.count === count ? groupFilter(group) : null;
}

/** Finds the sockets of a group. */
function groupFilter({ pid, process }: Pick<CloseWaitGroup, 'pid' | 'process'>): string {
  const byName = process === null ? 'process:none' : `process=${quoteValue(process)}`;
  return pid === null ? `state:close-wait pid:none ${byName}` : `state:close-wait pid:${pid}`;
}

/** How to see the programs, where the dump does not show them. */
function pidAdvice(
  { closeWait, snapshot }: SnapshotSummary,
  localizer: Localizer,
): CommandView | null {
  const command = closeWait.find(group => group.ownerCommand !== null)?.ownerCommand;
  const how = systemKnowledge(snapshot.system)?.pids ?? null;
  if (command === null || command === undefined) {
    return null;
  }
  return { text: how === null ? [] : localizer.say(how).parts, command: command.command };
}
