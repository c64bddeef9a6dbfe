import { State } from '../vocabulary/state';
import type { Analysis } from '../analysis/analyze';
import { messagesAround } from '../analysis/kit/counting/messages';
import { codesOf, type Finding, type RuleCode } from '../analysis/finding';
import { ruleOf } from '../analysis/ruleTable';
import { TEXTS as VERDICT_TEXTS } from '../analysis/verdict/verdictTexts';
import { listsSockets } from '../model/snapshot';
import type { Localizer } from '../wording/text';
import { plain, type Text } from '../wording/text';
import { say } from '../wording/statement';
import { sources } from '../wording/sources';
import { type Block, type FieldItem, literal, paragraph } from './blocks';
import {
  checksOf,
  confidenceText,
  countOf,
  countsByRule,
  countsBySeverity,
  countsText,
  leftTexts,
  linesText,
  type NameLine,
  ownCaveats,
  proofTexts,
  sidesTable,
  sourcesOfFinding,
  subjectsText,
} from './findingParts';
import type { View } from './limits';
import { isReadWhole, lacksStates } from './unreadStates';
import { REPORT_TEXTS, BADGES } from './reportTexts';
import type { CommandWith } from './commandLine';

const FILTERED = say(
  'Rows may be missing, because the output was filtered or shortened: that does not prove that all is well.',
  'general-practice',
);

/** The words before the parts of a finding. */
type FieldName = 'left' | 'fix' | 'check' | 'proof' | 'why' | 'or' | 'but' | 'also';

/** Lines and remotes listed in one place; what is more is counted. */
export const LISTED = 8;

/** Rules whose further findings are counted one by one. */
const RULES = 8;

/** Texts that a finding shows of each kind where reasons are not asked for. */
const FEW = { remedy: 2, confirm: 2, proof: 2, alternatives: 1 };

/** How many remedies are shown: first aid goes with the one that it stands behind. */
function remediesOf({ remedy }: Finding): number {
  const aid = remedy.findIndex(({ passing }) => passing === true);
  return FEW.remedy + (aid > 0 && aid < FEW.remedy ? 1 : 0);
}

/** Whether that nothing was found says anything: counters, or sockets without states, leave too much out. */
export function canJudge({ dump, last, findings }: Analysis): boolean {
  return (
    findings.length > 0 ||
    last === undefined ||
    (listsSockets(last.snapshot) && !lacksStates(dump, last))
  );
}

const BESIDE = say('Line {line} has a message of a problem: "{words}".', 'general-practice');

/**
 * Why it proves little that nothing was found: a message beside the sockets, and what snapshots leave
 * out, where nothing else is said the last ones of the hosts.
 */
export function provesLittle(
  { hosts, index }: Analysis,
  localizer: Localizer,
  last = hosts.list.map(({ snapshots }) => index(snapshots.at(-1)!)),
): Text[] {
  const [message] = last[0] === undefined ? [] : messagesAround(last[0].dump, hosts);
  const beside =
    message === undefined
      ? []
      : [localizer.say(BESIDE, { line: message.line + 1, words: message.words })];
  if (last.some(({ snapshot }) => snapshot.listing.filtered)) {
    return [...beside, localizer.say(FILTERED)];
  }
  return last.some(one => one.counts[State.Listen]! > 0 && !one.listsConnections)
    ? [...beside, localizer.say(VERDICT_TEXTS.onlyListeners)]
    : beside;
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
