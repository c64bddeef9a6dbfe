import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  assertNeverSaid,
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  netstat,
  row,
  ss,
} from '../../scene';

const syn = (i: number, b: number): string =>
  row('SYN_RECV', '192.0.2.1:443', `198.51.100.${i % 250}:${1024 + i}`, {
    timer: `on (1.00/${b}/0)`,
  });
const listen = row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '1/nginx' });

describe('SR-1', () => {
  it('warns from ten unanswered ones on, and calls many remotes a flood', () => {
    expectFinding(netstat(listen, ...many(10, i => syn(i, 2))), 'SR-1', { severity: 'warning' });
    expectSilence(netstat(listen, ...many(9, i => syn(i, 2))), 'SR-1');
    expectFinding(netstat(listen, ...many(40, i => syn(i, 1))), 'SR-1', {
      severity: 'error',
      title: /^Port 443 is most likely flooded: 40 handshakes from 40 addresses/,
      pid: 1,
    });
  });

  it('names the one network that nearly all are of, where others get through', () => {
    const open = (from: string): string[] =>
      many(60, i => row('ESTABLISHED', '192.0.2.1:443', `${from}${i + 1}:${3000 + i}`));
    const rows = [listen, ...many(20, i => syn(i, 3))];
    const said = (text: string): string => everythingSaid(expectFinding(text, 'SR-1')).join(' ');
    const network = /Everything to 198\.51\.100\.0\/24 is unanswered/;
    assert.match(said(netstat(...rows, ...open('203.0.113.'))), network);
    assert.doesNotMatch(said(netstat(...rows, ...open('198.51.100.'))), network);
  });

  it('is surer of as many as the backlog, also where no counts are shown', () => {
    const text = (backlog: number): string =>
      ss(
        `LISTEN 0 ${backlog} 0.0.0.0:443 0.0.0.0:*`,
        ...many(128, i => `SYN-RECV 0 0 192.0.2.1:443 198.51.100.${i + 1}:${1024 + i}`),
        ...many(9, i => `ESTAB 0 0 192.0.2.1:443 203.0.113.9:${2000 + i}`),
      );
    expectFinding(text(128), 'SR-1', { severity: 'warning', confidence: 'medium' });
    expectFinding(text(4096), 'SR-1', { severity: 'warning', confidence: 'low' });
  });

  it('advises to turn SYN cookies on where the dump says that they are off', () => {
    const remedy = (cookies: number): string =>
      expectFinding(
        `net.ipv4.tcp_syncookies = ${cookies}\n${netstat(listen, ...many(40, i => syn(i, 1)))}`,
        'SR-1',
      )
        .remedy.map(plain)
        .join(' ');
    assert.match(remedy(0), /Set net\.ipv4\.tcp_syncookies to 1/);
    assert.match(remedy(1), /Leave tcp_syncookies on/);
  });

  it('does not count handshakes that are on their way', () => {
    expectSilence(netstat(listen, ...many(60, i => syn(i, 0))), 'SR-1');
  });

  it('sees a flood that has just begun, where hardly any connection is finished', () => {
    expectFinding(netstat(listen, ...many(200, i => syn(i, 0))), 'SR-1', {
      severity: 'warning',
      confidence: 'low',
      title: /^Port 443 can be flooded/,
    });
    const open = many(20, i => row('ESTABLISHED', '192.0.2.1:443', `203.0.113.9:${2000 + i}`));
    expectSilence(netstat(listen, ...open, ...many(200, i => syn(i, 0))), 'SR-1');
  });

  it('does not call it a flood where the tool does not say what is repeated', () => {
    const rows = many(30, i => `tcp4 0 0 203.0.113.1.8080 198.51.100.${i + 1}.40000 SYN_RCVD`);
    const header =
      'Active Internet connections\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)';
    expectFinding([header, ...rows, ''].join('\n'), 'SR-1', {
      severity: 'warning',
      confidence: 'low',
      title: 'Port 8080: 30 handshakes from 30 addresses not finished',
    });
    // A few clients whose last ACK is lost.
    const few = many(
      30,
      i => `tcp4 0 0 203.0.113.1.8080 198.51.100.${i % 5}.${40_000 + i} SYN_RCVD`,
    );
    expectFinding([header, ...few, ''].join('\n'), 'SR-1', {
      severity: 'warning',
      confidence: 'low',
      title: 'Port 8080: 30 handshakes not finished',
    });
  });

  it('speaks of accept() and not of filters where connections wait in the accept queue', () => {
    const busy = row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '1/nginx', recvQ: 3 });
    const text = netstat(busy, ...many(40, i => syn(i, 2)));
    expectFinding(text, 'SR-1', { severity: 'warning', confidence: 'low' });
    const remedy = (dump: string): string =>
      expectFinding(dump, 'SR-1').remedy.map(plain).join(' ');
    assert.match(remedy(text), /accept\(\)/);
    assert.doesNotMatch(remedy(text), /Filter floods/);
    assert.match(remedy(netstat(listen, ...many(40, i => syn(i, 2)))), /Filter floods/);
  });

  it('is no flood where more connections succeed', () => {
    const open = many(50, i => row('ESTABLISHED', '192.0.2.1:443', `203.0.113.9:${2000 + i}`));
    expectFinding(netstat(listen, ...many(40, i => syn(i, 1)), ...open), 'SR-1', {
      severity: 'warning',
    });
  });

  it('takes the backlog of ss for the limit', () => {
    const rows = (count: number): string[] =>
      many(count, i => `SYN-RECV 0 0 192.0.2.1:443 198.51.100.${i}:5000 timer:(on,1.2sec,2)`);
    const small = 'LISTEN 0 3 192.0.2.1:443 0.0.0.0:* users:(("x",pid=4,fd=3))';
    expectFinding(ss(small, ...rows(4)), 'SR-1', { severity: 'warning' });
    expectSilence(ss(small, ...rows(3)), 'SR-1');
    // Four sockets with SO_REUSEPORT have four limits.
    expectSilence(ss(small, small, small, small, ...rows(9)), 'SR-1');
    assertNeverSaid(ss(small, small, small, small, ...rows(11)), /plus one|one more/);
    assert.match(
      everythingSaid(expectFinding(ss(small, small, small, small, ...rows(12)), 'SR-1')).join(' '),
      /for this port that is 12/,
    );
  });

  const big = 'LISTEN 0 511 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=4,fd=3))';
  const half = (i: number, again: number, from = '198.51.100'): string =>
    `SYN-RECV 0 0 192.0.2.1:80 ${from}.${i % 250}:${1024 + i} timer:(on,1.2sec,${again})`;
  const open = (count: number): string[] =>
    many(count, i => `ESTAB 0 0 192.0.2.1:80 203.0.113.${i % 250}:${2000 + i}`);

  it('sees a flood below the backlog', () => {
    const found = expectFinding(ss(big, ...open(7), ...many(240, i => half(i, 3))), 'SR-1', {
      severity: 'error',
      title: /^Port 80 is most likely flooded: 240 handshakes from 240 addresses/,
    });
    const said = everythingSaid(found).join(' ');
    assert.match(said, /Backlog of this port: 511\. It is not used up/);
    assert.doesNotMatch(said, /raise the listen\(\) backlog|accept queue/);
    expectFinding(ss(big, ...open(50), ...many(40, i => half(i, 2))), 'SR-1', {
      severity: 'warning',
    });
  });

  it('leaves a popular server its lossy clients', () => {
    const busy = [big, ...open(2000), ...many(60, i => half(i, 0)), ...many(40, i => half(i, 1))];
    expectSilence(ss(...busy), 'SR-1');
    expectHealthy(ss(...busy));
    // Without -o, nothing shows which of them are on their way.
    const noTimers = busy.map(text => text.replace(/ timer:.*/, ''));
    expectSilence(ss(...noTimers), 'SR-1');
    expectSilence(
      ss(big, ...open(100), ...noTimers.filter(text => text.startsWith('SYN'))),
      'SR-1',
    );
  });

  it('sees a full queue also where most are on their way', () => {
    const rows = (count: number): string[] => [
      ...many(count, i => half(i, 0)),
      ...many(8, i => half(i + 100, 2)),
    ];
    const small = big.replace('511', '50');
    const found = expectFinding(ss(small, ...open(200), ...rows(43)), 'SR-1', {
      severity: 'warning',
      title: 'SYN queue of port 80 is full: 51 handshakes not finished, backlog 50',
    });
    assert.match(everythingSaid(found).join(' '), /for this port that is 50/);
    expectSilence(ss(small, ...open(200), ...rows(41)), 'SR-1');
  });

  it('does not call it a flood where all are within the own network', () => {
    const found = expectFinding(ss(big, ...many(40, i => half(i, 3, '10.0.7'))), 'SR-1', {
      severity: 'error',
      title: 'Port 80: 40 handshakes from 40 addresses not finished',
    });
    assert.match(found.remedy.map(plain).join(' '), /compare the routes/);
    assert.doesNotMatch(found.remedy.map(plain).join(' '), /Filter floods/);
  });

  it('knows that a client which is ESTABLISHED here has got its answer', () => {
    const deferred = many(12, i =>
      [
        row('SYN_RECV', '192.0.2.1:443', `192.0.2.1:${5000 + i}`, { timer: 'on (1.00/3/0)' }),
        row('ESTABLISHED', `192.0.2.1:${5000 + i}`, '192.0.2.1:443', { owner: '8/curl' }),
      ].join('\n'),
    );
    expectSilence(netstat(listen, ...deferred), 'SR-1');
    expectSilence(netstat(listen, ...deferred), 'SR-2');
  });
});
