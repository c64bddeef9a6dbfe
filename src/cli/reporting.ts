import { SEVERITIES, type Severity } from '../core/analysis/finding';
import { csvReport } from '../core/report/csv';
import { jsonReport, type Reported } from '../core/report/json';
import { renderMarkdown } from '../core/report/markdown';
import { gravest, report } from '../core/report/report';
import { renderTerminal } from '../core/report/terminal';
import type { Format } from './arguments';
import type { Output } from './output';

/** Writes the reports on dumps. */
export async function writeReports(
  reported: readonly Reported[],
  format: Format,
  output: Output,
): Promise<void> {
  for (const piece of rendered(reported, format, output)) {
    if (!output.write(piece)) {
      await output.drained();
    }
  }
}

/** Whether any finding is as grave as `limit`, or graver. */
export function isAnyGrave(reported: readonly Reported[], limit: Severity | null): boolean {
  return reported.some(one => isGrave(gravest(one.analysis), limit));
}

function* rendered(
  reported: readonly Reported[],
  format: Format,
  output: Output,
): Generator<string> {
  if (format === 'json') {
    yield* jsonReport(reported);
    return;
  }
  if (format === 'csv') {
    yield* csvReport(reported);
    return;
  }
  let first = true;
  for (const { source, analysis } of reported) {
    const blocks = report(source === '-' ? 'standard input' : source, analysis);
    if (blocks.length > 0) {
      yield first ? '' : '\n';
      yield format === 'markdown' ? renderMarkdown(blocks) : renderTerminal(blocks, output);
      first = false;
    }
  }
}

function isGrave(worst: Severity | null, limit: Severity | null): boolean {
  return worst !== null && limit !== null && SEVERITIES.indexOf(worst) >= SEVERITIES.indexOf(limit);
}
