import type { Column } from '../../core/query/columns';
import type { RowView } from '../../core/viewModel/schema';
import { MAX_PAGE } from '../../shared/panel/messages';
import type { Store } from '../store';
import type { Words } from '../words';
import { cellText } from './columns';
import { countRows, type Ranges } from './ranges';

/** Whether a key asks for a copy of what the table has selected, not of text within a cell. */
export function wantsCopy({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  const text = window.getSelection();
  const withinCell = text !== null && !text.isCollapsed && text.anchorNode === text.focusNode;
  return key.toLowerCase() === 'c' && (ctrlKey || metaKey) && !shiftKey && !altKey && !withinCell;
}

/** Copies the rows that are selected, as lines with tabs; of one row alone the cell that has the keyboard. */
export async function copySelected(
  store: Store,
  selected: Ranges,
  cell: HTMLElement | null,
  columns: readonly Column[],
  words: Words,
): Promise<void> {
  // VS Code copies the text that is marked after us: what Shift and a click have marked.
  window.getSelection()?.removeAllRanges();
  if (countRows(selected) < 2) {
    store.copy(cell?.innerText ?? '');
    return;
  }
  const lines: string[] = [];
  for (const [first, last] of selected) {
    for (let at = first; at <= last; at += MAX_PAGE) {
      const rows = await rowsAt(store, at, Math.min(MAX_PAGE, last - at + 1));
      for (const row of rows) {
        lines.push(columns.map(column => cellText(row, column, words)).join('\t'));
      }
    }
  }
  store.copy(lines.join('\n'));
}

/** Rows of the table's result, seen or not. */
function rowsAt(store: Store, first: number, count: number): Promise<readonly RowView[]> {
  return new Promise(resolve => {
    store.rows.ask(store.query(), first, count, false, ({ rows }) => {
      resolve(rows);
    });
  });
}
