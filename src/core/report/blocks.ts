import type { Inline, Text } from '../explain/text';

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

/**
 * Makes characters visible that would otherwise act on a terminal or hide what follows: control
 * characters, and those that change the direction of text. Line ends become blanks.
 */
export function visible(text: string): string {
  return text.replace(/[\r\n\t]/g, ' ').replace(HIDDEN, char => {
    const code = char.codePointAt(0) ?? 0;
    return code < 32
      ? String.fromCharCode(0x2400 + code)
      : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

// Built from code points: the characters themselves have no place in a source file.
const HIDDEN = new RegExp(
  `[${['\\u0000-\\u001f', '\\u007f-\\u009f', '\\u061c', '\\u200b-\\u200f', '\\u2028-\\u202e', '\\u2066-\\u2069', '\\ufeff', '\\ufff9-\\ufffb'].join('')}]`,
  'g',
);
