import type { Store } from '../store';
import type { Pages } from './pages';
import { between, countRows, NONE_SELECTED, type Ranges, toggleRow } from './ranges';
import { Track } from './track';

/** As high as the rows of VS Code's own lists. */
export const ROW_HEIGHT = 22;

/** The row of column titles, for the keyboard. */
export const HEADER_ROW = -1;

/** Pixels of a wheel that counts lines. */
const LINE_PIXELS = 3 * ROW_HEIGHT;

/** Where the grid is scrolled to, which cell has the keyboard, and what is selected. */
export class GridState {
  public columns = 1;
  public selected: Ranges = NONE_SELECTED;
  /** Height of what is in sight, without the titles. */
  public viewport = 10 * ROW_HEIGHT;

  private element: HTMLElement | undefined;
  /** Pixels of the list above what is in sight: the truth, which the scroll bar follows. */
  private offset: number;
  /** The scroll position that was set last, to tell our own scrolling from the user's. */
  private ownScrollTop = 0;
  private activeRow = 0;
  private activeColumn = 0;
  /** Where a selection with Shift begins. */
  private anchor = 0;
  private focusWanted = false;

  public constructor(
    private readonly store: Store,
    private readonly pages: Pages,
    private readonly update: () => void,
  ) {
    this.offset = store.scroll.tableRow * ROW_HEIGHT;
    store.onGoTo(position => {
      this.goTo(position);
    });
  }

  // #region Scrolling

  public attach(element: HTMLElement): void {
    this.element = element;
    this.resize(element);
  }

  public detach(): void {
    this.element = undefined;
  }

  public resize(element: HTMLElement): void {
    this.viewport = Math.max(ROW_HEIGHT, element.clientHeight - ROW_HEIGHT);
    this.changed();
    this.update();
  }

  /** How the rows there are now are scrolled. */
  public get track(): Track {
    return new Track(this.pages.total * ROW_HEIGHT, this.viewport);
  }

  /** The number of rows or the room for them is another. */
  public changed(): void {
    const { total, settled } = this.pages;
    if (settled) {
      this.activeRow = Math.min(this.activeRow, Math.max(total - 1, 0));
      this.scrollTo(this.offset);
    }
  }

  /** Other rows are listed: from the first. A title that has the keyboard keeps it. */
  public begin(): void {
    this.selected = NONE_SELECTED;
    this.activeRow = Math.min(this.activeRow, 0);
    this.anchor = 0;
    this.scrollTo(0);
    this.update();
  }

  public onScroll(scrollTop: number): void {
    if (Math.abs(scrollTop - this.ownScrollTop) >= 1) {
      this.ownScrollTop = scrollTop;
      this.setOffset(this.track.offsetOf(scrollTop));
    }
  }

  /** Where the scroll bar's pixels are not the list's, a wheel would leap. */
  public onWheel(event: WheelEvent): void {
    const { track } = this;
    if (!track.scaled || event.ctrlKey || event.deltaY === 0) {
      return;
    }
    const pixels =
      event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PIXELS);
    const offset = track.clamp(this.offset + pixels);
    if (offset !== this.offset) {
      event.preventDefault();
      this.scrollTo(offset);
    }
  }

  /** Positions of the rows in sight, the end excluded. */
  public window(): { readonly first: number; readonly end: number } {
    const first = Math.floor(this.offset / ROW_HEIGHT);
    const end = Math.ceil((this.offset + this.viewport) / ROW_HEIGHT) + 1;
    const total = this.pages.total;
    return { first: Math.min(first, Math.max(total - 1, 0)), end: Math.min(end, total) };
  }

  /** The rows to draw: those in sight, and the one with the keyboard, which must not vanish. */
  public positions(first: number, end: number): number[] {
    const positions = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
    const { activeRow } = this;
    const elsewhere = activeRow < first || activeRow >= end;
    return elsewhere && activeRow >= 0 && activeRow < this.pages.total
      ? [...positions, activeRow]
      : positions;
  }

  /** Where a row stands in the layer. One that is out of sight stands just above it. */
  public top(position: number): number {
    const top = position * ROW_HEIGHT - this.offset;
    return top < this.viewport + ROW_HEIGHT ? Math.max(top, -2 * ROW_HEIGHT) : -2 * ROW_HEIGHT;
  }

  private goTo(position: number): void {
    this.activeRow = position;
    this.anchor = position;
    this.scrollTo(this.track.clamp(position * ROW_HEIGHT - this.viewport / 2));
    this.element?.scrollIntoView({ block: 'nearest' });
    this.focusWanted = true;
    this.update();
  }

  private scrollTo(offset: number): void {
    this.setOffset(offset);
    if (this.element !== undefined) {
      this.element.scrollTop = this.track.scrollTopOf(this.offset);
      this.ownScrollTop = this.element.scrollTop;
    }
  }

  private setOffset(offset: number): void {
    const clamped = this.track.clamp(offset);
    if (clamped !== this.offset) {
      this.offset = clamped;
      this.store.scroll.tableRow = clamped / ROW_HEIGHT;
      this.store.keepSoon();
      this.update();
    }
  }

  private scrollIntoSight(row: number): void {
    const top = row * ROW_HEIGHT;
    if (top < this.offset) {
      this.scrollTo(top);
    } else if (top + ROW_HEIGHT > this.offset + this.viewport) {
      this.scrollTo(top + ROW_HEIGHT - this.viewport);
    }
  }

  // #endregion
  // #region The keyboard

  public isActive(row: number, column: number): boolean {
    return row === this.activeRow && column === Math.min(this.activeColumn, this.columns - 1);
  }

  /** A cell has got the keyboard. */
  public setActive(row: number, column: number): void {
    if (!this.isActive(row, column)) {
      this.activeRow = row;
      this.activeColumn = column;
      this.update();
    }
  }

  /** Gives the keyboard to the cell that was moved to, once it is drawn. */
  public restoreFocus(element: HTMLElement | null): void {
    if (this.focusWanted) {
      const column = Math.min(this.activeColumn, this.columns - 1);
      const cell = element?.querySelector<HTMLElement>(`[data-cell="${this.activeRow} ${column}"]`);
      if (cell) {
        this.focusWanted = false;
        cell.focus({ preventScroll: true });
      }
    }
  }

  public onKeyDown(event: KeyboardEvent): void {
    if (this.move(event) || this.act(event)) {
      event.preventDefault();
    }
  }

  private move({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const whole = ctrlKey || metaKey;
    const last = this.pages.total - 1;
    const page = Math.max(1, Math.floor(this.viewport / ROW_HEIGHT) - 1);
    const row = this.activeRow;
    const column = Math.min(this.activeColumn, this.columns - 1);
    switch (key) {
      case 'ArrowDown':
        return this.moveTo(row + 1, column, shiftKey);
      case 'ArrowUp':
        return this.moveTo(row - 1, column, shiftKey);
      case 'ArrowLeft':
        return this.moveTo(row, column - 1, false);
      case 'ArrowRight':
        return this.moveTo(row, column + 1, false);
      case 'PageDown':
        return this.moveTo(Math.min(row + page, last), column, shiftKey);
      case 'PageUp':
        return this.moveTo(Math.max(row - page, Math.min(row, 0)), column, shiftKey);
      case 'Home':
        return this.moveTo(whole ? 0 : row, 0, whole && shiftKey);
      case 'End':
        return this.moveTo(whole ? last : row, this.columns - 1, whole && shiftKey);
      default:
        return false;
    }
  }

  private moveTo(row: number, column: number, select: boolean): boolean {
    const to = Math.min(Math.max(row, HEADER_ROW), this.pages.total - 1);
    if (select && to >= 0) {
      this.selected = [between(this.anchor, to)];
    } else {
      this.anchor = Math.max(to, 0);
    }
    this.activeRow = to;
    this.activeColumn = Math.min(Math.max(column, 0), this.columns - 1);
    this.focusWanted = true;
    if (to >= 0) {
      this.scrollIntoSight(to);
    }
    this.scrollColumnIntoSight();
    this.update();
    return true;
  }

  private scrollColumnIntoSight(): void {
    const cell = this.element?.querySelector(`[data-cell="${HEADER_ROW} ${this.activeColumn}"]`);
    const box = cell?.getBoundingClientRect();
    const frame = this.element?.getBoundingClientRect();
    if (this.element === undefined || box === undefined || frame === undefined) {
      return;
    }
    if (box.left < frame.left) {
      this.element.scrollLeft -= frame.left - box.left;
    } else if (box.right > frame.right) {
      this.element.scrollLeft += box.right - frame.right;
    }
  }

  private act({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
    if (key === 'a' && (ctrlKey || metaKey)) {
      const { total } = this.pages;
      this.select(total === 0 ? NONE_SELECTED : [[0, total - 1]]);
      return true;
    }
    if (key === 'Escape' && this.selected.length > 0) {
      this.select(NONE_SELECTED);
      return true;
    }
    if (key !== 'Enter' && key !== ' ') {
      return false;
    }
    if (this.activeRow === HEADER_ROW) {
      (target as HTMLElement).click();
    } else if (key === ' ') {
      this.select(toggleRow(this.selected, this.activeRow));
    } else {
      if (countRows(this.selected) === 0) {
        this.select([[this.activeRow, this.activeRow]]);
      }
      this.reveal(true);
    }
    return true;
  }

  // #endregion
  // #region Selecting

  public onClick(row: number, { shiftKey, ctrlKey, metaKey }: MouseEvent): void {
    if (shiftKey) {
      this.select([between(this.anchor, row)]);
    } else {
      this.anchor = row;
      this.select(ctrlKey || metaKey ? toggleRow(this.selected, row) : [[row, row]]);
    }
    this.reveal(false);
  }

  /** Shows the lines of the selected rows. */
  public reveal(focus: boolean): void {
    // The host reads no more ranges than that; who has selected more has clicked 10,000 times.
    const ranges = this.selected
      .slice(0, 10_000)
      .map(([first, last]): [number, number] => [first, last]);
    if (ranges.length > 0) {
      this.store.reveal({ kind: 'result', query: this.store.query(), ranges }, focus);
    }
  }

  private select(ranges: Ranges): void {
    this.selected = ranges;
    this.update();
  }

  // #endregion
}
