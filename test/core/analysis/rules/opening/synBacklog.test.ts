import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import { expectFinding, expectSilence, many, netstat, row, ss } from '../../scene';

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
    expectSilence(ss(small, small, small, small, ...rows(15)), 'SR-1');
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
