import assert from 'node:assert/strict';
import { plain, type Text } from '../../../../../src/core/wording/text';
import {
  analysed,
  expectFinding,
  expectHealthy,
  expectSilence,
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
    assert.match(remedy(...client), /HttpClient[^]*A pool must/);
    // Of both kinds both is said.
    assert.match(remedy(...server, ...client), /each Socket[^]*HttpClient/);
  });

  it('names the program, the number and who closed', () => {
    expectFinding(leak(62, 18), 'CW-1', {
      code: 'CW-1',
      severity: 'error',
      title:
        'orders-api (4321) most likely leaks connections: 62 in CLOSE_WAIT, closed by 192.0.2.7',
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

    it('calls it a leak where most have been read, and says what the others show', () => {
      const found = expectFinding(served(many(60, i => (i < 20 ? 311 : 1))), 'CW-1', {
        title: /most likely leaks connections/,
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
          "gdb -p 2000 -batch -ex 'thread apply all bt'",
        ],
      );
      assert.equal(analysed(prefork(120, 0)).findings.length, 1);
      expectFinding(prefork(50, 200), 'CW-1', { severity: 'error' });
      expectFinding(prefork(50, 201), 'CW-1', { severity: 'warning' });
      expectFinding(prefork(10, 40), 'CW-1', { severity: 'warning' });
    });

    it('takes what stands behind a colon for no other program', () => {
      const names = ['postgres: app a', 'postgres: web b'];
      expectFinding(
        netstat(listener, ...many(60, i => worker('CLOSE_WAIT', i, names[i % 2]))),
        'CW-1',
        { severity: 'error', title: /^postgres \(60 processes\)/ },
      );
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
      assert.ok(titles.some(title => title.startsWith('httpd (77) most likely leaks')));
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
    expectFinding(served(50), 'CW-1', { severity: 'error' });
  });

  it('does not mind a busy server between FIN and close()', () => {
    expectHealthy(leak(60, 6000));
    expectFinding(leak(60, 5000), 'CW-1', { severity: 'error' });
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
});
