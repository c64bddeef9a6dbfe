import { strict as assert } from 'node:assert';
import { LineClass } from '../../../../src/core/model/lineClass';
import { promptOf } from '../../../../src/core/reading/around/prompt';
import { Line } from '../../../../src/core/parsing/line';
import { readDump } from '../../../../src/core/reading/reader';
import { assertAllRead, briefly } from '../../rows';
import { assertSpans, linesOf } from '../../spans';

const WINDOWS =
  'Active Connections\n\n  Proto  Local Address  Foreign Address  State  PID\n' +
  '  TCP    192.0.2.1:22  192.0.2.2:4000  CLOSE_WAIT  7\n' +
  '  RpcSs\n' +
  ' [svchost.exe]\n' +
  '  TCP    192.0.2.1:23  192.0.2.2:4001  CLOSE_WAIT  8\n';
const SS =
  'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n' +
  'tcp   ESTAB 0 0 192.0.2.1:22 192.0.2.2:4000 users:(("a b",pid=1,fd=2))\n' +
  '\t cubic wscale:7,7 rto:206\n' +
  'tcp   ESTAB 0 0 192.0.2.1:23 192.0.2.2:4000\n' +
  '\t timer:(keepalive,11sec,0) cubic\n';
const LINUX =
  'Active Internet connections (servers and established)\n' +
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n' +
  'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      12/sshd: a b\n' +
  'udp        0      0 0.0.0.0:68              0.0.0.0:*                           13/x\n';

const PREFIXES = [
  '> ',
  '>',
  '>> ',
  '# ',
  '#',
  '// ',
  '* ',
  '| ',
  '- ',
  '[2022/9/23 15:43:47] ',
  '[Fri Jan 10 12:00:00 2026] ',
  '[   12345.678901] ',
  '2026-01-10T12:00:00.000Z ',
  '2026-01-10 12:00:00,123 ',
  '2026-01-10T12:00:00+01:00 web1 netstat[12]: ',
  'Jan  1 12:00:00 web1 netstat[12]: ',
  'Jan 01 12:00:00 ',
  '12:00:00 ',
  '1767225600 ',
  'web-1  | ',
  '17:',
  'logs/netstat.txt:17:',
  'netstat.log:',
  '    12\t',
  '> [2022/9/23 15:43:47] ',
];

describe('what stands before lines', () => {
  for (const prefix of PREFIXES) {
    it(`is read over: ${prefix}`, () => {
      for (const plain of [WINDOWS, SS, LINUX]) {
        const text = plain.replace(/^/gm, prefix).slice(0, -prefix.length);
        const dump = readDump(text);
        assertAllRead(dump);
        assertSpans(dump, text);
        const expected = readDump(plain);
        assert.deepEqual(briefly(dump), briefly(expected), text);
        assert.equal(dump.lines.continuation, expected.lines.continuation, text);
        assert.equal(dump.lines.header, expected.lines.header, text);
        assert.equal(dump.snapshots.length, 1, text);
      }
    });
  }

  it('is read over although not all lines have it', () => {
    const text = LINUX + LINUX.replace(/^(?=.)/gm, '> ') + LINUX;
    const dump = readDump(text);
    assert.equal(dump.lines.socket, 6);
    assert.equal(dump.snapshots.length, 1, 'the same three times is one moment');
  });

  it('is the mark of Select-String, and blanks on the lines around', () => {
    const text =
      '>   TCP    192.0.2.1:22  192.0.2.2:4000  CLOSE_WAIT  7\n' +
      '    RpcSs\n' +
      '   [svchost.exe]\n' +
      '>   TCP    192.0.2.1:23  192.0.2.2:4001  CLOSE_WAIT  8\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP CLOSE-WAIT 192.0.2.1|22 192.0.2.2|4000 7/svchost.exe',
      'TCP CLOSE-WAIT 192.0.2.1|23 192.0.2.2|4001 8/',
    ]);
  });

  it('may be a Markdown fence around', () => {
    const dump = readDump(
      'Look at this:\n\n```netstat\n' + LINUX + '```\n\n~~~ss\n' + SS + '~~~\n',
    );
    assertAllRead(dump);
    assert.equal(dump.lines.text, 5);
    assert.equal(dump.lines.socket, 4);
  });
});

describe('blanks and colours', () => {
  it('are read over: tabs, no-break spaces, lines between the rows', () => {
    for (const blank of ['\t', '\u00a0', ' \u00a0\t ', '\u202f', '\u3000']) {
      const dump = readDump(LINUX.replace(/ +/g, blank));
      assertAllRead(dump);
      assert.equal(dump.lines.socket, 2, JSON.stringify(blank));
    }
    const spaced = readDump(WINDOWS.replaceAll('\n', '\n\n'));
    assert.deepEqual(briefly(spaced), briefly(readDump(WINDOWS)));
  });

  it('are read over where grep marked its findings', () => {
    const mark = (text: string, found: RegExp): string =>
      text.replace(found, match => `\u001b[01;31m\u001b[K${match}\u001b[m\u001b[K`);
    for (const found of [
      /22/,
      /0\.0\.2/,
      /ESTAB|CLOSE_WAIT|LISTEN/,
      /tcp|TCP/,
      /svch/,
      /fd=/,
      /sshd/,
    ]) {
      for (const plain of [WINDOWS, SS, LINUX]) {
        const text = linesOf(plain)
          .map(line => mark(line, found))
          .join('\n');
        const dump = readDump(text);
        assertAllRead(dump);
        assert.deepEqual(briefly(dump), briefly(readDump(plain)));
      }
    }
  });

  it('do not move the spans of coloured words', () => {
    const text =
      'tcp 0 0 \u001b[32m192.0.2.1:22\u001b[0m 192.0.2.2:4000 \u001b[1;31mESTABLISHED\u001b[0m 1/a\u001b[0m';
    const dump = readDump(text);
    assertSpans(dump, text);
    assert.deepEqual(briefly(dump), ['tcp ESTABLISHED 192.0.2.1|22 192.0.2.2|4000 0/0 1/a']);
  });
});

describe('command lines', () => {
  const prompts: readonly (readonly [line: string, host: string | null, dump: boolean])[] = [
    ['PS C:\\Users\\x> netstat -ano', null, true],
    ['PS C:\\Users\\x>', null, false],
    ['PS /home/x> Get-NetTCPConnection', null, true],
    ['C:\\>netstat -an | findstr 127.0.0.1:80', null, true],
    ['C:\\Program Files (x86)>dir', null, false],
    ['[user@host ~]$ netstat -tn', 'host', true],
    ['[root@web-1.example log]# ss -tan | grep ESTAB', 'web-1.example', true],
    ['root@h:~# netstat -tanp', 'h', true],
    ['user@h:/var/log$ ls', 'h', false],
    ['user@Mac ~ % netstat -anv', 'Mac', true],
    ['admin@router> show tcp brief', 'router', true],
    ['Mac:~ user$ netstat -an', 'Mac', true],
    ['nbsd# netstat -an', 'nbsd', true],
    ['R1#show tcp brief', 'R1', true],
    ['$ ss -s', null, true],
    ['# lsof -i -P', null, true],
    ['λ netstat -ano', null, true],
    ['bash-4.2$ netstat -an', null, true],
    ['netstat -ano', null, true],
    ['netstat', null, true],
    ['netstat 5', null, true],
    ['sudo /usr/sbin/ss -tlnp', null, true],
    ['watch -n1 netstat -an', null, true],
    ['cat /proc/net/tcp', null, true],
    ['esxcli network ip connection list', null, true],
    ['user@router> show system connections', 'router', true],
  ];
  for (const [line, host, dump] of prompts) {
    it(`are known: ${line}`, () => {
      const prompt = promptOf(lineOf(line));
      assert.deepEqual(prompt && [prompt.host, prompt.dump], [host, dump]);
      assert.equal(readDump(line).classes[0], LineClass.Text);
    });
  }

  it('are not seen in prose, comments and rows', () => {
    for (const line of [
      'netstat shows many sockets in CLOSE_WAIT',
      'ss is the successor of netstat',
      '# this is a comment',
      '> a quote',
      '$ ls -l',
      'ss 1234 root 3u IPv4 1 0t0 TCP *:80 (LISTEN)',
      'tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED',
      'name@example.org wrote:',
    ]) {
      assert.equal(promptOf(lineOf(line)), undefined, line);
    }
  });
});

describe('lines that mention sockets', () => {
  it('are text in prose and logs, and unrecognised where they must be rows', () => {
    for (const line of [
      'The socket 192.0.2.1:80 is in CLOSE_WAIT since noon.',
      'Connection from 192.0.2.1:5000 to 192.0.2.2:80 was reset by the peer',
      '2026-01-10 12:00:00 INFO Accepted connection 192.0.2.1:5000 on 192.0.2.2:80 for user bob',
      'CLOSE_WAIT means that the program has not closed',
      'States: ESTABLISHED 12, CLOSE_WAIT 40',
      'tcp port 192.0.2.1:80 is open',
    ]) {
      assert.equal(readDump(line).classes[0], LineClass.Text, line);
    }
    for (const line of [
      'tcp 0 192.0.2.1:80 192.0.2.2:5000 ESTABLISHED',
      '192.0.2.1:80 CLOSE_WAIT',
      'x 0 0 192.0.2.1:80 192.0.2.2:5000',
    ]) {
      assert.equal(readDump(line).classes[0], LineClass.Unrecognized, line);
    }
  });
});

function lineOf(text: string): Line {
  const line = new Line();
  line.set(text, 0, text.length);
  return line;
}
