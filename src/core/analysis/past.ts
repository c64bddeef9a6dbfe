import { programText } from '../explain/facts';
import type { SnapshotIndex } from '../index/snapshotIndex';
import { getOrAdd } from '../model/maps';
import { NONE } from '../model/row';
import { tellsOnlySockets } from '../model/snapshot';
import type { Dump } from '../reading/dump';
import { label, say } from '../wording/statement';
import { type Localizer, reworded } from '../wording/text';
import { type Finding, type Severity } from './finding';
import type { Hosts } from './hosts/hosts';
import { PASSING } from './kit/closing/closeWaitReadings';
import { lower } from './kit/draft';
import { FINDING_TEXTS, stuckText } from './kit/findingTexts';
import type { Group } from './merge';
import { type Coverage, coverageOf, gapsOf, type Kinds, kindsOf } from './time/gaps';
import type { History } from './time/history';

const TEXTS = {
  until: label('Until snapshot {snapshot} of {count}: {finding}'),
  gone: say(
    'Seen in snapshot {snapshot} of {count}, and gone in the last one.',
    'general-practice',
  ),
  at: label('In snapshot {snapshot} of {count}: {finding}'),
  unknown: say(
    'Later snapshots do not list what would show whether this is over.',
    'general-practice',
  ),
};

/**
 * A finding that the host's last snapshot does not show. What is over weighs less, and needs no
 * check and no first aid; but a listing with fewer rows, or without processes, does not show that
 * it is over.
 * @param group What it was made of.
 */
export function past(
  finding: Finding,
  group: Group,
  endings: Endings,
  localizer: Localizer,
): Finding {
  const { title, severity, confirm, remedy, caveats, snapshot, owner, rows } = finding;
  const { hosts } = endings;
  const over = endings.shows(finding);
  const isUnclosed = group.drafts[0]!.cause === 'close-wait';
  const heir = over && isUnclosed ? endings.heirOf(finding) : null;
  // What its program has ended at once is no more than information.
  const passed = isUnclosed && endings.wasPassing(finding);
  const place = {
    snapshot: hosts.place(snapshot) + 1,
    count: hosts.of(snapshot).snapshots.length,
  };
  const gone = [
    localizer.say(TEXTS.gone, place),
    ...(heir === null
      ? []
      : [
          localizer.say(FINDING_TEXTS.restarted, {
            program: programText([{ ...owner!, fd: null }], localizer),
            pid: String(heir),
            sockets: stuckText(rows.length, localizer),
          }),
        ]),
  ];
  return {
    ...finding,
    severity: over ? severityOver(severity, passed, heir !== null) : severity,
    title: reworded(
      title,
      localizer.format(over ? TEXTS.until : TEXTS.at, {
        ...place,
        finding: { ...title, verbatim: true },
      }),
    ),
    confirm: over ? [] : confirm,
    remedy: over ? remedy.filter(text => !text.passing) : remedy,
    caveats: [...(over ? gone : [localizer.say(TEXTS.unknown)]), ...caveats],
  };
}

/** What is over weighs less; but what only a restart has ended stays a warning. */
function severityOver(severity: Severity, passed: boolean, isRestarted: boolean): Severity {
  return passed ? 'info' : isRestarted && severity === 'warning' ? severity : lower(severity);
}

/** Which findings are over by what later snapshots of their hosts list. */
export class Endings {
  public readonly hosts: Hosts;
  private readonly coverages: (Coverage | undefined)[] = [];
  /** What was found out, by snapshot and what a finding is about. */
  private readonly known = new Map<string, boolean>();

  public constructor(
    private readonly dump: Dump,
    private readonly history: History,
    private readonly index: (snapshot: number) => SnapshotIndex,
  ) {
    this.hosts = history.hosts;
  }

  /** Whether a later snapshot would show what a finding is about, if it were still so. */
  public shows({ rows, owner, snapshot }: Finding): boolean {
    const { table } = this.dump;
    const kinds = rows.length === 0 ? null : kindsOf(table, rows);
    const isOwned = owner !== null;
    const key = `${snapshot} ${kinds?.states} ${kinds?.families} ${isOwned}`;
    return getOrAdd(this.known, key, () =>
      this.hosts
        .of(snapshot)
        .snapshots.slice(this.hosts.place(snapshot) + 1)
        .some(later => this.wouldShow(later, snapshot, kinds, isOwned)),
    );
  }

  /** The process that has come for the one that a finding is about; null where none is known. */
  public heirOf({ owner, snapshot }: Finding): number | null {
    const pid = owner?.pid ?? null;
    const { owners } = this.lastOf(snapshot);
    if (pid === null || owner!.process === null || owners.find(pid) !== NONE) {
      return null;
    }
    const alike = Array.from({ length: owners.size }, (_, number) => owners.get(number)).filter(
      ({ process }) => process === owner!.process,
    );
    const heir = alike[0]?.pid ?? null;
    // A worker that comes beside others replaces none.
    const isNew = alike.length === 1 && this.index(snapshot).owners.find(heir ?? NONE) === NONE;
    return isNew ? heir : null;
  }

  /** Whether what a finding is about was seen for a moment only, and its program has ended it. */
  public wasPassing({ owner, rows, snapshot }: Finding): boolean {
    const pid = owner?.pid ?? null;
    return (
      (pid === null || this.lastOf(snapshot).owners.find(pid) !== NONE) &&
      // Without times it may have lasted.
      rows.every(row => (this.history.secondsAtLeast(row, snapshot) ?? PASSING) < PASSING)
    );
  }

  private lastOf(snapshot: number): SnapshotIndex {
    return this.index(this.hosts.of(snapshot).snapshots.at(-1)!);
  }

  /** Whether a snapshot would show rows of an earlier one, with their owners, or what is no row. */
  private wouldShow(
    later: number,
    snapshot: number,
    kinds: Kinds | null,
    isOwned: boolean,
  ): boolean {
    if (kinds === null) {
      return !tellsOnlySockets(this.dump.snapshots[later]!);
    }
    const coverage = this.coverage(later);
    const before = this.coverage(snapshot);
    const gaps = gapsOf(coverage, before, kinds);
    const hidesOwners = gaps.has('rights') || (isOwned && before.showsPids && !coverage.showsPids);
    // Without its owner a socket may still be theirs, unless there is none at all in its state.
    const mayBeLeft =
      coverage.snapshot.dialects.some(({ perFile }) => perFile === true) ||
      (kinds.states & coverage.states) !== 0;
    return [...gaps].every(gap => gap === 'rights') && !(hidesOwners && mayBeLeft);
  }

  private coverage(snapshot: number): Coverage {
    return (this.coverages[snapshot] ??= coverageOf(this.index(snapshot)));
  }
}
