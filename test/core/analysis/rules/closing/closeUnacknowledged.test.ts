import {
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  windows,
} from '../../scene';

const fin = (i: number, b: number, host = 7, state = 'LAST_ACK'): string =>
  row(state, '192.0.2.1:443', `198.51.100.${host}:${1024 + i}`, {
    sendQ: 1,
    timer: `on (1.00/${b}/0)`,
  });

describe('F1-1', () => {
  it('warns of a peer that is silent', () => {
    expectFinding(netstat(fin(0, 3), fin(1, 5, 7, 'FIN_WAIT1')), 'F1-1', {
      severity: 'warning',
      title: 'No acknowledgement from 198.51.100.7 for the end of 2 connections',
    });
    expectFinding(netstat(fin(0, 2)), 'F1-1', { severity: 'info' });
    expectFinding(netstat(...many(100, i => fin(i, 0))), 'F1-1', { severity: 'error' });
  });

  it('counts a second snapshot, where there are no timers', () => {
    const output = windows('LAST_ACK 192.0.2.1:443 198.51.100.7:5000 4');
    expectFinding(loop(output, output), 'F1-1', { severity: 'warning' });
    expectHealthy(output);
  });

  it('does not mind mobile clients that vanish here and there', () => {
    expectHealthy(
      netstat(
        row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '1/nginx' }),
        ...many(6, i => fin(i, 4, i + 1)),
      ),
    );
  });

  it('leaves closed windows to the reader', () => {
    const probe = row('FIN_WAIT1', '192.0.2.1:443', '198.51.100.7:5000', {
      sendQ: 70_000,
      timer: 'probe (3.00/0/0)',
    });
    expectSilence(netstat(probe), 'F1-1');
    expectFinding(netstat(probe), 'SQ-1', { severity: 'warning', title: /not read by 198/ });
  });
});
