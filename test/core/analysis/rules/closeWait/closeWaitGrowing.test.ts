import assert from 'node:assert/strict';
import { plain } from '../../../../../src/core/wording/text';
import { expectFinding, expectSilence, loop, many, netstat, row } from '../../scene';

const output = (from: number, count: number): string =>
  netstat(
    ...many(count, i =>
      row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${40_000 + from + i}`, { owner: '4321/java' }),
    ),
  );

describe('CW-3', () => {
  it('tells growth, rate and when the descriptors are used up', () => {
    const found = expectFinding(loop(output(0, 3), output(0, 8), output(0, 13)), 'CW-3', {
      code: 'CW-3',
      severity: 'error',
      confidence: 'high',
      pid: 4321,
      title: 'java (4321) leaks more and more: CLOSE_WAIT grew from 3 to 13 in 3 snapshots',
    });
    const evidence = found.evidence.map(({ text }) => plain(text));
    assert.ok(evidence.includes('10 more each minute, over 60 s.'), evidence.join('\n'));
    assert.ok(evidence.some(text => text.includes('1,024 descriptors')));
  });

  it('needs three snapshots, growth, and that old ones stay', () => {
    expectSilence(loop(output(0, 3), output(0, 8)), 'CW-3');
    expectSilence(loop(output(0, 8), output(0, 8), output(0, 8)), 'CW-3');
    expectSilence(loop(output(0, 3), output(100, 8), output(200, 13)), 'CW-3');
    expectSilence(loop(output(0, 3), output(0, 8), output(0, 7)), 'CW-3');
  });
});
