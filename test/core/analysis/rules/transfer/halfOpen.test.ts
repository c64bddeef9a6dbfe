import { expectFinding, expectSilence, loop, netstat, row, ss } from '../../scene';

const listen = row('LISTEN', '127.0.0.1:7101', '0.0.0.0:*', { owner: '5/server' });
const alone = row('ESTABLISHED', '127.0.0.1:48334', '127.0.0.1:7101', { owner: '6/client' });
const other = row('ESTABLISHED', '127.0.0.1:7101', '127.0.0.1:48334', { owner: '5/server' });

describe('PAIR-3', () => {
  it('sees a connection of this host with one end', () => {
    expectFinding(netstat(listen, alone), 'PAIR-3', { severity: 'info', confidence: 'low' });
    const output = netstat(listen, alone);
    expectFinding(loop(output, output), 'PAIR-3', { severity: 'warning', pid: 6 });
  });

  it('is silent about whole connections and about a socket connected to itself', () => {
    expectSilence(netstat(listen, alone, other), 'PAIR-3');
    const self = row('ESTABLISHED', '127.0.0.1:7101', '127.0.0.1:7101', { owner: '6/client' });
    expectSilence(netstat(listen, self), 'PAIR-3');
  });

  it('is silent about translated ports', () => {
    const redirected = netstat(
      listen,
      row('LISTEN', '127.0.0.1:7102', '0.0.0.0:*', { owner: '5/server' }),
      alone,
      row('ESTABLISHED', '127.0.0.1:7102', '127.0.0.1:48334', { owner: '5/server' }),
    );
    expectSilence(redirected, 'PAIR-3');
  });

  it('is silent where the dump does not have all states, and about other hosts', () => {
    expectSilence(ss('ESTAB 0 0 127.0.0.1:48334 127.0.0.1:7101'), 'PAIR-3');
    const outgoing = row('ESTABLISHED', '192.0.2.1:48334', '198.51.100.1:7101');
    expectSilence(netstat(listen, outgoing), 'PAIR-3');
  });
});
