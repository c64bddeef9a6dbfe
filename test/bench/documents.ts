import process from 'node:process';

import { analyzeInSteps } from '../../src/core/analysis/analyze';
import { explainInSteps } from '../../src/core/explain/explain';
import { Localizer } from '../../src/core/wording/text';
import { runToEnd, type Task } from '../../src/core/model/task';
import { IncrementalReader } from '../../src/core/reading/incrementalReader';
import { dump, LAYOUTS, random } from './generate';

/*
 * npm run bench:documents [-- LINES]
 *
 * What the extension does with a document of 300,000 lines, without VS Code around: how long it takes
 * until the document is read, until a first hover is answered, until the change of an edit is read,
 * and until there are findings again; and how long the longest piece of work is that gives way to
 * nothing. Of three runs, that which was disturbed the least; single edits and pieces in processor
 * time where that is less than what the clock says: then others had the processor.
 */

const LINES = Number(process.argv[2] ?? 300_000);
const RUNS = 3;
const EDITS = 200;

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
  readonly edits: readonly Stopwatch[];
  readonly findings: Stopwatch;
}

function measure(lines: string[]): Row {
  const textOf = (line: number): string => lines[line] ?? '';
  const reader = new IncrementalReader({
    get lineCount() {
      return lines.length;
    },
    lineAt: textOf,
  });
  const next = random(7);
  const edit = (): void => {
    const line = Math.floor(next() * (lines.length - 1));
    lines[line] = `${textOf(line)} `;
    reader.replace(line, 1, 1);
  };
  const timed = (work: Task<unknown>): Stopwatch => {
    const watch = new Stopwatch();
    watch.run(work);
    return watch;
  };
  const read = timed(reader.read());
  const hover = timed(explainInSteps(runToEnd(reader.read()), 9, 30, textOf, new Localizer()));
  const analysis = timed(analyzeInSteps(runToEnd(reader.read())));
  const edits = Array.from({ length: EDITS }, () => {
    edit();
    return timed(reader.read());
  });
  edit();
  const findings = new Stopwatch();
  findings.run(analyzeInSteps(findings.run(reader.read())));
  return { read, hover, analysis, edits, findings };
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
  '| format | read | first hover | findings | an edit read | p99 | findings after it | longest piece |',
);
console.log('|---|--:|--:|--:|--:|--:|--:|--:|');
for (const format of Object.keys(LAYOUTS)) {
  const lines = dump(format, LINES).split(/\r?\n/).slice(0, LINES);
  const rows = Array.from({ length: RUNS }, () => measure(lines));
  const cells = [
    format,
    both(rows, row => row.read),
    both(rows, row => row.hover),
    both(rows, row => row.analysis),
    least(
      rows.map(row =>
        at(
          0.5,
          row.edits.map(({ cpu, wall }) => Math.min(cpu, wall)),
        ),
      ),
    ),
    least(
      rows.map(row =>
        at(
          0.99,
          row.edits.map(({ cpu, wall }) => Math.min(cpu, wall)),
        ),
      ),
    ),
    both(rows, row => row.findings),
    least(
      rows.map(({ read, hover, analysis, edits, findings }) =>
        Math.max(...[read, hover, analysis, ...edits, findings].map(({ longest }) => longest)),
      ),
    ),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
