import type { Statement } from '../../wording/statement';

/**
 * What a sum above 0 says.
 *
 * - `normal`: it grows on healthy systems.
 * - `information`: it says what happened, not that something is wrong.
 * - `growth`: trouble where it grows quickly, or in relation to the traffic.
 * - `each`: each one is worth a look.
 */
export type Verdict = 'normal' | 'information' | 'growth' | 'each';

/**
 * What a number is.
 *
 * - `sum`: of what has happened since boot.
 * - `gauge`: of what there is.
 * - `constant`: a setting that stands among the counters.
 */
type Kind = 'sum' | 'gauge' | 'constant';

/** What counts something under a name of its own. */
export type NamedBy = 'linux' | 'linux-interface' | 'linux-summary' | 'snmp' | 'bsd' | 'solaris';

/**
 * The other words for a counter, without their numbers. Words that stand in several sections for
 * different things begin with their section: `Udp: packets received`.
 */
interface OtherWords {
  /** `netstat -s` of net-tools, today's words first. Without any, it prints the kernel's name. */
  readonly netTools?: readonly string[];
  /** The kernel's name for the same of IPv6, where it is counted separately. */
  readonly ipv6?: string;
  /** `ss -s`. */
  readonly ss?: readonly string[];
  /** `netstat -s` and netsh, English first. */
  readonly windows?: readonly string[];
  /** `netstat -s` of macOS, FreeBSD and their relatives, in the plural. */
  readonly bsd?: readonly string[];
  readonly solaris?: readonly string[];
}

/** A number that a system counts. */
export interface Counter {
  /** As `nstat` prints it; what the system itself prints, where Linux has no such counter. */
  readonly name: string;
  readonly namedBy: NamedBy;
  readonly verdict: Verdict;
  readonly kind: Kind;
  /** What increments it. */
  readonly text: Statement;
  /** What it is taken for, and is not. */
  readonly misread: readonly Statement[];
  readonly words: OtherWords;
  /** What reports of this project call it, where nstat has no name for it. */
  readonly reported: readonly string[];
}

interface Rest extends OtherWords {
  readonly namedBy?: NamedBy;
  readonly kind?: Kind;
  readonly misread?: readonly Statement[];
  readonly reported?: readonly string[];
}

/** Makes a counter; of Linux, where nothing else is said. */
export function counter(
  name: string,
  verdict: Verdict,
  text: Statement,
  { namedBy = 'linux', kind = 'sum', misread = [], reported = [], ...words }: Rest = {},
): Counter {
  return { name, namedBy, verdict, kind, text, misread, words, reported };
}
