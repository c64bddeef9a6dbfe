import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  assertNeverSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  netstat,
  row,
  ss,
  truth,
} from '../../scene';

const clients = (count: number, host: string): string =>
  netstat(
    row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '1/nginx' }),
    ...many(count, i =>
      row('ESTABLISHED', '192.0.2.1:443', `${host}:${1024 + i}`, { owner: '1/nginx' }),
    ),
  );

describe('HO-1', () => {
  it('points at one address with very many connections', () => {
    expectFinding(clients(101, '203.0.113.50'), 'HO-1', {
      severity: 'info',
      confidence: 'low',
      pid: 1,
      title: '203.0.113.50 holds 101 connections to nginx (1) on port 443',
    });
    expectSilence(clients(100, '203.0.113.50'), 'HO-1');
  });

  it('warns of more than a NAT of a carrier brings', () => {
    expectHealthy(clients(1000, '203.0.113.50'));
    expectFinding(clients(1001, '203.0.113.50'), 'HO-1', { severity: 'warning' });
    expectHealthy(clients(1001, '10.0.0.9'));
  });

  it('promises only what a tool of the system shows', () => {
    expectHealthy(truth('h1.txt'));
    assertNeverSaid(truth('h1.txt'), /lastrcv/);
    const found = expectFinding(clients(101, '203.0.113.50'), 'HO-1');
    assert.equal(found.confirm[0]?.command, 'ss -tanpoi dst 203.0.113.50');
  });

  it('takes private addresses for proxies, and says nothing of this host itself', () => {
    expectFinding(clients(300, '10.0.0.9'), 'HO-1', { severity: 'info' });
    expectSilence(clients(300, '192.0.2.1'), 'HO-1');
  });

  it('warns where one address has all slots while others wait', () => {
    const taken = (host: string, taken: number, queue: string, others = 0): string =>
      ss(
        `LISTEN ${queue} 0.0.0.0:80 0.0.0.0:* users:(("httpd",pid=1,fd=4))`,
        ...many(
          taken,
          i => `ESTAB 0 0 192.0.2.1:80 ${host}:${1024 + i} users:(("httpd",pid=${100 + i},fd=9))`,
        ),
        ...many(
          others,
          i => `ESTAB 0 0 192.0.2.1:80 198.51.100.${i}:4000 users:(("httpd",pid=${900 + i},fd=9))`,
        ),
        ...many(30, i => `ESTAB 120 0 192.0.2.1:80 203.0.113.50:${9000 + i}`),
      );
    for (const queue of ['129 128', '70 128']) {
      const found = expectFinding(taken('203.0.113.50', 50, queue), 'HO-1', {
        severity: 'warning',
        title: '203.0.113.50 holds 80 connections to port 80',
      });
      assert.ok(
        found.evidence.some(({ text }) =>
          /Waiting to be accepted .*: (?:129|70)\./.test(plain(text)),
        ),
      );
    }
    // Not so with an empty queue, from a proxy, beside others, or where little was accepted.
    expectSilence(taken('203.0.113.50', 50, '0 128'), 'HO-1');
    expectSilence(taken('10.0.0.9', 60, '129 128'), 'HO-1');
    expectSilence(taken('203.0.113.50', 50, '129 128', 12), 'HO-1');
    expectSilence(taken('203.0.113.50', 49, '129 128'), 'HO-1');
  });

  it('gives no program what it has not accepted', () => {
    const queue = (recvQ: number): string =>
      netstat(
        row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '1/nginx', recvQ }),
        ...many(120, i =>
          row('ESTABLISHED', '192.0.2.1:443', `10.0.0.9:${1024 + i}`, {
            owner: i < 60 ? '1/nginx' : '-',
          }),
        ),
      );
    expectFinding(queue(60), 'HO-1', { title: '10.0.0.9 holds 120 connections to port 443' });
    // Without a queue they are accepted, and only their process is not shown.
    expectFinding(queue(0), 'HO-1', {
      title: '10.0.0.9 holds 120 connections to nginx (1) on port 443',
    });
  });

  it('names the port alone where no process is shown', () => {
    expectFinding(clients(101, '203.0.113.50').replaceAll('1/nginx', '-'), 'HO-1', {
      title: '203.0.113.50 holds 101 connections to port 443',
    });
  });

  it('is about servers', () => {
    const outgoing = netstat(
      ...many(300, i => row('ESTABLISHED', `192.0.2.1:${40_000 + i}`, '203.0.113.50:443')),
    );
    expectSilence(outgoing, 'HO-1');
  });
});
