import { type Finding, SEVERITIES } from '../analysis/finding';
import { FINDING_TEXTS } from '../analysis/kit/findingTexts';
import { label } from '../wording/statement';
import { type Localizer, plain, type Text } from '../wording/text';
import { socketCount } from '../wording/units';
import { type Block, heading, literal, paragraph } from './blocks';
import { cautionsOf, countsBySeverity, countsText, type SeverityCounts } from './findingParts';
import type { Reported } from './data/json';
import type { View } from './limits';
import { titleBlock } from './findingBlocks';
import { commandFor } from './commandLine';

const TEXTS = {
  title: label('{files} files, {sockets}'),
  healthy: label('Files without findings: {count}.'),
  more: label('Further files with findings: {count}.'),
  rest: label('One file: `{one}`. Everything: `{all}`'),
};

/** Lines that each file takes, and lines that they have. */
const LINES_OF_FILE = 2;
const LINES = 44;

/** What an overview says of one dump: no more of it has to stay in memory. */
export interface Glance {
  readonly source: string;
  readonly sockets: number;
  readonly counts: SeverityCounts;
  /** Its gravest finding; null if there is none. */
  readonly first: Pick<Finding, 'severity' | 'title' | 'code'> | null;
  /** That a single snapshot cannot show how long it has lasted, where a finding says so. */
  readonly caution: Text | null;
}

export function glanceAt({ source, analysis: { last, findings } }: Reported): Glance {
  const [first] = findings;
  return {
    source,
    sockets: last?.sockets ?? 0,
    counts: countsBySeverity(findings),
    first:
      first === undefined
        ? null
        : { severity: first.severity, title: first.title, code: first.code },
    // Others are about some of the dumps only.
    caution: cautionsOf(findings).find(({ id }) => id === FINDING_TEXTS.oneSnapshot.text) ?? null,
  };
}

/** Several dumps, of each its first finding: those with the gravest first. */
export function overview(
  dumps: readonly Glance[],
  localizer: Localizer,
  { full }: View,
  command = commandFor(),
): Block[] {
  const found = dumps
    .filter(({ first }) => first !== null)
    .sort((a, b) => graveness(b) - graveness(a));
  const sockets = dumps.reduce((sum, one) => sum + one.sockets, 0);
  const caution = dumps.find(one => one.caution !== null)?.caution ?? null;
  const most = Math.floor(LINES / LINES_OF_FILE / (full === 0 ? 2 : 1));
  const line = (text: string): Block => ({ kind: 'paragraph', parts: [literal(text)] });
  const healthy = dumps.length - found.length;
  return [
    heading(
      1,
      localizer.format(TEXTS.title, {
        files: dumps.length,
        sockets: socketCount(sockets, localizer),
      }),
    ),
    line(countsText(inAll(dumps), localizer)),
    ...found
      .slice(0, most)
      .flatMap(({ source, counts, first }): Block[] => [
        line(`${source}: ${countsText(counts, localizer)}`),
        titleBlock('brief', first!, localizer),
      ]),
    ...(found.length > most
      ? [line(plain(localizer.format(TEXTS.more, { count: found.length - most })))]
      : []),
    ...(healthy > 0 ? [line(plain(localizer.format(TEXTS.healthy, { count: healthy })))] : []),
    ...(caution === null ? [] : [paragraph(caution)]),
    paragraph(
      localizer.format(TEXTS.rest, {
        one: command('FILE'),
        all: command('--all FILE\u2026'),
      }),
    ),
  ];
}

function inAll(dumps: readonly Glance[]): SeverityCounts {
  const counts = { info: 0, warning: 0, error: 0 };
  for (const severity of SEVERITIES) {
    counts[severity] = dumps.reduce((sum, one) => sum + one.counts[severity], 0);
  }
  return counts;
}

function graveness({ first }: Glance): number {
  return first === null ? -1 : SEVERITIES.indexOf(first.severity);
}
