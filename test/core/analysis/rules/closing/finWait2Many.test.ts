import assert from 'node:assert/strict';
import {
  assertNeverSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  netstat,
  row,
  scene,
} from '../../scene';

const orphan = (i: number, host: number, owner = '-'): string =>
  row('FIN_WAIT2', '192.0.2.1:80', `198.51.100.${host}:${1024 + i}`, {
    owner,
    timer: owner === '-' ? 'timewait (30.00/0/0)' : 'off (0.00/0/0)',
  });

describe('F2-1', () => {
  it('points at the peer that does not close', () => {
    expectFinding(netstat(...many(100, i => orphan(i, 7))), 'F2-1', {
      severity: 'info',
      confidence: 'low',
      title: 'No FIN from 198.51.100.7 on 100 connections that this host has closed (FIN_WAIT_2)',
    });
    expectFinding(netstat(...many(500, i => orphan(i, 7))), 'F2-1', { severity: 'warning' });
    expectSilence(netstat(...many(99, i => orphan(i, 7))), 'F2-1');
  });

  it('does not accuse an idle pool behind a NAT (TRUTH D, k2)', () => {
    const found = expectFinding(scene('idle-pool-behind-nat.txt'), 'F2-1', { severity: 'info' });
    assert.match(JSON.stringify(found.alternatives), /Idle pools .* NAT/);
    expectHealthy(scene('idle-pool-behind-nat.txt'));
  });

  it('counts 500 of many peers', () => {
    expectFinding(netstat(...many(500, i => orphan(i, i % 200))), 'F2-1', { confidence: 'low' });
    expectSilence(netstat(...many(499, i => orphan(i, i % 200))), 'F2-1');
  });

  it('does not say that no process holds them where the dump does not show it', () => {
    const plainRow = (i: number): string =>
      `tcp 0 0 192.0.2.1:80 198.51.100.7:${1024 + i} FIN_WAIT2`;
    const header = 'Proto Recv-Q Send-Q Local Address Foreign Address State';
    assertNeverSaid([header, ...many(100, plainRow), ''].join('\n'), /without a process/);
    const shown = expectFinding(netstat(...many(100, i => orphan(i, 7))), 'F2-1');
    assert.match(JSON.stringify(shown.why), /without a process/);
  });

  it('does not say that they expire on a system that is not known', () => {
    const header = 'Proto Recv-Q Send-Q  Local Address  Foreign Address  (state)';
    const bsd = (i: number): string => `tcp 0 0 192.0.2.1.80 198.51.100.7.${1024 + i} FIN_WAIT_2`;
    const text = [header, ...many(100, bsd), ''].join('\n');
    assertNeverSaid(text, /Nothing has to be done|, and expire/);
    expectFinding(text, 'F2-1');
  });

  it('leaves out those that a process holds', () => {
    expectSilence(netstat(...many(100, i => orphan(i, 7, '9/node'))), 'F2-1');
  });
});
