import assert from 'node:assert/strict';
import { analysed, loop, many, netstat, row, windows } from '../analysis/scene';

/** Partner of each row of the last snapshot. */
function partners(text: string): number[] {
  const { dump, index } = analysed(text);
  const last = dump.snapshots.length - 1;
  const { firstRow, endRow } = dump.snapshots[last] ?? { firstRow: 0, endRow: 0 };
  return many(endRow - firstRow, i => String(index(last).otherEnd(firstRow + i))).map(Number);
}

describe('both ends of connections', () => {
  it('are matched whatever their order and protocol word', () => {
    assert.deepEqual(
      partners(
        netstat(
          row('LISTEN', '0.0.0.0:80', '0.0.0.0:*'),
          row('ESTABLISHED', '192.0.2.1:80', '192.0.2.1:40000'),
          row('ESTABLISHED', '192.0.2.1:40001', '192.0.2.1:80'),
          row('ESTABLISHED', '::ffff:192.0.2.1:40000', '::ffff:192.0.2.1:80', { protocol: 'tcp6' }),
          row('ESTABLISHED', '::1:80', '::1:40000', { protocol: 'tcp6' }),
        ),
      ),
      [-1, 3, -1, 1, -1],
    );
  });

  it('a socket that is connected to itself is its own partner', () => {
    assert.deepEqual(
      partners(netstat(row('ESTABLISHED', '127.0.0.1:5000', '127.0.0.1:5000'))),
      [0],
    );
  });

  it('twins share a partner', () => {
    const a = row('ESTABLISHED', '127.0.0.1:5000', '127.0.0.1:6000');
    const b = row('ESTABLISHED', '127.0.0.1:6000', '127.0.0.1:5000');
    assert.deepEqual(partners(netstat(a, a, b)), [2, 2, 0]);
    assert.deepEqual(partners(netstat(a, b, a, b)), [1, 0, 1, 0]);
  });

  it('work with service names', () => {
    const text = [
      'Active Internet connections (w/o servers)',
      'Proto Recv-Q Send-Q Local Address Foreign Address State',
      'tcp 0 0 localhost:http localhost:40000 ESTABLISHED',
      'tcp 0 0 localhost:40000 localhost:http ESTABLISHED',
      'tcp 0 0 localhost:40000 localhost:https ESTABLISHED',
    ].join('\n');
    assert.deepEqual(partners(text), [1, 0, -1]);
  });

  it('are of one snapshot', () => {
    const a = netstat(row('ESTABLISHED', '127.0.0.1:5000', '127.0.0.1:6000'));
    const b = netstat(row('ESTABLISHED', '127.0.0.1:6000', '127.0.0.1:5000'));
    assert.deepEqual(partners(loop(a, b)), [-1]);
  });

  it('are found among many', () => {
    const count = 3000;
    const rows = [
      ...many(count, i => row('ESTABLISHED', `127.0.0.1:${10_000 + i}`, '127.0.0.1:80')),
      ...many(count, i => row('ESTABLISHED', '127.0.0.1:80', `127.0.0.1:${10_000 + i}`)),
    ];
    const found = partners(netstat(...rows));
    assert.ok(found.every((partner, i) => partner === (i + count) % (2 * count)));
  });
});

describe('the role of an end', () => {
  it('comes from listeners, then from ports', () => {
    const { index } = analysed(
      netstat(
        row('LISTEN', '0.0.0.0:40000', '0.0.0.0:*'),
        row('ESTABLISHED', '192.0.2.1:40000', '198.51.100.1:443'),
        row('ESTABLISHED', '192.0.2.1:50000', '198.51.100.1:443'),
        row('ESTABLISHED', '192.0.2.1:22', '198.51.100.1:51000'),
        row('ESTABLISHED', '192.0.2.1:5001', '198.51.100.1:5001'),
        row('ESTABLISHED', '192.0.2.1:50001', '192.0.2.1:40000'),
      ),
    );
    assert.deepEqual(
      [1, 2, 3, 4, 5].map(i => index(0).roleOf(i)),
      ['server', 'client', 'server', 'unknown', 'client'],
    );
  });

  it('a listener on that very address goes before one on all', () => {
    const { index } = analysed(
      netstat(
        row('LISTEN', '0.0.0.0:80', '0.0.0.0:*'),
        row('LISTEN', '127.0.0.1:80', '0.0.0.0:*'),
        row('ESTABLISHED', '127.0.0.1:80', '127.0.0.1:50000'),
        row('ESTABLISHED', '192.0.2.1:80', '198.51.100.1:50000'),
      ),
    );
    assert.equal(index(0).listenerOf(2), 1);
    assert.equal(index(0).listenerOf(3), 0);
    assert.equal(index(0).listenerAt(2), -1);
  });

  it('comes from other rows where both ports are of one range', () => {
    const rolesOf = (...rows: readonly (readonly [local: number, remote: number])[]): string[] => {
      const { index } = analysed(
        netstat(
          ...rows.map(([local, remote], i) =>
            row('ESTABLISHED', `192.0.2.1:${local}`, `198.51.100.${i}:${remote}`),
          ),
        ),
      );
      return rows.map((_, i) => index(0).roleOf(i));
    };
    // Of one server, the range of a single row tells; of several, what they have in common.
    assert.deepEqual(rolesOf([8080, 50_000], [8080, 20_000]), ['server', 'server']);
    assert.deepEqual(rolesOf([50_000, 8080], [20_000, 8080]), ['client', 'client']);
    const three = [51_000, 52_000, 53_000] as const;
    assert.deepEqual(
      new Set(rolesOf(...three.map(port => [50_051, port] as const))),
      new Set(['server']),
    );
    assert.deepEqual(
      new Set(rolesOf(...three.map(port => [port, 50_051] as const))),
      new Set(['client']),
    );
    // A client's port may be taken again for another destination, and a peer may have a server's.
    assert.deepEqual(rolesOf([51_000, 52_000], [51_000, 53_000]), ['unknown', 'unknown']);
    assert.equal(rolesOf([9092, 50_000], [50_000, 9092], [9092, 9092])[2], 'unknown');
  });

  it('knows the reserved ports that servers ask for, below which only servers are elsewhere', () => {
    const { index } = analysed(
      netstat(
        row('LISTEN', '0.0.0.0:22', '0.0.0.0:*'),
        row('CLOSE_WAIT', '192.0.2.1:700', '198.51.100.1:2049', { owner: '-' }),
        row('ESTABLISHED', '192.0.2.1:2049', '198.51.100.2:876'),
        row('ESTABLISHED', '192.0.2.1:993', '198.51.100.2:3049'),
      ),
    );
    assert.deepEqual(
      [1, 2, 3].map(i => index(0).roleOf(i)),
      ['client', 'server', 'server'],
    );
  });

  it('comes from names of services, which only servers have', () => {
    const { index } = analysed(
      [
        'Active Internet connections (w/o servers)',
        'Proto Recv-Q Send-Q Local Address Foreign Address State',
        'tcp 0 0 app-1:43379 db-1:postgresql CLOSE_WAIT',
        'tcp 0 0 app-1:https client.example:51000 ESTABLISHED',
        'tcp 0 0 app-1:ssh gate:bootps ESTABLISHED',
      ].join('\n'),
    );
    assert.deepEqual(
      [0, 1, 2].map(i => index(0).roleOf(i)),
      ['client', 'server', 'unknown'],
    );
  });

  it('works where nothing is known of the ports', () => {
    const { index } = analysed(windows('BOUND 0.0.0.0:50000 0.0.0.0:0 4'));
    assert.equal(index(0).roleOf(0), 'unknown');
  });
});
