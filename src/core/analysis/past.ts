import { getOrAdd } from '../model/maps';
import type { SnapshotIndex } from '../index/snapshotIndex';
import { tellsOnlySockets } from '../model/snapshot';
import type { Dump } from '../reading/dump';
import { label, say } from '../wording/statement';
import type { Localizer } from '../wording/text';
import { type Finding, retitled, SEVERITIES, type Severity } from './finding';
import type { Hosts } from './hosts/hosts';
import { type Coverage, coverageOf, gapsOf, type Kinds, kindsOf } from './time/gaps';

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
 */
export function past(finding: Finding, endings: Endings, localizer: Localizer): Finding {
  const { title, severity, confirm, remedy, caveats, snapshot } = finding;
  const { hosts } = endings;
  const over = endings.shows(finding);
  const place = {
    snapshot: hosts.place(snapshot) + 1,
    count: hosts.of(snapshot).snapshots.length,
  };
  return {
    ...finding,
    severity: over ? lower(severity) : severity,
    title: retitled(
      title,
      localizer.format(over ? TEXTS.until : TEXTS.at, {
        ...place,
        finding: { ...title, verbatim: true },
      }),
    ),
    confirm: over ? [] : confirm,
    remedy: over ? remedy.filter(text => !text.passing) : remedy,
    caveats: [over ? localizer.say(TEXTS.gone, place) : localizer.say(TEXTS.unknown), ...caveats],
  };
}

/** A severity one step lower, as far as it goes. */
function lower(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)]!;
}

/** Which findings are over by what later snapshots of their hosts list. */
export class Endings {
  private readonly coverages: (Coverage | undefined)[] = [];
  /** What was found out, by snapshot and what a finding is about. */
  private readonly known = new Map<string, boolean>();

  public constructor(
    private readonly dump: Dump,
    public readonly hosts: Hosts,
    private readonly index: (snapshot: number) => SnapshotIndex,
  ) {}

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
