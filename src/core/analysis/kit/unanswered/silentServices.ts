import { union } from '../../../index/grouping';
import { hasRemotes } from '../../../index/remotes';
import { NONE } from '../../../model/row';
import { reachOf, unmapped } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { HUNTED } from './hunted';
import { heardWithin, isUnanswered } from '../lastHeard';
import { isWithinHost } from '../reachable';
import type { RemoteGroup } from '../remoteGroups';
import type { RuleContext } from '../ruleContext';

/** Networks with silent services from which on this host is what they have in common. */
const SERVICES = 3;

/** Seconds within which an answer is of the time in which others are silent. */
const LATELY = 60;

/** Addresses of one network, asked by several programs, of which none answers: a rack has as many. */
const ADDRESSES = 5;

const NO_GROUPS: ReadonlySet<RemoteGroup> = new Set();

/**
 * The silent groups where several programs ask many addresses on several ports, and nothing that this
 * host has to do with answers, however near: else none.
 */
export function allSilent(
  context: RuleContext,
  groups: readonly RemoteGroup[],
): ReadonlySet<RemoteGroup> {
  if (context.isFiltered || groups.length === 0) {
    return NO_GROUPS;
  }
  const { index } = context;
  const { remotePort } = index.table;
  const rows = union(groups.map(group => group.rows));
  const owners = new Set(Array.from(rows, row => index.owners.of(row)));
  const ports = new Set(Array.from(rows, row => remotePort[row]!));
  return !owners.has(NONE) &&
    owners.size > 1 &&
    ports.size > 1 &&
    hasRemotes(index, rows, ADDRESSES) &&
    !rows.some(row => HUNTED.has(remotePort[row]!) || index.isHere(row)) &&
    !isAnsweredOutside(context, groups)
    ? new Set(groups)
    : NO_GROUPS;
}

/**
 * Of some silent groups the services of different kinds in different networks, where nothing outside
 * answers; else none.
 */
export function servicesOutside(
  context: RuleContext,
  groups: readonly RemoteGroup[],
): ReadonlySet<RemoteGroup> {
  const { index } = context;
  const { localAddress, pool, remotePort } = index.table;
  const services = groups.filter(
    group =>
      group.remote !== null &&
      remotePort[group.rows[0]!]! > 0 &&
      !HUNTED.has(remotePort[group.rows[0]!]!) &&
      !isWithinHost(context, group.rows),
  );
  if (services.length < SERVICES) {
    return NO_GROUPS;
  }
  const silent = services.filter(
    // No gateway is on the way to a neighbor.
    ({ rows, subject }) => areaOf(subject) !== areaOf(pool.get(localAddress[rows[0]!]!)),
  );
  const networks = new Set(silent.map(({ subject }) => areaOf(subject)));
  const ports = new Set(silent.flatMap(({ rows }) => Array.from(rows, row => remotePort[row]!)));
  return networks.size >= SERVICES && ports.size > 1 && !isAnsweredOutside(context, silent)
    ? new Set(silent)
    : NO_GROUPS;
}

/** The part of the address space that most likely has one way to it; private networks are small. */
function areaOf(address: string): string {
  const plain = unmapped(address);
  const isV4 = !plain.includes(':');
  const parts = plain.split(isV4 ? '.' : ':');
  return parts.slice(0, isV4 && reachOf(address) === 'private' ? 3 : 2).join('.');
}

/** Whether anything else was answered lately, as far from this host as some silent services. */
function isAnsweredOutside({ index }: RuleContext, silent: readonly RemoteGroup[]): boolean {
  const { pool, remoteAddress } = index.table;
  const isFar = silent.every(({ subject }) => reachOf(subject) === 'public');
  const heard = (row: number): boolean => {
    const seconds = heardWithin(index.table, row);
    return !isUnanswered(index.table, row) && (seconds === Infinity || seconds < LATELY);
  };
  const isOutside = (row: number): boolean =>
    !index.isHere(row) && !(isFar && reachOf(pool.get(remoteAddress[row]!)) === 'private');
  return (
    index.rowsIn(State.Established).some(row => isOutside(row) && heard(row)) ||
    index.rowsIn(State.TimeWait).some(isOutside)
  );
}
