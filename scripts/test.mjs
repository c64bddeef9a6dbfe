// Runs every check and every test, also after one has failed, and sums up.
//
//   node scripts/test.mjs [STAGE | FILE]… [--OPTION…]
//
// Without stages and files: everything, two stages at a time. Options are for what runs the tests,
// such as `--grep` of mocha.

import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { argumentsOf, choose } from './stages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

let choice;
try {
  choice = choose(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exit(2);
}

const waiting = [...choice.chosen];
/** The stages that run or whose output is not yet shown, in the order in which they began. */
const begun = [];
const done = new Map();

function stop(signal) {
  // The stages clean up and end; then so does this.
  process.exitCode = 1;
  waiting.length = 0;
  for (const { child } of begun) child?.kill(signal);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));

// When npm is ended, its shell may be gone before it passes the signal on.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) stop('SIGTERM');
}, 500).unref();

await mkdir(path.join(root, 'out'), { recursive: true });
// Stages that measure nothing but behavior can share the machine; each is one process, mostly.
const lanes = Math.min(2, os.availableParallelism(), waiting.length);
await new Promise(resolve => {
  let running = 0;
  function fill() {
    while (running < lanes) {
      const next = waiting.findIndex(({ after }) => !pending(after));
      if (next < 0) break;
      const [stage] = waiting.splice(next, 1);
      running++;
      void run(stage).then(() => {
        running--;
        fill();
      });
    }
    if (running === 0) resolve();
  }
  fill();
});

const rows = choice.chosen.flatMap(stage => done.get(stage.name) ?? []);
const total = rows.reduce(
  (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
  { passed: 0, failed: 0 },
);
// What failed, once more: it scrolled out of sight long ago.
for (const { title, failedTests } of rows) {
  for (const failed of failedTests) {
    console.log(`\n✗ ${title}: ${failed.title}\n${failed.error.slice(0, 2000)}`);
  }
}
console.log(`\n${row('', 'passed', 'failed', 'skipped', 'seconds')}`);
for (const { title, passed, failed, pending, seconds } of rows) {
  console.log(row(title, passed, failed, pending, seconds.toFixed(1)));
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
if (total.failed > 0) process.exitCode = 1;

/** Whether a stage is chosen and not yet done. */
function pending(name) {
  return choice.chosen.some(stage => stage.name === name) && !done.has(name);
}

async function run(stage) {
  const start = Date.now();
  const countsFile = path.join(root, `out/counts-${stage.name}.json`);
  await rm(countsFile, { force: true });
  const entry = { title: stage.title, child: undefined, held: [], ended: false };
  begun.push(entry);
  if (begun[0] === entry) heading(entry);
  const code = await new Promise(resolve => {
    const child = spawn(process.execPath, argumentsOf(stage, choice), {
      cwd: root,
      stdio: ['ignore', ...(lanes > 1 ? ['pipe', 'pipe'] : ['inherit', 'inherit'])],
      env: {
        ...process.env,
        ...(lanes > 1 && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
        NETSTAT_LENS_COUNTS: countsFile,
        // Nothing stays in the folder for temporary files.
        TSX_DISABLE_CACHE: '1',
      },
    });
    entry.child = child;
    for (const name of ['stdout', 'stderr']) {
      child[name]?.on('data', data => show(entry, name, data));
    }
    child.once('error', error => {
      console.error(error.message);
      resolve(1);
    });
    child.once('close', status => resolve(status ?? 1));
  });
  const counts = await count(stage, code, countsFile);
  done.set(stage.name, { title: stage.title, seconds: (Date.now() - start) / 1000, ...counts });
  entry.ended = true;
  showNext();
}

function heading({ title }) {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 70 - title.length))}`);
}

/** Shows what the oldest stage prints at once, and keeps what others print until it has ended. */
function show(entry, stream, data) {
  if (begun[0] === entry) process[stream].write(data);
  else entry.held.push([stream, data]);
}

function showNext() {
  while (begun[0]?.ended) {
    begun.shift();
    const [next] = begun;
    if (!next) return;
    heading(next);
    for (const [stream, data] of next.held.splice(0)) process[stream].write(data);
  }
}

/** What a stage adds up to. One that failed counts as a failure even if no test of it did. */
async function count(stage, code, countsFile) {
  const counts = { passed: 0, failed: 0, pending: 0, failedTests: [] };
  let told = false;
  try {
    Object.assign(counts, JSON.parse(await readFile(countsFile, 'utf8')));
    told = true;
  } catch {
    // It ended before it could tell.
  }
  await rm(countsFile, { force: true });
  const wrong = code !== 0 || (stage.tests && (!told || counts.passed + counts.failed === 0));
  if (wrong && counts.failed === 0) counts.failed = 1;
  return counts;
}

function row(title, ...cells) {
  return title.padEnd(28) + cells.map(cell => String(cell).padStart(9)).join('');
}
