import type { SnapshotIndex } from '../../index/snapshotIndex';
import { type Statement, say } from '../../wording/statement';
import type { Difference, Side } from '../time/difference';
import { coverageOf, type Gap, gapsOf, isSameFilter, kindsOf, shareAddresses } from '../time/gaps';
import type { Stuck } from './stuck';

/** Why two snapshots cannot be compared in full. */
export interface Obstacle {
  readonly text: Statement;
  /**
   * What cannot be told: anything; whether sockets of the first are gone; whether sockets of the
   * second are new; or only for how long it has been so.
   */
  readonly hides: 'all' | 'gone' | 'new' | 'both' | 'time';
}

const TEXTS = {
  emptyBefore: say('The first snapshot has no socket.', 'general-practice'),
  emptyAfter: say('The second snapshot has no socket.', 'general-practice'),
  flows: say(
    'This format lists connections that were seen passing, and not the sockets of a host.',
    'general-practice',
  ),
  hosts: say('The two snapshots are of different hosts.', 'general-practice'),
  addresses: say(
    'The two snapshots have no local address in common: they are of different hosts or network namespaces.',
    'general-practice',
  ),
  older: say('The second snapshot is older than the first.', 'general-practice'),
  filtered: say(
    'Rows may be missing from one of the snapshots: the output was filtered or shortened.',
    'general-practice',
  ),
  tool: say(
    'The snapshots are of different tools, which need not list the same sockets.',
    'general-practice',
  ),
  rights: say(
    'The second snapshot was taken without the rights to see all processes.',
    'netstat.8',
    'ss.8',
  ),
  listenersBefore: say(
    'The first snapshot shows no listening socket, so other states may also be missing from it.',
    'netstat.8',
    'ss.8',
  ),
  listenersAfter: say(
    'The second snapshot shows no listening socket, so other states may also be missing from it.',
    'netstat.8',
    'ss.8',
  ),
  connectionsBefore: say('The first snapshot shows only listening sockets.', 'netstat.8', 'ss.8'),
  connectionsAfter: say('The second snapshot shows only listening sockets.', 'netstat.8', 'ss.8'),
  protocolsBefore: say(
    'The first snapshot does not show all protocols of the second.',
    'netstat.8',
    'ss.8',
  ),
  protocolsAfter: say(
    'The second snapshot does not show all protocols of the first.',
    'netstat.8',
    'ss.8',
  ),
  cut: say(
    'The second snapshot is cut off, or some of its lines could not be read.',
    'general-practice',
  ),
  fewer: say(
    'The second snapshot has fewer than half of the other sockets, so it may be cut off.',
    'general-practice',
  ),
  times: say('The snapshots do not show when they were taken.', 'general-practice'),
};

interface GapText {
  /** That it hides what is gone in the second snapshot. */
  readonly after: Statement;
  /** That it hides what is new in the second; null where it does not. */
  readonly before: Statement | null;
}

/** The most important first. */
const GAPS: readonly (readonly [Gap, GapText])[] = [
  ['filtered', { after: TEXTS.filtered, before: TEXTS.filtered }],
  ['tool', { after: TEXTS.tool, before: TEXTS.tool }],
  ['rights', { after: TEXTS.rights, before: null }],
  ['connections', { after: TEXTS.connectionsAfter, before: TEXTS.connectionsBefore }],
  ['listeners', { after: TEXTS.listenersAfter, before: TEXTS.listenersBefore }],
  ['protocols', { after: TEXTS.protocolsAfter, before: TEXTS.protocolsBefore }],
  ['cut', { after: TEXTS.cut, before: null }],
  ['fewer', { after: TEXTS.fewer, before: null }],
];

/** What keeps two snapshots from being compared, the most important first; by what is stuck in each. */
export function obstaclesTo(difference: Difference, stuck: Stuck): Obstacle[] {
  const { before, after, seconds } = difference;
  const first = indexOf(before);
  const second = indexOf(after);
  const covered = { before: coverageOf(first), after: coverageOf(second) };
  const obstacles: Obstacle[] = [];
  const add = (holds: boolean, hides: Obstacle['hides'], text: Statement): void => {
    if (holds) {
      obstacles.push({ text, hides });
    }
  };
  add(first.size === 0, 'all', TEXTS.emptyBefore);
  const isSame = isSameFilter(second.snapshot, first.snapshot);
  add(second.size === 0 && !isSame, 'all', TEXTS.emptyAfter);
  add(first.hasFlows || second.hasFlows, 'all', TEXTS.flows);
  if (areDifferentHosts(before, after)) {
    add(true, 'all', TEXTS.hosts);
  } else {
    add(!shareAddresses(covered.before, covered.after), 'all', TEXTS.addresses);
  }
  add(seconds !== null && seconds < 0, 'all', TEXTS.older);
  if (obstacles.length > 0) {
    return obstacles;
  }
  const gone = gapsOf(covered.after, covered.before, kindsOf(first.table, stuck.before));
  const fresh = gapsOf(covered.before, covered.after, kindsOf(second.table, stuck.after));
  for (const [gap, texts] of GAPS) {
    const hidesGone = gone.has(gap);
    const hidesNew = fresh.has(gap) && texts.before !== null;
    if (hidesGone && hidesNew && texts.after === texts.before) {
      add(true, 'both', texts.after);
    } else {
      add(hidesGone, 'gone', texts.after);
      add(hidesNew, 'new', texts.before!);
    }
  }
  add(seconds === null, 'time', TEXTS.times);
  return obstacles;
}

export function indexOf({ analysis, snapshot }: Side): SnapshotIndex {
  return analysis.index(snapshot);
}

function areDifferentHosts(before: Side, after: Side): boolean {
  if (before.analysis === after.analysis) {
    const { hosts } = before.analysis;
    return hosts.of(before.snapshot) !== hosts.of(after.snapshot);
  }
  const first = indexOf(before).snapshot.host?.toLowerCase();
  const second = indexOf(after).snapshot.host?.toLowerCase();
  return first !== undefined && second !== undefined && first !== second;
}
