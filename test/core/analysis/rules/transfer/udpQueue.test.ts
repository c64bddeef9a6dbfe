import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  assertNeverSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  netstat,
  ss,
  statistics,
  titles,
  truth,
} from '../../scene';

const udp = (recvQ: number, protocol = 'udp'): string =>
  netstat(`${protocol} ${recvQ} 0 0.0.0.0:514 0.0.0.0:* 7/rsyslogd off (0.00/0/0)`);

const memory = (recvQ: number, size: number, drops: number): string =>
  ss(
    `UNCONN ${recvQ} 0 0.0.0.0:514 0.0.0.0:* users:(("rsyslogd",pid=7,fd=3)) skmem:(r${recvQ},rb${size},t0,tb212992,f0,w0,o0,bl0,d${drops})`,
  );

describe('UDP-1', () => {
  it('sees full buffers in one snapshot, of UDP and of raw sockets', () => {
    expectFinding(udp(212_992), 'UDP-1', {
      severity: 'warning',
      confidence: 'medium',
      pid: 7,
      title:
        /^Datagrams for rsyslogd \(7\) on port 514 are most likely dropped: .* full with 212,992 bytes/,
    });
    expectFinding(udp(213_504, 'raw'), 'UDP-1', { severity: 'warning' });
    const both = titles(truth('datagram-buffers-full.netstat.txt')).join();
    assert.match(both, /flowcold.*rapeerd/);
  });

  it('cites the counter of what was dropped, of UDP and where it is above 0', () => {
    const cited = (rows: string, dropped: number): boolean =>
      expectFinding(statistics({ UdpRcvbufErrors: dropped }) + rows, 'UDP-1').evidence.some(
        ({ counter }) => counter?.name === 'UdpRcvbufErrors',
      );
    assert.equal(cited(udp(212_992), 1_922_031), true);
    assert.equal(cited(udp(212_992), 0), false);
    assert.equal(cited(udp(213_504, 'raw'), 1_922_031), false);
    assert.equal(cited(udp(400_000), 1_922_031), false);
  });

  it('is silent about a few datagrams that have just come', () => {
    expectSilence(truth('d3.txt'), 'UDP-1');
    expectSilence(truth('g7.txt'), 'UDP-1');
    expectSilence(udp(4160), 'UDP-1');
    expectSilence(loop(udp(0), udp(4160)), 'UDP-1');
    expectSilence(loop(udp(4160), udp(0)), 'UDP-1');
    expectSilence(loop(udp(768), udp(1536)), 'UDP-1');
  });

  it('does not know how full a buffer of another size is', () => {
    expectFinding(udp(400_000), 'UDP-1', {
      severity: 'info',
      confidence: 'low',
      title: 'rsyslogd (7) on port 514 has not read 400,000 bytes of datagrams yet',
    });
    expectSilence(udp(150_000), 'UDP-1');
    expectSilence(memory(212_992, 8_388_608, 0), 'UDP-1');
    expectFinding(loop(udp(400_000), udp(500_000)), 'UDP-1', {
      severity: 'warning',
      title: /^rsyslogd \(7\) on port 514 is most likely not reading datagrams, or too slowly/,
    });
    expectFinding(loop(udp(500_000), udp(400_000)), 'UDP-1', { severity: 'info' });
  });

  it('counts the drops and the size that ss -m prints', () => {
    const found = expectFinding(memory(213_504, 212_992, 4711), 'UDP-1', {
      severity: 'warning',
      confidence: 'high',
      title: /^Datagrams for rsyslogd \(7\) on port 514 are dropped/,
    });
    assert.ok(
      found.evidence.some(({ text }) => plain(text) === 'Datagrams dropped so far: 4,711.'),
    );
    expectFinding(memory(110_000, 212_992, 1), 'UDP-1', { severity: 'warning' });
    expectFinding(loop(memory(0, 212_992, 3), memory(0, 212_992, 9)), 'UDP-1', {
      severity: 'warning',
    });
  });

  it('reads drops from the line below a socket and from /proc/net/udp', () => {
    const below = memory(213_504, 212_992, 9).replace(' skmem', '\n\t skmem');
    expectFinding(below, 'UDP-1', { severity: 'warning', confidence: 'high', pid: 7 });
    const proc = (drops: number): string =>
      [
        '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
        `  514: 00000000:0202 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4711 2 0000000000000000 ${drops}`,
        '',
      ].join('\n');
    expectFinding(loop(proc(3), proc(9)), 'UDP-1', { severity: 'warning', confidence: 'high' });
    expectHealthy(loop(proc(9), proc(9)));
  });

  it('takes old drops for information', () => {
    expectHealthy(memory(0, 212_992, 3));
    expectFinding(memory(0, 212_992, 3), 'UDP-1', { severity: 'info' });
    expectHealthy(loop(memory(0, 212_992, 3), memory(0, 212_992, 3)));
    expectSilence(memory(0, 212_992, 0), 'UDP-1');
  });

  const unix = (recvQ: number): string =>
    [
      'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
      `u_str ESTAB ${recvQ} 0 /run/app.sock 4711 * 4712 users:(("app",pid=9,fd=4))`,
      '',
    ].join('\n');

  it('sees full UNIX sockets, which drop nothing', () => {
    const stuck = loop(unix(212_480), unix(212_480));
    expectFinding(stuck, 'UDP-1', { severity: 'warning', pid: 9, title: /UNIX sockets/ });
    assertNeverSaid(stuck, /[Dd]atagrams/);
    expectSilence(loop(unix(4096), unix(4096)), 'UDP-1');
  });

  it('takes what waits on one at a moment, or less than before, for a sender that is faster', () => {
    for (const text of [unix(212_480), loop(unix(219_264), unix(212_480))]) {
      expectFinding(text, 'UDP-1', {
        severity: 'info',
        confidence: 'low',
        title: 'app (9) has 212,480 bytes to read on UNIX sockets',
      });
    }
    // SO_RCVBUF has no effect on them.
    assertNeverSaid(unix(212_480), /rmem|receive buffer|RCVBUF/);
  });

  it('names no other system', () => {
    const mac = (recvQ: number): string =>
      `Active Internet connections (including servers)\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)\nudp4  ${recvQ}      0  *.8125                 *.*\n`;
    const text = loop(mac(40_000), mac(50_000));
    expectFinding(text, 'UDP-1', { severity: 'warning' });
    assertNeverSaid(text, /net\.core|recvmmsg|\bss |skmem|Linux/);
  });

  it('knows the default buffer of FreeBSD', () => {
    const output = (recvQ: number): string =>
      [
        'Active Internet connections (including servers)',
        'Proto Recv-Q Send-Q Local Address          Foreign Address        (state)',
        `udp4  ${recvQ}      0 *.2055                 *.*`,
        '',
      ].join('\n');
    expectFinding(output(41_900), 'UDP-1', { severity: 'warning', confidence: 'medium' });
    assertNeverSaid(output(41_900), /212,992|rmem/);
    expectSilence(output(20_000), 'UDP-1');
    expectFinding(output(212_992), 'UDP-1', { severity: 'info', confidence: 'low' });
  });
});
