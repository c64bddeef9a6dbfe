import { spelledState } from '../../core/vocabulary/state';
import { visible } from '../../core/wording/visible';
import { COLUMNS, type Column } from '../../core/query/columns';
import type { RowView } from '../../core/viewModel/schema';
import type { StringKey } from '../../shared/panel/strings';
import type { Words } from '../words';

/** A column as the table shows it. */
interface ColumnView {
  readonly title: StringKey;
  /** Characters that usually fit. */
  readonly width: number;
  /** Share of the room that is left over. */
  readonly grows: number;
  readonly number: boolean;
  /** Whether it is shown where the user has not chosen. */
  readonly usual: boolean;
}

const VIEWS: Readonly<Record<Column, ColumnView>> = {
  line: { title: 'columnLine', width: 6, grows: 0, number: true, usual: true },
  protocol: { title: 'columnProtocol', width: 8, grows: 0, number: false, usual: true },
  state: { title: 'columnState', width: 12, grows: 0, number: false, usual: true },
  local: { title: 'columnLocal', width: 18, grows: 2, number: false, usual: true },
  remote: { title: 'columnRemote', width: 18, grows: 2, number: false, usual: true },
  recvQ: { title: 'columnRecvQ', width: 8, grows: 0, number: true, usual: true },
  sendQ: { title: 'columnSendQ', width: 8, grows: 0, number: true, usual: true },
  pid: { title: 'columnPid', width: 7, grows: 0, number: true, usual: true },
  process: { title: 'columnProcess', width: 12, grows: 1, number: false, usual: true },
  user: { title: 'columnUser', width: 8, grows: 0, number: false, usual: false },
  timer: { title: 'columnTimer', width: 18, grows: 0, number: false, usual: false },
  inode: { title: 'columnInode', width: 8, grows: 0, number: true, usual: false },
};

export function columnView(column: Column): ColumnView {
  return VIEWS[column];
}

/** The columns to show: those chosen, else the usual ones that have something to say. */
export function shownColumns(
  chosen: readonly Column[],
  useful: readonly Column[],
): readonly Column[] {
  if (chosen.length > 0) {
    return COLUMNS.filter(column => chosen.includes(column));
  }
  return COLUMNS.filter(column => VIEWS[column].usual && useful.includes(column));
}

/** Their widths, as CSS grid columns. */
export function gridColumns(columns: readonly Column[]): string {
  return columns
    .map(column => {
      const { width, grows } = VIEWS[column];
      return grows === 0 ? `${width}ch` : `minmax(${width}ch, ${grows}fr)`;
    })
    .join(' ');
}

/** The characters that they need together. */
export function gridWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + VIEWS[column].width, 0);
}

/** What a cell says. */
export function cellText(row: RowView, column: Column, words: Words): string {
  const value = row[column];
  if (value === null) {
    return '';
  }
  if (typeof value === 'string') {
    return visible(named(row, column, column === 'state' ? spelledState(value) : value));
  }
  // Queues are amounts; lines and numbers of processes are names.
  return column === 'recvQ' || column === 'sendQ' ? words.number(value) : String(value);
}

/** An endpoint by the name that the user gave its address. */
function named(row: RowView, column: Column, text: string): string {
  const name = column === 'local' ? row.localName : column === 'remote' ? row.remoteName : null;
  return name === null ? text : `${name} ${text}`;
}
