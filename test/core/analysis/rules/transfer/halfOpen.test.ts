import assert from 'node:assert/strict';

import { fileTitle } from '../../../../../src/core/reading/around/fileTitle';
import {
  assertNeverSaid,
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

/** Outputs of hosts, each in a file of its name, at some seconds after 10:00. */
function hosts(
  ...outputs: readonly (readonly [host: string, second: number | null, output: string])[]
): string {
  return outputs
    .map(
      ([host, second, output]) =>
        `${fileTitle(`${host}/netstat.txt`)}\n${second === null ? '' : `Mon Jan  5 10:00:${String(second).padStart(2, '0')} UTC 2026\n`}${output}`,
    )
    .join('\n');
}

const server = row('LISTEN', '192.0.2.9:5432', '0.0.0.0:*', { owner: '88/postgres' });
const ssh = (end: string): string => row('LISTEN', `${end}:22`, '0.0.0.0:*', { owner: '2/sshd' });
const to = (port: number): string =>
  row('ESTABLISHED', `192.0.2.3:${port}`, '192.0.2.9:5432', { owner: '6/java' });
const from = (port: number, address = '192.0.2.3'): string =>
  row('ESTABLISHED', '192.0.2.9:5432', `${address}:${port}`, { owner: '89/postgres' });
const web = (...ports: readonly number[]): string => netstat(ssh('192.0.2.3'), ...ports.map(to));
const db = (...ports: readonly number[]): string =>
  netstat(server, ssh('192.0.2.9'), ...ports.map(port => from(port)));

const listen = row('LISTEN', '127.0.0.1:7101', '0.0.0.0:*', { owner: '5/server' });
const alone = row('ESTABLISHED', '127.0.0.1:48334', '127.0.0.1:7101', { owner: '6/client' });
const third = row('ESTABLISHED', '127.0.0.1:48335', '127.0.0.1:7101', { owner: '6/client' });
const fourth = row('ESTABLISHED', '127.0.0.1:7101', '127.0.0.1:48335', { owner: '5/server' });
const other = row('ESTABLISHED', '127.0.0.1:7101', '127.0.0.1:48334', { owner: '5/server' });

describe('PAIR-3', () => {
  it('sees a connection of this host with one end', () => {
    expectFinding(netstat(listen, alone), 'PAIR-3', { severity: 'info', confidence: 'low' });
    const output = netstat(listen, alone);
    expectHealthy(loop(output, output));
  });

  it('warns where other connections to that listener are whole', () => {
    const output = netstat(listen, alone, third, fourth);
    expectFinding(output, 'PAIR-3', { severity: 'info' });
    expectFinding(loop(output, output), 'PAIR-3', { severity: 'warning', pid: 6, rows: 1 });
  });

  it('is not found of what a full accept queue drops, which is another finding', () => {
    const server = (backlog: number): string =>
      ss(
        `LISTEN 11 ${backlog} 192.0.2.9:443 0.0.0.0:* users:(("web",pid=5,fd=3))`,
        ...many(11, i => `ESTAB 0 0 192.0.2.9:443 192.0.2.3:${40_000 + i}`),
      );
    const client = ss(
      'LISTEN 0 128 192.0.2.3:22 0.0.0.0:* users:(("sshd",pid=2,fd=3))',
      ...many(
        60,
        i => `ESTAB 0 0 192.0.2.3:${40_000 + i} 192.0.2.9:443 users:(("cl",pid=7,fd=${i}))`,
      ),
    );
    const both = (backlog: number): string =>
      hosts(['web', null, server(backlog)], ['cli', null, client]);
    expectSilence(both(10), 'PAIR-3');
    expectFinding(both(10), 'LQ-1', { severity: 'error' });
    expectFinding(both(100), 'PAIR-3', { severity: 'info', pid: 7, rows: 49 });
    const within = (backlog: number): string =>
      ss(
        `LISTEN 3 ${backlog} 127.0.0.1:7101 0.0.0.0:* users:(("server",pid=5,fd=3))`,
        ...many(3, i => `ESTAB 0 0 127.0.0.1:7101 127.0.0.1:${48_000 + i}`),
        ...many(
          5,
          i => `ESTAB 0 0 127.0.0.1:${48_000 + i} 127.0.0.1:7101 users:(("cl",pid=7,fd=${i}))`,
        ),
      );
    expectSilence(within(2), 'PAIR-3');
    expectFinding(within(20), 'PAIR-3', { rows: 2 });
  });

  it('names no program where several have such connections', () => {
    const more = row('ESTABLISHED', '127.0.0.1:48336', '127.0.0.1:7101', { owner: '7/agent' });
    expectFinding(netstat(listen, alone, more), 'PAIR-3', {
      pid: null,
      title: /^More than one process has 2 connections within this host/,
    });
    expectFinding(netstat(listen, alone), 'PAIR-3', { title: /^client \(6\) has 1 connection/ });
  });

  it('leaves to translation what has no whole connection beside it', () => {
    expectFinding(truth('m3.txt'), 'PAIR-3', { severity: 'info', confidence: 'low' });
    assertNeverSaid(truth('m3.txt'), /still alone is half-open\./);
  });

  it('says nothing of a filtered listing', () => {
    const [, ...rest] = netstat(listen, alone).split('\n');
    expectSilence(`$ netstat -antop | grep 7101\n${rest.slice(1).join('\n')}`, 'PAIR-3');
  });

  it('is silent about whole connections and about a socket connected to itself', () => {
    expectSilence(netstat(listen, alone, other), 'PAIR-3');
    const self = row('ESTABLISHED', '127.0.0.1:7101', '127.0.0.1:7101', { owner: '6/client' });
    expectSilence(netstat(listen, self), 'PAIR-3');
  });

  it('is silent about translated ports', () => {
    const redirected = netstat(
      listen,
      row('LISTEN', '127.0.0.1:7102', '0.0.0.0:*', { owner: '5/server' }),
      alone,
      row('ESTABLISHED', '127.0.0.1:7102', '127.0.0.1:48334', { owner: '5/server' }),
    );
    expectSilence(redirected, 'PAIR-3');
  });

  it('is silent where the dump does not have all states, and about other hosts', () => {
    expectSilence(ss('ESTAB 0 0 127.0.0.1:48334 127.0.0.1:7101'), 'PAIR-3');
    const outgoing = row('ESTABLISHED', '192.0.2.1:48334', '198.51.100.1:7101');
    expectSilence(netstat(listen, outgoing), 'PAIR-3');
  });

  describe('between hosts', () => {
    it('warns of what stands while the other host does not list it', () => {
      for (const listed of [db(40_001), db()]) {
        const found = expectFinding(
          hosts(
            ['web', 0, web(40_001, 40_002)],
            ['db', 15, listed],
            ['web', 30, web(40_001, 40_002)],
          ),
          'PAIR-3',
          {
            severity: 'warning',
            confidence: 'medium',
            pid: 6,
            title: /^web: java \(6\) has [12] connections? that db does not list$/,
          },
        );
        assert.equal(found.rows.length, listed === db() ? 2 : 1);
      }
    });

    it('takes the time since something came for a time that a connection has stood', () => {
      const idle = (ms: number): string =>
        ss(
          'LISTEN 0 128 192.0.2.3:22 0.0.0.0:*',
          `ESTAB 0 0 192.0.2.3:40002 192.0.2.9:5432 users:(("java",pid=6,fd=3)) cubic lastsnd:${ms} lastrcv:${ms} lastack:${ms}`,
        );
      expectFinding(hosts(['db', 15, db()], ['web', 30, idle(60_000)]), 'PAIR-3', {
        severity: 'warning',
      });
      expectFinding(hosts(['db', 15, db()], ['web', 30, idle(60)]), 'PAIR-3', { severity: 'info' });
    });

    it('only informs where it may have opened or closed between the listings', () => {
      for (const [first, second] of [
        [null, null],
        [0, 0],
        [15, 20],
        [30, 10],
      ] as const) {
        expectFinding(hosts(['web', first, web(40_001)], ['db', second, db()]), 'PAIR-3', {
          severity: 'info',
          confidence: 'low',
        });
        // Of many, some come and go.
        expectSilence(
          hosts(['web', first, web(40_001, 40_002)], ['db', second, db(40_001)]),
          'PAIR-3',
        );
      }
    });

    it('only informs where containers or a NAT can hide the other ends', () => {
      const scene = (listed: string, here = web(40_001)): string =>
        hosts(['web', 0, here], ['db', 15, listed], ['web', 30, here]);
      expectFinding(scene(db().replace('88/postgres', '88/docker-proxy')), 'PAIR-3', {
        severity: 'info',
      });
      expectFinding(scene(db().replace('88/postgres', '-')), 'PAIR-3', { severity: 'info' });
      expectFinding(scene(netstat(server, from(50_001, '198.51.100.7'))), 'PAIR-3', {
        severity: 'info',
      });
      // Most address translation keeps the ports.
      expectSilence(scene(netstat(server, from(40_001, '198.51.100.7'))), 'PAIR-3');
      // Clients in containers leave from the address of their host.
      const elsewhere = web() + row('ESTABLISHED', '192.0.2.3:22', '198.51.100.7:50000');
      const incoming = netstat(server, from(40_001));
      expectFinding(
        hosts(['db', 0, incoming], ['web', 15, elsewhere], ['db', 30, incoming]),
        'PAIR-3',
        { severity: 'info' },
      );
    });

    describe('of a pool of which the other host lists nothing, seconds later', () => {
      const ports = many(16, i => 40_001 + 7 * i);
      const scene = (listed: string, here = web(...ports), second = 3): string =>
        hosts(['web', 0, here], ['db', second, listed]);
      const strangers = (count: number, portOf: (i: number) => number): string =>
        netstat(server, ...many(count, i => from(portOf(i), '198.51.100.7')));

      it('warns where hardly any other client is there', () => {
        for (const listed of [db(), strangers(1, () => 50_001)]) {
          expectFinding(scene(listed), 'PAIR-3', {
            severity: 'warning',
            confidence: 'medium',
            title: 'web: java (6) has 16 connections that db does not list',
          });
        }
      });

      it('is silent where as many come from a gateway that keeps some of the ports', () => {
        expectSilence(scene(strangers(16, i => ports[i]! + (i % 3 === 0 ? 0 : 1000))), 'PAIR-3');
      });

      it('only informs where a NAT or a proxy can hide them', () => {
        for (const count of [4, 16, 30]) {
          expectFinding(scene(strangers(count, i => 50_000 + i)), 'PAIR-3', { severity: 'info' });
        }
        // A proxy on the client's own host, which connections pass unseen.
        expectFinding(scene(db(50_001, 50_002, 50_003, 50_004)), 'PAIR-3', { severity: 'info' });
      });

      it('only informs of what may be short connections', () => {
        const closed = row('TIME_WAIT', '192.0.2.3:39000', '192.0.2.9:5432');
        expectFinding(scene(db(), web(...ports) + closed), 'PAIR-3', { severity: 'info' });
        const closedThere = row('TIME_WAIT', '192.0.2.9:5432', '192.0.2.3:39000');
        expectFinding(scene(db() + closedThere), 'PAIR-3', { severity: 'info' });
        expectFinding(scene(db(), web(...ports.slice(0, 4))), 'PAIR-3', { severity: 'info' });
        expectFinding(scene(db(), web(...ports), 40), 'PAIR-3', { severity: 'info' });
      });
    });

    it('is silent where the other listing need not show it, or the other end is there', () => {
      const scene = (listed: string): string =>
        hosts(['web', 0, web(40_001)], ['db', 15, listed], ['web', 30, web(40_001)]);
      expectSilence(scene(`$ netstat -antop | grep LISTEN\n${db()}`), 'PAIR-3');
      expectSilence(
        scene(netstat(ssh('192.0.2.9'), row('ESTABLISHED', '192.0.2.9:22', '198.51.100.7:50000'))),
        'PAIR-3',
      );
      expectSilence(scene(db(40_001)), 'PAIR-3');
      expectSilence(scene(db().replace(/\n$/, '\n...\n')), 'PAIR-3');
      // Behind a load balancer, the server sees the client at another address of its own.
      expectSilence(
        scene(
          netstat(
            server,
            row('ESTABLISHED', '192.0.2.10:5433', '192.0.2.3:40001', { owner: '89/x' }),
          ),
        ),
        'PAIR-3',
      );
    });
  });
});
