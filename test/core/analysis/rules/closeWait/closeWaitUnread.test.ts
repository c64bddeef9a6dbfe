import { expectFinding, expectSilence, loop, many, netstat, row, windows } from '../../scene';

const held = (recvQ: number, port = 40_000): string =>
  row('CLOSE_WAIT', '192.0.2.1:52000', `198.51.100.1:${port}`, { owner: '9/python3', recvQ });

describe('CW-4', () => {
  it('counts the bytes without the FIN', () => {
    expectFinding(netstat(held(83_848)), 'CW-4', {
      code: 'CW-4',
      severity: 'warning',
      pid: 9,
      title: 'python3 (9) has stopped reading: 83,847 bytes unread on 1 CLOSE_WAIT',
    });
  });

  it('says nothing of a FIN alone or of nothing unread', () => {
    expectSilence(netstat(held(1)), 'CW-4');
    expectSilence(netstat(held(0)), 'CW-4');
    expectSilence(windows('CLOSE_WAIT 192.0.2.1:52000 198.51.100.1:443 9'), 'CW-4');
  });

  it('takes little in one snapshot for a moment, and in two for stuck', () => {
    expectFinding(netstat(held(6)), 'CW-4', { severity: 'info' });
    expectFinding(loop(netstat(held(6)), netstat(held(6))), 'CW-4', { severity: 'warning' });
  });

  it('knows the good-bye of TLS', () => {
    for (const size of [24, 25, 32, 86]) {
      expectFinding(netstat(held(size)), 'CW-4', { severity: 'info', title: /look like idle TLS/ });
    }
    const pool = netstat(...many(4, i => held(25, 40_000 + i)));
    expectFinding(pool, 'CW-4', { severity: 'info', rows: 4 });
  });
});
