import assert from 'node:assert/strict';

import { analysed, expectFinding, expectSilence, loop, many, netstat, row } from '../../scene';

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
        'python3 (26231) is most likely not accepting on 192.0.2.1:7070: 3 connections closed while in the queue',
    });
  });

  it('needs two snapshots for an error', () => {
    const output = netstat(listen(3), waiting(1), waiting(2), waiting(3));
    expectFinding(loop(output, output), 'CW-5', {
      severity: 'error',
      confidence: 'high',
      title: /^python3 \(26231\) is not accepting on/,
    });
  });

  it('concludes nothing without a queue, or without the rights to see programs', () => {
    expectSilence(netstat(listen(0), waiting(1)), 'CW-5');
    expectSilence(
      netstat(row('LISTEN', '192.0.2.1:7070', '0.0.0.0:*', { recvQ: 1 }), waiting(1)),
      'CW-5',
    );
  });

  it('is information of one or two, as of a health check', () => {
    expectFinding(netstat(listen(1), waiting(1)), 'CW-5', { severity: 'info' });
  });

  it('needs no row of the listener where root sees no process, and others of the port have one', () => {
    const connection = (state: string, port: number, owner = '-'): string =>
      row(state, '192.0.2.1:7070', `192.0.2.9:${port}`, { recvQ: 5, owner });
    const closed = many(6, i => connection('CLOSE_WAIT', 50_000 + i));
    const accepted = connection('ESTABLISHED', 50_090, '26231/python3');
    expectFinding(`# netstat -antop\n${netstat(accepted, ...closed)}`, 'CW-5', {
      severity: 'warning',
      confidence: 'medium',
      pid: 26231,
    });
    // Root, who sees every owner, but none of this port: a container may hold them.
    expectFinding(`# netstat -antop\n${netstat(...closed)}`, 'CW-5', { pid: null });
    // Whoever is not root does not see the processes of other users.
    const remark =
      '(Not all processes could be identified, non-owned process info will not be shown)';
    expectSilence(`$ netstat -antop\n${remark}\n${netstat(accepted, ...closed)}`, 'CW-5');
    // A client's own port is no queue.
    const client = many(6, i =>
      row('CLOSE_WAIT', `192.0.2.1:${40_000 + i}`, '198.51.100.7:443', { recvQ: 1 }),
    );
    expectSilence(`# netstat -antop\n${netstat(...client)}`, 'CW-5');
  });

  it('is one finding with all that a hung program causes', () => {
    const owner = '20417/relaygw';
    const rows = [
      ...many(4, i =>
        row('CLOSE_WAIT', '10.71.0.4:9400', `10.71.0.31:${5000 + i}`, { recvQ: 311, owner }),
      ),
      ...many(9, i =>
        row('CLOSE_WAIT', '10.71.0.4:9400', `10.71.0.32:${5000 + i}`, { recvQ: 311 }),
      ),
      ...many(3, i =>
        row('SYN_SENT', `10.71.0.4:${50_000 + i}`, '10.71.0.4:9400', {
          sendQ: 1,
          owner: '19904/agent',
          timer: 'on (3.80/4/0)',
        }),
      ),
      ...many(5, i =>
        row('FIN_WAIT1', `127.0.0.1:${51_000 + i}`, '127.0.0.1:9400', {
          sendQ: 312,
          timer: 'on (26.86/8/0)',
        }),
      ),
    ];
    const text = `root@hub:~# netstat -tnpo\n${netstat(...rows)}`;
    const found = expectFinding(text, 'CW-5', {
      pid: 20417,
      title: /neither accepting nor reading/,
    });
    assert.deepEqual(
      analysed(text).findings.filter(({ severity }) => severity !== 'info'),
      [found],
    );
  });

  it('is as sure of a hang as it says', () => {
    const owner = '26231/python3';
    const unread = many(3, i =>
      row('ESTABLISHED', '192.0.2.1:7070', `192.0.2.8:${i + 1}`, { recvQ: 90, owner }),
    );
    const output = netstat(listen(3), waiting(1), waiting(2), waiting(3), ...unread);
    expectFinding(loop(output, output), 'CW-5', {
      severity: 'error',
      confidence: 'medium',
      title: /^python3 \(26231\) most likely hangs/,
    });
  });

  it('is not counted as a leak', () => {
    expectSilence(netstat(listen(3), waiting(1), waiting(2), waiting(3)), 'CW-1');
  });
});
