import { expectFinding, expectSilence, loop, many, netstat, row, truth } from '../../scene';

const idle = (count: number, timer = 'off (0.00/0/0)', host = '198.51.100.7'): string =>
  netstat(
    ...many(count, i =>
      row('ESTABLISHED', `192.0.2.1:${50_000 + i}`, `${host}:5432`, { owner: '3/java', timer }),
    ),
    row('ESTABLISHED', '127.0.0.1:1', '127.0.0.1:2', { timer: 'keepalive (9.00/0/0)' }),
  );

describe('KA-1', () => {
  it('informs of lasting connections without keepalive', () => {
    expectFinding(loop(idle(10), idle(10), idle(10)), 'KA-1', {
      severity: 'info',
      pid: 3,
      rows: 10,
    });
    expectSilence(loop(idle(9), idle(9), idle(9)), 'KA-1');
  });

  it('counts the time through listings that cannot show connections', () => {
    const listeners = netstat(
      row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '1/sshd' }),
    ).replace('servers and established', 'only servers');
    expectFinding(loop(idle(10), listeners, idle(10)), 'KA-1', { rows: 10 });
    expectSilence(loop(listeners, idle(10), idle(10)), 'KA-1');
  });

  it('calls none lasting that was seen for seconds', () => {
    expectSilence(truth('k1.txt'), 'KA-1');
    expectSilence(loop(idle(10), idle(10)), 'KA-1');
    expectSilence(idle(10), 'KA-1');
  });

  it('is silent with keepalive and within the host', () => {
    const kept = idle(12, 'keepalive (600.00/0/0)');
    expectSilence(loop(kept, kept, kept), 'KA-1');
    const local = idle(12, 'off (0.00/0/0)', '127.0.0.1');
    expectSilence(loop(local, local, local), 'KA-1');
  });
});
