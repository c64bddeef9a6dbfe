import { expectFinding, expectSilence, loop, netstat, row } from '../../scene';

const held = (port: number, parts = {}): string =>
  row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${port}`, { owner: '4321/java', ...parts });

describe('CW-2', () => {
  it('warns of two snapshots and makes an error of three', () => {
    const output = netstat(held(40_000), held(40_001));
    expectFinding(loop(output, output), 'CW-2', { severity: 'warning', pid: 4321, rows: 2 });
    expectFinding(loop(output, output, output), 'CW-2', {
      severity: 'error',
      confidence: 'high',
      title: 'java (4321) has not closed 2 CLOSE_WAIT in 3 snapshots, for at least 60 s',
    });
  });

  it('needs the same connection', () => {
    expectSilence(loop(netstat(held(40_000)), netstat(held(40_001))), 'CW-2');
    expectSilence(netstat(held(40_000)), 'CW-2');
  });

  it('takes another process on the same port for another connection', () => {
    expectSilence(loop(netstat(held(40_000)), netstat(held(40_000, { owner: '77/java' }))), 'CW-2');
  });

  it('leaves out who is still sending, and doubts where the peer still holds its end', () => {
    const sending = netstat(held(40_000, { sendQ: 9000, timer: 'on (0.20/0/0)' }));
    expectSilence(loop(sending, sending, sending), 'CW-2');
    const half = netstat(
      held(40_000),
      row('FIN_WAIT2', '192.0.2.7:40000', '192.0.2.1:9443', { owner: '88/rsync' }),
    );
    expectFinding(loop(half, half, half), 'CW-2', { severity: 'warning', confidence: 'low' });
  });
});
