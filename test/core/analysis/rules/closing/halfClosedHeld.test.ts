import { expectFinding, expectSilence, loop, netstat, row } from '../../scene';

const half = (timer: string, owner = '9/node'): string =>
  netstat(row('FIN_WAIT2', '192.0.2.1:45000', '198.51.100.7:443', { owner, timer }));

describe('F2-2', () => {
  it('warns of what is held in two snapshots', () => {
    const off = half('off (0.00/0/0)');
    expectFinding(off, 'F2-2', { severity: 'info', confidence: 'low', pid: 9 });
    expectFinding(loop(off, off), 'F2-2', {
      severity: 'warning',
      title: 'node (9) has half-closed 1 connection and holds on in 2 snapshots',
    });
  });

  it('counts keepalive, too', () => {
    const kept = half('keepalive (7000.00/0/0)');
    expectFinding(loop(kept, kept), 'F2-2', { severity: 'warning' });
  });

  it('leaves out orphans', () => {
    const orphan = half('timewait (30.00/0/0)', '-');
    expectSilence(loop(orphan, orphan), 'F2-2');
  });
});
