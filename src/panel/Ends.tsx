import type { JSX } from 'preact';

import { visible } from '../core/wording/visible';
import type { ListenerView, RemoteView } from '../core/viewModel/schema';
import { useShared } from './context';
import { ALL_REMOTES_KEY } from './store';
import { MoreInTable, Section, ShowAll } from './widgets';

/** Remote addresses listed before all are asked for. */
const FEW = 12;

/** The commonest remote addresses. */
export function Remotes(): JSX.Element | null {
  const { view, model, words } = useShared();
  const { first, total } = model.remotes;
  const listed = view.open.has(ALL_REMOTES_KEY) ? first : first.slice(0, FEW);
  const most = Math.max(1, ...first.map(({ count }) => count));
  if (total === 0) {
    return null;
  }
  return (
    <Section name="remotes" title={words.text('remotes')}>
      <ul class="list bars">
        {listed.map(remote => (
          <li key={remote.address}>
            <Remote remote={remote} most={most} />
          </li>
        ))}
      </ul>
      <ShowAll id={ALL_REMOTES_KEY} first={FEW} count={first.length} total={total} />
      {total > first.length && (
        <MoreInTable hidden={total - listed.length} filter="remote:*" column="remote" />
      )}
    </Section>
  );
}

function Remote({ remote, most }: { readonly remote: RemoteView; readonly most: number }) {
  const { store, words } = useShared();
  const { address, name, count, closeWait, filter } = remote;
  return (
    <button
      type="button"
      class="bar remote"
      onClick={() => {
        store.revealFilter(filter);
      }}
    >
      <span class="bar-name" title={address}>
        {visible(name ?? address)}
      </span>
      <span class="bar-track">
        <span class="bar-fill" style={{ '--share': String(count / most) }} />
        <span class="bar-part" style={{ '--share': String(closeWait / most) }} />
      </span>
      <span class="bar-count">{words.number(count)}</span>
      {closeWait > 0 && <span class="tag">{words.number(closeWait)} CLOSE_WAIT</span>}
    </button>
  );
}

/** Who waits for connections, and who can reach it. */
export function Listeners(): JSX.Element | null {
  const { model, words } = useShared();
  const { first, total } = model.listeners;
  if (total === 0) {
    return null;
  }
  return (
    <Section name="listeners" title={words.text('listeners')}>
      <ul class="list listener-list">
        {first.map(listener => (
          <li key={`${listener.filter} ${listener.owner ?? ''}`}>
            <Listener listener={listener} />
          </li>
        ))}
      </ul>
      <MoreInTable hidden={total - first.length} filter="state:listen" column="local" />
    </Section>
  );
}

const EXPOSURES = {
  all: 'exposureAll',
  address: 'exposureAddress',
  loopback: 'exposureLoopback',
} as const;

function Listener({ listener }: { readonly listener: ListenerView }): JSX.Element {
  const { store, words } = useShared();
  const { local, owner, exposure, connections, filter } = listener;
  return (
    <button
      type="button"
      class="listener"
      onClick={() => {
        store.revealFilter(filter);
      }}
    >
      <span class="listener-local">{visible(local)}</span>
      <span class="listener-owner">{visible(owner ?? '')}</span>
      <span class={`exposure ${exposure}`}>{words.text(EXPOSURES[exposure])}</span>
      <span class="listener-facts">
        {words.counted(connections, 'oneConnection', 'connections')}
        <Queue listener={listener} />
      </span>
    </button>
  );
}

function Queue({ listener }: { readonly listener: ListenerView }): JSX.Element | null {
  const { words } = useShared();
  const { queue, backlog } = listener;
  if (queue === null || queue === 0) {
    return null;
  }
  return (
    <span class={backlog !== null && queue > backlog ? 'tag' : 'queue'}>
      {backlog === null
        ? words.text('queue', { count: queue })
        : words.text('queueOf', { count: queue, limit: backlog })}
    </span>
  );
}
