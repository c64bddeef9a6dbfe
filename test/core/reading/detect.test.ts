import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDump, kindInSteps, kindOfText, type TextKind } from '../../../src/core/reading/detect';
import { DETECTION_LINES, LOG_LINES } from '../../../src/core/reading/detectionLimits';
import { runToEnd } from '../../../src/core/model/task';
import { readDump } from '../../../src/core/reading/reader';

const HEADER = 'Proto Recv-Q Send-Q Local Address           Foreign Address         State\n';
const ROW = 'tcp        0      0 192.0.2.10:22  198.51.100.4:50000  ESTABLISHED\n';
const DUMP = HEADER + ROW.repeat(6);
const LOG = '2026-01-05 10:00:00,123 INFO  [worker-1] order 4711 was accepted\n';

/** Each line behind a prefix. */
function behind(prefix: string, text: string): string {
  return text.replace(/^(?=.)/gm, prefix);
}

/** Texts and what they are. */
const TEXTS: readonly (readonly [what: string, kind: TextKind, text: string])[] = [
  ['nothing', 'none', ''],
  ['a header and a row', 'dump', HEADER + ROW],
  ['a header alone', 'none', HEADER],
  ['a command and a row', 'dump', `$ ss -tn sport = :22\n${ROW}`],
  ['two rows and nothing else', 'dump', ROW + ROW],
  ['one row', 'none', ROW],
  ['rows that grep has cut out, with a remark', 'dump', `see\n${ROW.repeat(5)}`],
  ['few rows between other lines', 'none', `see\n${ROW.repeat(4)}`],
  ['counters of netstat -s', 'dump', 'Tcp:\n    5 resets sent\nTcpExt:\n    TCPBacklogDrop: 3\n'],
  ['counters cut out with grep', 'dump', '    5 resets sent\n    TCPBacklogDrop: 3\n'],
  ['counts by state', 'dump', '    710 CLOSE_WAIT\n     21 LISTEN\n'],
  ['settings of the kernel', 'none', '# tuning\nnet.ipv4.tcp_mem = 1 2 3\nvm.swappiness = 10\n'],
  ['a counter in prose', 'none', 'We saw\n    TCPBacklogDrop: 3\nand wondered.\n'],
  ['titles of counters without any', 'none', 'tcp:\n  - 80\nudp:\n  - 53\nip:\n'],
  ['rows of a logger', 'dump', behind('2026-01-05T10:00:00Z ', DUMP)],
  ['rows behind quote marks', 'dump', behind('> ', DUMP)],
  [
    'samples of a loop, with times, prompts and empty lines',
    'dump',
    `[root@db1 ~]# while :; do date; netstat -tan; sleep 5; done\n\n${`Mon Jan  5 10:00:00 UTC 2026\n${HEADER}${ROW}\n`.repeat(9)}`,
  ],
  [
    'programs below the rows of Windows',
    'dump',
    '\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n' +
      '  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r\n  RpcSs\r\n [svchost.exe]\r\n' +
      '  TCP    0.0.0.0:445            0.0.0.0:0              LISTENING       4\r\n Can not obtain ownership information\r\n',
  ],
  [
    'open files, few of which are sockets',
    'dump',
    'COMMAND   PID USER   FD   TYPE DEVICE SIZE/OFF    NODE NAME\n' +
      'orders   4321  app  cwd    DIR  259,1     4096 1310721 /srv/orders\n'.repeat(40) +
      'orders   4321  app    5u  IPv4  81200      0t0     TCP 192.0.2.1:443->192.0.2.7:51000 (CLOSE_WAIT)\n',
  ],
  [
    'open files, whose first sockets stand below those of other programs',
    'dump',
    'COMMAND   PID USER   FD   TYPE DEVICE SIZE/OFF    NODE NAME\n' +
      'orders   4321  app  mem    REG  259,1     4096 1310721 /usr/lib/libc.so.6\n'.repeat(400) +
      'orders   4321  app    5u  IPv4  81200      0t0     TCP 192.0.2.1:443->192.0.2.7:51000 (CLOSE_WAIT)\n' +
      'orders   4321  app    6u  IPv4  81201      0t0     TCP 192.0.2.1:443->192.0.2.7:51001 (CLOSE_WAIT)\n',
  ],
  [
    'open files without a socket',
    'none',
    'COMMAND   PID USER   FD   TYPE DEVICE SIZE/OFF    NODE NAME\n' +
      'orders   4321  app  mem    REG  259,1     4096 1310721 /usr/lib/libc.so.6\n'.repeat(400),
  ],
  ['lsof -F', 'dump', 'p7\ncapi\nf3\nPTCP\nn*:80\nTST=LISTEN\nf4\nPTCP\nn*:81\nTST=LISTEN\n'],
  ['a dump with empty lines and prose below', 'dump', `${DUMP}${'\n'.repeat(200)}prose\n`],
  ['a ticket of two lines above a dump', 'dump', `Hi,\nit hangs again. Here it is:\n\n${DUMP}`],

  ['a ticket in lower case above a dump', 'dump', `it hangs again, for example:\n\n${DUMP}`],
  ['prose that quotes a dump', 'none', `${'It hangs again, since noon.\n'.repeat(9)}${DUMP}`],
  ['a dump below 200 lines of prose', 'none', `${'It hangs again.\n'.repeat(200)}${DUMP}`],
  [
    'a note in Markdown',
    'none',
    `# Incident 4711\n\nThe orders API hung from 10:00 on.\n\n\`\`\`netstat\n${DUMP}\`\`\`\n\n## Cause\n\nIt does not close.\n\n- Fix it.\n- Test it.\n- Roll it out.\n`,
  ],
  [
    'prose about connections',
    'none',
    'We saw tcp connections in CLOSE_WAIT on 192.0.2.1:80.\nThen it was fine.\n'.repeat(20),
  ],

  [
    'TypeScript with a dump in a template',
    'none',
    `import { test } from 'mocha';\n\nconst DUMP = \`\n${DUMP}\`;\n\ntest('reads', () => {\n  read(DUMP);\n});\n`,
  ],
  [
    'Python with a dump in a string',
    'none',
    `import unittest\n\nDUMP = """\\\n${DUMP}"""\n\n\ndef test_reads():\n    assert read(DUMP)\n`,
  ],
  [
    'C with a dump in a comment',
    'none',
    `#include <stdio.h>\n\n/*\n${behind(' * ', DUMP)} */\nint main(void) {\n  return 0;\n}\n`,
  ],
  [
    'Go with a dump in a raw string',
    'none',
    `package netstat\n\nconst dump = \`${DUMP}\`\n\nfunc Test(t *testing.T) {\n\tread(dump)\n}\n`,
  ],
  [
    'Java with a dump in line comments',
    'none',
    `package a.b;\n\n${behind('// ', DUMP)}public class Reader {\n  void read() {}\n}\n`,
  ],
  [
    'Ruby with a dump in a here-document',
    'none',
    `require "minitest/autorun"\nDUMP = <<~EOF\n${DUMP}EOF\ndef test_reads\n  assert read(DUMP)\nend\n`,
  ],
  [
    'a shell script with a dump in a here-document',
    'none',
    `#!/bin/sh\nset -eu\ncat <<'EOF'\n${DUMP}EOF\n`,
  ],
  [
    'a shell script that calls netstat',
    'none',
    '#!/bin/sh\nset -eu\nnetstat -tan | grep CLOSE_WAIT\nss -s\nnetstat -an\n',
  ],
  ['commands only', 'none', 'netstat -tan\nss -tanp\nlsof -i\n'],
  [
    'HTML around a dump',
    'none',
    `<!DOCTYPE html>\n<html lang="en">\n<pre>\n${DUMP}</pre>\n</html>\n`,
  ],

  ['CSV', 'none', 'time,host,state,count\n2026-01-05T10:00:00,192.0.2.1,ESTABLISHED,7\n'.repeat(9)],
  [
    'CSV of sockets by PowerShell',
    'dump',
    '"LocalAddress","LocalPort","RemoteAddress","RemotePort","State","OwningProcess"\n' +
      '"192.0.2.1","443","192.0.2.7","51000","Established","4321"\n'.repeat(3),
  ],
  [
    'ps -ef',
    'none',
    'UID          PID    PPID  C STIME TTY          TIME CMD\nroot           1       0  0 Jan01 ?        00:00:03 /sbin/init\n' +
      'app         4321       1  2 Jan01 ?        01:12:03 /srv/orders --listen 192.0.2.1:443\n'.repeat(
        20,
      ),
  ],
  [
    'ps aux',
    'none',
    'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n' +
      'root           1  0.0  0.1 168000 11000 ?        Ss   10:00   0:03 /sbin/init\n'.repeat(20),
  ],
  [
    'df',
    'none',
    'Filesystem     1K-blocks    Used Available Use% Mounted on\n/dev/nvme0n1p1  20145724 8123456  12005884  41% /\n'.repeat(
      9,
    ),
  ],
  [
    'a hosts file',
    'none',
    '127.0.0.1 localhost\n192.0.2.1 db1\n192.0.2.2 db2\n::1 ip6-localhost\n'.repeat(9),
  ],
  [
    'iptables -L',
    'none',
    'Chain INPUT (policy ACCEPT)\ntarget     prot opt source               destination\nACCEPT     tcp  --  192.0.2.0/24         0.0.0.0/0            tcp dpt:22\n'.repeat(
      9,
    ),
  ],

  ['an application log', 'none', LOG.repeat(300)],
  ['a log with a dump inside', 'log', LOG.repeat(20) + DUMP + LOG.repeat(20)],
  ['a log with a dump inside that is most of it', 'log', LOG.repeat(5) + DUMP.repeat(5)],
  ['a log with a dump far below', 'log', LOG.repeat(4000) + DUMP + LOG],
  [
    'a log with a dump that is logged line by line',
    'log',
    LOG.repeat(300) + behind('2026-01-05 10:00:00,123 ', DUMP) + LOG.repeat(300),
  ],
  ['a log with a dump below 5,000 lines', 'none', LOG.repeat(5000) + DUMP],
  ['a log that mentions a header', 'none', LOG.repeat(300) + HEADER + LOG.repeat(300)],
  [
    'syslog with stack traces and a dump',
    'log',
    `${'Jan  5 10:00:00 db1 orders[4321]: failed\njava.io.IOException: timeout\n\tat a.b.C.d(C.java:12)\n\tat a.b.C.e(C.java:34)\n'.repeat(9)}${DUMP}`,
  ],
  [
    'an access log with a dump',
    'log',
    `${'192.0.2.7 - - [05/Jan/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 17\n'.repeat(30)}${DUMP}`,
  ],
  [
    'a log in JSON with a dump',
    'log',
    `${'{"level":"info","ts":1767607200,"msg":"accepted"}\n'.repeat(30)}${DUMP}`,
  ],
];

describe('telling dumps from other documents', () => {
  for (const [what, kind, text] of TEXTS) {
    it(`takes ${what} for ${kind}`, () => {
      assert.equal(kindOfText(text), kind);
      assert.equal(isDump(text), kind === 'dump');
      if (!text.includes('\r')) {
        assert.equal(kindOfText(text.replaceAll('\n', '\r\n')), kind, 'with CR LF');
      }
    });
  }

  for (const file of readdirSync('samples').filter(name => name.endsWith('.netstat'))) {
    it(`takes samples/${file} for a dump`, () => {
      assert.equal(kindOfText(readFileSync(path.join('samples', file), 'utf8')), 'dump');
    });
  }

  const incidents = path.resolve('../shared/incidents');
  const dumps = existsSync(incidents)
    ? readdirSync(incidents)
        .map(name => path.join(incidents, name, 'dump.txt'))
        .filter(file => existsSync(file))
    : [];
  it('takes the dumps of incidents for dumps', function () {
    if (dumps.length === 0) {
      console.warn(`      skipped: there are no dumps of incidents in ${incidents}`);
      this.skip();
    }
    for (const file of dumps) {
      const text = readFileSync(file, 'utf8');
      const { table, lines } = readDump(text);
      // What cannot be read cannot be told either.
      if (table.length >= 2 && lines.unrecognized === 0 && lines.header > 0) {
        assert.equal(kindOfText(text), 'dump', file);
      }
    }
  });

  it('takes no source file of this project for one', () => {
    const folders = ['src', 'test', 'scripts', 'docs'];
    const files = folders.flatMap(folder =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter(name => /\.(?:tsx?|mjs|cjs|md|json)$/.test(name))
        .map(name => path.join(folder, name)),
    );
    assert.ok(files.length > 400, String(files.length));
    const wrong = files.filter(file => kindOfText(readFileSync(file, 'utf8')) !== 'none');
    assert.deepEqual(wrong, []);
  });

  it('looks at no more than it says', () => {
    const asked = (text: string): number => {
      const lines = text.split('\n');
      let last = -1;
      runToEnd(
        kindInSteps({
          lineCount: lines.length,
          lineAt: line => {
            last = Math.max(last, line);
            return lines[line]!;
          },
        }),
      );
      return last + 1;
    };
    assert.equal(asked('It hangs again.\n'.repeat(20_000)), DETECTION_LINES);
    assert.equal(asked(DUMP.repeat(5000)), DETECTION_LINES);
    assert.equal(asked(LOG.repeat(20_000)), LOG_LINES);
    assert.equal(asked(`${ROW}${'x'.repeat(200_000)}\n`.repeat(9)), 2, 'long lines');
  });
});
