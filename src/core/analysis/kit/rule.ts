import type { Label } from '../../wording/statement';
import type { Draft } from './draft';
import type { RuleContext } from './ruleContext';
import type { ThresholdSpecs } from './threshold';

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
  Specs extends ThresholdSpecs = ThresholdSpecs,
> {
  /** What reports name it: a family and a number. */
  readonly code: Code;
  /** Its stable name for settings. */
  readonly id: Id;
  /** What it looks for, for lists of rules. */
  readonly title: Label;
  /** One that several rules declare is the first one's. */
  readonly thresholds?: Specs;
  readonly needs?: RuleNeeds;
  /** Looks at one snapshot; first at its counts. The editor has its turn after each draft. */
  find(context: RuleContext<keyof Specs & string>): Drafts;
}

/** Makes a rule. */
/* @__NO_SIDE_EFFECTS__ */
export function rule<
  const Code extends string,
  const Id extends string,
  Specs extends ThresholdSpecs = Record<never, never>,
>(definition: Rule<Code, Id, Specs>): Rule<Code, Id, Specs> {
  return definition;
}

/**
 * What there is to say of each item. One is judged when the drafts of those before it have been
 * taken, so that a dump with a hundred thousand owners does not block the editor.
 */
export function* each<T>(
  items: Iterable<T>,
  judge: (item: T) => Drafts | Draft | undefined,
): Generator<Draft | undefined, void> {
  for (const item of items) {
    const found = judge(item);
    if (found !== undefined && Symbol.iterator in found) {
      yield* found;
    } else {
      yield found;
    }
  }
}
