import {
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  netstat,
  row,
  ss,
  truth,
} from '../../scene';

const OFF = 'off (0.00/0/0)';

const sessions = (count: number, others: number, timer = OFF): string =>
  netstat(
    row('LISTEN', '0.0.0.0:5514', '0.0.0.0:*', { owner: '1290/fleetd' }),
    ...many(count, i =>
      row('ESTABLISHED', '192.0.2.1:5514', `203.0.113.88:${40_000 + i}`, {
        owner: '1290/fleetd',
        timer,
      }),
    ),
    ...many(others, i =>
      row('ESTABLISHED', '192.0.2.1:5514', `198.51.100.${i}:50000`, { owner: '1290/fleetd' }),
    ),
  );

describe('KA-3', () => {
  it('names who left sessions without keepalive, also where the listener is filtered out', () => {
    expectFinding(truth('sessions-of-one-peer.netstat.txt'), 'KA-3', {
      severity: 'info',
      confidence: 'low',
      pid: 1290,
      title: '203.0.113.88 has 24 idle sessions with fleetd (1290) on port 5514: most may be dead',
    });
    expectHealthy(truth('sessions-of-one-peer.netstat.txt'));
    expectFinding(sessions(10, 3), 'KA-3', { severity: 'info' });
  });

  it('names the port alone where no process is shown', () => {
    expectFinding(sessions(10, 3).replaceAll('1290/fleetd', '-'), 'KA-3', {
      title: '203.0.113.88 has 10 idle sessions with port 5514: most may be dead',
    });
  });

  it('is silent below the threshold and with keepalive', () => {
    expectSilence(sessions(9, 3), 'KA-3');
    expectSilence(sessions(24, 3, 'keepalive (3000.00/0/0)'), 'KA-3');
  });

  it('is silent where no other client shows how many sessions one has', () => {
    expectSilence(sessions(24, 2), 'KA-3');
  });

  it('is silent about pools, of which every client has many', () => {
    const pools = netstat(
      row('LISTEN', '0.0.0.0:5432', '0.0.0.0:*', { owner: '5/postgres' }),
      ...many(80, i =>
        row('ESTABLISHED', '192.0.2.1:5432', `198.51.100.${i % 4}:${40_000 + i}`, {
          owner: '5/postgres',
        }),
      ),
    );
    expectSilence(pools, 'KA-3');
  });

  /** Sessions with the milliseconds since data and an ACK came on each. */
  const silent = (
    count: number,
    lastReceived: number,
    lastAck = lastReceived,
    timer = '',
  ): string =>
    ss(
      'LISTEN 0 128 0.0.0.0:5222 0.0.0.0:* users:(("prosody",pid=9,fd=3))',
      ...many(
        count,
        i =>
          `ESTAB 0 0 192.0.2.1:5222 198.51.100.${i}:40000 users:(("prosody",pid=9,fd=${i + 9}))${timer}\n\t cubic rto:204 lastsnd:${lastReceived} lastrcv:${lastReceived} lastack:${lastAck}`,
      ),
    );
  const DAYS = 180_000_000;

  it('points out sessions that have been silent for days, of whatever clients', () => {
    expectFinding(silent(12, DAYS), 'KA-3', {
      severity: 'info',
      confidence: 'low',
      pid: 9,
      rows: 12,
      title: 'prosody (9) has sessions on port 5222 that may be dead: 12 silent for at least 50 h',
    });
    expectFinding(silent(12, DAYS).replaceAll(/ users:\S+/g, ''), 'KA-3', {
      title: 'Port 5222 has sessions that may be dead: 12 silent for at least 50 h',
    });
  });

  it('takes a few hours for an idle pool, and an ACK or data for a client that is there', () => {
    expectSilence(silent(9, DAYS), 'KA-3');
    expectSilence(silent(12, 30_000_000), 'KA-3');
    expectSilence(silent(12, DAYS, 60_000), 'KA-3');
    // A receiver of logs never sends anything that could be acknowledged.
    expectSilence(silent(12, 60_000, DAYS), 'KA-3');
    expectSilence(silent(12, DAYS, DAYS, ' timer:(keepalive,65min,0)'), 'KA-3');
  });
});
