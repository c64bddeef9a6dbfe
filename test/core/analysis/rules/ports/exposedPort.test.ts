import { expectFinding, expectSilence, netstat, row, windows } from '../../scene';

const listen = (local: string, remote = '0.0.0.0:*'): string =>
  netstat(
    row('LISTEN', local, remote, {
      owner: '8/server',
      protocol: remote === ':::*' ? 'tcp6' : 'tcp',
    }),
  );

describe('EXP-1', () => {
  it('warns of databases on all addresses', () => {
    expectFinding(listen('0.0.0.0:6379'), 'EXP-1', {
      severity: 'warning',
      pid: 8,
      title: 'server (8) listens on 6379 on all addresses: Redis',
    });
    expectFinding(listen(':::5432', ':::*'), 'EXP-1', { severity: 'warning' });
    expectFinding(listen('203.0.113.4:27017'), 'EXP-1', {
      severity: 'warning',
      title: 'server (8) listens on 203.0.113.4, port 27017: MongoDB',
    });
  });

  it('makes an error of the open Docker API', () => {
    expectFinding(listen('0.0.0.0:2375'), 'EXP-1', { severity: 'error' });
  });

  it('is silent about loopback and other ports, mild about private addresses', () => {
    expectSilence(listen('127.0.0.1:6379'), 'EXP-1');
    expectSilence(listen('::1:6379', ':::*'), 'EXP-1');
    expectSilence(listen('0.0.0.0:443'), 'EXP-1');
    expectFinding(listen('10.0.0.4:3306'), 'EXP-1', { severity: 'info' });
  });

  it('takes what Windows does by default for information', () => {
    expectFinding(windows('LISTENING 0.0.0.0:445 0.0.0.0:0 4'), 'EXP-1', { severity: 'info' });
    expectFinding(windows('LISTENING 192.168.1.5:139 0.0.0.0:0 4'), 'EXP-1', { severity: 'info' });
    expectFinding(windows('LISTENING 0.0.0.0:3389 0.0.0.0:0 900'), 'EXP-1', {
      severity: 'warning',
    });
  });
});
