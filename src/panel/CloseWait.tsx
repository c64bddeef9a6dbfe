import type { JSX } from 'preact';

import { visible } from '../core/wording/visible';
import type { GroupView, RowView } from '../core/viewModel/schema';
import { useRows, useShared } from './context';
import { Command, Fold, Icon, Rich, Section, TextButton } from './widgets';

/** Rows listed in an open group; the table has them all. */
const LISTED = 100;

/** The CLOSE_WAIT sockets by the program that has not closed them. */
export function CloseWait(): JSX.Element {
  const { model, words } = useShared();
  const { count, groups, pidAdvice } = model.closeWait;
  const hidden = groups.total - groups.first.length;
  return (
    <Section
      name="close-wait"
      title={words.text('closeWait')}
      aside={count > 0 && <span class="badge">{words.number(count)}</span>}
    >
      {count === 0 && (
        <p class="fine">
          <Icon name="pass" />
          {words.text('noCloseWait')}
        </p>
      )}
      <ul class="list">
        {groups.first.map((group, i) => (
          <li key={group.key} class="group">
            <Group group={group} number={i} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <p>{words.text('andMore', { count: hidden })}</p>}
      {pidAdvice !== null && (
        <p class="advice">
          <Icon name="lightbulb" />
          <span>
            <Rich text={pidAdvice.text} />
            {pidAdvice.command !== null && <Command command={pidAdvice.command} />}
          </span>
        </p>
      )}
    </Section>
  );
}

function Group({ group, number }: { readonly group: GroupView; readonly number: number }) {
  const { words } = useShared();
  const { process, pid, count, ofSockets, unreadBytes, remotes } = group;
  const known = process !== null || pid !== null;
  const head = (
    <>
      <span class="group-name">
        <span class={known ? 'program' : 'program unknown'}>
          {known ? visible(process ?? `PID ${pid ?? ''}`) : words.text('noProcess')}
        </span>
        {process !== null && pid !== null && <span class="pid">({pid})</span>}
      </span>
      <span class="group-facts">
        <span>
          <span class="group-count">{words.number(count)}</span>
          {ofSockets !== null && ` ${words.text('ofSockets', { count: ofSockets })}`}
        </span>
        {unreadBytes !== null && (
          <span>{words.counted(unreadBytes, 'oneUnreadByte', 'unreadBytes')}</span>
        )}
        <span class="group-remotes">
          {remotes.first
            .map(
              remote => `${visible(remote.name ?? remote.address)} (${words.number(remote.count)})`,
            )
            .join(', ')}
          {remotes.total > remotes.first.length &&
            ` ${words.text('andMore', { count: remotes.total - remotes.first.length })}`}
        </span>
      </span>
    </>
  );
  const always = (
    <>
      <p class="group-why">
        <Rich text={group.why} />
      </p>
      <p class="group-look">
        <Icon name="search" />
        <span>
          {words.text('lookFor')}: <Rich text={group.look} />
        </span>
      </p>
    </>
  );
  return (
    <Fold
      id={`group ${group.key}`}
      name={`group-${number}`}
      class="group-head"
      head={head}
      always={always}
    >
      {() => <Sockets group={group} />}
    </Fold>
  );
}

function Sockets({ group }: { readonly group: GroupView }): JSX.Element {
  const { store, words } = useShared();
  const rows = useRows(group.filter, LISTED);
  const hidden = group.count - LISTED;
  return (
    <>
      <ul class="list sockets">
        {rows?.map(row => (
          <li key={row.row}>
            <SocketLine row={row} />
          </li>
        )) ?? <li class="pending">{words.text('rowWaiting')}</li>}
      </ul>
      <p class="group-actions">
        {hidden > 0 && <span>{words.text('andMore', { count: hidden })}</span>}
        <TextButton
          icon="go-to-file"
          label={words.text('showLines')}
          onClick={() => {
            store.revealFilter(group.filter);
          }}
        />
        <TextButton
          icon="filter"
          label={words.text('filterTable')}
          onClick={() => {
            store.setFilter(group.filter);
            document.getElementById('sockets-title')?.scrollIntoView();
          }}
        />
      </p>
    </>
  );
}

function SocketLine({ row }: { readonly row: RowView }): JSX.Element {
  const { store, view, words } = useShared();
  const { line, local, remote, recvQ, timer } = row;
  return (
    <button
      type="button"
      class={view.selection.rows.has(row.row) ? 'socket in-editor' : 'socket'}
      onClick={() => {
        store.reveal({ kind: 'line', line });
      }}
    >
      <span class="socket-line">{words.text('line', { line: String(line) })}</span>
      <span class="ends">
        {visible(local)} <Icon name="arrow-left" /> {visible(remote ?? '')}
      </span>
      {recvQ !== null && <span>Recv-Q {words.number(recvQ)}</span>}
      {timer !== null && timer !== 'off' && <span>{timer}</span>}
    </button>
  );
}
