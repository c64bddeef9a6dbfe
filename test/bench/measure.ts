import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { buildSync } from 'esbuild';

import { projectFolder } from '../harness/paths';

/** Where inputs and programs of the benchmark are; git ignores it. */
export const benchFolder = path.join(projectFolder, 'out', 'bench');

/** Minimum, median and maximum of some runs. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** What one run of a program took. */
export interface Cost {
  /** Milliseconds from start to exit. */
  readonly wall: number;
  /** Milliseconds of processor time. */
  readonly cpu: number;
  /** Those of them that the system did not spend for it. */
  readonly user: number;
  /** Peak of its memory in megabytes. */
  readonly memory: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (place: number): number => sorted[Math.floor(place * (sorted.length - 1))] ?? NaN;
  return { min: at(0), median: at(0.5), max: at(1) };
}

/** The hash of all bytes, the floor of whatever reads them: to be run with `node -e`. */
export function floorProgram(file: string): string {
  return `const t=require('fs').readFileSync(${JSON.stringify(file)});let n=0,h=0;for(let i=0;i<t.length;i++){const c=t[i];if(c===10)n++;h=(h*31+c)|0}`;
}

/** Builds a program as it ships, minified into one file: other loaders are slower. */
export function build(entry: string, name: string): string {
  const outfile = path.join(benchFolder, name);
  buildSync({
    entryPoints: [path.join(projectFolder, entry)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw: {},
  });
  return outfile;
}

/** Runs Node once; gives its costs, as it says itself at its end. */
export function runNode(args: readonly string[], hook: string): Cost {
  const report = path.join(benchFolder, 'cost.json');
  rmSync(report, { force: true });
  const before = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--require', hook, ...args], {
    env: { ...process.env, BENCH_REPORT: report },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const wall = performance.now() - before;
  if (status === null || status > 1) {
    throw new Error(`${args.join(' ')}: ${stderr}`);
  }
  const cost = JSON.parse(readFileSync(report, 'utf8')) as Omit<Cost, 'wall'>;
  return { ...cost, wall };
}

/** Milliseconds of another program from start to exit; null where it is not there. */
export function runOther(program: string, args: readonly string[]): number | null {
  const before = performance.now();
  const { error } = spawnSync(program, args, { stdio: 'ignore' });
  return error === undefined ? performance.now() - before : null;
}
