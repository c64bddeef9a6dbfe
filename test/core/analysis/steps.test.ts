import assert from 'node:assert/strict';
import { analyzeInSteps } from '../../../src/core/analysis/analyze';
import type { Dump } from '../../../src/core/reading/dump';
import { readDump } from '../../../src/core/reading/reader';
import { analysed, many, netstat, row } from './scene';

function leaks(count: number): string {
  const rows = many(count, i =>
    row('CLOSE_WAIT', '192.0.2.1:80', `198.51.100.${i % 9}:${1024 + (i % 60_000)}`, {
      owner: '7/httpd',
    }),
  );
  const listener = row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '7/httpd' });
  return `${netstat(listener)}${rows.join('\n')}\n`;
}

/** How often the analysis of a dump gives way. */
function stepsOf(dump: Dump): number {
  const work = analyzeInSteps(dump);
  let steps = 0;
  while (work.next().done !== true) {
    steps++;
  }
  return steps;
}

describe('analysis in steps', () => {
  it('finds what it finds in one go', () => {
    const text = leaks(20);
    const work = analyzeInSteps(readDump(text));
    let step = work.next();
    while (step.done !== true) {
      step = work.next();
    }
    assert.deepEqual(step.value.findings, analysed(text).findings);
    assert.deepEqual(step.value.snapshots, analysed(text).snapshots);
  });

  it('gives way within a pass over many rows', () => {
    const few = stepsOf(readDump(leaks(1000)));
    const many = stepsOf(readDump(leaks(140_000)));
    // Two blocks more in each of the passes over all rows, of which there are more than ten.
    assert.ok(many >= few + 20, `${few} steps for few rows, ${many} for many`);
  });

  it('can be given up at any step', () => {
    const dump = readDump(leaks(20));
    const all = stepsOf(dump);
    for (let kept = 0; kept < all; kept++) {
      const work = analyzeInSteps(dump);
      for (let i = 0; i < kept; i++) {
        work.next();
      }
      work.return(undefined as never);
    }
    assert.deepEqual(analysed(leaks(20)).findings.length, 1);
  });
});
