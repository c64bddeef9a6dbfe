/**
 * Runs the suite of test/extension inside VS Code and shows its results.
 *
 *   node --import tsx test/harness/run-suite.ts node|web
 *
 * The suite is the one that was built (esbuild.config.mjs --tests), whole or of some files.
 *
 * "node" is the oldest supported VS Code with the Node extension host, "web" the newest with the
 * web worker extension host.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import type { Page } from 'playwright-core';

import { readReport } from '../extension/suite/protocol';
import { launchBrowser } from './browser';
import { cleanUp, temporaryFolder } from './cleanup';
import { saveCounts, type Counts } from './results';
import { printReport } from './print-report';
import { developmentFolder, startServer, windowUrl, type HostKind } from './vscode-server';
import { copySamples } from './workspace';

/** Milliseconds. It ends what hangs, also beside other work. */
const timeLimit = 30 * 60_000;

async function runSuite(kind: HostKind): Promise<Counts> {
  const server = await startServer({ kind, age: kind === 'node' ? 'oldest' : 'newest' });
  const browser = await launchBrowser();
  const page = await browser.newPage();

  const workspace = path.join(temporaryFolder(), 'workspace');
  await mkdir(workspace);
  await copySamples(workspace);

  const extension = await developmentFolder();
  const url = windowUrl(server, {
    open: workspace,
    extension,
    suite: path.join(extension, 'out/extension-suite', `${kind}.js`),
  });
  console.log(`\nVS Code ${server.version}, ${kind} extension host\n`);
  return watchSuite(page, url);
}

/** Opens the window and follows the suite in it to its end. */
async function watchSuite(page: Page, url: string): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, pending: 0, failedTests: [] };
  const log: string[] = [];
  const state = { ended: false };

  function read(line: string): void {
    const report = readReport(line);
    if (!report) {
      log.push(line);
      return;
    }
    printReport(report);
    if (report.kind === 'pass') counts.passed++;
    else if (report.kind === 'fail') {
      counts.failed++;
      counts.failedTests.push({ title: report.title.join(' › '), error: report.error });
    } else if (report.kind === 'pending') counts.pending++;
    else state.ended = true;
  }

  const exit = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve(-1);
    }, timeLimit);
    timer.unref();
    page.once('crash', () => reject(new Error('The page crashed.')));
    page.on('pageerror', error => log.push(`page: ${error.message}`));
    void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      for (const line of args.map(String).join(' ').split('\n')) read(line);
    });
    void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
  });
  await page.goto(url);
  const code = await exit;
  if (!state.ended || (code !== 0 && counts.failed === 0)) {
    console.error(
      code === -1
        ? `The suite did not end within ${timeLimit / 1000} s.`
        : `VS Code ended the suite early (${code}).`,
    );
    console.error(log.slice(-40).join('\n'));
    counts.failed++;
  }
  return counts;
}

async function main(): Promise<void> {
  const [kind, ...others] = process.argv.slice(2);
  if (kind !== 'node' && kind !== 'web') throw new Error('Say which host: node or web.');
  if (others.length > 0) throw new Error('The suite takes files, but no options of mocha.');
  try {
    const counts = await runSuite(kind);
    saveCounts(counts);
    console.log(`\n${counts.passed} passed, ${counts.failed} failed\n`);
    if (counts.failed > 0) process.exitCode = 1;
  } finally {
    await cleanUp();
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
