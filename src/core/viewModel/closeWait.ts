import { adviceOn } from '../knowledge/advice';
import { runtimeOf } from '../knowledge/runtimes';
import type { CloseWaitGroup, SnapshotSummary } from '../analysis/summary';
import { programText } from '../explain/facts';
import { TLS_CLOSE_SIZES } from '../explain/situations/closeWait';
import { quote, type Localizer, type Text } from '../wording/text';
import { label, say } from '../wording/statement';
import { stateKnowledge } from '../knowledge/states';
import { isLinux, systemKnowledge } from '../knowledge/systems';
import { NONE } from '../model/row';
import type { Owner } from '../model/socket';
import type { SocketTable } from '../model/socketTable';
import type { System } from '../vocabulary/system';
import { quoteValue } from '../query/words';
import { remoteView } from './ends';
import type { NameOf } from '../wording/addressNames';
import type { CloseWaitView, CommandView, GroupView } from './schema';

const GROUPS = 200;
const REMOTES = 3;
const STATE_FILTER = 'state:close-wait';

const CLOSED = {
  one: say(
    'panel.group.one',
    '{remote} closed this connection; **{program} has not.**',
    'rfc9293-3.3.2',
  ),
  sameRemote: say(
    'panel.group.same-remote',
    '{remote} closed {count} connections; **{program} has not.**',
    'rfc9293-3.3.2',
  ),
  manyRemotes: say(
    'panel.group.many-remotes',
    '{remotes} remotes closed {count} connections; **{program} has not.**',
    'rfc9293-3.3.2',
  ),
};

const QUEUES = {
  consumed: say(
    'panel.group.consumed',
    'Everything has been read: the program has not called close(), or is still working on its answer.',
    'measured',
    'rfc9293-3.6',
  ),
  ignored: say(
    'panel.group.ignored',
    'Only the end itself is unread: most likely it does not look at them.',
    'measured',
  ),
  unread: say(
    'panel.group.unread',
    'All hold unread data: most likely it has stopped reading them.',
    'measured',
  ),
  unreadOne: say(
    'panel.group.unread-one',
    'Data is unread: most likely it has stopped reading.',
    'measured',
  ),
  goodbye: say(
    'panel.group.goodbye',
    'Unread is what a TLS goodbye and the end take: most likely idle connections of a pool that it has not looked at since.',
    'measured',
  ),
  someUnread: say('panel.group.some-unread', 'With unread data: {count}.', 'measured'),
  someIgnored: say('panel.group.some-ignored', 'Only the end itself unread: {count}.', 'measured'),
  someGoodbye: say('panel.group.some-goodbye', 'Only a TLS goodbye unread: {count}.', 'measured'),
  someConsumed: say(
    'panel.group.some-consumed',
    'Read to the end and not closed: {count}.',
    'measured',
  ),
  noTimer: say(
    'panel.group.no-timer',
    'No timer ends that while the peer answers.',
    'rfc9293-3.3.2',
    'measured',
  ),
};

const SOMEBODY = label('panel.group.somebody', 'the program');

/** The CLOSE_WAIT sockets of a snapshot by process. */
export function closeWaitView(
  summary: SnapshotSummary,
  table: SocketTable,
  nameOf: NameOf,
  localizer: Localizer,
): CloseWaitView {
  const { closeWait } = summary;
  let count = 0;
  let unread: number | null = null;
  for (const group of closeWait) {
    count += group.count;
    unread = group.unreadBytes === null ? unread : (unread ?? 0) + group.unreadBytes;
  }
  return {
    count,
    unreadBytes: unread,
    groups: {
      total: closeWait.length,
      first: closeWait
        .slice(0, GROUPS)
        .map(group => groupView(group, summary, table, nameOf, localizer)),
    },
    pidAdvice: pidAdvice(summary, localizer),
  };
}

function groupView(
  group: CloseWaitGroup,
  summary: SnapshotSummary,
  table: SocketTable,
  nameOf: NameOf,
  localizer: Localizer,
): GroupView {
  const { pid, process, count, unreadBytes, remotes } = group;
  const filter = filterOf(group);
  const owners = pid === null && process === null ? [] : [{ pid, process, fd: null }];
  return {
    key: `${pid ?? ''} ${process ?? ''}`,
    pid,
    process,
    count,
    ofSockets: group.ofOwner,
    unreadBytes,
    remotes: {
      total: group.remoteCount,
      first: remotes
        .slice(0, REMOTES)
        .map(remote =>
          remoteView(
            remote.address,
            { count: remote.count, closeWait: remote.count },
            filter,
            nameOf,
          ),
        ),
    },
    why: whyOf(group, owners, summary, table, localizer),
    look: lookFor(owners, summary.snapshot.system, localizer),
    filter,
  };
}

function filterOf({ pid, process }: CloseWaitGroup): string {
  const byName = process === null ? 'process:none' : `process=${quoteValue(process)}`;
  return pid === null ? `${STATE_FILTER} pid:none ${byName}` : `${STATE_FILTER} pid:${pid}`;
}

function whyOf(
  { count, remotes, remoteCount, rows }: CloseWaitGroup,
  owners: readonly Owner[],
  { snapshot }: SnapshotSummary,
  table: SocketTable,
  localizer: Localizer,
): Text['parts'] {
  const program = owners.length === 0 ? localizer.format(SOMEBODY) : programText(owners, localizer);
  const [first] = remotes;
  const remote = quote(first?.address ?? '');
  const closed =
    remoteCount > 1
      ? localizer.say(CLOSED.manyRemotes, { remotes: remoteCount, count, program })
      : count === 1
        ? localizer.say(CLOSED.one, { remote, program })
        : localizer.say(CLOSED.sameRemote, { remote, count, program });
  const queues = isLinux(snapshot.system) ? queuesOf(rows, table, localizer) : [];
  return sentences([closed, ...(queues.length === 0 ? [localizer.say(QUEUES.noTimer)] : queues)]);
}

/** What the receive queues tell, which on Linux count the peer's FIN. */
function queuesOf(rows: Uint32Array, table: SocketTable, localizer: Localizer): Text[] {
  let consumed = 0;
  let ignored = 0;
  let goodbye = 0;
  let unread = 0;
  for (const row of rows) {
    const queue = table.recvQ[row]!;
    if (queue === NONE) {
      return [];
    }
    if (queue === 0) {
      consumed++;
    } else if (queue === 1) {
      ignored++;
    } else if (TLS_CLOSE_SIZES.has(queue)) {
      goodbye++;
    } else {
      unread++;
    }
  }
  switch (rows.length) {
    case consumed:
      return [localizer.say(QUEUES.consumed)];
    case ignored:
      return [localizer.say(QUEUES.ignored)];
    case goodbye:
      return [localizer.say(QUEUES.goodbye)];
    case unread:
      return [localizer.say(rows.length === 1 ? QUEUES.unreadOne : QUEUES.unread)];
  }
  return [
    ...(unread > 0 ? [localizer.say(QUEUES.someUnread, { count: unread })] : []),
    ...(ignored > 0 ? [localizer.say(QUEUES.someIgnored, { count: ignored })] : []),
    ...(goodbye > 0 ? [localizer.say(QUEUES.someGoodbye, { count: goodbye })] : []),
    ...(consumed > 0 ? [localizer.say(QUEUES.someConsumed, { count: consumed })] : []),
  ];
}

/** What to look for in the code, for the program's likely runtime. */
function lookFor(
  owners: readonly Owner[],
  system: System | null,
  localizer: Localizer,
): Text['parts'] {
  const { advice } = stateKnowledge('CLOSE-WAIT');
  const runtime = runtimeOf(owners[0]?.process ?? null);
  const [fitting] = [runtime, 'any'].flatMap(wanted =>
    adviceOn(
      system,
      advice.filter(one => one.runtime === wanted).map(one => one.advice),
    ),
  );
  return fitting === undefined ? [] : localizer.say(fitting).parts;
}

function sentences(texts: readonly Text[]): Text['parts'] {
  return texts.flatMap((text, i) =>
    i === 0 ? text.parts : [{ text: ' ', style: 'plain' as const }, ...text.parts],
  );
}

/** How to see the programs, where the dump does not show them. */
function pidAdvice(
  { closeWait, snapshot }: SnapshotSummary,
  localizer: Localizer,
): CommandView | null {
  const command = closeWait.find(group => group.ownerCommand !== null)?.ownerCommand;
  const how = systemKnowledge(snapshot.system)?.pids ?? null;
  if (command === null || command === undefined) {
    return null;
  }
  return { text: how === null ? [] : localizer.say(how).parts, command: command.command };
}
