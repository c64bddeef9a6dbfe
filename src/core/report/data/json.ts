import type { Analysis } from '../../analysis/analyze';
import { codesOf, type Finding, linesOf } from '../../analysis/finding';
import { plain, type Text } from '../../wording/text';
import { visibleJson } from '../../wording/visible';
import { type Counter, countersOf, isStateCount } from '../../model/counter';
import type { Interface } from '../../model/interface';
import type { Route } from '../../model/route';
import type { Dump } from '../../reading/dump';
import { countsByRule } from '../findingParts';
import type { Snapshot } from '../../model/snapshot';
import { socketRecord } from '../../model/socketFields';

/** One text that was read, and what came of it. */
export interface Reported {
  /** The file's name as given; `-` for standard input. */
  readonly source: string;
  readonly analysis: Analysis;
}

/** The version of the JSON below; grows when a name changes its meaning or goes. */
const SCHEMA = 1;

/** What stands before the dumps of a report. */
export const JSON_HEAD = `{"schema":${SCHEMA},"dumps":[`;

/** What stands behind them; `together` is what all the dumps show as one. */
export function jsonEnd(together?: object): string {
  return together === undefined ? ']}\n' : `],"together":${visibleJson(together)}}\n`;
}

/**
 * The report for programs, piece by piece, so that a dump of a million sockets never stands in
 * memory as text. Lines are 1-based.
 */
export function* jsonReport(reports: Iterable<Reported>): Generator<string> {
  yield JSON_HEAD;
  let first = true;
  for (const report of reports) {
    yield first ? '' : ',';
    first = false;
    yield* jsonDump(report);
  }
  yield jsonEnd();
}

/** What came of one dump: commas separate them. */
export function* jsonDump({ source, analysis }: Reported): Generator<string> {
  const { dump } = analysis;
  yield `{"source":${visibleJson(source)},"lines":${visibleJson(linesJson(dump))}`;
  yield `,"unrecognised":${visibleJson(dump.unrecognized.map(line => line + 1))}`;
  yield `,"snapshotsNotKept":${dump.forgotten},"snapshots":[`;
  for (const [i, summary] of analysis.snapshots.entries()) {
    const { snapshot } = summary;
    yield i === 0 ? '' : ',';
    yield snapshotHead(snapshot, summary.stateCounts);
    for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
      const first = snapshot.repeats.get(row);
      const socket = visibleJson({
        ...socketRecord(dump.table.socket(row), 'json'),
        // The line of the row that stands for the socket, where this one shows it again.
        ...(first === undefined ? {} : { repeats: dump.table.line[first]! + 1 }),
      });
      yield row === snapshot.firstRow ? socket : `,${socket}`;
    }
    yield ']}';
  }
  yield `],"closeWait":${visibleJson(closeWaitJson(analysis))}`;
  yield `,"findingsByRule":${visibleJson(Object.fromEntries(countsByRule(analysis.findings)))}`;
  yield `,"findings":${visibleJson(analysis.findings.map(f => findingJson(f, analysis)))}}`;
}

/** The contract spells it so. */
function linesJson({ lines: { unrecognized, ...lines } }: Dump): object {
  return { ...lines, unrecognised: unrecognized };
}

function snapshotHead(snapshot: Snapshot, stateCounts: Readonly<Record<string, number>>): string {
  const head = visibleJson({
    line: snapshot.line + 1,
    time: snapshot.time,
    host: snapshot.host,
    system: snapshot.system,
    dialects: snapshot.dialects.map(dialect => dialect.id),
    stateCounts,
    counters: countersOf(snapshot.counted.filter(one => !isStateCount(one))).map(counterJson),
    interfaces: snapshot.interfaces.map(interfaceJson),
    routes: snapshot.routes.map(routeJson),
    counts: countersOf(snapshot.counted.filter(isStateCount)).map(countJson),
  });
  return `${head.slice(0, -1)},"sockets":[`;
}

/** Sockets of a state that were counted before they were written down. */
export function countJson({ line, name, value, raw }: Counter): object {
  return { line: line + 1, state: name, count: value, raw };
}

/** A counter as programs get it; what numbers of JSON cannot hold exactly is a string. */
export function counterJson({
  line,
  name,
  value,
  exact,
  raw,
  family,
  interface: of,
}: Counter): object {
  return {
    line: line + 1,
    name,
    value: exact ?? value,
    raw,
    ...(family === null ? {} : { family }),
    ...(of === null ? {} : { interface: of }),
  };
}

/** An interface as programs get it; null stands for what the tool does not tell. */
function interfaceJson({ line, name, mtu, rx, tx, flags }: Interface): object {
  return { line: line + 1, name, mtu, rx: exactly(rx), tx: exactly(tx), flags };
}

/** Numbers as programs get them; what numbers of JSON cannot hold exactly is a string. */
function exactly(numbers: Interface['rx'] | Interface['tx']): object {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'bigint' ? value.toString() : value,
    ]),
  );
}

/** A route as programs get it; null stands for what the tool does not tell. */
function routeJson(route: Route): object {
  const { line, family, destination, prefixLength, gateway } = route;
  const { interface: name, metric, flags, type, table } = route;
  return {
    line: line + 1,
    family,
    destination,
    prefixLength,
    gateway,
    interface: name,
    metric,
    flags,
    type,
    table,
  };
}

/** CLOSE_WAIT of the last snapshot by process. */
function closeWaitJson({ dump, last }: Analysis): object[] {
  return (last?.closeWait ?? []).map(({ pid, process, count, unreadBytes, rows }) => ({
    pid,
    process,
    count,
    unreadBytes,
    lines: [...rows].map(row => dump.table.line[row]! + 1),
  }));
}

/** A finding as programs get it. */
export function findingJson(finding: Finding, analysis: Analysis) {
  return findingJsonWith(finding, analysis, line => line + 1);
}

/** The same where `lineOf` gives what stands for a 0-based line. */
export function findingJsonWith<L>(
  finding: Finding,
  { dump, hosts }: Analysis,
  lineOf: (line: number) => L,
) {
  const seen = (snapshot: number) => ({
    snapshot: hosts.of(snapshot).snapshots.indexOf(snapshot) + 1,
    time: dump.snapshots[snapshot]?.time ?? null,
  });
  return {
    rule: finding.rule,
    code: finding.code,
    codes: codesOf(finding),
    severity: finding.severity,
    confidence: finding.confidence,
    title: plain(finding.title),
    explanation: sentences(finding.why),
    remedy: sentences(finding.remedy),
    pid: finding.owner?.pid ?? null,
    process: finding.owner?.process ?? null,
    remote: finding.remote,
    subjects: finding.subjects.map(subject => ({
      process: subject.owner?.process ?? null,
      pid: subject.owner?.pid ?? null,
      remote: subject.remote,
      count: subject.rows.length,
      lines: Array.from(linesOf(subject, dump.table), lineOf),
    })),
    snapshot: finding.snapshot,
    host: finding.host,
    firstSeen: seen(finding.since),
    lastSeen: seen(finding.snapshot),
    growth: finding.growth,
    evidence: finding.evidence.map(({ text, line }) => ({
      text: plain(text),
      line: line === null ? null : lineOf(line),
    })),
    confirm: finding.confirm.map(({ text, command }) => ({ text: plain(text), command })),
    alternatives: finding.alternatives.map(plain),
    caveats: finding.caveats.map(plain),
    lines: Array.from(linesOf(finding, dump.table), lineOf),
  };
}

function sentences(texts: readonly Text[]): string {
  return texts.map(plain).join(' ');
}
