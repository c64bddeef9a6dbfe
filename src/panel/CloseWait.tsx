import type { JSX } from 'preact';

import { visible } from '../core/wording/visible';
import type { GroupView, RemoteView, RowView } from '../core/viewModel/schema';
import { useRows, useShared } from './context';
import {
  Command,
  FilterButton,
  FoldHead,
  Icon,
  MoreInTable,
  Rich,
  Scrolled,
  Section,
  TextButton,
} from './widgets';

/** Rows listed in an open group; the table has them all. */
const LISTED = 100;

/** The CLOSE_WAIT sockets by the program that has not closed them; nothing where none can be told. */
export function CloseWait(): JSX.Element | null {
  const { model, words } = useShared();
  const { count, groups, pidAdvice } = model.closeWait;
  if (count === 0 && !model.judged) {
    return null;
  }
  const hidden = groups.total - groups.first.length;
  return (
    <Section
      name="close-wait"
      title={words.text('closeWait')}
      aside={count > 0 && <span class="badge">{words.number(count)}</span>}
    >
      {count === 0 ? (
        <p class="fine">
          <Icon name="pass" />
          {words.text('noCloseWait')}
        </p>
      ) : (
        <Groups groups={groups.first} />
      )}
      <MoreInTable hidden={hidden} filter="state:close-wait" column="process" />
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

/** Columns that only some dumps have something for. */
interface Columns {
  readonly unread: boolean;
  readonly time: boolean;
}

function Groups({ groups }: { readonly groups: readonly GroupView[] }): JSX.Element {
  const { words } = useShared();
  const columns: Columns = {
    unread: groups.some(({ unreadBytes }) => unreadBytes !== null),
    time: groups.some(({ atLeast }) => atLeast !== null),
  };
  return (
    <Scrolled label={words.text('closeWait')}>
      <table class="numbers groups">
        <thead>
          <tr>
            <th scope="col">{words.text('columnProcess')}</th>
            <th scope="col">{words.text('columnPid')}</th>
            <th scope="col">{words.text('inCloseWait')}</th>
            {columns.unread && <th scope="col">{words.text('unreadBytes')}</th>}
            {columns.time && <th scope="col">{words.text('atLeast')}</th>}
            <th scope="col" class="left">
              {words.text('remotes')}
            </th>
          </tr>
        </thead>
        {groups.map((group, i) => (
          <Group key={group.key} group={group} number={i} columns={columns} />
        ))}
      </table>
    </Scrolled>
  );
}

interface GroupProps {
  readonly group: GroupView;
  readonly number: number;
  readonly columns: Columns;
}

function Group({ group, number, columns }: GroupProps): JSX.Element {
  const { view, words } = useShared();
  const { process, pid, count, ofSockets, unreadBytes, remotes, atLeast } = group;
  const id = `group ${group.key}`;
  const name = `group-${number}`;
  const known = process !== null || pid !== null;
  return (
    <tbody class="group">
      <tr>
        <th scope="row">
          <FoldHead id={id} name={name} class="group-head">
            <span class={known ? 'program' : 'program unknown'}>
              {known ? visible(process ?? `PID ${pid ?? ''}`) : words.text('noProcess')}
            </span>
          </FoldHead>
        </th>
        <td>{pid === null ? '' : String(pid)}</td>
        <td>
          <span class="group-count">{words.number(count)}</span>
          {ofSockets !== null && ` ${words.text('ofSockets', { count: ofSockets })}`}
        </td>
        {columns.unread && <td>{unreadBytes === null ? '' : words.number(unreadBytes)}</td>}
        {columns.time && <td>{atLeast}</td>}
        <td class="left">
          {remotes.first.map(remoteText(words.number.bind(words))).join(', ')}
          {remotes.total > remotes.first.length &&
            ` ${words.text('andMore', { count: remotes.total - remotes.first.length })}`}
        </td>
      </tr>
      {view.open.has(id) && (
        <tr id={name}>
          <td class="left" colSpan={4 + Number(columns.unread) + Number(columns.time)}>
            <Sockets group={group} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function remoteText(number: (value: number) => string): (remote: RemoteView) => string {
  return ({ name, address, count }) => `${visible(name ?? address)} (${number(count)})`;
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
      <p class="detail-actions">
        {hidden > 0 && <span>{words.text('andMore', { count: hidden })}</span>}
        <TextButton
          icon="go-to-file"
          label={words.text('showLines')}
          onClick={() => {
            store.revealFilter(group.filter);
          }}
        />
        <FilterButton filter={group.filter} />
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
        {visible(local)} {remote !== null && `– ${visible(remote)}`}
      </span>
      {recvQ !== null && <span>Recv-Q {words.number(recvQ)}</span>}
      {timer !== null && timer !== 'off' && <span>{timer}</span>}
    </button>
  );
}
