import { listsBy } from '../model/maps';
import { programText } from '../explain/facts';
import type { OwnerIdentity } from '../index/owners';
import type { Dump } from '../reading/dump';
import type { SocketTable } from '../model/socketTable';
import { label } from '../wording/statement';
import { type Localizer, plain, quote, reworded, type Text } from '../wording/text';
import { union } from '../index/grouping';
import { ALIKE } from './draftLimit';
import { type Evidence, type Finding, type Subject } from './finding';
import { unique } from './merge';

const TEXTS = {
  programs: label('{finding}; similar: {count} other processes'),
  remotes: label('{finding}; similar: {count} other remote addresses'),
  others: label('{finding}; similar: {count} others'),
  subject: label('{subject}: {count}'),
  unknown: label('A program that is not shown'),
};

/** Subjects that stand as evidence; all of them are in `subjects`. */
const SHOWN = 12;

/**
 * Equal findings as one: of the same rule, with the same reading, as grave and as sure. What was
 * first seen at another time, or grows towards a limit of its own, stays alone.
 */
export function grouped(findings: readonly Finding[], dump: Dump, localizer: Localizer): Finding[] {
  return [...listsBy(findings, readingOf).values()].flatMap(same =>
    same.reduce((sum, { subjects }) => sum + subjects.length, 0) < ALIKE
      ? same
      : [asOne(same, dump, localizer)],
  );
}

/** What equal findings have in common; a finding itself where it has no equal. */
function readingOf(finding: Finding): unknown {
  const { rule, severity, confidence, title, remedy, snapshot, since, host, growth } = finding;
  const advice = remedy.map(({ id }) => id).join(',');
  return (growth?.limit ?? null) === null
    ? [rule, severity, confidence, title.id, advice, snapshot, since, host ?? ''].join(' ')
    : finding;
}

function asOne(findings: Finding[], { table }: Dump, localizer: Localizer): Finding {
  findings.sort((a, b) => largest(b) - largest(a));
  const first = findings[0]!;
  const subjects = findings
    .flatMap(finding => finding.subjects)
    .sort((a, b) => b.rows.length - a.rows.length || a.rows[0]! - b.rows[0]!);
  return {
    ...first,
    title: titleOf(first, subjects, localizer),
    why: shared(findings, finding => finding.why),
    evidence: findings.flatMap(finding => evidenceOf(finding, table, localizer)).slice(0, SHOWN),
    remedy: shared(findings, finding => finding.remedy),
    alternatives: any(findings, finding => finding.alternatives),
    caveats: any(findings, finding => finding.caveats),
    subjects,
    rows: union(subjects.map(({ rows }) => rows)),
    owner: subjects.every(({ owner }) => isSame(owner, first.owner)) ? first.owner : null,
    remote: subjects.every(({ remote }) => remote === first.remote) ? first.remote : null,
    growth: null,
    merged: [
      ...new Map(findings.flatMap(({ merged }) => merged).map(one => [one.code, one])).values(),
    ],
  };
}

/** Who a subject is: the process, the remote address, or that it is not shown. */
function subjectName(
  { owner, remote }: Pick<Subject, 'owner' | 'remote'>,
  localizer: Localizer,
): Text {
  return isKnown(owner)
    ? programText([{ ...owner, fd: null }], localizer)
    : remote === null
      ? localizer.format(TEXTS.unknown)
      : quote(remote);
}

/** A name, and how many sockets it has. */
function subjectText(name: Text, count: number, localizer: Localizer): Text {
  return localizer.format(TEXTS.subject, { subject: { ...name, verbatim: true }, count });
}

/**
 * Who subjects are, each name once, the largest first: by their remote ends where one process has
 * all of them. How many sockets each has is not said where all have one.
 */
export function subjectTexts(subjects: readonly Subject[], localizer: Localizer): Text[] {
  const first = subjects[0]?.owner ?? null;
  const byRemote = subjects.every(({ owner, remote }) => remote !== null && isSame(owner, first));
  const named = new Map<string, { readonly name: Text; count: number }>();
  for (const { owner, remote, rows } of subjects) {
    const name = subjectName({ owner: byRemote ? null : owner, remote }, localizer);
    const known = named.get(plain(name));
    if (known === undefined) {
      named.set(plain(name), { name, count: rows.length });
    } else {
      known.count += rows.length;
    }
  }
  const sorted = [...named.values()].sort((a, b) => b.count - a.count);
  return sorted[0]?.count === 1
    ? sorted.map(({ name }) => name)
    : sorted.map(({ name, count }) => subjectText(name, count, localizer));
}

/** What a finding says of its subject; where it stands for several, who they are. */
function evidenceOf(finding: Finding, table: SocketTable, localizer: Localizer): Evidence[] {
  const { subjects, title } = finding;
  return subjects.slice(0, SHOWN).map(subject => {
    const row = subject.rows[0]!;
    const text =
      subjects.length === 1
        ? title
        : subjectText(subjectName(subject, localizer), subject.rows.length, localizer);
    return { text, row, line: table.line[row]! };
  });
}

function isKnown(owner: OwnerIdentity | null): owner is OwnerIdentity {
  return owner !== null && (owner.pid !== null || owner.process !== null);
}

function titleOf(first: Finding, subjects: readonly Subject[], localizer: Localizer): Text {
  const processes = new Set(
    subjects.map(({ owner }) => owner?.pid ?? owner?.process ?? null).filter(one => one !== null),
  );
  const remotes = new Set(subjects.map(({ remote }) => remote).filter(remote => remote !== null));
  const text =
    processes.size === subjects.length
      ? TEXTS.programs
      : remotes.size === subjects.length
        ? TEXTS.remotes
        : TEXTS.others;
  const { title } = first;
  return reworded(
    title,
    localizer.format(text, { finding: { ...title, verbatim: true }, count: subjects.length - 1 }),
  );
}

function largest({ subjects }: Finding): number {
  return subjects.reduce((most, { rows }) => Math.max(most, rows.length), 0);
}

function isSame(one: OwnerIdentity | null, other: OwnerIdentity | null): boolean {
  return one?.pid === other?.pid && one?.process === other?.process;
}

/** What is said of each finding; names and numbers are those of the first. */
function shared(findings: readonly Finding[], of: (finding: Finding) => readonly Text[]): Text[] {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    for (const id of new Set(of(finding).map(text => text.id))) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return of(findings[0]!).filter(text => counts.get(text.id) === findings.length);
}

/** What is said of any of them, each statement once. */
function any(findings: readonly Finding[], of: (finding: Finding) => readonly Text[]): Text[] {
  return unique(findings.flatMap(of), text => text.id);
}
