import { analyse } from '../../src/core/analysis/analyse';
import { readDump } from '../../src/core/reading/reader';
import { dump, LAYOUTS } from './generate';

/*
 * How long reading takes, as a ratio to cutting the same text into lines: the machine's speed and
 * its noise cancel out. Nothing here passes or fails.
 */

const ROWS = 100_000;
const RUNS = 9;

let results = 0;

/** Median of the times of `run`; its result is kept so that no compiler leaves the work out. */
function median(run: () => number): number {
  const times: number[] = [];
  for (let i = 0; i < RUNS + 2; i++) {
    const before = performance.now();
    results += run();
    times.push(performance.now() - before);
  }
  // The first two runs are the compiler's.
  times.splice(0, 2);
  times.sort((a, b) => a - b);
  return times[RUNS >> 1] ?? NaN;
}

console.log(`${ROWS} rows, medians of ${RUNS}\n`);
console.log('format     split ms   read ms   ratio   analyse ms   ratio');
for (const format of Object.keys(LAYOUTS)) {
  const text = dump(format, ROWS);
  const split = median(() => text.split(/\r\n|\n|\r/).length);
  const read = median(() => readDump(text).table.length);
  const parsed = readDump(text);
  const analysed = median(() => analyse(parsed).findings.length);
  const cells = [split, read, read / split, analysed, analysed / split].map(n => n.toFixed(2));
  console.log(
    `${format.padEnd(8)} ${(cells[0] ?? '').padStart(10)} ${(cells[1] ?? '').padStart(9)} ${(cells[2] ?? '').padStart(7)} ${(cells[3] ?? '').padStart(12)} ${(cells[4] ?? '').padStart(7)}`,
  );
}
console.log(`\n(${results} results)`);
