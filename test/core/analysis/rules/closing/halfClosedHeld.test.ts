import assert from 'node:assert/strict';
import {
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  scene,
  windows,
} from '../../scene';

const half = (timer: string, owner = '9/node'): string =>
  netstat(row('FIN_WAIT2', '192.0.2.1:45000', '198.51.100.7:443', { owner, timer }));

describe('F2-2', () => {
  it('warns of what is held for a minute', () => {
    const off = half('off (0.00/0/0)');
    expectFinding(off, 'F2-2', {
      severity: 'info',
      confidence: 'low',
      pid: 9,
      title: 'node (9) has called shutdown() on 1 connection and still holds it (FIN_WAIT_2)',
    });
    expectFinding(loop(off, off), 'F2-2', { severity: 'info' });
    const found = expectFinding(loop(off, off, off), 'F2-2', {
      severity: 'warning',
      title: 'node (9) has held 1 connection in FIN_WAIT_2 after shutdown(), in 3 snapshots',
    });
    assert.match(JSON.stringify(found.why), /tcp_fin_timeout.* does not apply/);
  });

  it('warns of many, also in a listing that was cut and has no timers', () => {
    const cut = (count: number): string =>
      `$ sudo netstat -tnp | grep FIN_WAIT2\n${many(
        count,
        i => `tcp 0 0 192.0.2.1:${45_000 + i} 198.51.100.7:48001 FIN_WAIT2 9/tunneld`,
      ).join('\n')}\n`;
    expectFinding(cut(20), 'F2-2', {
      severity: 'warning',
      title: 'tunneld (9) has called shutdown() on 20 connections, but not close() (FIN_WAIT_2)',
    });
    expectHealthy(cut(19));
  });

  it('does not accuse rsync after seconds (TRUTH D, m2)', () => {
    expectFinding(scene('rsync-half-closed.txt'), 'F2-2', { severity: 'info' });
    expectHealthy(scene('rsync-half-closed.txt'));
  });

  it('does not take the PID that Windows prints for a process that holds', () => {
    expectSilence(
      windows(...many(30, i => `FIN_WAIT_2 192.0.2.1:${50_000 + i} 198.51.100.1:443 77`)),
      'F2-2',
    );
  });

  it('counts keepalive, too', () => {
    const kept = half('keepalive (7000.00/0/0)');
    expectFinding(loop(kept, kept, kept), 'F2-2', { severity: 'warning' });
  });

  it('leaves out orphans', () => {
    const orphan = half('timewait (30.00/0/0)', '-');
    expectSilence(loop(orphan, orphan), 'F2-2');
  });
});
