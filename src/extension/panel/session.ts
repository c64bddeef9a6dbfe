import type { Analysis } from '../../core/analysis/analyze';
import { type Finding, linesOf } from '../../core/analysis/finding';
import { distinct, NO_ROWS } from '../../core/index/grouping';
import type { Localizer } from '../../core/wording/text';
import type { SocketTable } from '../../core/model/socketTable';
import type { FilterProblem } from '../../core/query/condition';
import { readFilter } from '../../core/query/filter';
import { findRows } from '../../core/query/find';
import { counterViews } from '../../core/viewModel/counters';
import { chosen, findingsOf, panelModel } from '../../core/viewModel/panelModel';
import type { NameOf } from '../../core/wording/addressNames';
import type { Comparison } from '../../core/viewModel/time';
import { rowView } from '../../core/viewModel/rows';
import {
  checkPanelMessage,
  type HostToPanel,
  MAX_COUNTERS,
  type PanelQuery,
  type PanelToHost,
  type RevealTarget,
} from '../../shared/panel/messages';
import type { PanelStrings } from '../../shared/panel/strings';
import { inSlices } from '../host/slices';
import type { LineSpan, Shown } from './source';

/** What a session needs of its surroundings. */
export interface SessionHost {
  readonly source: string;
  readonly title: string;
  readonly strings: PanelStrings;
  readonly locale: string;
  readonly localizer: Localizer;
  readonly nameOf: NameOf;
  /** What was read last; undefined where nothing can be read. */
  read(): Analysis | undefined;
  post(message: HostToPanel): void;
  show(lines: ArrayLike<number>, focus: boolean): Promise<Shown>;
  step(by: 1 | -1): Promise<Shown>;
  clear(): void;
  refresh(): void;
  /** Puts text into the clipboard; tells when it is there. */
  copy(text: string): Promise<void>;
  export(request: ExportRequest): Promise<void>;
  /** Whether a workspace is open. */
  canSearch(): boolean;
  /** Searches the workspace for the code that a finding is about. */
  search(finding: Finding): Promise<void>;
  /** Something that should not be: goes into the log. */
  warn(text: string): void;
}

/** What the user wants to have outside of the panel. */
export interface ExportRequest {
  readonly format: 'markdown' | 'csv' | 'json';
  readonly to: 'clipboard' | 'file';
  /** Whether addresses, hosts, users and paths are replaced. */
  readonly redact: boolean;
  readonly analysis: Analysis;
  /** The rows that the panel's table lists, in its order. */
  readonly rows: Uint32Array;
}

/** The rows of a query. */
interface Result {
  readonly rows: Uint32Array;
  readonly problem: FilterProblem | null;
}

/** Results kept: the table's, and those of the groups that are open. */
const KEPT = 12;
/** Rows that the page is told are selected. */
const SELECTED = 1000;

/**
 * Answers one panel. Knows nothing of VS Code, so that tests can put the page and the core
 * together without it.
 */
export class PanelSession {
  private analysis: Analysis | undefined;
  private revision = 0;
  private snapshot: number | null = null;
  private comparison: Comparison | undefined;
  private readonly results = new Map<string, Promise<Result>>();
  private tableResult: Result | undefined;
  private selection: readonly LineSpan[] = [];
  private ready = false;
  /** What is to be shown as soon as the page is there. */
  private wanted: string | undefined;
  private disposed = false;

  public constructor(private readonly host: SessionHost) {}

  public dispose(): void {
    this.disposed = true;
    this.results.clear();
  }

  /** Takes a message from the page. */
  public async receive(received: unknown): Promise<void> {
    const checked = checkPanelMessage(received);
    if ('refused' in checked) {
      this.host.warn(`A message from the panel was refused: ${checked.refused}`);
      return;
    }
    await this.handle(checked.message);
  }

  /** The source has something new. */
  public changed(): void {
    if (this.ready && !this.disposed) {
      this.sendModel();
    }
  }

  /** Lines were selected in the editor. */
  public selected(spans: readonly LineSpan[]): void {
    this.selection = spans;
    if (this.ready && !this.disposed) {
      this.sendSelection();
    }
  }

  /** Other lines are shown. */
  public revealed({ count, index }: Shown): void {
    this.host.post({ type: 'revealed', count, index });
  }

  /** Unfolds a finding of the newest snapshot and scrolls to it, by the key that the panel knows it by. */
  public showFinding(key: string): void {
    this.wanted = key;
    this.sendWanted();
  }

  private sendWanted(): void {
    if (this.ready && this.wanted !== undefined) {
      this.host.post({ type: 'finding', key: this.wanted });
      this.wanted = undefined;
    }
  }

  private async handle(message: PanelToHost): Promise<void> {
    const { host } = this;
    switch (message.type) {
      case 'ready':
        this.ready = true;
        this.snapshot = message.snapshot;
        host.post({
          type: 'start',
          strings: host.strings,
          locale: host.locale,
          source: host.source,
        });
        this.sendModel();
        this.sendWanted();
        return;
      case 'snapshot':
        this.snapshot = message.snapshot;
        this.sendModel();
        return;
      case 'compare':
        this.comparison = message.before ?? undefined;
        this.sendModel();
        return;
      case 'query':
        await this.answer(message);
        return;
      case 'counters':
        this.answerCounters(message);
        return;
      case 'reveal': {
        const lines = await this.linesOf(message.target);
        if (lines.length > 0) {
          this.revealed(await host.show(lines, message.focus));
        }
        return;
      }
      case 'search': {
        const finding = this.findingOf(message);
        if (finding !== undefined) {
          await host.search(finding);
        }
        return;
      }
      case 'step':
        this.revealed(await host.step(message.by));
        return;
      case 'dismiss':
        host.clear();
        this.revealed({ count: 0, index: 0 });
        return;
      case 'refresh':
        host.refresh();
        return;
      case 'copy':
        await host.copy(message.text);
        host.post({ type: 'said', text: host.strings.copied });
        return;
      case 'export': {
        const { format, to, redact, query } = message;
        const { rows } = await this.result(query);
        const { analysis } = this;
        if (analysis !== undefined && chosen(analysis, query.snapshot) !== undefined) {
          await host.export({ format, to, redact, analysis, rows });
        }
        return;
      }
      case 'problem':
        host.warn(`The panel: ${message.text}`);
        return;
    }
  }

  private sendModel(): void {
    const { host } = this;
    const analysis = host.read();
    if (analysis !== this.analysis) {
      this.analysis = analysis;
      this.results.clear();
      this.tableResult = undefined;
    }
    this.revision++;
    const model =
      analysis &&
      panelModel({
        title: host.title,
        analysis,
        snapshot: this.snapshot,
        nameOf: host.nameOf,
        localizer: host.localizer,
        comparison: this.comparison,
        canSearch: host.canSearch(),
      });
    host.post(
      model === undefined
        ? { type: 'gone', readable: analysis !== undefined }
        : { type: 'model', revision: this.revision, model },
    );
  }

  private async answer(message: Extract<PanelToHost, { type: 'query' }>): Promise<void> {
    const { request, query, offset, count } = message;
    const { revision, analysis } = this;
    const result = await this.result(query);
    if (this.disposed || analysis === undefined || analysis !== this.analysis) {
      // The page asks again when it hears of the new revision.
      return;
    }
    const { rows, problem } = result;
    if (message.table && result !== this.tableResult) {
      this.tableResult = result;
      this.sendSelection();
    }
    const { table } = analysis.dump;
    this.host.post({
      type: 'rows',
      request,
      revision,
      total: rows.length,
      offset,
      rows: Array.from(rows.subarray(offset, offset + count), row =>
        rowView(table, row, this.host.nameOf),
      ),
      problem,
    });
  }

  private answerCounters(message: Extract<PanelToHost, { type: 'counters' }>): void {
    const { request, snapshot, filter } = message;
    const { analysis, host, revision } = this;
    const summary = analysis && chosen(analysis, snapshot);
    if (analysis !== undefined && summary !== undefined) {
      const found = counterViews(analysis, summary.index, filter, MAX_COUNTERS, host.localizer);
      host.post({ type: 'counters', request, revision, ...found });
    }
  }

  /** The rows of a query, found once and kept while others are not asked for. */
  private result(query: PanelQuery): Promise<Result> {
    const key = JSON.stringify([query.snapshot, query.filter, query.sort]);
    const known = this.results.get(key);
    // Taking it out and putting it in again makes it the youngest.
    this.results.delete(key);
    const result = known ?? this.find(query);
    this.results.set(key, result);
    for (const [oldest] of this.results) {
      if (this.results.size <= KEPT) {
        break;
      }
      this.results.delete(oldest);
    }
    return result;
  }

  private async find({ snapshot, filter, sort }: PanelQuery): Promise<Result> {
    const { analysis } = this;
    const range = analysis && chosen(analysis, snapshot)?.snapshot;
    const { conditions, problem } = readFilter(filter);
    if (analysis === undefined || range === undefined || conditions === null) {
      return { rows: NO_ROWS, problem };
    }
    const { table } = analysis.dump;
    const work = findRows(table, range.firstRow, range.endRow, conditions, sort);
    const rows = await inSlices(work, () => this.analysis === analysis && !this.disposed);
    return { rows: rows ?? NO_ROWS, problem: null };
  }

  private findingOf({ snapshot, key }: Pick<PanelQuery, 'snapshot'> & { readonly key: string }) {
    const { analysis } = this;
    const summary = analysis && chosen(analysis, snapshot);
    return analysis === undefined || summary === undefined
      ? undefined
      : findingsOf(analysis, summary.index).find(([one]) => one === key)?.[1];
  }

  /** The lines that a target means, ascending, each once. */
  private async linesOf(target: RevealTarget): Promise<ArrayLike<number>> {
    const { analysis } = this;
    if (analysis === undefined) {
      return [];
    }
    const { table, unrecognized } = analysis.dump;
    switch (target.kind) {
      case 'line':
        return [target.line - 1];
      case 'unread':
        return unrecognized;
      case 'finding': {
        const finding = this.findingOf(target);
        return finding === undefined ? [] : linesOf(finding, table);
      }
      case 'filter': {
        const { snapshot, filter } = target;
        const { rows } = await this.result({ snapshot, filter, sort: null });
        return linesOfRows(table, rows);
      }
      case 'result': {
        const { rows } = await this.result(target.query);
        return linesOfRows(table, rowsIn(rows, target.ranges));
      }
    }
  }

  /** Tells the page which of its rows are selected in the editor. */
  private sendSelection(): void {
    const { analysis } = this;
    if (analysis === undefined) {
      return;
    }
    const { table } = analysis.dump;
    const rows: number[] = [];
    let count = 0;
    for (const [first, last] of this.selection) {
      const from = table.rowsAbove(first);
      const end = table.rowsAbove(last + 1);
      count += end - from;
      for (let place = from; place < end && rows.length < SELECTED; place++) {
        rows.push(table.rowInLineOrder(place));
      }
    }
    const [row] = rows;
    const found = row === undefined ? -1 : (this.tableResult?.rows.indexOf(row) ?? -1);
    const position = found < 0 ? null : found;
    this.host.post({ type: 'selection', rows, count, position });
  }
}

function rowsIn(
  rows: Uint32Array,
  ranges: readonly (readonly [first: number, last: number])[],
): Uint32Array {
  let size = 0;
  const parts = ranges.map(([first, last]) => rows.subarray(first, last + 1));
  for (const part of parts) {
    size += part.length;
  }
  const all = new Uint32Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function linesOfRows(table: SocketTable, rows: Uint32Array): Uint32Array {
  return distinct(rows.map(row => table.line[row]!).sort());
}
