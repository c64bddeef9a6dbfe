import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';

import type { Column, Sort } from '../../core/query/columns';
import type { RowView } from '../../core/viewModel/schema';
import { useShared, useUpdate } from '../context';
import { Icon } from '../widgets';
import { cellText, columnView, gridColumns, gridWidth } from './columns';
import { copySelected, wantsCopy } from './copy';
import { GridState, HEADER_ROW, ROW_HEIGHT } from './gridState';
import type { Pages } from './pages';
import { hasRow } from './ranges';

/** Rows that are seen at once at most. */
const MAX_ROWS = 24;

interface GridProps {
  readonly pages: Pages;
  readonly columns: readonly Column[];
  /** Changes when other rows or another order are wanted. */
  readonly queryKey: string;
  readonly revision: number;
}

/**
 * A grid of any number of rows. Only those in sight exist, in a layer that stays in sight while
 * the space behind it is scrolled; so no position depends on the height of an element.
 */
export function Grid({ pages, columns, queryKey, revision }: GridProps): JSX.Element {
  const { store, view, model, words } = useShared();
  const update = useUpdate();
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useMemo(() => new GridState(store, pages, update), [store, pages, update]);
  grid.columns = columns.length;

  useScroller(scroller, grid);
  const shownQuery = useRef(queryKey);
  useLayoutEffect(() => {
    if (shownQuery.current !== queryKey) {
      shownQuery.current = queryKey;
      grid.begin();
    }
  }, [grid, queryKey]);
  useLayoutEffect(() => {
    grid.changed();
  }, [grid, revision, pages.total]);
  useLayoutEffect(() => {
    grid.restoreFocus(scroller.current);
  });
  const { first, end } = grid.window();
  pages.want(first, end);

  const rows: JSX.Element[] = [];
  const health = new Map(model.states.map(one => [one.state, one.health]));
  for (const position of grid.positions(first, end)) {
    const row = pages.get(position);
    rows.push(
      <Row
        key={position}
        row={row}
        position={position}
        columns={columns}
        grid={grid}
        kind={row === undefined ? undefined : health.get(row.state)}
        inEditor={row !== undefined && view.selection.rows.has(row.row)}
      />,
    );
  }
  return (
    <div
      ref={scroller}
      class="grid"
      role="grid"
      aria-label={words.text('allSockets')}
      aria-rowcount={pages.total + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      style={{
        '--columns': gridColumns(columns),
        '--width': `${gridWidth(columns)}ch`,
        '--gaps': String(columns.length - 1),
        '--rows': String(Math.min(model.sockets, MAX_ROWS)),
      }}
      onKeyDown={event => {
        if (wantsCopy(event)) {
          event.preventDefault();
          void copySelected(store, grid.selected, cellOf(event), columns, words);
        } else {
          grid.onKeyDown(event);
        }
      }}
    >
      <Heads columns={columns} grid={grid} />
      <div class="track" role="presentation" style={{ height: `${grid.track.height}px` }}>
        <div class="layer" role="rowgroup" style={{ '--viewport': `${grid.viewport}px` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}

function cellOf({ target }: Event): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
}

/** Keeps the position in step with the scroll bar, the wheel and the size. */
function useScroller(scroller: RefObject<HTMLDivElement | null>, grid: GridState): void {
  useEffect(() => {
    const element = scroller.current;
    if (element === null) {
      return;
    }
    const onScroll = (): void => {
      grid.onScroll(element.scrollTop);
    };
    const onWheel = (event: WheelEvent): void => {
      grid.onWheel(event);
    };
    const sizes = new ResizeObserver(() => {
      grid.resize(element);
    });
    grid.attach(element);
    sizes.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      grid.detach();
      sizes.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [scroller, grid]);
}

function Heads({
  columns,
  grid,
}: {
  readonly columns: readonly Column[];
  readonly grid: GridState;
}) {
  return (
    <div class="row heads" role="row" aria-rowindex={1}>
      {columns.map((column, i) => (
        <Head key={column} column={column} number={i} grid={grid} />
      ))}
    </div>
  );
}

function Head({
  column,
  number,
  grid,
}: {
  readonly column: Column;
  readonly number: number;
  readonly grid: GridState;
}): JSX.Element {
  const { store, view, words } = useShared();
  const { sort } = view;
  const own = sort?.column === column ? sort : null;
  return (
    <div
      class={columnView(column).number ? 'cell head number' : 'cell head'}
      role="columnheader"
      aria-colindex={number + 1}
      aria-sort={own === null ? 'none' : own.descending ? 'descending' : 'ascending'}
      tabIndex={grid.isActive(HEADER_ROW, number) ? 0 : -1}
      data-cell={`${HEADER_ROW} ${number}`}
      onFocus={() => {
        grid.setActive(HEADER_ROW, number);
      }}
      onClick={() => {
        store.setSort(nextSort(sort, column));
      }}
    >
      <span>{words.text(columnView(column).title)}</span>
      {own !== null && <Icon name={own.descending ? 'arrow-down' : 'arrow-up'} />}
    </div>
  );
}

/** Ascending, then descending, then the order of the dump again. */
function nextSort(sort: Sort | null, column: Column): Sort | null {
  if (sort?.column !== column) {
    return { column, descending: false };
  }
  return sort.descending ? null : { column, descending: true };
}

interface RowProps {
  readonly row: RowView | undefined;
  readonly position: number;
  readonly columns: readonly Column[];
  readonly grid: GridState;
  /** Health of its state. */
  readonly kind: string | undefined;
  readonly inEditor: boolean;
}

function Row({ row, position, columns, grid, kind, inEditor }: RowProps): JSX.Element {
  const { words } = useShared();
  const selected = hasRow(grid.selected, position);
  const classes = ['row', kind, selected && 'selected', inEditor && 'in-editor'];
  return (
    <div
      class={classes.filter(Boolean).join(' ')}
      role="row"
      aria-rowindex={position + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${grid.top(position)}px)`, height: `${ROW_HEIGHT}px` }}
      onClick={event => {
        grid.onClick(position, event);
      }}
      onDblClick={() => {
        grid.reveal(true);
      }}
    >
      {columns.map((column, i) => {
        const text = row === undefined ? '' : cellText(row, column, words);
        return (
          <div
            key={column}
            class={columnView(column).number ? `cell number ${column}` : `cell ${column}`}
            role="gridcell"
            aria-colindex={i + 1}
            tabIndex={grid.isActive(position, i) ? 0 : -1}
            data-cell={`${position} ${i}`}
            title={text}
            onFocus={() => {
              grid.setActive(position, i);
            }}
          >
            {row === undefined && i === 0 ? words.text('rowWaiting') : text}
          </div>
        );
      })}
    </div>
  );
}
