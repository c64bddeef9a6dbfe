import { expectFinding, expectSilence, many, netstat, row } from '../../scene';

const syn = (i: number, b: number, host = 7): string =>
  row('SYN_RECV', '192.0.2.1:22', `198.51.100.${host}:${1024 + i}`, {
    timer: `on (1.00/${b}/0)`,
  });

describe('SR-2', () => {
  it('blames the way back for one or two remotes', () => {
    expectFinding(netstat(...many(3, i => syn(i, 2))), 'SR-2', {
      severity: 'warning',
      title: /^3 handshakes from 198\.51\.100\.7 on port 22 most likely failed/,
    });
  });

  it('only informs of a single one, and is silent when it is just late', () => {
    expectFinding(netstat(syn(0, 4)), 'SR-2', {
      severity: 'info',
      confidence: 'low',
      title: '1 handshake from 198.51.100.7 on port 22 may fail: SYN,ACK is repeated',
    });
    expectSilence(netstat(...many(3, i => syn(i, 1))), 'SR-2');
  });

  it('leaves many remotes to the port', () => {
    expectSilence(netstat(...many(6, i => syn(i, 3, i + 1))), 'SR-2');
  });
});
