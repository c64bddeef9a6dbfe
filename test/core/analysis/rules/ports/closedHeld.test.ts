import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import { assertNeverSaid, expectFinding, expectSilence, loop, many } from '../../scene';

const sockstat = (count: number): string =>
  [
    'USER     COMMAND    PID   FD  PROTO  LOCAL ADDRESS         FOREIGN ADDRESS       STATE',
    'grey     greylistd  1466  4   tcp4   192.0.2.3:10023       *:*                   LISTEN',
    'grey     greylistd  1466  5   tcp4   192.0.2.3:10023       192.0.2.20:50100      ESTABLISHED',
    ...many(
      count,
      i =>
        `grey     greylistd  1466  ${20 + i}  tcp4   192.0.2.3:10023       192.0.2.20:${10_000 + i}      CLOSED`,
    ),
    '',
  ].join('\n');

const lsof = (count: number, name: string): string =>
  [
    'COMMAND   PID USER   FD   TYPE             DEVICE SIZE/OFF NODE NAME',
    'java    1200 me   9u  IPv4 111      0t0  TCP *:8080 (LISTEN)',
    ...many(count, i => `java    1200 me   ${20 + i}u  sock   0,8  0t0  ${12_345 + i} ${name}`),
    '',
  ].join('\n');

describe('CLD-1', () => {
  it('names who holds sockets without a connection', () => {
    expectFinding(sockstat(50), 'CLD-1', {
      severity: 'warning',
      confidence: 'medium',
      pid: 1466,
      rows: 50,
      title:
        'greylistd (1466) holds 50 sockets in CLOSED: they have no connection, and still take descriptors',
    });
    expectFinding(loop(sockstat(50), sockstat(50)), 'CLD-1', { confidence: 'high' });
    assertNeverSaid(sockstat(50), /ss -K|tcp_tw|net\.ipv4|ulimit/);
  });

  it('asks to run what it shows, and lsof where that is all there is', () => {
    for (const text of [sockstat(50), lsof(50, 'protocol: TCP')]) {
      for (const { text: said, command } of expectFinding(text, 'CLD-1').confirm) {
        assert.equal(plain(said).startsWith('Run this'), command !== null);
      }
    }
  });

  it('is silent about a server that has just closed some', () => {
    expectSilence(sockstat(49), 'CLD-1');
  });

  it('counts what lsof can tell no more of than TCP, or not even that', () => {
    for (const name of ['protocol: TCP', "can't identify protocol"]) {
      expectFinding(lsof(50, name), 'CLD-1', {
        severity: 'warning',
        pid: 1200,
        rows: 50,
        title: /^java \(1200\) holds 50 TCP sockets that have no connection|^java/,
      });
      expectFinding(lsof(49, name), 'CLD-1', { severity: 'info' });
      expectSilence(lsof(9, name), 'CLD-1');
    }
    const container = lsof(60, 'protocol: TCP').replace(/^.*LISTEN.*\n/m, '');
    for (const text of [container, loop(container, container)]) {
      const found = expectFinding(text, 'CLD-1', {
        severity: 'info',
        confidence: 'low',
        title:
          'lsof finds no names for 60 TCP sockets of java (1200): no connection, or another network namespace',
      });
      assert.ok(found.alternatives.some(({ id }) => id.startsWith('lsof knows only the network')));
    }
    // A name is one of this moment, wherever the list stands among others.
    const named = lsof(60, 'protocol: TCP');
    const title = /^java \(1200\) holds 60 TCP sockets/;
    const longer = lsof(200, 'protocol: TCP').replace(/^.*LISTEN.*\n/m, '');
    expectFinding(loop(longer, named), 'CLD-1', { severity: 'warning', title });
    expectFinding(loop(named, container), 'CLD-1', { severity: 'info' });
    expectSilence(lsof(60, 'protocol: UDP'), 'CLD-1');
    expectSilence(lsof(60, 'protocol: NETLINK'), 'CLD-1');
  });
});
