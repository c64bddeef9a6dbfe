import assert from 'node:assert/strict';

import { State } from '../../../src/core/vocabulary/state';
import {
  analysed,
  assertNeverSaid,
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  find,
  many,
  netstat,
  row,
} from './scene';

/** As net-tools prints it: address and port have 22 characters at most (netstat.c addr_do_one). */
function cut(address: string, port: number | string, wide = false): string {
  const digits = String(port);
  return `${wide ? address : address.slice(0, 22 - digits.length)}:${digits}`;
}

const SERVER = '2a01:4f8:1c1c:aa::1';

/** Connections of many clients to a server, of which the column has cut the addresses. */
function clients(count: number, address: (i: number) => string, wide = false): string {
  return netstat(
    row('LISTEN', ':::443', ':::*', { owner: '900/nginx', protocol: 'tcp6' }),
    ...many(count, i =>
      row('ESTABLISHED', cut(SERVER, 443, wide), cut(address(i), 30_000 + i, wide), {
        owner: '900/nginx',
        protocol: 'tcp6',
      }),
    ),
  );
}

/** Connects of one program that are not answered. */
function connects(count: number, address: (i: number) => string, wide = false): string {
  return netstat(
    ...many(count, i =>
      row('SYN_SENT', cut(SERVER, 40_000 + i, wide), cut(address(i), 443, wide), {
        owner: '55/curl',
        protocol: 'tcp6',
        timer: 'on (1.00/3/0)',
        sendQ: 1,
      }),
    ),
  );
}

const inNetwork = (i: number): string => `2a02:8108:8ac0:1f00:${(i + 4096).toString(16)}:1:2:3`;

/** The whole of it has nothing that tells from it that it is cut. */
const linkLocal = (i: number): string => `fe80::1234:5678:9a${(i + 16).toString(16)}:${i + 1000}`;

describe('addresses that a column has cut', () => {
  it('are not one client', () => {
    expectFinding(
      clients(150, () => inNetwork(1), true),
      'HO-1',
      { severity: 'info', rows: 150 },
    );
    expectSilence(clients(150, inNetwork), 'HO-1');
    expectSilence(clients(150, linkLocal), 'HO-1');
    expectSilence(
      clients(150, i => `host-with-a-long-name-${i}.example.com`),
      'HO-1',
    );
  });

  it('are not one host that is silent, and no command has them', () => {
    const one = expectFinding(
      connects(25, () => inNetwork(1), true),
      'SS-1',
      {
        severity: 'error',
        title: /no answer from \[2a02:8108:8ac0:1f00:1001:1:2:3\]:443: 25 in SYN_SENT/,
      },
    );
    assert.equal(one.confirm[0]?.command, "ss -tanpoi dst '[2a02:8108:8ac0:1f00:1001:1:2:3]'");
    for (const address of [inNetwork, linkLocal]) {
      const several = expectFinding(connects(25, address), 'SS-1', {
        severity: 'warning',
        title:
          'curl (55) is getting no answer from remote addresses that are not shown in full: 25 in SYN_SENT',
      });
      assert.equal(several.remote, null);
      assert.equal(several.confirm[0]?.command, "ss -tanpo state syn-sent | grep 'pid=55,'");
      assert.doesNotMatch(everythingSaid(several).join('\n'), /dst/);
    }
    expectHealthy(connects(1, inNetwork).replace('/3/0)', '/0/0)'));
  });

  it('are not counted as so many hosts', () => {
    expectFinding(
      connects(25, i => `2001:db8:${i}::1`),
      'SS-2',
      { severity: 'warning' },
    );
    expectSilence(connects(25, inNetwork), 'SS-2');
    assertNeverSaid(connects(25, inNetwork), /25 remote addresses/);
  });

  it('are whole where the tool was asked for whole ones, or left room', () => {
    // 22 characters, beside one that is longer.
    const client = '2001:db8::12:34:1';
    assert.equal(`${client}30000`.length, 22);
    expectFinding(
      clients(150, i => (i === 0 ? inNetwork(0) : client), true),
      'HO-1',
      { rows: 149 },
    );
    // The same address with a shorter port.
    const shorter =
      clients(150, () => client).replace('443:', '443:') +
      row('ESTABLISHED', `${SERVER}:443`, `${client}:999`, {
        owner: '900/nginx',
        protocol: 'tcp6',
      });
    expectFinding(shorter, 'HO-1', { rows: 151 });
    expectSilence(
      clients(150, () => client),
      'HO-1',
    );
    // One less than the column has room for.
    expectFinding(
      clients(150, () => '2001:db8::12:3:1'),
      'HO-1',
      { rows: 150 },
    );
  });

  it('are no IPv4 address where an IPv4-mapped one is cut', () => {
    // `::ffff:10.0.12.120` to `129`.
    const mapped = (i: number): string => `::ffff:10.0.12.12${i % 10}`;
    expectSilence(clients(150, mapped), 'HO-1');
    expectFinding(
      clients(150, () => '::ffff:10.0.12.121', true),
      'HO-1',
      {
        title: /^10\.0\.12\.121 holds 150/,
      },
    );
    // Two of its four numbers.
    expectSilence(
      clients(150, i => `::ffff:192.168.100.1${10 + (i % 90)}`),
      'HO-1',
    );
  });

  it('have no other end in the same dump', () => {
    const pair = (wide: boolean): string =>
      netstat(
        row('CLOSE_WAIT', cut(inNetwork(1), 443, wide), cut(inNetwork(2), 50_123, wide)),
        row('FIN_WAIT2', cut(inNetwork(2), 50_123, wide), cut(inNetwork(1), 443, wide)),
      );
    const otherEnd = (text: string): number =>
      analysed(text).index(0).otherEnd(analysed(text).index(0).rowsIn(State.CloseWait)[0]!);
    assert.equal(otherEnd(pair(true)), 1);
    assert.equal(otherEnd(pair(false)), -1);
  });

  it('are names as well, of BSD and macOS too', () => {
    const macos = (name: (i: number) => string, whole: boolean): string =>
      [
        'Active Internet connections (including servers)',
        'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)',
        'tcp4       0      0  *.443                  *.*                    LISTEN',
        ...many(150, i => {
          const text = whole ? name(i) : name(i).slice(0, 16);
          return `tcp4       0      0  192.0.2.1.443          ${text}.${40_000 + i}   ESTABLISHED`;
        }),
        '',
      ].join('\n');
    const client = (i: number): string => `server-52-84-1-2${i}.fra2.r.cloudfront.net`;
    expectSilence(macos(client, false), 'HO-1');
    expectSilence(
      macos(i => `fe80::c4c8:5ff:f${i}`, false),
      'HO-1',
    );
    expectFinding(
      macos(() => client(1), true),
      'HO-1',
      { rows: 150 },
    );
    assert.notEqual(
      find(
        macos(() => 'proxy.example', false),
        'HO-1',
      ),
      undefined,
    );
  });
});
