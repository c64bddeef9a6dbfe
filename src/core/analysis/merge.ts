import { label } from '../wording/statement';
import { type Localizer, plain, type Text } from '../wording/text';
import type { Task } from '../model/task';
import {
  type Confirmation,
  type Evidence,
  type Finding,
  type Severity,
  type Subject,
} from './finding';
import { union } from '../index/grouping';
import { type RuleDraft, weigh } from './ruleDraft';
import type { Description } from './kit/draft';

const EXPLAINED = label('{rule} (explained by this)');

/** Drafts of one rule and subject that are described; of all, the rows are counted. */
const SPEAKING = 20;

/** What rules found in one snapshot with the same cause and subject. */
export interface Group {
  /** In the order of the rules. */
  readonly drafts: readonly RuleDraft[];
  /** Index of the snapshot. */
  readonly snapshot: number;
  /** Index of the first snapshot that showed the same. */
  readonly since: number;
}

/** The severity of what several rules found: that of the weightiest. */
export function severityOf({ drafts }: Group): Severity {
  return weigh(drafts).severity;
}

/**
 * Makes one finding of a group: the weightiest rule speaks, the others add their evidence, and
 * each makes it surer. `sight` says when it was seen.
 */
export function* merge(
  group: Group,
  host: string | null,
  sight: Text | null,
  localizer: Localizer,
): Task<Finding> {
  const { sorted, severity, confidence } = weigh(group.drafts);
  const lead = sorted[0];
  // What a rule says of a whole is not named again for the parts.
  const symptoms = group.drafts.filter(draft => draft.isSymptom && draft.rule !== lead?.rule);
  if (lead === undefined) {
    throw new RangeError('nothing to merge');
  }
  const speaking = sorted.filter(amongFirst(SPEAKING));
  const said: Description[] = [];
  for (const draft of speaking) {
    said.push(draft.describe());
    yield;
  }
  const rows = union(group.drafts.map(draft => draft.rows));
  yield;
  const owner = sorted.map(draft => draft.owner ?? null).find(found => found !== null) ?? null;
  const remote = lead.remote ?? null;
  return {
    rule: lead.rule.id,
    code: lead.rule.code,
    severity,
    confidence,
    title: said[0]!.title,
    why: texts(said.map(telling => telling.why)),
    evidence: unique(
      [
        ...said.flatMap(telling => telling.evidence ?? []),
        ...(sight === null ? [] : [{ text: sight, row: null, line: null }]),
      ],
      evidenceKey,
    ).sort((a, b) => Number(a.row !== null) - Number(b.row !== null)),
    confirm: commandsOnce(said.flatMap(telling => telling.confirm ?? [])),
    remedy: texts(said.map(telling => telling.remedy)),
    alternatives: texts([said[0]!.instead, ...said.map(telling => telling.alternatives)]),
    caveats: texts(said.map(telling => telling.caveats)),
    rows,
    owner,
    remote,
    subjects: yield* subjectsOf(lead, { owner, remote, rows }),
    snapshot: group.snapshot,
    since: group.since,
    host,
    growth: said.map(telling => telling.growth ?? null).find(growth => growth !== null) ?? null,
    merged: [
      ...speaking.slice(1).map(({ rule }, i) => ({
        rule: rule.id,
        code: rule.code,
        title: said[i + 1]!.title,
      })),
      ...unique(symptoms, ({ rule }) => rule.code).map(({ rule }) => ({
        rule: rule.id,
        code: rule.code,
        title: localizer.format(EXPLAINED, { rule: localizer.format(rule.title) }),
      })),
    ],
  };
}

/** Keeps so many drafts of each rule. */
function amongFirst(most: number): (draft: RuleDraft) => boolean {
  const counts = new Map<string, number>();
  return ({ rule: { code } }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= most;
  };
}

/** What a finding is about: one subject, or all that its draft stands for. */
function* subjectsOf(lead: RuleDraft, only: Subject): Task<Subject[]> {
  if (lead.standsFor === undefined) {
    return [only];
  }
  const subjects: Subject[] = [];
  for (const drafts of lead.standsFor) {
    const [first] = weigh(drafts).sorted;
    subjects.push({
      owner: first?.owner ?? null,
      remote: first?.remote ?? null,
      rows: union(drafts.map(draft => draft.rows)),
    });
    yield;
  }
  return subjects;
}

/** Each command once, with all that it is for; what has none, once by its text. */
function commandsOnce(confirmations: readonly Confirmation[]): Confirmation[] {
  const byCommand = new Map<string, Confirmation>();
  // Two rules may say the same with texts of their own.
  for (const { text, command } of unique(confirmations, one => plain(one.text))) {
    const own = command ?? plain(text);
    const same = byCommand.get(own);
    byCommand.set(
      own,
      same === undefined ? { text, command } : { ...same, text: both(same.text, text) },
    );
  }
  return [...byCommand.values()];
}

/** One text behind the other; how to run a command, a sentence with which both begin, is said once. */
function both(first: Text, second: Text): Text {
  const start = /^[^.]*\. /.exec(first.parts[0]?.text ?? '')?.[0] ?? '';
  const parts = second.parts.map((part, i) =>
    i === 0 && part.text.startsWith(start)
      ? { ...part, text: part.text.slice(start.length) }
      : part,
  );
  return {
    ...first,
    parts: [...first.parts, { text: ' ', style: 'plain' }, ...parts],
    sources: [...new Set([...first.sources, ...second.sources])],
  };
}

function texts(lists: readonly (readonly Text[] | undefined)[]): Text[] {
  return unique(
    lists.flatMap(list => list ?? []),
    key,
  );
}

function key(text: Text): string {
  return `${text.id} ${text.parts.map(part => part.text).join('')}`;
}

/** The first item of each key. */
export function unique<T>(list: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return list.filter(item => {
    const itemKey = keyOf(item);
    const first = !seen.has(itemKey);
    seen.add(itemKey);
    return first;
  });
}

/** What an item of evidence is known by: the first that is said of a row stands for it. */
function evidenceKey({ row, text }: Evidence): string {
  return row === null ? key(text) : String(row);
}
