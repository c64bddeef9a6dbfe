import type { Inline } from '../wording/text';
import { visible } from '../wording/visible';
import type { Block, Column, Row, Severity } from './blocks';

/** Whether colors may be used, and how wide the terminal is. */
export interface TerminalOptions {
  readonly colour: boolean;
  /** In columns. */
  readonly width: number;
}

/** Where what a field says begins. */
const FIELD = 9;

const ESCAPE = '\u001b';
const RESET = '\u001b[0m';
const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const SEVERITY: Readonly<Record<Severity, string>> = {
  error: '\u001b[1;31m',
  warning: '\u001b[1;33m',
  info: '\u001b[1;36m',
};

/** A report for people at a terminal. */
export function renderTerminal(blocks: readonly Block[], options: TerminalOptions): string {
  const paint = (codes: string, text: string): string =>
    options.colour ? codes + text + RESET : text;
  const inline = (parts: readonly Inline[]): string =>
    parts
      .map(({ text, style }) => (style === 'strong' ? paint(BOLD, visible(text)) : visible(text)))
      .join('');
  const width = Math.max(40, options.width);
  let out = '';
  for (const block of blocks) {
    switch (block.kind) {
      case 'heading':
        out += `${out === '' ? '' : '\n'}${paint(BOLD, inline(block.parts))}\n`;
        break;
      case 'paragraph':
        out += wrap(inline(block.parts), width, '  ');
        break;
      case 'finding':
        out += '\n';
        out += wrap(
          `${paint(SEVERITY[block.severity], block.badge)}  ${paint(BOLD, inline(block.parts))}  ${paint(DIM, `[${visible(block.note)}]`)}`,
          width,
          '',
          '  ',
        );
        break;
      case 'brief': {
        const note = `  [${visible(block.note)}]`;
        const room = width - block.badge.length - 2 - note.length;
        const title = clipped(block.parts.map(part => visible(part.text)).join(''), room);
        out += `${paint(SEVERITY[block.severity], block.badge)}  ${title}${paint(DIM, note)}\n`;
        break;
      }
      case 'field': {
        let head = `  ${paint(BOLD, block.label)}${' '.repeat(Math.max(1, FIELD - block.label.length - 2))}`;
        const next = ' '.repeat(FIELD);
        for (const item of block.items) {
          switch (item.kind) {
            case 'paragraph':
              out += head + wrap(inline(item.parts), width, next).slice(FIELD);
              break;
            case 'code':
              out += `${head === next ? next : `${head.trimEnd()}\n${next}`}  ${visible(item.text)}\n`;
              break;
            case 'table':
              out +=
                (head === next ? '' : `${head.trimEnd()}\n`) +
                table(item.columns, item.rows, text => paint(DIM, text), next);
          }
          head = next;
        }
        break;
      }
      case 'task':
        out += wrap(inline(block.parts), width, '  ');
        out += block.command === null ? '' : `    ${visible(block.command)}\n`;
        break;
      case 'details':
        out += renderTerminal(block.blocks, options);
        break;
      case 'list':
        for (const item of block.items) {
          out += wrap(`- ${inline(item)}`, width, '  ', '    ');
        }
        break;
      case 'code':
        out += `    ${visible(block.text)}\n`;
        break;
      case 'table':
        out += table(block.columns, block.rows, text => paint(DIM, text), '  ');
    }
  }
  return out;
}

function table(
  columns: readonly Column[],
  rows: readonly Row[],
  head: (text: string) => string,
  indent: string,
): string {
  const cells = rows.map(row => row.map(visible));
  const widths = columns.map((column, i) =>
    cells.reduce((width, row) => Math.max(width, row[i]!.length), column.title.length),
  );
  const line = (row: readonly string[]): string =>
    `${indent}${row
      .map((cell, i) => {
        const width = widths[i]!;
        return columns[i]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd()}`;
  return [head(line(columns.map(column => column.title))), ...cells.map(line)].join('\n') + '\n';
}

function clipped(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1)).trimEnd()}…`;
}

/** Breaks a text at blanks; escape sequences have no width. */
function wrap(text: string, width: number, first: string, next = first): string {
  let out = '';
  let line = first;
  let used = first.length;
  for (const word of text.split(' ')) {
    const length = printed(word);
    if (used + length > width && used > next.length) {
      out += `${line.trimEnd()}\n`;
      line = next;
      used = next.length;
    }
    line += `${word} `;
    used += length + 1;
  }
  return `${out}${line.trimEnd()}\n`;
}

function printed(word: string): number {
  let length = word.length;
  if (!word.includes(ESCAPE)) {
    return length;
  }
  for (const escape of [RESET, BOLD, DIM, ...Object.values(SEVERITY)]) {
    length -= (word.split(escape).length - 1) * escape.length;
  }
  return length;
}
