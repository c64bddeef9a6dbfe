import type { SnapshotIndex } from '../index/snapshotIndex';
import { tellsOnlySockets } from '../model/snapshot';
import type { Dump } from '../reading/dump';
import { label, say } from '../wording/statement';
import type { Localizer } from '../wording/text';
import { type Finding, SEVERITIES, type Severity } from './finding';
import type { Hosts } from './hosts/hosts';
import { gapsOf } from './time/gaps';

const TEXTS = {
  until: label('finding.until', 'Until snapshot {snapshot} of {count}: {finding}'),
  gone: say(
    'finding.not-in-last',
    'Seen in snapshot {snapshot} of {count}, and gone in the last one.',
    'general-practice',
  ),
  at: label('finding.in-snapshot', 'In snapshot {snapshot} of {count}: {finding}'),
  unknown: say(
    'finding.not-shown',
    'Later snapshots do not list what would show whether this is over.',
    'general-practice',
  ),
};

/**
 * A finding that the host's last snapshot does not show. What is over weighs less, and needs no
 * check and no first aid; but a listing with fewer rows, or without processes, does not show that it is over.
 */
export function past(
  finding: Finding,
  dump: Dump,
  hosts: Hosts,
  at: (snapshot: number) => SnapshotIndex,
  localizer: Localizer,
): Finding {
  const { title, severity, confirm, remedy, caveats, snapshot } = finding;
  const over = isOver(finding, dump, hosts, at);
  const place = {
    snapshot: hosts.place(snapshot) + 1,
    count: hosts.of(snapshot).snapshots.length,
  };
  return {
    ...finding,
    severity: over ? lower(severity) : severity,
    title: {
      ...localizer.format(over ? TEXTS.until : TEXTS.at, {
        ...place,
        finding: { ...title, verbatim: true },
      }),
      id: title.id,
      sources: title.sources,
    },
    confirm: over ? [] : confirm,
    remedy: over ? remedy.filter(text => !text.passing) : remedy,
    caveats: [over ? localizer.say(TEXTS.gone, place) : localizer.say(TEXTS.unknown), ...caveats],
  };
}

/** A severity one step lower, as far as it goes. */
function lower(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)]!;
}

/** Whether a later snapshot would show what a finding is about, if it were still so. */
function isOver(
  { rows, owner, snapshot }: Finding,
  { snapshots: all }: Dump,
  hosts: Hosts,
  at: (snapshot: number) => SnapshotIndex,
): boolean {
  const { snapshots } = hosts.of(snapshot);
  return snapshots
    .slice(hosts.place(snapshot) + 1)
    .some(one =>
      rows.length === 0
        ? !tellsOnlySockets(all[one]!)
        : shows(at(one), at(snapshot), rows, owner !== null),
    );
}

/** Whether a listing would show some rows of an earlier one, with their owners, if they were still there. */
function shows(
  index: SnapshotIndex,
  before: SnapshotIndex,
  rows: Uint32Array,
  isOwned: boolean,
): boolean {
  const { counts, snapshot } = index;
  const gaps = gapsOf(index, before, rows);
  const hidesOwners = gaps.has('rights') || (isOwned && before.showsPids && !index.showsPids);
  // Without its owner a socket may still be theirs, unless there is none at all in its state.
  const mayBeLeft =
    snapshot.dialects.some(({ perFile }) => perFile === true) ||
    rows.some(row => counts[before.table.state[row]!]! > 0);
  return [...gaps].every(gap => gap === 'rights') && !(hidesOwners && mayBeLeft);
}
