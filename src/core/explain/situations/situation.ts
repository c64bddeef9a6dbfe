import type { Actor } from '../../knowledge/states';
import type { LimitId } from '../../knowledge/systems';
import type { TcpState } from '../../vocabulary/state';
import type { RowFacts } from '../facts';
import type { Localizer, Text } from '../../wording/text';

/** What the texts of a row are about, the most wanted first. */
export const TOPICS = ['queue', 'timer', 'other end', 'else'] as const;
export type Topic = (typeof TOPICS)[number];

/** What a situation adds to, or changes of, what is known of the state. */
export interface Told {
  /** What the row shows, the surest first. */
  readonly evidence: readonly Text[];
  /** What happened, in place of the state's sentence. */
  readonly happened?: Text;
  /** Whose turn it is, in place of the state's sentence. */
  readonly next?: Text;
  readonly turn?: Actor;
  /** What ends it, in place of the sentence about the clock. */
  readonly ends?: Text;
  /** The clock that ends it, null for none, in place of the state's. */
  readonly limit?: LimitId | null;
  /** Seconds that are left of the clock. */
  readonly remaining?: number;
}

/**
 * One case that a row of some states can be in. Of the main cases of a state the first that
 * applies is told; of those with `also` all that apply are.
 */
export interface Situation {
  readonly id: string;
  readonly states: readonly TcpState[];
  readonly also?: true;
  /**
   * What its evidence is about. Where it is left out: of a main case the queue, or what weighs as
   * much, of others anything else.
   */
  readonly about?: Topic;
  applies(row: RowFacts): boolean;
  tell(row: RowFacts, localizer: Localizer): Told;
}
