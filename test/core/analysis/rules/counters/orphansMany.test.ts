import assert from 'node:assert/strict';
import { plain } from '../../../../../src/core/wording/text';
import { codesOf } from '../../../../../src/core/analysis/finding';
import {
  analysed,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  statistics,
} from '../../scene';

const sockstat = (orphan: number, alloc: number, inuse = alloc): string =>
  [
    'sockets: used 1620',
    `TCP: inuse ${inuse} orphan ${orphan} tw 2004 alloc ${alloc} mem 380022`,
    'UDP: inuse 8 mem 3',
    '',
  ].join('\n');

const summary = (orphaned: number, others: number, timewait = 2004): string =>
  [
    'Total: 66120',
    `TCP:   ${orphaned + others + timewait} (estab 1200, closed ${timewait}, orphaned ${orphaned}, timewait ${timewait})`,
    '',
    'Transport Total     IP        IPv6',
    `TCP\t  ${orphaned + others}        ${orphaned + others}        0`,
    '',
  ].join('\n');

describe('CT-24 counter-orphans', () => {
  it('warns of very many that outnumber all other sockets, and says how to see the limit', () => {
    const found = expectFinding(sockstat(61_012, 62_500), 'CT-24', {
      severity: 'warning',
      confidence: 'medium',
      title:
        'Most TCP sockets of the machine are closed connections that wait for their peers; without a process: 61,012 of 62,500',
    });
    assert.equal(plain(found.evidence[0]!.text), 'SockstatTcpOrphan: 61,012.');
    assert.equal(found.evidence[0]!.line, 1);
    assert.equal(found.confirm[0]?.command, 'sysctl net.ipv4.tcp_max_orphans');
    expectFinding(summary(61_012, 5195), 'CT-24', {
      severity: 'warning',
      title: /61,012 of 66,207$/,
    });
  });

  it('needs many, and three times as many as there are others', () => {
    expectFinding(sockstat(10_000, 13_333), 'CT-24');
    expectSilence(sockstat(9999, 10_100), 'CT-24');
    expectSilence(sockstat(10_000, 13_334), 'CT-24');
    expectFinding(summary(10_000, 3333), 'CT-24');
    expectSilence(summary(10_000, 3334), 'CT-24');
  });

  it('says nothing of a busy proxy, which has many more connections', () => {
    expectHealthy(sockstat(6000, 48_000));
    expectHealthy(sockstat(14_000, 120_000));
    expectHealthy(summary(14_000, 106_000, 28_000));
  });

  it('says nothing in a container of a busy host, whose orphans it sees, but not its connections', () => {
    expectSilence(sockstat(14_000, 120_000, 12), 'CT-24');
  });

  describe('beside the limits of the machine', () => {
    const limits = (orphans: number, memory = '190611\t954150\t981222'): string =>
      `net.ipv4.tcp_mem = ${memory}\nnet.ipv4.tcp_max_orphans = ${orphans}\n`;

    it('warns from half of what is allowed on, however many others there are', () => {
      const found = expectFinding(sockstat(15_890, 62_110) + limits(16_384), 'CT-24', {
        severity: 'warning',
        title: /15,890 of 16,384$/,
      });
      assert.equal(found.confirm[0]?.command, 'ss -tano state fin-wait-1');
      expectSilence(sockstat(15_890, 62_110) + limits(65_536), 'CT-24');
      expectSilence(sockstat(61_012, 62_500) + limits(262_144), 'CT-24');
    });

    it('knows of memory above the pressure mark as CT-7, in one output', () => {
      const used = sockstat(3, 62_110);
      const found = expectFinding(used + limits(65_536, '190611 254150 381222'), 'CT-7', {
        severity: 'error',
        confidence: 'high',
        title: 'TCP is short of memory: its sockets use 380,022 pages, of 381,222 at most',
      });
      assert.deepEqual(
        found.evidence.map(({ line }) => line),
        [1, 3],
      );
      expectHealthy(used + limits(65_536));
      expectSilence(used, 'CT-7');
    });
  });

  it('is one finding with connections that were reset for it', () => {
    const text = loop(
      statistics({}) + sockstat(61_012, 62_500),
      statistics({ TcpExtTCPAbortOnMemory: 31 }) + sockstat(61_012, 62_500),
    );
    const found = expectFinding(text, 'CT-7', { code: 'CT-7', severity: 'error' });
    assert.ok(codesOf(found).includes('CT-24'));
    assert.equal(
      analysed(text).findings.filter(finding => codesOf(finding).includes('CT-24')).length,
      1,
    );
  });
});
