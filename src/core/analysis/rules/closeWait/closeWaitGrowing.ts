import { getOrAdd } from '../../../model/maps';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import {
  CLOSE_WAIT_ERROR,
  CLOSE_WAIT_WARNING,
  closeWaitByHolder,
} from '../../kit/closing/closeWait';
import {
  ANSWERED,
  mayAnswer,
  otherReadings,
  PASSING,
  standing,
} from '../../kit/closing/closeWaitReadings';
import { isSuspendable } from '../../kit/suspendedApps';
import { Courses } from '../../kit/growing/courses';
import { course } from '../../kit/growing/growth';
import { ownerOfHolder, subjectOfHolder } from '../../../index/holder';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { NONE } from '../../../model/row';
import { closeWaitRemedy } from '../../kit/closing/closeWaitRemedy';
import { holderOfAll } from '../../kit/closing/inherited';
import type { Draft, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import { kindsOf, listsFamilies } from '../../time/gaps';
import { checkDescriptors, descriptorLimit } from '../../kit/growing/commonLimits';

/** A fall of this share is noise: connections that are just being closed come on top of a leak. */
const NOISE = 0.1;

const TEXTS = {
  title: say(
    '{program} leaks more and more connections: {first}, then {count} in CLOSE_WAIT in {snapshots} snapshots',
    'rfc9293-3.6',
  ),
  more: say(
    '{program} has more and more in CLOSE_WAIT: {first}, then {count} in {snapshots} snapshots',
    'rfc9293-3.6',
  ),
  why: say(
    'The number in CLOSE_WAIT is growing, and earlier connections are still there.',
    'rfc9293-3.6',
  ),
  again: say(
    'Again since a restart: PID {pid} before had {first}, then {count} in CLOSE_WAIT.',
    'general-practice',
  ),
  leaked: say('New connections are leaked, too.', 'general-practice'),
};

/** CLOSE_WAIT of one subject while it grew, in the snapshots that tell of it. */
interface Rise {
  /** Their places among those of the host, from the last one before it grew; and how many each has. */
  readonly places: number[];
  readonly counts: number[];
  /** Steps of it that went up, and where the last one ends in these lists. */
  rises: number;
  lastRise: number;
  /** How many sockets of all states the subject had in the first; 0 where that is not known. */
  readonly sockets: number;
  /** In how many snapshots before the first there were as many. */
  readonly stood: number;
}

/** The same of the process that a restart has replaced. */
interface Former {
  readonly pid: number;
  readonly rise: Rise;
}

const THRESHOLDS = {
  ...CLOSE_WAIT_WARNING,
  ...CLOSE_WAIT_ERROR,
  growingSnapshots: threshold.snapshots(
    3,
    'Report a growing leak after this many snapshots, each with more CLOSE_WAIT sockets.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const closeWaitGrowing = rule({
  code: 'CW-3',
  id: 'close-wait-growing',
  title: label('Growing number of CLOSE_WAIT sockets'),
  thresholds: THRESHOLDS,
  needs: { states: [State.CloseWait], time: true },
  find(context) {
    const course = COURSES.to(context);
    return each(closeWaitByHolder.of(context.index), ([number, rows]) => {
      const rise = course.riseOf(context.index, number);
      // What a program still sends on, or reads, is not leaked.
      if (rise === undefined || standing(context, rows).length <= rise.counts[0]!) {
        return undefined;
      }
      const earlier = course.earlierOf(context.index, number);
      if (earlier !== undefined && isRefilled(context, earlier, rows.length)) {
        return undefined;
      }
      const former =
        earlier !== undefined && isSameLeak(context, course, earlier, rows) ? earlier : null;
      return isLeak(context, rise, rows, former)
        ? draft(context, number, rows, rise, former)
        : undefined;
    });
  },
});

/** How the CLOSE_WAIT of each subject of a host went on, from snapshot to snapshot. */
class Course {
  /** The place of the snapshot that was added last. */
  public place = -1;
  private readonly rises = new Map<string, Rise>();
  /** By view, the last place at which a subject would have been shown. */
  private readonly shown = new Map<string, number>();
  private isWhole = false;
  private isPrivileged = false;
  /** By name, the PID of the only process that has it; those that have replaced another one. */
  private readonly only = new Map<string, number>();
  private readonly replaced = new Map<number, number>();
  /** By the PID of a process that was replaced, the services whose connections it had. */
  private readonly services = new Map<number, ReadonlySet<string>>();
  /** Address families of what is in CLOSE_WAIT: a listing without them does not show it. */
  private families = 0;

  /** How it went on with what a holder has in the snapshot that was added last. */
  public riseOf(index: SnapshotIndex, holder: number): Rise | undefined {
    return this.rises.get(keyOf(index, holder));
  }

  /** The same of the only process of that name before, which is gone. */
  public earlierOf(index: SnapshotIndex, holder: number): Former | undefined {
    const pid = this.replaced.get(ownerOfHolder(index, holder)?.pid ?? NONE);
    const rise = pid === undefined ? undefined : this.rises.get(`${OWNED} pid ${pid}`);
    return rise === undefined ? undefined : { pid: pid!, rise };
  }

  /** The services whose connections a process had last; `find` makes an old index, and is asked once. */
  public servicesOf(pid: number, find: () => ReadonlySet<string>): ReadonlySet<string> {
    return getOrAdd(this.services, pid, find);
  }

  /** Of what the snapshot may leave out, nothing is known. */
  public add(index: SnapshotIndex, at: (place: number) => SnapshotIndex): void {
    const place = ++this.place;
    const { listing, unprivileged } = index.snapshot;
    if (!listing.filtered && !this.isWhole) {
      // What has passed a filter was not all.
      this.rises.clear();
      this.shown.clear();
      this.isWhole = true;
    }
    const isPart = listing.filtered && this.isWhole;
    for (const [holder, rows] of closeWaitByHolder.of(index)) {
      const count = rows.length;
      this.families |= kindsOf(index.table, rows).families;
      const key = keyOf(index, holder);
      const shown = this.shown.get(viewOf(index, holder));
      const last = this.rises.get(key);
      const rise = last !== undefined && last.places.at(-1)! >= (shown ?? 0) ? last : undefined;
      if (isPart && (rise === undefined || count < rise.counts.at(-1)!)) {
        continue;
      }
      const sockets = socketsOf(index, holder);
      const before =
        rise ??
        (this.wasThere(index, holder, at)
          ? start(shown!, 0, socketsThen(index, holder, at(shown!)))
          : start(place, count, sockets));
      this.rises.set(key, next(before, place, count, sockets));
    }
    const lists = index.listsConnections && listsFamilies(index, this.families);
    if (lists && !isPart) {
      this.shown.set(viewWithout(index), place);
      this.isPrivileged ||= index.showsPids && !unprivileged;
      if (index.showsPids && !(unprivileged && this.isPrivileged)) {
        this.shown.set(OWNED, place);
        this.noteRestarts(index);
      }
    }
  }

  /** A worker that comes beside others, or to which its parent is still there, replaces none. */
  private noteRestarts({ owners }: SnapshotIndex): void {
    const pids = new Map<string, number>();
    for (let owner = 0; owner < owners.size; owner++) {
      const { pid, process } = owners.get(owner);
      if (pid !== null && process !== null) {
        pids.set(process, pids.has(process) ? NONE : pid);
      }
    }
    for (const [name, pid] of pids) {
      const before = this.only.get(name) ?? NONE;
      if (before !== NONE && pid !== NONE && pid !== before) {
        this.replaced.set(pid, before);
      }
      this.only.set(name, pid);
    }
  }

  /** Whether the last snapshot that would have shown what a holder has shows the holder. */
  private wasThere(
    index: SnapshotIndex,
    holder: number,
    at: (place: number) => SnapshotIndex,
  ): boolean {
    const shown = this.shown.get(viewOf(index, holder));
    const pid = ownerOfHolder(index, holder)?.pid ?? null;
    return shown !== undefined && (pid === null || at(shown).owners.find(pid) !== NONE);
  }
}

const OWNED = 'owned';

const COURSES = new Courses(() => new Course());

/** What is seen of owners: sockets without one are others where owners are hidden. */
function viewWithout({ showsPids, snapshot }: SnapshotIndex): string {
  return `${showsPids} ${snapshot.unprivileged}`;
}

function viewOf(index: SnapshotIndex, holder: number): string {
  return ownerOfHolder(index, holder) === null ? viewWithout(index) : OWNED;
}

function keyOf(index: SnapshotIndex, holder: number): string {
  return `${viewOf(index, holder)} ${subjectOfHolder(index, holder)}`;
}

/** How many sockets a holder has; 0 where that is not known. */
function socketsOf(index: SnapshotIndex, holder: number): number {
  return holder < 0 ? 0 : index.owners.count(holder);
}

/** How many sockets a holder of a snapshot has in an earlier one; 0 where that is not known. */
function socketsThen(index: SnapshotIndex, holder: number, then: SnapshotIndex): number {
  const pid = ownerOfHolder(index, holder)?.pid ?? null;
  return pid === null ? 0 : then.owners.count(then.owners.find(pid));
}

function start(place: number, count: number, sockets: number, stood = 0): Rise {
  return { places: [place], counts: [count], sockets, rises: 0, lastRise: NONE, stood };
}

function next(rise: Rise, place: number, count: number, sockets: number): Rise {
  const { places, counts } = rise;
  const last = counts.at(-1)!;
  if (counts.length === 1 && last === count) {
    return start(place, count, sockets, rise.stood + 1);
  }
  if (last - count > Math.max(1, last * NOISE)) {
    return start(place, count, sockets);
  }
  places.push(place);
  counts.push(count);
  if (count > last) {
    rise.rises++;
    rise.lastRise = counts.length - 1;
  }
  return rise;
}

/** Whether a process has no more than what stood still before its restart, as a pool fills again. */
function isRefilled({ thresholds }: Context, { rise }: Former, count: number): boolean {
  return (
    hasStopped(rise, thresholds.growingSnapshots) && count <= rise.counts.at(-1)! * (1 + NOISE)
  );
}

/** Whether it has not grown for so many snapshots. */
function hasStopped({ counts, lastRise, stood }: Rise, snapshots: number): boolean {
  return lastRise === NONE
    ? stood + 1 >= snapshots
    : lastRise <= counts.length - 1 - (snapshots - 1);
}

/** Whether CLOSE_WAIT of a process grew before its restart, and of the same service. */
function isSameLeak(
  { at, history, index, thresholds }: Context,
  course: Course,
  { pid, rise }: Former,
  rows: Uint32Array,
): boolean {
  const { places, counts, rises } = rise;
  const steps = counts.length - 1;
  if (
    steps + 1 < thresholds.growingSnapshots ||
    hasStopped(rise, thresholds.growingSnapshots) ||
    rises * 2 < steps ||
    counts[steps]! <= counts[0]!
  ) {
    return false;
  }
  const services = course.servicesOf(pid, () => {
    const then = at(history.hosts.of(index.number).snapshots[places[steps]!]!);
    const owner = then.owners.find(pid);
    const [, before = []] = closeWaitByHolder.of(then).find(([holder]) => holder === owner) ?? [];
    return new Set(Array.from(before, row => serviceOf(then, row)));
  });
  return rows.some(row => services.has(serviceOf(index, row)));
}

/** The port that a row is a server's of, or the server that it is a client of. */
function serviceOf(index: SnapshotIndex, row: number): string {
  const { localPort, remoteAddress, remotePort } = index.table;
  return index.roleOf(row) === 'server'
    ? `${localPort[row]}`
    : `${index.plainAddress(remoteAddress[row]!)} ${remotePort[row]}`;
}

/** Chance makes small numbers grow too: most steps must grow, and old rows must still be there. */
function isLeak(
  { history, index, thresholds }: Context,
  rise: Rise,
  rows: Uint32Array,
  former: Former | null,
): boolean {
  const { hosts } = history;
  const { places, counts, rises } = rise;
  const steps = counts.length - 1;
  if (
    places[steps] !== hosts.place(index.number) ||
    // What leaked before a restart is known to leak.
    steps + 1 < (former === null ? thresholds.growingSnapshots : 2) ||
    rises < (former === null ? 2 : 1) ||
    rises * 2 < steps ||
    counts[steps]! <= counts[0]! ||
    // A leak that has stopped grows no more, however much it grew.
    hasStopped(rise, thresholds.growingSnapshots)
  ) {
    return false;
  }
  const middle = Math.ceil(steps / 2);
  const stayed = rows.filter(row => hosts.place(history.since(row)) <= places[middle]!).length;
  return stayed > 0 && stayed * 2 >= counts[middle]!;
}

function severityOf(context: Context, rows: Uint32Array, seconds: number | null): Severity {
  const { index, thresholds } = context;
  if (seconds === null) {
    return 'warning';
  }
  if (seconds < PASSING) {
    return rows.length >= thresholds.closeWaitError ? 'warning' : 'info';
  }
  return rows.length >= thresholds.closeWaitError ||
    (rows.length >= thresholds.closeWaitWarning && (seconds >= ANSWERED || !mayAnswer(index, rows)))
    ? 'error'
    : 'warning';
}

function draft(
  context: Context,
  number: number,
  rows: Uint32Array,
  rise: Rise,
  former: Former | null,
): Draft {
  const { index, history } = context;
  const { owner, program, subject } = holderOfAll(context, number, rows);
  const count = rows.length;
  const all = history.hosts.of(index.number).snapshots;
  // Later snapshots go on with these lists.
  const { length } = rise.places;
  const seconds = history.secondsBetween(all[rise.places[0]!]!, index.number);
  const severity = isSuspendable(context, owner) ? 'info' : severityOf(context, rows, seconds);
  const leaks = severity === 'error' && owner !== null;
  return {
    cause: 'close-wait',
    subject,
    severity,
    confidence: leaks ? 'high' : severity === 'info' || seconds === null ? 'low' : 'medium',
    rows,
    owner,
    describe: () => {
      const snapshots = rise.places.slice(0, length).map(place => all[place]!);
      const sockets = socketsOf(index, number);
      const used = Math.max(count, sockets);
      // Open connections that turn into CLOSE_WAIT take no further descriptors.
      const isFilling = rise.sockets === 0 || sockets > rise.sockets;
      const { growth, texts } = course(
        context,
        snapshots,
        (_, i) => rise.counts[i]!,
        // Elsewhere the limit is another one, or there is none.
        { limit: isFilling ? descriptorLimit(context, owner, used) : undefined },
      );
      return {
        title: context.say(leaks ? TEXTS.title : TEXTS.more, {
          program,
          first: rise.counts[0]!,
          count,
          snapshots: length,
        }),
        why: [context.say(TEXTS.why), ...(leaks ? [context.say(TEXTS.leaked)] : [])],
        evidence: [
          ...(former === null
            ? []
            : [
                context.evidence(
                  context.say(TEXTS.again, {
                    pid: String(former.pid),
                    first: former.rise.counts[0]!,
                    count: former.rise.counts.at(-1)!,
                  }),
                ),
              ]),
          ...texts.map(text => context.evidence(text)),
          ...context.examples(rows),
        ],
        confirm: checkDescriptors(context, owner?.pid ?? null),
        remedy: closeWaitRemedy(context, owner, rows, { severity, pool: false }),
        alternatives: otherReadings(context, rows, seconds),
        caveats: context.caveats({ owner, time: true }),
        growth,
      };
    },
  };
}
