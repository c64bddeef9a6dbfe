import { analyze as analyzeDump, type Analysis as Analyzed } from '../core/analysis/analyze';
import { differenceOf, type Side } from '../core/analysis/time/difference';
import type { Finding, RuleId } from '../core/analysis/finding';
import type { SnapshotSummary } from '../core/analysis/summary';
import type { Thresholds } from '../core/analysis/thresholds';
import { Localizer } from '../core/wording/text';
import type { System } from '../core/vocabulary/system';
import { csvReport as csv } from '../core/report/data/csv';
import { diffJson, diffReport, type DiffNames } from '../core/report/diff';
import { jsonReport as json } from '../core/report/data/json';
import { renderMarkdown } from '../core/report/markdown';
import { ndjsonCounters, ndjsonReport as ndjson } from '../core/report/data/ndjson';
import { textWithin, ticketWithin } from '../core/report/limits';
import { report } from '../core/report/report';
import { commandFor } from '../core/report/commandLine';
import { ticket } from '../core/report/ticket';
import { renderTerminal, type TerminalOptions } from '../core/report/terminal';
import { coreOf, type Dump } from './dump';

export interface AnalysisOptions {
  /** Numbers that rules compare with, where they shall be others than the defaults. */
  readonly thresholds?: Partial<Thresholds>;
  /** The system, where it is known otherwise than from the dump. */
  readonly system?: System | null;
  /** Rules whose findings are not wanted. */
  readonly ignoredRules?: readonly RuleId[];
}

let analyzedOf: (analysis: Analysis) => Analyzed;

/** A dump with what there is to say about it. */
export class Analysis {
  public readonly dump: Dump;
  readonly #analyzed: Analyzed;

  /** Looks for what is wrong in a dump. */
  public constructor(dump: Dump, options: AnalysisOptions = {}) {
    this.dump = dump;
    this.#analyzed = analyzeDump(coreOf(dump), options);
  }

  static {
    analyzedOf = analysis => analysis.#analyzed;
  }

  /** The snapshots in numbers: sockets by state and protocol, CLOSE_WAIT by process. */
  public get snapshots(): readonly SnapshotSummary[] {
    return this.#analyzed.snapshots;
  }

  /** What the rules found, the most urgent first. */
  public get findings(): readonly Finding[] {
    return this.#analyzed.findings;
  }
}

/** An analysis with what its dump is called in reports. */
export interface Named {
  /** A file's name; `-` for standard input. */
  readonly source: string;
  readonly analysis: Analysis;
}

/** The report for people at a terminal. */
export function textReport({ source, analysis }: Named, options: TerminalOptions): string {
  const analyzed = analyzedOf(analysis);
  return textWithin(
    view => report(source, analyzed, new Localizer(), view),
    options,
    commandFor(source)('--all'),
  );
}

/** The report for a ticket. Nothing in it that comes from the dump is read as Markdown or HTML. */
export function markdownReport({ source, analysis }: Named): string {
  const analyzed = analyzedOf(analysis);
  return ticketWithin(view => ticket(source, analyzed, new Localizer(), view));
}

/** The report for programs: one JSON text, in pieces, since it may be longer than a string. */
export function jsonReport(all: Iterable<Named>): Generator<string> {
  return json(map(all, ({ source, analysis }) => ({ source, analysis: analyzedOf(analysis) })));
}

/** The sockets as comma-separated values with a heading (RFC 4180), in pieces. */
export function csvReport(all: Iterable<Named>): Generator<string> {
  return csv(map(all, ({ source, analysis }) => ({ source, analysis: analyzedOf(analysis) })));
}

/** The sockets, or the kernel's counters, as JSON, one object a line, with host and time. */
export function ndjsonReport(
  all: Iterable<{ readonly source: string; readonly dump: Dump }>,
  list: 'sockets' | 'counters' = 'sockets',
): Generator<string> {
  const dumps = map(all, ({ source, dump }) => ({ source, dump: coreOf(dump) }));
  return list === 'counters' ? ndjsonCounters(dumps) : ndjson(dumps);
}

/**
 * What changed from the last snapshot of one dump to the last of another, as text or Markdown for
 * people, or as JSON for programs.
 * @throws RangeError where a dump has no socket.
 */
export function compare(
  before: Named,
  after: Named,
  format: 'text' | 'markdown' | 'json' = 'text',
): string {
  const difference = differenceOf(lastOf(before), lastOf(after));
  const names: DiffNames = { before: before.source, after: after.source };
  if (format === 'json') {
    return diffJson(difference, names);
  }
  const blocks = diffReport(difference, names, new Localizer());
  return format === 'markdown' ? renderMarkdown(blocks) : renderTerminal(blocks, PLAIN);
}

const PLAIN: TerminalOptions = { colour: false, width: 100 };

function lastOf({ source, analysis }: Named): Side {
  const { length } = analysis.snapshots;
  if (length === 0) {
    throw new RangeError(`${source} has no socket`);
  }
  return { analysis: analyzedOf(analysis), snapshot: length - 1 };
}

function* map<T, U>(all: Iterable<T>, to: (one: T) => U): Generator<U> {
  for (const one of all) {
    yield to(one);
  }
}
