import assert from 'node:assert/strict';

import { sourceTexts } from '../../../scripts/l10n';
import type { Finding } from '../../../src/core/analysis/finding';
import type { Rule } from '../../../src/core/analysis/kit/rule';
import { rules } from '../../../src/core/analysis/rules';
import {
  type ThresholdId,
  thresholds,
  thresholdValues,
} from '../../../src/core/analysis/thresholds';
import { plain, Localizer } from '../../../src/core/wording/text';
import {
  analysed,
  expectFinding,
  find,
  loop,
  many,
  netstat,
  row,
  ss,
  statistics,
  windows,
} from './scene';

const leak = (count: number, from = 0): string =>
  netstat(
    ...many(count, i =>
      row('CLOSE_WAIT', `192.0.2.1:${40_000 + from + i}`, '198.51.100.5:5432', {
        owner: '7/java',
      }),
    ),
  );

describe('analyse', () => {
  it('takes anything', () => {
    for (const text of ['', '\n\n', 'hello', leak(0)]) {
      assert.deepEqual(analysed(text).findings, []);
    }
    assert.equal(analysed('').last, undefined);
  });

  it('has each rule once', () => {
    for (const names of [rules.map(({ code }) => code), rules.map(({ id }) => id)]) {
      assert.equal(new Set<string>(names).size, rules.length);
    }
  });

  it('has one definition of each threshold, whichever rules compare with it', () => {
    for (const { code, thresholds: specs = {} } of rules as readonly Rule[]) {
      for (const [name, spec] of Object.entries(specs)) {
        const { rule: owner, ...known } = thresholds[name as ThresholdId];
        assert.deepEqual(known, spec, `${name} of ${code} and ${owner}`);
      }
    }
  });

  it('finds the titles of rules where translations are made', async () => {
    const texts = await sourceTexts();
    assert.deepEqual(
      rules.map(({ title }) => title.text).filter(text => !texts.has(text)),
      [],
    );
  });

  it('puts what has one cause and owner together, which is no surer than the surest of them', () => {
    const once = expectFinding(leak(6), 'CW-1', { code: 'CW-6', confidence: 'medium' });
    assert.deepEqual(
      once.merged.map(({ code }) => code),
      ['CW-1'],
    );
    assert.equal(analysed(leak(6)).findings.length, 1);
  });

  it('says once how to run a command that several rules ask for, in each language', () => {
    const text = netstat(
      row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { recvQ: 1, owner: '9/java' }),
      row('CLOSE_WAIT', '10.0.0.5:8080', '10.0.0.250:51000', { recvQ: 1 }),
    );
    const told = (localizer: Localizer): string[] => {
      const { confirm } = analysed(text, { localizer }).findings[0]!;
      return confirm.map(one => plain(one.text)).filter(one => one.includes('Recv-Q'));
    };
    assert.deepEqual(told(new Localizer()), [
      'Run this twice. A Recv-Q of the listener that stays above 0 proves it. The queue of the listener should be 0 most of the time.',
    ]);
    const other = new Localizer(english => english.replace('Run this twice.', 'Zweimal.'));
    assert.match(told(other)[0]!, /^Zweimal\. A Recv-Q [^.]*\. The queue [^.]*\.$/);
  });

  it('ignores rules that it is told to', () => {
    const options = { ignoredRules: ['close-wait-leak', 'close-wait-pool'] as const };
    assert.equal(find(leak(6), 'CW-1', options), undefined);
    assert.deepEqual(analysed(leak(6), options).findings, []);
  });

  it('sorts by severity, then by confidence', () => {
    const { findings } = analysed(
      netstat(
        row('LISTEN', '0.0.0.0:6379', '0.0.0.0:*', { owner: '9/redis-server' }),
        row('CLOSE_WAIT', '192.0.2.1:80', '198.51.100.7:4000', { owner: '5/httpd' }),
        ...leak(8).split('\n').slice(2, -1),
      ),
    );
    assert.deepEqual(
      findings.map(({ code, severity }) => `${code} ${severity}`),
      ['CW-1 error', 'EXP-1 warning', 'CW-1 info'],
    );
  });

  it('tells of a snapshot that something was seen in, and weighs less what is over', () => {
    const ssh = row('ESTABLISHED', '192.0.2.1:22', '192.0.2.9:50000', { owner: '1/sshd' });
    const over = loop(leak(60), netstat(row('LISTEN', '0.0.0.0:80', '0.0.0.0:*'), ssh));
    const found = expectFinding(over, 'CW-1', { severity: 'warning' });
    assert.equal(found.snapshot, 0);
    assert.equal(plain(found.caveats[0]!), 'Seen in snapshot 1 of 2, and gone in the last one.');
    const still = expectFinding(loop(leak(60), leak(60, 100)), 'CW-1', { severity: 'error' });
    assert.equal(still.snapshot, 1);
    assert.equal(still.since, 0);
    const fix = ({ remedy }: Finding): string => remedy.map(plain).join('\n');
    const firstAid = /A restart clears|As a last resort/;
    assert.match(fix(still), firstAid);
    assert.match(fix(found), /close on every path/);
    assert.doesNotMatch(fix(found), firstAid);
  });

  it('takes the latest by its time for the last, where the newest stands first', () => {
    const at = (minute: number, count: number): string =>
      `Mon Jan  5 10:${minute}:00 UTC 2026\n${netstat(
        ...many(count, i => row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${40_000 + i}`)),
      )}`;
    assert.equal(analysed(at(30, 5) + at(20, 15) + at(10, 40)).last?.sockets, 5);
    assert.equal(analysed(at(10, 40) + at(20, 15) + at(30, 5)).last?.sockets, 5);
    // Without times they stand in their order.
    const untimed = (count: number): string => at(10, count).replace(/^.*\n/, '');
    assert.equal(analysed(untimed(5) + untimed(15)).last?.sockets, 15);
  });

  it('does not call over what a later listing would not show', () => {
    const leaks = many(
      40,
      i => `CLOSE-WAIT 1 0 192.0.2.1:80 198.51.100.${i}:5000 users:(("httpd",pid=5,fd=${i}))`,
    );
    const listener = 'LISTEN 0 128 0.0.0.0:80 0.0.0.0:* users:(("httpd",pid=5,fd=3))';
    const other = 'ESTAB 0 0 192.0.2.1:22 192.0.2.9:50000 users:(("sshd",pid=1,fd=4))';
    const first = `$ ss -tanp\n${ss(listener, other, ...leaks)}`;
    const found = (second: string): Finding => expectFinding(`${first}${second}`, 'CW-1', {});
    for (const second of [
      `$ ss -tlnp\n${ss(listener)}`,
      `$ ss -antlp\n${ss(listener)}`,
      `$ ss --all --listening -tnp\n${ss(listener)}`,
      `2026-11-30 10:00:00\n${ss(listener)}`,
      `$ ss -tanp | grep LISTEN\n${listener}\n`,
      `$ ss -tnp state established\n${ss(other)}`,
      `$ ss -tanp | head -2\n${ss(listener)}`,
      `$ ss -tan\n${ss(...[listener, other, ...leaks].map(text => text.replace(/ users.*/, '')))}`,
      `$ ss -6 -antp\n${ss('ESTAB 0 0 [2001:db8::1]:22 [2001:db8::9]:50000 users:(("sshd",pid=1,fd=4))')}`,
      `$ netstat -s\n${statistics({ TcpActiveOpens: 1, TcpInSegs: 5 })}`,
      // Nothing was left of what was asked for.
      `$ ss -tanp state close-wait\nRecv-Q Send-Q Local Address:Port Peer Address:Port Process\n`,
      '$ ss -tanp state close-wait\n$ ss -tanp | grep CLOSE-WAIT\n',
    ]) {
      const { severity, title, confirm, caveats } = found(second);
      assert.equal(severity, 'error', second);
      assert.doesNotMatch(plain(title), /^Until/);
      assert.ok(confirm.length > 0);
      assert.doesNotMatch(caveats.map(plain).join(), /gone in the last/);
    }
    for (const second of [
      `$ ss -tanp\n${ss(listener)}`,
      `$ ss -lantp\n${ss(listener)}`,
      `$ ss --tcp --all -np\n${ss(listener)}`,
      // A listing between shows it, or one without owners that has none at all.
      `$ ss -tanp\n${ss(listener, other)}$ ss -tlnp\n${ss(listener)}`,
      `$ ss -tan\n${ss(...[listener, other].map(text => text.replace(/ users.*/, '')))}`,
      `2026-11-30 10:00:00\n${ss(listener, other)}`,
    ]) {
      const { severity, title } = found(second);
      assert.equal(severity, 'warning', second);
      assert.match(plain(title), /^Until snapshot 1 of [23]: /);
    }
  });

  it('says everything through the teller', () => {
    const localizer = new Localizer((_english, args) => `<${Object.keys(args).join(' ')}>`);
    const [found] = analysed(leak(2), { localizer }).findings;
    assert.match(plain(found!.title), /^<[\w ]+>$/);
  });

  it('takes the system it is told', () => {
    const rows = 'TCP 192.0.2.1:80 198.51.100.1:5000 CLOSE_WAIT 4';
    const found = analysed(`  ${rows}\n`, { system: 'windows' }).findings[0];
    assert.match(found?.confirm[0]?.command ?? '', /Get-NetTCPConnection -State CloseWait/);
  });

  it('puts nothing of the dump into commands but numbers and plain addresses', () => {
    const text = netstat(
      ...many(6, i =>
        row('SYN_SENT', `192.0.2.1:${4000 + i}`, '$(reboot):443', { owner: '7/$(reboot)' }),
      ),
      ...many(6, i =>
        row('CLOSE_WAIT', `192.0.2.1:${5000 + i}`, '$(reboot):443', { owner: '7/$(reboot)' }),
      ),
    );
    for (const { confirm } of analysed(text).findings) {
      for (const { command } of confirm) {
        assert.doesNotMatch(command ?? '', /reboot/);
      }
    }
  });
});

describe('summaries', () => {
  it('count states, protocols and CLOSE_WAIT by owner', () => {
    const { last } = analysed(
      netstat(
        row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '5/httpd' }),
        row('CLOSE_WAIT', '192.0.2.1:80', '198.51.100.7:4000', { owner: '5/httpd', recvQ: 28 }),
        row('CLOSE_WAIT', '192.0.2.1:80', '198.51.100.7:4001', { owner: '5/httpd', recvQ: 0 }),
        row('CLOSE_WAIT', '192.0.2.1:81', '198.51.100.8:4001', { recvQ: 5 }),
        row('WONKY', '192.0.2.1:81', '198.51.100.8:4002'),
        'udp 0 0 0.0.0.0:68 0.0.0.0:* 9/dhclient off (0.00/0/0)',
      ),
    );
    assert.deepEqual(last?.stateCounts, { LISTEN: 1, 'CLOSE-WAIT': 3, UNKNOWN: 1 });
    assert.deepEqual(last.protocolCounts, { tcp: 5, udp: 1 });
    assert.equal(last.sockets, 6);
    assert.deepEqual(
      last.closeWait.map(group => ({ ...group, rows: [...group.rows] })),
      [
        {
          pid: 5,
          process: 'httpd',
          count: 2,
          ofOwner: 3,
          unreadBytes: 27,
          remotes: [{ address: '198.51.100.7', port: null, count: 2 }],
          remoteCount: 1,
          rows: [1, 2],
          sharedWith: [],
          ownerCommand: null,
        },
        {
          pid: null,
          process: null,
          count: 1,
          ofOwner: null,
          unreadBytes: 4,
          remotes: [{ address: '198.51.100.8', port: 4001, count: 1 }],
          remoteCount: 1,
          rows: [3],
          sharedWith: [],
          ownerCommand: { command: 'netstat -tunapeeo --wide', needs: 'root' },
        },
      ],
    );
  });

  it('name no command for the process of what none has accepted yet', () => {
    const waiting = (port: number): string =>
      row('CLOSE_WAIT', '192.0.2.1:80', `198.51.100.8:${port}`, { recvQ: 5 });
    const listening = row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '5/httpd', recvQ: 2 });
    const commandOf = (text: string): object | null | undefined =>
      analysed(text).last?.closeWait.find(({ pid }) => pid === null)?.ownerCommand;
    assert.equal(commandOf(netstat(listening, waiting(1), waiting(2))), null);
    assert.notEqual(commandOf(netstat(waiting(1), waiting(2))), null);
  });

  it('have no unread bytes without queues', () => {
    const { last } = analysed(windows('CLOSE_WAIT 192.0.2.1:80 198.51.100.7:4000 5'));
    assert.equal(last?.closeWait[0]?.unreadBytes, null);
  });

  it('count a shared socket once and name who shares it', () => {
    const { last } = analysed(
      ss(
        'CLOSE-WAIT 1 0 192.0.2.1:80 198.51.100.7:1 users:(("w",pid=3,fd=4),("m",pid=2,fd=4))',
        'CLOSE-WAIT 1 0 192.0.2.1:80 198.51.100.7:2 users:(("m",pid=2,fd=5))',
      ),
    );
    assert.equal(last?.closeWait.length, 1);
    assert.equal(last.closeWait[0]?.pid, 2);
    assert.equal(last.closeWait[0].count, 2);
    assert.deepEqual(last.closeWait[0].sharedWith, [{ pid: 3, process: 'w', fd: 4 }]);
  });
});

describe('thresholds', () => {
  it('have a default within their limits and a sentence', () => {
    for (const [id, { default: value, min, max, description }] of Object.entries(thresholds)) {
      assert.ok(min <= value && value <= max, id);
      assert.match(description, /^[A-Z].*\.$/);
    }
  });

  it('stay within their limits', () => {
    const values = thresholdValues({ closeWaitWarning: -3, portsError: 400, boundError: NaN });
    assert.equal(values.closeWaitWarning, 1);
    assert.equal(values.portsError, 100);
    assert.equal(values.boundError, thresholds.boundError.default);
  });
});
