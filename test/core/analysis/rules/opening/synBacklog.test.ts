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
      title: /^Port 443 is flooded: 40 handshakes from 40 remotes/,
      pid: 1,
    });
  });

  it('does not count handshakes that are on their way', () => {
    expectSilence(netstat(listen, ...many(60, i => syn(i, 0))), 'SR-1');
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
