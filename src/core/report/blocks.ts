import type { Inline, Text } from '../wording/text';

/*
 * A report as a list of blocks. What is said is put together once (see report.ts) and rendered as
 * terminal text or Markdown.
 */

export type Severity = 'error' | 'warning' | 'info';

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly parts: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | {
      readonly kind: 'finding';
      readonly severity: Severity;
      /** Already in the reader's language. */
      readonly badge: string;
      readonly parts: readonly Inline[];
      readonly note: string;
    }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly Row[] };

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

export type Row = readonly string[];

/** Characters to show as they are. */
export function literal(text: string, style: Inline['style'] = 'plain'): Inline {
  return { text, style };
}

/** Several texts one after the other, with a blank between them. */
export function joined(texts: readonly Text[]): Inline[] {
  return texts.flatMap((text, i) => (i === 0 ? text.parts : [literal(' '), ...text.parts]));
}
