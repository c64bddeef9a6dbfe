import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';

import { readDump } from '../../src/core/reading/reader';

/*
 * Reads a file again and again, with this project's reader and with node-netstat, and prints
 * nanoseconds of processor time per row of each. Arguments: the file, how
 * often, the root of the project.
 */

/** node-netstat's parser of one line of Linux netstat. */
type LineParser = (line: string, take: (row: unknown) => void) => unknown;

const [file = '', runs = '', root = ''] = process.argv.slice(2);
const text = readFileSync(file, 'latin1');
const rows = readDump(text).table.length;

/** Processor time of each run in nanoseconds per row. */
function measure(run: () => number): number[] {
  return Array.from({ length: Number(runs) }, () => {
    const before = process.cpuUsage();
    const read = run();
    const { user, system } = process.cpuUsage(before);
    if (read !== rows) {
      throw new Error(`${read} rows of ${rows}`);
    }
    return ((user + system) * 1000) / rows;
  });
}

const require = createRequire(`${root}/package.json`);
const { linux } = require('node-netstat/lib/parsers') as { readonly linux: LineParser };

function readWithPeer(): number {
  let count = 0;
  for (const line of text.split('\n')) {
    linux(line, () => count++);
  }
  return count;
}

process.stdout.write(
  JSON.stringify({
    own: measure(() => readDump(text).table.length),
    peer: measure(readWithPeer),
  }),
);
