import { type CloseWaitSides, closeWaitSides } from '../analysis/closeWaitSides';
import type { Analysis } from '../analysis/analyze';
import {
  type Confirmation,
  type Finding,
  linesOf,
  type RuleCode,
  SEVERITIES,
  type Severity,
  type Subject,
} from '../analysis/finding';
import { subjectTexts } from '../analysis/grouped';
import { FINDING_TEXTS, GROWTH_TEXTS, LEFT_TEXTS } from '../analysis/kit/findingTexts';
import { UNREAD_COLUMNS } from '../knowledge/unreadColumns';
import { UNREAD_TEXTS } from '../analysis/kit/closing/unread';
import { bytes } from '../wording/units';
import { sourcesOf } from '../explain/explanation';
import type { SourceId } from '../wording/sources';
import { label } from '../wording/statement';
import { type Localizer, plain, type Text } from '../wording/text';
import { PHRASES, WORDS } from '../wording/words';
import { type Block, type Column, columnsIn, paragraph, type Table } from './blocks';

/*
 * What reports say of findings, whatever they look like.
 */

const TEXTS = {
  lines: label('Lines {lines}.'),
  line: label('Line {lines}.'),
  more: label('{items}, and {count} more'),
  rowsMore: label('{count} more.'),
  high: label('High confidence.'),
  medium: label('Medium confidence.'),
  low: label('Low confidence.'),
  server: label('server on {endpoint}'),
  client: label('client of {endpoint}'),
  unknown: label('with {endpoint}'),
  others: label('{count} more'),
  connections: WORDS.connections,
  total: label('Total'),
  unread: label('{count} ({bytes})'),
};

const COUNTS = {
  error: [label('{n} errors'), label('1 error')],
  warning: [label('{n} warnings'), label('1 warning')],
  info: [label('{n} infos'), label('1 info')],
} as const;

/** Ranges of lines that are named; the rest is counted. */
const RANGES = 5;

/** What holds of a whole dump, and is said once in a report. */
const CAUTIONS: ReadonlySet<string> = new Set(
  [
    FINDING_TEXTS.inside,
    FINDING_TEXTS.oneSnapshot,
    FINDING_TEXTS.noPids,
    FINDING_TEXTS.unprivileged,
  ].map(({ text }) => text),
);

/** Of what the table of a finding on CLOSE_WAIT shows more exactly. */
const IN_TABLE: ReadonlySet<string> = new Set(Object.values(UNREAD_TEXTS).map(({ text }) => text));

/** Names a 0-based line; the source is said before the first line of each file. */
export type NameLine = (line: number) => { readonly source: string | null; readonly line: number };

/** Lines of the text itself, counted from 1. */
export const ownLines: NameLine = line => ({ source: null, line: line + 1 });

/** `Lines 8–10, 15, 18, and 44 more.` */
export function linesText(
  finding: Finding,
  { dump }: Analysis,
  nameLine: NameLine,
  localizer: Localizer,
): Text {
  const lines = linesOf(finding, dump.table);
  const ranges: string[] = [];
  let source: string | null = null;
  let told = 0;
  while (told < lines.length && ranges.length < RANGES) {
    const first = nameLine(lines[told]!);
    let end = first.line;
    for (told++; told < lines.length; told++) {
      const next = nameLine(lines[told]!);
      if (next.source !== first.source || next.line !== end + 1) {
        break;
      }
      end++;
    }
    const file = first.source === null || first.source === source ? '' : `${first.source}:`;
    source = first.source;
    ranges.push(`${file}${first.line}${end === first.line ? '' : `\u2013${end}`}`);
  }
  const text = andMore(ranges, lines.length - told, localizer);
  return localizer.format(lines.length === 1 ? TEXTS.line : TEXTS.lines, { lines: text });
}

/** `a, b, and 44 more`. */
export function andMore(items: readonly string[], more: number, localizer: Localizer): string {
  const all = items.join(', ');
  return more === 0 ? all : plain(localizer.format(TEXTS.more, { items: all, count: more }));
}

/** How many rows a table lacks, and what shows them; nothing where it has all. */
export function moreBlocks(
  count: number,
  localizer: Localizer,
  command: string | null = null,
): Block[] {
  const text =
    command === null
      ? localizer.format(TEXTS.rowsMore, { count })
      : localizer.format(PHRASES.moreBy, { count, command });
  return count > 0 ? [paragraph(text)] : [];
}

export function confidenceText({ confidence }: Finding, localizer: Localizer): Text {
  return localizer.format(TEXTS[confidence]);
}

/** In what time a limit is reached; empty where none is known. */
export function leftTexts({ evidence }: Finding): Text[] {
  return evidence.filter(({ text }) => isLeft(text)).map(({ text }) => text);
}

function isLeft({ id }: Text): boolean {
  return LEFT_TEXTS.has(id);
}

/** What a finding rests on, without its rows, how it grows first; what a table shows is left to it. */
export function proofTexts({ evidence }: Finding, hasTable: boolean): Text[] {
  return evidence
    .filter(
      ({ row, text }) => row === null && !isLeft(text) && !(hasTable && IN_TABLE.has(text.id)),
    )
    .map(({ text }) => text)
    .sort((a, b) => Number(GROWTH_TEXTS.has(b.id)) - Number(GROWTH_TEXTS.has(a.id)));
}

/** The largest subjects of a finding on several; null if it is on one. */
export function subjectsText(
  { subjects }: Finding,
  most: number,
  localizer: Localizer,
): string | null {
  if (subjects.length === 1) {
    return null;
  }
  const names = subjectTexts(subjects, localizer);
  return andMore(names.slice(0, most).map(plain), Math.max(0, names.length - most), localizer);
}

/** The largest subjects of a finding on several as a table; null if it is on one. */
export function subjectsTable(
  { subjects, rows: all }: Finding,
  most: number,
  localizer: Localizer,
): Table | null {
  if (subjects.length === 1) {
    return null;
  }
  const column = columnsIn(localizer);
  const first = subjects.slice(0, most);
  const columns: readonly (Column & { readonly of: (subject: Subject) => string | undefined })[] = [
    { ...column.left(WORDS.process), of: ({ owner }) => owner?.process ?? undefined },
    { ...column.right(WORDS.pid), of: ({ owner }) => owner?.pid?.toString() },
    { ...column.left(WORDS.remote), of: ({ remote }) => remote ?? undefined },
  ];
  const known = columns.filter(({ of }) => first.some(subject => of(subject) !== undefined));
  const shown = known.length === 0 ? columns.slice(0, 1) : known;
  const rows = first.map(subject => {
    const names = shown.map(({ of }) => of(subject) ?? '');
    if (names.join('') === '') {
      names[0] = plain(localizer.format(WORDS.noOwner));
    }
    return [...names, localizer.number(subject.rows.length)];
  });
  if (subjects.length > first.length) {
    const rest = first.reduce((left, subject) => left - subject.rows.length, all.length);
    rows.push([
      plain(localizer.format(TEXTS.others, { count: subjects.length - first.length })),
      ...shown.slice(1).map(() => ''),
      localizer.number(rest),
    ]);
  }
  return {
    kind: 'table',
    columns: [...shown.map(({ title, align }) => ({ title, align })), column.right(WORDS.sockets)],
    rows,
  };
}

/** Server side and destinations of a finding on CLOSE_WAIT as a table; null for another one. */
export function sidesTable(
  finding: Finding,
  analysis: Analysis,
  most: number,
  localizer: Localizer,
): Table | null {
  const sides = closeWaitSides(finding, analysis, most);
  return sides === null ? null : tableOf(sides, localizer);
}

function tableOf({ first, total, count }: CloseWaitSides, localizer: Localizer): Table {
  const column = columnsIn(localizer);
  const queues = first.some(side => side.queues !== null);
  const number = (n: number): string => (n === 0 ? '\u2013' : localizer.number(n));
  const rows = first.map(({ role, endpoint, count: sockets, queues: own }) => [
    plain(localizer.format(TEXTS[role], { endpoint })),
    localizer.number(sockets),
    ...(!queues
      ? []
      : own === null
        ? ['', '', '', '']
        : [
            number(own.endRead),
            number(own.finUnread),
            own.dataUnread === 0
              ? '\u2013'
              : plain(
                  localizer.format(TEXTS.unread, {
                    count: own.dataUnread,
                    bytes: bytes(own.bytes, localizer),
                  }),
                ),
            number(own.idleTls),
          ]),
  ]);
  if (total > first.length) {
    rows.push([
      plain(localizer.format(TEXTS.others, { count: total - first.length })),
      localizer.number(first.reduce((rest, side) => rest - side.count, count)),
      ...(queues ? ['', '', '', ''] : []),
    ]);
  }
  return {
    kind: 'table',
    columns: [
      column.left(TEXTS.connections),
      column.right(TEXTS.total),
      ...(queues
        ? Object.values(UNREAD_COLUMNS).map(({ title, note }) => ({
            ...column.right(title),
            note: plain(localizer.say(note)),
          }))
        : []),
    ],
    rows,
  };
}

/** What holds of all that was read, each once. */
export function cautionsOf(findings: readonly Finding[]): Text[] {
  const cautions = new Map<string, Text>();
  for (const text of findings.flatMap(finding => finding.caveats)) {
    if (isCaution(text)) {
      cautions.set(plain(text), text);
    }
  }
  return [...cautions.values()];
}

/** What only holds of a finding itself. */
export function ownCaveats({ caveats }: Finding): Text[] {
  return caveats.filter(text => !isCaution(text));
}

function isCaution({ id }: Text): boolean {
  return CAUTIONS.has(id);
}

/** What to run; each command once in a report, which `said` remembers. */
export function checksOf({ confirm }: Finding, said: Set<string>): Confirmation[] {
  return confirm.filter(({ command }) => {
    const first = command === null || !said.has(command);
    if (command !== null) {
      said.add(command);
    }
    return first;
  });
}

/** How many findings of each severity there are; equal ones are counted one by one. */
export type SeverityCounts = Readonly<Record<Severity, number>>;

export function countsBySeverity(findings: readonly Finding[]): SeverityCounts {
  const counts = { info: 0, warning: 0, error: 0 };
  for (const { severity, subjects } of findings) {
    counts[severity] += subjects.length;
  }
  return counts;
}

/** `1 error, 202 warnings`; empty if there are none. */
export function countsText(counts: SeverityCounts, localizer: Localizer): string {
  return [...SEVERITIES]
    .reverse()
    .map(severity => countText(severity, counts[severity], localizer))
    .filter(text => text !== '')
    .join(', ');
}

function countText(severity: Severity, n: number, localizer: Localizer): string {
  const [many, one] = COUNTS[severity];
  return n === 0 ? '' : plain(n === 1 ? localizer.format(one) : localizer.format(many, { n }));
}

/** How many there would be, were none put together. */
export function countOf(findings: readonly Finding[]): number {
  return findings.reduce((sum, { subjects }) => sum + subjects.length, 0);
}

/** How many of each rule, the most first. */
export function countsByRule(findings: readonly Finding[]): [code: RuleCode, count: number][] {
  const counts = new Map<RuleCode, number>();
  for (const { code, subjects } of findings) {
    counts.set(code, (counts.get(code) ?? 0) + subjects.length);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** Where what is said of a finding is known from, each once. */
export function sourcesOfFinding({ title, why, remedy, alternatives }: Finding): SourceId[] {
  return sourcesOf([title], why, remedy, alternatives);
}
