import { subjectOfHolder } from '../../../index/holder';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import type { History } from '../../time/history';
import { State } from '../../../vocabulary/state';
import { closeWaitByHolder, isTlsFarewell, receiveQueues } from './closeWait';
import { ANSWERED } from './closeWaitReadings';
import { Courses } from '../growing/courses';
import type { RuleContext } from '../ruleContext';

/** How often all must have been replaced for it to be no chance. */
const TURNS = 2;

/** One in how many is left where a program closes them. */
const LEFT = 4;

/** How many times as many there may be now as were closed: very few say nothing of very many. */
const TIMES = 5;

/** What one holder has in CLOSE_WAIT while all of it is new from snapshot to snapshot. */
interface Turns {
  /** How often all was replaced, since which place, how many were closed, and how many there are. */
  readonly turns: number;
  readonly first: number;
  readonly closed: number;
  readonly count: number;
  /** How many there were in the snapshot before. */
  readonly before: number;
  /** The most that there have been in one snapshot since they were there in each. */
  readonly most: number;
}

/** Whether so many that were closed tell that a program closes those that have come for them. */
export function tellsOfOthers(closed: number, count: number): boolean {
  return closed > 0 && count <= closed * TIMES;
}

/** How the CLOSE_WAIT of each holder of a host was replaced, from snapshot to snapshot. */
class Turnover {
  public place = -1;
  public turns: ReadonlyMap<string, Turns> = new Map();

  public constructor(private readonly history: History) {}

  public add(index: SnapshotIndex): void {
    const { history } = this;
    const place = ++this.place;
    if (!index.listsConnections) {
      return;
    }
    const all = new Map<string, Turns>();
    // What a filter has not let pass may still be there.
    for (const [holder, rows] of index.snapshot.listing.filtered
      ? []
      : closeWaitByHolder.of(index)) {
      const subject = subjectOfHolder(index, holder);
      const before = this.turns.get(subject);
      const { length: count } = rows;
      const isTurned = before !== undefined && rows.every(row => history.run(row) === 1);
      all.set(subject, {
        turns: isTurned ? before.turns + 1 : 0,
        first: isTurned ? before.first : place,
        closed: isTurned ? before.closed + before.count : 0,
        count,
        before: before?.count ?? 0,
        most: Math.max(before?.most ?? 0, count),
      });
    }
    this.turns = all;
  }
}

const COURSES = new Courses(history => new Turnover(history));

/** How many a holder had in CLOSE_WAIT in the snapshot before; 0 where that is not known, too. */
export function countBefore(context: RuleContext, subject: string): number {
  return COURSES.to(context).turns.get(subject)?.before ?? 0;
}

/** The most that a holder had in one of these snapshots, if only a few of so many are left; else 0. */
export function fallenFrom(context: RuleContext, subject: string, count: number): number {
  const most = COURSES.to(context).turns.get(subject)?.most ?? 0;
  return count * LEFT <= most ? most : 0;
}

/**
 * Whether none of those is left, and they were enough to tell of those that have come since. That
 * another connection of the process has lasted shows that it was not started again in between, as
 * in a container, where the new one has the same number.
 */
export function areNoneLeft(context: RuleContext, subject: string, owner: number): boolean {
  const found = COURSES.to(context).turns.get(subject);
  return (
    found?.turns === 1 &&
    tellsOfOthers(found.before, found.count) &&
    lastingOwners(context).has(owner)
  );
}

/** The owners of connections that are open in this snapshot and were in the one before. */
function lastingOwners({ history, index }: RuleContext): ReadonlySet<number> {
  return index.once(lastingOwners, () => {
    const open = index.rowsIn(State.Established).filter(row => history.run(row) > 1);
    return new Set(Array.from(open, row => index.owners.of(row)));
  });
}

/**
 * In how many snapshots in a row all that a holder has in CLOSE_WAIT, and has read, was new: the
 * program closes it, if late, also where more and more comes. 0 where that is not known, or not so.
 */
export function snapshotsReplaced(
  context: RuleContext,
  subject: string,
  rows: Uint32Array,
): number {
  const { history, index } = context;
  const found = COURSES.to(context).turns.get(subject);
  if (found === undefined || found.turns < TURNS || !tellsOfOthers(found.closed, rows.length)) {
    return 0;
  }
  const since = history.hosts.of(index.number).snapshots[found.first]!;
  const seconds = history.secondsBetween(since, index.number);
  const isSoon = seconds === null || seconds <= found.turns * ANSWERED;
  const isRead = receiveQueues(index, rows).every(
    queue => queue <= 1 || isTlsFarewell(index, queue),
  );
  return isSoon && isRead ? found.turns : 0;
}
