import assert from 'node:assert/strict';
import { plain } from '../../../src/core/wording/text';
import { expectFinding, loop, many, netstat, row, ss } from './scene';

const established = (pid: number): string[] =>
  many(
    30,
    i => `ESTAB 0 0 192.0.2.10:${50_000 + i} 198.51.100.8:443 users:(("app",pid=${pid},fd=4))`,
  );
const closed = (count: number, pid: number, from = 40_000): string[] =>
  many(
    count,
    i => `CLOSE-WAIT 1 0 192.0.2.10:${from + i} 198.51.100.7:443 users:(("app",pid=${pid},fd=4))`,
  );
const listing = (pid: number, ...rows: readonly string[]): string =>
  `$ ss -tanp\n${ss(...established(pid), ...rows)}`;
const gone = listing(100);

describe('CLOSE_WAIT that is over', () => {
  it('is information where the program has closed it at once, however much it was', () => {
    for (const count of [14, 24, 80]) {
      const found = expectFinding(loop(listing(100, ...closed(count, 100)), gone), 'CW-1', {
        severity: 'info',
      });
      assert.match(plain(found.title), /^Until snapshot 1 of 2: /);
    }
    const several = [3, 8, 20].map(count => listing(100, ...closed(count, 100)));
    const text = loop(...several, gone).replaceAll(/:(\d\d):(\d\d) UTC/g, (_, m, s) => {
      return `:00:${String((Number(m) * 60 + Number(s)) / 6).padStart(2, '0')} UTC`;
    });
    expectFinding(text, 'CW-1', { severity: 'info' });
  });

  it('is a warning where it has lasted, or times are missing', () => {
    const stuck = listing(100, ...closed(24, 100));
    expectFinding(loop(stuck, stuck, stuck, gone), 'CW-1', { severity: 'warning' });
    const untimed = `${listing(100, ...closed(60, 100))}\n${gone}`;
    expectFinding(untimed, 'CW-1', { severity: 'warning' });
  });

  it('is a warning that says so where a restart has ended it', () => {
    const few = listing(100, ...closed(12, 100));
    for (const before of [[few], [few, few, few]]) {
      const text = loop(...before, listing(900));
      const { caveats } = expectFinding(text, 'CW-1', { severity: 'warning', pid: 100 });
      assert.equal(
        plain(caveats[1]!),
        'Too early to say: app (100) was restarted and has PID 900 now. Gone with the old process: 12 stuck sockets.',
      );
    }
  });

  it('is not said to be restarted where other processes of that name were there, or none is', () => {
    const other = established(7).map(row => row.replace('192.0.2.10', '192.0.2.11'));
    const before = listing(7, ...closed(12, 100));
    for (const text of [loop(before, listing(7)), loop(before, listing(8, ...other))]) {
      const { caveats } = expectFinding(text, 'CW-1', { pid: 100 });
      assert.doesNotMatch(caveats.map(plain).join('\n'), /restarted/);
    }
  });
});

describe('what an empty listing does not show', () => {
  const stuck = many(100, i =>
    row('CLOSE_WAIT', `192.0.2.10:${40_000 + i}`, '198.51.100.7:5432', { owner: '100/app' }),
  );
  const command = '[root@db ~]# ss -tanp\n';
  const leak = ss(...closed(100, 100));

  it('is gone where the same is listed again: by a loop with dates, or by the same command', () => {
    for (const text of [
      loop(netstat(...stuck), netstat()),
      loop(netstat(...stuck), netstat(), netstat()),
      loop(leak, ss()),
      command + leak + command + ss(),
      `${command + leak + command + ss()}[root@db ~]# \n`,
    ]) {
      const { title, caveats } = expectFinding(text, 'CW-1', { severity: 'warning', pid: 100 });
      assert.match(plain(title), /^Until snapshot 1 of [23]: /);
      assert.match(caveats.map(plain).join('\n'), /gone in the last one/);
    }
  });

  it('may be there where something else is listed, or may be', () => {
    for (const text of [
      // Whether it was asked for is not known.
      netstat(...stuck) + netstat(),
      command + leak + command.replace('-tanp', '-tlnp') + ss(),
      command + leak + command.replace('-tanp', '-tanp dst 203.0.113.9') + ss(),
    ]) {
      const { title, caveats } = expectFinding(text, 'CW-1', { severity: 'error' });
      assert.doesNotMatch(plain(title), /^Until/, text);
      assert.doesNotMatch(caveats.map(plain).join('\n'), /gone in the last one/);
    }
  });
});
