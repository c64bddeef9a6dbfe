import type { JSX } from 'preact';

import { useShared } from './context';
import { spelledState } from '../core/vocabulary/state';
import { Rich } from './widgets';

/** How many sockets are in each state, as a bar whose parts lead to them; it stays in sight. */
export function States(): JSX.Element | null {
  const { store, model, words } = useShared();
  const { states, protocols, stateCounts } = model;
  const parts: PartProps[] = [
    ...states.map(({ state, count, health, meaning, filter }) => ({
      name: state === null ? words.text('unknownState') : spelledState(state),
      count,
      kind: health,
      title: meaning,
      id: filter,
      show: () => {
        store.revealFilter(filter);
      },
    })),
    ...protocols.map(({ protocol, count, filter }) => ({
      name: protocol.toUpperCase(),
      count,
      kind: 'other',
      title: words.text('otherProtocols'),
      id: filter,
      show: () => {
        store.revealFilter(filter);
      },
    })),
    ...(stateCounts?.states ?? []).map(({ state, count, health, meaning, line }) => ({
      name: spelledState(state),
      count,
      kind: health,
      title: meaning,
      id: `line ${line}`,
      show: () => {
        store.reveal({ kind: 'line', line });
      },
    })),
  ].sort((a, b) => b.count - a.count);
  if (parts.length === 0) {
    return null;
  }
  return (
    <nav class="states" aria-label={words.text('states')}>
      <div class="state-bar" aria-hidden="true">
        {parts.map(({ id, kind, count }) => (
          <span key={id} class={`bar-fill ${kind}`} style={{ flexGrow: String(count) }} />
        ))}
      </div>
      <ul class="list">
        {parts.map(part => (
          <li key={part.id}>
            <Part {...part} />
          </li>
        ))}
      </ul>
      {stateCounts !== null && (
        <p class="note">
          <Rich text={stateCounts.note} />
        </p>
      )}
    </nav>
  );
}

interface PartProps {
  readonly name: string;
  readonly count: number;
  readonly kind: string;
  readonly title: string;
  /** Unique among the parts. */
  readonly id: string;
  readonly show: () => void;
}

function Part({ name, count, kind, title, show }: PartProps): JSX.Element {
  const { words } = useShared();
  return (
    <button
      type="button"
      class={kind === 'suspicious' ? 'state-part suspicious' : 'state-part'}
      title={title}
      onClick={show}
    >
      <span class={`bar-fill ${kind}`} />
      <span class="bar-count">{words.number(count)}</span> <span class="bar-name">{name}</span>
    </button>
  );
}
