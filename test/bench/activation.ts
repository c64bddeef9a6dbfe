import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { buildSync } from 'esbuild';
import type { Browser } from 'playwright-core';

import { launchBrowser } from '../harness/browser';
import { cleanUp, temporaryFolder } from '../harness/cleanup';
import { projectFolder } from '../harness/paths';
import { runProgram } from '../harness/processes';
import {
  developmentFolder,
  type HostKind,
  startServer,
  type VSCodeServer,
  windowUrl,
} from '../harness/vscode-server';
import { type ActivationTimes, MARKER } from './activationTimes';
import { spread } from './measure';
import { range } from './report';

/*
 * npm run bench:activation [-- --runs N]
 *
 * How long the extension takes to activate in both extension hosts of a real VS Code, by VS Code's
 * own count, and to answer first: N windows of each, and what one of them leaves is gone in the next.
 */

const SUITE = 'out/bench/activation-suite.js';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '9' } } });
  await runProgram(process.execPath, ['esbuild.config.mjs', '--production']);
  buildSync({
    absWorkingDir: projectFolder,
    entryPoints: ['test/bench/activationSuite.ts'],
    outfile: SUITE,
    bundle: true,
    format: 'cjs',
    external: ['vscode'],
  });
  const browser = await launchBrowser();
  const rows: string[] = [];
  for (const kind of ['node', 'web'] as const) {
    const times = await measure(kind, browser, Number(values.runs));
    const of = (pick: (one: ActivationTimes) => number): string => range(spread(times.map(pick)));
    rows.push(
      `| ${[
        kind === 'node' ? 'Node' : 'web worker',
        of(({ own }) => own.load + own.call),
        of(({ own }) => own.finish),
        of(({ emmet }) => emmet.load + emmet.call),
        of(one => one.firstHover),
        of(one => one.secondHover),
      ].join(' | ')} |`,
    );
  }
  console.log(
    '| extension host | load and call | finish | Emmet: load and call | first hover | second hover |',
  );
  console.log('|---|--:|--:|--:|--:|--:|');
  console.log(rows.join('\n'));
}

async function measure(kind: HostKind, browser: Browser, runs: number): Promise<ActivationTimes[]> {
  const server = await startServer({ kind });
  const workspace = path.join(temporaryFolder(), kind);
  await mkdir(workspace);
  const times: ActivationTimes[] = [];
  for (let run = 0; run < runs; run++) {
    times.push(await measureWindow(browser, server, workspace));
    console.error(`${kind}: ${JSON.stringify(times.at(-1))}`);
  }
  await server.stop();
  return times;
}

async function measureWindow(
  browser: Browser,
  server: VSCodeServer,
  workspace: string,
): Promise<ActivationTimes> {
  const page = await browser.newPage();
  const extension = await developmentFolder();
  let times: ActivationTimes | undefined;
  const ended = new Promise<void>((resolve, reject) => {
    void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const text = args.map(String).join(' ');
      if (text.startsWith(MARKER)) {
        times = JSON.parse(text.slice(MARKER.length)) as ActivationTimes;
      }
    });
    void page.exposeFunction('codeAutomationExit', (code: number) =>
      code === 0 ? resolve() : reject(new Error(`the window ended with ${code}`)),
    );
  });
  await page.goto(
    windowUrl(server, { open: workspace, extension, suite: path.join(extension, SUITE) }),
  );
  await ended;
  await page.close();
  if (times === undefined) {
    throw new Error('the window told no times');
  }
  return times;
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(cleanUp)
  .finally(() => process.exit());
