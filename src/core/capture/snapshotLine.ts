import { Addresses } from '../index/ownAddresses';
import { SnapshotIndex } from '../index/snapshotIndex';
import { type CloseWaitGroup, type SnapshotSummary, summarize } from '../analysis/summary';
import { plain, Localizer } from '../wording/text';
import { visible } from '../wording/visible';
import { socketCount } from '../wording/units';
import { WORDS } from '../wording/words';
import type { Dump } from '../reading/dump';
import { runToEnd, type Task } from '../model/task';

/** Processes with CLOSE_WAIT that are named in one line. */
const NAMED = 3;

/** What a line tells of one snapshot; the next one is compared with it. */
export type SnapshotCounts = Pick<SnapshotSummary, 'sockets' | 'stateCounts' | 'closeWait'>;

/** The numbers of a dump's last snapshot; zeros where it has none. */
export function snapshotCounts(dump: Dump): SnapshotCounts {
  return runToEnd(snapshotCountsInSteps(dump));
}

/** The same, for those who have something else to do in between. */
export function* snapshotCountsInSteps(dump: Dump): Task<SnapshotCounts> {
  const last = dump.snapshots.length - 1;
  if (last < 0) {
    return { sockets: 0, stateCounts: {}, closeWait: [] };
  }
  const index = new SnapshotIndex(dump, last, yield* Addresses.of(dump), null);
  return yield* summarize(index, () => index);
}

/**
 * One line on a snapshot, with what changed since the one before:
 * `214 sockets; LISTEN 12, CLOSE-WAIT 62 (+5); CLOSE_WAIT: orders-api (4321) 62 (+5)`.
 */
export function snapshotLine(
  now: SnapshotCounts,
  before: SnapshotCounts | undefined,
  localizer = new Localizer(),
): string {
  const states = stateNames(now, before).map(state => {
    const count = now.stateCounts[state] ?? 0;
    return `${state} ${localizer.number(count)}${change(count, before && (before.stateCounts[state] ?? 0), localizer)}`;
  });
  const parts = [
    plain(socketCount(now.sockets, localizer)) + change(now.sockets, before?.sockets, localizer),
    states.join(', '),
  ];
  if (now.closeWait.length > 0) {
    const named = now.closeWait
      .slice(0, NAMED)
      .map(group => `${ownerName(group, localizer)} ${closeWaitCount(group, before, localizer)}`);
    parts.push(`CLOSE_WAIT: ${named.join(', ')}${now.closeWait.length > NAMED ? ', …' : ''}`);
  }
  return visible(parts.filter(part => part !== '').join('; '));
}

/** The states that there are, and those that there were, in life-cycle order. */
function stateNames(now: SnapshotCounts, before: SnapshotCounts | undefined) {
  type Counted = keyof SnapshotCounts['stateCounts'];
  const current = Object.keys(now.stateCounts) as Counted[];
  const gone = Object.keys(before?.stateCounts ?? {}) as Counted[];
  return [...current, ...gone.filter(state => !current.includes(state))];
}

function closeWaitCount(
  group: CloseWaitGroup,
  before: SnapshotCounts | undefined,
  localizer: Localizer,
): string {
  const same = before?.closeWait.find(
    other => other.pid === group.pid && other.process === group.process,
  );
  return (
    localizer.number(group.count) + change(group.count, before && (same?.count ?? 0), localizer)
  );
}

function ownerName({ pid, process }: CloseWaitGroup, localizer: Localizer): string {
  const number = pid === null ? '' : String(pid);
  if (process === null) {
    return number === '' ? plain(localizer.format(WORDS.noOwner)) : number;
  }
  return number === '' ? process : `${process} (${number})`;
}

function change(now: number, before: number | undefined, localizer: Localizer): string {
  return before === undefined || now === before ? '' : ` (${localizer.signed(now - before)})`;
}
