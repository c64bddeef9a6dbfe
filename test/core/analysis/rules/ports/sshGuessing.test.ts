import {
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  netstat,
  row,
} from '../../scene';
import assert from 'node:assert/strict';

const session = (i: number, title: string, remote = `20.0.${i}.9`): string =>
  row('ESTABLISHED', '192.0.2.1:22', `${remote}:${40_000 + i}`, { owner: `${1200 + i}/${title}` });

/** As netstat cuts them. */
const GUESSES = [
  'sshd: unknown [',
  'sshd: root [pri',
  'sshd: [accepted',
  'sshd: unknown [n',
  'sshd: root [net',
];
const guesses = (count: number, remote?: string): string[] =>
  many(count, i => session(i, GUESSES[i % GUESSES.length]!, remote));

describe('EXP-2', () => {
  it('informs of sessions from public addresses that ask for root and unknown users', () => {
    const found = expectFinding(netstat(...guesses(5)), 'EXP-2', {
      severity: 'info',
      confidence: 'medium',
      title: 'SSH sessions from 5 remote addresses that have not logged in: 5',
    });
    assert.ok(everythingSaid(found).includes('For root, or a user that does not exist: 4.'));
    expectSilence(netstat(...guesses(4)), 'EXP-2');
  });

  it('warns of many, also from one address, and as newer sshd call themselves', () => {
    expectFinding(netstat(...guesses(20)), 'EXP-2', { severity: 'warning', rows: 20 });
    const one = netstat(...guesses(20, '20.1.1.1'));
    expectFinding(one, 'EXP-2', {
      severity: 'warning',
      title: /^SSH sessions from 20\.1\.1\.1/,
    });
    expectFinding(one.replaceAll('sshd:', 'sshd-session:'), 'EXP-2', { severity: 'warning' });
    expectFinding(netstat(...guesses(19)), 'EXP-2', { severity: 'info' });
  });

  it('does not call sessions guesses that say nothing of it', () => {
    const some = netstat(
      ...many(40, i => session(i, ['sshd: [accepted]', 'sshd: git [net]'][i % 2]!)),
    );
    expectFinding(some, 'EXP-2', { severity: 'info', confidence: 'low' });
    expectHealthy(some);
  });

  it('is silent about users who have logged in, and about a private address', () => {
    const users = [
      'sshd: ann@pts/0',
      'sshd: bob [priv]',
      'sshd: root@pts/1',
      'sshd: unknown@pts/',
      'sshd: root@n',
    ];
    expectSilence(netstat(...many(60, i => session(i, users[i % users.length]!))), 'EXP-2');
    const logins = ['sshd: [accepted]', 'sshd: deploy [net', 'sshd: root [priv', 'sshd: unknown ['];
    expectSilence(
      netstat(...many(30, i => session(i, logins[i % logins.length]!, '10.0.0.7'))),
      'EXP-2',
    );
  });
});
