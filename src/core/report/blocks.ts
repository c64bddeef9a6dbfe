import type { Severity } from '../analysis/finding';
import type { Source } from '../wording/sources';
import type { Label } from '../wording/statement';
import { type Inline, type Localizer, plain, type Text } from '../wording/text';

/*
 * A report as a list of blocks. What is said is put together once (see report.ts and ticket.ts) and
 * rendered as terminal text or Markdown.
 */

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly parts: readonly Inline[] }
  | Paragraph
  | {
      /** What a finding says; `brief` where this is all there is of it, on one line. */
      readonly kind: 'finding' | 'brief';
      readonly severity: Severity;
      /** Already in the reader's language. */
      readonly badge: string;
      readonly parts: readonly Inline[];
      /** The rule's code. */
      readonly note: string;
    }
  | {
      /** A part of a finding behind a word that says what it is. */
      readonly kind: 'field';
      readonly label: string;
      readonly items: readonly FieldItem[];
    }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | {
      /** Something to do, with the command for it. */
      readonly kind: 'task';
      readonly parts: readonly Inline[];
      readonly command: string | null;
    }
  | { readonly kind: 'code'; readonly text: string }
  | {
      /** What most readers need not see. */
      readonly kind: 'details';
      readonly summary: string;
      readonly blocks: readonly Block[];
    }
  | Table;

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly parts: readonly Inline[];
}

export interface Table {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** A text, a command, documents with their addresses, or a small table. */
export type FieldItem =
  | Paragraph
  | { readonly kind: 'documents'; readonly documents: readonly Source[] }
  | { readonly kind: 'code'; readonly text: string }
  | Table;

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** What the title means, where there is room to say so. */
  readonly note?: string;
}

export type Row = readonly string[];

/** Makes columns of labels, aligned left and right. */
export function columnsIn(localizer: Localizer): Record<Column['align'], (title: Label) => Column> {
  return {
    left: title => ({ title: plain(localizer.format(title)), align: 'left' }),
    right: title => ({ title: plain(localizer.format(title)), align: 'right' }),
  };
}

/** Characters to show as they are. */
export function literal(text: string, style: Inline['style'] = 'plain'): Inline {
  return { text, style };
}

/** Several texts one after the other, with a blank between them. */
export function joined(texts: readonly Text[]): Inline[] {
  return texts.flatMap((text, i) => (i === 0 ? text.parts : [literal(' '), ...text.parts]));
}

export function heading(level: 1 | 2 | 3, { parts }: Text): Block {
  return { kind: 'heading', level, parts };
}

/** Texts one after the other. */
export function paragraph(...texts: readonly Text[]): Paragraph {
  return { kind: 'paragraph', parts: joined(texts) };
}
