import type { Label } from '../../wording/statement';
import type { Draft } from './draft';
import type { RuleContext } from './ruleContext';

/** What a threshold counts. */
export type ThresholdUnit =
  'sockets' | 'percent' | 'bytes' | 'snapshots' | 'retransmissions' | 'remotes';

/**
 * A number that a rule compares with: a setting and a command-line option are made from it. No
 * standard has such numbers.
 */
export interface ThresholdSpec {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: ThresholdUnit;
  /** One sentence, as settings and the command line's help show it. */
  readonly description: string;
}

const counted =
  (unit: ThresholdUnit, min: number, max: number) =>
  (byDefault: number, description: string): ThresholdSpec => {
    return { default: byDefault, min, max, unit, description };
  };

/** Makes a threshold, by what it counts, of its default and a description. */
export const threshold = {
  sockets: counted('sockets', 1, 1_000_000),
  percent: counted('percent', 1, 100),
  bytes: counted('bytes', 1, 1_073_741_824),
  snapshots: counted('snapshots', 2, 10_000),
  retransmissions: counted('retransmissions', 1, 255),
  remotes: counted('remotes', 2, 1_000_000),
};

/** What a rule finds; undefined where there was something to look at, and nothing to say. */
export type Drafts = Iterable<Draft | undefined>;

/** What a rule cannot do without. */
export interface RuleNeeds {
  readonly queues?: true;
  readonly timers?: true;
  readonly pids?: true;
  /** Several snapshots. */
  readonly time?: true;
}

/** One rule. Everything that is said of it elsewhere (settings, options, pages) is made from this. */
export interface Rule<
  Code extends string = string,
  Id extends string = string,
  ThresholdName extends string = string,
> {
  /** What reports name it: a family and a number. */
  readonly code: Code;
  /** Its stable name for settings. */
  readonly id: Id;
  /** What it looks for, for lists of rules. */
  readonly title: Label;
  /**
   * The numbers that it compares with, by the names that settings and options use. One that several
   * rules declare is the first one's.
   */
  readonly thresholds?: Readonly<Record<ThresholdName, ThresholdSpec>>;
  readonly needs?: RuleNeeds;
  /** Looks at one snapshot; first at its counts. The editor has its turn after each draft. */
  find(context: RuleContext<ThresholdName>): Drafts;
}

/** Makes a rule. */
export function rule<
  const Code extends string,
  const Id extends string,
  ThresholdName extends string = never,
>(definition: Rule<Code, Id, ThresholdName>): Rule<Code, Id, ThresholdName> {
  return definition;
}

/**
 * What there is to say of each item. One is judged when the drafts of those before it have been
 * taken, so that a dump with a hundred thousand owners does not block the editor; the first one not
 * right after what it took to find the items.
 */
export function* each<T>(
  items: Iterable<T>,
  judge: (item: T) => Drafts | Draft | undefined,
): Generator<Draft | undefined, void> {
  yield undefined;
  for (const item of items) {
    const found = judge(item);
    if (found !== undefined && Symbol.iterator in found) {
      yield* found;
    } else {
      yield found;
    }
  }
}
