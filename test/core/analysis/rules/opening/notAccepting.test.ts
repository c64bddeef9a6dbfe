import { expectFinding, expectSilence, loop, netstat, row } from '../../scene';

const listen = (recvQ: number): string =>
  row('LISTEN', '192.0.2.1:7070', '0.0.0.0:*', { recvQ, owner: '26231/python3' });
const waiting = (port: number): string =>
  row('CLOSE_WAIT', '192.0.2.1:7070', `192.0.2.9:${port}`, { recvQ: 5 });

describe('CW-5', () => {
  it('says that accept() is missing, not close()', () => {
    expectFinding(netstat(listen(3), waiting(1), waiting(2), waiting(3)), 'CW-5', {
      code: 'CW-5',
      severity: 'warning',
      pid: 26231,
      title:
        'python3 (26231) does not accept() fast enough on 192.0.2.1:7070: 3 connections in the queue, already closed by 192.0.2.9',
    });
  });

  it('needs two snapshots for an error', () => {
    const output = netstat(listen(2), waiting(1), waiting(2));
    expectFinding(loop(output, output), 'CW-5', {
      severity: 'error',
      confidence: 'high',
      title: /^python3 \(26231\) does not accept\(\) on/,
    });
  });

  it('concludes nothing without a queue, or without the rights to see programs', () => {
    expectSilence(netstat(listen(0), waiting(1)), 'CW-5');
    expectSilence(
      netstat(row('LISTEN', '192.0.2.1:7070', '0.0.0.0:*', { recvQ: 1 }), waiting(1)),
      'CW-5',
    );
  });

  it('is not counted as a leak', () => {
    expectSilence(netstat(listen(3), waiting(1), waiting(2), waiting(3)), 'CW-1');
  });
});
