import {
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  netstat,
  row,
  truth,
} from '../../scene';

const waiting = (recvQ: number, owner = '3/app'): string =>
  netstat(
    row('LISTEN', '0.0.0.0:9001', '0.0.0.0:*', { recvQ: owner === '-' ? 1 : 0, owner: '3/app' }),
    row('ESTABLISHED', '192.0.2.1:9001', '198.51.100.7:50000', { recvQ, owner }),
  );

describe('RQ-1', () => {
  it('warns of much, hedged, and says nothing above information of less', () => {
    expectFinding(waiting(65_536), 'RQ-1', {
      severity: 'warning',
      confidence: 'low',
      pid: 3,
      title: /^app \(3\) may not be reading: /,
    });
    expectFinding(waiting(65_535), 'RQ-1', { severity: 'info' });
    expectSilence(waiting(0), 'RQ-1');
  });

  it('is surer of what stays the same through snapshots', () => {
    expectFinding(loop(waiting(40), waiting(40)), 'RQ-1', {
      severity: 'warning',
      confidence: 'medium',
      title: 'app (3) is most likely not reading: 40 bytes wait on 1 in ESTABLISHED',
    });
    expectFinding(loop(waiting(40), waiting(40), waiting(40)), 'RQ-1', {
      severity: 'warning',
      confidence: 'high',
      title: 'app (3) is not reading: 40 bytes wait on 1 in ESTABLISHED',
    });
  });

  it('takes what falls for read, and little that grows for new', () => {
    expectHealthy(loop(waiting(3_000_000), waiting(2_000_000)));
    expectHealthy(loop(waiting(40), waiting(39)));
    expectHealthy(loop(waiting(40), waiting(400)));
    expectFinding(loop(waiting(400), waiting(3_000_000)), 'RQ-1', {
      severity: 'warning',
      confidence: 'low',
    });
  });

  it('believes a sender in the dump whose window closes for moments only', () => {
    expectHealthy(truth('slow-reader.netstat.txt'));
  });

  it('leaves what is not accepted yet to the listener', () => {
    expectSilence(waiting(80_000, '-'), 'RQ-1');
  });
});
