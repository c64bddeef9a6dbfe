import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { Changes } from './Changes';
import { CloseWait } from './CloseWait';
import { Counters } from './Counters';
import { SharedContext, useView } from './context';
import { Diagram } from './Diagram';
import { Listeners, Remotes } from './Ends';
import { Findings } from './Findings';
import { Header } from './Header';
import { Hosts } from './Hosts';
import { RevealBar } from './RevealBar';
import { SocketTable } from './table/SocketTable';
import { States } from './States';
import type { Store } from './store';
import { Trend } from './Trend';

/** The whole page. */
export function App({ store }: { readonly store: Store }): JSX.Element | null {
  const view = useView(store);
  const { words, model, gone } = view;
  usePageScroll(store, model !== undefined);
  if (words === undefined) {
    return null;
  }
  if (model === undefined) {
    return (
      <main class={gone ? 'empty gone' : 'empty'}>
        <p>{words.text(gone ? 'noSockets' : 'loading')}</p>
      </main>
    );
  }
  const ofSockets = model.listsSockets;
  return (
    <SharedContext.Provider value={{ store, view, words, model }}>
      <main>
        <Header />
        {gone && <p class="note">{words.text('unreadable')}</p>}
        <States />
        <Findings />
        {ofSockets && <CloseWait />}
        <Counters />
        <Hosts />
        <Trend />
        {ofSockets && (
          <>
            <Changes />
            <div class="columns">
              <div>
                <Remotes />
                <Listeners />
              </div>
              <Diagram />
            </div>
            <SocketTable />
          </>
        )}
      </main>
      <RevealBar />
      <div class="visually-hidden" role="status">
        {view.said}
      </div>
    </SharedContext.Provider>
  );
}

/** Goes back to where the page was when it was hidden. */
function usePageScroll(store: Store, filled: boolean): void {
  const restored = useRef(false);
  useLayoutEffect(() => {
    if (filled && !restored.current) {
      restored.current = true;
      window.scrollTo(0, store.scroll.page);
    }
  }, [filled, store]);
  useEffect(() => {
    const onScroll = (): void => {
      if (restored.current) {
        store.scroll.page = window.scrollY;
        store.keepSoon();
      }
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      window.removeEventListener('scroll', onScroll);
    };
  }, [store]);
}
