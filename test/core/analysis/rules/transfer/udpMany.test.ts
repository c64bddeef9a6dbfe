import { expectFinding, expectSilence, many, netstat } from '../../scene';

const sockets = (count: number, remote = '198.51.100.7:3478'): string =>
  netstat(
    ...many(
      count,
      i => `udp 0 0 192.0.2.1:${20_000 + i} ${remote} ESTABLISHED 7/relay off (0.00/0/0)`,
    ),
  );

describe('UDP-2', () => {
  it('points out very many connected UDP sockets of one program', () => {
    expectFinding(sockets(500), 'UDP-2', {
      severity: 'info',
      pid: 7,
      title: 'relay (7) holds 500 connected UDP sockets, to 198.51.100.7:3478',
    });
  });

  it('is silent about fewer, and about sockets that are not connected', () => {
    expectSilence(sockets(499), 'UDP-2');
    expectSilence(sockets(600, '0.0.0.0:*'), 'UDP-2');
  });
});
