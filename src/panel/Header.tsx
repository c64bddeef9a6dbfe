import type { JSX } from 'preact';

import { visible } from '../core/wording/visible';
import type { SnapshotView } from '../core/viewModel/schema';
import { type Shared, useShared } from './context';
import { Menu } from './Menu';
import { Icon, IconButton } from './widgets';
import { shownTime } from './words';

/** What the panel is about, and what can be done with all of it. */
export function Header(): JSX.Element {
  const { store, model, words } = useShared();
  const { title, tool, system, sockets, counters, unread } = model;
  return (
    <header class="header">
      <div class="header-name">
        <h1>{visible(title)}</h1>
        <SnapshotPicker />
      </div>
      <p class="facts">
        <span>{tool}</span>
        {system !== null && !tool.includes(system) && <span>{system}</span>}
        {model.listsSockets && <span>{words.counted(sockets, 'oneSocket', 'sockets')}</span>}
        {counters !== null && (
          <span>{words.counted(counters.total, 'oneCounter', 'counterCount')}</span>
        )}
        {unread > 0 && (
          <button
            type="button"
            class="link unread"
            title={words.text('unreadTitle')}
            onClick={() => {
              store.reveal({ kind: 'unread' });
            }}
          >
            <Icon name="warning" />
            {words.counted(unread, 'oneUnread', 'unread')}
          </button>
        )}
      </p>
      <div class="actions" role="toolbar" aria-label={words.text('actions')}>
        <IconButton
          icon="refresh"
          label={words.text('refresh')}
          onClick={() => {
            store.refresh();
          }}
        />
        <ExportMenu to="clipboard" />
        <ExportMenu to="file" />
      </div>
    </header>
  );
}

function ExportMenu({ to }: { readonly to: 'clipboard' | 'file' }): JSX.Element {
  const { store, view, model, words } = useShared();
  const copy = to === 'clipboard';
  // CSV is of sockets.
  const possible = (['markdown', 'csv', 'json'] as const).filter(
    format => format !== 'csv' || model.sockets > 0,
  );
  const formats = possible.map(format => ({
    label: words.text(format),
    run: () => {
      store.export(format, to);
    },
  }));
  const redact = {
    label: words.text('redact'),
    title: words.text('redactTitle'),
    checked: view.redact,
    run: () => {
      store.setRedact(!view.redact);
    },
  };
  return (
    <Menu
      icon={copy ? 'copy' : 'export'}
      label={words.text(copy ? 'copy' : 'export')}
      title={words.text(copy ? 'copyReport' : 'exportReport')}
      items={[...formats, redact]}
    />
  );
}

const NEWEST = 'newest';

function SnapshotPicker(): JSX.Element | null {
  const shared = useShared();
  const { store, view, model, words } = shared;
  const { snapshots } = model;
  if (snapshots.length < 2) {
    return null;
  }
  return (
    <select
      aria-label={words.text('snapshot')}
      value={view.snapshot === null ? NEWEST : String(model.snapshot)}
      onChange={({ currentTarget }) => {
        const { value } = currentTarget;
        store.setSnapshot(value === NEWEST ? null : Number(value));
      }}
    >
      <option value={NEWEST}>
        {words.text('newest')} ({words.text('snapshots', { count: snapshots.length })})
      </option>
      {snapshots.map((snapshot, i) => (
        <option key={i} value={i}>
          {snapshotName(snapshot, i, shared)}
        </option>
      ))}
    </select>
  );
}

function snapshotName(snapshot: SnapshotView, i: number, { words, model }: Shared): string {
  const { line, time, sockets, closeWait, counters } = snapshot;
  const place = words.text('snapshotItem', {
    number: i + 1,
    total: model.snapshots.length,
    line: String(line),
  });
  const counts = [
    ...(sockets > 0 || counters === 0 ? [words.counted(sockets, 'oneSocket', 'sockets')] : []),
    ...(counters > 0 ? [words.counted(counters, 'oneCounter', 'counterCount')] : []),
    ...(closeWait > 0 ? [`${words.number(closeWait)} CLOSE_WAIT`] : []),
  ];
  return [place, ...(time === null ? [] : [shownTime(time)]), ...counts].join(' · ');
}
