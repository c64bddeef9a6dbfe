import process from 'node:process';

import { analyse, analyseInSteps } from '../../src/core/analysis/analyse';
import type { Dump } from '../../src/core/model/dump';
import { DumpStream } from '../../src/core/reading/dumpStream';
import { pieces } from './generate';

/*
 * Analyses a made-up dump again and again and prints what it took of processor time, as JSON:
 * nanoseconds a row of the first time, in which the code is compiled, and of the best one after it;
 * milliseconds of the longest step, of the run in which that was shortest. Arguments: the shape,
 * how many rows, how often.
 */

export interface AnalysisCost {
  readonly first: number;
  readonly best: number;
  readonly longestStep: number;
}

const IN_BETWEEN: IteratorResult<undefined> = { value: undefined };

const [shape = '', rows = '', runs = ''] = process.argv.slice(2);
const dump = read(shape, Number(rows));
const first = costOf(() => analyse(dump));
const times = Array.from({ length: Number(runs) }, () => costOf(() => analyse(dump)));
const steps = Array.from({ length: Number(runs) }, () => longestStep(dump));
const cost: AnalysisCost = {
  first: (first * 1e6) / Number(rows),
  best: (Math.min(...times) * 1e6) / Number(rows),
  longestStep: Math.min(...steps),
};
process.stdout.write(JSON.stringify(cost));

function read(name: string, count: number): Dump {
  const stream = new DumpStream();
  for (const piece of pieces('linux', count, name)) {
    stream.push(piece);
  }
  const read = stream.finish();
  if (read.table.length !== count) {
    throw new Error(`${read.table.length} of ${count} rows are read`);
  }
  return read;
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
  const work = analyseInSteps(of);
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
