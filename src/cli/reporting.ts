import { isAtLeast, type Severity } from '../core/analysis/finding';
import type { Analysis } from '../core/analysis/analyze';
import { Localizer } from '../core/wording/text';
import { csvCounters, csvHeader, csvSockets } from '../core/report/data/csv';
import { JSON_HEAD, jsonDump, jsonEnd, type Reported } from '../core/report/data/json';
import { ndjsonCounters, ndjsonReport, type SocketsOf } from '../core/report/data/ndjson';
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
import { type Glance, glanceAt, overview } from '../core/report/overview';
import { report } from '../core/report/report';
import { findingsIn } from '../core/report/findingBlocks';
import { commandFor, type CommandWith } from '../core/report/commandLine';
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
  /** Whether all dumps are reported as one. */
  readonly together: boolean;
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
function commandOfAll(reporting: Reporting, sources: readonly string[]): CommandWith {
  const command = commandOf(reporting, sources);
  return reporting.again ?? (options => command(`--together ${options}`));
}

/**
 * Reports on one dump after the other: what can be written of each at once is, so that none of them
 * stays in memory.
 */
export interface Reports {
  /** What to write of a dump; `analysis` is asked for where it is needed only. */
  add(dump: SocketsOf, analysis: () => Analysis): Iterable<string>;
  /** What to write behind the last; with what all show together, where that is reported. */
  end(together?: Analysis): Iterable<string>;
}

/** The reports that were asked for. */
export function reportsOn(reporting: Reporting, output: Output): Reports {
  switch (reporting.format) {
    case 'json':
    case 'ndjson':
    case 'csv':
      return new Lists(reporting);
    case 'markdown':
      return reporting.together
        ? new Together(reporting, build => markdownOf(reporting, build))
        : new Tickets(reporting);
    case 'text':
      return reporting.together
        ? new Together(reporting, (build, command) => textOf(reporting, output, build, command))
        : new Texts(reporting, output);
  }
}

/** Writes the reports on dumps, or the one on all of them together. */
export async function writeReports(
  reported: readonly Reported[],
  reporting: Reporting,
  output: Output,
  together?: Analysis,
): Promise<void> {
  const reports = reportsOn(reporting, output);
  for (const { source, analysis } of reported) {
    await writeAll(
      reports.add({ source, dump: analysis.dump }, () => analysis),
      output,
    );
  }
  await writeAll(reports.end(together), output);
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

/** Whether any finding that is shown is as grave as `--fail-on`, or graver. */
export function isAnyGrave(
  analyses: readonly Analysis[],
  { failOn, view }: { readonly failOn: Severity | null; readonly view: ViewRequest },
): boolean {
  return (
    failOn !== null &&
    analyses.some(analysis =>
      findingsIn(analysis, view).some(({ severity }) => isAtLeast(severity, failOn)),
    )
  );
}

/** Lists for programs. */
class Lists implements Reports {
  private isFirst = true;

  public constructor(private readonly reporting: Reporting) {}

  public *add(dump: SocketsOf, analysis: () => Analysis): Generator<string> {
    const { format, list } = this.reporting;
    yield this.head();
    switch (format) {
      case 'json':
        yield* jsonDump({ source: dump.source, analysis: analysis() });
        return;
      case 'ndjson':
        yield* list === 'counters' ? ndjsonCounters([dump]) : ndjsonReport([dump]);
        return;
      default:
        yield* list === 'counters' ? csvCounters([dump]) : csvSockets([dump]);
    }
  }

  public *end(together?: Analysis): Generator<string> {
    yield this.isFirst ? this.head() : '';
    if (this.reporting.format === 'json') {
      yield jsonEnd(together === undefined ? undefined : combinedJson(together));
    }
  }

  /** What stands before the next dump. */
  private head(): string {
    const { format, list } = this.reporting;
    const { isFirst } = this;
    this.isFirst = false;
    return format === 'json'
      ? isFirst
        ? JSON_HEAD
        : ','
      : format === 'csv' && isFirst
        ? csvHeader(list)
        : '';
  }
}

type Build = (view: View) => readonly Block[];

/** What all dumps show as one; of each only its name is needed. */
class Together implements Reports {
  private readonly sources: string[] = [];

  public constructor(
    private readonly reporting: Reporting,
    private readonly render: (build: Build, command: CommandWith) => string,
  ) {}

  public add({ source }: SocketsOf): readonly string[] {
    this.sources.push(source);
    return [];
  }

  public *end(together?: Analysis): Generator<string> {
    if (together !== undefined) {
      const command = commandOfAll(this.reporting, this.sources);
      const build: Build = view => combinedReport(together, new Localizer(), view, command);
      yield this.render(build, command);
    }
  }
}

/** Markdown for a ticket, as a whole of no more bytes than one takes. */
class Tickets implements Reports {
  private readonly reported: Reported[] = [];

  public constructor(private readonly reporting: Reporting) {}

  public add({ source }: SocketsOf, analysis: () => Analysis): readonly string[] {
    this.reported.push({ source: nameOf(source), analysis: analysis() });
    return [];
  }

  public *end(): Generator<string> {
    const all = this.reported.filter(({ analysis }) => analysis.last !== undefined);
    const localizer = new Localizer();
    yield markdownOf(this.reporting, view =>
      all.flatMap(({ source, analysis }) => ticket(source, analysis, localizer, view)),
    );
  }
}

/** Texts for a terminal: of each dump while they are few lines, otherwise an overview. */
class Texts implements Reports {
  private readonly localizer = new Localizer();
  private readonly dumps: Glance[] = [];
  private texts: string[] = [];
  private lines = -1;

  public constructor(
    private readonly reporting: Reporting,
    private readonly output: Output,
  ) {}

  public *add({ source }: SocketsOf, analysis: () => Analysis): Generator<string> {
    const name = nameOf(source);
    const reported = { source: name, analysis: analysis() };
    if (reported.analysis.last === undefined) {
      return;
    }
    this.dumps.push(glanceAt({ ...reported, source }));
    if (this.isTooLong()) {
      return;
    }
    const command = commandOf(this.reporting, [name]);
    const text = textOf(
      this.reporting,
      this.output,
      view => report(name, reported.analysis, this.localizer, view, command),
      command,
    );
    if (unlimited(this.reporting.view) !== null) {
      yield this.dumps.length > 1 ? `\n${text}` : text;
      return;
    }
    this.texts.push(text);
    this.lines += linesIn(text) + 1;
    if (this.isTooLong()) {
      this.texts = [];
    }
  }

  public *end(): Generator<string> {
    const { localizer, output } = this;
    const any = commandFor(...(this.reporting.redact ? ['--redact'] : []));
    yield this.isTooLong()
      ? textWithin(view => overview(this.dumps, localizer, view, any), output, any('--all FILE'))
      : this.texts.join('\n');
  }

  /** Whether what there is to read of several is more than people read. */
  private isTooLong(): boolean {
    return this.dumps.length > 1 && this.lines > MOST_LINES;
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

function textOf({ view }: Reporting, output: Output, build: Build, command: CommandWith): string {
  const whole = unlimited(view);
  return whole === null
    ? textWithin(build, output, command('--all'))
    : renderTerminal(build(whole), output);
}

function markdownOf({ view }: Reporting, build: Build): string {
  const whole = unlimited(view);
  return whole === null ? ticketWithin(build) : renderMarkdown(build(whole));
}

function nameOf(source: string): string {
  return source === '-' ? 'standard input' : source;
}
