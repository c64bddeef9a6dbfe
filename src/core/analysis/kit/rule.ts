import type { State } from '../../vocabulary/state';
import type { Label } from '../../wording/statement';
import type { Draft } from './draft';
import type { RuleContext } from './ruleContext';
import type { ThresholdSpec } from './threshold';

/** What a rule finds; undefined where there was something to look at, and nothing to say. */
export type Drafts = Iterable<Draft | undefined>;

/** What a rule cannot do without. */
interface RuleNeeds {
  /** A socket in one of these states; {@link State.None} is that of other protocols than TCP. */
  readonly states?: readonly State[];
  /** Connections that were seen passing. */
  readonly flows?: true;
  /** Both ends of connections: of some within the host, or by dumps of several. */
  readonly bothEnds?: true;
  /** What listens, or connections that wait to be accepted. */
  readonly acceptors?: true;
  /** A socket with something in Recv-Q. */
  readonly received?: true;
  /** A socket with something in Send-Q. */
  readonly sending?: true;
  /** Columns of queues, whatever is in them. */
  readonly queues?: true;
  readonly timers?: true;
  readonly pids?: true;
  /** Counters; sockets need not be there. */
  readonly counters?: true;
  /** Interfaces; sockets need not be there. */
  readonly interfaces?: true;
  readonly routes?: true;
  /** An earlier snapshot of the same host. */
  readonly time?: true;
}

/** What rules need besides states. */
export const NEEDS = [
  'flows',
  'bothEnds',
  'acceptors',
  'received',
  'sending',
  'queues',
  'timers',
  'pids',
  'counters',
  'interfaces',
  'routes',
  'time',
] as const satisfies readonly (keyof RuleNeeds)[];

/** A word of a row that problems mark: its program, or one of its addresses. */
export type Culprit = 'owner' | 'remote' | 'local';

/** One rule. Everything that is said of it elsewhere (settings, options) is made from this. */
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
  /** Which word of a row is to blame; the owner where it is left out. */
  readonly culprit?: Culprit;
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
 * Judges items one at a time. The runner lets the editor have its turn between two of them, and
 * before the first, since it may have taken a while to find them.
 * @param judge No generator made on the spot: V8 keeps the prototype of each such function, and with
 * it all that the function sees, until its next full collection.
 */
export function each<T>(
  items: Iterable<T>,
  judge: (item: T) => Drafts | Draft | undefined,
): Drafts {
  return new Each(items, judge);
}

class Each<T> implements Iterable<Draft | undefined> {
  public constructor(
    private readonly items: Iterable<T>,
    private readonly judge: (item: T) => Drafts | Draft | undefined,
  ) {}

  public *[Symbol.iterator](): Generator<Draft | undefined, void> {
    yield undefined;
    for (const item of this.items) {
      const found = this.judge(item);
      if (found !== undefined && Symbol.iterator in found) {
        yield* found;
      } else {
        yield found;
      }
    }
  }

  /** All at once. */
  public collect(take: (draft: Draft | undefined) => void): void {
    for (const item of this.items) {
      const found = this.judge(item);
      if (found !== undefined && Symbol.iterator in found) {
        collect(found, take);
      } else {
        take(found);
      }
    }
  }
}

/** Takes what a rule finds without giving way in between: where it is little, that takes longer. */
export function collect(drafts: Drafts, take: (draft: Draft | undefined) => void): void {
  if (drafts instanceof Each) {
    drafts.collect(take);
  } else {
    for (const draft of drafts) {
      take(draft);
    }
  }
}
