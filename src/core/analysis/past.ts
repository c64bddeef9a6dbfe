import { lacksFamilies } from '../index/families';
import type { SnapshotIndex } from '../index/snapshotIndex';
import { tellsOnlySockets } from '../model/snapshot';
import type { Dump } from '../reading/dump';
import { State } from '../vocabulary/state';
import { label, say } from '../wording/statement';
import type { Localizer } from '../wording/text';
import { type Finding, SEVERITIES, type Severity } from './finding';
import type { Hosts } from './hosts/hosts';

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
        : lists(at(one), at(snapshot), rows, owner !== null),
    );
}

/** The short options of these long ones. */
const SHORT: Readonly<Partial<Record<string, string>>> = { '--all': 'a', '--listening': 'l' };

/**
 * Whether a command asks for connections, too: of `-a` and `-l`, ss takes the last (measured). `-L`
 * of macOS and FreeBSD lists accept queues.
 */
function asksForAll(command: string | null): boolean {
  const options = (command ?? '')
    .split(' ')
    .map(word => SHORT[word] ?? (/^-[^-]/.test(word) ? word : ''))
    .join('');
  return !options.includes('L') && options.lastIndexOf('a') > options.lastIndexOf('l');
}

/** Whether a listing would have some rows of an earlier one, with their owners, if they were still there. */
function lists(
  index: SnapshotIndex,
  before: SnapshotIndex,
  rows: Uint32Array,
  isOwned: boolean,
): boolean {
  const { snapshot, counts, system } = index;
  const states = new Set(Array.from(rows, row => before.table.state[row] as State));
  const hidesOwners =
    (isOwned && before.showsPids && !index.showsPids) ||
    (snapshot.unprivileged && !before.snapshot.unprivileged);
  // Without owners it may still be theirs, unless there is none at all.
  if (
    snapshot.listing.filtered ||
    (hidesOwners && [...states].some(state => counts[state]! > 0)) ||
    (states.has(State.None) && counts[State.None] === 0)
  ) {
    return false;
  }
  const sum = (from: State): number => counts.subarray(from).reduce((all, n) => all + n, 0);
  const tcp = rows.filter(row => before.table.isTcp(row));
  const hasConnections = [...states].some(state => state > State.Listen);
  return (
    (tcp.length === 0 || (sum(State.Unknown) > 0 && !lacksFamilies(index, before.table, tcp))) &&
    // What listens alone may be all that was asked for; Windows always lists both.
    (!hasConnections ||
      sum(State.Listen + 1) > 0 ||
      system === 'windows' ||
      snapshot.listsBoth ||
      asksForAll(snapshot.listing.command))
  );
}
