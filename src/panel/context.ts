import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';

import type { PanelModel, RowView } from '../core/viewModel/schema';
import type { PanelQuery } from '../shared/panel/messages';
import type { FoundCounters, Page } from './rows';
import type { Store, View } from './store';
import type { Words } from './words';

/** What all parts of the page share. */
export interface Shared {
  readonly store: Store;
  readonly view: View;
  readonly words: Words;
  readonly model: PanelModel;
}

export const SharedContext = createContext<Shared | undefined>(undefined);

/** What all parts of the page share. */
export function useShared(): Shared {
  const shared = useContext(SharedContext);
  if (shared === undefined) {
    throw new Error('used outside of the page');
  }
  return shared;
}

/** The view as it is now. */
export function useView(store: Store): View {
  const [view, setView] = useState(store.view);
  useEffect(() => {
    const update = (): void => {
      setView(store.view);
    };
    update();
    return store.subscribe(update);
  }, [store]);
  return view;
}

/** Has a component drawn again. */
export function useUpdate(): () => void {
  const [, setCount] = useState(0);
  return useCallback(() => {
    setCount(count => count + 1);
  }, []);
}

/** The first rows of a query; those of before until new ones are there. */
export function useRows(filter: string, count: number): readonly RowView[] | undefined {
  const { store, view } = useShared();
  const [page, setPage] = useState<Page>();
  const { snapshot, revision } = view;
  useEffect(() => {
    const query: PanelQuery = { snapshot, filter, sort: null };
    return store.rows.ask(query, 0, count, false, setPage);
  }, [store, snapshot, filter, count, revision]);
  return page?.rows;
}

/** The counters that the filter finds; those of before until new ones are there. */
export function useCounters(): FoundCounters | undefined {
  const { store, view } = useShared();
  const [found, setFound] = useState<FoundCounters>();
  const { snapshot, revision, counterFilter } = view;
  useEffect(
    () => store.rows.askCounters(snapshot, counterFilter, setFound),
    [store, snapshot, counterFilter, revision],
  );
  return found;
}
