import assert from 'node:assert/strict';
import type { Analysis } from '../../../src/core/analysis/analyze';
import { differenceOf } from '../../../src/core/analysis/time/difference';
import { type Verdict, verdictOf } from '../../../src/core/analysis/verdict/verdict';
import { Localizer, plain } from '../../../src/core/wording/text';
import { analysed, loop, many, netstat, row, ss, windows } from './scene';

type Side = readonly string[];

const OWN = '192.0.2.1:9443';
const cw = (port: number, owner = '4321/java'): string =>
  row('CLOSE_WAIT', OWN, `192.0.2.7:${1000 + port}`, { recvQ: 1, owner });
const est = (port: number, owner = '4321/java'): string =>
  row('ESTABLISHED', OWN, `192.0.2.7:${1000 + port}`, { owner });
const listen = (owner = '4321/java'): string =>
  row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*', { owner });
const SSHD = [
  row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '900/sshd' }),
  row('ESTABLISHED', '192.0.2.1:22', '192.0.2.9:50000', { owner: '901/sshd' }),
];
const BASE = [...SSHD, listen()];
const LEAK = [...BASE, ...many(48, cw)];

/** Two minutes apart. */
function timed(first: string, second: string, seconds = 120): string {
  const time = (at: number): string =>
    `10:${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  return [
    `Mon Jan  5 ${time(0)} UTC 2026\n${first}`,
    `Mon Jan  5 ${time(seconds)} UTC 2026\n${second}`,
  ].join('\n');
}

function within(text: string): Verdict {
  const analysis = analysed(text);
  return between(analysis, analysis, 0);
}

function between(first: Analysis, second: Analysis, before = first.snapshots.length - 1): Verdict {
  const after = second.snapshots.length - 1;
  assert.ok(before >= 0 && after >= 0);
  return verdictOf(
    differenceOf({ analysis: first, snapshot: before }, { analysis: second, snapshot: after }),
    new Localizer(),
  );
}

function after(first: Side, second: Side, seconds = 120): Verdict {
  return within(timed(netstat(...first), netstat(...second), seconds));
}

function files(first: string, second: string): Verdict {
  return between(analysed(first), analysed(second));
}

function textOf({ texts }: Verdict): string {
  const text = texts.map(plain).join(' ');
  assert.doesNotMatch(text, /[{}\uE000\uE001]|undefined|NaN|null|Infinity/);
  return text;
}

function expectVerdict(verdict: Verdict, kind: Verdict['kind'], text: string | RegExp): void {
  const said = textOf(verdict);
  assert.equal(verdict.kind, kind, said);
  if (typeof text === 'string') {
    assert.equal(said, text);
  } else {
    assert.match(said, text);
  }
  for (const { before, gone, freed, moved, remaining } of verdict.programs) {
    assert.equal(gone + freed + moved + remaining, before);
  }
}

describe('the verdict on two snapshots', () => {
  it('is "fixed" where all stuck sockets are gone and none is new', () => {
    expectVerdict(
      after(LEAK, [...BASE, est(900)]),
      'fixed',
      'Fixed: all 48 stuck sockets of java (4321) are gone after 2 min, and none is new.',
    );
  });

  it('does not count TIME_WAIT, neither before nor after', () => {
    const passing = many(60, i => row('TIME_WAIT', OWN, `192.0.2.8:${2000 + i}`));
    expectVerdict(
      after([...BASE, ...passing], BASE),
      'nothing',
      'Nothing was stuck in the first snapshot.',
    );
    const closed = many(48, i => row('TIME_WAIT', OWN, `192.0.2.7:${1000 + i}`));
    assert.equal(after(LEAK, [...BASE, ...closed]).kind, 'fixed');
  });

  it('is too early where hardly any time has passed', () => {
    expectVerdict(after(LEAK, BASE, 5), 'early', /^Too early to say\. .*after 5 s: 48 of 48/);
  });

  it('says what is gone and new without times, and that they are missing', () => {
    const times = 'The snapshots do not show when they were taken.';
    expectVerdict(
      within(`${netstat(...LEAK)}\n${netstat(...BASE)}`),
      'partly',
      `Better. No longer stuck in the second snapshot: 48 of 48 stuck sockets of java (4321). Still stuck: 0. New: 0. ${times}`,
    );
    expectVerdict(
      files(netstat(...LEAK), netstat(...BASE)),
      'partly',
      new RegExp(`^Better.* New: 0\\. ${times} That holds if the first snapshot is the older one`),
    );
    // With others in their place it is not fixed whatever the time.
    assert.doesNotMatch(textOf(files(netstat(...LEAK), netstat(...BASE, cw(900)))), /taken/);
    expectVerdict(
      files(netstat(...LEAK), netstat(...SSHD, listen('5870/java'))),
      'restarted',
      /has PID 5870 now/,
    );
  });

  it('is "the same" where the same connections are still there', () => {
    expectVerdict(
      after(LEAK, LEAK),
      'same',
      'Not fixed. Still there after 2 min: 48 of 48 stuck sockets of java (4321). New: 0.',
    );
    expectVerdict(
      files(netstat(...LEAK), netstat(...LEAK)),
      'same',
      /^Not fixed\. Still there in the second snapshot: 48 of 48/,
    );
  });

  it('says that two files may be one listing, where they list the very same and no times', () => {
    const alike = /one listing, saved twice\.$/;
    expectVerdict(files(netstat(...LEAK), netstat(...LEAK)), 'same', alike);
    const reading = netstat(...LEAK).replace('tcp 1 0', 'tcp 5 0');
    for (const verdict of [
      files(netstat(...LEAK), reading),
      files(netstat(...LEAK), netstat(...LEAK, est(900))),
      after(LEAK, LEAK),
    ]) {
      assert.doesNotMatch(textOf(verdict), alike);
    }
  });

  it('knows a few by what the second snapshot shows of them', () => {
    const few = [...BASE, ...many(3, cw)];
    const verdict = after(few, few);
    assert.equal(verdict.kind === 'same' || verdict.kind === 'nothing', true);
    assert.notEqual(verdict.kind, 'appeared');
  });

  it('knows a few that have lasted, though one snapshot has no finding about so few', () => {
    const few = [...BASE, ...many(3, i => cw(i)), ...many(9, i => est(100 + i))];
    expectVerdict(
      after(few, few, 1800),
      'same',
      'Not fixed. Still there after 30 min: 3 of 3 stuck sockets of java (4321). New: 0.',
    );
    // Without what has lasted.
    expectVerdict(
      after([...BASE, est(1)], [...BASE, est(1)], 1800),
      'nothing',
      'Nothing was stuck in the first snapshot.',
    );
    const others = [...BASE, ...many(3, i => cw(50 + i)), ...many(9, i => est(100 + i))];
    expectVerdict(after(few, others, 1800), 'nothing', /^Nothing was stuck/);
  });

  it('does not say that nothing was stuck where a few may have lasted', () => {
    const few = [...BASE, ...many(3, i => cw(i)), ...many(9, i => est(100 + i))];
    expectVerdict(
      after(few, few, 5),
      'early',
      'Still in a state that should last only moments: 3. Too early to say. Compare again in a minute.',
    );
    expectVerdict(
      files(netstat(...few), netstat(...few)),
      'cannot-tell',
      'Cannot tell whether it is fixed. The snapshots do not show when they were taken. Still in a state that should last only moments: 3.',
    );
  });

  it('is "growing" with how fast between two', () => {
    expectVerdict(
      after(LEAK, [...BASE, ...many(60, cw)]),
      'growing',
      /^Not fixed, and growing\. Still there after 2 min: 48 of 48 .* New: 12\. Growing by 6 per minute, measured over 2 min\.$/,
    );
  });

  it('is "growing" with its limit where three snapshots show it', () => {
    const text = loop(...[48, 54, 60].map(n => netstat(...BASE, ...many(n, cw)))).replaceAll(
      '/java',
      '/orders',
    );
    expectVerdict(
      within(text),
      'growing',
      /New: 12\. Growing by 12 per minute, measured over 60 s\. At this rate, 1,024 descriptors /,
    );
  });

  it('is "partly" where some are gone', () => {
    expectVerdict(
      after(LEAK, [...BASE, ...many(16, cw)]),
      'partly',
      'Better. No longer stuck after 2 min: 32 of 48 stuck sockets of java (4321). Still stuck: 16. New: 0.',
    );
  });

  it('takes LAST_ACK after CLOSE_WAIT for progress', () => {
    const closing = many(48, i =>
      row('LAST_ACK', OWN, `192.0.2.7:${1000 + i}`, { sendQ: 1, timer: 'on (0.20/0/0)' }),
    );
    const verdict = after(LEAK, [...BASE, ...closing]);
    expectVerdict(verdict, 'partly', /Closed here, and waiting for the peer: 48\. New: 0\.$/);
    assert.equal(verdict.programs.length, 1);
  });

  it('does not call a busy server fixed, whose CLOSE_WAIT are others each time', () => {
    const busy = (from: number): string[] => [...BASE, ...many(8, i => cw(from + i))];
    expectVerdict(after(busy(0), busy(100)), 'replaced', /^All replaced\. .*8 of 8 .*New: 8\./);
    // Too few for a finding are new ones nevertheless.
    const one = after(busy(0), [...BASE, cw(200)]);
    expectVerdict(one, 'partly', /8 of 8 .* Still stuck: 0\. New: 1\.$/);
    // What was closed since, and waits for the peer, is counted apart.
    const [first = '', ...others] = busy(0).slice(BASE.length);
    const closing = first.replace('CLOSE_WAIT', 'LAST_ACK');
    assert.notEqual(closing, first);
    const moved = after([...BASE, first, ...others], [...busy(100), closing]);
    expectVerdict(moved, 'replaced', /7 of 8 .*New: 8\. .* waiting for the peer: 1\.$/);
  });

  it('does not call others worse, where the few that were there before are gone', () => {
    const have = (count: number, from: number, owner?: string): string[] => [
      ...BASE,
      ...many(count, i => cw(from + i, owner)),
    ];
    expectVerdict(
      after(have(3, 0), have(8, 100)),
      'replaced',
      'All replaced. In CLOSE_WAIT in the first snapshot, and gone after 2 min: 3 of java (4321). New: 8. A third snapshot shows whether the new ones stay.',
    );
    // One is left, others were there before, too few to say anything, or all are new.
    assert.equal(after(have(3, 0), [...have(8, 100), cw(0)]).kind, 'growing');
    expectVerdict(after(have(2, 0), have(60, 100)), 'appeared', /^Worse\. .* 60 stuck sockets/);
    assert.equal(after(have(3, 0, '77/billing'), have(8, 100)).kind, 'appeared');
    // What the second need not list is not gone.
    const filtered = `$ ss -tanp | head -n 12\n${netstat(...have(8, 100))}`;
    assert.notEqual(files(netstat(...have(3, 0)), filtered).kind, 'replaced');
  });

  it('does not call old workers fixed, where new ones beside them have the same again', () => {
    const server = (...workers: Side): string[] => [
      ...SSHD,
      listen('4000/nginx'),
      est(900, '4001/nginx'),
      ...workers,
    ];
    const before = server(...many(48, i => cw(i, '4001/nginx')));
    for (const count of [3, 8]) {
      const again = many(count, i => cw(100 + i, '5001/nginx'));
      expectVerdict(
        after(before, server(...again)),
        'partly',
        `Better. No longer stuck after 2 min: 48 of 48 stuck sockets of nginx (4001). Still stuck: 0. New: ${count}. Already in CLOSE_WAIT in new processes of this program: ${count}.`,
      );
    }
    const more = many(60, i => cw(100 + i, '5001/nginx'));
    expectVerdict(after(before, server(...more)), 'appeared', /^Worse\. .* nginx \(5001\)/);
    const other = many(3, i => cw(100 + i, '5001/backup'));
    assert.equal(after(before, server(...other)).kind, 'fixed');
    assert.equal(after(before, server(est(901, '5001/nginx'))).kind, 'fixed');
  });

  it('says of two files without times that their order is taken as given, once', () => {
    const less = netstat(...BASE, ...many(40, cw));
    const more = netstat(...BASE, ...many(50, cw));
    const order = 'That holds if the first snapshot is the older one: the files do not show it.';
    for (const verdict of [files(less, more), files(more, less)]) {
      assert.equal(textOf(verdict).split(order).length, 2, textOf(verdict));
    }
    expectVerdict(files(less, more), 'growing', new RegExp(`${order}$`));
    // What stands in one text has an order, and times have one.
    assert.ok(!textOf(within(`${less}\n${more}`)).includes(order));
    const [first, second] = timed(less, more).split(/(?=Mon .*:02:)/);
    assert.ok(!textOf(files(first!, second!)).includes(order));
    // Nothing was stuck in the first: that is so in any order.
    assert.ok(!textOf(files(netstat(...BASE), netstat(...BASE))).includes(order));
  });

  it('tells new ones from old ones also without times, and where the process is not certain', () => {
    const busy = (from: number, owner?: string): string[] => [
      ...BASE,
      ...many(8, i => cw(from + i, owner)),
    ];
    expectVerdict(
      files(netstat(...busy(0)), netstat(...busy(100))),
      'replaced',
      /^All replaced\. No longer stuck in the second snapshot: 8 of 8 .*New: 8\./,
    );
    assert.equal(after(busy(0, '1/app'), busy(100, '1/app')).kind, 'replaced');
    // Too few to say that all were replaced.
    expectVerdict(
      after(busy(0, '1/app'), [...BASE, cw(200, '1/app'), cw(201, '1/app')]),
      'cannot-tell',
      /^Cannot tell whether app \(1\) was fixed or restarted: .* New: 2\.$/,
    );
  });

  it('says what has become stuck since', () => {
    expectVerdict(
      after(BASE, LEAK),
      'appeared',
      'Worse. Stuck after 2 min, but not in the first snapshot: 48 stuck sockets of java (4321).',
    );
    const other = many(20, i => cw(500 + i, '77/billing'));
    const both = after(LEAK, [...BASE, listen('77/billing'), ...other]);
    expectVerdict(both, 'appeared', /billing \(77\)\. Fixed: all 48/);
  });

  it('names three programs, the worst first', () => {
    const of = (n: number): string => `${1000 + n}/app${n}`;
    const rows = many(60, i => cw(i, of(i % 5)));
    const heads = many(5, i => row('LISTEN', `0.0.0.0:${80 + i}`, '0.0.0.0:*', { owner: of(i) }));
    const still = rows.filter((_, i) => i % 5 === 3);
    const verdict = after([...SSHD, ...heads, ...rows], [...SSHD, ...heads, ...still]);
    expectVerdict(verdict, 'same', /^Not fixed\. .*app3 \(1003\)\. New: 0\. Fixed: .*Fixed: /);
    assert.match(textOf(verdict), /Further programs with stuck sockets: 2\.$/);
    assert.equal(verdict.programs.length, 5);
  });

  describe('on a restart', () => {
    it('is too early, by the name of the program', () => {
      expectVerdict(
        after(LEAK, [...SSHD, listen('5870/java')]),
        'restarted',
        'Too early to say: java (4321) was restarted and has PID 5870 now. Gone with the old process: 48 stuck sockets. The restart was at most 2 min before the second snapshot.',
      );
    });

    it('says since when, where snapshots between show it', () => {
      const fresh = netstat(...SSHD, listen('5870/java'));
      expectVerdict(
        within(loop(netstat(...LEAK), netstat(...LEAK), netstat(...LEAK), fresh)),
        'restarted',
        /at most 30 s before/,
      );
    });

    it('is known by its port where no names are shown', () => {
      const own = (pid: number): string => `LISTENING 0.0.0.0:9443 0.0.0.0:0 ${pid}`;
      const other = 'LISTENING 0.0.0.0:135 0.0.0.0:0 900';
      const rows = many(48, i => `CLOSE_WAIT ${OWN} 192.0.2.7:${1000 + i} 4321`);
      expectVerdict(
        within(timed(windows(other, own(4321), ...rows), windows(other, own(5870)))),
        'restarted',
        /process 4321\b.* has PID 5870 now/i,
      );
    });

    it('finds another new process for each worker, with what it has stuck', () => {
      const workers = (pid: number, from: number): string[] => [
        ...SSHD,
        listen(`${pid}/gunicorn`),
        ...many(48, i => cw(from + i, `${pid + 1 + (i % 4)}/gunicorn`)),
      ];
      const verdict = after(workers(4000, 0), workers(5000, 100));
      expectVerdict(verdict, 'restarted', /gunicorn \(4001\) was restarted and has PID 5001 now\./);
      assert.deepEqual(
        verdict.programs.map(({ before, gone, added }) => [before, gone, added]),
        many(4, () => [12, 12, 12]),
      );
    });

    it('is known by its connections, whatever tools call it', () => {
      const python = (name: string, stuck: Side): string[] => [
        ...SSHD,
        listen(`4321/${name}`),
        est(900, `4321/${name}`),
        ...stuck,
      ];
      const before = python(
        'python3',
        many(48, i => cw(i, '4321/python3')),
      );
      assert.equal(after(before, python('gunicorn', [])).kind, 'fixed');
      const other = [...SSHD, est(901, '4321/backup')];
      expectVerdict(after(before, other), 'cannot-tell', /no socket of python3 \(4321\)/);
      // Tools cut names at different lengths.
      assert.equal(after(before, [...SSHD, listen('4321/python')]).kind, 'fixed');
    });

    it('says when the new process has stuck ones again', () => {
      const again = many(10, i => cw(500 + i, '5870/java'));
      const verdict = after(LEAK, [...SSHD, listen('5870/java'), ...again]);
      expectVerdict(verdict, 'restarted', /The new process already has 10 stuck sockets\.$/);
      assert.equal(verdict.programs.length, 1);
    });

    it('says when the new process has a few again that no finding is about', () => {
      const again = many(3, i => cw(500 + i, '5870/java'));
      const verdict = after(LEAK, [...SSHD, listen('5870/java'), ...again]);
      expectVerdict(
        verdict,
        'restarted',
        /before the second snapshot\. Already in CLOSE_WAIT in new processes of this program: 3\.$/,
      );
      assert.equal(verdict.programs[0]?.added, 3);
      const other = many(3, i => cw(500 + i, '77/billing'));
      expectVerdict(
        after(LEAK, [...SSHD, listen('5870/java'), ...other]),
        'restarted',
        /before the second snapshot\.$/,
      );
    });

    it('cannot tell with the PID of a container, unless a connection lasts', () => {
      const leak = [
        ...SSHD,
        listen('1/java'),
        est(900, '1/java'),
        ...many(48, i => cw(i, '1/java')),
      ];
      expectVerdict(
        after(leak, [...SSHD, listen('1/java'), est(901, '1/java')]),
        'cannot-tell',
        /fixed or restarted/,
      );
      assert.equal(after(leak, [...SSHD, listen('1/java'), est(900, '1/java')]).kind, 'fixed');
    });

    it('cannot tell where the listening socket is another one', () => {
      const socket = (inode: number): string =>
        `LISTEN 0 128 0.0.0.0:9443 0.0.0.0:* users:(("java",pid=4321,fd=5)) ino:${inode} sk:${inode}`;
      const stuck = many(
        48,
        i =>
          `CLOSE-WAIT 1 0 ${OWN} 192.0.2.7:${1000 + i} users:(("java",pid=4321,fd=${10 + i})) ino:${7000 + i} sk:${i}`,
      );
      const other = 'ESTAB 0 0 192.0.2.1:22 192.0.2.9:50000 users:(("sshd",pid=901,fd=4))';
      const without = (inode: number): string => ss(socket(inode), other);
      assert.equal(within(timed(ss(socket(5), ...stuck), without(5))).kind, 'fixed');
      expectVerdict(
        within(timed(ss(socket(5), ...stuck), without(6))),
        'cannot-tell',
        /fixed or restarted/,
      );
    });

    it('cannot tell of a program that is no longer there', () => {
      expectVerdict(after(LEAK, SSHD), 'cannot-tell', /no socket of java \(4321\)/);
    });
  });

  describe('cannot tell', () => {
    const prompt = (command: string, host = 'db1', user = 'root'): string =>
      `${user}@${host}:~${user === 'root' ? '#' : '$'} date\nMon Jan  5 10:00:00 UTC 2026\n${user}@${host}:~${user === 'root' ? '#' : '$'} ${command}\n`;
    const later = (text: string): string => text.replace('10:00:00', '10:05:00');
    const first = prompt('netstat -antop') + netstat(...LEAK);

    it('but does where nothing differs', () => {
      assert.equal(files(first, later(prompt('netstat -antop')) + netstat(...BASE)).kind, 'fixed');
    });

    it('with another filter', () => {
      for (const command of [
        'netstat -antop | grep -v CLOSE',
        'netstat -antop | grep 9443',
        'netstat -antop | head -40',
      ]) {
        expectVerdict(
          files(first, later(prompt(command)) + netstat(...BASE)),
          'cannot-tell',
          /Rows may be missing/,
        );
      }
      expectVerdict(
        files(prompt('netstat -antop | grep 9443') + netstat(...LEAK), later(first)),
        'same',
        /48 of 48/,
      );
    });

    it('with `head`, though both times', () => {
      const head = prompt('netstat -antop | head -60');
      expectVerdict(
        files(head + netstat(...LEAK), later(head) + netstat(...BASE)),
        'cannot-tell',
        /Rows may be missing/,
      );
    });

    it('but does with the same grep, or the same words of the tool', () => {
      for (const command of ['netstat -antop | grep 9443', 'ss -antop sport = :9443']) {
        const cut = prompt(command);
        assert.equal(files(cut + netstat(...LEAK), later(cut) + netstat(...BASE)).kind, 'fixed');
      }
    });

    it('of rows without their header', () => {
      const rows = (list: Side): string => list.join('\n');
      assert.equal(within(timed(`${rows(LEAK)}\n`, `${rows(BASE)}\n`)).kind, 'cannot-tell');
    });

    it('of another host', () => {
      expectVerdict(
        files(first, later(prompt('netstat -antop', 'db2')) + netstat(...BASE)),
        'cannot-tell',
        /different hosts\.$/,
      );
      const moved = BASE.map(line => line.replaceAll('192.0.2.1:', '198.51.100.1:'));
      expectVerdict(after(LEAK, moved), 'cannot-tell', /no local address in common/);
    });

    it('of a listing without root', () => {
      const hidden = BASE.map(line => line.replace(/\d+\/\w+/, '-'));
      const own = row('LISTEN', '127.0.0.1:8000', '0.0.0.0:*', { owner: '7000/python' });
      expectVerdict(
        files(first, later(prompt('netstat -antop', 'db1', 'ann')) + netstat(...hidden, own)),
        'cannot-tell',
        /without the rights/,
      );
      expectVerdict(after(LEAK, [...hidden, own]), 'cannot-tell', /without the rights/);
    });

    it('of a listing without processes', () => {
      const none = BASE.map(line => line.replace(/\d+\/\w+/, '-'));
      expectVerdict(after(LEAK, none), 'cannot-tell', /whether the program was restarted/);
      const leak = LEAK.map(line => line.replace(/\d+\/\w+/, '-'));
      expectVerdict(after(leak, none), 'cannot-tell', /program listening on port 9443.*restarted/);
      // What is still there needs no process, nor does what is new.
      assert.equal(after(leak, leak).kind, 'same');
      const hidden = many(60, i => cw(i, '-'));
      expectVerdict(
        after(LEAK, [...none, ...hidden]),
        'growing',
        /48 of 48 stuck sockets of java \(4321\)\. New: 12\. Growing by 6 per minute/,
      );
      expectVerdict(
        after(LEAK, [...none, ...hidden.slice(0, 40), cw(100, '-')]),
        'partly',
        /8 of 48 .* Still stuck: 40\. New: 1\.$/,
      );
      // Of another service it may be anyone's.
      const other = many(12, i => row('CLOSE_WAIT', `192.0.2.1:${50_000 + i}`, '192.0.2.8:5432'));
      expectVerdict(
        after(LEAK, [...none, ...hidden.slice(0, 48), ...other]),
        'appeared',
        /^Worse\. .*12 stuck sockets of an unidentified program\. Not fixed\. .*48 of 48 stuck sockets of java \(4321\)\. New sockets show no process, and can be of this program\.$/,
      );
    });

    it('of each of the workers that had them', () => {
      const of = (i: number): string => `${5000 + (i % 4)}/gunicorn`;
      const workers = [...SSHD, listen('4999/gunicorn'), ...many(48, i => cw(i, of(i)))];
      const none = [...SSHD, listen('-')].map(line => line.replace(/\d+\/\w+/, '-'));
      expectVerdict(
        after(workers, [...none, ...many(60, i => cw(i, '-'))]),
        'growing',
        /48 of 48 stuck sockets of gunicorn\. New: 12\./,
      );
      // All are known by what is still there.
      assert.equal(after(workers, [...none, ...many(40, i => cw(i, '-'))]).programs.length, 4);
    });

    it('of ss without -a', () => {
      const stuck = many(
        48,
        i => `CLOSE-WAIT 1 0 ${OWN} 192.0.2.7:${1000 + i} users:(("java",pid=4321,fd=${i}))`,
      );
      const open = `ESTAB 0 0 ${OWN} 192.0.2.7:999 users:(("java",pid=4321,fd=99))`;
      const listening = 'LISTEN 0 128 0.0.0.0:9443 0.0.0.0:* users:(("java",pid=4321,fd=5))';
      assert.equal(within(timed(ss(listening, open, ...stuck), ss(listening, open))).kind, 'fixed');
      expectVerdict(
        within(timed(ss(listening, open, ...stuck), ss(open))),
        'cannot-tell',
        /no listening socket/,
      );
    });

    it('of a listing of what listens only', () => {
      const cut = (text: string): string => text.replace(/ users.*/, '');
      const stuck = many(
        48,
        i => `CLOSE-WAIT 1 0 ${OWN} 192.0.2.7:${1000 + i} users:(("java",pid=4321,fd=${i}))`,
      );
      const open = `ESTAB 0 0 192.0.2.1:22 192.0.2.9:50000 users:(("sshd",pid=901,fd=4))`;
      const listening = (waiting: number): string =>
        `LISTEN ${waiting} 128 0.0.0.0:9443 0.0.0.0:* users:(("java",pid=4321,fd=5))`;
      const both = (first: string, second: string): Verdict => within(timed(first, second));
      const leak = ss(listening(0), open, ...stuck);
      expectVerdict(both(leak, ss(listening(0))), 'cannot-tell', /second .* only listening/);
      // The other way round nothing is known to be new.
      expectVerdict(
        both(ss(listening(0)), leak),
        'cannot-tell',
        /first .* only listening sockets\. Stuck in .*, new or not: 48 stuck sockets of java/,
      );
      expectVerdict(both(ss(cut(listening(0))), leak), 'cannot-tell', /first .* only listening/);
      // But it is known of what listens, in either listing.
      const only = (waiting: number): string => ss(listening(waiting));
      assert.equal(both(only(129), only(0)).kind, 'fixed');
      assert.equal(both(only(0), only(129)).kind, 'appeared');
      assert.equal(both(only(0), ss(listening(129), open)).kind, 'appeared');
      expectVerdict(both(only(0), only(0)), 'nothing', /snapshot\. It lists only/);
      // What listens alone is everything where all was asked for.
      const all = (text: string): string => `$ ss -tanp\n${text}`;
      assert.equal(files(all(leak), all(ss(listening(0)))).kind, 'partly');
      const times = `Mon Jan  5 10:00:00 UTC 2026\n${all(leak)}`;
      const later = `Mon Jan  5 10:05:00 UTC 2026\n${all(ss(listening(0)))}`;
      assert.equal(files(times, later).kind, 'fixed');
      assert.equal(
        files(later.replace('05:00', '00:00'), times.replace('00:00', '05:00')).kind,
        'appeared',
      );
    });

    it('but does of two listings of connections only', () => {
      const open = `ESTAB 0 0 192.0.2.1:22 192.0.2.9:50000 users:(("sshd",pid=901,fd=4))`;
      const java = `ESTAB 0 0 ${OWN} 192.0.2.9:50001 users:(("java",pid=4321,fd=4))`;
      const stuck = many(
        48,
        i => `CLOSE-WAIT 1 0 ${OWN} 192.0.2.7:${1000 + i} users:(("java",pid=4321,fd=${i}))`,
      );
      const verdict = within(timed(ss(open, java, ...stuck), ss(open, java)));
      assert.equal(verdict.kind, 'fixed');
    });

    it('of a file that is cut off', () => {
      const both = many(96, i => (i % 2 === 0 ? cw(i) : est(i)));
      const full = netstat(...BASE, ...both);
      // Anywhere in the last two rows, and in each row above, at another place each time.
      const step = est(1).length;
      for (let cut = 1; cut < full.length - 200; cut += cut < 220 ? 1 : step) {
        const verdict = within(timed(full, full.slice(0, -cut)));
        assert.notEqual(verdict.kind, 'fixed', `${cut} characters less: ${textOf(verdict)}`);
      }
      const rest = netstat(...BASE, ...both.filter((_, i) => i % 2 === 1));
      assert.equal(within(timed(full, rest)).kind, 'fixed');
      const whole = rest.trimEnd();
      for (const cut of [26, 30, 40]) {
        expectVerdict(
          within(timed(full, whole.slice(0, -cut))),
          'cannot-tell',
          /cut off|have no local/,
        );
      }
      expectVerdict(
        within(timed(full, netstat(...BASE, est(100)))),
        'cannot-tell',
        /fewer than half/,
      );
    });

    it('of another tool that may show less', () => {
      const lsof = (user: string, ...rows: Side): string =>
        [
          'COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME',
          `sshd     900 ${user} 3u  IPv4  10000      0t0  TCP *:22 (LISTEN)`,
          `sshd     901 ${user} 4u  IPv4  10002      0t0  TCP 192.0.2.1:22->192.0.2.9:50000 (ESTABLISHED)`,
          ...rows,
          '',
        ].join('\n');
      const java = (user: string): string =>
        `java    4321 ${user} 5u  IPv4  10001      0t0  TCP *:9443 (LISTEN)`;
      const leak = netstat(...LEAK);
      // Root sees all that processes have; whether others do is not known.
      assert.equal(within(timed(leak, lsof('root', java('app')))).kind, 'fixed');
      expectVerdict(
        within(timed(leak, lsof('app', java('app')))),
        'cannot-tell',
        'Cannot tell whether it is fixed. Not stuck in the second snapshot: 48 of 48 stuck sockets of java (4321). The snapshots are of different tools, which need not list the same sockets. One of the snapshots may have been taken without the rights to see all processes.',
      );
      // One of another user has ended, or is not shown.
      expectVerdict(within(timed(leak, lsof('ann'))), 'cannot-tell', /without the rights/);
      expectVerdict(within(timed(leak, lsof('root'))), 'cannot-tell', /no socket of java/);
      // One of the same name may be another user's.
      const other = java('ann').replace('4321', '5870').replace('9443', '8443');
      expectVerdict(within(timed(leak, lsof('ann', other))), 'cannot-tell', /without the rights/);
      expectVerdict(within(timed(leak, lsof('root', other))), 'restarted', /has PID 5870 now/);
      expectVerdict(
        within(timed(lsof('ann'), leak)),
        'cannot-tell',
        /^Cannot tell .*different tools.*without the rights.* new or not: 48 stuck sockets of java/,
      );
      // Of all processes nothing is stuck in either.
      expectVerdict(
        within(timed(lsof('root', java('app')), netstat(...BASE))),
        'nothing',
        'Nothing was stuck in the first snapshot. The snapshots are of different tools, which need not list the same sockets.',
      );
      // What no process has, it never shows.
      const waiting = many(30, i =>
        row('LAST_ACK', OWN, `192.0.2.7:${2000 + i}`, { sendQ: 1, timer: 'on (20.00/9/0)' }),
      );
      const kernel = netstat(...BASE, ...waiting);
      const root = lsof('root', java('app'));
      expectVerdict(
        within(timed(kernel, root)),
        'cannot-tell',
        'Cannot tell whether it is fixed. Not stuck in the second snapshot: 30 of 30 stuck sockets of the kernel. The snapshots are of different tools, which need not list the same sockets.',
      );
      const stuck = many(
        48,
        i =>
          `java    4321 app ${10 + i}u IPv4 ${20_000 + i} 0t0 TCP ${OWN}->192.0.2.7:${1000 + i} (CLOSE_WAIT)`,
      );
      expectVerdict(
        within(timed(lsof('root', java('app'), ...stuck), kernel)),
        'cannot-tell',
        'Fixed: all 48 stuck sockets of java (4321) are gone after 2 min, and none is new. Stuck in the second snapshot, new or not: 30 stuck sockets of the kernel. The snapshots are of different tools, which need not list the same sockets.',
      );
      // Other protocols and the kernel's own make no listing shorter.
      const more = many(20, i =>
        row('', `0.0.0.0:${500 + i}`, '0.0.0.0:*', { protocol: 'udp', owner: '800/named' }),
      );
      assert.equal(within(timed(netstat(...LEAK, ...more, ...waiting), root)).kind, 'cannot-tell');
      assert.equal(within(timed(netstat(...LEAK, ...more), root)).kind, 'fixed');
    });

    it('of names, which no number shows again', () => {
      const names = LEAK.map(line => line.replace(/:9443/, ':https'));
      const hosts = LEAK.map(line => line.replaceAll('192.0.2.7', 'client-7.example'));
      for (const named of [names, hosts]) {
        expectVerdict(after(named, LEAK), 'cannot-tell', /has names in place of/);
        expectVerdict(after(LEAK, named), 'cannot-tell', /has names in place of/);
        assert.equal(after(named, named).kind, 'same');
      }
      // Of what is not stuck they do no harm.
      const ssh = (rows: Side): string[] => rows.map(line => line.replace(/:22 /, ':ssh '));
      expectVerdict(after(ssh(LEAK), LEAK), 'same', /48 of 48/);
    });

    it('of a part, unless the other one lists everything', () => {
      const part = prompt('ss -tanp | grep CLOSE-WAIT');
      const stuck = (count: number): string[] =>
        many(
          count,
          i => `CLOSE-WAIT 1 0 ${OWN} 192.0.2.7:${1000 + i} users:(("java",pid=4321,fd=${i}))`,
        );
      const base = [
        'LISTEN 0 128 0.0.0.0:9443 0.0.0.0:* users:(("java",pid=4321,fd=5))',
        `ESTAB 0 0 ${OWN} 192.0.2.7:999 users:(("java",pid=4321,fd=99))`,
      ];
      const before = part + stuck(20).join('\n');
      const whole = (count: number): string =>
        later(prompt('ss -tanp')) + ss(...base, ...stuck(count));
      // Nothing is stuck, so nothing is new.
      assert.equal(files(before, whole(0)).kind, 'fixed');
      expectVerdict(files(before, whole(5)), 'partly', /15 of 20 .* Still stuck: 5\. New: 0\.$/);
      expectVerdict(files(before, whole(28)), 'same', /20 of 20 .* new or not: 8 .*Rows may/);
      expectVerdict(
        files(prompt('ss -tanp') + ss(...base, ...stuck(20)), later(part) + stuck(5).join('\n')),
        'same',
        /Still there after 5 min: 5 of 20 stuck sockets of java \(4321\)\. Rows may/,
      );
    });

    it('of what is found in memory', () => {
      const volatility = [
        'Volatility 3 Framework 2.5.0',
        'Offset\tProto\tLocalAddr\tLocalPort\tForeignAddr\tForeignPort\tState\tPID\tOwner\tCreated',
        '0xe001\tTCPv4\t0.0.0.0\t9443\t0.0.0.0\t0\tLISTENING\t4321\tjava\t2026-01-05 09:00:00.000000 ',
        '0xe002\tTCPv4\t192.0.2.1\t9443\t192.0.2.7\t999\tESTABLISHED\t4321\tjava\t2026-01-05 09:00:00.000000 ',
        '',
      ].join('\n');
      const leak = windows(
        'LISTENING 0.0.0.0:9443 0.0.0.0:0 4321',
        `ESTABLISHED ${OWN} 192.0.2.7:999 4321`,
        ...many(48, i => `CLOSE_WAIT ${OWN} 192.0.2.7:${1000 + i} 4321`),
      );
      expectVerdict(within(timed(leak, volatility)), 'cannot-tell', /different tools/);
    });

    it('of fewer protocols or address families', () => {
      const udp = row('', '0.0.0.0:53', '0.0.0.0:*', { protocol: 'udp', owner: '800/named' });
      // What was stuck is of TCP, which both list.
      assert.equal(after([...LEAK, udp], BASE).kind, 'fixed');
      const six = LEAK.map(line =>
        line.replace(/^tcp .*(9443)/, text => text.replace('tcp', 'tcp6')),
      );
      expectVerdict(after([...SSHD, ...six], BASE), 'cannot-tell', /all protocols/);
    });

    it('of an older one', () => {
      expectVerdict(
        between(
          analysed(`Mon Jan  5 10:05:00 UTC 2026\n${netstat(...LEAK)}`),
          analysed(`Mon Jan  5 10:00:00 UTC 2026\n${netstat(...BASE)}`),
        ),
        'cannot-tell',
        /older/,
      );
    });

    it('of one without sockets', () => {
      const both = analysed(timed(netstat(...LEAK), netstat()));
      assert.equal(both.snapshots.length, 2);
      expectVerdict(between(both, both, 0), 'cannot-tell', /The second snapshot has no socket/);
      const empty = analysed(loop(netstat(...BASE), netstat(), netstat(...BASE)));
      expectVerdict(between(empty, empty, 1), 'cannot-tell', /The first snapshot has no socket/);
    });

    it('where new ones may be of the program', () => {
      const unknown = row('CLOSE_WAIT', OWN, '192.0.2.7:4000', { recvQ: 1 });
      expectVerdict(after(LEAK, [...BASE, unknown]), 'cannot-tell', /can be of this program/);
    });
  });

  it('knows an accept queue that is empty again', () => {
    const queue = (waiting: number): string =>
      `LISTEN ${waiting} 128 0.0.0.0:9443 0.0.0.0:* users:(("java",pid=4321,fd=5))`;
    const open = `ESTAB 0 0 ${OWN} 192.0.2.7:999 users:(("java",pid=4321,fd=99))`;
    expectVerdict(
      within(timed(ss(queue(129), open), ss(queue(0), open))),
      'fixed',
      'Fixed: java (4321) had 1 stuck socket. After 2 min none of them is stuck, and none is new.',
    );
    assert.equal(within(timed(ss(queue(129), open), ss(queue(129), open))).kind, 'same');
  });

  it('counts the connections of an accept queue, and not the listener with them', () => {
    const waiting = (from: number): string =>
      ss(
        'LISTEN 6 128 0.0.0.0:9443 0.0.0.0:* users:(("java",pid=4321,fd=5))',
        ...many(6, i => `CLOSE-WAIT 1 0 ${OWN} 192.0.2.7:${from + i}`),
      );
    const verdict = within(timed(waiting(1000), waiting(1000)));
    expectVerdict(verdict, 'same', /6 of 6 stuck sockets/);
    const full = (waiting: number): string =>
      ss(
        `LISTEN ${waiting} 128 0.0.0.0:81 0.0.0.0:* users:(("java",pid=4321,fd=5))`,
        ...many(
          30,
          i => `CLOSE-WAIT 1 0 ${OWN} 192.0.2.7:${1000 + i} users:(("java",pid=4321,fd=9))`,
        ),
      );
    expectVerdict(within(timed(full(129), full(129))), 'same', /30 of 30 stuck sockets/);
    expectVerdict(within(timed(full(129), full(0))), 'same', /30 of 30 stuck sockets/);
  });

  it('leaves the other ends of what is stuck to the clock of the kernel', () => {
    const pairs = [
      ...BASE,
      ...many(12, i =>
        row('CLOSE_WAIT', '127.0.0.1:9443', `127.0.0.1:${40_000 + i}`, { owner: '4321/java' }),
      ),
      ...many(12, i => row('FIN_WAIT2', `127.0.0.1:${40_000 + i}`, '127.0.0.1:9443')),
    ];
    const said = (seconds: number): string => textOf(after(pairs, pairs, seconds));
    assert.match(said(40), /^Not fixed\. Still there after 40 s: 12 of 12 stuck sockets of java/);
    assert.doesNotMatch(said(40), /kernel/);
    assert.match(said(300), /kernel/);
  });

  it('knows what only the kernel holds', () => {
    const waiting = many(30, i =>
      row('LAST_ACK', OWN, `192.0.2.7:${1000 + i}`, { sendQ: 1, timer: 'on (20.00/9/0)' }),
    );
    expectVerdict(
      after([...BASE, ...waiting], BASE),
      'fixed',
      'Fixed: all 30 stuck sockets of the kernel are gone after 2 min, and none is new.',
    );
    assert.equal(after([...BASE, ...waiting], [...BASE, ...waiting]).kind, 'same');
  });

  it('asks for no program of handshakes, whose sockets no process has yet', () => {
    const handshakes = many(200, i => row('SYN_RECV', OWN, `192.0.2.7:${1000 + i}`));
    const withoutPids = (...rows: readonly string[]): string =>
      netstat(...rows)
        .replace(' PID/Program name', '')
        .replaceAll(/ (?:-|\d+\/\S+) off.*/g, '');
    const verdict = within(timed(withoutPids(listen(), ...handshakes), withoutPids(listen())));
    assert.equal(verdict.kind, 'fixed');
    assert.match(textOf(verdict), /200 stuck sockets of the kernel are gone/);
  });
});
