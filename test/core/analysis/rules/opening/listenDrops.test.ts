import assert from 'node:assert/strict';

import { assertNeverSaid, expectFinding, expectSilence, loop, ss, titles } from '../../scene';

const listen = (drops: number, port = 8080, recvQ = 0): string =>
  ss(
    `LISTEN ${recvQ} 128 0.0.0.0:${port} 0.0.0.0:* users:(("java",pid=5,fd=3))\n\t skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d${drops})`,
    `LISTEN 0 4096 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=6,fd=3))\n\t skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0)`,
  );

describe('LQ-2', () => {
  it('tells what a listening socket has dropped, as of the past', () => {
    expectFinding(listen(48_123), 'LQ-2', {
      severity: 'info',
      confidence: 'high',
      rows: 1,
      title: 'Port 8080 has dropped 48,123 SYNs or last ACKs since java (5) opened it',
    });
    expectFinding(loop(listen(48_123), listen(48_123)), 'LQ-2', { severity: 'info' });
    assertNeverSaid(listen(48_123), /is dropping/);
  });

  it('warns of what has grown', () => {
    expectFinding(loop(listen(48_123), listen(48_923)), 'LQ-2', {
      severity: 'warning',
      title: 'Port 8080 is dropping connections to java (5): 800 more SYNs or last ACKs',
    });
  });

  it('is one finding with a queue that is full', () => {
    assert.deepEqual(
      titles(listen(48_123, 8080, 129)).map(title => title.split(':')[0]),
      ['LQ-1+LQ-2 error'],
    );
  });

  it('does not mind a handful, nor what sockets without a handshake drop', () => {
    expectSilence(listen(7), 'LQ-2');
    expectSilence(loop(listen(7), listen(9)), 'LQ-2');
    expectSilence(listen(0), 'LQ-2');
    expectSilence(listen(48_123).replace('LISTEN 0 128', 'ESTAB 0 0'), 'LQ-2');
  });
});
