import type { JSX } from 'preact';

import { useShared } from './context';
import { Section } from './widgets';

/** How many sockets are in each state, as bars. */
export function States(): JSX.Element {
  const { model, words } = useShared();
  const { states, protocols } = model;
  const most = Math.max(1, ...states.map(({ count }) => count), ...protocols.map(p => p.count));
  return (
    <Section name="states" title={words.text('states')}>
      <ul class="list bars">
        {states.map(({ state, count, health, meaning, filter }) => (
          <Bar
            key={filter}
            name={state ?? words.text('unknownState')}
            count={count}
            share={count / most}
            kind={health}
            title={meaning}
            filter={filter}
          />
        ))}
        {protocols.map(({ protocol, count, filter }) => (
          <Bar
            key={filter}
            name={protocol.toUpperCase()}
            count={count}
            share={count / most}
            kind="other"
            title={words.text('otherProtocols')}
            filter={filter}
          />
        ))}
      </ul>
    </Section>
  );
}

interface BarProps {
  readonly name: string;
  readonly count: number;
  /** Of the longest bar. */
  readonly share: number;
  readonly kind: string;
  readonly title: string;
  readonly filter: string;
}

function Bar({ name, count, share, kind, title, filter }: BarProps): JSX.Element {
  const { store, words } = useShared();
  return (
    <li>
      <button
        type="button"
        class={`bar ${kind}`}
        title={title}
        onClick={() => {
          store.revealFilter(filter);
        }}
      >
        <span class="bar-name">{name}</span>
        <span class="bar-track">
          <span class="bar-fill" style={{ '--share': String(share) }} />
        </span>
        <span class="bar-count">{words.number(count)}</span>
        {kind === 'suspicious' && <span class="tag">{words.text('suspicious')}</span>}
      </button>
    </li>
  );
}
