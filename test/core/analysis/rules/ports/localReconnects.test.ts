import assert from 'node:assert/strict';

import {
  assertNeverSaid,
  expectFinding,
  expectSilence,
  many,
  netstat,
  row,
  titles,
  truth,
  windows,
} from '../../scene';

const output = (count: number, remote: string): string =>
  netstat(
    row('LISTEN', '127.0.0.1:6379', '0.0.0.0:*', { owner: '12/redis-server' }),
    ...many(count, i => row('TIME_WAIT', `127.0.0.1:${33_000 + i}`, remote)),
  );

describe('TW-3', () => {
  it('sees local programs that reconnect each time', () => {
    expectFinding(output(500, '127.0.0.1:6379'), 'TW-3', {
      severity: 'warning',
      title: /to 127\.0\.0\.1:6379 each time: 500 in TIME_WAIT/,
      pid: 12,
    });
    expectSilence(output(499, '127.0.0.1:6379'), 'TW-3');
    expectSilence(output(500, '198.51.100.7:6379'), 'TW-3');
  });

  it('does not say of the same rows that nothing has to be done', () => {
    const text = output(2996, '127.0.0.1:6379');
    assert.deepEqual(
      titles(text).map(title => title.split(' ')[0]),
      ['TW-3+TW-2'],
    );
    assertNeverSaid(text, /Nothing has to be done/);
    expectFinding(output(2996, '198.51.100.7:6379'), 'TW-2', { severity: 'info' });
  });

  it('knows the service by the ports where no listener is listed', () => {
    const storm = windows(
      ...many(2400, i => `TIME_WAIT 127.0.0.1:9191 127.0.0.1:${49_700 + i * 3} 0`),
    );
    expectFinding(storm, 'TW-3', { severity: 'warning', title: /to 127\.0\.0\.1:9191 each time/ });
    assertNeverSaid(storm, /tcp_tw|sysctl|\bss |UNIX|Linux/);
  });

  it('still speaks of k3', () => {
    expectFinding(truth('k3.txt'), 'TW-3', { severity: 'warning' });
  });
});
