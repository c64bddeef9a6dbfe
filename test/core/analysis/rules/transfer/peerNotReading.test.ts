import { expectFinding, expectSilence, netstat, row } from '../../scene';

const reader = (recvQ: number): string =>
  row('ESTABLISHED', '127.0.0.1:9001', '127.0.0.1:50896', { recvQ, owner: '25813/reader' });
const sender = (timer: string, state = 'ESTABLISHED'): string =>
  row(state, '127.0.0.1:50896', '127.0.0.1:9001', {
    sendQ: 3_782_144,
    owner: '25977/sender',
    timer,
  });

describe('PAIR-2', () => {
  it('names who does not read', () => {
    expectFinding(netstat(reader(128_512), sender('probe (1.36/0/0)')), 'PAIR-2', {
      code: 'PAIR-2',
      severity: 'warning',
      confidence: 'high',
      pid: 25813,
      title: /^reader \(25813\) does not read: 128,512 bytes wait for it, .* at sender \(25977\)$/,
    });
  });

  it('also when the sender has closed, and when the reader was closed on', () => {
    expectFinding(netstat(reader(1000), sender('probe (1.36/0/0)', 'FIN_WAIT1')), 'PAIR-2');
    const closing = netstat(
      row('FIN_WAIT2', '127.0.0.1:9001', '127.0.0.1:50896', { recvQ: 128_000, owner: '3/client' }),
      sender('probe (1.36/0/0)', 'CLOSE_WAIT'),
    );
    expectFinding(closing, 'PAIR-2', { pid: 3 });
    expectSilence(closing, 'CW-1');
  });

  it('needs probes: data on both ends is any transfer', () => {
    expectSilence(netstat(reader(128_512), sender('on (0.20/0/0)')), 'PAIR-2');
    expectSilence(netstat(reader(0), sender('probe (1.36/0/0)')), 'PAIR-2');
  });
});
