import assert from 'node:assert/strict';

import { codesOf } from '../../../src/core/analysis/finding';
import { plain } from '../../../src/core/wording/text';
import { analysed, expectFinding, many, netstat, row } from './scene';

const listen = (port: number, recvQ: number, owner: string): string =>
  row('LISTEN', `0.0.0.0:${port}`, '0.0.0.0:*', { recvQ, owner });
const waiting = (port: number, count: number): string[] =>
  many(count, i => row('CLOSE_WAIT', `192.0.2.1:${port}`, `192.0.2.9:${40_000 + i}`, { recvQ: 9 }));
const leaked = (port: number, count: number, owner: string): string[] =>
  many(count, i =>
    row('CLOSE_WAIT', `192.0.2.1:${port}`, `192.0.2.8:${40_000 + i}`, { owner, recvQ: 0 }),
  );

/** Findings above information with their codes. */
function grave(text: string): string[][] {
  return analysed(text)
    .findings.filter(({ severity }) => severity !== 'info')
    .map(finding => codesOf(finding));
}

describe('causes', () => {
  it('keep two that are there at once apart, each with its own rows', () => {
    const text = netstat(
      listen(7070, 129, '5/stuck'),
      listen(9090, 0, '6/leaky'),
      ...waiting(7070, 12),
      ...leaked(9090, 30, '6/leaky'),
    );
    const stuck = expectFinding(text, 'LQ-1', { pid: 5 });
    const leaky = expectFinding(text, 'CW-1', { pid: 6, rows: 30 });
    assert.ok(!codesOf(stuck).includes('CW-1'));
    assert.ok(!codesOf(leaky).includes('LQ-1'));
  });

  it('explain two ports of programs that are not shown, which have one finding otherwise', () => {
    const noPrograms = (recvQ: number): string =>
      [
        'Active Internet connections (servers and established)',
        'Proto Recv-Q Send-Q Local Address Foreign Address State',
        ...[8000, 8001].flatMap(port => [
          `tcp ${recvQ} 0 0.0.0.0:${port} 0.0.0.0:* LISTEN`,
          ...many(9, i => `tcp 40 0 192.0.2.1:${port} 192.0.2.9:${41_000 + i} CLOSE_WAIT`),
        ]),
        '',
      ].join('\n');
    assert.ok(grave(noPrograms(129)).every(([first]) => first === 'LQ-1'));
    // Without the queue nothing explains them.
    assert.ok(grave(noPrograms(0)).every(([first]) => first !== 'LQ-1'));
    assert.notEqual(grave(noPrograms(0)).length, 0);
  });

  it('do not explain what only information speaks for', () => {
    const text = netstat(listen(7070, 2, '5/app'), ...leaked(7070, 30, '5/app'));
    expectFinding(text, 'CW-1', { code: 'CW-1', pid: 5 });
  });

  it('name what they explain as such, and take no remedy of it', () => {
    const syn = many(12, i =>
      row('SYN_RECV', '192.0.2.1:7070', `198.51.100.${i + 1}:4000`, { timer: 'on (6.75/3/0)' }),
    );
    const found = expectFinding(netstat(listen(7070, 129, '5/app'), ...syn), 'LQ-1');
    assert.match(found.merged.map(({ title }) => plain(title)).join(), /\(explained by this\)$/);
    assert.doesNotMatch(found.remedy.map(plain).join(' '), /syncookies/);
  });
});
