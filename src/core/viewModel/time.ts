import type { Analysis } from '../analysis/analyze';
import { countedState, differenceOf, type Kept, type Side } from '../analysis/time/difference';
import type { Finding } from '../analysis/finding';
import { type Host, hostName } from '../analysis/hosts/hosts';
import type { CountedState } from '../analysis/summary';
import { stateName } from '../vocabulary/state';
import { commonState } from './rows';
import { endpointText } from '../explain/facts';
import type { Localizer } from '../wording/text';
import { healthOf } from '../knowledge/health';
import type {
  ChangeKind,
  ChangeView,
  ChangesView,
  HostLinkView,
  HostView,
  TrendGrowth,
  TrendView,
} from './schema';

/** Points that a chart has at most: more are nearer to each other than its lines are wide. */
const MOST_POINTS = 300;

/** States that a chart shows at most: more lines cannot be told apart. */
const MOST_LINES = 6;

/** Sockets of each kind that a list of changes has at most. */
const MOST_CHANGES = 50;

/** Which snapshot another one is compared with: the one before it, or any. */
export type Comparison = number | 'previous';

/** How the states of a host changed; null if it has one snapshot only, or no sockets. */
export function trendView(analysis: Analysis, snapshot: number): TrendView | null {
  const host = analysis.hosts.of(snapshot);
  if (host.snapshots.length < 2) {
    return null;
  }
  const shown = thinned(host.snapshots, snapshot);
  const counts = (state: CountedState): number[] =>
    shown.map(number => analysis.snapshots[number]?.stateCounts[state] ?? 0);
  const states = new Set(
    shown.flatMap(number => Object.keys(analysis.snapshots[number]!.stateCounts) as CountedState[]),
  );
  // Listening sockets are what a server is, not what becomes of its connections.
  states.delete('LISTEN');
  const lines = [...states]
    .map(state => ({
      state,
      health: state === 'UNKNOWN' ? ('normal' as const) : healthOf(state),
      counts: counts(state),
    }))
    .sort(
      (a, b) =>
        Number(b.state === 'CLOSE-WAIT') - Number(a.state === 'CLOSE-WAIT') ||
        Math.max(...b.counts) - Math.max(...a.counts),
    );
  const drawn = lines.slice(0, MOST_LINES);
  // Of a host there may be counters alone.
  if (
    drawn.length === 0 &&
    host.snapshots.every(number => analysis.snapshots[number]?.sockets === 0)
  ) {
    return null;
  }
  return {
    points: shown.map(number => ({
      snapshot: number,
      time: analysis.dump.snapshots[number]?.time ?? null,
      seconds: analysis.history.secondsOf(number),
    })),
    lines: drawn,
    growth: growthOf(
      analysis,
      host.snapshots.at(-1)!,
      drawn.map(({ state }) => state),
    ),
  };
}

/** The growth that a finding tells of a line: of one that is on most of its sockets. */
function growthOf(
  { findings, index }: Analysis,
  newest: number,
  lines: readonly CountedState[],
): TrendGrowth | null {
  const { table } = index(newest);
  for (const { growth, rows, snapshot: own } of findings) {
    const state = growth === null || own !== newest ? null : commonState(table, rows);
    const name = state === null ? null : stateName(state);
    if (
      growth !== null &&
      state !== null &&
      name !== null &&
      lines.includes(name) &&
      rows.length * 2 > index(newest).rowsIn(state).length
    ) {
      const { perMinute, seconds, limit } = growth;
      return { state: name, perMinute, seconds, limit };
    }
  }
  return null;
}

/** Evenly chosen snapshots, the first, the last and the one on view among them. */
function thinned(snapshots: readonly number[], shown: number): readonly number[] {
  if (snapshots.length <= MOST_POINTS) {
    return snapshots;
  }
  const step = (snapshots.length - 1) / (MOST_POINTS - 1);
  const places = new Set(Array.from({ length: MOST_POINTS }, (_, i) => Math.round(i * step)));
  places.add(snapshots.indexOf(shown));
  return snapshots.filter((_, place) => places.has(place));
}

/** What changed in a snapshot; null if there is none to compare it with. */
export function changesView(
  analysis: Analysis,
  snapshot: number,
  comparison: Comparison,
): ChangesView | null {
  const number = comparison === 'previous' ? analysis.hosts.previous(snapshot) : comparison;
  if (number === snapshot || analysis.snapshots[number] === undefined) {
    return null;
  }
  const before: Side = { analysis, snapshot: number };
  const after: Side = { analysis, snapshot };
  const difference = differenceOf(before, after);
  const { added, gone, changed, stuck, same, seconds, states } = difference;
  const { table } = analysis.dump;
  const one = (kind: ChangeKind, row: number, from: number | null): ChangeView => {
    const { line, protocol, local, remote, owners } = table.socket(row);
    return {
      kind,
      line: line + 1,
      state: countedState(table, row) ?? protocol,
      from: from === null ? null : countedState(table, from),
      local: endpointText(local),
      remote: remote === null ? null : endpointText(remote),
      owner:
        owners.map(({ process, pid }) => [process, pid].filter(Boolean).join(' ')).join(', ') ||
        null,
    };
  };
  const kept = (kind: ChangeKind, pairs: readonly Kept[]): ChangeView[] =>
    pairs
      .slice(0, MOST_CHANGES)
      .map(pair => one(kind, pair.after, kind === 'changed' ? pair.before : null));
  return {
    before: number,
    seconds,
    added: added.length,
    gone: gone.length,
    changed: changed.length,
    stuck: stuck.length,
    same,
    states: states.map(({ state, before: first, after: second }) => ({
      state,
      before: first,
      after: second,
    })),
    sockets: [
      ...kept('stuck', stuck),
      ...kept('changed', changed),
      ...Array.from(added.subarray(0, MOST_CHANGES), row => one('added', row, null)),
      ...Array.from(gone.subarray(0, MOST_CHANGES), row => one('gone', row, null)),
    ],
  };
}

/** The hosts of a dump; none if it is of one only. */
export function hostViews(analysis: Analysis, snapshot: number, localizer: Localizer): HostView[] {
  const { hosts, findings, snapshots } = analysis;
  if (!hosts.several) {
    return [];
  }
  const shown = hosts.of(snapshot);
  const count = (host: Host, severity: Finding['severity']): number =>
    findings.filter(one => one.host === host.name && one.severity === severity).length;
  return hosts.list.map(host => {
    const newest = host.snapshots.at(-1)!;
    const summary = snapshots[newest];
    return {
      name: hostName(host, localizer),
      snapshot: newest,
      snapshots: host.snapshots.length,
      sockets: summary?.sockets ?? 0,
      closeWait: summary?.stateCounts['CLOSE-WAIT'] ?? 0,
      errors: count(host, 'error'),
      warnings: count(host, 'warning'),
      shown: host === shown,
    };
  });
}

/** What is connected between the hosts. */
export function hostLinkViews({ fleet }: Analysis, localizer: Localizer): HostLinkView[] {
  return fleet.links().map(({ from, to, ...counts }) => ({
    ...counts,
    from: hostName(from, localizer),
    to: hostName(to, localizer),
  }));
}
