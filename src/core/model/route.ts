import type { CounterFamily, CounterSource } from './counter';

/** A route, as a tool shows it at one moment. */
export interface Route {
  readonly family: CounterFamily;
  /**
   * The address of the network or host, `0.0.0.0` or `::` of the default route; a name where the
   * tool prints names.
   */
  readonly destination: string;
  /** Bits of the network; null where they are not told. */
  readonly prefixLength: number | null;
  /** The next hop; null where the destination is on the link itself, and where there is none. */
  readonly gateway: string | null;
  /** As printed: its name, or on Windows an address of it or its number; null if there is none. */
  readonly interface: string | null;
  readonly metric: number | null;
  /** As printed: `UGH`, `onlink linkdown`. */
  readonly flags: string | null;
  /** Null where the tool does not tell. */
  readonly type: RouteType | null;
  /**
   * The table of Linux that it is in, where that is not the main one: its name or number, or the
   * VRF whose table was asked for.
   */
  readonly table: string | null;
  /** Set where the kernel has made it, of an address of the interface; `ip route` alone tells. */
  readonly own?: true;
  /** Set where the list was cut: other routes may exist. */
  readonly cut?: true;
  /** 0-based line. */
  readonly line: number;
  readonly source: CounterSource;
}

/** What becomes of a packet. `reject` is `!` of netstat: `unreachable` or `prohibit`. */
export type RouteType =
  | 'unicast'
  | 'local'
  | 'broadcast'
  | 'multicast'
  | 'anycast'
  | 'throw'
  | 'unreachable'
  | 'prohibit'
  | 'blackhole'
  | 'reject';

/** The types of Linux, as `ip route` prints them. */
export const ROUTE_TYPES: readonly Exclude<RouteType, 'reject'>[] = [
  'unicast',
  'local',
  'broadcast',
  'multicast',
  'anycast',
  'throw',
  'unreachable',
  'prohibit',
  'blackhole',
];

/** A rule of policy routing (`ip rule`): which table of routes is asked for which packets. */
export interface PolicyRule {
  /** Networks of the source and the destination, as printed; null for every one. */
  readonly from: string | null;
  readonly to: string | null;
  /** Which packets it is about besides: `not`, `fwmark 0x1`, `iif eth0`; empty for all. */
  readonly selectors: string;
  /** The table that is asked; null where the rule does something else. */
  readonly table: string | null;
  /** 0-based line. */
  readonly line: number;
}
