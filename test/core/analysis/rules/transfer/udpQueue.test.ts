import { expectFinding, expectSilence, loop, netstat } from '../../scene';

const udp = (recvQ: number): string =>
  netstat(`udp ${recvQ} 0 0.0.0.0:514 0.0.0.0:* 7/rsyslogd off (0.00/0/0)`);

describe('UDP-1', () => {
  it('warns of datagrams that wait in two snapshots', () => {
    expectFinding(loop(udp(4160), udp(208_000)), 'UDP-1', { severity: 'warning', pid: 7 });
    expectSilence(udp(4160), 'UDP-1');
    expectSilence(loop(udp(0), udp(4160)), 'UDP-1');
    expectSilence(loop(udp(4160), udp(0)), 'UDP-1');
  });
});
