import {
  assertNeverSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  netstat,
  row,
  ss,
  truth,
} from '../../scene';

const listen = row('LISTEN', '127.0.0.1:7101', '0.0.0.0:*', { owner: '5/server' });
const alone = row('ESTABLISHED', '127.0.0.1:48334', '127.0.0.1:7101', { owner: '6/client' });
const third = row('ESTABLISHED', '127.0.0.1:48335', '127.0.0.1:7101', { owner: '6/client' });
const fourth = row('ESTABLISHED', '127.0.0.1:7101', '127.0.0.1:48335', { owner: '5/server' });
const other = row('ESTABLISHED', '127.0.0.1:7101', '127.0.0.1:48334', { owner: '5/server' });

describe('PAIR-3', () => {
  it('sees a connection of this host with one end', () => {
    expectFinding(netstat(listen, alone), 'PAIR-3', { severity: 'info', confidence: 'low' });
    const output = netstat(listen, alone);
    expectHealthy(loop(output, output));
  });

  it('warns where other connections to that listener are whole', () => {
    const output = netstat(listen, alone, third, fourth);
    expectFinding(output, 'PAIR-3', { severity: 'info' });
    expectFinding(loop(output, output), 'PAIR-3', { severity: 'warning', pid: 6, rows: 1 });
  });

  it('names no program where several have such connections', () => {
    const more = row('ESTABLISHED', '127.0.0.1:48336', '127.0.0.1:7101', { owner: '7/agent' });
    expectFinding(netstat(listen, alone, more), 'PAIR-3', {
      pid: null,
      title: /^More than one process has 2 connections within this host/,
    });
    expectFinding(netstat(listen, alone), 'PAIR-3', { title: /^client \(6\) has 1 connection/ });
  });

  it('leaves to translation what has no whole connection beside it', () => {
    expectFinding(truth('m3.txt'), 'PAIR-3', { severity: 'info', confidence: 'low' });
    assertNeverSaid(truth('m3.txt'), /still alone is half-open\./);
  });

  it('says nothing of a filtered listing', () => {
    const [, ...rest] = netstat(listen, alone).split('\n');
    expectSilence(`$ netstat -antop | grep 7101\n${rest.slice(1).join('\n')}`, 'PAIR-3');
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
