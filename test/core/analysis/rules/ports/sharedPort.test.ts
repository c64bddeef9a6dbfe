import { expectFinding, expectSilence, netstat, row, ss } from '../../scene';

const listen = (local: string, owner: string): string =>
  row('LISTEN', local, '0.0.0.0:*', { owner });

describe('DUP-1', () => {
  it('informs of two programs on one port', () => {
    const text = netstat(listen('0.0.0.0:80', '1/nginx'), listen('127.0.0.1:80', '2/caddy'));
    expectFinding(text, 'DUP-1', {
      severity: 'info',
      title: 'Port 80 has 2 programs that listen: nginx (1), caddy (2)',
    });
  });

  it('is silent about one program with two addresses, and about one socket of several', () => {
    expectSilence(
      netstat(listen('0.0.0.0:80', '1/nginx'), listen('127.0.0.1:80', '1/nginx')),
      'DUP-1',
    );
    expectSilence(
      ss('LISTEN 0 128 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=1,fd=3),("nginx",pid=2,fd=3))'),
      'DUP-1',
    );
  });
});
