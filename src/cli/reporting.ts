import { SEVERITIES, type Severity } from '../core/analysis/finding';
import type { Analysis } from '../core/analysis/analyze';
import { Localizer } from '../core/wording/text';
import { csvCounters, csvHeader, csvSockets } from '../core/report/csv';
import { JSON_END, JSON_HEAD, jsonDump, jsonReport, type Reported } from '../core/report/json';
import { ndjsonCounters, ndjsonReport, type SocketsOf } from '../core/report/ndjson';
import type { Block } from '../core/report/blocks';
import {
  ALL,
  linesIn,
  MOST_LINES,
  textWithin,
  ticketWithin,
  USUAL,
  type View,
} from '../core/report/limits';
import { renderMarkdown } from '../core/report/markdown';
import { overview } from '../core/report/overview';
import { commandFor, type CommandWith, gravest, report } from '../core/report/report';
import { ticket } from '../core/report/ticket';
import { combinedJson, combinedReport } from '../core/report/combined';
import { renderTerminal } from '../core/report/terminal';
import type { ViewRequest } from './arguments';
import type { Format, Listed } from './options';
import type { Output } from './output';

/** Characters: each write costs a call into the system. */
const WRITTEN_AT_ONCE = 65_536;

/** What is reported, and how. */
interface Reporting {
  readonly format: Format;
  readonly list: Listed;
  readonly view: ViewRequest;
  readonly redact: boolean;
  /** How the program is called again, where it was not for files. */
  readonly again?: CommandWith;
}

/** How the program is called with other options for what it was called for. */
function commandOf({ redact, again }: Reporting, sources: readonly string[]): CommandWith {
  if (again !== undefined) {
    return again;
  }
  // The names that are shown are none of files.
  return redact ? commandFor('--redact', 'FILE') : commandFor(...sources);
}

/** The same for all of them together. */
function commandOfAll(reporting: Reporting, reported: readonly Reported[]): CommandWith {
  const command = commandOf(
    reporting,
    reported.map(({ source }) => source),
  );
  return reporting.again ?? (options => command(`--together ${options}`));
}

/** Writes the reports on dumps, or the one on all of them together. */
export async function writeReports(
  reported: readonly Reported[],
  reporting: Reporting,
  output: Output,
  together: Analysis | null = null,
): Promise<void> {
  await writeAll(rendered(reported, reporting, output, together), output);
}

/** A report that is written file by file, so that none of them stays in memory. */
interface Stream {
  readonly head: string;
  readonly between: string;
  readonly end: string;
  readonly of: (dump: SocketsOf, analysis: () => Analysis) => Generator<string>;
}

/** How a format is written file by file; null where what is said of one depends on the others. */
export function streamOf(format: Format, list: Listed): Stream | null {
  const lines = { head: '', between: '', end: '' };
  const counters = list === 'counters';
  switch (format) {
    case 'json':
      return {
        head: JSON_HEAD,
        between: ',',
        end: JSON_END,
        of: ({ source }, analysis) => jsonDump({ source, analysis: analysis() }),
      };
    case 'ndjson':
      return { ...lines, of: dump => (counters ? ndjsonCounters : ndjsonReport)([dump]) };
    case 'csv':
      return {
        ...lines,
        head: csvHeader(list),
        of: dump => (counters ? csvCounters : csvSockets)([dump]),
      };
    default:
      return null;
  }
}

/** Writes pieces as fast as the reader takes them. */
export async function writeAll(pieces: Iterable<string>, output: Output): Promise<void> {
  let open = '';
  for (const piece of pieces) {
    open += piece;
    if (open.length >= WRITTEN_AT_ONCE) {
      if (!output.write(open)) {
        await output.drained();
      }
      open = '';
    }
  }
  if (open !== '' && !output.write(open)) {
    await output.drained();
  }
}

/** Whether any finding is as grave as `limit`, or graver. */
export function isAnyGrave(reported: readonly Reported[], limit: Severity | null): boolean {
  return reported.some(one => isGrave(gravest(one.analysis), limit));
}

function* rendered(
  reported: readonly Reported[],
  reporting: Reporting,
  output: Output,
  together: Analysis | null,
): Generator<string> {
  const { format, list } = reporting;
  switch (format) {
    case 'json':
      yield* jsonReport(reported, together === null ? undefined : combinedJson(together));
      return;
    case 'ndjson':
    case 'csv': {
      const { head, of } = streamOf(format, list)!;
      yield head;
      for (const { source, analysis } of reported) {
        yield* of({ source, dump: analysis.dump }, () => analysis);
      }
      return;
    }
    case 'markdown':
      yield* markdown(reported, reporting, together);
      return;
    case 'text':
      yield* text(reported, reporting, output, together);
  }
}

/** What was asked for without limits; null where the report is to be short. */
function unlimited({ all, rules, explain }: ViewRequest): View | null {
  return all || rules !== null
    ? { ...ALL, rules, explain }
    : explain
      ? { ...USUAL, explain }
      : null;
}

function* text(
  reported: readonly Reported[],
  reporting: Reporting,
  output: Output,
  together: Analysis | null,
): Generator<string> {
  const localizer = new Localizer();
  const whole = unlimited(reporting.view);
  const write = (blocks: readonly Block[]): string => renderTerminal(blocks, output);
  const within = (build: (view: View) => readonly Block[], command: CommandWith): string =>
    whole === null ? textWithin(build, output, command('--all')) : write(build(whole));
  if (together !== null) {
    const command = commandOfAll(reporting, reported);
    yield within(view => combinedReport(together, localizer, view, command), command);
    return;
  }
  const texts = reported
    .filter(({ analysis }) => analysis.last !== undefined)
    .map(({ source, analysis }) => {
      const name = nameOf(source);
      const command = commandOf(reporting, [name]);
      return within(view => report(name, analysis, localizer, view, command), command);
    });
  const any = commandFor(...(reporting.redact ? ['--redact'] : []));
  const lines = texts.reduce((sum, one) => sum + linesIn(one) + 1, -1);
  yield texts.length > 1 && whole === null && lines > MOST_LINES
    ? textWithin(view => overview(reported, localizer, view, any), output, any('--all FILE'))
    : texts.join('\n');
}

function* markdown(
  reported: readonly Reported[],
  reporting: Reporting,
  together: Analysis | null,
): Generator<string> {
  const localizer = new Localizer();
  const whole = unlimited(reporting.view);
  const write = (build: (view: View) => readonly Block[]): string =>
    whole === null ? ticketWithin(build) : renderMarkdown(build(whole));
  if (together !== null) {
    const command = commandOfAll(reporting, reported);
    yield write(view => combinedReport(together, localizer, view, command));
    return;
  }
  const all = reported.filter(({ analysis }) => analysis.last !== undefined);
  yield write(view =>
    all.flatMap(({ source, analysis }) => ticket(nameOf(source), analysis, localizer, view)),
  );
}

function nameOf(source: string): string {
  return source === '-' ? 'standard input' : source;
}

function isGrave(worst: Severity | null, limit: Severity | null): boolean {
  return worst !== null && limit !== null && SEVERITIES.indexOf(worst) >= SEVERITIES.indexOf(limit);
}
