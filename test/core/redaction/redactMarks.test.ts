import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { analyze } from '../../../src/core/analysis/analyze';
import { differenceOf } from '../../../src/core/analysis/time/difference';
import { Localizer } from '../../../src/core/wording/text';
import { readDump } from '../../../src/core/reading/reader';
import { fileTitle } from '../../../src/core/reading/around/fileTitle';
import { csvReport, csvRows } from '../../../src/core/report/data/csv';
import { diffJson, diffReport } from '../../../src/core/report/diff';
import { findingsForModel, summaryForModel } from '../../../src/core/report/data/languageModel';
import { jsonReport } from '../../../src/core/report/data/json';
import { renderMarkdown } from '../../../src/core/report/markdown';
import { ndjsonReport } from '../../../src/core/report/data/ndjson';
import { Redactor } from '../../../src/core/redaction/redact';
import { report } from '../../../src/core/report/report';
import { renderTerminal } from '../../../src/core/report/terminal';
import { combinedJson, combinedReport } from '../../../src/core/report/combined';
import { unreadReport } from '../../../src/core/report/unrecognizedLines';
import { projectFolder } from '../../harness/paths';
import { sampleText } from '../rows';

const samples = readdirSync(path.join(projectFolder, 'samples')).filter(name =>
  name.endsWith('.netstat'),
);

const SOURCE = 'zqfolder/zqweb-7.zqcorp.test-20260105-1000.netstat';

/** Everything that can be made of a redacted text, by what it is. */
function outputs(text: string): Record<string, string> {
  const redactor = new Redactor();
  const source = redactor.source(SOURCE);
  const original = readDump(text);
  const dump = redactor.dump(original);
  const analysis = analyze(dump);
  const side = { analysis, snapshot: 0 };
  const last = { analysis, snapshot: analysis.snapshots.length - 1 };
  const names = { before: source, after: redactor.source(`${SOURCE}.2`) };
  const fleet = analyze(
    new Redactor().dump(
      readDump(`${fileTitle(SOURCE)}\n${text}\n${fileTitle('zqother/zqdb-2.txt')}\n${text}`),
    ),
  );
  const lines = text.split('\n');
  const forTerminal = { colour: false, width: 400 };
  const compared =
    analysis.snapshots.length === 0
      ? {}
      : {
          diff: renderTerminal(
            diffReport(differenceOf(side, last), names, new Localizer()),
            forTerminal,
          ),
          diffJson: diffJson(differenceOf(side, last), names),
        };
  return {
    text: renderTerminal(report(source, analysis), forTerminal),
    // Signs that Markdown escapes would hide what stands there.
    markdown: renderMarkdown(report(source, analysis)).replaceAll('\\', ''),
    json: [...jsonReport([{ source, analysis }])].join(''),
    csv: [...csvReport([{ source, analysis }])].join(''),
    export: [
      ...csvRows(
        source,
        dump,
        Array.from({ length: dump.table.length }, (_, i) => i),
      ),
    ].join(''),
    ndjson: [...ndjsonReport([{ source, dump }])].join(''),
    ...compared,
    together: renderTerminal(combinedReport(fleet, new Localizer()), forTerminal),
    togetherJson: JSON.stringify(combinedJson(fleet)),
    fleet: [...jsonReport([{ source, analysis: fleet }])].join(''),
    sockets: JSON.stringify(
      Array.from({ length: dump.table.length }, (_, i) => dump.table.socket(i)),
    ),
    snapshots: JSON.stringify(dump.snapshots.map(({ host, source: file }) => [host, file])),
    summary: JSON.stringify(summaryForModel(source, analysis)),
    findings: JSON.stringify(findingsForModel(source, analysis, 'info')),
    lines: lines.map((line, i) => redactor.line(original, i, line)).join('\n'),
    unread: renderMarkdown(
      unreadReport(original, line => lines[line] ?? '', redactor, { Version: '1' }),
    ).replaceAll('\\', ''),
  };
}

function assertHides(text: string, marks: RegExp, name: string): void {
  for (const [kind, output] of Object.entries(outputs(text))) {
    const line = output.split('\n').find(one => marks.test(one)) ?? '';
    assert.doesNotMatch(output, marks, `${name}, ${kind}: ${line}`);
  }
}

/** Addresses that stand for nobody, as if they were somebody's. */
function marked(text: string): string {
  return text
    .replaceAll('192.0.2.', '81.17.2.')
    .replaceAll('198.51.100.', '81.18.100.')
    .replaceAll('203.0.113.', '81.19.113.')
    .replaceAll('2001:db8:', '2a02:807:')
    .replace(/0200C0(?=:)/g, '021151')
    .replace(/6433C6(?=:)/g, '641251')
    .replace(/7100CB(?=:)/g, '711351')
    .replaceAll('B80D0120', '0708022A');
}

const IN_SAMPLES = /81\.1[789]\.|2a02:807|021151|641251|711351|0708022A|zq/i;

/** All secrets have `zq` in their names, or are one of these addresses in some spelling. */
const MARKS =
  /zq|98\.76\.54|98[-_]76[-_]54|0*98\.0*76\.0*54|4D58630A|20364C62|624c:?3620|10\.99\.|2a02:1234|aaaa:bbbb|1ff:fe23|4136:e378|5a:2b:3c|5a2b3c|98\.?7654|172\.20\.3\.4|f00dcafe/i;

const DUMPS: Readonly<Record<string, string>> = {
  'net-tools with titles': `zqalice@zqweb-7.zqcorp.test:~/zqproject$ date; netstat -tanpe
Sat Nov 28 21:26:52 UTC 2026
Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name
tcp        0      0 10.99.88.78:443         98.76.54.32:51234       ESTABLISHED zqalice    123456     100/nginx: worker
tcp        1      0 10.99.88.77:51234       172.20.3.4:5432         CLOSE_WAIT  zqbob.zqsm 123457     200/postgres: zquser zqdb 10.99.1.2(5432) idle
tcp        1      0 10.99.88.77:51235       zqdb-prod.zqcorp.test:postgresql CLOSE_WAIT zqbob.zqsm 123457 200/sshd: zqalice@pts/0
tcp        1      0 10.99.88.77:51236       zqhost-9:http           CLOSE_WAIT  zqbob.zqsm 123457     201/ssh:98.76.54.32
tcp        1      0 10.99.88.77:51237       zqhost-9:zqhost-9          CLOSE_WAIT  1000       123458     202/zqhost-9-agent
tcp        1      0 10.99.88.77:51238       ip-98-76-54-32:http     CLOSE_WAIT  1000       123459     203/ip-98-76-54-32
tcp        1      0 10.99.88.77:51239       98.76.54.32:http        CLOSE_WAIT  1000       123460     204/node /srv/zqapp
tcp        1      0 10.99.88.77:51240       98.76.54.32:http        CLOSE_WAIT  1000       123461     205/app_zqalice
tcp6       0      0 fe80::1ff:fe23:4567:890a%wlan-zqalice:22 fe80::aaaa:bbbb:cccc:dddd:5555 ESTABLISHED root 1 300/sshd
tcp  0 0 garbage from 98.76.54.99 at zqhost-9.zqcorp.test ESTABLISHED
unix  2      [ ACC ]     STREAM     LISTENING     12345    1/init              /home/zqalice/.cache/sock
unix  2      [ ACC ]     STREAM     LISTENING     12346    1/init              @/tmp/.X11-zqcarol-98.76.54.44
unix  2      [ ACC ]     STREAM     LISTENING     12347    1/init              /var/lib/zqvault/f00dcafe-1234-5678-9abc-def012345678/x.sock
`,
  ss: `Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
tcp ESTAB 0 0 10.99.119.44%eth-zqif:443 98.76.54.32:51234 users:(("nginx-98.76.54.32",pid=1,fd=3),("sshd: zqalice",pid=2,fd=3)) uid:1000 ino:12345 sk:1 cgroup:/user.slice/user-zqalice.slice/kubepods-podf00dcafe_1234_5678_9abc_def012345678.slice/zqapp-98.76.54.31.scope
tcp CLOSE-WAIT 1 0 [2a02:1234:5678::9]:51234 [2a02:1234:5678::abcd]:443 users:(("java",pid=2,fd=3))
tcp CLOSE-WAIT 1 0 [::ffff:98.76.54.3]:51234 [::ffff:624c:3620]:443 users:(("java",pid=2,fd=3))
u_str ESTAB 0 0 /run/user/zqalice/bus 23456 * 23457 users:(("dbus",pid=3,fd=4))
u_str ESTAB 0 0 @zqabstract 23458 * 23459 users:(("dbus",pid=3,fd=4))
nl UNCONN 0 0 rtnl:zqprog/123 *
p_raw UNCONN 0 0 arp:eth-zqif *
`,
  'Windows with components': `C:\\Users\\zqalice>netstat -anob

Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    10.99.88.77:51234      DESKTOP-ZQ7:445        CLOSE_WAIT      1234
 [zqhost-9.exe]
  TCP    10.99.88.77:51235      zqhost-9:https         CLOSE_WAIT      1234
  C:\\Users\\zqalice\\zqtool\\x.dll
 [java.exe]
  TCP    [fe80::1ff:fe23:4567:890a%17]:1  [2a02:1234:5678::abcd]:443  ESTABLISHED 4
 Can not obtain ownership information
  UDP    98.76.54.32:5353       *:*                                    4
`,
  lsof: `COMMAND     PID   USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
java      1000 zqalice   3u  IPv4 1000      0t0  TCP zqweb-7.zqcorp.test:51234->zqdb-prod.zqcorp.test:postgresql (CLOSE_WAIT)
postgres:\\x20zqalice 1000 zqalice   4u  IPv4 1001      0t0  TCP 10.99.88.77:51236->98.76.54.32:5432 (CLOSE_WAIT)
node      1001 CORP\\zqbob   5u  IPv6 1002      0t0  TCP [2a02:1234:5678::9]:51236->[2a02:1234:5678::abcd]:5432 (ESTABLISHED)
Google    1001 zqalice   5u  unix 0xabcdef 0t0       /Users/zqalice/Library/zqsock
sshd      1001 zqalice   5u  unix 0xabcdee 0t0       /var/run/98.76.54.32.sock type=STREAM
`,
  'lsof -F': `p1000
g999
cjava
u1000
Lzqalice
f3
tIPv4
PTCP
nzqweb-7.zqcorp.test:51234->98.76.54.32:443
TST=CLOSE_WAIT
TQR=1
TQS=0
`,
  sockstat: `USER     COMMAND    PID   FD PROTO  LOCAL ADDRESS         FOREIGN ADDRESS
zqalice  sshd       100   3  tcp4   10.99.88.77:22        98.76.54.32:51234
zqbob    java       100   3  tcp4   zqweb-7.zqcorp.test:22 zqdb-prod.zqcorp.test:51234
zqbob    java       100   4  stream /var/run/zqapp.sock
`,
  JSON: `[{"proto":"tcp","recv_q":1,"send_q":0,"local_address":"10.99.88.77","foreign_address":"98.76.54.32","state":"CLOSE_WAIT","local_port":"1","foreign_port":"443","program_name":"java-98.76.54.32","pid":5,"user":"zqalice"},{"proto":"tcp","recv_q":1,"send_q":0,"local_address":"zqweb-7","foreign_address":"2a02:1234:5678::abcd","state":"CLOSE_WAIT","local_port":"2","foreign_port":"443","program_name":"sshd: zqalice","pid":6,"user":"zqbob"},
{"proto":"unix","path":"/home/zqcarol/sock","refcnt":2,"flags":null,"type":"STREAM","state":"CONNECTED","inode":1,"program_name":"x","pid":7}]
`,
  'jc of users with other letters': `[{"proto":"tcp","recv_q":1,"send_q":0,"local_address":"10.99.0.1","foreign_address":"10.99.0.2","state":"CLOSE_WAIT","local_port":"1","foreign_port":"443","program_name":"J\\u00f6zq-app","pid":5,"user":"J\\u00f6zq"}]
`,
  PowerShell: `PS C:\\Users\\zqalice> Get-NetTCPConnection | fl *
LocalAddress   : 10.99.88.77
LocalPort      : 51234
RemoteAddress  : 98.76.54.32
RemotePort     : 443
State          : CloseWait
OwningProcess  : 12
CimSystemProperties : zqweb-7.zqcorp.test
PSComputerName : ZQDESKTOP

`,
  'columns of PowerShell': `"LocalAddress","LocalPort","RemoteAddress","RemotePort","State","OwningProcess","PSComputerName","ElementName"
"10.99.1.1","5","98.76.54.32","443","CloseWait","7","zqpc","zq (user);98.76.54.32"
`,
  'prompts of routers': `zqrouter#show tcp brief
TCB       Local Address               Foreign Address             (state)
52F6E4B0  10.99.1.1.179               zqpeer.zqcorp.test.12345    ESTAB
`,
  'prefixes that nobody knows': `zqalice@zqweb-7:~$ netstat -tan
[zqweb-7] tcp        1      0 10.99.88.77:51234       98.76.54.32:5432         CLOSE_WAIT
zqpod-1 zqcontainer tcp  1   0 10.99.88.77:51234       98.76.54.32:5432         CLOSE_WAIT
tcp 1 0 10.99.1.3:443 10.99.1.2:443 CLOSE_WAIT 12/zqweb-7: master
`,
  Solaris: `TCP: IPv4
   Local Address        Remote Address      User    Pid       Command     Swind Send-Q Rwind Recv-Q    State
-------------------- --------------------  ------ ------- --------------- ----- ------ ----- ------ -----------
zqhost.22            zqpeer.34640          zqalice    531 sshd           134664     51  128872      0 ESTABLISHED
98.76.54.32.22       10.99.1.4.34640       zqalice    531 zqhost-agent   134664     51  128872      0 ESTABLISHED
`,
  syslog: `Nov 28 21:26:52 zqweb-7 netstat: tcp        1      0 10.99.88.77:51234       98.76.54.32:5432         CLOSE_WAIT
2026-11-28T21:26:53Z zqweb-7.zqcorp.test netstat[12]: tcp        1      0 10.99.88.77:51235       98.76.54.32:5432         CLOSE_WAIT
`,
  'container logs': `zqapp_web_1  | tcp        1      0 10.99.88.77:51234       98.76.54.32:5432         CLOSE_WAIT
zqapp_web_1  | tcp        1      0 10.99.88.77:51235       98.76.54.32:5432         CLOSE_WAIT
`,
  'several matches of grep': `/home/zqalice/zqweb-7.txt:12:tcp        1      0 10.99.88.77:51234       98.76.54.32:5432         CLOSE_WAIT
zqweb-8.txt:13:tcp        1      0 10.99.88.77:51235       98.76.54.32:5432         CLOSE_WAIT
`,
  'several files': `==> zqfolder/zqweb-7.txt <==
tcp        1      0 10.99.88.77:51234       98.76.54.32:5432         CLOSE_WAIT
==> zqfolder/zqdb-1.txt <==
tcp        1      0 10.99.88.79:51234       98.76.54.32:5432         CLOSE_WAIT
`,
  'BSD netstat': `zqweb-7:~ zqalice$ netstat -an
Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       1      0  10.99.88.77.51234      98.76.54.32.443        CLOSE_WAIT
tcp6       0      0  fe80::1ff:fe23:4567:890a%en0.1024 fe80::aaaa:bbbb:cccc:dddd%en0.1024 ESTABLISHED
tcp4       1      0  zqweb-7.zqcorp.exam.51235  zqdb-prod.zqcorp.https CLOSE_WAIT
`,
  '/proc/net': `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 4D58630A:C822 20364C62:1538 08 00000000:00000001 00:00000000 00000000  1000        0 12345 1 0000000000000000 20 4 30 10 -1
`,
  'other spellings': `Proto Recv-Q Send-Q Local Address           Foreign Address         State
tcp        1      0 098.076.054.032:443     0x624c3620:443          CLOSE_WAIT
tcp        1      0 98.76.54.32.bad:443     ::ffff:98.76.54.32:443  CLOSE_WAIT
tcp6       1      0 64:ff9b::98.76.54.32:443 2002:624c:3620::1:443  CLOSE_WAIT
tcp6       1      0 ::98.76.54.32:443        ::ffff:0:98.76.54.32:443 CLOSE_WAIT
tcp6       1      0 64:ff9b::624c:3620:443   2001:0:4136:e378:8000:63bf:9db3:c9df:443 CLOSE_WAIT
tcp6       1      0 fe80::5efe:98.76.54.32:443 ff02::1:ff98.7654:443 CLOSE_WAIT
tcp        1      0 zqweb-7.zqcorp.test:443  localhost.zqcorp.test:443 CLOSE_WAIT
tcp6       1      0 ff3e:30:2a02:1234:5678::1:443 ff02::1:ff5a:2b3c:443  CLOSE_WAIT
`,
  bluetooth: `Active Bluetooth connections (servers and established)
Proto  Destination       Source            State         PSM DCID   SCID      IMTU    OMTU Security
l2cap  00:1A:5A:2B:3C:4D 00:1A:5A:2B:3C:4E CONNECTED       3 0x0041 0x0042    1021    1021 Low
`,
};

describe('redaction of everything', () => {
  for (const [name, text] of Object.entries(DUMPS)) {
    it(`leaves nothing of ${name}`, () => {
      assert.match(text, MARKS);
      assertHides(text, MARKS, name);
    });
  }

  it('leaves nothing of the machines that commands and titles name', () => {
    const rows = 'ESTAB 0 0 10.99.1.1:22 10.99.1.2:5000\n';
    const text = [
      'root@gate:~# ssh -p 22 zqalice@zqweb.zqcorp.com ss -tan',
      'root@gate:~# docker exec zqapi ss -tan',
      '$ ip netns exec zqblue ss -tan',
      '$ sockstat -j zqjail',
      '=== zqprod-web1 ===',
      '=== host: zqbeta ===',
    ]
      .map((line, i) => `${line}\n${rows.replace('22', String(22 + i))}`)
      .join('');
    assertHides(text, MARKS, 'machines');
  });

  const TITLES: Readonly<Record<string, readonly string[]>> = {
    'ends like a program': [
      'ssh zqalice@bastion.zqcorp.com',
      'php-fpm: pool zqweb7.zqcorp.com',
      'cmd /c zqalice.exe',
      'wine C:\\zqalice.exe',
      'wget http://zqcorp.com',
      'zqalice Service.exe',
      'C:\\Users\\zqalice\\Zqtool x\\java.exe -u zqalice',
    ],
    'begins with a sign': [
      '[celeryd: celery@zqdb7.zqcorp.corp:MainProcess] -active- (worker -A zqpayroll)',
      '(zqalice@zqdb7.zqcorp.corp)',
      '(sshd: zqbob',
      '[smbd: zqalice 10.99.8.7]',
      ' :zqx',
      '@zqx',
      'zqalice@10.99.2.3',
      'PASSWORD=zqhunter2',
      'app --password=zqhunter2',
      'sshd:\u200bzqalice',
      'sshd\u2060zqalice',
      'sshd\u3164zqalice',
    ],
    'holds an address glued to a word': [
      'ssh:2a02:1234:5678::25',
      'imap:2a02:1234:5678:5678:9::25',
      'ssh:00:11:22:5a:2b:3c',
      'node if-00-11-22-5a-2b-3c',
      'node a:00:11:22:5a:2b:3c',
      '2a02:1234:5678::25',
      'node 0011.225a.2b3c',
    ],
    'holds an address in an odd spelling': [
      'node 0142.0114.066.040',
      'node 98.76.13856',
      'node 98.4994592',
      'node 1649161760',
      'node 98\u300276\uff0e54\uff6132',
      'node \uff19\uff18.76.54.32',
      'node 32.54.76.98.in-addr.arpa',
      'node 1.98.76.54.32',
      'node ip-1-98-76-54-32',
    ],
    'holds the account of a domain': ['node S-1-5-21-98766543-98766544-98766545-1001'],
    'begins with a host': [
      '100/zqweb.zqcorp.local',
      'zqcorp.corp',
      'ZQCORP.COM',
      'zqweb.zqcorp.com:80',
    ],
  };
  const IN_TITLES =
    /zq|98[._-]76|54[._-]76|0142\.|13856|4994592|1649161760|\u3002|\uff19|9876654|10\.99|2a02|5a.?2b.?3c/i;
  for (const [kind, titles] of Object.entries(TITLES)) {
    it(`leaves nothing of a title that ${kind}`, () => {
      for (const title of titles) {
        const socket = {
          proto: 'tcp',
          recv_q: 1,
          send_q: 0,
          local_address: '10.1.2.3',
          foreign_address: '10.1.2.4',
          state: 'CLOSE_WAIT',
          local_port: '1',
          foreign_port: '443',
          program_name: title,
          pid: 5,
        };
        const unix = {
          proto: 'unix',
          path: `/run/${title}`,
          refcnt: 2,
          type: 'STREAM',
          state: 'CONNECTED',
          inode: 1,
        };
        for (const record of [socket, unix]) {
          const text = `${JSON.stringify([record])}\n`;
          assert.equal(readDump(text).table.length, 1, text);
          assert.match(text.replace(/\\\\/g, '\\'), IN_TITLES);
          const dump = new Redactor().dump(readDump(text));
          assert.doesNotMatch(JSON.stringify(dump.table.socket(0)), IN_TITLES, title);
          assert.doesNotMatch(new Redactor().line(readDump(text), 0, text), IN_TITLES, title);
        }
      }
    });
  }

  it('knows what the lines below say when unread lines are shown', () => {
    const lines = [
      '# of zqalice, from zqweb-7',
      'Proto Recv-Q Send-Q Local Address           Foreign Address         State',
      'tcp        0      0 10.99.88.77:51234       98.76.54.32:5432        ESTABLISHED',
      'tcp        0   oops 98.76.54.99:9443        98.76.54.98:1           WAITING',
      'zqalice@zqweb-7:~$ exit',
    ];
    const dump = readDump(lines.join('\n'));
    assert.equal(dump.unrecognized.length, 1);
    const redactor = new Redactor();
    redactor.dump(dump);
    const blocks = unreadReport(dump, line => lines[line] ?? '', redactor, {});
    assert.doesNotMatch(renderMarkdown(blocks), MARKS);
  });

  it('leaves no address, host or user of any sample', () => {
    for (const name of samples) {
      const text = marked(sampleText(name));
      assertHides(text, IN_SAMPLES, name);
    }
  });
});
