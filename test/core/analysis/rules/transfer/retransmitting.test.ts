import { expectFinding, expectSilence, netstat, row } from '../../scene';

const cut = (b: number, state = 'ESTABLISHED'): string =>
  netstat(
    row(state, '192.0.2.1:50000', '198.51.100.7:22', {
      sendQ: 36,
      owner: '3/ssh',
      timer: `on (6.40/${b}/0)`,
    }),
  );

describe('RT-1', () => {
  it('tells how long the peer has been silent', () => {
    expectFinding(cut(5), 'RT-1', {
      severity: 'warning',
      pid: 3,
      title: 'ssh (3) has had no answer from 198.51.100.7:22 for at least 6.2 s',
    });
    expectSilence(cut(4), 'RT-1');
    expectFinding(cut(9), 'RT-1', { severity: 'error', confidence: 'high' });
  });

  it('is not about handshakes', () => {
    expectSilence(cut(6, 'SYN_SENT'), 'RT-1');
  });
});
