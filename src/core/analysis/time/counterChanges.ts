import {
  type Counted,
  type Counter,
  counterKey,
  type CounterSource,
  isIncrement,
} from '../../model/counter';
import type { Snapshot } from '../../model/snapshot';
import { NONE } from '../../model/row';
import { epochOf, type Hosts } from '../hosts/hosts';

/** A counter at two moments. */
interface CounterChange {
  /** As the second moment shows it; as the first does where only that has it. */
  readonly counter: Counter;
  readonly from: number;
  readonly to: number;
  /** Whether it goes up and down, unlike a sum. */
  readonly gauge: boolean;
}

/** How the counters of a host moved between two snapshots that both have some. */
export interface CounterChanges {
  /** Seconds between the two; null where their times are not known. */
  readonly seconds: number | null;
  /**
   * Whether a sum got smaller: the host was started again, or it is another host or network
   * namespace, or 32 bits were full. Then no change means anything.
   */
  readonly restarted: boolean;
  /** All that both snapshots tell, in the order of the second. */
  readonly list: readonly CounterChange[];
  /** The same by {@link counterKey}. */
  readonly byKey: ReadonlyMap<string, CounterChange>;
  /** How many counters the second lacks, though the first has them and the second the tool. */
  readonly missing: number;
}

/** Counters of Linux that are no sums: what is now, and constants. */
const GAUGES: ReadonlySet<string> = new Set([
  'IpForwarding',
  'IpDefaultTTL',
  'TcpRtoAlgorithm',
  'TcpRtoMin',
  'TcpRtoMax',
  'TcpMaxConn',
  'TcpCurrEstab',
  'MPTcpExtMPCurrEstab',
  'SctpSctpCurrEstab',
]);

/** Whether a counter goes up and down, or never changes, and is no sum. */
export function isGauge({ gauges }: CounterSource, { name }: Counter): boolean {
  return gauges === true || GAUGES.has(name);
}

/** What precedes the name of a counter: the section that it stands in. */
const SECTION =
  /^(?:TcpExt|IpExt|MPTcpExt|IcmpMsg|UdpLite6|UdpLite|Icmp6|Icmp|Udp6|Udp|Ip6|Ip|Tcp|Sctp)/;

/**
 * Compares the counters of two snapshots. Of what several tools print, those of the first count; a
 * tool is compared with itself, and with others of its system only where the first has it not.
 */
export function counterChanges(before: Snapshot, after: Snapshot): CounterChanges {
  const first = epochOf(before);
  const second = epochOf(after);
  const changes = new Map<string, CounterChange>();
  let missing = 0;
  for (const counted of after.counted) {
    const own = before.counted.find(({ source }) => source.id === counted.source.id);
    const earlier = own === undefined ? before.counted : [own];
    for (const one of earlier) {
      if (!isIncrement(one) && !isIncrement(counted) && shareSystem(one, counted)) {
        const lacking = compare(one, counted, changes);
        missing += own === undefined ? 0 : lacking;
      }
    }
  }
  const list = [...changes.values()];
  return {
    seconds: first === null || second === null || second < first ? null : (second - first) / 1000,
    restarted: list.some(({ from, to, gauge }) => to < from && !gauge),
    list,
    byKey: changes,
    missing,
  };
}

/** Whether names mean the same in both. */
function shareSystem({ source: one }: Counted, { source: other }: Counted): boolean {
  return one.id === other.id || one.systems.some(system => other.systems.includes(system));
}

/** How counters moved since an earlier snapshot of the dump. */
export interface ChangesSince extends CounterChanges {
  /** Index of that snapshot. */
  readonly since: number;
}

/**
 * How the counters of a snapshot moved since the one of its host before it that has some; null
 * where there is none before, or the two have none in common.
 */
export function changesUpTo(
  last: number,
  hosts: Hosts,
  snapshots: readonly Snapshot[],
): ChangesSince | null {
  const counted = (one: number): boolean => snapshots[one]!.counted.length > 0;
  if (!counted(last)) {
    return null;
  }
  const since = hosts.lastBefore(last, counted);
  const changes = since === NONE ? null : counterChanges(snapshots[since]!, snapshots[last]!);
  return changes === null || changes.list.length === 0 ? null : { ...changes, since };
}

/** By how much a sum grew each second; null for what is no sum, got smaller, or has no times. */
export function perSecond(
  { from, to, gauge }: CounterChange,
  { seconds, restarted }: CounterChanges,
): number | null {
  return gauge || restarted || seconds === null || seconds === 0
    ? null
    : Number(((to - from) / seconds).toPrecision(4));
}

/** Adds what both tell, and says how many counters the second lacks. */
function compare(before: Counted, after: Counted, changes: Map<string, CounterChange>): number {
  const from = byKey(before);
  const to = byKey(after);
  let missing = 0;
  const add = (key: string, counter: Counter, one: number | null, other: number | null): void => {
    if (one !== null && other !== null && !changes.has(key)) {
      changes.set(key, { counter, from: one, to: other, gauge: isGauge(after.source, counter) });
    }
  };
  for (const [key, counter] of to) {
    add(key, counter, from.get(key)?.value ?? leftOut(before, counter), counter.value);
  }
  for (const [key, counter] of from) {
    if (!to.has(key)) {
      // A sum that was above 0 is not left out as 0: the line was lost. What starts again shows in
      // others, which are always printed.
      const isLost = counter.value > 0 && !isGauge(after.source, counter);
      const value = isLost ? null : leftOut(after, counter);
      missing += Number(value === null);
      add(key, counter, counter.value, value);
    }
  }
  return missing;
}

/** The value of a counter that is not there: 0 where its section leaves out zeros. */
function leftOut({ sections }: Counted, { name }: Counter): number | null {
  return sections.includes(SECTION.exec(name)?.[0] ?? '') ? 0 : null;
}

function byKey({ counters }: Counted): Map<string, Counter> {
  const found = new Map<string, Counter>();
  for (const counter of counters) {
    const key = counterKey(counter);
    if (!found.has(key)) {
      found.set(key, counter);
    }
  }
  return found;
}
