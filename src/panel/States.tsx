import type { JSX } from 'preact';

import { useShared } from './context';
import { spelledState } from '../core/vocabulary/state';

/** How many sockets are in each state, as a bar whose parts lead to them; it stays in sight. */
export function States(): JSX.Element {
  const { model, words } = useShared();
  const { states, protocols } = model;
  const parts: PartProps[] = [
    ...states.map(({ state, count, health, meaning, filter }) => ({
      name: state === null ? words.text('unknownState') : spelledState(state),
      count,
      kind: health,
      title: meaning,
      filter,
    })),
    ...protocols.map(({ protocol, count, filter }) => ({
      name: protocol.toUpperCase(),
      count,
      kind: 'other',
      title: words.text('otherProtocols'),
      filter,
    })),
  ].sort((a, b) => b.count - a.count);
  return (
    <nav class="states" aria-label={words.text('states')}>
      <div class="state-bar" aria-hidden="true">
        {parts.map(({ filter, kind, count }) => (
          <span key={filter} class={`bar-fill ${kind}`} style={{ flexGrow: String(count) }} />
        ))}
      </div>
      <ul class="list">
        {parts.map(part => (
          <li key={part.filter}>
            <Part {...part} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface PartProps {
  readonly name: string;
  readonly count: number;
  readonly kind: string;
  readonly title: string;
  readonly filter: string;
}

function Part({ name, count, kind, title, filter }: PartProps): JSX.Element {
  const { store, words } = useShared();
  return (
    <button
      type="button"
      class={kind === 'suspicious' ? 'state-part suspicious' : 'state-part'}
      title={title}
      onClick={() => {
        store.revealFilter(filter);
      }}
    >
      <span class={`bar-fill ${kind}`} />
      <span class="bar-count">{words.number(count)}</span> <span class="bar-name">{name}</span>
    </button>
  );
}
