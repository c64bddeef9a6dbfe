import type { Analysis } from '../analysis/analyze';
import type { Finding } from '../analysis/finding';
import { listsSockets } from '../model/snapshot';
import { label } from '../wording/statement';
import type { Localizer } from '../wording/text';
import { type Inline, plain, type Text } from '../wording/text';
import { WORDS } from '../wording/words';
import { type Block, columnsIn, heading, literal, paragraph } from './blocks';
import { counterBlocks } from './counterParts';
import {
  cautionsOf,
  checksOf,
  confidenceText,
  countsBySeverity,
  countsText,
  leftTexts,
  linesText,
  ownCaveats,
  ownLines,
  proofTexts,
  sidesTable,
  subjectsText,
} from './findingParts';
import type { View } from './limits';
import { linkBlocks } from './linkParts';
import {
  canJudge,
  findingsIn,
  provesLittle,
  ruleBlocks,
  sourcesBlock,
  codesText,
  titleBlock,
} from './findingBlocks';
import { closeWaitBlocks } from './stateBlocks';
import { BADGES, REPORT_TEXTS } from './reportTexts';
import { headBlocks } from './reportHead';
import { isReadWhole } from './unreadStates';

const TEXTS = {
  none: label('No problems found in {source}'),
  found: label('**{counts}**'),
  doNow: label('**Do now**'),
  fix: REPORT_TEXTS.fix,
  proof: REPORT_TEXTS.proof,
  details: label('What it means, other explanations, sources'),
  others: label('Other findings'),
  severity: label('Severity'),
  finding: label('Finding'),
  rule: label('Rule'),
  also: label('Also matched: {codes}.'),
  made: label('Made with Netstat Lens.'),
};

/** The report on one dump for a ticket: its title is the verdict. */
export function ticket(
  source: string,
  analysis: Analysis,
  localizer: Localizer,
  view: View,
): Block[] {
  const { last } = analysis;
  if (last === undefined) {
    return [];
  }
  const findings = findingsIn(analysis, view);
  const [first] = findings;
  const [title, ...remarks] = headBlocks(source, last, analysis, localizer);
  const said = new Set<string>();
  const summary: Inline[] = title?.kind === 'heading' ? [...title.parts] : [];
  const little = provesLittle(analysis, localizer).flatMap(text => [literal('. '), ...text.parts]);
  return [
    {
      kind: 'heading',
      level: 1,
      parts:
        first?.title.parts ??
        (canJudge(analysis)
          ? isReadWhole(analysis, localizer)
            ? localizer.format(TEXTS.none, { source }).parts
            : localizer.format(REPORT_TEXTS.nothingRead).parts
          : summary),
    },
    {
      kind: 'paragraph',
      parts:
        first === undefined
          ? canJudge(analysis)
            ? [...summary, ...little]
            : []
          : [
              ...localizer.format(TEXTS.found, {
                counts: countsText(countsBySeverity(findings), localizer),
              }).parts,
              literal('. '),
              ...summary,
            ],
    },
    ...remarks,
    ...findings
      .slice(0, view.full)
      .flatMap(finding => findingBlocks(finding, analysis, localizer, view, said)),
    ...otherBlocks(findings.slice(view.full), view, localizer),
    ...(view.rules === null ? closeWaitBlocks(last, analysis, localizer, view) : []),
    ...(view.rules === null && !listsSockets(last.snapshot)
      ? [
          ...counterBlocks(analysis, last, localizer, view.rows, null),
          ...linkBlocks(analysis, last, localizer, view.rows, null),
        ]
      : []),
    paragraph(localizer.format(TEXTS.made), ...cautionsOf(findings)),
  ];
}

function findingBlocks(
  finding: Finding,
  analysis: Analysis,
  localizer: Localizer,
  view: View,
  said: Set<string>,
): Block[] {
  const word = (name: 'fix' | 'proof' | 'details'): string => plain(localizer.format(TEXTS[name]));
  const paragraphs = (texts: readonly Text[]): Block[] => texts.map(text => paragraph(text));
  const checks = checksOf(finding, said);
  const table = sidesTable(finding, analysis, view.rows, localizer);
  const subjects = subjectsText(finding, view.rows, localizer);
  const rows = finding.evidence.filter(({ row }) => row !== null).map(({ text }) => text.parts);
  return [
    titleBlock('finding', finding, localizer, codesText(finding, view)),
    ...(checks.length === 0 ? [] : [paragraph(localizer.format(TEXTS.doNow))]),
    ...checks.map(({ text, command }): Block => ({ kind: 'task', parts: text.parts, command })),
    ...(finding.remedy.length === 0
      ? []
      : [
          {
            kind: 'field',
            label: word('fix'),
            items: [paragraph(...finding.remedy)],
          } as const,
        ]),
    {
      kind: 'field',
      label: word('proof'),
      items: [
        paragraph(
          confidenceText(finding, localizer),
          ...leftTexts(finding),
          ...proofTexts(finding, table !== null),
          linesText(finding, analysis, ownLines, localizer),
        ),
        ...(subjects === null
          ? []
          : [{ kind: 'paragraph', parts: [literal(`${subjects}.`)] } as const]),
        ...(table === null ? [] : [table]),
      ],
    },
    {
      kind: 'details',
      summary: word('details'),
      blocks: [
        ...paragraphs(finding.why),
        ...(rows.length === 0 ? [] : [{ kind: 'list', items: rows } as const]),
        ...paragraphs([...finding.alternatives, ...ownCaveats(finding)]),
        ...(finding.merged.length === 0
          ? []
          : paragraphs([
              localizer.format(TEXTS.also, {
                codes: finding.merged.map(({ code }) => code).join(', '),
              }),
            ])),
        sourcesBlock(finding, localizer),
      ],
    },
  ];
}

function otherBlocks(findings: readonly Finding[], view: View, localizer: Localizer): Block[] {
  if (findings.length === 0) {
    return [];
  }
  const column = columnsIn(localizer);
  const rest = findings.slice(view.short);
  return [
    heading(2, localizer.format(TEXTS.others)),
    {
      kind: 'table',
      columns: [
        column.left(TEXTS.severity),
        column.left(TEXTS.finding),
        column.left(TEXTS.rule),
        column.right(WORDS.sockets),
      ],
      rows: findings
        .slice(0, view.short)
        .map(finding => [
          plain(localizer.format(BADGES[finding.severity])),
          plain(finding.title),
          finding.code,
          localizer.number(finding.rows.length),
        ]),
    },
    ...(rest.length === 0 ? [] : ruleBlocks(rest, localizer)),
  ];
}
