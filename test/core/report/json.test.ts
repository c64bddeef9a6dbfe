import { strict as assert } from 'node:assert';

import { analyze } from '../../../src/core/analysis/analyze';
import { DumpStream } from '../../../src/core/reading/input/dumpStream';
import { jsonReport } from '../../../src/core/report/json';

interface Report {
  readonly dumps: readonly {
    readonly snapshotsNotKept: number;
    readonly snapshots: readonly unknown[];
  }[];
}

function report(stream: DumpStream): Report {
  const analysis = analyze(stream.finish());
  return JSON.parse([...jsonReport([{ source: 'a', analysis }])].join('')) as Report;
}

describe('the report for programs', () => {
  it('says how many snapshots were too many to keep', () => {
    const title = 'Active Internet connections (w/o servers)\n';
    const head = 'Proto Recv-Q Send-Q Local Address Foreign Address State\n';
    const row = 'tcp        0      0 192.0.2.1:22      198.51.100.1:4000   ESTABLISHED\n';
    const snapshot = title + head + row.repeat(10);
    for (const [mostRows, kept] of [
      [Infinity, 6],
      [20, 2],
    ] as const) {
      const stream = new DumpStream(mostRows);
      for (let i = 0; i < 6; i++) {
        stream.push(snapshot);
      }
      const [dump] = report(stream).dumps;
      assert.deepEqual([dump?.snapshots.length, dump?.snapshotsNotKept], [kept, 6 - kept]);
    }
  });
});
