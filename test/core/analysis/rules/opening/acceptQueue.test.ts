import { expectFinding, expectSilence, loop, netstat, row, ss } from '../../scene';

const listen = (recvQ: number): string =>
  netstat(row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { recvQ, owner: '5/java' }));
const backlog = (recvQ: number, sendQ: number): string =>
  ss(`LISTEN ${recvQ} ${sendQ} 0.0.0.0:8080 0.0.0.0:* users:(("java",pid=5,fd=3))`);

describe('LQ-1', () => {
  it('is full when more wait than the backlog', () => {
    expectFinding(backlog(129, 128), 'LQ-1', {
      severity: 'error',
      pid: 5,
      title: 'Accept queue of 0.0.0.0:8080 is full (129, backlog 128): java (5) does not accept()',
    });
    expectFinding(backlog(128, 128), 'LQ-1', { severity: 'warning' });
    expectFinding(backlog(64, 128), 'LQ-1', { severity: 'warning' });
    expectFinding(backlog(63, 128), 'LQ-1', { severity: 'info' });
    expectSilence(backlog(0, 128), 'LQ-1');
  });

  it('needs a second snapshot where the backlog is not printed', () => {
    expectFinding(listen(4), 'LQ-1', { severity: 'info', confidence: 'low' });
    expectFinding(loop(listen(4), listen(6)), 'LQ-1', { severity: 'warning', confidence: 'high' });
    expectFinding(loop(listen(0), listen(6)), 'LQ-1', { severity: 'info' });
    expectSilence(loop(listen(4), listen(0)), 'LQ-1');
  });
});
