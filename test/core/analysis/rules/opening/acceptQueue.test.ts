import assert from 'node:assert/strict';

import { codesOf } from '../../../../../src/core/analysis/finding';
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
  ss,
} from '../../scene';

const FREEBSD = { system: 'freebsd' } as const;
const listenRow = (recvQ: number): string =>
  row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { recvQ, owner: '5/java' });
const listen = (recvQ: number): string => netstat(listenRow(recvQ));
const backlog = (recvQ: number, sendQ: number): string =>
  ss(`LISTEN ${recvQ} ${sendQ} 0.0.0.0:8080 0.0.0.0:* users:(("java",pid=5,fd=3))`);

describe('LQ-1', () => {
  it('is full when more wait than the backlog', () => {
    expectFinding(backlog(129, 128), 'LQ-1', {
      severity: 'error',
      pid: 5,
      title:
        'Accept queue of 0.0.0.0:8080 is full (129, backlog 128): java (5) is not accepting fast enough',
    });
    expectFinding(backlog(128, 128), 'LQ-1', { severity: 'warning' });
    expectFinding(backlog(64, 128), 'LQ-1', { severity: 'warning' });
    expectFinding(backlog(63, 128), 'LQ-1', { severity: 'info' });
    expectSilence(backlog(0, 128), 'LQ-1');
  });

  it('describes some of very many queues of one port, and counts them all', () => {
    const queues = many(
      60,
      i => `LISTEN 129 128 127.0.0.${i + 1}:8080 0.0.0.0:* users:(("java",pid=5,fd=${i}))`,
    );
    const finding = expectFinding(ss(...queues), 'LQ-1', { severity: 'error', pid: 5 });
    assert.equal(finding.rows.length, 60);
    assert.equal(finding.evidence.filter(({ row: own }) => own !== null).length, 20);
    assert.deepEqual(codesOf(finding), ['LQ-1']);
  });

  it('names the fullest of several queues of one program on a port', () => {
    const queue = (address: string, recvQ: number): string =>
      `LISTEN ${recvQ} 128 ${address}:8080 0.0.0.0:* users:(("java",pid=5,fd=3))`;
    const finding = expectFinding(
      ss(queue('10.0.0.1', 70), queue('10.0.0.2', 129), queue('10.0.0.3', 400)),
      'LQ-1',
      { severity: 'error', rows: 3 },
    );
    assert.match(plain(finding.title), /^Accept queue of 10\.0\.0\.3:8080 is full \(400,/);
  });

  it('is found of each program that listens on the port, and of no other one', () => {
    const queue = (address: string, recvQ: number, users: string): string =>
      `LISTEN ${recvQ} 128 ${address}:80 0.0.0.0:* users:(${users})`;
    const { findings } = analysed(
      ss(
        queue('0.0.0.0', 129, '("nginx",pid=10,fd=3)'),
        queue('[::]', 130, '("httpd",pid=20,fd=3)'),
        queue('10.0.0.3', 0, '("caddy",pid=30,fd=3)'),
      ),
    );
    const found = findings.filter(({ code }) => code === 'LQ-1');
    assert.deepEqual(
      found.map(({ owner, rows }) => [owner?.process, rows.length]),
      [
        ['nginx', 1],
        ['httpd', 1],
      ],
    );
  });

  it('blames no single process where several share the queue, and each that has its own', () => {
    const queue = (users: string): string => `LISTEN 129 128 0.0.0.0:80 0.0.0.0:* users:(${users})`;
    const worker = (pid: number, name = 'nginx', fd = 6): string =>
      `("${name}",pid=${pid},fd=${fd})`;
    const shared = expectFinding(ss(queue([1, 2, 3].map(pid => worker(pid)).join())), 'LQ-1', {
      severity: 'error',
      pid: null,
      title:
        'Accept queue of 0.0.0.0:80 is full (129, backlog 128): a group of 3 processes (nginx) is not accepting fast enough',
    });
    assert.match(
      shared.caveats.map(plain).join('\n'),
      /one queue for all of them: nginx \(1\), nginx \(2\), and 1 more\./,
    );
    expectFinding(ss(queue(`${worker(7, 'php-fpm')},${worker(1, 'systemd')}`)), 'LQ-1', {
      title: /: a group of 2 processes \(php-fpm, systemd\) is not/,
    });
    // Workers come and go, and are named in any order.
    const again = loop(
      ss(queue(`${worker(1)},${worker(2)}`)),
      ss(queue(`${worker(3)},${worker(1)}`)),
    );
    assert.equal(analysed(again).findings.filter(({ code }) => code === 'LQ-1').length, 1);
    for (const own of [
      [queue(worker(1)), queue(worker(2))],
      [queue(`${worker(1)},${worker(1, 'nginx', 7)}`)],
    ]) {
      const found = analysed(ss(...own)).findings.filter(({ code }) => code === 'LQ-1');
      assert.deepEqual(
        found.map(({ owner }) => owner?.pid),
        own.map((_, i) => i + 1),
      );
    }
  });

  it('is one finding where one program listens on the port for both families', () => {
    const queue = (address: string, fd: number): string =>
      `LISTEN 129 128 ${address}:80 ${address}:* users:(("nginx",pid=10,fd=${fd}))`;
    expectFinding(ss(queue('0.0.0.0', 3), queue('[::]', 4)), 'LQ-1', { rows: 2, pid: 10 });
  });

  it('needs a second snapshot where the backlog is not printed', () => {
    expectFinding(listen(4), 'LQ-1', { severity: 'info', confidence: 'low' });
    expectFinding(loop(listen(5), listen(6)), 'LQ-1', { severity: 'warning', confidence: 'high' });
    expectFinding(loop(listen(1), listen(2)), 'LQ-1', { severity: 'info' });
    expectFinding(loop(listen(0), listen(6)), 'LQ-1', { severity: 'info' });
    expectSilence(loop(listen(4), listen(0)), 'LQ-1');
  });

  it('takes one more than a usual backlog for a full queue, where the tool prints none', () => {
    for (const full of [51, 101, 129, 512, 513, 1025, 4097]) {
      expectFinding(listen(full), 'LQ-1', {
        severity: 'warning',
        confidence: 'medium',
        title: `Accept queue of 0.0.0.0:8080 is most likely full (${full.toLocaleString('en')}): java (5) is not accepting fast enough`,
      });
    }
    expectFinding(listen(128), 'LQ-1', { severity: 'info' });
    expectFinding(listen(6), 'LQ-1', { severity: 'info' });
    expectFinding(loop(listen(129), listen(129)), 'LQ-1', {
      severity: 'error',
      confidence: 'high',
      title:
        'Accept queue of 0.0.0.0:8080 is full (129 in two snapshots): java (5) is not accepting fast enough',
    });
    expectFinding(loop(listen(7), listen(129)), 'LQ-1', {
      severity: 'warning',
      confidence: 'medium',
      title: /most likely full/,
    });
    // ss prints the backlog: 129 of 4,096 is not full.
    expectFinding(backlog(129, 4096), 'LQ-1', { severity: 'info' });
  });

  it('is a warning where many wait in three snapshots, or it is soon full', () => {
    const series = (sendQ: number, ...waiting: readonly number[]): string =>
      loop(...waiting.map(recvQ => backlog(recvQ, sendQ)));
    for (const text of [
      series(128, 29, 29, 29),
      series(128, 29, 20, 31),
      series(100, 5, 15, 25, 35),
      series(50, 1, 6, 12),
    ]) {
      expectFinding(text, 'LQ-1', { severity: 'warning', confidence: 'high', pid: 5 });
    }
    for (const text of [
      // A burst that is worked off, or that was not there before.
      series(128, 40, 20, 10),
      series(128, 0, 40, 40),
      series(128, 5, 30),
      // A busy server has a few for a moment.
      series(511, 1, 2, 1),
      series(511, 1, 2, 3),
      // Full in an hour.
      series(4096, 4, 6, 8),
    ]) {
      expectFinding(text, 'LQ-1', { severity: 'info', confidence: 'low' });
    }
  });

  it('of a stopped program is one finding: it neither accepts nor reads', () => {
    const listing = (waiting: number, unread: (i: number) => number, more = ''): string =>
      ss(
        `LISTEN ${waiting} 50 0.0.0.0:6380 0.0.0.0:* users:(("redis",pid=5,fd=3))`,
        ...many(
          12,
          i =>
            `ESTAB ${unread(i)} 0 10.0.0.1:6380 10.0.0.9:${40_000 + i} users:(("redis",pid=5,fd=${i + 4}))${more}`,
        ),
        ...many(waiting, i => `ESTAB 24 0 10.0.0.1:6380 10.0.0.9:${50_000 + i}`),
      );
    const stopped = loop(...[1, 2, 3].map(n => listing(6 * n, () => 24 * n)));
    const title =
      'redis (5) most likely hangs: it is neither accepting nor reading on 0.0.0.0:6380';
    expectFinding(stopped, 'LQ-1', { severity: 'warning', confidence: 'medium', pid: 5, title });
    assert.deepEqual(codesOf(analysed(stopped).findings[0]!), ['LQ-1', 'RQ-1']);
    assert.equal(analysed(stopped).findings.length, 1);
    const same = loop(...many(3, () => listing(6, () => 24)));
    expectFinding(same, 'LQ-1', { title });
    for (const text of [
      // It reads some of them.
      loop(...[1, 2, 3].map(n => listing(6 * n, i => (i === n ? 0 : 24)))),
      // What waits is other data each time.
      loop(...[1, 2, 3].map(n => listing(6, () => 24, ` bytes_received:${2400 * n}`))),
      loop(
        listing(6, () => 24),
        listing(12, () => 24),
      ),
      listing(40, () => 24),
    ]) {
      assertNeverSaid(text, /neither accepting nor reading/);
    }
  });

  it('is most likely full where it drops the last ACK of a client that has others in it', () => {
    const listing = (client: string, timer = 'on (3.00/2/0)'): string =>
      netstat(
        listenRow(6),
        ...many(6, i => row('ESTABLISHED', '10.0.0.1:8080', `10.0.0.9:${40_000 + i}`)),
        row('SYN_RECV', '10.0.0.1:8080', `${client}:50000`, { timer }),
      );
    expectFinding(listing('10.0.0.9'), 'LQ-1', {
      severity: 'warning',
      title:
        'Accept queue of 0.0.0.0:8080 is most likely full (6): java (5) is not accepting fast enough',
    });
    assertNeverSaid(listing('10.0.0.9'), /one more than/);
    // Of another client the ACK may not come; that of a new handshake is under way.
    expectFinding(listing('203.0.113.7'), 'LQ-1', { severity: 'info' });
    expectFinding(listing('10.0.0.9', 'on (0.90/0/0)'), 'LQ-1', { severity: 'info' });
  });

  it('takes the backlog from the tool that prints it, in whatever order two list one moment', () => {
    const waiting = many(21, i => `10.0.0.9:${40_000 + i}`);
    const byNetstat = netstat(
      listenRow(21),
      ...waiting.map(remote => row('ESTABLISHED', '10.0.0.1:8080', remote)),
    );
    const bySs = (sendQ: number, rows = waiting): string =>
      ss(
        `LISTEN 21 ${sendQ} 0.0.0.0:8080 0.0.0.0:* users:(("java",pid=5,fd=3))`,
        ...rows.map(remote => `ESTAB 0 0 10.0.0.1:8080 ${remote}`),
      );
    const byProc = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 00000000:1F90 00000000:0000 0A 00000000:00000015 00:00000000 00000000     0        0 100',
      '',
    ].join('\n');
    const full = {
      severity: 'error',
      pid: 5,
      title:
        'Accept queue of 0.0.0.0:8080 is full (21, backlog 20): java (5) is not accepting fast enough',
    } as const;
    for (const text of [
      byNetstat + bySs(20),
      bySs(20) + byNetstat,
      byNetstat + bySs(20, []),
      bySs(20, []) + byNetstat,
      byProc + bySs(20, []),
      bySs(20, []) + byProc,
    ]) {
      assert.equal(analysed(text).snapshots.length, 1);
      expectFinding(text, 'LQ-1', full);
      assertNeverSaid(text, /does not show the backlog/);
    }
    for (const text of [byNetstat + bySs(100), bySs(100) + byNetstat]) {
      expectFinding(text, 'LQ-1', { severity: 'info', title: /\(backlog 100\)$/ });
    }
  });

  it('gives no worker the queue of another one, whatever the order of the two tools', () => {
    const worker = (pid: number, recvQ: number): string =>
      row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { recvQ, owner: `${pid}/envoy` });
    const users = (pid: number, recvQ: number): string =>
      `LISTEN ${recvQ} 16 0.0.0.0:8080 0.0.0.0:* users:(("envoy",pid=${pid},fd=3))`;
    const text = netstat(worker(5, 17), worker(6, 0)) + ss(users(6, 0), users(5, 17));
    assert.equal(analysed(text).findings.filter(({ code }) => code === 'LQ-1').length, 1);
    expectFinding(text, 'LQ-1', { pid: 5 });
  });

  it('is of the worker whose queue it is, and what waits there is no other finding', () => {
    const worker = (pid: number, recvQ: number): string =>
      `LISTEN ${recvQ} 16 0.0.0.0:8000 0.0.0.0:* users:(("envoy",pid=${pid},fd=3))`;
    for (const workers of [4, 12]) {
      const listing = (waiting: number): string =>
        ss(
          ...many(workers, i => worker(10 + i, i === 1 ? waiting : 0)),
          ...many(17, i => `ESTAB 1 0 10.0.0.1:8000 10.0.0.9:${40_000 + i}`),
        );
      const text = loop(listing(17), listing(17), listing(17));
      expectFinding(text, 'LQ-1', { severity: 'error', pid: 11, rows: 18 });
      expectSilence(text, 'RQ-1');
      // Where no queue holds them, they are of a program that is not shown.
      const accepted = loop(listing(0), listing(0), listing(0));
      expectSilence(accepted, 'LQ-1');
      expectFinding(accepted, 'RQ-1', { severity: 'warning', pid: null });
    }
  });

  it('does not take what netstat prints for a backlog, where ss lists other listeners', () => {
    const other = row('LISTEN', '0.0.0.0:9090', '0.0.0.0:*', { recvQ: 1, owner: '6/other' });
    for (const text of [
      netstat(listenRow(0), other) + backlog(0, 128),
      backlog(0, 128) + netstat(listenRow(0), other),
    ]) {
      const found = expectFinding(text, 'LQ-1', { severity: 'info', pid: 6 });
      assert.match(everythingSaid(found).join(' '), /does not show the backlog/);
    }
  });

  it('reads the queues of FreeBSD, which overflow above one and a half times the backlog', () => {
    const bsd = (queue: string): string =>
      [
        'Current listen queue sizes (qlen/incqlen/maxqlen)',
        'Proto Listen                           Local Address         ',
        `tcp4  ${queue}                        *.5043                `,
        '',
      ].join('\n');
    const found = expectFinding(bsd('193/0/128'), 'LQ-1', { severity: 'error' }, FREEBSD);
    assert.match(found.remedy.map(plain).join(' '), /kern\.ipc\.soacceptqueue/);
    assert.doesNotMatch(JSON.stringify(found), /net\.core|nstat|ss -t/);
    expectFinding(bsd('192/0/128'), 'LQ-1', { severity: 'warning' }, FREEBSD);
    expectFinding(bsd('2/0/128'), 'LQ-1', { severity: 'info' }, FREEBSD);
  });

  it('takes the queues of FreeBSD and the connections beside them for one moment', () => {
    const queues = [
      'Current listen queue sizes (qlen/incqlen/maxqlen)',
      'Proto Listen                           Local Address         ',
      'tcp4  193/0/128                        *.8080                ',
      'unix  0/0/30                           /var/run/devd.pipe',
      '',
    ].join('\n');
    const connections = [
      'Active Internet connections (including servers)',
      'Proto Recv-Q Send-Q Local Address          Foreign Address        (state)',
      ...many(
        9,
        i =>
          `tcp4     479      0 10.0.4.8.8080          10.0.0.11.${62_501 + i}        ESTABLISHED`,
      ),
      'tcp4       0      0 *.8080                 *.*                    LISTEN',
      '',
    ].join('\n');
    for (const text of [queues + connections, connections + queues]) {
      expectFinding(text, 'LQ-1', { severity: 'error', title: /^Accept queue of \*:8080 is full/ });
      assertNeverSaid(text, /snapshot 1 of|gone in the last/);
    }
    // The same queues again are another moment.
    const again = queues + connections + queues.replace('193', '0') + connections;
    assert.equal(analysed(again).snapshots.length, 2);
  });

  it('takes the backlog of macOS for its limit', () => {
    const mac = (queue: string): string =>
      [
        'Current listen queue sizes (qlen/incqlen/maxqlen)',
        'Listen         Local Address         ',
        `${queue}        *.5043                `,
        '',
      ].join('\n');
    const found = expectFinding(
      mac('128/0/128'),
      'LQ-1',
      { severity: 'error', confidence: 'high' },
      { system: 'macos' },
    );
    assert.doesNotMatch(JSON.stringify(found), /one and a half|soacceptqueue/);
    assert.match(found.why.map(plain).join(' '), /reached the backlog/);
    expectFinding(mac('127/0/128'), 'LQ-1', { severity: 'warning' }, { system: 'macos' });
  });

  it('explains handshakes whose last ACK was dropped, which have no finding of their own', () => {
    const syn = many(12, i =>
      row('SYN_RECV', '192.0.2.1:8080', `198.51.100.${i + 1}:4000`, { timer: 'on (6.75/3/0)' }),
    );
    const found = expectFinding(netstat(listenRow(65), ...syn), 'LQ-1', { severity: 'warning' });
    assert.deepEqual(codesOf(found), ['LQ-1', 'SR-1']);
    // With an empty queue they are a matter of the network.
    const other = netstat(listenRow(0), ...syn);
    expectSilence(other, 'LQ-1');
    expectFinding(other, 'SR-1', { code: 'SR-1' });
  });

  const unix = (recvQ: number, sendQ: number, owners = '("php-fpm8.2",pid=1400,fd=9)'): string =>
    [
      'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
      `u_str LISTEN ${recvQ} ${sendQ} /run/php/fpm.sock 28811 * 0${owners && ` users:(${owners})`}`,
      'u_str LISTEN 0 4096 /run/systemd/private 1022 * 0 users:(("systemd",pid=1,fd=19))',
      '',
    ].join('\n');

  it('sees the full accept queue of a UNIX socket', () => {
    const found = expectFinding(unix(512, 511), 'LQ-1', {
      severity: 'error',
      confidence: 'high',
      pid: 1400,
      title:
        'Accept queue of /run/php/fpm.sock is full (512, backlog 511): php-fpm8.2 (1400) is not accepting fast enough',
    });
    assert.match(everythingSaid(found).join(' '), /EAGAIN.* ss -xlp/);
    assert.ok(
      found.confirm.some(({ command }) => command?.startsWith('ss -xap > sockets.txt;')),
      'what is saved has its sockets',
    );
    // What is of TCP only.
    assertNeverSaid(unix(512, 511), /SYN|nstat|last ACK/);
    const workers = '("php-fpm8.2",pid=1401,fd=9),("php-fpm8.2",pid=1400,fd=9)';
    expectFinding(unix(512, 511, workers), 'LQ-1', {
      title: /: a group of 2 processes \(php-fpm8\.2\) is not accepting/,
    });
    expectFinding(unix(512, 511, ''), 'LQ-1', { title: /: an unidentified program is not/i });
    // As many as the backlog is no full queue yet.
    expectFinding(unix(511, 511), 'LQ-1', {
      severity: 'warning',
      title: /^php-fpm8\.2 \(1400\) has/,
    });
  });

  it('leaves UNIX sockets alone whose queue is short, or full for a moment', () => {
    expectSilence(unix(3, 511), 'LQ-1');
    expectSilence(unix(1, 1), 'LQ-1');
    expectFinding(unix(1, 0), 'LQ-1', { severity: 'warning' });
    expectFinding(loop(unix(2, 1), unix(2, 1)), 'LQ-1', { severity: 'error' });
    expectHealthy(unix(0, 511));
  });

  it('asks for the service where systemd holds the socket', () => {
    const held = backlog(300, 511).replace('"java",pid=5', '"systemd",pid=1');
    assert.match(everythingSaid(expectFinding(held, 'LQ-1')).join(' '), /`?systemctl status`?/);
    assertNeverSaid(held, /blocked threads/);
    assertNeverSaid(backlog(300, 511), /systemctl/);
  });
});

describe('LQ-1 over time', () => {
  const queue = (...waiting: readonly number[]): string =>
    loop(...waiting.map(count => backlog(count, 128)));
  const said = (text: string): string => everythingSaid(expectFinding(text, 'LQ-1')).join('\n');

  it('tells a rate and a forecast where the queue grows to the end', () => {
    assert.match(said(queue(5, 15, 25, 35)), /Growing by 20 per minute/);
    assert.match(said(queue(5, 15, 25, 35)), /exceeds its backlog of 128/);
  });

  it('tells none of a queue that has reached its number, or of one or two', () => {
    for (const text of [queue(0, 40, 40), queue(0, 0, 1), queue(0, 1, 3), queue(5, 35, 30)]) {
      assert.doesNotMatch(said(text), /Growing by|exceeds its backlog/);
    }
    const untimed = queue(0, 40, 40).replace(/^Mon.*\n/gm, '');
    assert.doesNotMatch(said(untimed), /0, 40, 40/);
  });

  it('says that a program is out of descriptors where its log says so', () => {
    const listing = ss(
      'LISTEN 512 511 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=902,fd=6))',
      ...many(3, i => `ESTAB 40 0 10.0.0.5:80 203.0.113.${i + 1}:40000`),
    );
    const group = listing.replace('(("nginx"', '(("nginx",pid=901,fd=6),("nginx"');
    const log = (pid: number): string =>
      `2026/01/05 03:01:12 [crit] ${pid}#${pid}: accept4() failed (24: Too many open files)\n`;
    for (const text of [
      log(902) + listing,
      log(902) + group,
      `Jan  5 03:01:12 web nginx: accept: Too many open files\n${listing}`,
    ]) {
      const found = expectFinding(text, 'LQ-1', {
        severity: 'error',
        title: /is most likely out of file descriptors: 512 connections waiting to be accepted on/,
      });
      const remedy = found.remedy.map(plain).join(' ');
      assert.match(remedy, /LimitNOFILE .* worker_rlimit_nofile/);
      assert.doesNotMatch(remedy, /accept\(\)|backlog/);
    }
    for (const text of [
      listing,
      log(77) + listing,
      `Jan  5 03:01:12 web php-fpm: accept: Too many open files\n${listing}`,
      // The limit of the whole system.
      `Jan  5 03:01:12 web nginx: accept: Too many open files in system\n${listing}`,
    ]) {
      expectFinding(text, 'LQ-1', { severity: 'error', title: /is not accepting fast enough$/ });
      assertNeverSaid(text, /out of file descriptors/);
    }
  });

  it('names one public address that has nearly all that is accepted, and most that waits', () => {
    const queue = (remote: string, accepted: number, waiting: number): string =>
      ss(
        'LISTEN 41 40 0.0.0.0:80 0.0.0.0:* users:(("apache2",pid=9,fd=4))',
        ...many(
          30,
          i =>
            `ESTAB 0 0 10.0.0.5:80 ${i < accepted ? remote : `203.0.113.${i}`}:${40_000 + i} users:(("apache2",pid=9,fd=${10 + i}))`,
        ),
        ...many(
          41,
          i => `ESTAB 60 0 10.0.0.5:80 ${i < waiting ? remote : `198.51.100.${i}`}:${50_000 + i}`,
        ),
      );
    const most = /has most of them/;
    assert.match(
      everythingSaid(expectFinding(queue('192.0.2.9', 29, 38), 'LQ-1')).join('\n'),
      /192\.0\.2\.9 has most of them: 29 of 30 accepted connections, and 38 of 41 that wait\./,
    );
    // A proxy; many clients; one that is not what waits.
    assertNeverSaid(queue('10.0.0.7', 30, 41), most);
    assertNeverSaid(queue('192.0.2.9', 15, 38), most);
    assertNeverSaid(queue('192.0.2.9', 30, 12), most);
  });
});
