import { expectFinding, expectSilence, many, netstat, row } from '../../scene';

const output = (count: number, remote: string): string =>
  netstat(
    row('LISTEN', '127.0.0.1:6379', '0.0.0.0:*', { owner: '12/redis-server' }),
    ...many(count, i => row('TIME_WAIT', `127.0.0.1:${33_000 + i}`, remote)),
  );

describe('TW-3', () => {
  it('sees local programs that reconnect each time', () => {
    expectFinding(output(500, '127.0.0.1:6379'), 'TW-3', {
      severity: 'warning',
      title: /to 127\.0\.0\.1:6379 each time: 500 TIME_WAIT/,
      pid: 12,
    });
    expectSilence(output(499, '127.0.0.1:6379'), 'TW-3');
    expectSilence(output(500, '198.51.100.7:6379'), 'TW-3');
  });
});
