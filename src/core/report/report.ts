import { State } from '../vocabulary/state';
import type { Analysis } from '../analysis/analyze';
import { codesOf, type Finding, type RuleCode } from '../analysis/finding';
import { ruleOf } from '../analysis/ruleTable';
import { TEXTS as VERDICT_TEXTS } from '../analysis/verdict/verdictTexts';
import type { RemoteCount } from '../index/remotes';
import type { CloseWaitGroup, CountedState, SnapshotSummary } from '../analysis/summary';
import { counterList } from '../analysis/counterList';
import { adviceFor } from '../dialects/advice';
import type { OtherOutput } from '../reading/otherOutput';
import { countersOf, isStateCount, titlesOf } from '../model/counter';
import { listsSockets } from '../model/snapshot';
import { linksText } from './content';
import { plain, Localizer, type Text } from '../wording/text';
import { label, say } from '../wording/statement';
import { sources } from '../wording/sources';
import { WORDS } from '../wording/words';
import {
  type Block,
  columnsIn,
  type FieldItem,
  heading,
  joined,
  literal,
  paragraph,
} from './blocks';
import { COUNTER_TEXTS, counterBlocks, sumNotes } from './counterParts';
import {
  andMore,
  cautionsOf,
  checksOf,
  confidenceText,
  countOf,
  countsByRule,
  countsBySeverity,
  countsText,
  leftTexts,
  linesText,
  moreBlocks,
  type NameLine,
  ownCaveats,
  ownLines,
  proofTexts,
  sidesTable,
  sourcesOfFinding,
  subjectsText,
} from './findingParts';
import { linkBlocks } from './linkParts';
import { inWords, isHealthy } from './inWords';
import { USUAL, type View } from './limits';
import { isReadWhole, lacksStates, stateText, unreadStates } from './unreadStates';

const TITLE = label('{source}: {sockets} sockets, {tool}');
const TITLE_ONE = label('{source}: 1 socket, {tool}');
const SNAPSHOTS = label('Latest of {count} snapshots, from line {line}.');
const AGAIN = label(
  'Rows that are listed more than once at one moment: {count}. Each socket counts once.',
);
const SNAPSHOTS_OF_HOSTS = label('Latest of {count} snapshots of {hosts} hosts, from line {line}.');
const TITLE_COUNTERS = label('{source}: {counters} counters, {tool}');
const TITLE_COUNTER = label('{source}: 1 counter, {tool}');
const TITLE_OTHERS = label('{source}: {what}, {tool}');
const OTHERS = label('{what}, {tool}.');
const COUNTERS = label('{counters} counters, {tool}.');
const MISSING = say(
  'The output from line {to} on lacks {count} of the counters that the one from line {from} on has: it was cut off or filtered.',
  'general-practice',
);
const FORGOTTEN = label(
  'The oldest snapshots were read but not kept, because the file does not fit into memory: {count}.',
);
const UNREAD = label('Unrecognized lines that look like sockets: {lines}');
export const REPORT_TEXTS = {
  nothing: label('No problems found.'),
  nothingRead: label('No problems found in what could be read.'),
  noRule: label('No finding for {codes}.'),
  fix: WORDS.fix,
  check: WORDS.check,
  proof: WORDS.proof,
  or: label('Or'),
  but: label('But'),
  left: label('Left'),
  why: label('Reason'),
  also: label('Also'),
  source: label('Source'),
  states: label('States'),
  byRule: label('{count} more, by rule:'),
  moreRules: label('and from other rules ({rules}): {count}'),
  otherStates: label('{n} in other states'),
  all: label('`{all}` shows all {count}, `{rule}` those of one rule.'),
  explain: label('Reasons and sources: `{command}`'),
};
const FILTERED = say(
  'Rows may be missing, because the output was filtered or shortened: that does not prove that all is well.',
  'general-practice',
);
const SEE_OWNER = say(
  'This dump does not show which processes hold these sockets. To see them, run `{command}` as {user}.',
  'netstat.8',
);
const COLUMNS = {
  of: label('Of total'),
  lines: label('Lines'),
};
export const BADGES = {
  error: label('ERROR'),
  warning: label('WARNING'),
  info: label('INFO'),
};

/** The words before the parts of a finding. */
type FieldName = 'left' | 'fix' | 'check' | 'proof' | 'why' | 'or' | 'but' | 'also';

/** Lines and remotes listed in one place; what is more is counted. */
const LISTED = 8;

/** States that are counted one by one. */
const STATES = 7;

/** Rules whose further findings are counted one by one. */
const RULES = 8;

/** Texts that a finding shows of each kind where reasons are not asked for. */
const FEW = { remedy: 2, confirm: 2, proof: 2, alternatives: 1 };

/** How many remedies are shown: first aid goes with the one that it stands behind. */
function remediesOf({ remedy }: Finding): number {
  const aid = remedy.findIndex(({ passing }) => passing === true);
  return FEW.remedy + (aid > 0 && aid < FEW.remedy ? 1 : 0);
}

/** The report on one dump for a terminal: verdicts, what to do, and what proves them. */
export function report(
  source: string,
  analysis: Analysis,
  localizer = new Localizer(),
  view = USUAL,
  command = commandFor(source),
): Block[] {
  const { last } = analysis;
  if (last === undefined) {
    return [];
  }
  const words =
    view.rules === null && isHealthy(analysis.findings) ? inWords(analysis, last, localizer) : [];
  return [
    ...headBlocks(source, last, analysis, localizer),
    ...(words.length === 0 ? [] : [paragraph(...words)]),
    ...(canJudge(analysis) ? findingsBlocks(analysis, localizer, ownLines, view, command) : []),
    ...(view.rules === null
      ? [
          ...closeWaitBlocks(last, analysis, localizer, view),
          ...stateBlocks(last, localizer),
          // Beside sockets, findings say what of the counters is worth saying.
          ...(!listsSockets(last.snapshot) || view.rows === Infinity
            ? [
                ...counterBlocks(analysis, last, localizer, view.rows * 2, command('--all')),
                ...linkBlocks(analysis, last, localizer, view.rows * 2, command('--all')),
              ]
            : []),
        ]
      : []),
    ...closing(analysis, localizer, view, command),
  ];
}

/** What a dump is, and what of it is not in the report. */
export function headBlocks(
  source: string,
  last: SnapshotSummary,
  analysis: Analysis,
  localizer: Localizer,
): Block[] {
  const { dump, snapshots, hosts } = analysis;
  const head: Block[] = [heading(1, titleText(source, last, localizer))];
  head.push(...countedBlocks(last, analysis, localizer), ...otherBlocks(last, localizer));
  if (snapshots.length > 1) {
    const args = { count: snapshots.length, line: last.snapshot.line + 1 };
    const text = hosts.several
      ? localizer.format(SNAPSHOTS_OF_HOSTS, { ...args, hosts: hosts.list.length })
      : localizer.format(SNAPSHOTS, args);
    head.push(paragraph(text));
  }
  const { dialects, repeats } = last.snapshot;
  // What another tool lists again is there on purpose.
  if (repeats.size > 0 && dialects.length === 1) {
    head.push(paragraph(localizer.format(AGAIN, { count: repeats.size })));
  }
  if (dump.forgotten > 0) {
    head.push(paragraph(localizer.format(FORGOTTEN, { count: dump.forgotten })));
  }
  if (dump.unrecognized.length > 0) {
    const named = dump.unrecognized.slice(0, LISTED).map(line => String(line + 1));
    const lines = andMore(named, dump.unrecognized.length - named.length, localizer);
    head.push(paragraph(localizer.format(UNREAD, { lines })));
  }
  head.push(...unreadStates(dump, last, localizer).map(text => paragraph(text)));
  return head;
}

/** `FILE: 118 sockets, Linux netstat`. */
function titleText(source: string, last: SnapshotSummary, localizer: Localizer): Text {
  const { dialects, listing } = last.snapshot;
  // Of a listing without rows, its command says which tool it is of.
  const tool =
    dialects.map(dialect => dialect.title).join(', ') || (listing.command ?? '').split(' ', 1)[0]!;
  if (!listsSockets(last.snapshot) && last.snapshot.counted.length === 0) {
    return localizer.format(TITLE_OTHERS, { source, ...othersText(last, localizer) });
  }
  if (!listsSockets(last.snapshot)) {
    const { counters, tool: tools } = countersText(last, localizer);
    return countersOf(last.snapshot.counted).length === 1
      ? localizer.format(TITLE_COUNTER, { source, tool: tools })
      : localizer.format(TITLE_COUNTERS, { source, counters, tool: tools });
  }
  return last.sockets === 1
    ? localizer.format(TITLE_ONE, { source, tool })
    : localizer.format(TITLE, { source, sockets: last.sockets, tool });
}

/** How many counters there are beside the sockets, and what they can say. */
function countedBlocks(last: SnapshotSummary, analysis: Analysis, localizer: Localizer): Block[] {
  const { counted } = last.snapshot;
  if (counted.length === 0) {
    return [];
  }
  const states = countersOf(counted.filter(isStateCount)).map(
    ({ value, raw }) => `${localizer.number(value)}\u00a0${raw}`,
  );
  const compared = comparedTexts(last, analysis, localizer);
  const texts = [
    ...(!listsSockets(last.snapshot)
      ? []
      : [localizer.format(COUNTERS, countersText(last, localizer))]),
    ...(compared ?? []),
    ...sumNotes(counted, compared === null, localizer),
    ...(states.length > 0 ? [localizer.say(COUNTER_TEXTS.statesOnly)] : []),
  ];
  return [
    ...(texts.length === 0 ? [] : [paragraph(...texts)]),
    ...(states.length === 0 ? [] : stateField(states, localizer)),
  ];
}

/** How many interfaces and routes there are, where the title does not say it. */
function otherBlocks(last: SnapshotSummary, localizer: Localizer): Block[] {
  const { counted, interfaces, routes } = last.snapshot;
  return (last.sockets > 0 || counted.length > 0) && interfaces.length + routes.length > 0
    ? [paragraph(localizer.format(OTHERS, othersText(last, localizer)))]
    : [];
}

function othersText({ snapshot }: SnapshotSummary, localizer: Localizer) {
  const sources = [...snapshot.interfaces, ...snapshot.routes].map(({ source }) => source.title);
  return { what: linksText([snapshot], localizer), tool: [...new Set(sources)].join(', ') };
}

/** What comparing with the counters before shows of the two outputs; null where it is not possible. */
function comparedTexts(
  last: SnapshotSummary,
  analysis: Analysis,
  localizer: Localizer,
): Text[] | null {
  const { changes } = counterList(analysis, last.index);
  if (changes === null) {
    return null;
  }
  const lines = {
    from: String(analysis.dump.snapshots[changes.since]!.line + 1),
    to: String(last.snapshot.line + 1),
  };
  return [
    // Of counters alone it stands above their list.
    ...(changes.restarted && listsSockets(last.snapshot)
      ? [localizer.say(COUNTER_TEXTS.restarted)]
      : []),
    ...(changes.missing > 0 ? [localizer.say(MISSING, { ...lines, count: changes.missing })] : []),
  ];
}

/** Whether that nothing was found says anything: counters, or sockets without states, leave too much out. */
export function canJudge({ dump, last, findings }: Analysis): boolean {
  return (
    findings.length > 0 ||
    last === undefined ||
    (listsSockets(last.snapshot) && !lacksStates(dump, last))
  );
}

/**
 * Why it proves little that nothing was found: what snapshots leave out, where nothing else is said
 * the last ones of the hosts.
 */
export function provesLittle(
  { hosts, index }: Analysis,
  localizer: Localizer,
  last = hosts.list.map(({ snapshots }) => index(snapshots.at(-1)!)),
): Text[] {
  if (last.some(({ snapshot }) => snapshot.listing.filtered)) {
    return [localizer.say(FILTERED)];
  }
  return last.some(one => one.counts[State.Listen]! > 0 && !one.listsConnections)
    ? [localizer.say(VERDICT_TEXTS.onlyListeners)]
    : [];
}

function countersText({ snapshot: { counted } }: SnapshotSummary, localizer: Localizer) {
  return {
    counters: localizer.number(countersOf(counted).length),
    tool: titlesOf(counted),
  };
}

/** The findings that a view shows. */
export function findingsIn(
  { findings }: Analysis,
  { rules }: Pick<View, 'rules'>,
): readonly Finding[] {
  return rules === null
    ? findings
    : findings.filter(finding => codesOf(finding).some(code => rules.includes(code)));
}

/** How this is called with other options. */
export type CommandWith = (options: string) => string;

/** The same for the files that were read. */
export function commandFor(...files: readonly string[]): CommandWith {
  const names = files.filter(file => file !== 'standard input').map(shellWord);
  return options => ['netstat-lens', options, ...names].filter(word => word !== '').join(' ');
}

function shellWord(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** All findings of an analysis, as far as a view goes. */
export function findingsBlocks(
  analysis: Analysis,
  localizer: Localizer,
  nameLine: NameLine,
  view: View,
  command: CommandWith,
): Block[] {
  const findings = findingsIn(analysis, view);
  if (findings.length === 0) {
    const text =
      view.rules === null
        ? localizer.format(
            isReadWhole(analysis, localizer) ? REPORT_TEXTS.nothing : REPORT_TEXTS.nothingRead,
          )
        : localizer.format(REPORT_TEXTS.noRule, { codes: view.rules.join(', ') });
    return [paragraph(text, ...provesLittle(analysis, localizer))];
  }
  const shown = view.full + view.short;
  const rest = findings.slice(shown);
  const said = new Set<string>();
  return [
    ...(findings.length > view.full
      ? [
          {
            kind: 'paragraph',
            parts: [literal(countsText(countsBySeverity(findings), localizer))],
          } as const,
        ]
      : []),
    ...findings
      .slice(0, view.full)
      .flatMap(finding => findingBlocks(finding, analysis, localizer, nameLine, view, said)),
    ...(findings.length > view.full ? [{ kind: 'paragraph', parts: [] } as const] : []),
    ...findings
      .slice(view.full, shown)
      .map(finding => titleBlock('brief', finding, localizer, codesText(finding, view))),
    ...(rest.length === 0 ? [] : ruleBlocks(rest, localizer)),
    ...(findings.length > view.full
      ? [
          paragraph(
            localizer.format(REPORT_TEXTS.all, {
              all: command('--all'),
              count: countOf(findings),
              rule: command(`--rule ${(rest[0] ?? findings[view.full])!.code}`),
            }),
          ),
        ]
      : []),
  ];
}

export function titleBlock(
  kind: 'finding' | 'brief',
  finding: Pick<Finding, 'severity' | 'title' | 'code'>,
  localizer: Localizer,
  note: string = finding.code,
): Block {
  return {
    kind,
    severity: finding.severity,
    badge: plain(localizer.format(BADGES[finding.severity])),
    parts: finding.title.parts,
    note,
  };
}

/** The code of a finding, with those that were asked for where it is none of them. */
export function codesText(finding: Finding, { rules }: View): string {
  const asked = (code: RuleCode): boolean => rules?.includes(code) === true;
  return asked(finding.code)
    ? finding.code
    : [finding.code, ...codesOf(finding).filter(asked)].join(', ');
}

/** What is not shown, counted by rule. */
export function ruleBlocks(rest: readonly Finding[], localizer: Localizer): Block[] {
  const counts = countsByRule(rest);
  const listed = counts.slice(0, RULES);
  const more = counts.slice(RULES);
  const items = listed.map(([code, count]) => {
    const title = plain(localizer.format(ruleOf(code).title));
    return [literal(`${code} \u00d7${localizer.number(count)}: ${title}`)];
  });
  if (more.length > 0) {
    const count = more.reduce((sum, [, own]) => sum + own, 0);
    items.push([
      literal(plain(localizer.format(REPORT_TEXTS.moreRules, { count, rules: more.length }))),
    ]);
  }
  return [
    paragraph(localizer.format(REPORT_TEXTS.byRule, { count: countOf(rest) })),
    { kind: 'list', items },
  ];
}

function findingBlocks(
  finding: Finding,
  analysis: Analysis,
  localizer: Localizer,
  nameLine: NameLine,
  view: View,
  said: Set<string>,
): Block[] {
  const few = <T>(list: readonly T[], most: number): readonly T[] =>
    view.explain ? list : list.slice(0, most);
  const together = (texts: readonly Text[]): FieldItem[] =>
    texts.length === 0 ? [] : [paragraph(...texts)];
  const field = (name: FieldName, items: readonly FieldItem[]): Block[] =>
    items.length === 0
      ? []
      : [{ kind: 'field', label: plain(localizer.format(REPORT_TEXTS[name])), items }];
  return [
    titleBlock('finding', finding, localizer, codesText(finding, view)),
    ...field('left', together(leftTexts(finding))),
    ...field('fix', together(few(finding.remedy, remediesOf(finding)))),
    ...field(
      'check',
      few(checksOf(finding, said), FEW.confirm).flatMap((one): FieldItem[] => [
        paragraph(one.text),
        ...(one.command === null ? [] : [{ kind: 'code', text: one.command } as const]),
      ]),
    ),
    ...field('proof', proofItems(finding, analysis, localizer, nameLine, view)),
    ...field('why', view.explain ? together(finding.why) : []),
    ...field(
      'or',
      few(finding.alternatives, FEW.alternatives).map(one => paragraph(one)),
    ),
    ...field('but', together(ownCaveats(finding))),
    ...(view.explain
      ? [
          ...field('also', together(finding.merged.map(({ title }) => title))),
          sourcesBlock(finding, localizer),
        ]
      : []),
  ];
}

function proofItems(
  finding: Finding,
  analysis: Analysis,
  localizer: Localizer,
  nameLine: NameLine,
  view: View,
): FieldItem[] {
  const table = sidesTable(finding, analysis, Math.min(view.rows, LISTED), localizer);
  const proof = proofTexts(finding, table !== null);
  const subjects = subjectsText(finding, view.rows, localizer);
  const items: FieldItem[] = [
    paragraph(
      confidenceText(finding, localizer),
      ...(view.explain ? proof : proof.slice(0, FEW.proof)),
      linesText(finding, analysis, nameLine, localizer),
    ),
    ...(subjects === null
      ? []
      : [{ kind: 'paragraph', parts: [literal(`${subjects}.`)] } as const]),
    ...(table === null ? [] : [table]),
  ];
  if (view.explain) {
    for (const { text, row } of finding.evidence) {
      if (row !== null && !proof.includes(text)) {
        items.push(paragraph(text));
      }
    }
  }
  return items;
}

/** Where what is said of a finding is known from. */
export function sourcesBlock(finding: Finding, localizer: Localizer): Block {
  return {
    kind: 'field',
    label: plain(localizer.format(REPORT_TEXTS.source)),
    items: [{ kind: 'documents', documents: sourcesOfFinding(finding).map(id => sources[id]) }],
  };
}

/** The counts once more, where a terminal shows them, what holds of the whole dump, and the rest. */
export function closing(
  analysis: Analysis,
  localizer: Localizer,
  view: View,
  command: CommandWith,
): Block[] {
  const findings = findingsIn(analysis, view);
  if (findings.length === 0) {
    return [];
  }
  const cautions = cautionsOf(findings);
  return [
    { kind: 'paragraph', parts: [] },
    {
      kind: 'paragraph',
      parts: [
        literal(`${countsText(countsBySeverity(findings), localizer)}.`),
        ...(cautions.length === 0 ? [] : [literal(' '), ...joined(cautions)]),
      ],
    },
    ...(view.explain
      ? []
      : [paragraph(localizer.format(REPORT_TEXTS.explain, { command: command('--explain') }))]),
  ];
}

function stateBlocks(last: SnapshotSummary, localizer: Localizer): Block[] {
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

function stateField(texts: readonly string[], localizer: Localizer): Block[] {
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

/** What to tell about a text that holds no socket: what it is or was looked for, and what to run. */
export function noSockets(
  source: string,
  other: OtherOutput | null,
  asTyped = (command: string): string => command,
): string {
  if (other !== null && other.instead !== null) {
    return `${source}: no socket found. This looks like ${other.name}. ${other.instead}`;
  }
  const advice = adviceFor(other?.system ?? null).map(
    ({ dialect, command: { command, needs } }) =>
      `${dialect.title}: ${asTyped(command)}${needs === null ? '' : ` (as ${needs})`}`,
  );
  const commands = advice.join('; ');
  return other !== null
    ? `${source}: no socket found. This looks like ${other.name}. These make a dump that can be read in full: ${commands}.`
    : `${source}: no socket found. Looked for the output of netstat, ss, lsof and the like. These make a dump that can be read in full: ${commands}.`;
}
