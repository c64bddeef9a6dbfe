import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import { expectFinding, expectSilence, loop, many, netstat, row, windows } from '../../scene';

const pool = (count: number): string =>
  netstat(
    ...many(count, i =>
      row('CLOSE_WAIT', `192.0.2.1:${45_000 + i}`, '198.51.100.5:5432', { owner: '7/java' }),
    ),
  );

describe('CW-6', () => {
  it('sees a pool that keeps dead connections', () => {
    expectFinding(pool(3), 'CW-6', { severity: 'info' });
    expectFinding(pool(5), 'CW-6', {
      severity: 'warning',
      pid: 7,
      title:
        'java (7) most likely keeps closed connections in a pool: 5 in CLOSE_WAIT to 198.51.100.5:5432',
    });
    expectSilence(pool(2), 'CW-6');
  });

  it('is merged with other findings without saying a check twice', () => {
    const windowsPool = windows(
      ...many(6, i => `CLOSE_WAIT 192.0.2.1:${45_000 + i} 198.51.100.5:443 6620`),
    );
    const found = expectFinding(loop(windowsPool, windowsPool, windowsPool), 'CW-6');
    assert.ok(found.merged.length > 0);
    const checks = found.confirm.map(({ text }) => plain(text)).join(' ');
    assert.equal(checks.split('List what is in CLOSE_WAIT now.').length, 2, checks);
  });

  it('says that a leak looks the same, and not what its title says', () => {
    const { alternatives, remedy } = expectFinding(pool(6), 'CW-6');
    const told = alternatives.map(plain).join(' ');
    assert.match(told, /A leak looks like this, too/);
    assert.doesNotMatch(told, /keeps connections for later/);
    assert.match(plain(remedy[0]!), /^A pool must/);
  });

  it('does not contradict a finding that calls it a leak', () => {
    const { title, merged } = expectFinding(pool(90), 'CW-6');
    assert.match(plain(title), /most likely leaks/);
    assert.match(plain(merged.find(({ code }) => code === 'CW-6')!.title), /may keep/);
  });

  it('does not say so of a finding that calls it a leak', () => {
    const grown = loop(pool(6), pool(16), pool(31));
    for (const text of [grown, pool(90)]) {
      const { title, merged, alternatives } = expectFinding(text, 'CW-6');
      assert.match(plain(title), /leaks/);
      assert.ok(merged.some(({ code }) => code === 'CW-6'));
      assert.doesNotMatch(alternatives.map(plain).join(' '), /A leak looks like this/);
    }
  });

  it('is about clients only', () => {
    const server = netstat(
      row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { owner: '7/java' }),
      ...many(4, i =>
        row('CLOSE_WAIT', `192.0.2.${i + 1}:8080`, '198.51.100.5:40000', { owner: '7/java' }),
      ),
    );
    expectSilence(server, 'CW-6');
  });

  it('is no error because most of a pool is idle, whose FINs nobody has read', () => {
    const used = (recvQ: number, count = 40): string =>
      netstat(
        ...many(count, i =>
          row('CLOSE_WAIT', `192.0.2.1:${45_000 + i}`, '198.51.100.5:443', {
            owner: '7/java',
            recvQ,
          }),
        ),
        ...many(5, i =>
          row('ESTABLISHED', `192.0.2.1:${46_000 + i}`, '198.51.100.5:443', { owner: '7/java' }),
        ),
      );
    for (const idle of [1, 32]) {
      expectFinding(used(idle), 'CW-6', { code: 'CW-6', severity: 'warning' });
      expectFinding(used(idle, 6), 'CW-6', { severity: 'warning' });
      expectFinding(used(idle, 50), 'CW-1', { severity: 'error' });
      expectFinding(loop(used(idle), used(idle), used(idle)), 'CW-1', { severity: 'error' });
    }
    // To the end of these the program has read; in those it has left data.
    expectFinding(used(0), 'CW-6', { severity: 'error' });
    expectFinding(used(311), 'CW-6', { severity: 'error' });
  });
});
