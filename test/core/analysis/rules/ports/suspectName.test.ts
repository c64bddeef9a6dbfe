import { expectFinding, expectSilence, netstat, row, ss, windows } from '../../scene';

const SSHD = row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '812/sshd' });
const out = (owner: string, remote = '20.0.0.9:6667'): string =>
  netstat(SSHD, row('ESTABLISHED', '192.0.2.1:48122', remote, { owner }));

describe('BDR-3', () => {
  it('warns of sockets of a process that is named like a kernel thread', () => {
    for (const name of [
      'kworker/0:1',
      '[kworker/0:1]',
      'kworker/u8:2-events',
      'ksoftirqd/0',
      'kthreadd',
      '[kthreadd]',
      'rcu_preempt',
      'kswapd0',
    ]) {
      expectFinding(out(`66/${name}`), 'BDR-3', {
        severity: 'warning',
        title: `${name} (66) has sockets, and the name of a kernel thread`,
        pid: 66,
        rows: 1,
      });
    }
    expectFinding(
      ss('LISTEN 0 5 0.0.0.0:8123 0.0.0.0:* users:(("kworker/0:1",pid=66,fd=3))'),
      'BDR-3',
    );
    expectFinding(out('66/kworker/0:1', '10.0.0.9:443'), 'BDR-3');
  });

  it('is silent about programs of other names, and about sockets of the kernel', () => {
    for (const name of [
      '-',
      '66/kworker',
      '66/kafka-worker',
      '66/migrations',
      '66/watchdog',
      '66/rcu_tool',
      '66/systemd',
      '66/rpciod',
      '66/ksmtuned',
      '66/kauditd-forward',
      '66/khugepaged-exp',
      '66/kthreadd-helper',
    ]) {
      expectSilence(out(name), 'BDR-3');
    }
    // NFS and its like have no process.
    expectSilence(netstat(SSHD, row('ESTABLISHED', '192.0.2.1:831', '192.0.2.9:2049')), 'BDR-3');
    expectSilence(windows('ESTABLISHED 192.0.2.20:50122 203.0.113.66:443 4'), 'BDR-3');
  });

  it('warns of names of miners that are connected to a public address', () => {
    for (const name of ['kdevtmpfsi', 'kinsing', 'xmrig', 'xmrig-6.21', 'minerd']) {
      expectFinding(out(`66/${name}`, '20.0.0.9:3333'), 'BDR-3', {
        severity: 'warning',
        title: `${name} (66) has the name of a program that mines cryptocurrency, and is connected to 20.0.0.9:3333`,
      });
    }
    expectSilence(out('66/xmrig', '10.0.0.9:3333'), 'BDR-3');
    for (const name of [
      'examiner',
      'devtmpfs-mon',
      'minerdash',
      'xmrig_exporter',
      'xmrig-exporter',
    ]) {
      expectSilence(out(`66/${name}`), 'BDR-3');
    }
  });
});
