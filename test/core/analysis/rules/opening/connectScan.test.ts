import { expectFinding, expectSilence, many, netstat, row } from '../../scene';

const syn = (i: number, port: number): string =>
  row('SYN_SENT', `192.0.2.1:${40_000 + i}`, `203.0.113.${i + 1}:${port}`, {
    sendQ: 1,
    owner: '666/kworker-x',
    timer: 'on (1.00/0/0)',
  });

describe('SS-2', () => {
  it('sees one program that tries many remotes', () => {
    expectFinding(netstat(...many(20, i => syn(i, 445))), 'SS-2', {
      severity: 'error',
      confidence: 'high',
      pid: 666,
      title: 'kworker-x (666) tries 20 different remotes on port 445, and none of them answers',
    });
    expectSilence(netstat(...many(19, i => syn(i, 445))), 'SS-2');
  });

  it('is milder on different ports, as of peer-to-peer programs', () => {
    expectFinding(netstat(...many(30, i => syn(i, 6881 + i))), 'SS-2', {
      severity: 'warning',
      confidence: 'low',
    });
  });
});
