import type { System } from '../vocabulary/system';

/** A count that a kernel keeps, as one line of a dump tells it. */
export interface Counter {
  /**
   * What the Linux tool nstat calls it (`TcpExtListenOverflows`), also where another system prints
   * the same; what nstat does not know has a name of the same kind (`SockstatTcpAlloc`).
   */
  readonly name: string;
  readonly value: number;
  /** The digits, where {@link value} cannot hold them exactly (from 2^53 on). */
  readonly exact: string | null;
  /** Where a system counts TCP for IPv4 and for IPv6 separately. */
  readonly family: CounterFamily | null;
  /** The network interface that it is of. */
  readonly interface: string | null;
  /** 0-based line. */
  readonly line: number;
  /** The words that stand for it in the dump; `N` where the number stands between them. */
  readonly raw: string;
}

/** A counter as its line tells it, wherever that stands. */
export type FoundCounter = Omit<Counter, 'line'>;

export type CounterFamily = 'IPv4' | 'IPv6';

/** A format of counters, as far as reports name it. */
export interface CounterSource {
  /** Stable name. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** The systems that print it; empty where it says nothing. */
  readonly systems: readonly System[];
  /** Whether its numbers say what is now, and are no sums since boot. */
  readonly gauges?: true;
  /** Whether it may count from its own last output on, as a rule without zeros, or does for certain. */
  readonly increments?: 'maybe' | 'certain';
}

/** What one moment shows of a kernel's counters. */
export interface Counted {
  readonly source: CounterSource;
  readonly counters: readonly Counter[];
  /**
   * Sections that were seen (`TcpExt`), of which a counter that is missing is 0: where the tool
   * leaves out zeros, and nothing was cut out of what it printed.
   */
  readonly sections: readonly string[];
}

/** All counters of a moment, in the order of the text. */
export function countersOf(counted: readonly Counted[]): Counter[] {
  return counted.flatMap(({ counters }) => counters).sort((a, b) => a.line - b.line);
}

/** How many counters there are, without counts of states. */
export function countCounters(counted: readonly Counted[]): number {
  return counted.reduce((sum, one) => sum + (isStateCount(one) ? 0 : one.counters.length), 0);
}

/** What tells the counters of a moment apart. */
export function counterKey({
  name,
  family,
  interface: of,
}: Pick<Counter, 'name' | 'family' | 'interface'>): string {
  return `${name} ${family ?? of ?? ''}`;
}

/** What people call the formats of counters. */
export function titlesOf(counted: readonly Counted[]): string {
  return [...new Set(counted.map(({ source }) => source.title))].join(', ');
}

/**
 * Whether numbers are no sums since boot but what was counted since the tool was run before: where
 * its command is not known, that it leaves out zeros shows it.
 */
export function isIncrement({ source, counters }: Counted): boolean {
  return (
    source.increments === 'certain' ||
    (source.increments === 'maybe' && counters.every(({ value }) => value !== 0))
  );
}

/** Counts of states, which stand for sockets and are none of the kernel's counters. */
export const STATE_COUNTS = 'state-counts';

/** Whether it is counts of states. */
export function isStateCount({ source }: Counted): boolean {
  return source.id === STATE_COUNTS;
}
