import type { Analysis } from '../analysis/analyze';
import { counterList, isCompared } from '../analysis/counterList';
import { countLines, type Finding } from '../analysis/finding';
import type { CountedState, SnapshotSummary } from '../analysis/summary';
import { plain, type Localizer, type Text } from '../wording/text';
import { healthOf } from '../knowledge/health';
import { sources } from '../wording/sources';
import { label } from '../wording/statement';
import { stateKnowledge } from '../knowledge/states';
import { systemName } from '../knowledge/systems';
import { countCounters } from '../model/counter';
import { type Snapshot, toolTitles } from '../model/snapshot';
import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import type { Column } from '../query/columns';
import type { Table } from '../report/blocks';
import {
  cautionsOf,
  checksOf,
  leftTexts,
  ownCaveats,
  proofTexts,
  sidesTable,
  sourcesOfFinding,
  subjectsTable,
} from '../report/findingParts';
import { findingCode } from '../report/findingCode';
import { inWords, isHealthy } from '../report/inWords';
import { provesLittle } from '../report/findingBlocks';
import { lacksStates, unreadStates } from '../report/unreadStates';
import { listsSockets } from '../model/snapshot';
import { stateName, type TcpState } from '../vocabulary/state';
import { closeWaitView, ownerFilter } from './closeWait';
import { countersView, stateCountsView } from './counters';
import { listenerViews, remoteViews } from './ends';
import type { NameOf } from '../wording/addressNames';
import { commonState } from './rows';
import { changesView, type Comparison, hostLinkViews, hostViews, trendView } from './time';
import type {
  FindingView,
  PanelModel,
  ProtocolView,
  SourceView,
  StateView,
  TableView,
} from './schema';

/** What a panel is made from. */
export interface PanelInput {
  readonly title: string;
  readonly analysis: Analysis;
  /** Index of the snapshot to show; null for the newest. */
  readonly snapshot: number | null;
  readonly nameOf: NameOf;
  readonly localizer: Localizer;
  /** The snapshot that the one on view is compared with; undefined where that is not asked for. */
  readonly comparison?: Comparison | undefined;
  /** Whether a workspace is open, whose code can be searched. Default: false. */
  readonly canSearch?: boolean;
}

/** Rows that a finding lists; the lines of all of them can be shown in the editor. */
const EXAMPLES = 3;

/** Rows of a finding's tables. */
const TABLE_ROWS = 5;

const UNKNOWN = label('TCP sockets whose state is missing or not recognized.');

/** What the panel shows of one snapshot; undefined if there is none. */
export function panelModel(input: PanelInput): PanelModel | undefined {
  const { analysis, localizer, nameOf } = input;
  const { dump, snapshots } = analysis;
  const summary = chosen(analysis, input.snapshot);
  if (summary === undefined) {
    return undefined;
  }
  const { snapshot } = summary;
  const { table } = dump;
  const index = analysis.index(summary.index);
  const keyed = findingsOf(analysis, summary.index);
  const findings = keyed.map(([, finding]) => finding);
  const list = counterList(analysis, summary.index);
  return {
    title: input.title,
    tool: toolTitles(snapshot).join(', '),
    system: snapshot.system === null ? null : systemName(snapshot.system),
    lines: dump.lines.total,
    unread: dump.unrecognized.length,
    snapshots: snapshots.map(one => ({
      line: one.snapshot.line + 1,
      time: one.snapshot.time,
      host: one.snapshot.host,
      sockets: one.sockets,
      closeWait: one.stateCounts['CLOSE-WAIT'] ?? 0,
      counters: countCounters(one.snapshot.counted),
    })),
    snapshot: summary.index,
    sockets: summary.sockets,
    listsSockets: listsSockets(summary.snapshot),
    findings: keyed.map(([key, finding]) => findingView(key, finding, input, summary)),
    // Counters of one moment alone prove nothing, nor do sockets without states.
    judged:
      findings.length > 0 ||
      (listsSockets(summary.snapshot) ? !lacksStates(dump, summary) : isCompared(list)),
    cautions: [
      ...(findings.length === 0 ? provesLittle(analysis, localizer, [index]) : []),
      ...unreadStates(dump, summary, localizer),
      ...cautionsOf(findings),
    ].map(partsOf),
    inWords: isHealthy(findings) ? inWords(analysis, summary, localizer).map(partsOf) : [],
    states: stateViews(summary, localizer),
    protocols: protocolViews(summary),
    stateCounts: stateCountsView(summary, localizer),
    counters: countersView(list, summary, localizer),
    closeWait: closeWaitView(summary, analysis, nameOf, localizer),
    remotes: remoteViews(index, nameOf),
    listeners: listenerViews(index),
    columns: columnsOf(table, snapshot),
    trend: trendView(analysis, summary.index),
    changes:
      input.comparison === undefined
        ? null
        : changesView(analysis, summary.index, input.comparison),
    hosts: hostViews(analysis, summary.index, localizer),
    links: hostLinkViews(analysis, localizer),
  };
}

/** The summary of a snapshot; of the newest where there is no such snapshot any more. */
export function chosen(
  { snapshots, last }: Analysis,
  snapshot: number | null,
): SnapshotSummary | undefined {
  return (snapshot === null ? undefined : snapshots[snapshot]) ?? last;
}

// #region Findings

/** The findings that a snapshot shows, with the keys that the panel knows them by. */
export function findingsOf(
  { findings, last }: Analysis,
  snapshot: number,
): [key: string, finding: Finding][] {
  const seen = new Map<string, number>();
  // The newest snapshot's findings include those that have passed, and say so.
  const newest = snapshot === last?.index;
  return findings
    .filter(({ since, snapshot: until }) => newest || (since <= snapshot && snapshot <= until))
    .map(finding => {
      const { code, owner, remote } = finding;
      const base = [code, owner?.pid ?? '', owner?.process ?? '', remote ?? ''].join(' ');
      const count = seen.get(base) ?? 0;
      seen.set(base, count + 1);
      return [count === 0 ? base : `${base} #${count}`, finding];
    });
}

function findingView(
  key: string,
  finding: Finding,
  { analysis, localizer, canSearch = false }: PanelInput,
  summary: SnapshotSummary,
): FindingView {
  const sides = sidesTable(finding, analysis, TABLE_ROWS, localizer);
  const subjects = subjectsTable(finding, TABLE_ROWS, localizer);
  const ofCounters = finding.evidence.filter(({ counter }) => counter !== undefined);
  return {
    key,
    code: finding.code,
    severity: finding.severity,
    confidence: finding.confidence,
    title: finding.title.parts,
    left: leftTexts(finding).map(partsOf),
    checks: checksOf(finding, new Set()).map(({ text, command }) => ({
      text: text.parts,
      command,
    })),
    fix: finding.remedy.map(partsOf),
    proof: proofTexts(finding, sides !== null)
      .filter(text => !ofCounters.some(one => one.text === text))
      .map(partsOf),
    tables: [subjects, sides].filter(table => table !== null).map(tableView),
    examples: [
      ...ofCounters,
      ...finding.evidence.filter(({ row }) => row !== null).slice(0, EXAMPLES),
    ].map(({ text, line }) => ({ line: line === null ? null : line + 1, text: text.parts })),
    lines: countLines(finding, analysis.dump),
    filter: filterOf(finding, analysis, summary),
    search: canSearch && findingCode(finding) !== null,
    why: finding.why.map(partsOf),
    alternatives: [...finding.alternatives, ...ownCaveats(finding)].map(partsOf),
    sources: sourceViews(finding),
    also: finding.merged.map(({ code, title }) => ({ code, title: title.parts })),
  };
}

function tableView({ columns, rows }: Table): TableView {
  return { columns, rows };
}

/** Finds exactly a finding's sockets; null where no such filter is at hand. */
function filterOf(
  { owner, rows, snapshot }: Finding,
  analysis: Analysis,
  summary: SnapshotSummary,
): string | null {
  const index = analysis.index(summary.index);
  // What stands for others may have rows of earlier snapshots, too.
  const isOwn = snapshot === summary.index && rows[0]! >= summary.snapshot.firstRow;
  const state = isOwn ? commonState(index.table, rows) : null;
  const name = state === null ? null : stateName(state);
  if (state === null || name === null) {
    return null;
  }
  if (index.rowsIn(state).length === rows.length) {
    return stateFilter(name);
  }
  return name === 'CLOSE-WAIT' && owner !== null ? ownerFilter(summary, owner, rows.length) : null;
}

function partsOf(text: Text): Text['parts'] {
  return text.parts;
}

function sourceViews(finding: Finding): SourceView[] {
  return sourcesOfFinding(finding).map(id => ({
    title: sources[id].title,
    url: sources[id].url ?? null,
  }));
}

// #endregion
// #region Counts

function stateViews({ stateCounts }: SnapshotSummary, localizer: Localizer): StateView[] {
  return (Object.entries(stateCounts) as [CountedState, number][]).map(([state, count]) =>
    state === 'UNKNOWN'
      ? {
          state: null,
          count,
          health: 'normal',
          meaning: plain(localizer.format(UNKNOWN)),
          filter: 'state:unknown',
        }
      : {
          state,
          count,
          health: healthOf(state),
          meaning: plain(localizer.say(stateKnowledge(state).meaning)),
          filter: stateFilter(state),
        },
  );
}

function stateFilter(state: TcpState): string {
  return `state:${state.toLowerCase()}`;
}

function protocolViews({ protocolCounts }: SnapshotSummary): ProtocolView[] {
  return Object.entries(protocolCounts)
    .filter(([protocol]) => protocol !== 'tcp')
    .map(([protocol, count]) => ({ protocol, count, filter: `protocol=${protocol}` }));
}

/** The columns that say something about some row of the snapshot. */
function columnsOf(table: SocketTable, { firstRow, endRow }: Snapshot): Column[] {
  const printed = (values: ArrayLike<number> | undefined, nothing: number): boolean => {
    for (let row = firstRow; values !== undefined && row < endRow; row++) {
      if (values[row] !== nothing) {
        return true;
      }
    }
    return false;
  };
  const optional: readonly (readonly [Column, boolean])[] = [
    ['state', printed(table.state, 0)],
    ['remote', printed(table.flags, 0)],
    ['recvQ', printed(table.recvQ, NONE)],
    ['sendQ', printed(table.sendQ, NONE)],
    ['pid', printed(table.pid, NONE)],
    ['process', printed(table.process, 0)],
    ['user', printed(table.user, 0)],
    ['timer', printed(table.timer, 0)],
    ['inode', printed(table.inode, NONE)],
  ];
  const shown = optional.filter(([, has]) => has).map(([column]) => column);
  return ['line', 'protocol', 'local', ...shown];
}

// #endregion
