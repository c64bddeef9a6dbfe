import process from 'node:process';

import { analyze, analyzeInSteps } from '../../src/core/analysis/analyze';
import type { Dump } from '../../src/core/reading/dump';
import { DumpStream } from '../../src/core/reading/input/dumpStream';
import { pieces } from './generate';

/*
 * Reads and analyses a made-up dump again and again and prints what it took of processor time, as
 * JSON: nanoseconds a row of the best reading and of the best analysis; of the first analysis, in
 * which the code is compiled; milliseconds of the longest step, of the run in which that was
 * shortest. Arguments: the shape, how many rows, how often.
 */

export interface RowCost {
  readonly read: number;
  readonly analysis: number;
  readonly firstAnalysis: number;
  readonly longestStep: number;
}

/** Bytes that are read at once, as of a file. */
const CHUNK = 512 * 1024;

const IN_BETWEEN: IteratorResult<undefined> = { value: undefined };

const [shape = '', rows = '', runs = ''] = process.argv.slice(2);
const bytes = Buffer.concat(
  [...pieces('linux', Number(rows), shape)].map(text => Buffer.from(text)),
);
const dump = read();
if (dump.table.length !== Number(rows)) {
  throw new Error(`${dump.table.length} of ${rows} rows are read`);
}
const times = (work: () => unknown): number[] =>
  Array.from({ length: Number(runs) }, () => costOf(work));
const perRow = (milliseconds: number): number => (milliseconds * 1e6) / Number(rows);
const first = costOf(() => analyze(dump));
const cost: RowCost = {
  read: perRow(Math.min(...times(read))),
  analysis: perRow(Math.min(...times(() => analyze(dump)))),
  firstAnalysis: perRow(first),
  longestStep: Math.min(...Array.from({ length: Number(runs) }, () => longestStep(dump))),
};
process.stdout.write(JSON.stringify(cost));

function read(): Dump {
  const stream = new DumpStream();
  stream.expect(bytes.length);
  for (let at = 0; at < bytes.length; at += CHUNK) {
    stream.pushBytes(bytes.subarray(at, at + CHUNK));
  }
  return stream.finish();
}

/** Milliseconds of processor time. */
function costOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Milliseconds of processor time. */
function longestStep(of: Dump): number {
  const work = analyzeInSteps(of);
  let longest = 0;
  for (;;) {
    let step = IN_BETWEEN;
    longest = Math.max(
      longest,
      costOf(() => (step = work.next())),
    );
    if (step.done === true) {
      return longest;
    }
  }
}
