import type { SourceId } from '../wording/sources';
import type { Actor, ClosedFirst } from '../knowledge/states';
import type { LimitId } from '../knowledge/systems';
import type { TcpState } from '../vocabulary/state';
import type { Text } from '../wording/text';

/** How much is shown. */
export type Detail = 'short' | 'normal' | 'full';

/** A heading with what stands below it; folded away until wanted. */
export interface Section {
  readonly id: string;
  readonly title: Text;
  readonly items: readonly Text[];
}

/** When something ends without anybody's help. */
export type TimeOut =
  | { readonly kind: 'never' }
  | {
      readonly kind: 'limit';
      readonly limit: LimitId;
      /** Seconds on the dump's system, else from the shortest to the longest of all systems. */
      readonly seconds: readonly [number, number];
      /** Seconds from the moment of the dump, where its timer says so. */
      readonly remaining: number | null;
    };

/** What is said of a TCP state, for programs. */
export interface StateFacts {
  readonly state: TcpState;
  /** Which of the known situations the row is in; null for a state without a row. */
  readonly situation: string | null;
  readonly closedFirst: ClosedFirst;
  readonly turn: Actor;
  readonly timeOut: TimeOut;
}

/** A step of a connection, as its picture shows it. */
export type Picture =
  | { readonly kind: 'sequence'; readonly sequence: Sequence }
  | { readonly kind: 'diagram'; readonly state: TcpState };

/** The segments of a connection so far. */
export interface Sequence {
  readonly local: string;
  readonly remote: string;
  readonly steps: readonly SequenceStep[];
}

export interface SequenceStep {
  /** `SYN`, `FIN`, `ACK`, or the call that a program has to make. */
  readonly label: string;
  /** Which end it starts from; a call stays at its end. */
  readonly from: 'local' | 'remote';
  readonly kind: 'segment' | 'call' | 'timer' | 'note';
  /** Whether it has not happened yet. */
  readonly missing: boolean;
}

/** Where to go from here. */
export type Link =
  | { readonly kind: 'line'; readonly label: Text; readonly line: number }
  | { readonly kind: 'lines'; readonly label: Text; readonly lines: readonly number[] }
  | { readonly kind: 'diagram'; readonly label: Text; readonly state: TcpState }
  | { readonly kind: 'analyze'; readonly label: Text }
  | { readonly kind: 'copy'; readonly label: Text };

/**
 * What there is to say about something that was pointed at. Hover, panel, command line and tools
 * all render this, so that they say the same.
 */
export interface Explanation {
  readonly title: Text;
  /** The two lines of a short explanation. */
  readonly lead: readonly Text[];
  /** What the row itself shows, the most wanted first. */
  readonly evidence: readonly Text[];
  readonly details: readonly Section[];
  readonly pictures: readonly Picture[];
  readonly links: readonly Link[];
  /** Everything that was drawn upon, in order of use. */
  readonly sources: readonly SourceId[];
  /** For states only. */
  readonly facts: StateFacts | null;
}

/** The sources of texts, each once. */
export function sourcesOf(...groups: readonly (readonly Text[])[]): SourceId[] {
  return [...new Set(groups.flat().flatMap(text => text.sources))];
}
