import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  analysed,
  assertNeverSaid,
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  titles,
} from '../../scene';

const syn = (i: number, port: number, again = 0): string =>
  row('SYN_SENT', `192.0.2.1:${40_000 + i}`, `203.0.113.${i + 1}:${port}`, {
    sendQ: 1,
    owner: '666/kworker-x',
    timer: `on (1.00/${again}/0)`,
  });

describe('SS-2', () => {
  it('sees one program that tries many remotes', () => {
    expectFinding(netstat(...many(20, i => syn(i, 445))), 'SS-2', {
      severity: 'error',
      confidence: 'medium',
      pid: 666,
      title:
        'kworker-x (666) is connecting to 20 remote addresses on port 445, so far without an answer',
    });
    expectSilence(netstat(...many(19, i => syn(i, 445))), 'SS-2');
  });

  it('does not call a monitor with dead targets a scan', () => {
    const found = expectFinding(netstat(...many(22, i => syn(i, 9100, 2))), 'SS-2', {
      severity: 'warning',
      confidence: 'low',
    });
    assert.doesNotMatch(plain(found.title) + found.remedy.map(plain).join(), /scan|worm|network/);
  });

  it('does not accuse connects that are younger than a second', () => {
    const young = netstat(...many(30, i => syn(i, 443)));
    expectFinding(young, 'SS-2', { severity: 'info', confidence: 'low' });
    expectHealthy(young);
    expectFinding(loop(young, young), 'SS-2', { severity: 'warning' });
  });

  it('is milder on different ports, as of peer-to-peer programs', () => {
    expectFinding(netstat(...many(30, i => syn(i, 6881 + i, 1))), 'SS-2', {
      severity: 'info',
      confidence: 'low',
    });
    // One port, known services, and private addresses are of no peers.
    for (const text of [
      many(30, i => syn(i, 6881, 1)),
      many(30, i => syn(i, [443, 3306, 5432, 6379][i % 4]!, 1)),
      many(30, i => syn(i, 20_001 + i, 1).replace('203.0.113', '10.1.1')),
    ]) {
      expectFinding(netstat(...text), 'SS-2', { severity: 'warning', confidence: 'low' });
    }
  });

  const answered = (i: number): string =>
    row('ESTABLISHED', `192.0.2.1:${50_000 + i}`, `198.51.100.${i + 1}:6881`, {
      owner: '666/kworker-x',
    });

  it('is information where as many others have answered, but not on ports that worms try', () => {
    const peers = (port: number, count: number): string =>
      netstat(...many(30, i => syn(i, port, 1)), ...many(count, answered));
    expectFinding(peers(51_413, 30), 'SS-2', { severity: 'info' });
    expectFinding(peers(51_413, 29), 'SS-2', { severity: 'warning' });
    expectFinding(peers(445, 30), 'SS-2', { severity: 'error' });
  });

  it('is information for what administers many hosts most of which answer', () => {
    const ssh = (state: string, count: number, owner = '666/kworker-x'): string[] =>
      many(count, i => row(state, `192.0.2.1:${50_000 + i}`, `198.51.100.${i + 1}:22`, { owner }));
    const down = many(20, i => syn(i, 22, 2));
    for (const answers of [
      ssh('ESTABLISHED', 20),
      ssh('TIME_WAIT', 20, '-'),
      [...ssh('FIN_WAIT2', 12), ...ssh('TIME_WAIT', 20, '-').slice(10)],
    ]) {
      const text = netstat(...down, ...answers);
      expectFinding(text, 'SS-2', { severity: 'info', confidence: 'low' });
      assertNeverSaid(text, /scanner|worm/);
    }
    for (const answers of [
      ssh('ESTABLISHED', 19),
      ssh('ESTABLISHED', 60, '7/ssh'),
      [...ssh('TIME_WAIT', 60, '-'), ...ssh('ESTABLISHED', 1, '7/ssh')],
      // The same host again is no other target.
      many(20, i =>
        row('ESTABLISHED', `192.0.2.1:${50_000 + i}`, '198.51.100.9:22', {
          owner: '666/kworker-x',
        }),
      ),
      // Clients of the server on this host.
      [
        row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '1/sshd' }),
        ...many(60, i => row('TIME_WAIT', '192.0.2.1:22', `198.51.100.${i}:22`)),
      ],
    ]) {
      expectFinding(netstat(...down, ...answers), 'SS-2', { severity: 'error' });
    }
    // Where no process is shown.
    const hidden = (count: number): string =>
      netstat(...down, ...ssh('ESTABLISHED', count)).replaceAll('666/kworker-x', '-');
    expectFinding(hidden(20), 'SS-2', { severity: 'info' });
    expectFinding(hidden(5), 'SS-2', { severity: 'warning' });
  });

  it('knows a scan by ports that worms try, also several of them, and says how to see the file', () => {
    const found = expectFinding(
      netstat(...many(40, i => syn(i, i % 3 === 0 ? 2323 : 23, 1))),
      'SS-2',
      {
        severity: 'error',
        confidence: 'medium',
      },
    );
    const said = everythingSaid(found).join(' ');
    assert.match(said, /on port 23 is most likely a scanner/);
    assert.match(said, /take the host off the network.*ls -l \/proc\/666\/exe/);
    // A peer-to-peer program meets such a port now and then.
    const peers = netstat(...many(40, i => syn(i, i % 3 === 0 ? 2323 : 6881 + i, 1)));
    expectFinding(peers, 'SS-2', { severity: 'warning' });
    assertNeverSaid(peers, /scanner|\/proc/);
  });

  it('is one finding with what SS-1 says of the same connects', () => {
    const plainRows = (count: number): string =>
      netstat(...many(30, i => syn(i, 9100 + i)), ...many(count, answered)).replaceAll(
        / (?:off|on) \(.*/g,
        '',
      );
    for (const text of [plainRows(60), plainRows(0)]) {
      assert.equal(analysed(text.replace(' Timer', '')).findings.length, 1, titles(text).join());
    }
    const repeated = netstat(...many(30, i => syn(i, 9100 + i, 3)), ...many(30, answered));
    expectHealthy(repeated);
  });
});
