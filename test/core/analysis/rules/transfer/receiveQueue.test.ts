import { expectFinding, expectSilence, loop, netstat, row } from '../../scene';

const waiting = (recvQ: number, owner = '3/app'): string =>
  netstat(
    row('LISTEN', '0.0.0.0:9001', '0.0.0.0:*', { recvQ: owner === '-' ? 1 : 0, owner: '3/app' }),
    row('ESTABLISHED', '192.0.2.1:9001', '198.51.100.7:50000', { recvQ, owner }),
  );

describe('RQ-1', () => {
  it('warns of much, and of what does not fall', () => {
    expectFinding(waiting(65_536), 'RQ-1', { severity: 'warning', confidence: 'low', pid: 3 });
    expectFinding(waiting(65_535), 'RQ-1', { severity: 'info' });
    expectFinding(loop(waiting(40), waiting(40)), 'RQ-1', {
      severity: 'warning',
      confidence: 'high',
      title: 'app (3) does not read: 40 bytes wait on 1 ESTABLISHED',
    });
    expectFinding(loop(waiting(40), waiting(39)), 'RQ-1', { severity: 'info' });
    expectSilence(waiting(0), 'RQ-1');
  });

  it('leaves what is not accepted yet to the listener', () => {
    expectSilence(waiting(80_000, '-'), 'RQ-1');
  });
});
