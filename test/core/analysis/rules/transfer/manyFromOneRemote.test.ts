import assert from 'node:assert/strict';

import {
  assertNeverSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  netstat,
  row,
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
