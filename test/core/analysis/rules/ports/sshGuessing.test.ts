import {
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  netstat,
  row,
  ss,
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

  const auth = (i: number, remote: string, users = 'sshd-auth'): string =>
    `ESTAB 0 0 192.0.2.1:22 ${remote}:${40_000 + i} users:(("${users}",pid=${3000 + i},fd=7),("sshd-session",pid=${2000 + i},fd=7))`;
  const SSHD = 'LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=812,fd=3))';

  it('warns of many logins of few addresses, of which no user has logged in', () => {
    const few = many(21, i => auth(i, `20.0.${i % 3}.9`));
    expectFinding(ss(SSHD, ...few), 'EXP-2', { severity: 'warning', confidence: 'low', rows: 21 });
    const sessionFirst = few.map(text =>
      text.replace(/\((\("sshd-auth.*?\)),(\(.*?\))\)$/, '($2,$1)'),
    );
    expectFinding(ss(SSHD, ...sessionFirst), 'EXP-2', { severity: 'warning', rows: 21 });
    // An office or a runner whose users do log in, many addresses, and few logins.
    const user = auth(99, '20.0.1.9', 'sshd-session');
    expectFinding(ss(SSHD, ...few, user), 'EXP-2', { severity: 'info' });
    expectFinding(ss(SSHD, ...many(21, i => auth(i, `20.0.${i}.9`))), 'EXP-2', {
      severity: 'info',
    });
    expectFinding(ss(SSHD, ...few.slice(0, 12)), 'EXP-2', { severity: 'info' });
    expectSilence(ss(SSHD, ...many(21, i => auth(i, `10.0.${i % 3}.9`))), 'EXP-2');
  });

  const quick = (
    closed: number,
    open: number,
    remote: string,
    port = 22,
    process = 'sshd',
  ): string[] => [
    ...many(closed, i => `TIME-WAIT 0 0 192.0.2.1:${port} ${remote}:${30_000 + i}`),
    ...many(
      open,
      i =>
        `ESTAB 0 0 192.0.2.1:${port} ${remote}:${50_000 + i} users:(("${process}",pid=${3000 + i},fd=4))`,
    ),
  ];

  it('tells of addresses that come again and again, where no title tells more', () => {
    const some = quick(30, 10, '20.0.1.9');
    const found = expectFinding(ss(SSHD, ...some), 'EXP-2', {
      severity: 'info',
      confidence: 'low',
      title: /^SSH connections from 20\.0\.1\.9.* in quick succession: 10 open, 30 closed/,
    });
    assert.ok(everythingSaid(found).some(said => said.includes('does not show whether logins')));
    const two = [...some, ...quick(50, 12, '20.0.2.9')];
    expectFinding(ss(SSHD, ...two), 'EXP-2', { severity: 'warning', rows: 102 });
    // Another port of sshd, and a listing without processes.
    const moved = (text: string): string => text.replaceAll(':22 ', ':2222 ');
    expectFinding(ss(moved(SSHD), ...two.map(moved)), 'EXP-2', { severity: 'warning' });
    const bare = two.map(text => text.replace(/ users.*/, ''));
    expectFinding(ss(...bare), 'EXP-2', { severity: 'warning' });
  });

  it('is silent about what deployments, offices, and other programs do', () => {
    for (const rows of [
      // A jump host, or a run of Ansible.
      [...quick(90, 20, '10.0.1.9'), ...quick(90, 20, '10.0.2.9')],
      // An office.
      quick(1, 8, '20.0.1.9'),
      // Many open sessions of which some have just ended.
      quick(20, 60, '20.0.1.9'),
      // A few connections each of many addresses.
      many(60, i => quick(1, 1, `20.0.${i}.9`)).flat(),
      // Users that have logged in.
      [
        ...quick(60, 1, '20.0.1.9', 22, 'sshd: ann@pts/0'),
        ...quick(60, 1, '20.0.2.9', 22, 'sshd: bob@notty'),
      ],
      // Web clients.
      [...quick(90, 20, '20.0.1.9', 443, 'nginx'), ...quick(90, 20, '20.0.2.9', 443, 'nginx')],
    ]) {
      expectSilence(ss(SSHD, ...rows), 'EXP-2');
    }
    const git = SSHD.replace('"sshd"', '"gitea"');
    expectSilence(
      ss(git, ...quick(90, 2, '20.0.1.9', 22, 'gitea'), ...quick(90, 2, '20.0.2.9', 22, 'gitea')),
      'EXP-2',
    );
  });
});
