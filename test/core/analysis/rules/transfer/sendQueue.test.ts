import assert from 'node:assert/strict';

import {
  assertNeverSaid,
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  ss,
  truth,
} from '../../scene';

const sending = (sendQ: number, timer: string): string =>
  netstat(
    row('ESTABLISHED', '192.0.2.1:50000', '198.51.100.7:9001', { sendQ, timer, owner: '3/app' }),
  );

describe('SQ-1', () => {
  it('says for how long nothing was taken where the probe timer is long', () => {
    expectFinding(sending(70_000, 'probe (22.40/0/0)'), 'SQ-1', {
      severity: 'warning',
      confidence: 'high',
      title:
        'app (3) cannot send 70,000 bytes: not taken by 198.51.100.7:9001 for about 22 s or longer',
    });
    assertNeverSaid(sending(70_000, 'probe (22.40/0/0)'), /recv\(\)|does not read/);
  });

  it('leaves open a reader that is only slow where it is short, however much waits', () => {
    expectHealthy(sending(900, 'probe (0.20/0/0)'));
    expectHealthy(sending(3_858_432, 'probe (0.22/0/0)'));
    expectHealthy(sending(70_000, 'probe (0.90/0/1)'));
    expectFinding(sending(900, 'probe (0.20/0/2)'), 'SQ-1', { severity: 'warning' });
    const short = sending(900, 'probe (0.20/0/0)');
    expectFinding(loop(short, short), 'SQ-1', { severity: 'warning' });
  });

  it('says since when just as much waits, through listings that cannot show it', () => {
    const listeners = netstat(
      row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '1/sshd' }),
    ).replace('servers and established', 'only servers');
    // Without timers.
    const waiting = ss(
      'ESTAB 0 70000 192.0.2.1:50000 198.51.100.7:9001 users:(("app",pid=3,fd=4))',
    );
    const dump = loop(waiting, listeners, waiting, waiting);
    const finding = expectFinding(dump, 'SQ-1');
    assert.ok(
      everythingSaid(finding).includes(
        'The same number of bytes in 3 snapshots, for at least 90 s.',
      ),
      everythingSaid(finding).join('\n'),
    );
  });

  it('tells a peer that does not answer by its retransmissions', () => {
    expectFinding(sending(900, 'on (1.50/3/0)'), 'SQ-1', {
      severity: 'warning',
      title: /^app \(3\) cannot send 900 bytes: no acknowledgment from/,
    });
  });

  it('does not say that data cannot be sent which was sent again once', () => {
    const busy = (again: number): string =>
      netstat(
        ...many(15, i =>
          row('ESTABLISHED', '192.0.2.1:443', `198.51.100.${i + 1}:${50_000 + i}`, {
            sendQ: 20_000,
            timer: `on (0.40/${again}/0)`,
          }),
        ),
      );
    assertNeverSaid(busy(1), /cannot send|does not answer/);
    expectFinding(busy(1), 'SQ-1', { severity: 'info', title: /not yet acknowledged by/ });
    expectFinding(busy(2), 'SQ-1', { title: /cannot send/ });
  });

  it('takes much data with a quiet timer for an upload', () => {
    expectHealthy(sending(4_000_000, 'on (0.20/0/0)'));
    expectSilence(sending(65_535, 'on (0.20/0/0)'), 'SQ-1');
  });

  it('takes a FIN that waits for the window for no data, whoever holds the socket', () => {
    for (const state of ['FIN_WAIT1', 'LAST_ACK', 'CLOSING']) {
      const closed = (sendQ: number, owner = '-'): string =>
        netstat(
          row('ESTABLISHED', '192.0.2.1:50001', '198.51.100.8:9001', { owner: '3/app' }),
          row(state, '192.0.2.1:50000', '198.51.100.7:9001', {
            sendQ,
            owner,
            timer: 'probe (22.40/0/3)',
          }),
        );
      expectSilence(closed(1), 'SQ-1');
      expectSilence(closed(1, '3/app'), 'SQ-1');
      expectHealthy(closed(1));
      // What was written before it is data, and no program waits for it any more.
      expectFinding(closed(20_001), 'SQ-1', {
        severity: 'info',
        title:
          'The last 20,000 bytes of 1 connection closed here: not taken by 198.51.100.7:9001 for about 22 s or longer',
      });
      assertNeverSaid(closed(20_001), /write timeout|program cannot|TCP_USER_TIMEOUT/);
      const short = closed(20_001).replace('22.40/0/3', '0.20/0/0');
      expectFinding(short, 'SQ-1', {
        severity: 'info',
        title:
          'Not yet taken by 198.51.100.7:9001, whose window is closed: the last 20,000 bytes of 1 connection closed here',
      });
    }
    // One byte of a connection that is open is data.
    expectFinding(sending(1, 'probe (22.40/0/3)'), 'SQ-1', {
      severity: 'warning',
      title: /^app \(3\) cannot send 1 byte:/,
    });
  });

  it('does not say of one snapshot that something grows', () => {
    assertNeverSaid(truth('k6.txt'), /count grows/);
  });

  it('takes what a session has just sent for no trouble, though it is always as much', () => {
    const output = sending(36, 'on (0.20/0/0)');
    expectHealthy(loop(output, output, output));
  });

  it('says that timers are missing, and trusts much in a second snapshot', () => {
    const output = ss('ESTAB 0 65536 192.0.2.1:50000 198.51.100.7:9001');
    expectFinding(output, 'SQ-1', { severity: 'info', confidence: 'low' });
    expectFinding(loop(output, output), 'SQ-1', { severity: 'warning', confidence: 'low' });
    const little = ss('ESTAB 0 512 192.0.2.1:50000 198.51.100.7:9001');
    expectSilence(little, 'SQ-1');
    expectHealthy(loop(little, little));
  });

  it('goes by what was acknowledged meanwhile, where the listing counts it', () => {
    const dump = (acked: number, timer: string): string =>
      ss(
        `ESTAB 0 2170000 192.0.2.1:5432 198.51.100.3:50310 users:(("app",pid=3,fd=9)) timer:(${timer},150ms,0)`,
        `\t cubic wscale:7,7 bytes_sent:81234300000 bytes_acked:${acked} lastsnd:40 lastack:20`,
      );
    for (const timer of ['persist', 'on']) {
      expectHealthy(loop(dump(8e10, timer), dump(8e10 + 2e8, timer)));
    }
    expectFinding(loop(dump(8e10, 'persist'), dump(8e10, 'persist')), 'SQ-1', {
      severity: 'warning',
      confidence: 'high',
    });
  });

  it('says what held it up where the listing shows that, and asks for no such look', () => {
    const upload = (details: string): string =>
      ss(
        'ESTAB 0 900000 192.0.2.1:50000 198.51.100.7:9001 users:(("app",pid=3,fd=4)) timer:(on,204ms,0)',
        `\t cubic wscale:7,7 rto:204 busy:90000ms ${details}unacked:60`,
      );
    const said = (details: string): string =>
      everythingSaid(expectFinding(upload(details), 'SQ-1', { severity: 'info' })).join('\n');
    const closed = said('rwnd_limited:88000ms(97.8%) sndbuf_limited:90ms(0.1%) ');
    assert.match(closed, /window of the peer was the limit .*: 97%/);
    assert.doesNotMatch(closed, /sndbuf_limited|Look at retransmissions/);
    const buffer = said('sndbuf_limited:45000ms(50.0%) ');
    assert.match(buffer, /this host's send buffer was the limit .*: 50%/);
    // Neither was the limit: the path or its congestion window was, or all is well.
    assert.doesNotMatch(said('rwnd_limited:900ms(1.0%) '), /was the limit/);
    assert.doesNotMatch(said(''), /was the limit/);
    assert.match(said(''), /Look at retransmissions/);
    // A share that was cut off is none.
    assert.doesNotMatch(said('rwnd_limited:88000ms(9 '), /was the limit/);
  });

  it('names on macOS a command that shows queues', () => {
    const found = expectFinding(truth('g7b.txt'), 'SQ-1', { severity: 'warning' });
    assert.deepEqual(
      found.confirm.map(({ command }) => command),
      ['netstat -an | grep -F 10.0.0.9'],
    );
    assertNeverSaid(truth('g7b.txt'), /TCP_USER_TIMEOUT|retransmissions, window/);
  });
});
