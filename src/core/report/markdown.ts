import type { Inline } from '../wording/text';
import { escapeXml } from '../explain/picture/svg';
import { escapeReadably, type Place } from '../wording/markdown';
import type { Source } from '../wording/sources';
import { visible } from '../wording/visible';
import type { Block, FieldItem, Row } from './blocks';
import type { Severity } from '../analysis/finding';

/** Beside the word, never instead of it. */
const SIGNS: Readonly<Record<Severity, string>> = {
  error: '\u274c',
  warning: '\u26a0\ufe0f',
  info: '\u2139\ufe0f',
};

/** A report for a ticket. Nothing that comes from a dump is read as Markdown or HTML. */
export function renderMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(render).join('\n\n')}\n`;
}

function render(block: Block | FieldItem): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inline(block.parts)}`;
    case 'paragraph':
      return inline(block.parts, 'start');
    case 'finding':
      return `## ${SIGNS[block.severity]} ${escapeReadably(block.badge)}: ${inline(block.parts)}`;
    case 'brief':
      return `- ${SIGNS[block.severity]} ${escapeReadably(block.badge)}: ${inline(block.parts)} (${escapeReadably(block.note)})`;
    case 'field':
      return block.items
        .map((item, i) =>
          i > 0 ? render(item) : `**${escapeReadably(block.label)}:**${behind(item)}`,
        )
        .join('\n\n');
    case 'documents':
      return block.documents.map(link).join(' \u00b7 ');
    case 'task':
      return `- [ ] ${inline(block.parts)}${block.command === null ? '' : `\n\n${fenced(block.command).replace(/^/gm, '  ')}`}`;
    case 'details':
      // Up to the empty line this is HTML, in which Markdown's escapes are not read.
      return `<details><summary>${escapeXml(block.summary)}</summary>\n\n${block.blocks.map(render).join('\n\n')}\n\n</details>`;
    case 'list':
      return block.items.map(item => `- ${inline(item, 'start')}`).join('\n');
    case 'code':
      return fenced(block.text);
    case 'table': {
      const row = (cells: Row): string =>
        `| ${cells.map(cell => escapeReadably(cell, 'cell')).join(' | ')} |`;
      const rule = block.columns.map(({ align }) => (align === 'right' ? '---:' : ':---'));
      return [
        row(block.columns.map(column => column.title)),
        `| ${rule.join(' | ')} |`,
        ...block.rows.map(row),
      ].join('\n');
    }
  }
}

/** The first item of a field, behind its label where it is text. */
function behind(item: FieldItem): string {
  switch (item.kind) {
    case 'paragraph':
      return ` ${inline(item.parts)}`;
    case 'documents':
      return ` ${render(item)}`;
    default:
      return `\n\n${render(item)}`;
  }
}

function link({ title, url }: Source): string {
  const text = escapeReadably(title);
  return url === undefined ? text : `[${text}](${url})`;
}

/** Parts behind one another; `place` is that of the first. */
function inline(parts: readonly Inline[], place: Place = 'inside'): string {
  return merged(parts)
    .map(({ text, style }, i) =>
      style === 'code'
        ? code(text)
        : style === 'strong'
          ? `**${escapeReadably(text)}**`
          : escapeReadably(text, i === 0 ? place : 'inside'),
    )
    .join('');
}

/** Neighbors of one style as one: what characters mean depends on those beside them. */
function merged(parts: readonly Inline[]): Inline[] {
  const all: Inline[] = [];
  for (const { text, style } of parts) {
    const last = all.at(-1);
    if (last?.style === style) {
      all[all.length - 1] = { text: last.text + text, style };
    } else if (text !== '') {
      all.push({ text, style });
    }
  }
  return all;
}

function code(text: string): string {
  const shown = visible(text);
  const ticks = '`'.repeat(longestRun(shown) + 1);
  // One blank is taken from both ends where both have one.
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${visible(text)}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(match => match[0].length));
}
