import process from 'node:process';

import { analyzeInSteps } from '../../src/core/analysis/analyze';
import { explainInSteps } from '../../src/core/explain/explain';
import { Localizer } from '../../src/core/wording/text';
import type { Task } from '../../src/core/model/task';
import { DocumentReader } from '../../src/core/reading/documentReader';
import { dump, LAYOUTS } from './generate';

/*
 * npm run bench:documents [-- LINES]
 *
 * What the extension does with a document of 300,000 lines, without VS Code around: how long it takes
 * until the document is read, until a first hover is answered, until an appended snapshot of 100
 * lines is read, and until there are findings again after an edit, which has all lines read again;
 * and how long the longest piece of work is that gives way to nothing. Of three runs, that which was
 * disturbed the least; appended snapshots and pieces in processor time where that is less than what
 * the clock says: then others had the processor.
 */

const LINES = Number(process.argv[2] ?? 300_000);
const RUNS = 3;
const APPENDED = 50;

class Stopwatch {
  public wall = 0;
  public cpu = 0;
  public longest = 0;

  /** Does work and counts what it takes. */
  public run<T>(work: Task<T>): T {
    for (;;) {
      const usage = process.cpuUsage();
      const before = performance.now();
      const step = work.next();
      const wall = performance.now() - before;
      const { user, system } = process.cpuUsage(usage);
      const cpu = (user + system) / 1000;
      this.wall += wall;
      this.cpu += cpu;
      this.longest = Math.max(this.longest, Math.min(wall, cpu));
      if (step.done === true) {
        return step.value;
      }
    }
  }
}

interface Row {
  readonly read: Stopwatch;
  readonly hover: Stopwatch;
  readonly analysis: Stopwatch;
  readonly appended: readonly Stopwatch[];
  readonly findings: Stopwatch;
}

function measure(format: string): Row {
  // The last line is what an editor has below the last end of line.
  const lines = [...linesOf(format, LINES), ''];
  const more = linesOf(format, 100);
  const textOf = (line: number): string => lines[line] ?? '';
  const reader = new DocumentReader({
    get lineCount() {
      return lines.length;
    },
    lineAt: textOf,
  });
  const timed = (work: Task<unknown>): Stopwatch => {
    const watch = new Stopwatch();
    watch.run(work);
    return watch;
  };
  const read = new Stopwatch();
  const whole = read.run(reader.read());
  const hover = timed(explainInSteps(whole, 9, 30, textOf, new Localizer()));
  const analysis = timed(analyzeInSteps(whole));
  lines[1] = `${textOf(1)} `;
  reader.change(1);
  const findings = new Stopwatch();
  findings.run(analyzeInSteps(findings.run(reader.read())));
  const appended = Array.from({ length: APPENDED }, () => {
    lines.push(...more, '');
    reader.change(lines.length - more.length - 2);
    lines.splice(lines.length - more.length - 2, 1);
    return timed(reader.read());
  });
  return { read, hover, analysis, appended, findings };
}

function linesOf(format: string, count: number): string[] {
  return dump(format, count).split(/\r?\n/).slice(0, count);
}

function least(values: readonly number[]): string {
  return Math.min(...values).toFixed(1);
}

function at(share: number, values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
}

function both(rows: readonly Row[], of: (row: Row) => Stopwatch): string {
  return `${least(rows.map(row => of(row).wall))} (${least(rows.map(row => of(row).cpu))})`;
}

console.log(`${LINES} lines, Node ${process.version}; ms, in brackets of processor time`);
console.log(
  '| format | read | first hover | findings | an append read | p99 | findings after an edit | longest piece |',
);
console.log('|---|--:|--:|--:|--:|--:|--:|--:|');
for (const format of Object.keys(LAYOUTS)) {
  const rows = Array.from({ length: RUNS }, () => measure(format));
  const cells = [
    format,
    both(rows, row => row.read),
    both(rows, row => row.hover),
    both(rows, row => row.analysis),
    least(
      rows.map(row =>
        at(
          0.5,
          row.appended.map(({ cpu, wall }) => Math.min(cpu, wall)),
        ),
      ),
    ),
    least(
      rows.map(row =>
        at(
          0.99,
          row.appended.map(({ cpu, wall }) => Math.min(cpu, wall)),
        ),
      ),
    ),
    both(rows, row => row.findings),
    least(
      rows.map(({ read, hover, analysis, appended, findings }) =>
        Math.max(...[read, hover, analysis, ...appended, findings].map(({ longest }) => longest)),
      ),
    ),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
