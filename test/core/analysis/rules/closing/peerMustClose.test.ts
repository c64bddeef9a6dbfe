import { expectFinding, expectHealthy, expectSilence, loop, netstat, row } from '../../scene';

const held = row('CLOSE_WAIT', '192.0.2.1:80', '192.0.2.1:40000', { owner: '811/nginx' });
const orphan = (seconds: number): string =>
  row('FIN_WAIT2', '192.0.2.1:40000', '192.0.2.1:80', { timer: `timewait (${seconds}.00/0/0)` });
const owned = row('FIN_WAIT2', '192.0.2.1:40000', '192.0.2.1:80', { owner: '4321/java' });

describe('PAIR-1', () => {
  it('names both programs', () => {
    expectFinding(netstat(held, owned), 'PAIR-1', {
      severity: 'info',
      title: 'Closed by java (4321); nginx (811) has not called close()',
      pid: 811,
    });
  });

  it('warns where the other end has no process, and not just for seconds', () => {
    expectFinding(netstat(held, orphan(20)), 'PAIR-1', { severity: 'warning' });
    expectFinding(netstat(held, orphan(35)), 'PAIR-1', { severity: 'info' });
    const output = netstat(held, orphan(58));
    expectFinding(loop(output, output), 'PAIR-1', { severity: 'warning' });
    expectHealthy(output);
  });

  it('takes IPv4-mapped addresses and tcp6 for the same', () => {
    const mapped = row('FIN_WAIT2', '::ffff:192.0.2.1:40000', '::ffff:192.0.2.1:80', {
      owner: '4321/java',
      protocol: 'tcp6',
    });
    expectFinding(netstat(held, mapped), 'PAIR-1');
  });

  it('says nothing of other ends that are not in the dump', () => {
    expectSilence(netstat(held), 'PAIR-1');
    const other = row('FIN_WAIT2', '192.0.2.1:40001', '192.0.2.1:80', { owner: '4321/java' });
    expectSilence(netstat(held, other), 'PAIR-1');
  });
});
