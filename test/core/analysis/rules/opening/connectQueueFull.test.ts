import { expectFinding, expectSilence, netstat, row, ss } from '../../scene';

const listen = (recvQ: number): string =>
  row('LISTEN', '127.0.0.1:9002', '0.0.0.0:*', { recvQ, owner: '5/server' });
const syn = (b: number): string =>
  row('SYN_SENT', '127.0.0.1:35420', '127.0.0.1:9002', {
    sendQ: 1,
    owner: '6/client',
    timer: `on (0.80/${b}/0)`,
  });

describe('SS-3', () => {
  it('blames the server that does not accept', () => {
    expectFinding(netstat(listen(3), syn(5)), 'SS-3', {
      code: 'SS-3',
      severity: 'error',
      pid: 5,
      title:
        'server (5) leaves 1 connection to 127.0.0.1:9002 unanswered: its accept queue is most likely full',
    });
    expectSilence(netstat(listen(3), syn(5)), 'SS-1');
  });

  it('needs a queue, and a SYN that was sent again where the backlog is not printed', () => {
    expectSilence(netstat(listen(0), syn(5)), 'SS-3');
    expectSilence(netstat(listen(3), syn(0)), 'SS-3');
  });

  it('is sure of it with ss', () => {
    const client = 'SYN-SENT 0 1 127.0.0.1:35420 127.0.0.1:9002 users:(("client",pid=6,fd=3))';
    const full = 'LISTEN 3 2 127.0.0.1:9002 0.0.0.0:* users:(("server",pid=5,fd=3))';
    const notFull = 'LISTEN 2 2 127.0.0.1:9002 0.0.0.0:* users:(("server",pid=5,fd=3))';
    expectFinding(ss(full, client), 'SS-3', { confidence: 'high' });
    expectSilence(ss(notFull, client), 'SS-3');
  });
});
