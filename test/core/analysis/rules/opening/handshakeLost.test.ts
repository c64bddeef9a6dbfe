import assert from 'node:assert/strict';

import {
  assertNeverSaid,
  everythingSaid,
  expectFinding,
  expectSilence,
  many,
  netstat,
  row,
  ss,
} from '../../scene';

const syn = (i: number, b: number, host = 7): string =>
  row('SYN_RECV', '192.0.2.1:22', `198.51.100.${host}:${1024 + i}`, {
    timer: `on (1.00/${b}/0)`,
  });

describe('SR-2', () => {
  it('blames the way back for one or two remotes', () => {
    expectFinding(netstat(...many(3, i => syn(i, 2))), 'SR-2', {
      severity: 'warning',
      title: /^3 handshakes from 198\.51\.100\.7 on port 22 most likely failed/,
    });
  });

  it('suspects a full accept queue only where the listing does not show an empty one', () => {
    const listens = (recvQ: number, address: string): string =>
      row('LISTEN', `${address}:22`, '0.0.0.0:*', { recvQ, owner: '9/sshd' });
    const rows = many(3, i => syn(i, 2));
    const QUEUE = /full accept queue looks like this/;
    assertNeverSaid(netstat(listens(0, '0.0.0.0'), ...rows), QUEUE);
    for (const listeners of [[], [listens(0, '0.0.0.0'), listens(2, '192.0.2.1')]]) {
      const found = expectFinding(netstat(...listeners, ...rows), 'SR-2');
      assert.match(everythingSaid(found).join(' '), QUEUE);
    }
  });

  it('only informs of a single one, and is silent when it is just late', () => {
    expectFinding(netstat(syn(0, 4)), 'SR-2', {
      severity: 'info',
      confidence: 'low',
      title: '1 handshake from 198.51.100.7 on port 22 may fail: SYN,ACK is repeated',
    });
    expectSilence(netstat(...many(3, i => syn(i, 1))), 'SR-2');
  });

  const lost = (i: number, again: number, from: string): string =>
    row('SYN_RECV', '192.0.2.1:22', `${from}${(i % 6) + 2}:${1024 + i}`, {
      timer: `on (1.00/${again}/0)`,
    });
  const open = (count: number, from: string): string[] =>
    many(count, i => row('ESTABLISHED', '192.0.2.1:22', `${from}${(i % 200) + 1}:${3000 + i}`));

  it('blames the way back to a network, if others do get through', () => {
    const rows = many(18, i => lost(i, 3, '10.20.7.'));
    for (const [from, network] of [
      ['10.20.7.', '10.20.7.0/24'],
      ['::ffff:10.20.7.', '10.20.7.0/24'],
      ['fd00:1:2:3::', 'fd00:1:2:3::/64'],
    ] as const) {
      const text = netstat(...many(18, i => lost(i, 3, from)), ...open(150, '10.30.1.'));
      const found = expectFinding(text, 'SR-2', {
        code: 'SR-2',
        severity: 'warning',
        title: `18 handshakes from ${network} on port 22 most likely failed: SYN,ACK is repeated`,
      });
      assert.match(
        everythingSaid(found).join(' '),
        new RegExp(`150, none of them from ${network}.*and net ${network}'`),
      );
      expectSilence(text, 'SR-1');
      assertNeverSaid(text, /flood/i);
    }
    // A connection from the same network shows that there is a way back.
    const reached = netstat(...rows, ...open(150, '10.30.1.'), ...open(3, '10.20.7.'));
    expectSilence(reached, 'SR-2');
    expectFinding(reached, 'SR-1', { severity: 'warning' });
    // Public addresses are forged as well.
    expectSilence(
      netstat(...many(18, i => lost(i, 3, '198.51.100.')), ...open(150, '10.30.1.')),
      'SR-2',
    );
  });

  it('leaves many remotes to the port', () => {
    expectSilence(netstat(...many(6, i => syn(i, 3, i + 1))), 'SR-2');
  });

  describe('where the client is on another host of the dump', () => {
    const hosts = (client: readonly string[], server: readonly string[]): string =>
      `[root@a ~]# date; netstat -antpo\nMon Jan  5 10:00:00 UTC 2026\n${netstat(...client)}\n` +
      `[root@b ~]# date; netstat -antpo\nMon Jan  5 10:00:02 UTC 2026\n${netstat(...server)}`;
    const client = (state: string, again = 3): string[] =>
      many(12, i =>
        row(state, `198.51.100.7:${1024 + i}`, '192.0.2.1:22', {
          owner: '801/java',
          timer: state === 'SYN_SENT' ? `on (3.00/${again}/0)` : 'off (0.00/0/0)',
        }),
      );
    const server = [
      row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '9/sshd' }),
      ...open(10, '10.30.1.'),
    ];

    it('knows SYN,ACK to be lost, and blames no accept queue', () => {
      const text = hosts(client('SYN_SENT'), [...server, ...many(12, i => syn(i, 3))]);
      expectFinding(text, 'SS-1', {
        severity: 'warning',
        pid: 801,
        title:
          'a: java (801) is getting no answer from 192.0.2.1:22, whose SYN,ACK is most likely lost: 12 in SYN_SENT',
      });
      expectFinding(text, 'SR-2', {
        severity: 'info',
        title: 'SYN,ACK from port 22 is most likely lost on the way: 12 handshakes not finished',
        rows: 12,
      });
      expectSilence(text, 'SR-1');
      assertNeverSaid(text, /full accept queue looks|is accepting|backlog|DEFER|forged/);
    });

    it('knows it of several without counts, where no connection gets through', () => {
      const plainly = (client: readonly string[], server: readonly string[]): string =>
        `[root@a ~]# ss -tanp\n${ss(...client)}\n[root@b ~]# ss -tanp\n${ss(...server)}`;
      const client = many(
        4,
        i => `SYN-SENT 0 1 198.51.100.7:${1024 + i} 192.0.2.1:22 users:(("app",pid=8,fd=${i + 4}))`,
      );
      const server = [
        'LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=9,fd=3))',
        ...many(
          6,
          i => `ESTAB 0 0 192.0.2.1:22 10.30.1.${i + 1}:40000 users:(("sshd",pid=9,fd=4))`,
        ),
        ...many(4, i => `SYN-RECV 0 0 192.0.2.1:22 198.51.100.7:${1024 + i}`),
      ];
      const text = plainly(client, server);
      expectFinding(text, 'SS-1', {
        severity: 'warning',
        title: /whose SYN,ACK is most likely lost: 4 in SYN_SENT$/,
      });
      expectFinding(text, 'SR-2', { severity: 'info', rows: 4 });
      // Of very many that are opened, some are always on their way.
      const busy = plainly(
        [...client, 'ESTAB 0 0 198.51.100.7:2000 192.0.2.1:22 users:(("app",pid=8,fd=3))'],
        [...server, 'ESTAB 0 0 192.0.2.1:22 198.51.100.7:2000 users:(("sshd",pid=9,fd=5))'],
      );
      const few = plainly(client.slice(2), server);
      for (const innocent of [busy, few]) {
        assertNeverSaid(innocent, /SYN,ACK is most likely lost/);
      }
    });

    it('still judges what others have not finished', () => {
      const others = many(12, i => syn(100 + i, 3, 8));
      const text = hosts(client('SYN_SENT'), [...server, ...many(12, i => syn(i, 3)), ...others]);
      expectFinding(text, 'SR-1', { severity: 'warning', rows: 12 });
    });

    it('leaves it open where the client has got its answer, or has just begun', () => {
      const waiting = many(12, i => syn(i, 3));
      for (const rows of [client('ESTABLISHED'), client('SYN_SENT', 0)]) {
        expectFinding(hosts(rows, [...server, ...waiting]), 'SR-1', { severity: 'warning' });
        assertNeverSaid(hosts(rows, [...server, ...waiting]), /SYN,ACK is most likely lost/);
      }
    });
  });
});
