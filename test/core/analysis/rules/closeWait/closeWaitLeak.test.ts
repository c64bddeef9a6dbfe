import assert from 'node:assert/strict';
import { plain, type Text } from '../../../../../src/core/wording/text';
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
  scene,
  ss,
  windows,
} from '../../scene';

const leak = (count: number, healthy: number): string =>
  netstat(
    row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*', { owner: '4321/orders-api' }),
    ...many(count, i =>
      row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${40_000 + i}`, {
        owner: '4321/orders-api',
        recvQ: 1,
      }),
    ),
    ...many(healthy - 1, i =>
      row('ESTABLISHED', '192.0.2.1:9443', `198.51.100.${i % 250}:${50_000 + i}`, {
        owner: '4321/orders-api',
      }),
    ),
  );

describe('CW-1', () => {
  it('does not accuse who has other ones in each of several snapshots', () => {
    const turn = (i: number, count = 10, recvQ = 0): string =>
      netstat(
        row('LISTEN', '0.0.0.0:9100', '0.0.0.0:*', { owner: '771/printsrv' }),
        ...many(5, j => row('ESTABLISHED', '192.0.2.1:9100', `192.0.2.8:${50_000 + j}`)),
        ...many(count, j =>
          row('CLOSE_WAIT', '192.0.2.1:9100', `192.0.2.${20 + j}:${40_000 + 100 * i + j}`, {
            owner: '771/printsrv',
            recvQ,
          }),
        ),
      );
    const found = expectFinding(loop(turn(0, 9), turn(1), turn(2), turn(3)), 'CW-1', {
      severity: 'info',
    });
    assert.ok(
      found.evidence.some(
        ({ text }) =>
          plain(text) ===
          'In each of the last 3 snapshots all of them are new: the program closes them, if late.',
      ),
    );
    expectFinding(loop(turn(0, 60), turn(1, 60), turn(2, 60)), 'CW-1', { severity: 'warning' });
    // Where more and more are closed within the interval, more and more come.
    for (const busy of [
      loop(turn(0), turn(1, 14), turn(2, 19)),
      loop(turn(0, 6), turn(1, 15), turn(2, 40)),
      loop(turn(0, 3), turn(1, 9), turn(2, 20), turn(3, 45)),
    ]) {
      expectFinding(busy, 'CW-1', { severity: 'info' });
      expectSilence(busy, 'CW-3');
    }
    const stays = (text: string): string => text.replaceAll(':40101', ':40201');
    for (const guilty of [
      loop(turn(0), turn(1)),
      loop(turn(0), turn(1), turn(1)),
      // One of them stays, or too few were closed to tell of so many.
      loop(turn(0), stays(turn(1, 14)), turn(2, 19)),
      loop(turn(0, 2), turn(1, 3), turn(2, 45)),
      loop(turn(0, 10, 311), turn(1, 10, 311), turn(2, 10, 311)),
      loop(turn(0), turn(1), turn(2)).replaceAll(/10:0(\d):(\d\d)/g, '1$1:$2:00'),
    ]) {
      const { severity } = expectFinding(guilty, 'CW-1');
      assert.notEqual(severity, 'info', guilty);
    }
  });

  it('does not call a leak what a client has lost with its one server', () => {
    const lost = (remote: string, recvQ = 1): string =>
      netstat(
        ...many(60, i =>
          row('CLOSE_WAIT', `192.0.2.1:${40_000 + i}`, '198.51.100.7:5432', {
            owner: '7/java',
            recvQ,
          }),
        ),
        ...many(30, i =>
          row('ESTABLISHED', `192.0.2.1:${41_000 + i}`, remote, { owner: '7/java' }),
        ),
      );
    expectFinding(lost('198.51.100.8:5432'), 'CW-1', {
      severity: 'error',
      title: 'java (7) has 60 in CLOSE_WAIT, closed by 198.51.100.7:5432',
    });
    for (const leak of [lost('198.51.100.7:5432'), lost('198.51.100.8:5432', 0)]) {
      expectFinding(leak, 'CW-1', { severity: 'error', title: /most likely leaks/ });
    }
  });

  it('looks behind a proxy before it accuses it', () => {
    const proxied = (owner: string, servers = 70, count = 60): string =>
      netstat(
        row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner }),
        ...many(count, i =>
          row('CLOSE_WAIT', '192.0.2.1:443', `198.51.100.${i + 1}:5000${i % 10}`, { owner }),
        ),
        ...many(10, i =>
          row('ESTABLISHED', '192.0.2.1:443', `203.0.113.${i + 1}:50000`, { owner }),
        ),
        ...many(servers, i =>
          row('ESTABLISHED', `192.0.2.1:${40_000 + i}`, '192.0.2.9:8080', { owner }),
        ),
      );
    const { alternatives, remedy } = expectFinding(proxied('7/haproxy'), 'CW-1', {
      severity: 'warning',
      title: 'haproxy (7) has 60 in CLOSE_WAIT, closed by 60 remote addresses',
    });
    assert.match(plain(alternatives[0]!), /Connections of haproxy \(7\) to servers: 70\.$/);
    assert.match(plain(remedy[0]!), /^Before you look for a mistake in the proxy/);
    for (const guilty of [proxied('7/orders'), proxied('7/haproxy', 0)]) {
      expectFinding(guilty, 'CW-1', { severity: 'error' });
    }
  });

  describe('with one earlier snapshot', () => {
    const client = (i: number, count: number, kept = 0): string =>
      netstat(
        row('ESTABLISHED', '192.0.2.1:9100', `192.0.2.8:${50_000 + kept}`, { owner: '1/java' }),
        ...many(4, j => row('ESTABLISHED', `192.0.2.1:3000${j}`, '198.51.100.9:80')),
        ...many(count, j =>
          row('CLOSE_WAIT', `192.0.2.1:${40_000 + 100 * i + j}`, '198.51.100.7:443', {
            owner: '1/java',
            recvQ: j % 2,
          }),
        ),
      );
    const evidence = (text: string): string =>
      expectFinding(text, 'CW-1')
        .evidence.map(one => plain(one.text))
        .join(' ');

    it('calls it no error where none of those before is left', () => {
      const text = loop(client(0, 12), client(1, 11));
      expectFinding(text, 'CW-1', { severity: 'warning' });
      assert.match(evidence(text), /None of the 12 in the snapshot before is left\./);
      for (const guilty of [
        // Some stay; or the process of that number may be another one.
        loop(client(0, 12), client(0, 11)),
        loop(client(0, 12), client(1, 11, 1)),
        loop(client(0, 2), client(1, 30)),
      ]) {
        expectFinding(guilty, 'CW-1', { severity: 'error' });
      }
    });

    it('tells from how many they have grown', () => {
      assert.match(
        evidence(loop(client(0, 12), client(0, 97))),
        /In CLOSE_WAIT in the snapshot before: 12\. Still there of these: 12\./,
      );
      assert.doesNotMatch(evidence(loop(client(0, 12), client(0, 11))), /snapshot before/);
    });
  });

  it('asks for the threads of a process that is shown only', () => {
    const asks = (owner: string): boolean =>
      expectFinding(
        netstat(
          ...many(44, i =>
            row('CLOSE_WAIT', `192.0.2.1:${40_000 + i}`, '198.51.100.7:5672', { owner, recvQ: 9 }),
          ),
        ),
        'CW-1',
      ).confirm.some(({ text }) => plain(text).startsWith('See what its threads'));
    assert.equal(asks('4321/orders-api'), true);
    assert.equal(asks('-'), false);
  });

  it('says how AIX tells which process it is', () => {
    const text = [
      'Active Internet connections (including servers)',
      'PCB/ADDR         Proto Recv-Q Send-Q  Local Address      Foreign Address    (state)',
      ...many(
        18,
        i =>
          `f1000e00083${10_000 + i} tcp4       0      0  192.0.2.4.1414    198.51.100.6.${40_000 + i}   CLOSE_WAIT`,
      ),
    ].join('\n');
    assert.ok(
      expectFinding(text, 'CW-1').caveats.some(one => plain(one).includes('rmsock PCB tcpcb')),
    );
  });

  it('says what to save before a restart, where there is something to restart', () => {
    const saves = (text: string): (string | null)[] =>
      expectFinding(text, 'CW-1')
        .confirm.filter(one => plain(one.text).startsWith('Before you restart'))
        .map(({ command }) => command);
    assert.deepEqual(saves(leak(62, 18)), [
      'ss -tanpo > sockets.txt; ls -l /proc/4321/fd > files.txt',
    ]);
    assert.deepEqual(saves(leak(2, 60)), []);
    assert.deepEqual(saves(leak(62, 18).replaceAll('4321/orders-api', '-')), []);
  });

  it('advises a server as a server, and a client as a client', () => {
    const remedy = (...rows: readonly string[]): string =>
      expectFinding(netstat(...rows), 'CW-1')
        .remedy.map(plain)
        .join('\n');
    const owner = '4321/java';
    const server = [
      row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*', { owner }),
      ...many(9, i => row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${40_000 + i}`, { owner })),
    ];
    const client = many(9, i =>
      row('CLOSE_WAIT', `192.0.2.1:${40_000 + i}`, '192.0.2.7:443', { owner }),
    );
    assert.match(remedy(...server), /each Socket and its streams/);
    assert.doesNotMatch(remedy(...server), /HttpClient|CloseableHttpResponse|pool/);
    // What was not noticed in a pool comes before what a leak needs.
    assert.match(remedy(...client), /A pool must[^]*HttpClient[^]*each Socket/);
    // Of both kinds both is said.
    assert.match(remedy(...server, ...client), /each Socket[^]*HttpClient/);
  });

  it('names the program, the number and who closed', () => {
    expectFinding(leak(62, 18), 'CW-1', {
      code: 'CW-1',
      severity: 'error',
      title:
        'orders-api (4321) most likely hangs or leaks connections: 62 in CLOSE_WAIT, closed by 192.0.2.7',
      pid: 4321,
      process: 'orders-api',
      rows: 62,
    });
  });

  it('warns from five on, and the share counts only from there', () => {
    expectFinding(leak(5, 100), 'CW-1', { severity: 'warning' });
    expectFinding(leak(4, 1), 'CW-1', { severity: 'info', confidence: 'low' });
    expectFinding(leak(5, 20), 'CW-1', { severity: 'error' });
    expectFinding(leak(5, 21), 'CW-1', { severity: 'warning' });
  });

  it('makes no error of a small client whose idle connections servers have closed', () => {
    const owner = '88/filebeat';
    const client = (count: number, servers = count): string =>
      netstat(
        ...many(count, i =>
          row('CLOSE_WAIT', `192.0.2.1:${50_000 + i}`, `198.51.100.${i % servers}:443`, { owner }),
        ),
        ...many(14, i =>
          row('ESTABLISHED', `192.0.2.1:${51_000 + i}`, '203.0.113.9:443', { owner }),
        ),
      );
    const found = expectFinding(client(6), 'CW-1', { severity: 'warning' });
    assert.match(found.alternatives.map(plain).join(' '), /closed idle ones/);
    // A server keeps no connections for later.
    assert.doesNotMatch(JSON.stringify(expectFinding(leak(6, 10), 'CW-1')), /closed idle ones/);
    expectFinding(client(10), 'CW-1', { severity: 'error' });
    // More to one server than a small pool leaves behind.
    expectFinding(client(9, 2), 'CW-1', { severity: 'error' });
  });

  describe('of connections that children have inherited', () => {
    const listens = (...owners: readonly string[]): string =>
      ss(
        `LISTEN 0 128 0.0.0.0:8080 0.0.0.0:* users:((${owners.join('),(')}))`,
        ...many(
          12,
          i => `CLOSE-WAIT 0 0 192.0.2.1:8080 198.51.100.7:${40_000 + i} users:(HELD${i})`,
        ),
      );
    const held = (text: string, ...holders: readonly string[]): string =>
      text.replace(/HELD(\d+)/g, (_, i: string) =>
        holders.map(holder => `(${holder},fd=${10 + Number(i)})`).join(','),
      );
    const PYTHON = '"python3",pid=500';
    const BASH = '"bash",pid=911';
    const SLEEP = '"sleep",pid=912';
    const all = listens(`${SLEEP},fd=4`, `${BASH},fd=4`, `${PYTHON},fd=4`);
    const told = (texts: readonly Text[]): string => texts.map(plain).join(' ');

    it('names all who hold them, the parent, and how to keep children from them', () => {
      const found = expectFinding(held(all, SLEEP, BASH), 'CW-1', {
        severity: 'warning',
        title:
          'sleep (912), bash (911) most likely inherited 12 in CLOSE_WAIT, closed by 198.51.100.7',
      });
      assert.match(told(found.evidence.map(({ text }) => text)), /python3 \(500\) listens there/);
      assert.match(told(found.remedy), /^Stop sleep \(912\), bash \(911\).* FD_CLOEXEC/);
      assertNeverSaid(held(all, SLEEP, BASH), /misses the end of the stream|busy server/);
      // One shell that was replaced by what it started.
      expectFinding(held(all, SLEEP), 'CW-1', { title: /^sleep \(912\) most likely inherited/ });
      // A child of any name, which another one shares.
      expectFinding(held(all.replaceAll('sleep', 'rsync'), '"rsync",pid=912', BASH), 'CW-1', {
        title: /^rsync \(912\), bash \(911\) most likely inherited/,
      });
    });

    it('reads them from a list of open files', () => {
      const text = [
        'COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME',
        ...['python3 500', 'sh 911', 'rsync 912'].map(
          name => `${name} app 4u IPv4 1201212 0t0 TCP *:8080 (LISTEN)`,
        ),
        ...many(12, i => i).flatMap(i =>
          ['sh 911', 'rsync 912'].map(
            name =>
              `${name} app ${10 + i}u IPv4 ${1_201_300 + i} 0t0 TCP 192.0.2.1:8080->198.51.100.7:${40_000 + i} (CLOSE_WAIT)`,
          ),
        ),
        '',
      ].join('\n');
      expectFinding(text, 'CW-1', { title: /^sh \(911\), rsync \(912\) most likely inherited/ });
    });

    it('says so over time as well', () => {
      const text = held(all, SLEEP, BASH);
      const found = expectFinding(loop(text, text, text), 'CW-2', {
        title: /^sleep \(912\), bash \(911\) has/,
      });
      assert.doesNotMatch(told(found.remedy), /misses the end of the stream/);
    });

    it('blames the parent, too, where it has not closed them', () => {
      const found = expectFinding(held(all, PYTHON, BASH), 'CW-1', {
        title: /^python3 \(500\), bash \(911\) has 12 in CLOSE_WAIT/,
      });
      assert.match(told(found.evidence.map(({ text }) => text)), /all of them have closed it/);
    });

    it('asks who started whom where another process of the name listens', () => {
      const other = listens('"mainsvc",pid=30675,fd=3');
      const found = expectFinding(held(other, '"mainsvc",pid=30700'), 'CW-1', { pid: 30_700 });
      assert.match(
        told(found.alternatives),
        /mainsvc \(30675\) listens there and holds none of these: mainsvc \(30700\) is a worker of it, or a child/,
      );
      const asked = ({ confirm }: typeof found): boolean =>
        confirm.some(({ command }) => command === 'ps -o pid,ppid,args -p 30700,30675');
      assert.ok(asked(found));
      // Not so of who listens itself, beside its workers or alone, nor of a worker with a listener.
      for (const [text, holder] of [
        [other, '"mainsvc",pid=30675'],
        [listens('"mainsvc",pid=30675,fd=3', '"mainsvc",pid=30700,fd=3'), '"mainsvc",pid=30700'],
        [listens('"systemd",pid=1,fd=40'), '"mainsvc",pid=30700'],
      ] as const) {
        const own = expectFinding(held(text, holder), 'CW-1');
        assert.ok(!asked(own));
        assert.doesNotMatch(told(own.alternatives), /holds none of these/);
      }
    });

    it('takes workers that share only the listener for what they are', () => {
      const workers = listens('"nginx",pid=500,fd=4', '"nginx",pid=501,fd=4');
      assertNeverSaid(held(workers, '"nginx",pid=501'), /inherited \d|hold the same/);
      // Forked with the connection, as the two halves of sshd.
      assertNeverSaid(held(workers, '"nginx",pid=500', '"nginx",pid=501'), /inherited \d/);
      // Started by a program that listens for others.
      const started = listens('"systemd",pid=1,fd=40', '"git",pid=700,fd=3');
      assertNeverSaid(held(started, '"git",pid=700', '"perl",pid=701'), /inherited \d/);
    });

    it('takes a socket that is standard input for one that was given on purpose', () => {
      const text = held(all, SLEEP, BASH).replace(/(CLOSE-WAIT .*)/g, line =>
        line.replace(/fd=\d+/g, 'fd=0'),
      );
      assertNeverSaid(text, /inherited \d/);
    });
  });

  describe('of the kernel of Windows', () => {
    const served = (port: number): string =>
      windows(
        `LISTENING 0.0.0.0:${port} 0.0.0.0:0 4`,
        ...many(60, i => `CLOSE_WAIT 192.0.2.1:${port} 198.51.100.7:${50_000 + i} 4`),
        ...many(50, i => `ESTABLISHED 192.0.2.1:${port} 198.51.100.8:${50_000 + i} 4`),
      );

    it('looks for the program behind HTTP.sys', () => {
      const found = expectFinding(served(443), 'CW-1', {
        severity: 'error',
        title: 'System (4) has 60 in CLOSE_WAIT, closed by 198.51.100.7',
        process: 'System',
      });
      assert.match(found.remedy.map(plain).join(' '), /^HTTP\.sys.*w3wp/);
      assert.ok(found.confirm.some(({ command }) => command === 'netsh http show servicestate'));
    });

    it('does not speak of HTTP where it shares files', () => {
      assertNeverSaid(served(445), /HTTP\.sys|servicestate/);
    });

    it('is another process on other systems', () => {
      assertNeverSaid(leak(62, 18).replaceAll('4321/orders-api', '4/x'), /System/);
    });
  });

  it('says nothing of answers for which no program waits', () => {
    const owner = '2210/java';
    const served = (peer: string): string =>
      netstat(
        row('LISTEN', '0.0.0.0:8009', '0.0.0.0:*', { owner }),
        ...many(60, i => [
          row('CLOSE_WAIT', '127.0.0.1:8009', `127.0.0.1:${40_000 + i}`, { owner, recvQ: 1 }),
          row('FIN_WAIT2', `127.0.0.1:${40_000 + i}`, '127.0.0.1:8009', { owner: peer }),
        ]).flat(),
      );
    const answering = /only half-closed/;
    assertNeverSaid(served('-'), answering);
    const waited = expectFinding(served('1100/httpd'), 'CW-1');
    assert.match(waited.alternatives.map(plain).join(' '), answering);
  });

  it('advises a server whose clients are shown as a server', () => {
    const owner = '2210/java';
    const text = netstat(
      row('LISTEN', '0.0.0.0:8009', '0.0.0.0:*', { owner }),
      ...many(6, i => [
        row('CLOSE_WAIT', '127.0.0.1:8009', `127.0.0.1:${40_000 + i}`, { owner }),
        row('FIN_WAIT2', `127.0.0.1:${40_000 + i}`, '127.0.0.1:8009'),
      ]).flat(),
    );
    assert.doesNotMatch(expectFinding(text, 'PAIR-1').remedy.map(plain).join(' '), /pool|Http/);
  });

  it('leaves a desktop alone whose browser has a closed connection to each of some servers', () => {
    const desktop = (count: number, servers = count): string =>
      windows(
        ...many(
          count,
          i => `CLOSE_WAIT 192.0.2.1:${50_000 + i} 198.51.100.${i % servers}:443 11020`,
        ),
        ...many(6, i => `ESTABLISHED 192.0.2.1:${51_000 + i} 203.0.113.${i}:443 11020`),
      );
    expectHealthy(desktop(9));
    expectFinding(desktop(10), 'CW-1', { severity: 'error' });
    // So many to one server are no browser's.
    expectFinding(desktop(9, 2), 'CW-1', { severity: 'error' });
  });

  it('does not offer to clear away what is hardly worth a word', () => {
    assertNeverSaid(leak(2, 60), /ss -K|A restart clears/);
    assert.match(JSON.stringify(expectFinding(leak(62, 18), 'CW-1').remedy), /ss -K/);
  });

  it('speaks of HTTP only where the server may speak it', () => {
    const remedy = (port: number, recvQ: number): string =>
      expectFinding(
        netstat(
          ...many(9, i =>
            row('CLOSE_WAIT', `192.0.2.1:${40_000 + i}`, `192.0.2.7:${port}`, {
              owner: '7/dotnet',
              recvQ,
            }),
          ),
        ),
        'CW-1',
      )
        .remedy.map(plain)
        .join(' ');
    assert.match(remedy(8443, 1), /^A pool must[^]*HttpResponseMessage[^]*Dispose of each Socket/);
    assert.doesNotMatch(remedy(6379, 1), /HTTP/);
    assert.match(remedy(6379, 1), /^A pool must[^]*Dispose of each Socket/);
  });

  it('tells pools of many workers as those of one program', () => {
    const pools = (each: number): string =>
      [
        'USER     COMMAND    PID   FD  PROTO  LOCAL ADDRESS         FOREIGN ADDRESS       STATE',
        // Ports for outgoing connections begin at 10000 there.
        ...many(
          10 * each,
          i =>
            `www php-fpm ${2200 + (i % 10)} ${4 + i} tcp4 192.0.2.2:${10_500 + 900 * i} 198.51.100.9:3306 CLOSE_WAIT`,
        ),
        ...many(
          20,
          i => `www nginx 300 ${4 + i} tcp4 192.0.2.2:443 198.51.100.${i}:50000 ESTABLISHED`,
        ),
        '',
      ].join('\n');
    const found = expectFinding(pools(4), 'CW-1', {
      severity: 'warning',
      title: 'php-fpm (10 processes) has 40 in CLOSE_WAIT, closed by 198.51.100.9:3306',
      rows: 40,
    });
    assert.match(plain(found.remedy[0]!), /^A pool must/);
    // One idle connection of each.
    expectHealthy(pools(1));
  });

  describe('with unread requests', () => {
    const owner = '4711/java';
    const served = (queues: readonly number[]): string =>
      netstat(
        row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { owner }),
        ...queues.map((recvQ, i) =>
          row('CLOSE_WAIT', '192.0.2.1:8080', `192.0.2.7:${40_000 + i}`, { owner, recvQ }),
        ),
        ...many(20, i =>
          row('ESTABLISHED', '192.0.2.1:8080', `192.0.2.7:${50_000 + i}`, { owner, recvQ: 300 }),
        ),
      );
    const told = (texts: readonly Text[]): string => texts.map(plain).join(' ');

    it('calls a server that reads none of them no leak, and shows its threads first', () => {
      const found = expectFinding(served(many(60, () => 311)), 'CW-1', {
        code: 'CW-1',
        severity: 'error',
        title: 'java (4711) is most likely not reading: 18,600 bytes unread on 60 in CLOSE_WAIT',
      });
      assert.equal(found.confirm[0]?.command, 'jstack 4711');
      assert.match(told(found.remedy), /^See what the threads of java \(4711\) are doing/);
      assert.doesNotMatch(told(found.remedy), /try-with-resources|misses the end/);
      assert.match(told(found.alternatives), /has forgotten connections/);
    });

    it('calls it a hang or a leak where the data of most has been read, and says what the others show', () => {
      const found = expectFinding(served(many(60, i => (i < 20 ? 311 : 1))), 'CW-1', {
        title: /most likely hangs or leaks connections/,
      });
      assert.ok(found.confirm.some(({ command }) => command === 'jstack 4711'));
      assert.match(told(found.remedy), /misses the end of the stream/);
      assert.match(told(found.alternatives), /On 20 of them .* has no thread left/);
    });

    it('takes the good-bye of TLS for no request', () => {
      const found = expectFinding(served(many(60, () => 25)), 'CW-1', {
        title: /most likely leaks connections/,
      });
      assert.ok(!found.confirm.some(({ command }) => command === 'jstack 4711'));
    });

    it('still calls it a leak of a client, which leaves answers unread', () => {
      const text = netstat(
        ...many(60, i =>
          row('CLOSE_WAIT', `192.0.2.1:${40_000 + i}`, '192.0.2.7:443', { owner, recvQ: 311 }),
        ),
      );
      const found = expectFinding(text, 'CW-1', { title: /most likely leaks connections/ });
      assert.match(told(found.remedy), /CloseableHttpResponse/);
    });
  });

  describe('of many processes', () => {
    const listener = row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '1200/httpd' });
    /** One connection of a worker. */
    const worker = (state: string, i: number, name = 'httpd', port = 80): string =>
      row(state, `192.0.2.1:${port}`, `192.0.2.7:${40_000 + i}`, {
        owner: `${2000 + i}/${name}`,
        recvQ: state === 'CLOSE_WAIT' ? 1 : 0,
      });
    const prefork = (stuck: number, busy: number): string =>
      netstat(
        listener,
        ...many(stuck, i => worker('CLOSE_WAIT', i)),
        ...many(busy, i => worker('ESTABLISHED', stuck + i)),
      );
    const client = (i: number, server: string): string =>
      row('CLOSE_WAIT', `192.0.2.1:${40_000 + i}`, server, {
        owner: `${2000 + i}/php-fpm: pool www`,
      });
    const isAlone = (text: string): void => {
      expectHealthy(text);
      assert.doesNotMatch(JSON.stringify(analysed(text).findings), /processes\)/);
    };

    it('judges those together that serve one port', () => {
      const found = expectFinding(prefork(120, 0), 'CW-1', {
        severity: 'error',
        confidence: 'medium',
        title: 'httpd (120 processes) has 120 in CLOSE_WAIT, closed by 192.0.2.7',
        pid: null,
        rows: 120,
      });
      assert.deepEqual(
        found.confirm.map(({ command }) => command),
        [
          "ss -tanpo state close-wait 'sport = :80'",
          'ps -L -o tid,stat,pcpu,wchan:32,comm -p 2000',
        ],
      );
      assert.equal(analysed(prefork(120, 0)).findings.length, 1);
      expectFinding(prefork(50, 200), 'CW-1', { severity: 'error' });
      expectFinding(prefork(50, 201), 'CW-1', { severity: 'warning' });
      expectFinding(prefork(10, 40), 'CW-1', { severity: 'warning' });
    });

    it('takes what stands behind a colon for no other program', () => {
      const names = ['postgres: app a', 'postgres: web b'];
      const found = expectFinding(
        netstat(listener, ...many(60, i => worker('CLOSE_WAIT', i, names[i % 2]))),
        'CW-1',
        { severity: 'error', title: /^postgres \(60 processes\)/ },
      );
      // Others have the other sockets.
      assert.match(everythingSaid(found).join('\n'), /60 of 60 sockets of postgres on port 80\./);
      const shares = everythingSaid(found).filter(text => text.includes('sockets of'));
      assert.equal(shares.length, 1, shares.join('\n'));
    });

    it('is part of a full accept queue where that explains most', () => {
      const users = (i: number): string => `users:(("httpd",pid=${2000 + i},fd=9))`;
      const text = ss(
        'LISTEN 512 511 *:80 *:* users:(("httpd",pid=1999,fd=4))',
        ...many(
          100,
          i => `CLOSE-WAIT ${i < 65 ? 600 : 1} 0 192.0.2.1:80 192.0.2.7:${40_000 + i} ${users(i)}`,
        ),
      );
      const { findings } = analysed(text);
      assert.deepEqual(
        findings.map(({ code, rows }) => [code, rows.length]),
        [['LQ-1', 101]],
      );
    });

    it('does not mind workers that clients have just left', () => {
      isAlone(prefork(5, 195));
      isAlone(prefork(9, 0));
      isAlone(prefork(30, 170));
    });

    it('judges a grave one alone, and the others together', () => {
      const text = netstat(
        listener,
        ...many(60, i => worker('CLOSE_WAIT', i)),
        ...many(55, i =>
          row('CLOSE_WAIT', '192.0.2.1:80', `192.0.2.8:${40_000 + i}`, {
            owner: '77/httpd',
            recvQ: 1,
          }),
        ),
      );
      const titles = analysed(text).findings.map(({ title }) => plain(title));
      assert.ok(titles.some(title => title.startsWith('httpd (77) most likely hangs or leaks')));
      assert.ok(titles.some(title => title.startsWith('httpd (60 processes) has 60')));
    });

    it('does not put programs together that share a port or a name only', () => {
      isAlone(netstat(...many(90, i => worker('CLOSE_WAIT', i, `app${i}`))));
      const ports = many(90, i => 20_000 + i);
      isAlone(
        netstat(
          ...ports.map((port, i) =>
            row('LISTEN', `0.0.0.0:${port}`, '0.0.0.0:*', { owner: `${2000 + i}/java` }),
          ),
          ...ports.map((port, i) => worker('CLOSE_WAIT', i, 'java', port)),
        ),
      );
      isAlone(netstat(...many(90, i => client(i, `198.51.100.${i}:443`))));
    });

    it('makes no error of clients with an idle connection each to one server', () => {
      const clients = (count: number): string =>
        netstat(...many(count, i => client(i, '198.51.100.1:3306')));
      isAlone(clients(49));
      const found = expectFinding(clients(50), 'CW-1', {
        severity: 'warning',
        title: /^php-fpm \(50 processes\) has 50 in CLOSE_WAIT/,
      });
      assert.match(found.alternatives.map(plain).join(' '), /closed idle ones/);
      assert.equal(found.confirm[0]?.command, "ss -tanpo state close-wait 'dport = :3306'");
    });

    it('says how to list them elsewhere', () => {
      const text = [
        'COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME',
        ...many(
          60,
          i =>
            `httpd ${2000 + i} www 9u IPv4 0x7c0dfb32f1c0f1${10 + i} 0t0 TCP 192.0.2.1:80->192.0.2.7:${50_000 + i} (CLOSE_WAIT)`,
        ),
        '',
      ].join('\n');
      assert.match(
        expectFinding(text, 'CW-1', { severity: 'error' }).confirm[0]?.command ?? '',
        /CLOSE_WAIT \| grep 80$/,
      );
      const rows = many(60, i => `CLOSE_WAIT 192.0.2.1:80 192.0.2.7:${50_000 + i} ${2000 + i}`);
      // Windows names no programs here.
      expectHealthy(windows(...rows));
    });
  });

  it('makes an error of fifty, whatever the share', () => {
    expectFinding(leak(49, 400), 'CW-1', { severity: 'warning' });
    expectFinding(leak(50, 400), 'CW-1', { severity: 'error' });
  });

  it('takes thresholds', () => {
    expectFinding(
      leak(5, 100),
      'CW-1',
      { severity: 'info' },
      { thresholds: { closeWaitWarning: 6 } },
    );
  });

  it('does not blame a program that still sends', () => {
    const rows = many(20, i =>
      row('CLOSE_WAIT', '192.0.2.1:80', `192.0.2.7:${40_000 + i}`, {
        owner: '81/httpd',
        sendQ: 3_800_000,
        timer: 'probe (1.00/0/0)',
      }),
    );
    expectSilence(netstat(...rows), 'CW-1');
  });

  it('counts a socket of several processes once, for the one that holds most', () => {
    const own = many(
      6,
      i => `CLOSE-WAIT 1 0 192.0.2.1:${40_000 + i} 198.51.100.1:443 users:(("app",pid=12,fd=${i}))`,
    );
    const shared =
      'CLOSE-WAIT 1 0 192.0.2.1:41000 198.51.100.1:443 users:(("sleep",pid=99,fd=3),("app",pid=12,fd=9))';
    expectFinding(ss(...own, shared), 'CW-1', { pid: 12, process: 'app', rows: 7 });
  });

  it('speaks of the port where no program is shown', () => {
    const text = netstat(
      row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*'),
      ...many(12, i => row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${40_000 + i}`)),
    );
    expectFinding(text, 'CW-1', {
      severity: 'warning',
      confidence: 'low',
      title: /^The program listening on port 9443 has 12 in CLOSE_WAIT/,
    });
  });

  it('works on Windows, where no queues are', () => {
    const rows = many(7, i => `CLOSE_WAIT 192.0.2.1:${50_000 + i} 198.51.100.1:443 4321`);
    const open = 'ESTABLISHED 192.0.2.1:51000 198.51.100.1:443 4321';
    expectFinding(windows(open, ...rows), 'CW-1', { severity: 'error', pid: 4321 });
  });

  it('does not accuse a server that may be making its answers (TRUTH D, half1)', () => {
    const text = scene('half-close.txt');
    const first = text.slice(0, text.indexOf('2026-07-01 10:00:06'));
    for (const one of [first, text]) {
      const found = expectFinding(one, 'CW-1', { severity: 'info', confidence: 'low' });
      assert.doesNotMatch(plain(found.title), /leak/);
      assert.ok(found.alternatives.some(other => plain(other).includes('only half-closed')));
      expectHealthy(one);
    }
    const served = (count: number): string =>
      netstat(
        row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*', { owner: '4321/orders-api' }),
        ...many(count, i =>
          row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${40_000 + i}`, {
            owner: '4321/orders-api',
          }),
        ),
      );
    expectFinding(served(7), 'CW-1', { severity: 'info' });
    expectFinding(served(8), 'CW-1', { severity: 'warning' });
    const all = expectFinding(served(50), 'CW-1', { severity: 'warning', confidence: 'medium' });
    assert.doesNotMatch(plain(all.title), /leak/);
    assert.match(plain(all.alternatives[0]!), /only half-closed/);
    // Clients that keep their side open tell that its clients do not half-close.
    const open = row('ESTABLISHED', '192.0.2.1:9443', '192.0.2.8:50000', {
      owner: '4321/orders-api',
    });
    expectFinding(served(50) + open, 'CW-1', { severity: 'error' });
    expectFinding(served(100), 'CW-1', { severity: 'error' });
  });

  describe('of a server that sends to peers that have half-closed', () => {
    const served = (count: number, details: (i: number) => string): string =>
      ss(
        'LISTEN 0 200 192.0.2.1:80 0.0.0.0:* users:(("lighttpd",pid=15,fd=3))',
        ...many(
          count,
          i =>
            `CLOSE-WAIT 0 0 192.0.2.1:80 192.0.2.7:${38_000 + i} users:(("lighttpd",pid=15,fd=${4 + i}))\n\t ${details(i)}`,
        ),
      );
    const told = (sent: number, acked = 42_000): string =>
      `bytes_acked:${acked} bytes_received:4 ${sent === 0 ? '' : `lastsnd:${sent} `}lastrcv:9000 lastack:${sent}`;

    it('is told by lastsnd, also where it is 0 and left out', () => {
      const found = expectFinding(
        served(60, i => told(i * 4)),
        'CW-1',
        { severity: 'info', title: 'lighttpd (15) has 60 in CLOSE_WAIT, closed by 192.0.2.7' },
      );
      assert.deepEqual(found.remedy, []);
      assert.deepEqual(found.confirm, []);
      assert.match(
        found.evidence.map(({ text }) => plain(text)).join(' '),
        /sent within the last 2 s on 60 \(lastsnd\)/,
      );
      // All have had their last answer some time ago.
      expectFinding(
        served(60, () => told(3300)),
        'CW-1',
        { severity: 'error' },
      );
      expectFinding(
        served(60, i => told(i < 10 ? 50 : 3300)),
        'CW-1',
        { severity: 'error' },
      );
    });

    it('is told by what was acknowledged since, for as long as it is', () => {
      const sends = many(4, i => served(40, () => told(5000, 42_000 + 1000 * i)));
      expectHealthy(loop(...sends));
      const found = expectFinding(loop(...sends), 'CW-1', { severity: 'info' });
      assert.match(
        found.evidence.map(({ text }) => plain(text)).join(' '),
        /bytes_acked has changed since the snapshot before on 40/,
      );
      // More and more of them are no leak either.
      expectHealthy(loop(...many(4, i => served(10 + 10 * i, () => told(500, 1000 * i)))));
      const stands = many(4, i => served(40, () => told(5000 + 30_000 * i)));
      expectFinding(loop(...stands), 'CW-2', { severity: 'error' });
      // Who sent once and stopped long ago does not send.
      expectFinding(
        loop(
          sends[0]!,
          served(40, () => told(900_000, 50_000)),
        ),
        'CW-1',
        {
          severity: 'error',
        },
      );
    });

    it('is told by Send-Q that moves', () => {
      const queue = (sendQ: number): string =>
        netstat(
          row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '15/lighttpd' }),
          ...many(40, i =>
            row('CLOSE_WAIT', '192.0.2.1:80', `192.0.2.7:${38_000 + i}`, {
              owner: '15/lighttpd',
              sendQ: i < 20 ? sendQ : 5000 - sendQ,
            }),
          ),
        );
      expectFinding(loop(queue(5000), queue(0)), 'CW-1', { severity: 'info' });
      const stands = expectFinding(loop(...many(4, () => queue(0))), 'CW-1', { rows: 20 });
      assert.notEqual(stands.severity, 'info');
    });
  });

  it('blames no program for a mount of the kernel', () => {
    const mount = netstat(
      row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '1/sshd' }),
      ...many(12, i => row('CLOSE_WAIT', `192.0.2.1:${700 + i}`, '192.0.2.7:2049', { owner: '-' })),
    );
    const found = expectFinding(mount, 'CW-1');
    assert.deepEqual(found.remedy.map(plain), [
      'A local port below 1024, no process, and port 2049: most likely an NFS mount, whose connections the kernel makes.',
    ]);
    assertNeverSaid(mount, /listening on port 7\d\d|pool must discard/);
  });

  it('does not mind a busy server between FIN and close()', () => {
    expectHealthy(leak(60, 6000));
    expectHealthy(leak(12, 5000));
    expectFinding(leak(12, 600), 'CW-1', { severity: 'warning' });
    expectFinding(leak(60, 5000), 'CW-1', { severity: 'error' });
    // Many clients leave a proxy at one moment; one client that does so is another matter.
    const proxy = (closing: number, client: (i: number) => string): string =>
      netstat(
        row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '9/haproxy' }),
        ...many(closing, i =>
          row('CLOSE_WAIT', '192.0.2.1:443', `${client(i)}:${40_000 + i}`, { owner: '9/haproxy' }),
        ),
        ...many(4000, i =>
          row('ESTABLISHED', '192.0.2.1:443', `203.0.${i >> 8}.${i & 255}:41000`, {
            owner: '9/haproxy',
          }),
        ),
      );
    const each = (i: number): string => `198.51.100.${i}`;
    expectFinding(proxy(75, each), 'CW-1', { severity: 'warning', confidence: 'medium' });
    expectFinding(proxy(250, each), 'CW-1', { severity: 'error' });
    expectFinding(
      proxy(75, i => `198.51.100.${i % 4}`),
      'CW-1',
      { severity: 'error' },
    );
    // What has lasted is a leak, however busy.
    expectFinding(loop(proxy(75, each), proxy(75, each)), 'CW-1', { severity: 'error' });
  });

  it('says of a program that it is reading (TRUTH D, d13)', () => {
    const found = expectFinding(scene('being-read.txt'), 'CW-1', {
      severity: 'info',
      title: 'curl (321) is still reading 1 connection that 198.51.100.9:443 closed',
    });
    assert.ok(found.evidence.some(({ text }) => /Recv-Q has fallen .* on 1:/.test(plain(text))));
    expectHealthy(scene('being-read.txt'));
  });

  it('takes no share from listings that were cut', () => {
    const rows = leak(6, 1).split('\n').slice(3, -1).join('\n');
    const prompt = '$ sudo netstat -tnp | grep CLOSE_WAIT\n';
    const found = expectFinding(`${prompt}${rows}\n`, 'CW-1', { severity: 'warning' });
    assert.doesNotMatch(JSON.stringify(found.evidence), /of its/);
    expectFinding(leak(6, 1), 'CW-1', { severity: 'error' });
    // A listing of that one state alone.
    expectFinding(scene('windows-close-wait.txt'), 'CW-1', { severity: 'warning' });
  });

  it('calls what has lasted a leak', () => {
    const held = (ms: number): string =>
      ss(
        'LISTEN 0 128 0.0.0.0:80 0.0.0.0:* users:(("httpd",pid=5,fd=3))',
        ...many(
          6,
          i =>
            `CLOSE-WAIT 0 0 192.0.2.1:80 192.0.2.7:${4000 + i} users:(("httpd",pid=5,fd=${9 + i}))\n\t cubic rto:204 lastsnd:95000 lastrcv:95000 lastack:${ms}`,
        ),
      );
    expectFinding(held(90_500), 'CW-1', {
      severity: 'error',
      confidence: 'high',
      title: 'httpd (5) leaks connections: 6 in CLOSE_WAIT, closed by 192.0.2.7',
    });
    expectFinding(held(20_000), 'CW-1', { severity: 'info' });
  });

  it('reads descriptors', () => {
    const held = (fd: number): string =>
      ss(`CLOSE-WAIT 1 0 192.0.2.1:40000 198.51.100.1:443 users:(("app",pid=12,fd=${fd}))`);
    const texts = (fd: number): string => JSON.stringify(expectFinding(held(fd), 'CW-1').evidence);
    assert.match(texts(10_000), /Descriptor 10,000:/);
    assert.doesNotMatch(texts(9999), /Descriptor/);
  });

  it('does not mind what Windows has suspended', () => {
    const blocks = (program: string): string =>
      [
        'Active Connections',
        '',
        '  Proto  Local Address          Foreign Address        State           PID',
        ...many(
          6,
          i =>
            `  TCP    192.0.2.1:${50_000 + i}        198.51.100.1:443       CLOSE_WAIT      912\r\n [${program}]`,
        ),
        '  TCP    192.0.2.1:51000        198.51.100.1:443       ESTABLISHED     912',
        ` [${program}]`,
        '',
      ].join('\r\n');
    const found = expectFinding(blocks('YourPhone.exe'), 'CW-1', { severity: 'info' });
    assert.ok(found.why.some(text => plain(text).startsWith('Windows can suspend YourPhone.exe')));
    expectHealthy(blocks('YourPhone.exe'));
    expectFinding(blocks('orders.exe'), 'CW-1', { severity: 'error' });
  });

  it('says where a sidecar closed', () => {
    const said = (remote: string): string =>
      JSON.stringify(
        expectFinding(
          netstat(row('CLOSE_WAIT', '192.0.2.1:8080', remote, { owner: '7/java' })),
          'CW-1',
        ).alternatives,
      );
    assert.match(said('127.0.0.6:41000'), /Istio/);
    assert.match(said('192.0.2.1:15006'), /Istio/);
    assert.match(said('192.0.2.1:4143'), /Linkerd/);
    assert.doesNotMatch(said('192.0.2.7:41000'), /sidecar/);
  });

  it('does not speak of a few that the program was accepting while its listing was made', () => {
    const own = (i: number, owner?: string): string =>
      row('CLOSE_WAIT', '10.0.0.1:7000', `10.0.0.9:${40_000 + i}`, {
        recvQ: 1,
        ...(owner === undefined ? {} : { owner }),
      });
    const listen = row('LISTEN', '0.0.0.0:7000', '0.0.0.0:*', { owner: '5/billing' });
    const leak = many(60, i => own(i, '5/billing'));
    const codes = (text: string): (number | null)[] =>
      analysed(text)
        .findings.filter(({ code }) => code === 'CW-1')
        .map(({ owner }) => owner?.pid ?? null);
    assert.deepEqual(codes(netstat(listen, ...leak, own(100))), [5]);
    // More of them, or those that stay, may be of a program that is not shown; so may all of them.
    const many6 = many(6, i => own(100 + i));
    assert.deepEqual(codes(netstat(listen, ...leak, ...many6)), [5, null]);
    const again = netstat(listen, ...leak, own(100));
    assert.deepEqual(codes(loop(again, again)), [5, null]);
    assert.deepEqual(codes(netstat(listen, own(100))), [null]);
  });

  it('goes by the timers of the other ends, which tell when they closed', () => {
    const hosts = (left: number): string => `Mon Nov 30 19:02:08 UTC 2026
root@web1:~# netstat -tunapo
${netstat(
  ...many(10, i =>
    row('FIN_WAIT2', `10.1.0.1:${41_000 + i}`, '10.1.0.2:9090', {
      timer: `timewait (${left}/0/0)`,
    }),
  ),
)}Mon Nov 30 19:02:09 UTC 2026
root@cli1:~# netstat -tunapo
${netstat(
  row('LISTEN', '0.0.0.0:9090', '0.0.0.0:*', { owner: '31271/svc' }),
  ...many(10, i =>
    row('CLOSE_WAIT', '10.1.0.2:9090', `10.1.0.1:${41_000 + i}`, { owner: '31271/svc' }),
  ),
)}`;
    expectFinding(hosts(58.48), 'CW-1', { severity: 'info' });
    expectFinding(hosts(3.2), 'CW-1', { severity: 'warning' });
  });
});
