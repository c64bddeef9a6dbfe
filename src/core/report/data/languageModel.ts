import type { Analysis } from '../../analysis/analyze';
import { type Finding, isAtLeast, type RuleId, type Severity } from '../../analysis/finding';
import { counterList, isCompared } from '../../analysis/counterList';
import type { CloseWaitGroup, SnapshotSummary } from '../../analysis/summary';
import { countCounters, countersOf, isStateCount } from '../../model/counter';
import { toolTitles } from '../../model/snapshot';
import { plain } from '../../wording/text';
import { counterJson, countJson, findingJson } from './json';

/** Items of a list that a model is given; it pays for every word. */
const LISTED = 10;

/** Findings that it is given: each takes a good half of a page. */
const FINDINGS_LISTED = 50;

/**
 * A dump in numbers, for a language model. Lines are 1-based. `ignored` are the rules that were
 * left out.
 */
export function summaryForModel(
  source: string,
  of: Analysis,
  ignored: readonly RuleId[] = [],
): object {
  const { dump, last, ...analysis } = of;
  return {
    source,
    sockets: last?.sockets ?? 0,
    tools: last === undefined ? [] : toolTitles(last.snapshot),
    system: last?.snapshot.system ?? null,
    snapshots: analysis.snapshots.length,
    newestSnapshot: last && {
      firstLine: last.snapshot.line + 1,
      time: last.snapshot.time,
      host: last.snapshot.host,
    },
    processesShown: !last?.snapshot.unprivileged,
    protocols: last?.protocolCounts ?? {},
    tcpStates: last?.stateCounts ?? {},
    ...(last === undefined ? {} : countersFor(of, last)),
    closeWaitByProcess: (last?.closeWait ?? []).slice(0, LISTED).map(group => ({
      ...closeWait(group),
      lines: Array.from(group.rows.subarray(0, LISTED), row => dump.table.line[row]! + 1),
    })),
    findings: analysis.findings.slice(0, FINDINGS_LISTED).map(({ code, severity, title }) => ({
      code,
      severity,
      title: plain(title),
    })),
    findingsNotShown: notListed(analysis.findings),
    ignoredRules: ignored,
    linesNotRead: dump.lines.unrecognized,
  };
}

/** The kernel's counters of a snapshot, those worth a look by name; nothing where it has none. */
function countersFor(analysis: Analysis, { index, snapshot }: SnapshotSummary): object {
  const { counted } = snapshot;
  if (counted.length === 0) {
    return {};
  }
  const list = counterList(analysis, index);
  const { changes, worthALook } = list;
  return {
    counters: countCounters(counted),
    // What a reader of one sample must not conclude.
    countersCompared: isCompared(list),
    secondsBetween: changes?.seconds ?? null,
    countersWorthALook: worthALook.slice(0, LISTED).map(({ counter, change, perSecond }) => ({
      ...counterJson(counter),
      change,
      perSecond,
    })),
    countsByState: countersOf(counted.filter(isStateCount)).map(countJson),
  };
}

/** What was found, at least as grave as `least`, for a language model: the gravest of it. */
export function findingsForModel(
  source: string,
  analysis: Analysis,
  least: Severity,
  ignored: readonly RuleId[] = [],
): object {
  const grave = analysis.findings.filter(({ severity }) => isAtLeast(severity, least));
  return {
    source,
    found: grave.length,
    notShown: notListed(grave),
    ignoredRules: ignored,
    findings: grave.slice(0, FINDINGS_LISTED).map(finding => short(finding, analysis)),
  };
}

function notListed({ length }: readonly Finding[]): number {
  return Math.max(0, length - FINDINGS_LISTED);
}

function closeWait({ pid, process, count, ofOwner, unreadBytes, remotes }: CloseWaitGroup): object {
  return {
    pid,
    process,
    count,
    ofSockets: ofOwner,
    unreadBytes,
    remotes: remotes.slice(0, LISTED),
  };
}

/** A finding without the tails of long lists. */
function short(finding: Finding, analysis: Analysis): object {
  const { lines, evidence, subjects, ...rest } = findingJson(finding, analysis);
  return {
    ...rest,
    subjects: subjects
      .slice(0, LISTED)
      .map(({ lines: own, ...subject }) => ({ ...subject, lines: own.slice(0, LISTED) })),
    subjectCount: subjects.length,
    evidence: evidence.slice(0, LISTED),
    lines: lines.slice(0, LISTED),
    lineCount: lines.length,
  };
}
