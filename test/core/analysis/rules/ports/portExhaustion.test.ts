import { expectFinding, expectSilence, many, netstat, row, windows } from '../../scene';

const waiting = (count: number, remote = '198.51.100.5:8080', local = '192.0.2.1'): string =>
  netstat(
    ...many(count, i =>
      row('TIME_WAIT', `${local}:${32_768 + i}`, remote, { timer: 'timewait (30.00/0/0)' }),
    ),
  );

describe('TW-1', () => {
  it('warns at half of the range to one destination, and makes an error of 80 %', () => {
    expectFinding(waiting(14_116), 'TW-1', {
      severity: 'warning',
      title: /to 198\.51\.100\.5:8080 run out: 14,116 of 28,232/,
    });
    expectSilence(waiting(14_115), 'TW-1');
    expectFinding(waiting(22_586), 'TW-1', { severity: 'error' });
  });

  it('counts each destination for itself on Linux', () => {
    const two = netstat(
      ...many(20_000, i =>
        row('TIME_WAIT', `192.0.2.1:${32_768 + (i >> 1)}`, `198.51.100.${5 + (i & 1)}:8080`),
      ),
    );
    expectSilence(two, 'TW-1');
  });

  it('is silent about loopback on Linux and about servers', () => {
    expectSilence(waiting(20_000, '127.0.0.1:8080', '127.0.0.1'), 'TW-1');
    const server = netstat(
      ...many(20_000, i => row('TIME_WAIT', '192.0.2.1:40000', `198.51.100.5:${1024 + i}`)),
    );
    expectSilence(server, 'TW-1');
  });

  it('counts all dynamic ports on Windows', () => {
    const rows = (count: number): string =>
      windows(...many(count, i => `TIME_WAIT 192.0.2.1:${49_152 + i} 198.51.100.${i % 200}:443 0`));
    expectFinding(rows(8192), 'TW-1', { severity: 'warning', title: /8,192 of 16,384/ });
    expectSilence(rows(8191), 'TW-1');
  });
});
