import type { Inline } from '../wording/text';
import { visible } from '../wording/visible';
import type { Block, Column, Row, Table } from './blocks';
import type { Severity } from '../analysis/finding';

/** Whether colors may be used, and how wide the terminal is. */
export interface TerminalOptions {
  readonly colour: boolean;
  /** In columns. */
  readonly width: number;
}

/** Where what a field says begins. */
const FIELD = 9;

/** Columns that are used even where a terminal says that it has fewer. */
const LEAST_WIDTH = 40;

/** A blank at which no line is broken; printed as any other. */
const GLUE = '\u00a0';
const GLUES = /\u00a0/g;

/** Between two columns of a table. */
const GAP = '  ';

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
      .map(part => (part.style === 'strong' ? paint(BOLD, visible(part.text)) : shown(part)))
      .join('');
  const { width } = options;
  let out = '';
  for (const block of blocks) {
    switch (block.kind) {
      case 'heading':
        out += out === '' ? '' : '\n';
        out += wrap(paint(BOLD, inline(block.parts)), width, '', '  ');
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
        const room = roomOf(width) - block.badge.length - 2 - note.length;
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
            case 'documents':
              for (const { title, url } of item.documents) {
                const text = url === undefined ? title : `${title}: ${url}`;
                out += head + wrap(text, width, next).slice(FIELD);
                head = next;
              }
              break;
            case 'code':
              out += `${head === next ? next : `${head.trimEnd()}\n${next}`}  ${visible(item.text)}\n`;
              break;
            case 'table':
              out +=
                (head === next ? '' : `${head.trimEnd()}\n`) +
                table(item, { width, indent: next, head: text => paint(DIM, text) });
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
        out += table(block, { width, indent: '  ', head: text => paint(DIM, text) });
    }
  }
  return out;
}

/** A line of prose as a terminal shows it; what goes on below it stands behind `next`. */
export function terminalLine(
  parts: readonly Inline[],
  { width }: Pick<TerminalOptions, 'width'>,
  first = '',
  next = first,
): string {
  return wrap(parts.map(shown).join(''), width, first, next);
}

/** A command in prose, of which people copy one line. */
export function unbroken(command: string): string {
  return command.replaceAll(' ', GLUE);
}

function shown({ text, style }: Inline): string {
  return style === 'code' ? unbroken(visible(text)) : visible(text);
}

interface TableOptions {
  readonly width: number;
  readonly indent: string;
  /** Paints a line of titles. */
  readonly head: (text: string) => string;
}

/** A table whose cells wrap where it is too wide, or whose rows are lists where that is not enough. */
function table({ columns, rows }: Pick<Table, 'columns' | 'rows'>, options: TableOptions): string {
  const { width, indent, head } = options;
  const titles = columns.map(({ title }) => title);
  const lines = [titles, ...rows.map(row => row.map(visible))];
  const natural = columns.map((_, i) => longest(lines, i, cell => cell.length));
  const room = roomOf(width) - indent.length - GAP.length * (columns.length - 1);
  const widths = fitted(natural, room, i => longest(lines, i, longestWord));
  if (widths === null) {
    return list(titles, lines.slice(1), options);
  }
  const [titleLine = '', ...others] = lines.map(cells => tableRow(cells, columns, widths, indent));
  return `${titleLine.split('\n').map(head).join('\n')}\n${others.map(line => `${line}\n`).join('')}`;
}

/** A row of a table, of as many lines as its highest cell. */
function tableRow(
  cells: readonly string[],
  columns: readonly Column[],
  widths: readonly number[],
  indent: string,
): string {
  const parts = cells.map((cell, i) => lined(cell, widths[i]!, '', '').split('\n'));
  const height = Math.max(1, ...parts.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => {
    const row = parts.map((part, i) => {
      const text = part[line] ?? '';
      return columns[i]?.align === 'right' ? text.padStart(widths[i]!) : text.padEnd(widths[i]!);
    });
    return `${indent}${row.join(GAP).trimEnd()}`;
  }).join('\n');
}

/** Rows as lists, each cell behind its title. */
function list(
  titles: readonly string[],
  rows: readonly Row[],
  { width, indent, head }: TableOptions,
): string {
  const column = titles.reduce((most, { length }) => Math.max(most, length), 0);
  const next = indent + ' '.repeat(column) + GAP;
  return rows
    .map(row =>
      row
        .map((cell, i) => {
          const first = `${indent}${titles[i]!.padEnd(column)}${GAP}`;
          return cell === '' ? '' : head(first) + wrap(cell, width, next).slice(next.length);
        })
        .join(''),
    )
    .join('\n');
}

/** Widths of columns in so much room, the narrow ones whole; null where their words do not fit. */
function fitted(
  natural: readonly number[],
  room: number,
  least: (column: number) => number,
): readonly number[] | null {
  const sum = (widths: readonly number[]): number => widths.reduce((all, one) => all + one, 0);
  if (sum(natural) <= room) {
    return natural;
  }
  const widths = natural.map((_, i) => least(i));
  let left = room - sum(widths);
  if (left < 0) {
    return null;
  }
  const needs = natural.map((width, i) => ({ i, need: width - widths[i]! }));
  needs.sort((a, b) => a.need - b.need);
  needs.forEach(({ i, need }, done) => {
    const more = Math.min(need, Math.floor(left / (needs.length - done)));
    widths[i]! += more;
    left -= more;
  });
  return widths;
}

function longest(lines: readonly Row[], column: number, of: (cell: string) => number): number {
  return lines.reduce((most, cells) => Math.max(most, of(cells[column]!)), 0);
}

function longestWord(cell: string): number {
  return cell.split(' ').reduce((most, { length }) => Math.max(most, length), 0);
}

function roomOf(width: number): number {
  return Math.max(LEAST_WIDTH, width);
}

function clipped(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1)).trimEnd()}…`;
}

/** Breaks a text at blanks where a terminal ends. */
function wrap(text: string, width: number, first: string, next = first): string {
  return `${lined(text, roomOf(width), first, next)}\n`;
}

/** Breaks a text at blanks; escape sequences have no width. */
function lined(text: string, width: number, first: string, next: string): string {
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
  return `${out}${line.trimEnd()}`.replace(GLUES, ' ');
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
