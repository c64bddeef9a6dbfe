import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { columnOf, COLUMNS, type Column, fieldNamed } from '../../core/query/columns';
import { readWords } from '../../core/query/words';
import { useShared, useUpdate } from '../context';
import { Menu } from '../Menu';
import { Section, TextButton } from '../widgets';
import { columnView, shownColumns } from './columns';
import { FilterBox, problemText } from './FilterBox';
import { Grid } from './Grid';
import { Pages } from './pages';

/** All sockets, filtered and sorted. */
export function SocketTable(): JSX.Element {
  const { store, view, model, words } = useShared();
  const update = useUpdate();
  const pages = useMemo(() => new Pages(store.rows, update), [store, update]);
  const { snapshot, filter, sort, revision } = view;
  const queryKey = JSON.stringify([snapshot, filter, sort]);
  // Before the first rows are drawn, so that what is drawn belongs to the query.
  const asked = useRef('');
  if (asked.current !== `${revision} ${queryKey}`) {
    asked.current = `${revision} ${queryKey}`;
    pages.reset({ snapshot, filter, sort });
  }
  useEffect(
    () => () => {
      pages.cancel();
    },
    [pages],
  );
  const columns = shownColumns(view.columns, model.columns);
  return (
    <Section
      name="sockets"
      title={words.text('allSockets')}
      aside={<ColumnMenu columns={columns} />}
    >
      <FilterBox problem={pages.problem} />
      <ResultLine pages={pages} />
      <Grid pages={pages} columns={columns} queryKey={queryKey} revision={revision} />
    </Section>
  );
}

function ColumnMenu({ columns }: { readonly columns: readonly Column[] }): JSX.Element {
  const { store, words } = useShared();
  return (
    <Menu
      icon="layout"
      label={words.text('columns')}
      items={COLUMNS.map(column => ({
        label: words.text(columnView(column).title),
        checked: columns.includes(column),
        run: () => {
          const next = COLUMNS.filter(one => (one === column) !== columns.includes(one));
          // A table without columns would have nothing to bring them back with.
          store.setColumns(next.length === 0 ? columns : next);
        },
      }))}
    />
  );
}

/** The columns that a filter looks into and the dump does not have. */
function notShown(filter: string, shown: readonly Column[]): readonly Column[] {
  const words = readWords(filter, name => fieldNamed(name) !== undefined);
  const terms = 'terms' in words ? words.terms : [];
  const columns = terms.flatMap(({ field }) => {
    const named = field === null ? undefined : fieldNamed(field);
    return (named && columnOf(named)) ?? [];
  });
  return COLUMNS.filter(column => columns.includes(column) && !shown.includes(column));
}

/** How many were found, or why the filter cannot be used; and what the editor has selected. */
function ResultLine({ pages }: { readonly pages: Pages }): JSX.Element {
  const { store, view, model, words } = useShared();
  const { problem, total, settled } = pages;
  const { count, position } = view.selection;
  return (
    <div class="result">
      <span id="filter-result" role="status" class={problem === null ? '' : 'problem'}>
        {problem === null ? settled && resultText(total) : problemText(problem, words)}
      </span>
      {count > 0 && (
        <span class="editor-selection">
          {words.text('inEditor', { count })}
          {position !== null && (
            <TextButton
              icon="arrow-down"
              label={words.text('showThem')}
              onClick={() => {
                store.goTo(position);
              }}
            />
          )}
        </span>
      )}
    </div>
  );

  function resultText(found: number): string {
    if (found === 0) {
      const missing = notShown(view.filter, model.columns);
      return [
        words.text('resultNone'),
        ...(missing.length === 0
          ? []
          : [
              words.text('resultNotShown', {
                columns: missing.map(column => words.text(columnView(column).title)).join(', '),
              }),
            ]),
      ].join(' ');
    }
    return found === model.sockets
      ? words.counted(found, 'oneSocket', 'resultAll')
      : words.text('resultSome', { count: found, total: model.sockets });
  }
}
