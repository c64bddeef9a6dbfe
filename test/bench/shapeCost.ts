import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

import { benchFolder, build, type Cost, floorProgram, runNode } from './measure';
import { describe, type Shape, shaped, shapes } from './shapes';

/** What a shape costs; milliseconds of user time, of the run that took least. */
export interface ShapeCost {
  readonly name: string;
  readonly what: string;
  /** Of four times the rows, as all but `few`. */
  readonly bytes: number;
  readonly floor: number;
  readonly few: number;
  readonly many: number;
  /** The power of the rows by which time grows, with what starting takes subtracted. */
  readonly growth: number;
  /** Peak in megabytes. */
  readonly memory: number;
}

const SHAPES = 20;
const TIMES = 4;

/** Dumps of random proportions, of so many rows and of four times as many. */
export function measureShapes(rows: number, seed: number, runs: number): ShapeCost[] {
  const hook = build('test/bench/cost.ts', 'cost.cjs');
  const cli = build('src/cli/main.ts', 'cli.cjs');
  const best = (args: readonly string[]): Cost =>
    Array.from({ length: runs }, () => runNode(args, hook)).reduce((a, b) =>
      a.user < b.user ? a : b,
    );
  return shapes(SHAPES, seed).map(shape => {
    const start = withFile(shape, 10, file => best([cli, file]).user);
    const few = withFile(shape, rows, file => best([cli, file]).user);
    const cost = withFile(shape, TIMES * rows, file => {
      const { user, memory } = best([cli, file]);
      const floor = best(['-e', floorProgram(file)]).user;
      return { many: user, memory, floor, bytes: statSync(file).size };
    });
    const growth = Math.log((cost.many - start) / Math.max(few - start, 1)) / Math.log(TIMES);
    const result = {
      name: `${shape.seed}, ${shape.format}`,
      what: describe(shape),
      few,
      growth,
      ...cost,
    };
    console.error(
      `${result.name}: ${(cost.many / cost.floor).toFixed(1)} x floor, growth ${growth.toFixed(2)}, ${cost.memory.toFixed(0)} MB; ${result.what}`,
    );
    return result;
  });
}

/** Gives what `measure` says of a dump that is there only as long as it needs it. */
function withFile<T>(shape: Shape, rows: number, measure: (file: string) => T): T {
  const file = path.join(benchFolder, `shape-${shape.seed}.txt`);
  const out = openSync(file, 'w');
  for (const piece of shaped(shape, rows)) {
    writeSync(out, piece);
  }
  closeSync(out);
  try {
    return measure(file);
  } finally {
    rmSync(file);
  }
}
