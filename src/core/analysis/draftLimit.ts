import { label } from '../wording/statement';
import type { SocketTable } from '../model/socketTable';
import { CONFIDENCES, type Draft, SEVERITIES } from './kit/draft';
import type { RuleContext } from './kit/ruleContext';
import type { listedRules } from './ruleTable';

/** What goes wrong in one way in one snapshot and is told one by one; more than that nobody reads. */
const MOST = 200;

const MORE = label('finding.more', '{count} more that weigh less: {rule}');
const FIRST = label('finding.more.first', 'The weightiest of them: {finding}.');

/** A draft with the rule that made it. */
export interface RuleDraft extends Omit<Draft, 'cause'> {
  readonly cause: string;
  readonly rule: (typeof listedRules)[number];
}

/** What rules found in one snapshot, by cause and subject. */
export type Found = Map<string, RuleDraft[]>;

/** Of each cause the weightiest that was found; all the others together as one. */
export function limited(context: RuleContext, found: Found): Found {
  const byCause = new Map<string, RuleDraft[][]>();
  for (const drafts of found.values()) {
    const cause = drafts[0]!.cause;
    const others = byCause.get(cause);
    if (others === undefined) {
      byCause.set(cause, [drafts]);
    } else {
      others.push(drafts);
    }
  }
  for (const [cause, groups] of byCause) {
    if (groups.length > MOST + 1) {
      groups.forEach(drafts => drafts.sort(byWeight));
      groups.sort(([a], [b]) => byWeight(a!, b!));
      const rest = groups.slice(MOST);
      rest.forEach(([first]) => found.delete(keyOf(first!)));
      found.set(`${cause} more`, [together(context, rest)]);
    }
  }
  return found;
}

/** What findings are put together by. */
export function keyOf({ cause, subject }: RuleDraft): string {
  return `${cause} ${subject}`;
}

function byWeight(a: RuleDraft, b: RuleDraft): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    CONFIDENCES.indexOf(b.confidence) - CONFIDENCES.indexOf(a.confidence) ||
    b.rows.length - a.rows.length
  );
}

/** @param groups Drafts of one cause by subject, the weightiest first. */
function together(context: RuleContext, groups: readonly (readonly RuleDraft[])[]): RuleDraft {
  const first = groups[0]![0]!;
  const rows = allRows(context.index.table, groups.flat());
  const { rule } = first;
  return {
    rule,
    cause: first.cause,
    subject: 'more',
    severity: first.severity,
    confidence: 'low',
    rows,
    describe: () => {
      const { localizer } = context;
      const told = first.describe();
      const { sources } = told.title;
      const count = groups.length;
      return {
        title: {
          ...localizer.format(MORE, { count, rule: localizer.format(rule.title) }),
          sources,
        },
        why: [localizer.format(FIRST, { finding: told.title }), ...(told.why ?? [])],
        evidence: context.examples(rows),
        confirm: told.confirm ?? [],
        remedy: told.remedy ?? [],
        alternatives: told.alternatives ?? [],
        caveats: told.caveats ?? [],
      };
    },
  };
}

/** The rows of all, ascending, each once. */
function allRows({ length }: SocketTable, drafts: readonly RuleDraft[]): Uint32Array {
  const taken = new Uint8Array(length);
  for (const { rows } of drafts) {
    for (const row of rows) {
      taken[row] = 1;
    }
  }
  const all = new Uint32Array(taken.reduce((sum, one) => sum + one, 0));
  let count = 0;
  for (let row = 0; row < length; row++) {
    if (taken[row] === 1) {
      all[count++] = row;
    }
  }
  return all;
}
