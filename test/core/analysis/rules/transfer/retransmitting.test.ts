import assert from 'node:assert/strict';

import {
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  netstat,
  row,
  titles,
  truth,
} from '../../scene';

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

  it('speaks of a mobile client that is gone', () => {
    expectFinding(truth('k6.txt'), 'RT-1', { severity: 'warning', confidence: 'high' });
  });

  const server = (silent: number, others: number, remote = '203.0.113.9'): string =>
    netstat(
      row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '5/nginx' }),
      ...many(silent, i =>
        row('ESTABLISHED', '192.0.2.1:443', `${remote}:${20_000 + i}`, {
          sendQ: 1400,
          owner: '5/nginx',
          timer: 'on (9.00/9/0)',
        }),
      ),
      ...many(others, i =>
        row('ESTABLISHED', '192.0.2.1:443', `198.51.100.${i + 1}:40000`, { owner: '5/nginx' }),
      ),
    );

  it('takes a client that is gone for everyday life where many others answer', () => {
    expectHealthy(server(1, 20));
    expectFinding(server(1, 20), 'RT-1', { severity: 'info' });
    expectFinding(server(1, 5), 'RT-1', { severity: 'error' });
    expectFinding(server(3, 60), 'RT-1', { severity: 'error' });
  });

  it('is one finding with connects that the same remote does not answer', () => {
    const text = netstat(
      ...many(4, i =>
        row('ESTABLISHED', `192.0.2.1:${40_000 + i}`, '198.51.100.7:6379', {
          sendQ: 90,
          owner: '3/worker',
          timer: 'on (9.00/9/0)',
        }),
      ),
      ...many(4, i =>
        row('SYN_SENT', `192.0.2.1:${41_000 + i}`, '198.51.100.7:6379', {
          sendQ: 1,
          owner: '3/worker',
          timer: 'on (9.00/4/0)',
        }),
      ),
    );
    assert.deepEqual(
      titles(text).map(title => title.split(':')[0]),
      ['RT-1+SQ-1+SS-1 error'],
    );
  });
});
