import { SEVERITIES, type Severity } from '../core/analysis/finding';
import type { Analysis } from '../core/analysis/analyze';
import { Localizer } from '../core/wording/text';
import { csvReport } from '../core/report/csv';
import { jsonReport, type Reported } from '../core/report/json';
import { ndjsonReport } from '../core/report/ndjson';
import type { Block } from '../core/report/blocks';
import { renderMarkdown } from '../core/report/markdown';
import { gravest, report } from '../core/report/report';
import { togetherJson, togetherReport } from '../core/report/combined';
import { renderTerminal } from '../core/report/terminal';
import type { Format } from './options';
import type { Output } from './output';

/** Characters: each write costs a call into the system. */
const WRITTEN_AT_ONCE = 65_536;

/** Writes the reports on dumps, or the one on all of them together. */
export async function writeReports(
  reported: readonly Reported[],
  format: Format,
  output: Output,
  together: Analysis | null = null,
): Promise<void> {
  await writeAll(rendered(reported, format, output, together), output);
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
  format: Format,
  output: Output,
  together: Analysis | null,
): Generator<string> {
  if (format === 'json') {
    yield* jsonReport(reported, together === null ? undefined : togetherJson(together));
    return;
  }
  if (format === 'ndjson') {
    yield* ndjsonReport(reported.map(({ source, analysis: { dump } }) => ({ source, dump })));
    return;
  }
  if (format === 'csv') {
    yield* csvReport(reported);
    return;
  }
  const write = (blocks: readonly Block[]): string =>
    format === 'markdown' ? renderMarkdown(blocks) : renderTerminal(blocks, output);
  if (together !== null) {
    yield write(togetherReport(together, new Localizer()));
    return;
  }
  let first = true;
  for (const { source, analysis } of reported) {
    const blocks = report(source === '-' ? 'standard input' : source, analysis);
    if (blocks.length > 0) {
      yield first ? '' : '\n';
      yield write(blocks);
      first = false;
    }
  }
}

function isGrave(worst: Severity | null, limit: Severity | null): boolean {
  return worst !== null && limit !== null && SEVERITIES.indexOf(worst) >= SEVERITIES.indexOf(limit);
}
