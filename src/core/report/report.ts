import type { Analysis } from '../analysis/analyze';
import { countLines, type Finding, linesOf, SEVERITIES, type Severity } from '../analysis/finding';
import type { RemoteCount } from '../index/remotes';
import type { CloseWaitGroup, SnapshotSummary } from '../analysis/summary';
import { adviceFor } from '../dialects/advice';
import { plain, Localizer } from '../wording/text';
import { label, say } from '../wording/statement';
import { WORDS } from '../wording/words';
import { type Block, joined } from './blocks';

const TITLE = label('report.title', '{source}: {sockets} sockets, {tool}');
const TITLE_ONE = label('report.title.one', '{source}: 1 socket, {tool}');
const SNAPSHOTS = label(
  'report.snapshots',
  'The newest of {count} snapshots; it begins at line {line}.',
);
const FORGOTTEN = label(
  'report.forgotten',
  'Older snapshots were read and not kept, {count} of them: the file has more than fits into memory.',
);
const UNREAD = label(
  'report.unread',
  'Lines that look like sockets and could not be read: {lines}',
);
const NOTHING = label('report.nothing', 'Nothing suspicious was found.');
const NOTE = label('report.note', '{codes}, confidence {confidence}, lines {lines}');
const CONFIRM = label('report.confirm', '**To confirm:** {text}');
const FIX = label('report.fix', '**Fix:** {text}');
const BUT = label('report.but', '**But:** {text}');
const SEE_OWNER = say(
  'report.see-owner',
  'This dump does not show whose these sockets are. `{command}` does, run as {user}.',
  'netstat.8',
);
const COLUMNS = {
  ...WORDS,
  of: label('report.column.of', 'Of'),
  unread: label('report.column.unread', 'Bytes unread'),
  remotes: label('report.column.remotes', 'Remotes'),
  lines: label('report.column.lines', 'Lines'),
};
const BADGES = {
  error: label('report.error', 'ERROR'),
  warning: label('report.warning', 'WARNING'),
  info: label('report.info', 'INFO'),
};
const CONFIDENCE = {
  high: label('report.confidence.high', 'high'),
  medium: label('report.confidence.medium', 'medium'),
  low: label('report.confidence.low', 'low'),
};

/** Lines and remotes listed in one place; what is more is counted. */
const LISTED = 8;

/** The report on one dump, the same for a terminal and for a ticket. */
export function report(source: string, analysis: Analysis, localizer = new Localizer()): Block[] {
  const { dump, last } = analysis;
  if (last === undefined) {
    return [];
  }
  const tool = last.snapshot.dialects.map(dialect => dialect.title).join(', ');
  const title =
    last.sockets === 1
      ? localizer.format(TITLE_ONE, { source, tool })
      : localizer.format(TITLE, { source, sockets: last.sockets, tool });
  const head: Block[] = [{ kind: 'heading', level: 1, parts: title.parts }];
  if (analysis.snapshots.length > 1) {
    const { parts } = localizer.format(SNAPSHOTS, {
      count: analysis.snapshots.length,
      line: last.snapshot.line + 1,
    });
    head.push({ kind: 'paragraph', parts });
  }
  if (dump.forgotten > 0) {
    const { parts } = localizer.format(FORGOTTEN, { count: dump.forgotten });
    head.push({ kind: 'paragraph', parts });
  }
  if (dump.unrecognized.length > 0) {
    const lines = listed(
      dump.unrecognized.map(line => String(line + 1)),
      localizer,
    );
    head.push({ kind: 'paragraph', parts: localizer.format(UNREAD, { lines }).parts });
  }
  return [
    ...head,
    ...findingsBlocks(analysis, localizer, lines => lines.map(line => String(line + 1))),
    ...stateBlocks(last, localizer),
    ...closeWaitBlocks(last, analysis, localizer),
  ];
}

/** The gravest of an analysis' findings; null where there is none. */
export function gravest({ findings }: Analysis): Severity | null {
  let worst = -1;
  for (const { severity } of findings) {
    worst = Math.max(worst, SEVERITIES.indexOf(severity));
  }
  return SEVERITIES[worst] ?? null;
}

/** All findings of an analysis; `nameLines` writes 0-based lines. */
export function findingsBlocks(
  analysis: Analysis,
  localizer: Localizer,
  nameLines: (lines: readonly number[]) => readonly string[],
): Block[] {
  const { findings } = analysis;
  return [
    { kind: 'heading', level: 2, parts: localizer.format(WORDS.findings).parts },
    ...(findings.length === 0
      ? [{ kind: 'paragraph', parts: localizer.format(NOTHING).parts } as const]
      : []),
    ...findings.flatMap(finding => findingBlocks(finding, analysis, localizer, nameLines)),
  ];
}

function findingBlocks(
  finding: Finding,
  { dump }: Analysis,
  localizer: Localizer,
  nameLines: (lines: readonly number[]) => readonly string[],
): Block[] {
  const codes = [finding.code, ...finding.merged.map(merged => merged.code)].join(', ');
  const note = localizer.format(NOTE, {
    codes,
    confidence: localizer.format(CONFIDENCE[finding.confidence]),
    lines: listed(
      nameLines([...linesOf(finding, dump.table, LISTED)]),
      localizer,
      LISTED,
      countLines(finding, dump),
    ),
  });
  const blocks: Block[] = [
    {
      kind: 'finding',
      severity: finding.severity,
      badge: plain(localizer.format(BADGES[finding.severity])),
      parts: finding.title.parts,
      note: plain(note),
    },
  ];
  if (finding.why.length > 0) {
    blocks.push({ kind: 'paragraph', parts: joined(finding.why) });
  }
  const caveats = [...finding.alternatives, ...finding.caveats];
  const items = [
    ...finding.evidence.slice(0, LISTED).map(({ text }) => text.parts),
    ...finding.remedy.map(text => localizer.format(FIX, { text }).parts),
    ...caveats.map(text => localizer.format(BUT, { text }).parts),
  ];
  if (items.length > 0) {
    blocks.push({ kind: 'list', items });
  }
  for (const { text, command } of finding.confirm) {
    blocks.push({ kind: 'paragraph', parts: localizer.format(CONFIRM, { text }).parts });
    if (command !== null) {
      blocks.push({ kind: 'code', text: command });
    }
  }
  return blocks;
}

function stateBlocks(last: SnapshotSummary, localizer: Localizer): Block[] {
  const counts = Object.entries(last.stateCounts);
  if (counts.length === 0) {
    return [];
  }
  return [
    { kind: 'heading', level: 2, parts: localizer.format(WORDS.states).parts },
    {
      kind: 'table',
      columns: [
        { title: plain(localizer.format(COLUMNS.state)), align: 'left' },
        { title: plain(localizer.format(COLUMNS.sockets)), align: 'right' },
      ],
      rows: counts.map(([state, count]) => [state, localizer.number(count)]),
    },
  ];
}

function closeWaitBlocks(last: SnapshotSummary, { dump }: Analysis, localizer: Localizer): Block[] {
  const groups = last.closeWait;
  if (groups.length === 0) {
    return [];
  }
  const title = (column: keyof typeof COLUMNS): string => plain(localizer.format(COLUMNS[column]));
  const blocks: Block[] = [
    { kind: 'heading', level: 2, parts: localizer.format(WORDS.closeWaitByProcess).parts },
    {
      kind: 'table',
      columns: [
        { title: title('process'), align: 'left' },
        { title: title('pid'), align: 'right' },
        { title: title('sockets'), align: 'right' },
        { title: title('of'), align: 'right' },
        { title: title('unread'), align: 'right' },
        { title: title('remotes'), align: 'left' },
        { title: title('lines'), align: 'left' },
      ],
      rows: groups.map(group => closeWaitRow(group, dump.table.line, localizer)),
    },
  ];
  const missing = groups.map(group => group.ownerCommand).find(command => command !== null);
  if (missing !== undefined) {
    const { command, needs } = missing;
    const { parts } = localizer.say(SEE_OWNER, { command, user: needs ?? 'root' });
    blocks.push({ kind: 'paragraph', parts });
  }
  return blocks;
}

function closeWaitRow(group: CloseWaitGroup, lines: Uint32Array, localizer: Localizer): string[] {
  const owned = group.pid !== null || group.process !== null;
  return [
    group.process ?? (owned ? '' : plain(localizer.format(WORDS.noOwner))),
    group.pid === null ? '' : String(group.pid),
    localizer.number(group.count),
    group.ofOwner === null ? '' : localizer.number(group.ofOwner),
    group.unreadBytes === null ? '' : localizer.number(group.unreadBytes),
    listed(group.remotes.map(remote), localizer, 3, group.remoteCount),
    listed(
      Array.from(group.rows.subarray(0, LISTED), row => String(lines[row]! + 1)),
      localizer,
      LISTED,
      group.rows.length,
    ),
  ];
}

function remote({ address, port, count }: RemoteCount): string {
  return `${port === null ? address : `${address} port ${port}`} (${count})`;
}

/** `1, 2, 3, … (40)`: the beginning of a long list, and how long it is. */
function listed(
  items: readonly string[],
  localizer: Localizer,
  most = LISTED,
  total = items.length,
): string {
  return total <= most
    ? items.join(', ')
    : `${items.slice(0, most).join(', ')}, … (${localizer.number(total)})`;
}

/** What to tell about a text that holds no socket: what was looked for, and what to run. */
export function noSockets(source: string): string {
  const advice = adviceFor(null).map(
    ({ dialect, command: { command, needs } }) =>
      `${dialect.title}: ${command}${needs === null ? '' : ` (as ${needs})`}`,
  );
  return `${source}: no socket found. Looked for the output of netstat, ss, lsof and the like. These make a dump that can be read in full: ${advice.join('; ')}.`;
}
