import type { Analysis } from '../analysis/analyze';
import { adviceFor } from '../dialects/advice';
import type { OtherOutput } from '../reading/otherOutput';
import { listsSockets } from '../model/snapshot';
import { Localizer } from '../wording/text';
import { type Block, joined, literal, paragraph } from './blocks';
import { counterBlocks } from './counterParts';
import { cautionsOf, countsBySeverity, countsText, ownLines } from './findingParts';
import { linkBlocks } from './linkParts';
import { inWords, isHealthy } from './inWords';
import { USUAL, type View } from './limits';
import { headBlocks } from './reportHead';
import { REPORT_TEXTS } from './reportTexts';
import { type CommandWith, commandFor } from './commandLine';
import { stateBlocks, closeWaitBlocks } from './stateBlocks';
import { canJudge, findingsIn, findingsBlocks } from './findingBlocks';

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
