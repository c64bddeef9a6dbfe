import assert from 'node:assert/strict';
import {
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  netstat,
  row,
  statistics,
} from '../../scene';

const socket = (recvQ: number, drops: number, port = 514, owner = 'syslogd'): string =>
  `UNCONN ${recvQ} 0 0.0.0.0:${port} 0.0.0.0:* users:(("${owner}",pid=${port},fd=3)) skmem:(r${recvQ},rb212992,t0,tb212992,f0,w0,o0,bl0,d${drops})`;
const ss = (...rows: readonly string[]): string =>
  ['State Recv-Q Send-Q Local Address:Port Peer Address:Port Process', ...rows, ''].join('\n');
const before = statistics({ UdpRcvbufErrors: 0, UdpInErrors: 0 });
const after = statistics({ UdpRcvbufErrors: 94, UdpInErrors: 94 });

describe('CT-3 counter-datagrams-dropped', () => {
  it('names the program whose own count of drops grew', () => {
    const udp = (...rows: readonly string[]): string =>
      ['Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process', ...rows, ''].join(
        '\n',
      );
    expectFinding(
      loop(
        before + udp(`udp ${socket(0, 3)}`, `udp ${socket(0, 0, 53, 'dns')}`),
        after + udp(`udp ${socket(0, 97)}`, `udp ${socket(900, 0, 53, 'dns')}`),
      ),
      'CT-3',
      {
        severity: 'warning',
        confidence: 'high',
        process: 'syslogd',
        title:
          'syslogd (514) is not reading datagrams fast enough; dropped at a full receive buffer: 94',
      },
    );
  });

  it('hedges where a queue only shows who it may be', () => {
    const listing = (recvQ: number): string =>
      netstat(
        row('', '0.0.0.0:514', '0.0.0.0:*', { protocol: 'udp', recvQ, owner: '5/syslogd' }),
        row('', '0.0.0.0:53', '0.0.0.0:*', { protocol: 'udp', owner: '6/dns' }),
      );
    expectFinding(loop(before + listing(0), after + listing(7680)), 'CT-3', {
      title: /^syslogd \(5\) is most likely not reading/,
      confidence: 'medium',
      process: 'syslogd',
    });
  });

  it('names nobody where no socket, or several, can be meant', () => {
    const some = /^A program is not reading datagrams fast enough; .*: 94$/;
    const found = expectFinding(loop(before, after), 'CT-3', { title: some, process: null });
    assert.ok(found.caveats.some(({ id }) => id.startsWith('Counters do not say which socket')));
    const two = netstat(
      row('', '0.0.0.0:514', '0.0.0.0:*', { protocol: 'udp', recvQ: 9, owner: '5/syslogd' }),
      row('', '0.0.0.0:53', '0.0.0.0:*', { protocol: 'udp', recvQ: 9, owner: '6/dns' }),
    );
    expectFinding(loop(before + two, after + two), 'CT-3', { title: some, process: null });
  });

  it('says nothing where old drops stand still, or of one moment', () => {
    const udp = ss(socket(0, 97));
    expectHealthy(loop(after + udp, after + udp));
    expectSilence(after + udp, 'CT-3');
  });
});
