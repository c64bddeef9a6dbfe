import assert from 'node:assert/strict';
import { plain } from '../../../../../src/core/wording/text';
import { expectFinding, expectSilence, many, netstat, row } from '../../scene';

const output = (count: number): string =>
  netstat(
    row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '1/nginx' }),
    ...many(count, i => row('TIME_WAIT', '192.0.2.1:80', `198.51.100.5:${1024 + i}`)),
  );

describe('TW-2', () => {
  it('explains, and never above information', () => {
    const found = expectFinding(output(1200), 'TW-2', { severity: 'info', rows: 1200 });
    const evidence = found.evidence.map(({ text }) => plain(text)).join('\n');
    assert.match(evidence, /about 20 connections are closed each second/);
    assert.match(evidence, /On ports that this host listens on: 1,200/);
    expectSilence(output(999), 'TW-2');
  });
});
