import assert from 'node:assert/strict';

import {
  assertNeverSaid,
  everythingSaid,
  expectFinding,
  expectSilence,
  many,
  netstat,
  row,
} from '../../scene';

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

  const lost = (i: number, again: number, from: string): string =>
    row('SYN_RECV', '192.0.2.1:22', `${from}${(i % 6) + 2}:${1024 + i}`, {
      timer: `on (1.00/${again}/0)`,
    });
  const open = (count: number, from: string): string[] =>
    many(count, i => row('ESTABLISHED', '192.0.2.1:22', `${from}${(i % 200) + 1}:${3000 + i}`));

  it('blames the way back to a network, if others do get through', () => {
    const rows = many(18, i => lost(i, 3, '10.20.7.'));
    for (const [from, network] of [
      ['10.20.7.', '10.20.7.0/24'],
      ['::ffff:10.20.7.', '10.20.7.0/24'],
      ['fd00:1:2:3::', 'fd00:1:2:3::/64'],
    ] as const) {
      const text = netstat(...many(18, i => lost(i, 3, from)), ...open(150, '10.30.1.'));
      const found = expectFinding(text, 'SR-2', {
        code: 'SR-2',
        severity: 'warning',
        title: `18 handshakes from ${network} on port 22 most likely failed: SYN,ACK is repeated`,
      });
      assert.match(
        everythingSaid(found).join(' '),
        new RegExp(`150, none of them from ${network}.*and net ${network}'`),
      );
      expectSilence(text, 'SR-1');
      assertNeverSaid(text, /flood/i);
    }
    // A connection from the same network shows that there is a way back.
    const reached = netstat(...rows, ...open(150, '10.30.1.'), ...open(3, '10.20.7.'));
    expectSilence(reached, 'SR-2');
    expectFinding(reached, 'SR-1', { severity: 'warning' });
    // Public addresses are forged as well.
    expectSilence(
      netstat(...many(18, i => lost(i, 3, '198.51.100.')), ...open(150, '10.30.1.')),
      'SR-2',
    );
  });

  it('leaves many remotes to the port', () => {
    expectSilence(netstat(...many(6, i => syn(i, 3, i + 1))), 'SR-2');
  });
});
