import { SEVERITIES } from '../analysis/finding';
import { FINDING_TEXTS } from '../analysis/kit/findingTexts';
import { label } from '../wording/statement';
import { type Localizer, plain } from '../wording/text';
import { socketCount } from '../wording/units';
import { type Block, literal } from './blocks';
import { cautionsOf, countsText } from './findingParts';
import type { Reported } from './json';
import type { View } from './limits';
import { commandFor, titleBlock } from './report';

const TEXTS = {
  title: label('overview.title', '{files} files, {sockets}'),
  healthy: label('overview.healthy', 'Files without findings: {count}.'),
  more: label('overview.more', 'Further files with findings: {count}.'),
  rest: label('overview.rest', 'One file: `{one}`. Everything: `{all}`'),
};

/** Lines that each file takes, and lines that they have. */
const LINES_OF_FILE = 2;
const LINES = 44;

/** Several dumps, of each its first finding: those with the gravest first. */
export function overview(
  reported: readonly Reported[],
  localizer: Localizer,
  { full }: View,
  command = commandFor(),
): Block[] {
  const dumps = reported.filter(({ analysis }) => analysis.last !== undefined);
  const found = dumps
    .filter(({ analysis }) => analysis.findings.length > 0)
    // The first of each is its gravest.
    .sort((a, b) => graveness(b) - graveness(a));
  const findings = dumps.flatMap(({ analysis }) => analysis.findings);
  const sockets = dumps.reduce((sum, { analysis }) => sum + (analysis.last?.sockets ?? 0), 0);
  const most = Math.floor(LINES / LINES_OF_FILE / (full === 0 ? 2 : 1));
  const paragraph = (text: string): Block => ({ kind: 'paragraph', parts: [literal(text)] });
  const healthy = dumps.length - found.length;
  return [
    {
      kind: 'heading',
      level: 1,
      parts: localizer.format(TEXTS.title, {
        files: dumps.length,
        sockets: socketCount(sockets, localizer),
      }).parts,
    },
    paragraph(countsText(findings, localizer)),
    ...found
      .slice(0, most)
      .flatMap(({ source, analysis }): Block[] => [
        paragraph(`${source}: ${countsText(analysis.findings, localizer)}`),
        titleBlock('brief', analysis.findings[0]!, localizer),
      ]),
    ...(found.length > most
      ? [paragraph(plain(localizer.format(TEXTS.more, { count: found.length - most })))]
      : []),
    ...(healthy > 0 ? [paragraph(plain(localizer.format(TEXTS.healthy, { count: healthy })))] : []),
    ...cautionsOf(findings)
      // Others are about some of the dumps only.
      .filter(({ id }) => id === FINDING_TEXTS.oneSnapshot.id)
      .map(({ parts }): Block => ({ kind: 'paragraph', parts })),
    {
      kind: 'paragraph',
      parts: localizer.format(TEXTS.rest, {
        one: command('FILE'),
        all: command('--all FILE\u2026'),
      }).parts,
    },
  ];
}

function graveness({ analysis }: Reported): number {
  return SEVERITIES.indexOf(analysis.findings[0]!.severity);
}
