import assert from 'node:assert/strict';
import { plain } from '../../../../../src/core/wording/text';
import {
  analysed,
  expectFinding,
  expectHealthy,
  expectSilence,
  find,
  loop,
  many,
  netstat,
  row,
  statistics,
} from '../../scene';

const limit = (value: number): string => `net.ipv4.tcp_max_tw_buckets = ${value}\n`;
const sockstat = (tw: number): string =>
  `sockets: used 800\nTCP: inuse 61 orphan 0 tw ${tw} alloc 70 mem 9\n`;
const rows = netstat(
  ...many(1200, i => row('TIME_WAIT', '192.0.2.1:443', `198.51.100.7:${20_000 + i}`)),
);

describe('CT-4 counter-time-wait, with the limit at hand', () => {
  it('says that the limit is reached, whatever counts TIME_WAIT', () => {
    for (const [text, count] of [
      [sockstat(8192) + limit(8192), '8,192'],
      [limit(8192) + sockstat(8150), '8,150'],
      [`TCP:   8301 (estab 41, closed 8200, orphaned 0, timewait 8192)\n${limit(8192)}`, '8,192'],
      [`   8192 TIME_WAIT\n    310 ESTABLISHED\n${limit(8192)}`, '8,192'],
      [`${sockstat(8192)}/proc/sys/net/ipv4/tcp_max_tw_buckets:8192\n`, '8,192'],
      [`${sockstat(8192)}$ cat /proc/sys/net/ipv4/tcp_max_tw_buckets\n8192\n`, '8,192'],
    ] as const) {
      const found = expectFinding(text, 'CT-4', {
        severity: 'warning',
        confidence: 'medium',
        title: `The limit of TIME_WAIT is most likely reached: ${count} of 8,192`,
      });
      assert.deepEqual(
        found.confirm.map(({ command }) => command),
        ['nstat -asz TcpExtTCPTimeWaitOverflow'],
      );
      // Nothing says at the same time that nothing has to be done.
      expectSilence(text, 'CT-25');
    }
    const listed = expectFinding(rows + limit(1200), 'CT-4', { rows: 1200 });
    assert.equal(
      plain(listed.title),
      'The limit of TIME_WAIT is most likely reached: 1,200 of 1,200',
    );
    assert.deepEqual(find(rows + limit(1200), 'TW-2')?.remedy, []);
  });

  it('is silent below the limit: 5,000 of 262,144 are an everyday number', () => {
    for (const text of [
      sockstat(5000) + limit(262_144),
      sockstat(8000) + limit(8192),
      rows + limit(262_144),
      limit(5000),
      sockstat(5000),
      sockstat(0) + limit(0),
    ]) {
      expectSilence(text, 'CT-4');
      expectHealthy(text);
    }
    assert.notEqual(find(sockstat(5000) + limit(262_144), 'CT-25'), undefined);
    const many = find(rows + limit(262_144), 'TW-2');
    assert.ok(!many?.evidence.some(({ text }) => plain(text).includes('tcp_max_tw_buckets')));
    assert.ok(
      find(rows, 'TW-2')?.evidence.some(({ text }) => plain(text).includes('tcp_max_tw_buckets')),
    );
  });

  it('blames no limit for what was refused far below it', () => {
    const before = statistics({ TcpExtTCPTimeWaitOverflow: 4 });
    const after = statistics({ TcpExtTCPTimeWaitOverflow: 35 });
    expectSilence(loop(before, after + sockstat(500) + limit(262_144)), 'CT-4');
    const near = expectFinding(loop(before, after + sockstat(7900) + limit(8192)), 'CT-4', {
      title: 'The limit of TIME_WAIT is most likely reached; connections closed without it: 31',
    });
    assert.ok(near.evidence.some(({ text }) => plain(text).includes('8,192')));
    // No row in TIME_WAIT: the listing may leave them out.
    expectFinding(loop(before, after + netstat() + limit(262_144)), 'CT-4');
    assert.equal(analysed(loop(before, after)).findings[0]?.code, 'CT-4');
  });
});
