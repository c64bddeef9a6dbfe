/**
 * Entry of the suite that runs inside VS Code, in the Node and in the web worker extension host.
 * VS Code calls `run()` and takes a rejected promise for failure.
 */
import { createMocha } from 'suite-mocha';

import { printReport } from '../harness/print-report';
import loadTests from './all.test-list';
import { reportMarker, type Report } from './suite/protocol';

/** Set where nobody reads the reports: desktop VS Code writes to the terminal itself. */
const showsItself =
  typeof process !== 'undefined' && process.env['NETSTAT_LENS_SUITE_OUTPUT'] === 'text';

function report(message: Report): void {
  if (showsItself) printReport(message);
  else console.log(reportMarker + JSON.stringify(message));
}

function hostName(): string {
  return typeof process === 'undefined' ? 'web worker' : `Node ${process.versions.node}`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export function run(): Promise<void> {
  let passed = 0;
  let failed = 0;
  let pending = 0;

  function listen(runner: Mocha.Runner): void {
    runner.on('pass', test => {
      passed++;
      report({ kind: 'pass', title: test.titlePath(), milliseconds: test.duration ?? 0 });
    });
    runner.on('pending', test => {
      pending++;
      report({ kind: 'pending', title: test.titlePath() });
    });
    runner.on('retry', (test: Mocha.Test, error: unknown) => {
      report({ kind: 'retry', title: test.titlePath(), error: textOf(error) });
    });
    runner.on('fail', (test, error: unknown) => {
      failed++;
      report({ kind: 'fail', title: test.titlePath(), error: textOf(error) });
    });
  }

  const mocha = createMocha({
    ui: 'bdd',
    // A backstop: how long a test takes depends on what else the machine does.
    timeout: 600_000,
    // VS Code's window is shared with VS Code; a second attempt is told.
    retries: 1,
    // Mocha calls it with `new`, and does not mind that it is a function.
    reporter: listen as unknown as Mocha.ReporterConstructor,
  });
  loadTests();

  return new Promise((resolve, reject) => {
    mocha.run(() => {
      report({ kind: 'end', passed, failed, pending, host: hostName() });
      if (failed === 0) resolve();
      else reject(new Error(`${failed} failed`));
    });
  });
}
