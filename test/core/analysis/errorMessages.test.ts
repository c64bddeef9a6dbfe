import assert from 'node:assert/strict';

import { plain } from '../../../src/core/wording/text';
import { analysed, expectFinding, expectSilence, many, netstat, row } from './scene';

const leakOf = (owner: string, from: number): string[] =>
  many(60, i =>
    row('CLOSE_WAIT', `192.0.2.1:${from + i}`, '198.51.100.7:443', { owner, recvQ: 1 }),
  );
const leak = netstat(...leakOf('4321/orders', 40_000));

/** What findings say of messages, by their codes. */
function said(text: string): string[] {
  return analysed(text).findings.flatMap(({ code, evidence }) =>
    evidence
      .map(({ text: of, line }) => ({ of: plain(of), line }))
      .filter(({ of }) => of.startsWith('Line '))
      .map(({ of, line }) => `${code} ${line}: ${of}`),
  );
}

describe('messages around the sockets', () => {
  const message = '2026-01-05 10:00:00 ERROR accept4() failed (24: Too many open files)';

  it('speak for what they name', () => {
    assert.deepEqual(said(`${message}\n\n${leak}`), [
      'CW-1 0: Line 1 has a message that fits this: "Too many open files".',
    ]);
    assert.equal(
      said(`${leak}\nJan  5 10:00:00 web1 orders[4321]: accept: Too many open files\n`).length,
      1,
    );
    assert.equal(said(`/opt/bin/orders: accept: Too many open files\n${leak}`).length, 1);
    // Once, however often they stand there.
    assert.equal(said(`${message}\n${message}\n${leak}`).length, 1);
  });

  it('do not speak for another program, nor for any of several', () => {
    assert.deepEqual(
      said(`Jan  5 10:00:00 web1 nginx[88]: accept: Too many open files\n${leak}`),
      [],
    );
    assert.deepEqual(
      said(`Jan  5 10:00:00 web1 orders[9]: accept: Too many open files\n${leak}`),
      [],
    );
    const two = netstat(...leakOf('4321/orders', 40_000), ...leakOf('77/billing', 42_000));
    assert.deepEqual(said(`${message}\n${two}`), []);
    assert.equal(said(`billing: accept: Too many open files\n${two}`).length, 1);
    // Without a process it is not known whose sockets they are.
    const hidden = leak.replaceAll('4321/orders', '-');
    assert.deepEqual(said(`orders: accept: Too many open files\n${hidden}`), []);
  });

  it('do not speak for what was listed on another day', () => {
    const listed = (date: string): string => `${date}\n${leak}`;
    const at = (stamp: string): string => `${stamp} ERROR accept4() failed: Too many open files\n`;
    const today = listed('Mon Jan  5 11:30:00 UTC 2026');
    for (const [stamp, count] of [
      ['2026-01-05 10:00:00', 1],
      ['2026-01-04T23:00:00Z', 1],
      ['[2026-01-05 10:00:00,123]', 1],
      ['2026-01-03 10:00:00', 0],
      ['2025-01-05 10:00:00', 0],
      ['2026-01-07 10:00:00', 0],
      ['[Mon Jan  5 10:00:00 2026]', 1],
      ['[Thu Dec 25 10:00:00 2025]', 0],
    ] as const) {
      assert.equal(said(at(stamp) + today).length, count, stamp);
    }
    // Syslog names no year.
    const syslog = (date: string): string =>
      `${date} 10:00:00 web1 orders[4321]: accept: Too many open files\n`;
    assert.equal(said(syslog('Jan  5') + today).length, 1);
    assert.equal(said(syslog('Nov 27') + today).length, 0);
    const newYear = listed('Thu Jan  1 00:10:00 UTC 2026');
    assert.equal(said(syslog('Dec 31') + newYear).length, 1);
    assert.equal(said(syslog('Nov 27') + leak).length, 1);
    // The one of that day counts, wherever it stands.
    assert.deepEqual(said(at('2026-01-01 10:00:00') + at('2026-01-05 10:00:00') + today), [
      'CW-1 1: Line 2 has a message that fits this: "Too many open files".',
    ]);
  });

  it('do not speak for the process that has come for the one that says it', () => {
    const waiting = (owner: string): string =>
      [
        '$ netstat -antp | head -60',
        netstat(
          row('ESTABLISHED', '192.0.2.1:30000', '192.0.2.9:5432', { owner }),
          ...many(40, i => row('TIME_WAIT', `192.0.2.1:${40_000 + i}`, '198.51.100.5:8080')),
        ),
      ].join('\n');
    const log = (pid: number): string =>
      `Jan  5 10:00:00 web1 orders[${pid}]: connect to 198.51.100.5:8080: Cannot assign requested address\n`;
    expectFinding(log(4321) + waiting('4321/orders'), 'TW-1', { severity: 'info' });
    expectSilence(log(77) + waiting('4321/orders'), 'TW-1');
    // Nothing is known of a program that is not listed, or has workers.
    expectFinding(log(77) + waiting('4321/billing'), 'TW-1');
    expectFinding(log(77) + waiting('-'), 'TW-1');
    const parent = row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '4321/orders' });
    const listening = waiting('5/ntpd').replace('Timer\n', `Timer\n${parent}\n`);
    expectFinding(log(77) + listening, 'TW-1');
  });

  it('are of one host, whether each of its listings names it or not', () => {
    const named = `[root@web1 ~]# netstat -antp\n${leak}`;
    assert.equal(said(`${message}\n${leak}\n${named}`).length, 1);
  });

  it('are neither questions nor comments, nor findings by themselves', () => {
    assert.deepEqual(said(`Is this: Too many open files?\n${leak}`), []);
    assert.deepEqual(said(`# ${message}\n${leak}`), []);
    const healthy = netstat(row('LISTEN', '192.0.2.1:80', '0.0.0.0:*', { owner: '1/nginx' }));
    const codes = (text: string): string[] => analysed(text).findings.map(({ code }) => code);
    assert.deepEqual(codes(`${message}\n${healthy}`), codes(healthy));
  });

  it('speak for a flood of the port that they name', () => {
    const flood = netstat(
      row('LISTEN', '192.0.2.1:80', '0.0.0.0:*', { owner: '1/nginx' }),
      ...many(300, i =>
        row('SYN_RECV', '192.0.2.1:80', `198.51.${i % 250}.${1 + (i % 199)}:${2000 + i}`, {
          timer: 'on (1.00/3/0)',
        }),
      ),
    );
    const log = (port: number): string =>
      `[1234.567890] TCP: request_sock_TCP: Possible SYN flooding on port ${port}. Sending cookies.`;
    assert.match(said(`${log(80)}\n${flood}`).join(), /^SR-1 0: .*"Possible SYN flooding on port"/);
    assert.deepEqual(said(`${log(8080)}\n${flood}`), []);
  });

  it('of a flood are information where nothing else is found on that port', () => {
    const log =
      '[8123.11] TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies.';
    const listening = (port: number): string =>
      netstat(row('LISTEN', `192.0.2.1:${port}`, '0.0.0.0:*', { owner: '1/nginx' }));
    const found = expectFinding(`${log}\n${listening(80)}`, 'SR-1', {
      severity: 'info',
      title: 'The kernel has reported possible SYN flooding on port 80',
    });
    assert.deepEqual(found.evidence[0]!.line, 0);
    expectSilence(`${log}\n${listening(443)}`, 'SR-1');
    expectSilence(listening(80), 'SR-1');
  });

  it('speak for unanswered connects where the table of connections is full', () => {
    const silent = netstat(
      row('LISTEN', '192.0.2.1:22', '0.0.0.0:*', { owner: '1/sshd' }),
      ...many(20, i =>
        row('SYN_SENT', `192.0.2.1:${40_000 + i}`, '198.51.100.7:443', {
          owner: '5/app',
          timer: 'on (3.00/3/0)',
        }),
      ),
    );
    assert.match(
      said(`${silent}\nkernel: nf_conntrack: nf_conntrack: table full, dropping packet\n`).join(),
      /^SS-1 /,
    );
  });

  it('are of no machine where there are several', () => {
    const files = `==> a.txt <==\n${message}\n${leak}\n==> b.txt <==\n${leak.replaceAll('192.0.2.1', '192.0.2.2')}`;
    assert.deepEqual(said(files), []);
  });
});
