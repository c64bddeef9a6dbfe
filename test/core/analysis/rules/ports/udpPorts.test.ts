import assert from 'node:assert/strict';

import {
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  netstat,
  row,
} from '../../scene';

const FIRST = 49_152;
const HEADER = [
  '',
  'Active Connections',
  '',
  '  Proto  Local Address          Foreign Address        State           PID',
  '  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1012',
  '  [svchost.exe]',
];
const sockets = (count: number, program: string, address = '0.0.0.0'): string[] =>
  many(count, i => [
    `  UDP    ${address}:${FIRST + i}          *:*                                    7788`,
    `  [${program}]`,
  ]).flat();
const dump = (...rows: readonly string[]): string => [...HEADER, ...rows, ''].join('\r\n');

describe('UDP-4', () => {
  it('names the program that holds most of the UDP ports of Windows', () => {
    expectFinding(dump(...sockets(14_200, 'AcmeAgent.exe')), 'UDP-4', {
      severity: 'error',
      pid: 7788,
      title: 'AcmeAgent.exe (7788) holds 14,200 of the 16,384 UDP ports that the system gives out',
    });
    expectFinding(dump(...sockets(8192, 'AcmeAgent.exe')), 'UDP-4', { severity: 'warning' });
  });

  it('counts ports, not sockets', () => {
    const both = ['0.0.0.0', '[::]'].flatMap(address => sockets(5000, 'AcmeAgent.exe', address));
    expectSilence(dump(...both), 'UDP-4');
  });

  it('knows that DNS servers of Windows hold thousands on purpose', () => {
    const pool = dump(...sockets(2500, 'dns.exe'));
    expectSilence(pool, 'UDP-4');
    // The largest pool that can be set.
    const largest = dump(...sockets(10_000, 'dns.exe'));
    expectFinding(largest, 'UDP-4', { severity: 'info' });
    expectHealthy(pool);
  });

  it('counts the ports of the range that the dump shows', () => {
    const held = netstat(
      ...many(20_000, i =>
        row('', `0.0.0.0:${32_768 + i}`, '0.0.0.0:*', { protocol: 'udp', owner: '7/agent' }),
      ),
    );
    const found = expectFinding(held, 'UDP-4', { severity: 'warning' });
    assert.match(everythingSaid(found).join('\n'), /assumes the default port range/);
    const shown = (from: number, to: number): string =>
      `net.ipv4.ip_local_port_range = ${from}\t${to}\n${held}`;
    expectSilence(shown(1024, 65_535), 'UDP-4');
    const few = expectFinding(shown(32_768, 52_767), 'UDP-4', {
      severity: 'error',
      title: 'agent (7) holds 20,000 of the 20,000 UDP ports that the system gives out',
    });
    assert.doesNotMatch(everythingSaid(few).join('\n'), /assumes the default port range/);
  });

  it('is silent about fewer, and where other ports are held', () => {
    expectSilence(dump(...sockets(8000, 'AcmeAgent.exe')), 'UDP-4');
    const media = many(
      9000,
      i => `  UDP    0.0.0.0:${20_000 + i}          *:*                                    7788`,
    );
    expectSilence(dump(...media), 'UDP-4');
  });
});
