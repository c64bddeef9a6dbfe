import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import { type Statement, say } from '../../wording/statement';
import type { Difference, Side } from '../time/difference';
import {
  type Coverage,
  coverageOf,
  type Gap,
  gapsOf,
  isSameFilter,
  kindsOf,
  shareAddresses,
} from '../time/gaps';
import type { Rows, Stuck } from './stuck';

/** Why two snapshots cannot be compared in full. */
export interface Obstacle {
  readonly text: Statement;
  /**
   * What cannot be told: anything; whether sockets of the first are gone; whether sockets of the
   * second are new; whose they are; or only for how long it has been so.
   */
  readonly hides: 'all' | 'gone' | 'new' | 'both' | 'owners' | 'time';
  /** Where it is what one listing need not show of the other; else null. */
  readonly gap: Gap | null;
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
  names: say('One of the snapshots has names in place of addresses or ports.', 'netstat.8', 'ss.8'),
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
    'One of the snapshots may have been taken without the rights to see all processes.',
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
  /** That it hides what is new in the second; null if it does not. */
  readonly before: Statement | null;
}

/** The most important first. */
const GAPS: readonly (readonly [Gap, GapText])[] = [
  ['filtered', { after: TEXTS.filtered, before: TEXTS.filtered }],
  ['tool', { after: TEXTS.tool, before: TEXTS.tool }],
  ['rights', { after: TEXTS.rights, before: TEXTS.rights }],
  ['connections', { after: TEXTS.connectionsAfter, before: TEXTS.connectionsBefore }],
  ['listeners', { after: TEXTS.listenersAfter, before: TEXTS.listenersBefore }],
  ['protocols', { after: TEXTS.protocolsAfter, before: TEXTS.protocolsBefore }],
  ['cut', { after: TEXTS.cut, before: null }],
  ['fewer', { after: TEXTS.fewer, before: null }],
];

/** What two snapshots list, and what keeps them from being compared. */
export interface Comparability {
  readonly before: Coverage;
  readonly after: Coverage;
  /** The most important first. */
  readonly obstacles: readonly Obstacle[];
}

/** How far two snapshots can be compared, by what is stuck in each. */
export function comparabilityOf(difference: Difference, stuck: Stuck): Comparability {
  const { before, after, seconds } = difference;
  const first = indexOf(before);
  const second = indexOf(after);
  const covered = { before: coverageOf(first), after: coverageOf(second) };
  const obstacles: Obstacle[] = [];
  const add = (
    holds: boolean,
    hides: Obstacle['hides'],
    text: Statement,
    gap: Gap | null = null,
  ): void => {
    if (holds) {
      obstacles.push({ text, hides, gap });
    }
  };
  add(first.size === 0, 'all', TEXTS.emptyBefore);
  const isSame = isSameFilter(second.snapshot, first.snapshot);
  add(second.size === 0 && !isSame, 'all', TEXTS.emptyAfter);
  add(first.hasFlows || second.hasFlows, 'all', TEXTS.flows);
  const isNamed =
    (namesEnds(first, stuck.before) && !namesEnds(second, null)) ||
    (namesEnds(second, stuck.after) && !namesEnds(first, null));
  if (areDifferentHosts(before, after)) {
    add(true, 'all', TEXTS.hosts);
  } else if (isNamed) {
    add(true, 'all', TEXTS.names);
  } else {
    add(!shareAddresses(covered.before, covered.after), 'all', TEXTS.addresses);
  }
  add(seconds !== null && seconds < 0, 'all', TEXTS.older);
  if (obstacles.length > 0) {
    return { ...covered, obstacles };
  }
  const gone = gapsOf(covered.after, covered.before, kindsOf(first.table, stuck.before));
  const fresh = gapsOf(covered.before, covered.after, kindsOf(second.table, stuck.after));
  for (const [gap, texts] of GAPS) {
    // A tool that lists sockets lists them without rights, too.
    const isListed = (of: Coverage): boolean => gap === 'rights' && of.users === null;
    const hidesGone = gone.has(gap);
    const hidesNew = fresh.has(gap) && texts.before !== null && !isListed(covered.before);
    if (hidesGone && isListed(covered.after)) {
      add(true, 'owners', texts.after, gap);
    } else if (hidesGone && hidesNew && texts.after === texts.before) {
      add(true, 'both', texts.after, gap);
    } else {
      add(hidesGone, 'gone', texts.after, gap);
      add(hidesNew, 'new', texts.before!, gap);
    }
  }
  add(seconds === null, 'time', TEXTS.times);
  return { ...covered, obstacles };
}

export function indexOf({ analysis, snapshot }: Side): SnapshotIndex {
  return analysis.index(snapshot);
}

const LETTER = /[a-z]/i;

/** Whether an end of some rows of TCP is printed as a name: numbers are not known by it again. */
function namesEnds({ snapshot, table }: SnapshotIndex, rows: Rows | null): boolean {
  const { pool, localAddress, remoteAddress, localPort, remotePort } = table;
  const seen = new Uint8Array(pool.size);
  const isName = (id: number): boolean => {
    const isNew = seen[id] === 0;
    seen[id] = 1;
    // Every IPv6 address has a colon; an IPv4 address has no letter.
    return isNew && LETTER.test(pool.get(id)) && !pool.get(id).includes(':');
  };
  for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
    if (
      (rows?.has(row) ?? table.isTcp(row)) &&
      ((localPort[row] === NONE && (table.localService?.[row] ?? 0) !== 0) ||
        (remotePort[row] === NONE && (table.remoteService?.[row] ?? 0) !== 0) ||
        isName(localAddress[row]!) ||
        isName(remoteAddress[row]!))
    ) {
      return true;
    }
  }
  return false;
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
