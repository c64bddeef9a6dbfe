import { expectFinding, expectSilence, many, netstat, row, ss, windows } from '../../scene';

const leak = (count: number, healthy: number): string =>
  netstat(
    row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*', { owner: '4321/orders-api' }),
    ...many(count, i =>
      row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${40_000 + i}`, {
        owner: '4321/orders-api',
        recvQ: 1,
      }),
    ),
    ...many(healthy - 1, i =>
      row('ESTABLISHED', '192.0.2.1:9443', `198.51.100.${i % 250}:${50_000 + i}`, {
        owner: '4321/orders-api',
      }),
    ),
  );

describe('CW-1', () => {
  it('names the program, the number and who closed', () => {
    expectFinding(leak(62, 18), 'CW-1', {
      code: 'CW-1',
      severity: 'error',
      title: 'orders-api (4321) leaks connections: 62 CLOSE_WAIT, closed by 192.0.2.7',
      pid: 4321,
      process: 'orders-api',
      rows: 62,
    });
  });

  it('warns from five on, and the share counts only from there', () => {
    expectFinding(leak(5, 100), 'CW-1', { severity: 'warning' });
    expectFinding(leak(4, 1), 'CW-1', { severity: 'info', confidence: 'low' });
    expectFinding(leak(5, 20), 'CW-1', { severity: 'error' });
    expectFinding(leak(5, 21), 'CW-1', { severity: 'warning' });
  });

  it('makes an error of fifty, whatever the share', () => {
    expectFinding(leak(49, 400), 'CW-1', { severity: 'warning' });
    expectFinding(leak(50, 400), 'CW-1', { severity: 'error' });
  });

  it('takes thresholds', () => {
    expectFinding(
      leak(5, 100),
      'CW-1',
      { severity: 'info' },
      { thresholds: { closeWaitWarning: 6 } },
    );
  });

  it('does not blame a program that still sends', () => {
    const rows = many(20, i =>
      row('CLOSE_WAIT', '192.0.2.1:80', `192.0.2.7:${40_000 + i}`, {
        owner: '81/httpd',
        sendQ: 3_800_000,
        timer: 'probe (1.00/0/0)',
      }),
    );
    expectSilence(netstat(...rows), 'CW-1');
  });

  it('counts a socket of several processes once, for the one that holds most', () => {
    const own = many(
      6,
      i => `CLOSE-WAIT 1 0 192.0.2.1:${40_000 + i} 198.51.100.1:443 users:(("app",pid=12,fd=${i}))`,
    );
    const shared =
      'CLOSE-WAIT 1 0 192.0.2.1:41000 198.51.100.1:443 users:(("sleep",pid=99,fd=3),("app",pid=12,fd=9))';
    expectFinding(ss(...own, shared), 'CW-1', { pid: 12, process: 'app', rows: 7 });
  });

  it('speaks of the port where no program is shown', () => {
    const text = netstat(
      row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*'),
      ...many(6, i => row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${40_000 + i}`)),
    );
    expectFinding(text, 'CW-1', {
      severity: 'warning',
      confidence: 'low',
      title: /^The program on port 9443 leaks connections: 6/,
    });
  });

  it('works on Windows, where no queues are', () => {
    const rows = many(7, i => `CLOSE_WAIT 192.0.2.1:${50_000 + i} 198.51.100.1:443 4321`);
    expectFinding(windows(...rows), 'CW-1', { severity: 'error', pid: 4321 });
  });
});
