import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { readDump } from '../../src/core/reading/reader';
import { projectFolder } from '../harness/paths';
import type { RowCost } from './rowCost';
import { measureShapes } from './shapeCost';
import { dump, LAYOUTS, pieces, SHAPES } from './generate';
import { benchFolder, build, type Cost, floorProgram, runNode, runOther, spread } from './measure';
import {
  type Bench,
  compared,
  type Measured,
  rowTable,
  shapeTable,
  tables,
  withPart,
} from './report';

/*
 * npm run bench [-- --full] [--runs N] [--rows] [--write] [--compare OLD.json NEW.json]
 * npm run bench -- --shapes [ROWS] [--seed N] [--runs N] [--write]
 *
 * How long the command line takes from start to exit for a made-up dump of each format, beside a
 * program that only hashes the same bytes. Programs take turns, so that what disturbs the machine
 * disturbs all of them. Nothing here passes or fails.
 */

/** Rows of which reading and analysis are measured. */
const SIZES = [10_000, 100_000] as const;
const FULL_SIZES = [1_000_000, 3_000_000] as const;

/** Rows that are read and analyzed until the code is surely compiled. */
const WARM_ROWS = 3_000_000;
const LEAST_RUNS = 6;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    rows: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
    shapes: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
});

if (values.compare) {
  const [before, after] = positionals.map(file => JSON.parse(readFileSync(file, 'utf8')) as Bench);
  if (before === undefined || after === undefined) {
    throw new Error('--compare needs the results of two runs');
  }
  console.log(compared(before, after));
} else if (values.shapes) {
  mkdirSync(benchFolder, { recursive: true });
  const [rows = '50000'] = positionals;
  const table = shapeTable(
    Number(rows),
    measureShapes(Number(rows), Number(values.seed), Number(values.runs)),
  );
  console.log(table);
  if (values.write) {
    putIntoPage('shapes', table);
  }
} else {
  mkdirSync(benchFolder, { recursive: true });
  if (!values.rows) {
    measureAll(values.full ? 1_000_000 : 100_000, Number(values.runs), values.write);
  }
  measureRows(values.full ? [...SIZES, ...FULL_SIZES] : SIZES, values.write);
}

function measureAll(rows: number, runs: number, write: boolean): void {
  const hook = build('test/bench/cost.ts', 'cost.cjs');
  const cli = build('src/cli/main.ts', 'cli.cjs');
  const parse = build('test/bench/parse.ts', 'parse.cjs');
  const formats = Object.keys(LAYOUTS).map(format => {
    checkLayout(format);
    const file = input(format, rows);
    const costs: { floor: Cost[]; cli: Cost[]; awk: number[] } = { floor: [], cli: [], awk: [] };
    for (let run = 0; run < runs; run++) {
      costs.floor.push(runNode(['-e', floorProgram(file)], hook));
      costs.cli.push(runNode([cli, file], hook));
      const awk = runOther('awk', ['{c[$6]++}', file]);
      if (awk !== null) {
        costs.awk.push(awk);
      }
    }
    console.error(`${format}: done`);
    return measured(format, statSync(file).size, costs);
  });
  const bench: Bench = {
    rows,
    runs,
    node: process.version,
    formats,
    parse: parseAlone(parse, input('linux', 100_000), runs),
  };
  const result = path.join(benchFolder, `${new Date().toISOString().replaceAll(':', '-')}.json`);
  writeFileSync(result, JSON.stringify(bench, null, 2));
  console.log(tables(bench));
  console.log(`\n${path.relative(process.cwd(), result)}\n`);
  if (write) {
    putIntoPage('results', tables(bench));
  }
}

/** How reading and analysis go with the number of rows and with what they have in common. */
function measureRows(sizes: readonly number[], write: boolean): void {
  const program = build('test/bench/rowCost.ts', 'rowCost.cjs');
  const rows = Object.keys(SHAPES).map(shape => ({
    shape,
    costs: sizes.map(size => {
      const runs = Math.max(LEAST_RUNS, Math.ceil(WARM_ROWS / size));
      const { stdout } = spawnSync(process.execPath, [program, shape, `${size}`, `${runs}`], {
        encoding: 'utf8',
      });
      return JSON.parse(stdout) as RowCost;
    }),
  }));
  const table = rowTable(sizes, rows);
  console.log(table);
  if (write) {
    putIntoPage('rows', table);
  }
}

function putIntoPage(name: string, text: string): void {
  const page = path.join(projectFolder, 'docs', 'performance.md');
  writeFileSync(page, withPart(readFileSync(page, 'utf8'), name, text));
}

function measured(
  format: string,
  bytes: number,
  { floor, cli, awk }: { floor: readonly Cost[]; cli: readonly Cost[]; awk: readonly number[] },
): Measured {
  return {
    format,
    bytes,
    floor: spread(floor.map(cost => cost.wall)),
    floorCpu: spread(floor.map(cost => cost.cpu)),
    cli: spread(cli.map(cost => cost.wall)),
    cliCpu: spread(cli.map(cost => cost.cpu)),
    memory: spread(cli.map(cost => cost.memory)),
    awk: awk.length === 0 ? null : spread(awk),
  };
}

/** Nanoseconds of processor time per row, without a program around. */
function parseAlone(program: string, file: string, runs: number): Bench['parse'] {
  const { stdout } = spawnSync(process.execPath, [program, file, String(runs), projectFolder], {
    encoding: 'utf8',
  });
  const { own, peer } = JSON.parse(stdout) as { own: number[]; peer: number[] };
  return { own: spread(own), peer: spread(peer) };
}

/** A made-up row that no format takes would make a fast benchmark. */
function checkLayout(format: string): void {
  const { lines, table } = readDump(dump(format, 1000));
  if (table.length !== 1000 || lines.unrecognized > 0 || lines.text > 0) {
    throw new Error(`${format}: ${table.length} of 1000 rows are read`);
  }
}

function input(format: string, rows: number): string {
  const file = path.join(benchFolder, `${format.replace(/\W+/g, '')}-${rows}.txt`);
  if (!existsSync(file)) {
    const out = openSync(file, 'w');
    for (const piece of pieces(format, rows)) {
      writeSync(out, piece);
    }
    closeSync(out);
  }
  return file;
}
