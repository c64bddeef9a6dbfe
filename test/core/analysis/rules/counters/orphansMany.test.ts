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
