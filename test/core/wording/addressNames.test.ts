import assert from 'node:assert/strict';

import { plain, Localizer } from '../../../src/core/wording/text';
import { addressOfEndpoint, namesFrom, noNames } from '../../../src/core/wording/addressNames';
import { say } from '../../../src/core/wording/statement';

describe('names of addresses', () => {
  const nameOf = namesFrom({
    '192.0.2.7': 'db-1',
    '192.0.2.0/24': 'lab',
    '192.0.0.0/16': 'office',
    '2001:db8::/32': 'docs',
    'Build.example': 'ci',
    broken: '',
    '999.1.1.1/99': 'nothing',
    '198.51.100.1': 7,
    '10/8': 'short',
    '10.1/16': 'short',
    '0x0a.0.0.0/8': 'hexadecimal',
    '10.0.0.0/': 'no length',
    '10.0.0.0/33': 'too long',
    '10.0.0.0/8/8': 'twice',
    '2001:db8::/129': 'too long',
    '/8': 'no address',
    '172.16.5.4/12': 'not its first address',
    '172.16.0.0/12': 'named already',
    '::ffff:203.0.113.128/121': 'mapped',
  });

  for (const [address, expected] of [
    ['192.0.2.7', 'db-1'],
    ['::ffff:192.0.2.7', 'db-1'],
    ['192.0.2.8', 'lab'],
    ['192.0.9.9', 'office'],
    ['2001:db8:1::1', 'docs'],
    ['build.example', 'ci'],
    ['203.0.113.1', null],
    ['203.0.113.129', 'mapped'],
    ['172.31.255.255', 'not its first address'],
    ['172.32.0.0', null],
    ['10.0.0.1', null],
    ['0.0.0.10', null],
    ['0.0.0.0', null],
    ['10.0.0.0/33', null],
    ['__proto__', null],
    ['constructor', null],
    ['198.51.100.1', null],
    ['*', null],
  ] as const) {
    it(`calls ${address} ${expected ?? 'nothing'}`, () => {
      assert.equal(nameOf(address), expected);
      assert.equal(nameOf(address), expected);
    });
  }

  it('is nobody where nothing is set', () => {
    assert.equal(namesFrom({}), noNames);
    assert.equal(namesFrom({ 'x/y': 'z' }), noNames);
  });

  it('is of the smallest network, down to all addresses and to one', () => {
    const all = namesFrom({ '0.0.0.0/0': 'all', '192.0.2.7/32': 'one', '::/0': 'all of 6' });
    assert.equal(all('192.0.2.7'), 'one');
    assert.equal(all('192.0.2.6'), 'all');
    assert.equal(all('2001:db8::1'), 'all of 6');
    assert.equal(all('build.example'), null);
  });

  it('takes names of any key for data', () => {
    const odd = namesFrom(
      JSON.parse('{"__proto__": "p", "a/b": "q", "": "r"}') as Record<string, unknown>,
    );
    assert.equal(odd('__proto__'), 'p');
    assert.equal(odd('toString'), null);
    assert.equal(Object.getPrototypeOf({}), Object.prototype);
  });

  it('does not look at each network for each address', () => {
    // At so many networks and addresses that would take minutes.
    const all = Array.from(
      { length: 100_000 },
      (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
    );
    const many = namesFrom(
      Object.fromEntries(all.map((address, i) => [`${address}/32`, `lab ${i}`])),
    );
    for (const [i, address] of all.entries()) {
      assert.equal(many(address), `lab ${i}`);
    }
  });

  it('is cut where it is longer than any that is read', () => {
    const long = namesFrom({ '192.0.2.7': 'x'.repeat(1_000_000) });
    assert.match(long('192.0.2.7') ?? '', /^x{200}…$/);
  });

  it('finds the address of an endpoint', () => {
    assert.equal(addressOfEndpoint('192.0.2.7:443'), '192.0.2.7');
    assert.equal(addressOfEndpoint('[2001:db8::1]:443'), '2001:db8::1');
    assert.equal(addressOfEndpoint('2001:db8::1'), '2001:db8::1');
    assert.equal(addressOfEndpoint('build.example:https'), 'build.example');
  });

  it('stands behind an address in what is said', () => {
    const localizer = new Localizer(undefined, nameOf);
    const closed = say('{remote} closed {count} connections of {program}.', 'rfc768');
    const text = localizer.say(closed, { remote: '192.0.2.7:5432', count: 3, program: 'java' });
    assert.equal(plain(text), '192.0.2.7:5432 (db-1) closed 3 connections of java.');
  });
});
