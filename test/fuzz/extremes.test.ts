/*
 * Files of extreme shape, read by the program that ships: its work must grow as they do, and its
 * memory stay bounded. Too slow for every test; part of `npm run fuzz`.
 */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { benchFolder, build, type Cost, runNode } from '../bench/measure';
import { describe as described, shaped, shapes as proportions } from '../bench/shapes';

const ROW = 'tcp 1 0 192.0.2.1:9443 192.0.2.7:51044 CLOSE_WAIT 4321/orders-api\n';
const LISTING = `Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n${ROW}`;
const MILLION = 1_000_000;

/** So many times the text may take so many times the work, and a little more. */
const TIMES = 4;
const TOLERANCE = 1.6;
/** Megabytes for all that is no text. */
const MOST_MEMORY = 600;

const shapes: Readonly<Record<string, (size: number) => string>> = {
  'blank lines': size => '\n'.repeat(size),
  'carriage returns': size => '\r'.repeat(size),
  'one line of words': size => 'x y '.repeat(size / 4),
  'one line without blanks': size => 'x'.repeat(size),
  'a program of that many characters': size => `${ROW.trimEnd()}${'x'.repeat(size)}`,
  'a host of that many characters': size => ROW.replace('192.0.2.7', 'h'.repeat(size)),
  'NUL bytes': size => '\0'.repeat(size),
  escapes: size => '\u001b[2J'.repeat(size / 4),
  'direction marks': size => '\u202e\u2066'.repeat(size / 2),
  quotes: size => '> '.repeat(size / 2),
  brackets: size => '[{'.repeat(size / 2),
  'one listing again and again': size => LISTING.repeat(size / LISTING.length),
  'listeners of one port with something in Recv-Q': size =>
    Array.from(
      { length: size / 80 },
      (_, i) =>
        `tcp 1 0 10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}:443 0.0.0.0:* LISTEN ${100 + (i % 50)}/orders-api-${i % 9}`.padEnd(
          79,
        ) + '\n',
    ).join(''),
  'broken rows': size => 'tcp 1 0 192.0.2.1:9443\n'.repeat(size / 23),
};

describe('files of extreme shape', function () {
  this.timeout(0);
  let program: string;
  let hook: string;
  const file = path.join(benchFolder, 'extreme.netstat');

  before(() => {
    mkdirSync(benchFolder, { recursive: true });
    program = build('src/cli/main.ts', 'fuzz-cli.js');
    hook = build('test/bench/cost.ts', 'fuzz-cost.js');
  });
  after(() => rmSync(file, { force: true }));

  function cost(text: string): Cost {
    writeFileSync(file, ROW);
    appendFileSync(file, text);
    appendFileSync(file, `\n${ROW}`);
    return runNode([program, '--format', 'json', file], hook);
  }

  for (const [name, shape] of Object.entries(shapes)) {
    it(`of ten million characters: ${name}`, () => {
      const nothing = cost('').cpu;
      const few = cost(shape(10 * MILLION));
      const many = cost(shape(TIMES * 10 * MILLION));
      // What starting takes is the least that a work can be told from.
      const work = Math.max(few.cpu - nothing, nothing);
      const ratio = (many.cpu - nothing) / work;
      console.log(
        `        ${few.cpu.toFixed(0)} ms, ${TIMES} times as long ${many.cpu.toFixed(0)} ms, ${few.memory.toFixed(0)} and ${many.memory.toFixed(0)} MB`,
      );
      assert.ok(ratio < TIMES * TOLERANCE, `${ratio.toFixed(1)} times the work`);
      assert.ok(many.memory < MOST_MEMORY, `${many.memory.toFixed(0)} MB`);
    });
  }
});

describe('dumps of random proportions', function () {
  this.timeout(0);
  const ROWS = 25_000;
  const seed = Math.floor(Math.random() * 1_000_000);
  const file = path.join(benchFolder, 'proportions.netstat');
  let program: string;
  let hook: string;

  before(() => {
    mkdirSync(benchFolder, { recursive: true });
    program = build('src/cli/main.ts', 'fuzz-cli.js');
    hook = build('test/bench/cost.ts', 'fuzz-cost.js');
  });
  after(() => rmSync(file, { force: true }));

  for (const shape of proportions(8, seed)) {
    it(`${shape.format}, seed ${shape.seed}: ${described(shape)}`, () => {
      const cost = (rows: number): Cost => {
        writeFileSync(file, '');
        for (const piece of shaped(shape, rows)) {
          appendFileSync(file, piece);
        }
        return runNode([program, '--format', 'json', file], hook);
      };
      const nothing = cost(10).user;
      const few = cost(ROWS);
      const many = cost(TIMES * ROWS);
      const ratio = (many.user - nothing) / Math.max(few.user - nothing, nothing);
      console.log(
        `        ${few.user.toFixed(0)} ms, ${TIMES} times as many rows ${many.user.toFixed(0)} ms, ${few.memory.toFixed(0)} and ${many.memory.toFixed(0)} MB`,
      );
      assert.ok(ratio < TIMES * TOLERANCE, `${ratio.toFixed(1)} times the work`);
      assert.ok(many.memory < MOST_MEMORY, `${many.memory.toFixed(0)} MB`);
    });
  }
});
