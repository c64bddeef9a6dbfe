// Runs every check and every test, also after one has failed, and sums up.
//
//   node scripts/test.mjs [STAGE…]      (all stages when none is named)

import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = path.join(root, 'node_modules');
const mocha = path.join(modules, 'mocha/bin/mocha.js');
const reporter = './test/harness/mocha-reporter.cjs';

/** A stage without `tests` counts only when it fails. */
const stages = [
  { name: 'lint', args: ['scripts/lint.mjs'] },
  { name: 'types', args: [path.join(modules, 'typescript/bin/tsc'), '-b'] },
  { name: 'build', args: ['esbuild.config.mjs', '--production', '--tests'] },
  {
    name: 'core',
    tests: true,
    args: [mocha, '--reporter', reporter, '--require', './test/harness/coverage.cjs'],
  },
  { name: 'coverage', args: ['scripts/coverage.mjs'] },
  { name: 'node', tests: true, args: ['--import', 'tsx', 'test/harness/run-suite.ts', 'node'] },
  { name: 'web', tests: true, args: ['--import', 'tsx', 'test/harness/run-suite.ts', 'web'] },
  {
    name: 'ui',
    tests: true,
    args: [mocha, '--config', 'test/ui/.mocharc.json', '--reporter', reporter],
  },
];

const titles = {
  lint: 'Lint and formatting',
  types: 'Types',
  build: 'Build',
  core: 'Core, CLI, grammar, panel',
  coverage: 'Coverage of the core',
  node: 'VS Code, Node host',
  web: 'VS Code, web worker host',
  ui: "VS Code's window",
};

let running;
function stop(signal) {
  // The stage cleans up and ends; then so does this.
  process.exitCode = 1;
  stages.length = 0;
  running?.kill(signal);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));

// When npm is ended, its shell may be gone before it passes the signal on.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) stop('SIGTERM');
}, 500).unref();

const chosen = process.argv.slice(2);
const unknown = chosen.filter(name => !stages.some(stage => stage.name === name));
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. Stages: ${Object.keys(titles).join(', ')}.`);
  process.exit(2);
}

const countsFile = path.join(root, 'out/counts.json');
await mkdir(path.dirname(countsFile), { recursive: true });

const rows = [];
while (stages.length > 0) {
  const stage = stages.shift();
  if (chosen.length > 0 && !chosen.includes(stage.name)) continue;
  console.log(
    `\n── ${titles[stage.name]} ${'─'.repeat(Math.max(0, 70 - titles[stage.name].length))}`,
  );
  const start = Date.now();
  const code = await run(stage.args);
  rows.push({
    title: titles[stage.name],
    seconds: (Date.now() - start) / 1000,
    ...(await count(stage, code)),
  });
}
await rm(countsFile, { force: true });

const total = rows.reduce(
  (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
  { passed: 0, failed: 0 },
);
console.log(`\n${row('', 'passed', 'failed', 'skipped', 'seconds')}`);
for (const { title, passed, failed, pending, seconds } of rows) {
  console.log(row(title, passed, failed, pending, seconds.toFixed(1)));
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
if (total.failed > 0) process.exitCode = 1;

function run(args) {
  return new Promise(resolve => {
    running = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        NETSTAT_LENS_COUNTS: countsFile,
        // Nothing stays in the folder for temporary files.
        TSX_DISABLE_CACHE: '1',
      },
    });
    running.once('error', error => {
      console.error(error.message);
      resolve(1);
    });
    running.once('close', code => resolve(code ?? 1));
  });
}

/** What a stage adds up to. One that failed counts as a failure even if no test of it did. */
async function count(stage, code) {
  const counts = { passed: 0, failed: 0, pending: 0 };
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
