import type { Analysis } from '../analysis/analyze';
import type { RemoteCount } from '../index/remotes';
import type { CloseWaitGroup, CountedState, SnapshotSummary } from '../analysis/summary';
import type { Localizer } from '../wording/text';
import { plain } from '../wording/text';
import { label, say } from '../wording/statement';
import { WORDS } from '../wording/words';
import { type Block, columnsIn, heading, literal, paragraph } from './blocks';
import { andMore, moreBlocks } from './findingParts';
import type { View } from './limits';
import { stateText } from './unreadStates';
import { REPORT_TEXTS } from './reportTexts';

const SEE_OWNER = say(
  'This dump does not show which processes hold these sockets. To see them, run `{command}` as {user}.',
  'netstat.8',
);

const COLUMNS = {
  of: label('Of total'),
  lines: label('Lines'),
};

/** States that are counted one by one. */
const STATES = 7;

export function stateBlocks(last: SnapshotSummary, localizer: Localizer): Block[] {
  const counts = (Object.entries(last.stateCounts) as [CountedState, number][]).sort(
    ([, a], [, b]) => b - a,
  );
  if (counts.length === 0) {
    return [];
  }
  const more = counts.slice(STATES).reduce((sum, [, count]) => sum + count, 0);
  const texts = [
    ...counts
      .slice(0, STATES)
      .map(([state, count]) => `${localizer.number(count)}\u00a0${stateText(state, localizer)}`),
    ...(more === 0 ? [] : [plain(localizer.format(REPORT_TEXTS.otherStates, { n: more }))]),
  ];
  return [{ kind: 'paragraph', parts: [] }, ...stateField(texts, localizer)];
}

export function stateField(texts: readonly string[], localizer: Localizer): Block[] {
  return [
    {
      kind: 'field',
      label: plain(localizer.format(REPORT_TEXTS.states)),
      items: [{ kind: 'paragraph', parts: [literal(texts.join('  '))] }],
    },
  ];
}

export function closeWaitBlocks(
  last: SnapshotSummary,
  { dump }: Analysis,
  localizer: Localizer,
  { rows }: View,
): Block[] {
  const groups = last.closeWait;
  if (groups.length === 0) {
    return [];
  }
  const column = columnsIn(localizer);
  const blocks: Block[] = [
    heading(2, localizer.format(WORDS.closeWaitByProcess)),
    {
      kind: 'table',
      columns: [
        column.left(WORDS.process),
        column.right(WORDS.pid),
        column.right(WORDS.sockets),
        column.right(COLUMNS.of),
        column.right(WORDS.unread),
        column.left(WORDS.remotes),
        column.left(COLUMNS.lines),
      ],
      rows: groups.slice(0, rows).map(group => closeWaitRow(group, dump.table.line, localizer)),
    },
  ];
  blocks.push(...moreBlocks(groups.length - rows, localizer));
  const missing = groups.map(group => group.ownerCommand).find(command => command !== null);
  if (missing !== undefined) {
    const { command, needs } = missing;
    blocks.push(paragraph(localizer.say(SEE_OWNER, { command, user: needs ?? 'root' })));
  }
  return blocks;
}

function closeWaitRow(group: CloseWaitGroup, lines: Uint32Array, localizer: Localizer): string[] {
  const owned = group.pid !== null || group.process !== null;
  const remotes = group.remotes.slice(0, 3).map(remote);
  const named = Array.from(group.rows.subarray(0, 3), row => String(lines[row]! + 1));
  return [
    group.process ?? (owned ? '' : plain(localizer.format(WORDS.noOwner))),
    group.pid === null ? '' : String(group.pid),
    localizer.number(group.count),
    group.ofOwner === null ? '' : localizer.number(group.ofOwner),
    group.unreadBytes === null ? '' : localizer.number(group.unreadBytes),
    andMore(remotes, group.remoteCount - remotes.length, localizer),
    andMore(named, group.rows.length - named.length, localizer),
  ];
}

function remote({ address, port, count }: RemoteCount): string {
  return `${port === null ? address : `${address} port ${port}`} (${count})`;
}
