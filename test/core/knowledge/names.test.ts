import assert from 'node:assert/strict';

import { plain, Teller } from '../../../src/core/explain/text';
import { addressOfEndpoint, namesFrom, noNames } from '../../../src/core/knowledge/names';
import { say } from '../../../src/core/knowledge/statement';

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
  });

  for (const [address, expected] of [
    ['192.0.2.7', 'db-1'],
    ['::ffff:192.0.2.7', 'db-1'],
    ['192.0.2.8', 'lab'],
    ['192.0.9.9', 'office'],
    ['2001:db8:1::1', 'docs'],
    ['build.example', 'ci'],
    ['203.0.113.1', null],
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

  it('finds the address of an endpoint', () => {
    assert.equal(addressOfEndpoint('192.0.2.7:443'), '192.0.2.7');
    assert.equal(addressOfEndpoint('[2001:db8::1]:443'), '2001:db8::1');
    assert.equal(addressOfEndpoint('2001:db8::1'), '2001:db8::1');
    assert.equal(addressOfEndpoint('build.example:https'), 'build.example');
  });

  it('stands behind an address in what is said', () => {
    const teller = new Teller(undefined, nameOf);
    const closed = say(
      'test.closed',
      '{remote} closed {count} connections of {program}.',
      'rfc768',
    );
    const text = teller.say(closed, { remote: '192.0.2.7:5432', count: 3, program: 'java' });
    assert.equal(plain(text), '192.0.2.7:5432 (db-1) closed 3 connections of java.');
  });
});
