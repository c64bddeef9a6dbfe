import assert from 'node:assert/strict';

import { plain } from '../../../../src/core/wording/text';
import { assertNeverSaid, expectFinding, many, netstat, row, ss } from '../scene';

const WAITS = /^The same program is waiting for 10\.0\.6\.12:5432, which does not answer: /;

const evidenceOf = (...[text, code]: Parameters<typeof expectFinding>): string[] =>
  expectFinding(text, code).evidence.map(({ text: said }) => plain(said));

const asks = (count: number, again: number, owner = '44/java', remote = '10.0.6.12'): string[] =>
  many(count, i =>
    row('SYN_SENT', `10.0.0.5:${45_000 + i}`, `${remote}:5432`, {
      sendQ: 1,
      owner,
      timer: `on (1.00/${again}/0)`,
    }),
  );
const answered = (count: number, remote: string): string[] =>
  many(count, i =>
    row('ESTABLISHED', `10.0.0.5:${46_000 + i}`, `${remote}:5432`, { owner: '44/java' }),
  );
const resent = row('ESTABLISHED', '10.0.0.5:47000', '10.0.6.12:5432', {
  sendQ: 90,
  owner: '44/java',
  timer: 'on (9.00/6/0)',
});

describe('a program that hangs, and waits for a service that does not answer', () => {
  const clients = many(25, i =>
    row('ESTABLISHED', '10.0.0.5:8080', `10.0.2.${i + 1}:40000`, { recvQ: 300, owner: '44/java' }),
  );
  const listener = row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { owner: '44/java' });
  const unread = (...rows: string[]): string => netstat(listener, ...clients, ...rows);

  it('is told why most likely', () => {
    for (const rows of [
      asks(1, 3),
      asks(4, 2),
      [resent],
      [...asks(3, 2), ...answered(2, '10.0.6.12')],
    ]) {
      const text = unread(...rows);
      assert.match(evidenceOf(text, 'RQ-1').join('\n'), new RegExp(WAITS, 'm'));
    }
    const both = ss(
      'LISTEN 101 100 *:8080 *:* users:(("java",pid=44,fd=9))',
      ...many(
        9,
        i =>
          `CLOSE-WAIT 600 0 10.0.0.5:8080 10.0.2.7:${40_000 + i} users:(("java",pid=44,fd=2${i}))`,
      ),
      ...many(
        3,
        i => `SYN-SENT 0 1 10.0.0.5:${45_000 + i} 10.0.6.12:5432 users:(("java",pid=44,fd=3${i}))`,
      ),
    );
    assert.match(evidenceOf(both, 'LQ-1')[0]!, WAITS);
    expectFinding(both, 'SS-1');
  });

  it('is not where that is just begun, of another process, one of several services, or mostly answered', () => {
    for (const rows of [
      asks(4, 0),
      asks(4, 3, '45/cron'),
      [...asks(1, 3), ...answered(8, '10.0.6.13')],
      [...asks(3, 3), ...answered(8, '10.0.6.12')],
      [],
    ]) {
      expectFinding(unread(...rows), 'RQ-1', { severity: 'warning' });
      assertNeverSaid(unread(...rows), /same program is waiting/);
    }
    // A relay goes on without one of its servers.
    const relay = unread(...asks(4, 3)).replaceAll('java', 'haproxy');
    assertNeverSaid(relay, /same program is waiting/);
  });
});

describe('a group of processes that share a listener', () => {
  const group = (waiting: number): string =>
    ss(
      'LISTEN 101 100 *:8080 *:* users:(("app",pid=1,fd=9),("app",pid=2,fd=9),("app",pid=3,fd=9),("app",pid=4,fd=9))',
      ...many(
        waiting,
        i =>
          `SYN-SENT 0 1 10.0.0.5:${45_000 + i} 10.0.6.12:5432 users:(("app",pid=${i + 2},fd=5)) timer:(on,3sec,3)`,
      ),
    );

  it('is told why where most wait', () => {
    assert.match(evidenceOf(group(3), 'LQ-1')[0]!, WAITS);
    assertNeverSaid(group(1), /same program is waiting/);
  });
});
