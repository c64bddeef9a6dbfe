import assert from 'node:assert/strict';
import type { Analysis } from '../../../../src/core/analysis/analyze';
import { clockAfter } from '../../../../src/core/analysis/time/clock';
import type { Finding } from '../../../../src/core/analysis/finding';
import { forecast, trendOf } from '../../../../src/core/analysis/time/trend';
import { plain } from '../../../../src/core/wording/text';
import {
  analysed,
  expectFinding,
  expectHealthy,
  expectSilence,
  find,
  netstat,
  row,
} from '../scene';

/** Outputs of one file at seconds after 10:00:00, or without any time. */
function log(outputs: readonly (readonly [seconds: number | null, output: string])[]): string {
  return outputs
    .map(([seconds, output]) => {
      if (seconds === null) {
        return output;
      }
      const time = new Date(Date.UTC(2026, 0, 5, 10, 0, seconds)).toISOString().slice(0, 19);
      return `${time}\n${output}`;
    })
    .join('\n');
}

const listener = row('LISTEN', '0.0.0.0:8443', '0.0.0.0:*', { owner: '4321/orders-api' });

function connection(state: string, port: number, owner = '4321/orders-api'): string {
  return row(state, '192.0.2.1:8443', `192.0.2.7:${port}`, { owner });
}

/** A server of which each snapshot names the ports in CLOSE_WAIT. */
function server(ports: readonly number[], others: readonly string[] = []): string {
  return netstat(listener, ...ports.map(port => connection('CLOSE_WAIT', port)), ...others);
}

function ports(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

function evidence(finding: Finding): string[] {
  return finding.evidence.map(({ text }) => plain(text));
}

describe('a leak of known size', () => {
  // 48 at first, and 5 more each minute, every 60.27 s: 12 snapshots in 11 min 3 s.
  const INTERVAL = 663 / 11;
  const counts = Array.from({ length: 12 }, (_, i) => 48 + 5 * i);
  const text = log(
    counts.map((count, i) => [Math.round(i * INTERVAL), server(ports(40_000, count))] as const),
  );

  it('is told with the number, the time, the rate and when the limit is met', () => {
    const found = expectFinding(text, 'CW-3', {
      code: 'CW-3',
      severity: 'error',
      pid: 4321,
      rows: 103,
      title:
        'orders-api (4321) leaks more and more connections: 48, then 103 in CLOSE_WAIT in 12 snapshots',
    });
    const said = evidence(found);
    assert.ok(
      said.includes('48 connections in CLOSE_WAIT in all 12 snapshots, for at least 11 min 3 s.'),
      said.join('\n'),
    );
    assert.ok(
      said.includes(
        'First seen in snapshot 1 of 12 (2026-01-05 10:00:00), last seen in snapshot 12 (2026-01-05 10:11:03).',
      ),
      said.join('\n'),
    );
    const { growth } = found;
    assert.ok(growth);
    const truth = (5 * 60) / INTERVAL;
    assert.ok(Math.abs(growth.perMinute - truth) < 0.06, String(growth.perMinute));
    assert.ok(growth.low <= growth.perMinute && growth.perMinute <= growth.high);
    assert.equal(growth.limit, 1024);
    // 103 and the listener are used; the rest goes at the true rate.
    const left = ((1024 - 104) * 60) / truth;
    assert.ok(Math.abs((growth.secondsToLimit ?? 0) - left) < left * 0.02);
    const clock = new Date(Date.UTC(2026, 0, 5, 10, 0, 663 + left)).toISOString().slice(11, 15);
    assert.ok(
      said.some(one => one.includes('1,024 descriptors') && one.includes(`about ${clock}`)),
      said.join('\n'),
    );
  });

  it('names the stuck ones apart from the later ones', () => {
    const found = expectFinding(text, 'CW-2', {
      severity: 'error',
      title:
        'orders-api (4321) has not closed 98 connections in CLOSE_WAIT, 48 of them in 12 snapshots, at least 11 min 3 s',
    });
    assert.deepEqual([found.since, found.snapshot], [0, 11]);
  });

  it('is told without rates where the times are missing', () => {
    const untimed = log(counts.map(count => [null, server(ports(40_000, count))] as const));
    const found = expectFinding(untimed, 'CW-3', { severity: 'error' });
    assert.equal(found.growth, null);
    const said = evidence(found);
    assert.ok(said.includes('48 connections in CLOSE_WAIT in all 12 snapshots.'), said.join('\n'));
    assert.ok(said.includes('First seen in snapshot 1 of 12, last seen in snapshot 12.'));
    assert.ok(said.every(one => !/per minute|at least|this rate/.test(one)));
  });

  it('gives no rate for fewer than three timed snapshots', () => {
    const two = log(
      counts.map((count, i) => [i > 9 ? i * 60 : null, server(ports(40_000, count))] as const),
    );
    assert.equal(expectFinding(two, 'CW-3').growth, null);
  });

  it('keeps its rate under the noise of connections that pass', () => {
    const noise = [2, 0, 3, 1, 0, 2, 4, 1, 0, 3, 1, 2];
    const noisy = log(
      counts.map((count, i) => [
        i * 60,
        server([...ports(40_000, count), ...ports(50_000 + 10 * i, noise[i]!)]),
      ]),
    );
    const { growth } = expectFinding(noisy, 'CW-3', { severity: 'error' });
    assert.ok(growth && Math.abs(growth.perMinute - 5) < 0.5, JSON.stringify(growth));
    assert.ok(growth.low < 5 && growth.high > 5 - 0.5);
  });
});

describe('what is no growing leak', () => {
  it('a leak that has stopped: it is said to be over, and nothing is foretold', () => {
    const counts = [10, 15, 20, 25, 30, 30, 30, 30, 30, 30];
    const text = log(counts.map((count, i) => [60 * i, server(ports(40_000, count))] as const));
    const stuck = expectFinding(text, 'CW-2', { severity: 'error', rows: 30 });
    assert.equal(stuck.growth, null);
    assert.equal(
      stuck.merged.some(({ code }) => code === 'CW-3'),
      false,
    );
  });

  it('a leak that the program has mended', () => {
    const counts = [10, 15, 20, 25, 0, 0];
    const text = log(counts.map((count, i) => [120 * i, server(ports(40_000, count))] as const));
    const found = expectFinding(text, 'CW-3', { severity: 'warning' });
    assert.equal(found.snapshot, 3);
    assert.match(plain(found.title), /^Until snapshot 4 of 6: /);
    assert.equal(plain(found.caveats[0]!), 'Seen in snapshot 4 of 6, and gone in the last one.');
    // Nothing is foretold of it, and nothing is to be looked at any more.
    assert.equal(found.growth?.perMinute, 2.5);
    assert.equal(found.growth.secondsToLimit, null);
    assert.doesNotMatch(
      found.evidence.map(({ text: one }) => plain(one)).join('\n'),
      /At this rate/,
    );
    assert.deepEqual(found.confirm, []);
  });

  it('a leak that ended with its process: only that of the next one is foretold', () => {
    const owned = (owner: string) => (count: number) =>
      netstat(
        row('LISTEN', '0.0.0.0:8443', '0.0.0.0:*', { owner }),
        ...ports(40_000, count).map(port => connection('CLOSE_WAIT', port, owner)),
      );
    const counts = [10, 15, 20, 25];
    const outputs = [
      ...counts.map(owned('321/orders-api')),
      ...counts.map(owned('654/orders-api')),
    ];
    const { findings } = analysed(log(outputs.map((output, i) => [120 * i, output] as const)));
    const [now, gone] = findings.filter(({ code }) => code === 'CW-3');
    assert.deepEqual([now?.owner?.pid, gone?.owner?.pid], [654, 321]);
    assert.ok(now?.growth?.secondsToLimit);
    assert.equal(gone?.growth?.secondsToLimit, null);
  });

  it('a busy server whose connections pass through CLOSE_WAIT', () => {
    const busy = [3, 4, 2, 4, 3, 4, 4, 3, 4, 2];
    expectHealthy(
      log(
        busy.map((count, i) => [
          5 * i,
          server(
            ports(40_000 + 100 * i, count),
            ports(20_000 + 37 * i, 90).map(port => connection('ESTABLISHED', port)),
          ),
        ]),
      ),
    );
  });

  it('more connections within seconds', () => {
    const text = log(
      [1, 2, 3].map((count, i) => [i, server(ports(40_000, count))] as [number, string]),
    );
    expectFinding(text, 'CW-3', { severity: 'info' });
    expectFinding(text, 'CW-2', { severity: 'info' });
  });
});

describe('connections in time', () => {
  const two = (first: string, second: string): Analysis =>
    analysed(
      log([
        [0, netstat(first)],
        [60, netstat(second)],
      ]),
    );

  it('are followed through their states', () => {
    const states = [
      'SYN_RECV',
      'ESTABLISHED',
      'ESTABLISHED',
      'CLOSE_WAIT',
      'CLOSE_WAIT',
      'LAST_ACK',
    ];
    const { history, snapshots } = analysed(
      log(states.map((state, i) => [10 * i, netstat(connection(state, 4000))] as const)),
    );
    const rows = snapshots.map(({ snapshot }) => snapshot.firstRow);
    assert.deepEqual(
      rows.map(one => history.run(one)),
      [1, 1, 2, 1, 2, 1],
    );
    assert.ok(history.lasts(rows[5]!, 0));
    assert.equal(history.secondsSeen(rows[4]!, 4), 10);
    assert.equal(history.rowsUpTo(rows[4]!)[0], rows[3]);
  });

  it('are followed across listings that have none of their kind, and by their own snapshots', () => {
    const listener = row('LISTEN', '0.0.0.0:22', '0.0.0.0:*');
    const listing = (...rows: string[]): string => rows.join('\n');
    const kept = connection('CLOSE_WAIT', 4000);
    const { history, snapshots } = analysed(
      log([
        [0, listing(kept, listener)],
        [10, listing(listener)],
        [20, listing(kept)],
        [30, listing(kept, listener)],
      ]),
    );
    const last = snapshots[3]!.snapshot.firstRow;
    assert.deepEqual([history.run(last), history.run(last + 1)], [3, 3]);
    assert.equal(history.secondsSeen(last, 3), 30);
    assert.equal(history.since(last + 1), 0);
    assert.ok(history.lasts(last, 1));
  });

  it('are others where the port was used again', () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
      [connection('CLOSE_WAIT', 4000), connection('ESTABLISHED', 4000), false],
      [connection('TIME_WAIT', 4000, '-'), connection('ESTABLISHED', 4000), false],
      [connection('TIME_WAIT', 4000, '-'), connection('SYN_RECV', 4000, '-'), false],
      [connection('FIN_WAIT2', 4000), connection('CLOSE_WAIT', 4000), false],
      [connection('CLOSE_WAIT', 4000), connection('CLOSE_WAIT', 4000, '77/orders-api'), false],
      [connection('ESTABLISHED', 4000), connection('TIME_WAIT', 4000, '-'), true],
      [connection('FIN_WAIT1', 4000), connection('FIN_WAIT2', 4000, '-'), true],
      [connection('SYN_SENT', 4000), connection('CLOSE_WAIT', 4000), true],
    ];
    for (const [first, second, same] of cases) {
      const { history } = two(first, second);
      assert.equal(history.previous(1), same ? 0 : -1, `${first} / ${second}`);
    }
  });

  it('stay the same with another process, if the inode is the same', () => {
    const head =
      'Proto Recv-Q Send-Q Local Address Foreign Address State User Inode PID/Program name';
    const line = (inode: number, owner: string): string =>
      `${head}\ntcp 1 0 192.0.2.1:8443 192.0.2.7:4000 CLOSE_WAIT 33 ${inode} ${owner}\n`;
    const run = (a: string, b: string): number =>
      analysed(
        log([
          [0, a],
          [60, b],
        ]),
      ).history.run(1);
    assert.equal(run(line(900, '10/master'), line(900, '11/worker')), 2);
    assert.equal(run(line(900, '10/master'), line(901, '10/master')), 1);
    assert.equal(run(line(0, '-'), line(900, '10/master')), 2);
  });

  it('tell their age by their own words', () => {
    const head = 'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process';
    const text = `${head}\nCLOSE-WAIT 1 0 192.0.2.1:80 192.0.2.7:4000 users:(("httpd",pid=5,fd=4))\n\t cubic rto:204 lastsnd:95000 lastrcv:95000 lastack:90500\nTIME-WAIT 0 0 192.0.2.1:80 192.0.2.7:4001 timer:(timewait,45sec,0)\n`;
    const { history } = analysed(text);
    assert.equal(history.secondsAtLeast(0, 0), 90.5);
    assert.equal(history.secondsAtLeast(1, 0), 15);
    const found = find(text, 'CW-1');
    assert.ok(
      found !== undefined &&
        evidence(found).some(one => one.startsWith('1 connection in CLOSE_WAIT for at least 90 s')),
    );
  });

  it('are not followed from one host to the next', () => {
    const prompt = (host: string): string => `user@${host}:~$ netstat -antop\n`;
    const output = server(ports(40_000, 6));
    const text = `${prompt('a')}${output}${prompt('b')}${output}${prompt('a')}${output}`;
    const { history, hosts, findings } = analysed(text);
    assert.deepEqual(
      hosts.list.map(({ name, snapshots }) => [name, snapshots]),
      [
        ['a', [0, 2]],
        ['b', [1]],
      ],
    );
    assert.deepEqual([history.run(1), history.run(8), history.run(15)], [1, 1, 2]);
    assert.deepEqual(findings.map(({ host }) => host).sort(), ['a', 'b']);
  });
});

describe('half-closed connections and queues in time', () => {
  it('tell how long', () => {
    const half = netstat(
      row('FIN_WAIT2', '192.0.2.1:45000', '198.51.100.7:443', { owner: '9/node' }),
    );
    const found = expectFinding(
      log([
        [0, half],
        [300, half],
        [725, half],
      ]),
      'F2-2',
      {
        severity: 'warning',
      },
    );
    assert.ok(evidence(found).includes('In FIN_WAIT_2 for at least 12 min 5 s.'));
  });

  it('tell how an accept queue fills', () => {
    const head = 'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process';
    const output = (waiting: number): string =>
      `${head}\nLISTEN ${waiting} 128 0.0.0.0:80 0.0.0.0:* users:(("httpd",pid=5,fd=4))\n`;
    const found = expectFinding(
      log([10, 30, 50, 70].map((waiting, i) => [60 * i, output(waiting)] as [number, string])),
      'LQ-1',
      { severity: 'warning' },
    );
    assert.deepEqual(found.growth, {
      perMinute: 20,
      low: 20,
      high: 20,
      seconds: 180,
      snapshots: 4,
      limit: 129,
      secondsToLimit: 177,
    });
    assert.ok(
      evidence(found).includes(
        'At this rate, the queue exceeds its backlog of 128 at about 10:05, 2 min 57 s after the last snapshot.',
      ),
      evidence(found).join('\n'),
    );
  });

  it('tell how a receive queue grows', () => {
    const output = (bytes: number): string =>
      netstat(
        row('ESTABLISHED', '192.0.2.1:80', '192.0.2.7:4000', { owner: '5/httpd', recvQ: bytes }),
      );
    const found = expectFinding(
      log([1000, 4000, 7000].map((n, i) => [60 * i, output(n)] as [number, string])),
      'RQ-1',
    );
    assert.ok(evidence(found).includes('Growing by 3,000 bytes per minute, measured over 2 min.'));
    expectSilence(log([[0, output(0)]]), 'RQ-1');
  });

  it('tell when the ports of a destination are used up', () => {
    const output = (count: number): string =>
      netstat(
        ...ports(32_768, count).map(port =>
          row('TIME_WAIT', `192.0.2.1:${port}`, '198.51.100.5:443'),
        ),
      );
    const found = expectFinding(
      log([12_000, 14_000, 16_000].map((n, i) => [60 * i, output(n)] as [number, string])),
      'TW-1',
      { severity: 'warning' },
    );
    assert.equal(found.growth?.perMinute, 2000);
    // 28,232 ports, of which 16,000 are used.
    assert.equal(found.growth.secondsToLimit, Math.round((12_232 * 60) / 2000));
  });
});

describe('trends', () => {
  it('are the median slope, whatever single points say', () => {
    const points = [0, 5, 10, 500, 20, 25, 30].map((value, i) => ({ seconds: 60 * i, value }));
    assert.equal(trendOf(points)?.perMinute, 5);
  });

  it('need three times', () => {
    assert.equal(trendOf([]), null);
    const at = (seconds: number | null, value: number) => ({ seconds, value });
    assert.equal(trendOf([at(0, 1), at(60, 2), at(null, 3)]), null);
    assert.equal(trendOf([at(0, 1), at(60, 2), at(60, 3)]), null);
    assert.equal(trendOf([at(0, 1), at(60, 2), at(120, 3)])?.perMinute, 1);
  });

  it('are thinned out where there are thousands', () => {
    const points = Array.from({ length: 10_000 }, (_, i) => ({ seconds: i, value: i / 60 }));
    const trend = trendOf(points);
    assert.equal(Math.round((trend?.perMinute ?? 0) * 1000), 1000);
    // The work is the square of the points that are left.
    assert.ok(trend && trend.points <= 200, String(trend?.points));
  });

  it('foretell only what grows and is not yet reached', () => {
    const trend = { perMinute: 6, low: 3, high: 12, seconds: 60, points: 3 };
    assert.deepEqual(forecast(trend, 40, 100), { seconds: 600, soonest: 300, latest: 1200 });
    assert.equal(forecast(trend, 100, 100), null);
    assert.equal(forecast({ ...trend, perMinute: 0 }, 1, 100), null);
    assert.equal(forecast({ ...trend, low: 0 }, 40, 100)?.latest, null);
  });

  it('know the clock of the dump', () => {
    assert.equal(clockAfter('2026-01-05T10:00:00', 4 * 3600 + 20 * 60), '14:20');
    assert.equal(clockAfter('2026-01-05T23:50:00+02:00', 1200), '2026-01-06 00:10');
    assert.equal(clockAfter('2026-01-05T10:00', 60), '10:01');
    assert.equal(clockAfter('yesterday', 60), null);
    assert.equal(clockAfter('2026-01-05T10:00:00', 1e12), null);
  });
});
