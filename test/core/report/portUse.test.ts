import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { readExcludedPorts } from '../../../src/core/knowledge/excludedPorts';
import { readDump } from '../../../src/core/reading/reader';
import { answerPort, type PortAnswer, portJson, readPort } from '../../../src/core/report/portUse';
import { Localizer, plain } from '../../../src/core/wording/text';
import { many, netstat, row, windows } from '../analysis/scene';

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
  const ranges = excluded === undefined ? null : readExcludedPorts(excluded);
  return answerPort(readDump(text), port, ranges, new Localizer());
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
    const answer = only(ask(netstat(CLIENT, WAITING), '8080'));
    assert.equal(answer.use, 'time-wait');
    assert.match(answer.lead, /No socket listens on it\. .* in TIME_WAIT: 1\. It expires in 42 s/);
    assert.match(answer.evidence, /no program|none to stop/i);
    assert.match(answer.evidence, /both set SO_REUSEADDR/);
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

  it('takes no time for a port with a million rows', () => {
    const rows = many(100_000, i =>
      row('ESTABLISHED', '192.0.2.1:8080', `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}:1000`),
    );
    const dump = readDump(netstat(...rows));
    const wanted = readPort('192.0.2.1:8080')!;
    answerPort(dump, wanted, null, new Localizer());
    const started = performance.now();
    const [answer] = answerPort(dump, wanted, null, new Localizer());
    assert.equal(answer?.count, 100_000);
    assert.ok(performance.now() - started < 300);
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
