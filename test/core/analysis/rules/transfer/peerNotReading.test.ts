import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  analysed,
  assertNeverSaid,
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  truth,
} from '../../scene';

const reader = (recvQ: number): string =>
  row('ESTABLISHED', '127.0.0.1:9001', '127.0.0.1:50896', { recvQ, owner: '25813/reader' });
const sender = (timer: string, state = 'ESTABLISHED'): string =>
  row(state, '127.0.0.1:50896', '127.0.0.1:9001', {
    sendQ: 3_782_144,
    owner: '25977/sender',
    timer,
  });

describe('PAIR-2', () => {
  it('names who does not read', () => {
    expectFinding(netstat(reader(128_512), sender('probe (1.36/0/0)')), 'PAIR-2', {
      code: 'PAIR-2',
      severity: 'warning',
      confidence: 'high',
      pid: 25813,
      title:
        /^reader \(25813\) is not reading: 128,512 bytes wait in Recv-Q, .* at sender \(25977\)$/,
    });
  });

  describe('of a chain of programs', () => {
    const pipe = (from: string, to: string, port: number, timer: string): string[] => {
      const [reading, writing] = [`127.0.0.1:${port}`, `127.0.0.1:${port + 40_000}`];
      return [
        row('ESTABLISHED', reading, writing, { recvQ: 1_054_817, owner: to }),
        row('ESTABLISHED', writing, reading, { sendQ: 3_608_680, owner: from, timer }),
      ];
    };
    const [one, two, three] = ['11/producer', '12/filter', '13/consumer'] as const;
    const chain = (timer?: string): string =>
      netstat(...pipe(one, two, 7001, timer ?? '-'), ...pipe(two, three, 7002, timer ?? '-'));

    it('names the last one first, which has nothing to send', () => {
      const stuck = chain('probe (8.45/0/0)');
      for (const text of [stuck, loop(stuck, stuck, stuck)]) {
        const [first, ...others] = analysed(text).findings;
        assert.equal(first!.owner?.pid, 13);
        assert.equal(first!.severity, 'warning');
        assert.ok(others.every(({ severity }) => severity === 'info'));
        const found = others.find(({ owner }) => owner?.pid === 12)!;
        assert.match(plain(found.title), /^filter \(12\) is itself waiting to send: /);
        assert.match(
          everythingSaid(found).join('\n'),
          /filter \(12\) has 3,608,680 bytes to send that consumer \(13\) does not take/,
        );
        assert.deepEqual(found.remedy, []);
      }
      // Without timers it may be any transfer; the order is the same.
      const bare = chain()
        .replace(' Timer', '')
        .replaceAll(/ (?:off \(.*\)|-)$/gm, '');
      assert.equal(analysed(bare).findings[0]!.owner?.pid, 13);
      expectHealthy(bare);
    });

    it('accuses both of two that wait for each other on one connection', () => {
      const both = (local: string, remote: string, owner: string): string =>
        row('ESTABLISHED', local, remote, {
          recvQ: 128_000,
          sendQ: 3_000_000,
          owner,
          timer: 'probe (8.45/0/0)',
        });
      const text = netstat(
        both('127.0.0.1:7001', '127.0.0.1:47001', one),
        both('127.0.0.1:47001', '127.0.0.1:7001', two),
      );
      const accused = analysed(text).findings.filter(({ severity }) => severity === 'warning');
      assert.deepEqual(accused.map(({ owner }) => owner?.pid).sort(), [11, 12]);
    });

    it('is no excuse where one client of many takes nothing', () => {
      const held = row('ESTABLISHED', '192.0.2.1:80', '198.51.100.9:5000', {
        sendQ: 90_000,
        owner: two,
        timer: 'probe (8.45/0/0)',
      });
      const unread = (count: number): string =>
        netstat(
          held,
          ...many(count, i =>
            row('ESTABLISHED', '192.0.2.1:80', `198.51.100.7:${5000 + i}`, {
              recvQ: 400,
              owner: two,
            }),
          ),
        );
      const ofThree = (text: string): string => loop(text, text, text);
      const warned = (text: string): boolean =>
        analysed(text).findings.some(
          ({ code, severity }) => code === 'RQ-1' && severity !== 'info',
        );
      assert.equal(warned(ofThree(unread(5))), true);
      assert.equal(warned(ofThree(unread(2))), false);
    });
  });

  it('also when the sender has closed, and when the reader was closed on', () => {
    expectFinding(netstat(reader(1000), sender('probe (1.36/0/0)', 'FIN_WAIT1')), 'PAIR-2');
    const closing = netstat(
      row('FIN_WAIT2', '127.0.0.1:9001', '127.0.0.1:50896', { recvQ: 128_000, owner: '3/client' }),
      sender('probe (1.36/0/0)', 'CLOSE_WAIT'),
    );
    expectFinding(closing, 'PAIR-2', { pid: 3 });
    expectSilence(closing, 'CW-1');
  });

  it('needs probes: data on both ends is any transfer', () => {
    expectSilence(netstat(reader(128_512), sender('on (0.20/0/0)')), 'PAIR-2');
    expectSilence(netstat(reader(0), sender('probe (1.36/0/0)')), 'PAIR-2');
  });

  it('names the reader without timers where both ends have much, which any big transfer has', () => {
    const untimed = (recvQ: number): string =>
      netstat(reader(recvQ), sender('')).replaceAll(' off (0.00/0/0)', '').replace(' Timer', '');
    const found = expectFinding(untimed(6_291_456), 'PAIR-2', {
      severity: 'info',
      confidence: 'low',
      pid: 25813,
      title: /^reader \(25813\) may read more slowly than sender \(25977\) sends/,
    });
    assert.doesNotMatch(everythingSaid(found).join('\n'), /window|timer/);
    expectSilence(untimed(6_291_456), 'SQ-1');
    assertNeverSaid(untimed(6_291_456), /does not answer/);
    expectSilence(untimed(60_000), 'PAIR-2');
    expectFinding(untimed(60_000), 'SQ-1');
    expectFinding(loop(untimed(6_291_456), untimed(6_291_456)), 'PAIR-2', { severity: 'warning' });
  });

  it('leaves open a reader that is only slower than the sender', () => {
    const text = truth('slow-reader.netstat.txt');
    expectHealthy(text);
    expectFinding(text, 'PAIR-2', {
      severity: 'info',
      confidence: 'low',
      title: /^python3 \(24851\) may read more slowly than/,
    });
    const short = netstat(reader(128_512), sender('probe (0.22/0/0)'));
    expectHealthy(short);
  });

  it('needs a second snapshot where the timer is short', () => {
    const short = netstat(reader(128_512), sender('probe (0.22/0/0)'));
    expectFinding(loop(short, short), 'PAIR-2', {
      severity: 'warning',
      title: /^reader \(25813\) is most likely not reading/,
    });
    expectFinding(loop(short, short, short), 'PAIR-2', { severity: 'warning', confidence: 'high' });
  });

  it('never says what a program calls, and how long nothing was taken', () => {
    for (const file of ['closed-window.netstat.txt', 'closed-window.ss.txt']) {
      const text = truth(file);
      const found = expectFinding(text, 'PAIR-2', { severity: 'warning', pid: 24524 });
      assert.ok(
        found.evidence.some(({ text: said }) => plain(said).includes('has up to 4.4 s left')),
      );
      assertNeverSaid(text, /recv\(\)|does not read/);
    }
  });

  describe('between hosts', () => {
    const sending = (timer = 'probe (90.00/0/9)'): string =>
      netstat(
        row('ESTABLISHED', '192.0.2.15:44100', '192.0.2.50:24224', {
          sendQ: 3_201_440,
          owner: '801/td-agent',
          timer,
        }),
      );
    const reading = (recvQ: number): string =>
      netstat(
        row('ESTABLISHED', '192.0.2.50:24224', '192.0.2.15:44100', {
          recvQ,
          owner: '990/fluentd',
        }),
      );
    const hosts = (web: string, log: string, second: string | null = '03'): string =>
      `[root@web ~]# date; netstat -antpo\nMon Jan  5 10:00:00 UTC 2026\n${web}\n` +
      `[root@log ~]# date; netstat -antpo\n` +
      `${second === null ? '' : `Mon Jan  5 10:${second.length > 2 ? second : `00:${second}`} UTC 2026\n`}${log}`;

    it('names who does not read on the other host, and no more warns of who waits', () => {
      const text = hosts(sending(), reading(6_291_456));
      expectFinding(text, 'PAIR-2', {
        severity: 'warning',
        confidence: 'high',
        pid: 990,
        title:
          /^log: fluentd \(990\) is not reading: .* wait in Recv-Q, .* more at web: td-agent \(801\)$/,
      });
      assert.equal(analysed(text).findings[0]!.code, 'PAIR-2');
      const waits = expectFinding(text, 'SQ-1', { severity: 'info', pid: 801 });
      assert.match(everythingSaid(waits).join('\n'), /At the other end, log: fluentd \(990\) has/);
      assertNeverSaid(text, /may be a proxy|large download/);
    });

    it('is less sure where the hosts were listed at other moments', () => {
      for (const second of [null, '05:00']) {
        expectFinding(hosts(sending(), reading(6_291_456), second), 'PAIR-2', {
          severity: 'warning',
          confidence: 'medium',
        });
        // A little may be what came since.
        expectSilence(hosts(sending(), reading(1000), second), 'PAIR-2');
        expectFinding(hosts(sending(), reading(1000), second), 'SQ-1', { severity: 'warning' });
      }
    });

    it('knows that several are not read, without times, where all have something to read', () => {
      const ends = many(4, i => `192.0.2.15:${44_100 + i}`);
      const several = (unread: readonly number[], timer = 'probe (6.48/0/0)'): string =>
        hosts(
          netstat(
            ...ends.map(end =>
              row('ESTABLISHED', end, '192.0.2.50:24224', {
                sendQ: 102_808,
                owner: '801/td-agent',
                timer,
              }),
            ),
          ),
          netstat(
            ...ends.map((end, i) =>
              row('ESTABLISHED', '192.0.2.50:24224', end, {
                recvQ: unread[i]!,
                owner: '990/fluentd',
              }),
            ),
          ),
          null,
        ).replaceAll(/Mon Jan.*\n/g, '');
      expectFinding(several([11_644, 11_644, 11_644, 11_644]), 'PAIR-2', {
        severity: 'warning',
        confidence: 'medium',
        pid: 990,
      });
      expectFinding(several([11_644, 11_644, 11_644, 11_644]), 'SQ-1', { severity: 'info' });
      // One is empty: what waits on the others may have come since.
      expectSilence(several([11_644, 11_644, 11_644, 0]), 'PAIR-2');
      // A slow reader.
      expectSilence(several([11_644, 11_644, 11_644, 11_644], 'probe (0.22/0/0)'), 'PAIR-2');
    });

    it('does not compare listings that are long apart', () => {
      expectSilence(hosts(sending(), reading(6_291_456), '30:00'), 'PAIR-2');
    });

    it('leaves open a reader that is only slower, and needs what waits at both ends', () => {
      expectHealthy(hosts(sending('probe (0.22/0/0)'), reading(6_291_456)));
      expectSilence(hosts(sending('on (0.22/0/0)'), reading(6_291_456)), 'PAIR-2');
      expectSilence(hosts(sending(), reading(0)), 'PAIR-2');
      expectFinding(hosts(sending(), reading(0)), 'SQ-1', { severity: 'warning' });
    });

    it('says that all was read since, where the reader was listed later', () => {
      const said = (text: string, severity: 'info' | 'warning'): string =>
        everythingSaid(expectFinding(text, 'SQ-1', { severity })).join('\n');
      const later = hosts(sending(), reading(0), '05:00');
      assert.match(
        said(later, 'info'),
        /At the other end, log: fluentd \(990\) has nothing left to read: what came was read since\./,
      );
      assertNeverSaid(later, /it has to read|may be a proxy/);
      // Clocks of two hosts may differ, and without times either may be the later one.
      for (const second of ['03', null]) {
        const perhaps = said(hosts(sending(), reading(0), second), 'warning');
        assert.match(perhaps, /has nothing to read\. If that was listed later, .*read since\./);
      }
      // What was empty before may be full now; and what is not listed tells nothing.
      const [first, second] = later.split(/(?=\[root@log)/);
      const earlier = [second!.replace('10:05', '09:55'), first].join('\n');
      assert.doesNotMatch(said(earlier, 'warning'), /nothing (?:left )?to read/);
      const other = reading(0).replaceAll('44100', '44101');
      assert.doesNotMatch(said(hosts(sending(), other, '05:00'), 'warning'), /nothing left/);
    });

    it('says so where one listing has both ends', () => {
      const both = (recvQ: number): string =>
        netstat(
          row('ESTABLISHED', '127.0.0.1:44100', '127.0.0.1:24224', {
            sendQ: 3_201_440,
            owner: '801/td-agent',
            timer: 'probe (90.00/0/9)',
          }),
          row('ESTABLISHED', '127.0.0.1:24224', '127.0.0.1:44100', { recvQ, owner: '990/fluentd' }),
        );
      expectFinding(both(6_291_456), 'PAIR-2', { severity: 'warning' });
      const emptied = expectFinding(both(0), 'SQ-1', { severity: 'info' });
      assert.match(everythingSaid(emptied).join('\n'), /fluentd \(990\) has nothing left to read/);
    });
  });
});
