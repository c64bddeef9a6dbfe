import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { readExcludedPorts } from '../../../../src/core/knowledge/excludedPorts';
import { readDump } from '../../../../src/core/reading/reader';
import { answerPort, type PortAnswer, portJson } from '../../../../src/core/report/port/portUse';
import { readPort } from '../../../../src/core/report/port/wantedPort';
import { Localizer, plain } from '../../../../src/core/wording/text';
import { many, netstat, row, ss, windows } from '../../analysis/scene';

const NETSH = [
  '',
  'Protokoll tcp Portausschlussbereiche',
  '',
  'Startport   Endport',
  '----------    --------',
  '      5357        5357      ',
  '     50000       50059     *',
  '     62000       62099      ',
  '',
  '* - Verwaltete Portausschlüsse.',
  '',
].join('\r\n');

function ask(text: string, wanted: string, excluded?: string): PortAnswer[] {
  const port = readPort(wanted);
  assert.ok(port, wanted);
  const live = excluded === undefined ? null : { excluded: readExcludedPorts(excluded) };
  return answerPort(readDump(text), port, live, new Localizer());
}

function only(answers: readonly PortAnswer[]): PortAnswer & { lead: string; evidence: string } {
  assert.equal(answers.length, 1, JSON.stringify(answers.map(({ use }) => use)));
  const answer = answers[0]!;
  const { lead, evidence } = answer.explanation;
  return {
    ...answer,
    lead: lead.map(plain).join(' '),
    evidence: evidence.map(plain).join(' '),
  };
}

const commands = ({ checks }: PortAnswer): string[] => checks.map(({ command }) => command);

const LISTENER = row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { owner: '4321/orders-api' });
const OTHER = row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '1/sshd' });
const CLIENT = row('ESTABLISHED', '192.0.2.1:8080', '192.0.2.7:51044', {
  owner: '4321/orders-api',
});
const WAITING = row('TIME_WAIT', '192.0.2.1:8080', '192.0.2.7:51046', {
  timer: 'timewait (42.00/0/0)',
});

describe('what uses a port', () => {
  describe('is read as people write it', () => {
    const good: readonly (readonly [string, number, string | null, string | null])[] = [
      ['8080', 8080, null, null],
      [' 65535 ', 65_535, null, null],
      [':1', 1, null, null],
      ['53/udp', 53, 'udp', null],
      ['127.0.0.1:80/TCP', 80, 'tcp', '127.0.0.1'],
      ['[::1]:80', 80, null, '::1'],
      ['localhost:80', 80, null, 'localhost'],
      ['*:80', 80, null, null],
    ];
    for (const [text, port, transport, address] of good) {
      it(text, () => assert.deepEqual(readPort(text), { port, transport, address }));
    }
    for (const text of [
      ...['', '0', '65536', '-1', '8080x', '80 80', '1e3', '0x50', '53/sctp', '53/'],
      ...['300.1.1.1:80', '[::zz]:80', 'example.org:80', '::1:80', '9'.repeat(5000), ':'],
    ]) {
      it(`not: ${text.slice(0, 20)}`, () => assert.equal(readPort(text), null));
    }
  });

  it('names the listener, its program, its address and what waits in its queue', () => {
    const text = netstat(
      row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { owner: '4321/orders-api', recvQ: 7 }),
      CLIENT,
      WAITING,
    );
    const answer = only(ask(text, '8080'));
    assert.equal(answer.use, 'listener');
    assert.match(answer.lead, /^orders-api \(4321\) listens on 0\.0\.0\.0:8080\.$/);
    assert.match(answer.evidence, /Recv-Q 7: .*waiting for orders-api/);
    assert.match(answer.evidence, /Connections on the port: 1\./);
    assert.deepEqual(commands(answer), [
      'ps -o pid,ppid,user,lstart,args -p 4321',
      "ss -tanp 'sport = :8080'",
    ]);
  });

  it('says where the process is hidden, and how to see it', () => {
    const answer = only(ask(netstat(row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*')), '8080'));
    assert.match(answer.lead, /Its process is not shown/);
    assert.deepEqual(commands(answer), ["sudo ss -tanp 'sport = :8080'"]);
  });

  it('prefers TIME_WAIT to a connection, and says when it ends', () => {
    const answer = only(ask(netstat(OTHER, CLIENT, WAITING), '8080'));
    assert.equal(answer.use, 'time-wait');
    assert.match(answer.lead, /No socket listens on it\. .* in TIME_WAIT: 1\. It expires in 42 s/);
    assert.match(answer.evidence, /no program|none to stop/i);
    assert.match(answer.evidence, /same address.* both have SO_REUSEADDR, or both SO_REUSEPORT/);
  });

  it('gives no clock of one connection for many in TIME_WAIT', () => {
    const rows = many(9, i =>
      row('TIME_WAIT', '192.0.2.1:8080', `192.0.2.7:${51_000 + i}`, {
        timer: `timewait (${i}.00/0/0)`,
      }),
    );
    const answer = only(ask(netstat(...rows), '8080'));
    assert.equal(answer.count, 9);
    assert.equal(answer.sockets.length, 5);
    assert.doesNotMatch(answer.lead, /expires in/);
  });

  it('names the connection where nothing else has the port', () => {
    const text = netstat(
      row('ESTABLISHED', '192.0.2.1:44000', '192.0.2.9:443', { owner: '77/curl' }),
    );
    const answer = only(ask(text, '44000'));
    assert.equal(answer.use, 'connection');
    assert.match(answer.lead, /curl \(77\) uses it for a connection in ESTABLISHED/);
  });

  it('says once that no socket listens, however many connections there are', () => {
    const rows = many(9, i => row('ESTABLISHED', '192.0.2.1:8080', `192.0.2.7:${51_000 + i}`));
    const answer = only(ask(netstat(OTHER, ...rows), '8080'));
    assert.match(answer.lead, /^No socket listens on it\. A connection .*51000\./);
    assert.doesNotMatch(answer.lead, /51001/);
    assert.doesNotMatch(answer.evidence, /No socket listens/);
    assert.match(
      answer.evidence,
      /51001.*51004.*Further sockets that use the port in this way: 4\./,
    );
  });

  describe('does not deny a listener that the listing would not show', () => {
    const HIDDEN = /does not show whether a socket listens on it/;
    const cases: readonly (readonly [string, string, string, RegExp])[] = [
      ['connections only', netstat(CLIENT), '8080', /no row in LISTEN/],
      ['TIME_WAIT only', netstat(WAITING), '8080', /no row in LISTEN/],
      [
        'netstat -no of Windows',
        windows('ESTABLISHED 192.0.2.1:3000 192.0.2.7:50000 500'),
        '3000',
        /no row in LISTEN/,
      ],
      [
        'rows left out',
        `$ netstat -antop | grep -v nginx\n${netstat(OTHER, CLIENT)}`,
        '8080',
        /Rows are missing/,
      ],
      [
        'ports by name',
        netstat(row('LISTEN', '0.0.0.0:http-alt', '0.0.0.0:*'), CLIENT),
        '8080',
        /ports by name/,
      ],
      [
        'only a UNIX socket that listens',
        `${netstat(CLIENT)}unix  2      [ ACC ]     STREAM     LISTENING     12345    1/init   /run/x\n`,
        '8080',
        /no row in LISTEN/,
      ],
    ];
    for (const [name, text, port, why] of cases) {
      it(name, () => {
        const answer = only(ask(text, port));
        assert.doesNotMatch(answer.lead, /No socket listens/);
        assert.match(answer.lead, HIDDEN);
        assert.match(answer.evidence, why);
      });
    }
    it('but does where the command listed what listens', () => {
      const etl = (command: string): string =>
        `root@web1:~# ${command}\n` +
        ss('ESTAB 0 0 10.1.0.1:35000 10.1.0.2:5432 users:(("etl",pid=30039,fd=3))');
      const { lead, evidence } = only(ask(etl('ss -tanp'), '35000'));
      assert.match(lead, /^No socket listens/);
      assert.doesNotMatch(evidence, /no row in LISTEN/);
      for (const command of ['ss -tnp', 'ss -tanp | grep 35000', 'ss -tanp state established']) {
        assert.match(only(ask(etl(command), '35000')).lead, HIDDEN, command);
      }
    });

    it('but does where other listeners are listed', () => {
      for (const one of [CLIENT, WAITING]) {
        const answer = only(ask(netstat(OTHER, one), '8080'));
        assert.match(answer.lead, /^No socket listens on it\./);
        assert.doesNotMatch(answer.lead, HIDDEN);
        assert.doesNotMatch(answer.evidence, /no row in LISTEN|Rows are missing|by name/);
      }
    });
  });

  describe('of several snapshots', () => {
    const HTTP = row('LISTEN', '192.0.2.1:80', '0.0.0.0:*', { owner: '812/nginx' });
    const DNS = 'udp 0 0 192.0.2.1:53 0.0.0.0:* 700/dnsmasq off (0.00/0/0)';
    const SQL = row('LISTEN', '192.0.2.9:5432', '0.0.0.0:*', { owner: '99/postgres' });
    const at = (time: string, text: string): string => `2025-03-03T${time}Z\n${text}`;

    for (const [name, text] of [
      ['prompts', `admin@web-1:~$ netstat -antup\n${netstat(HTTP)}admin@db-1:~$ netstat -antup\n`],
      ['titles', `==> web-1 <==\n${netstat(HTTP)}\n==> db-1 <==\n`],
    ] as const) {
      it(`answers for each host: ${name}`, () => {
        const answers = ask(text + netstat(SQL), '80');
        assert.deepEqual(
          answers.map(({ host, use }) => [host, use]),
          [
            ['web-1', 'listener'],
            ['db-1', 'not-found'],
          ],
        );
        assert.match(plain(answers[0]!.explanation.title), /TCP port 80 on web-1/);
      });
    }

    it('asks the last one of a host, and no older one that lists the same', () => {
      const text = at('10:00:00', netstat(HTTP)) + at('10:00:05', netstat(OTHER));
      const answer = only(ask(text, '80'));
      assert.equal(answer.use, 'not-found');
      assert.equal(answer.host, null);
      assert.equal(answer.time, '2025-03-03T10:00:05Z');
      assert.doesNotMatch(answer.evidence, /later ones/);
    });

    it('asks the last one that lists the transport, and says so', () => {
      const text = at('10:00:00', netstat(DNS)) + at('10:00:02', netstat(OTHER));
      const answer = only(ask(text, '53'));
      assert.equal(answer.use, 'listener');
      assert.equal(answer.transport, 'udp');
      assert.match(answer.evidence, /from snapshot 1 of 2: later ones list no UDP socket/);
      const both =
        at('10:00:00', netstat(DNS)) + at('10:00:02', netstat(DNS.replace(':53', ':54')));
      assert.equal(only(ask(both, '53/udp')).use, 'not-found');
    });

    it('says where the transport is not listed at all', () => {
      assert.match(only(ask(netstat(OTHER), '53/udp')).evidence, /lists no UDP socket/);
      assert.match(only(ask(netstat(DNS), '80')).evidence, /lists no TCP socket/);
      assert.doesNotMatch(only(ask(netstat(OTHER, DNS), '54/udp')).evidence, /lists no/);
    });
  });

  it('does not take a remote port for a local one', () => {
    const answer = only(ask(netstat(CLIENT), '51044'));
    assert.equal(answer.use, 'not-found');
    assert.match(answer.evidence, /Another network namespace may use it/);
    assert.ok(commands(answer).some(command => command.startsWith('sudo lsns')));
  });

  it("says no system's reasons where the system is not known", () => {
    const text = readFileSync('samples/psutil-net-connections.netstat', 'utf8');
    const answer = only(ask(text, '9'));
    assert.equal(answer.use, 'not-found');
    assert.doesNotMatch(answer.evidence, /namespace|WSL|macOS/);
  });

  it('says that rows are missing rather than that the port is free', () => {
    const answer = only(ask(`$ netstat -antop | grep 443\n${netstat(CLIENT)}`, '9999'));
    assert.match(answer.evidence, /Rows are missing/);
    assert.doesNotMatch(
      only(ask(netstat(LISTENER), '9999')).evidence,
      /Rows are missing|no row in LISTEN/,
    );
    assert.match(only(ask(netstat(CLIENT), '9999')).evidence, /no row in LISTEN/);
  });

  describe('with an address', () => {
    const text = netstat(
      row('LISTEN', '127.0.0.1:8080', '0.0.0.0:*', { owner: '1/one' }),
      row('LISTEN', '192.0.2.1:9090', '0.0.0.0:*', { owner: '2/two' }),
      row('LISTEN', '0.0.0.0:7070', '0.0.0.0:*', { owner: '3/three' }),
      row('LISTEN', ':::6060', ':::*', { owner: '4/four', protocol: 'tcp6' }),
    );
    const cases: readonly (readonly [string, PortAnswer['use']])[] = [
      ['127.0.0.1:8080', 'listener'],
      ['localhost:8080', 'listener'],
      ['[::ffff:127.0.0.1]:8080', 'listener'],
      ['0.0.0.0:8080', 'listener'],
      ['192.0.2.1:8080', 'not-found'],
      ['192.0.2.1:9090', 'listener'],
      ['localhost:9090', 'not-found'],
      ['192.0.2.1:7070', 'listener'],
      ['[::1]:7070', 'not-found'],
      ['127.0.0.1:6060', 'listener'],
      ['[::1]:6060', 'listener'],
    ];
    for (const [wanted, use] of cases) {
      it(`${wanted}: ${use}`, () => assert.equal(only(ask(text, wanted)).use, use));
    }
  });

  it("leaves the other family's addresses to a socket of one family", () => {
    const text = ss(
      'LISTEN 0 128 [::]:9090 [::]:* users:(("prom",pid=7,fd=4))',
      'LISTEN 0 128 *:7070 *:* users:(("both",pid=8,fd=4))',
      'LISTEN 0 128 0.0.0.0:6060 0.0.0.0:* users:(("four",pid=9,fd=4))',
    );
    const cases: readonly (readonly [string, PortAnswer['use']])[] = [
      ['127.0.0.1:9090', 'not-found'],
      ['[::1]:9090', 'listener'],
      ['localhost:9090', 'listener'],
      ['0.0.0.0:9090', 'listener'],
      ['127.0.0.1:7070', 'listener'],
      ['[::1]:7070', 'listener'],
      ['127.0.0.1:6060', 'listener'],
      ['[::1]:6060', 'not-found'],
    ];
    for (const [wanted, use] of cases) {
      assert.equal(only(ask(text, wanted)).use, use, wanted);
    }
    const six = only(ask(text, '[::1]:6060'));
    assert.equal(plain(six.explanation.title), 'TCP port [::1]:6060');
    assert.match(six.lead, /has this port on this address/);
  });

  it('answers for UDP, too, where UDP uses the port', () => {
    const text = netstat(
      LISTENER,
      'udp 0 0 0.0.0.0:8080 0.0.0.0:* 4321/orders-api off (0.00/0/0)',
      'udp 0 0 192.0.2.1:5353 192.0.2.9:53 ESTABLISHED 8/dig off (0.00/0/0)',
    );
    assert.deepEqual(
      ask(text, '8080').map(({ transport, use }) => [transport, use]),
      [
        ['tcp', 'listener'],
        ['udp', 'listener'],
      ],
    );
    assert.match(only(ask(text, '8080/udp')).lead, /receives datagrams on 0\.0\.0\.0:8080/);
    assert.equal(only(ask(text, '8080/tcp')).transport, 'tcp');
    const connected = only(ask(text, '5353'));
    assert.equal(connected.use, 'connection');
    assert.match(connected.lead, /dig \(8\) uses it for datagrams/);
    assert.doesNotMatch(connected.evidence, /SO_REUSEADDR/);
  });

  describe('on Windows', () => {
    const TEXT = windows(
      'LISTENING 0.0.0.0:443 0.0.0.0:0 4',
      'LISTENING 0.0.0.0:8080 0.0.0.0:0 4321',
      'BOUND 0.0.0.0:50123 0.0.0.0:0 77',
      'BOUND 0.0.0.0:50124 0.0.0.0:0 78',
      'ESTABLISHED 192.0.2.1:50124 192.0.2.9:443 78',
    );
    it('finds HTTP.sys behind the kernel', () => {
      const answer = only(ask(TEXT, '443'));
      assert.match(answer.lead, /System \(4\) listens/);
      assert.equal(commands(answer)[0], 'netsh http show servicestate');
    });
    it('does not take every port of the kernel for one of HTTP.sys', () => {
      const kernel = windows(
        'LISTENING 0.0.0.0:445 0.0.0.0:0 4',
        'LISTENING 192.0.2.1:139 0.0.0.0:0 4',
        'LISTENING 0.0.0.0:5985 0.0.0.0:0 4',
      );
      assert.equal(commands(only(ask(kernel, '445')))[0], 'Get-SmbSession');
      assert.equal(commands(only(ask(kernel, '139')))[0], 'nbtstat -n');
      const [http] = only(ask(kernel, '5985')).checks;
      assert.equal(http?.command, 'netsh http show servicestate');
      assert.match(plain(http.text), /If HTTP\.sys listens here/);
    });
    it('takes [::] for a socket that may be of both families', () => {
      const text = windows('LISTENING [::]:8080 [::]:0 4321');
      assert.equal(only(ask(text, '127.0.0.1:8080')).use, 'listener');
      assert.equal(only(ask(text, '[::1]:8080')).use, 'listener');
    });
    it('finds a socket that is only bound, and no twin of a connection', () => {
      assert.equal(only(ask(TEXT, '50123')).use, 'bound');
      assert.equal(only(ask(TEXT, '50124')).use, 'connection');
    });
    it('finds a reserved range, at both its ends and no further', () => {
      for (const port of [62_000, 62_050, 62_099, 5357]) {
        const answer = only(ask(TEXT, String(port), NETSH));
        assert.equal(answer.use, 'excluded', String(port));
        assert.match(answer.lead, /Windows has reserved/);
      }
      for (const port of [61_999, 62_100, 5358]) {
        assert.equal(only(ask(TEXT, String(port), NETSH)).use, 'not-found', String(port));
      }
    });
    it('does not take a range that an administrator set aside for the reason', () => {
      assert.equal(only(ask(TEXT, '50010', NETSH)).use, 'not-found');
    });
    it('prefers a socket to a reserved range', () => {
      assert.equal(only(ask(TEXT, '8080', '  8000   8100\n')).use, 'listener');
    });
    it('says nothing of Linux', () => {
      const answer = only(ask(TEXT, '9999'));
      assert.doesNotMatch(answer.evidence, /namespace|SO_REUSEADDR/);
      assert.deepEqual(
        commands(answer)[0],
        'netsh interface ipv4 show excludedportrange protocol=tcp',
      );
    });
  });

  it('finds the listener of macOS, whose netstat names processes', () => {
    const text = [
      'Active Internet connections (including servers)',
      'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)      rhiwat  shiwat    pid   epid state  options           gencnt    flags   flags1 usecnt rtncnt fltrs',
      'tcp46      0      0  *.8080                 *.*                    LISTEN       131072  131072   4321      0 00100 00000006 0000000000012345 00000000 00000800      1      0 000000',
      '',
    ].join('\n');
    const answer = only(ask(text, '8080'));
    assert.equal(answer.use, 'listener');
    assert.match(answer.lead, /process 4321 listens on \*:8080/i);
    assert.match(commands(only(ask(text, '9999'))).join(), /^sudo lsof -nP -iTCP:9999$/);
  });

  describe('names a command of the system that printed the dump', () => {
    const SOLARIS = [
      'TCP: IPv4',
      '   Local Address        Remote Address    Swind Send-Q Rwind Recv-Q    State',
      '-------------------- -------------------- ----- ------ ----- ------ -----------',
      '      *.22                 *.*                0      0 128000     0 LISTEN',
      '10.0.0.5.8080        10.0.0.9.50002           0  20000 128872     0 ESTABLISHED',
      '',
    ].join('\n');
    const LSOF = [
      'COMMAND   PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME',
      'nginx    4000 root    6u  IPv4  91234      0t0  TCP *:80 (LISTEN)',
      '',
    ].join('\n');
    const sample = (name: string): string => readFileSync(`samples/${name}.netstat`, 'utf8');
    it('netstat -anu on Solaris, which shows processes', () => {
      const answer = only(ask(SOLARIS, '8080'));
      assert.match(
        plain(answer.checks[0]!.text),
        /^To see the process: netstat -anu -P tcp \| grep/,
      );
    });
    it('lsof where lsof printed it', () => {
      assert.ok(commands(only(ask(LSOF, '80'))).includes('lsof -nP -iTCP:80'));
      assert.deepEqual(commands(only(ask(LSOF, '81'))), ['sudo lsof -nP -iTCP:81']);
    });
    it('promises no process of a command that shows none', () => {
      for (const [text, command] of [
        [sample('hpux-netstat'), 'netstat -an | grep 9'],
        [sample('cisco-show-tcp-brief'), 'show tcp brief all numeric | include 9'],
      ] as const) {
        const port = /\d+$/.exec(command)![0];
        const [first] = only(ask(text, port)).checks;
        assert.equal(first?.command, command);
        assert.match(plain(first.text), /^To see all sockets on the port/);
      }
    });
  });

  it('counts a socket with several rows once, with all who hold it', () => {
    const text = [
      'COMMAND   PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME',
      'nginx    4000 root    6u  IPv4  91234      0t0  TCP *:80 (LISTEN)',
      'nginx    4001 www     6u  IPv4  91234      0t0  TCP *:80 (LISTEN)',
      '',
    ].join('\n');
    const answer = only(ask(text, '80'));
    assert.equal(answer.count, 1);
  });

  it('names a few of very many sockets, and counts them all', () => {
    const rows = many(1000, i =>
      row('ESTABLISHED', '192.0.2.1:8080', `10.0.${i >> 8}.${i & 255}:1000`),
    );
    const [answer] = ask(netstat(...rows), '192.0.2.1:8080');
    assert.equal(answer?.count, 1000);
    assert.equal(answer.sockets.length, 5);
  });

  it('tells programs the same', () => {
    const wanted = readPort('8080')!;
    const json = portJson('web-1', wanted, ask(netstat(LISTENER), '8080'));
    const [answer] = json.answers;
    assert.equal(json.port, 8080);
    assert.equal(answer!.use, 'listener');
    assert.equal(answer!.sockets[0]!['pid'], 4321);
    assert.match(answer!.text, /orders-api/);
  });

  it('runs no word of a dump in a command', () => {
    const text = netstat(row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '1/$(rm -rf)`;x' }));
    for (const command of commands(only(ask(text, '80')))) {
      assert.doesNotMatch(command, /rm/);
    }
  });
});
