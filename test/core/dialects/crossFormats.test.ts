import { strict as assert } from 'node:assert';
import { dialects } from '../../../src/core/dialects';
import { Row } from '../../../src/core/model/row';
import { Line } from '../../../src/core/parsing/line';

/**
 * Rows without their headers and the only formats that may take them. Where there are two, their
 * rows have the same layout: macOS knows its own by the columns behind the state, and what stands
 * before those is every BSD's.
 */
const ROWS: readonly (readonly [formats: readonly string[], row: string])[] = [
  [
    ['bsd-netstat'],
    'tcp4       0      0  192.0.2.10.22          198.51.100.4.50000     ESTABLISHED',
  ],
  [['bsd-netstat'], 'tcp        0      0  *.515                  *.*                     LISTEN'],
  [
    ['bsd-netstat'],
    'tcp6       0      0  2001:db8:bab0:d.5      2001:db8:4003:c.9      ESTABLISHED',
  ],
  [
    ['bsd-netstat'],
    'tcp6       0      0  2001:db8::a.ssh        2001:db8::b.https      CLOSE_WAIT',
  ],
  [['bsd-netstat'], 'udp4       0      0  *.*                    *.*'],
  [['bsd-netstat'], 'ip 4       0      0  *.*                    *.*'],
  [['bsd-netstat'], 'f1000f00055bcbc0 tcp4  0  0  *.*           *.*        CLOSED'],
  [['bsd-netstat'], 'fffff80003df43d0 tcp4  0  0 192.0.2.10.22 198.51.100.4.56321 ESTABLISHED'],
  [['bsd-netstat'], 'fffff80003ab6100 stream 0 0 0 fffff80003ab6200 0 0 /var/run/a'],
  [['bsd-netstat'], 'tcp4  0/0/128                          *.80'],
  [['bsd-netstat'], 'kctl       0      0      1      2 com.example.flow'],
  [
    ['macos-netstat', 'bsd-netstat'],
    'tcp4 0 0 *.22 *.* LISTEN 0 0 131072 131072 launchd:1 00180 00000006 000000000000331a 00000000 00000800 1 0 000000',
  ],
  [['solaris-netstat'], '192.0.2.10.22 198.51.100.4.1063 16445 0 24820 0 ESTABLISHED'],
  [['solaris-netstat'], '      *.111                               Idle'],
  [['cisco'], '03016278  192.0.2.1.29853      198.51.100.4.23       ESTAB'],
  [
    ['cisco', 'without-queues'],
    'tcp   *:443                      *:*                         LISTEN      309/[IOS]HTTP CORE',
  ],
  [['cisco', 'without-queues'], 'tcp *:22 *:0 SSH-Server LISTEN'],
  [['without-queues'], 'tcp 192.0.2.10:22 198.51.100.4:50000 ESTABLISHED'],
  [['without-queues'], 'tcp6 2001:db8::10:22 2001:db8::4:50000 CLOSE_WAIT 812/sshd'],
  [['without-queues'], 'udp 0.0.0.0:5353 0.0.0.0:*'],
  [['sockstat'], 'root     sshd       705   4  tcp4   *:22                  *:*'],
  [['sockstat'], '?        ?          ?     ?  tcp4   192.0.2.10:2049 198.51.100.9:793 TIME_WAIT'],
  [['sockstat'], 'root     devd       540   4  stream /var/run/devd.pipe'],
  [
    ['proc-net'],
    '   0: 0A0200C0:0016 076433C6:C350 01 00000000:00000000 00:00000000 00000000  1000        0 40001 1 0000000000000000 20 4 30 10 -1',
  ],
  [['proc-net'], 'ffff888012345678: 00000002 00000000 00010000 0001 01 20653 /run/x'],
  [['volatility'], '0xba88e1de1010 TCPv4 192.0.2.10:50000 198.51.100.7:443 CLOSED 3832 chrome.exe'],
  [['volatility'], '0xba88e1de1010\tUDPv4\t0.0.0.0\t5353\t*\t0\t\t3832\tchrome.exe\tN/A'],
  [['lsof'], 'node 1700 alice 21u IPv4 20002 0t0 TCP 192.0.2.10:3000 (LISTEN)'],
  [['lsof'], 'node 1700 alice 22u unix 0xffff888012345678 0t0 20650 /run/x type=STREAM'],
  [
    // net-tools prints no more than an owner behind the state, but reads over what is there.
    ['esxi', 'linux-net-tools'],
    'tcp 0 0 192.0.2.10:8307 192.0.2.10:51234 ESTABLISHED 67305 newreno hostd-IO',
  ],
  [['linux-net-tools'], 'tcp        0      0 192.0.2.10:22  198.51.100.4:50000  ESTABLISHED'],
  [
    ['linux-net-tools'],
    'tcp6       0      0 2001:db8::10:22  2001:db8::4:50000  ESTABLISHED 812/sshd',
  ],
  [['linux-net-tools'], 'udp        0      0 0.0.0.0:5353  0.0.0.0:*'],
  [['windows-netstat'], '  TCP    192.0.2.10:445  198.51.100.4:50000  ESTABLISHED     4'],
  [['windows-netstat'], '  UDP    0.0.0.0:500  *:*    1234'],
  [['ss'], 'ESTAB 0 0 192.0.2.10:22 198.51.100.4:50000'],
  [['ss'], 'tcp LISTEN 0 128 *:22 *:* users:(("sshd",pid=812,fd=3))'],
];

/** Lines that mention sockets or look a little like rows, and are none of any format. */
const NO_ROWS = [
  'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)',
  'See section 4.2 and 4.3 Idle',
  'the server at 192.0.2.10.22 is Idle',
  'tcp 10 20 30 40',
  'deadbeef cafe 0 0',
  'stream of 0 0 bytes',
  'sockstat shows root sshd 705 4',
  '-------------------- --------------------',
  'f1000f0000145580',
  // Rows of formats that only a header makes rows.
  '"192.0.2.10","443","198.51.100.7","50123","CloseWait","4242"',
  '::                                  49669     ::                                  0          Listen',
  'systemd 1 root 20u netlink 0t0 20651 ROUTE',
];

describe('rows without a header', () => {
  for (const [formats, text] of ROWS) {
    it(`${formats.join(' and ')}: ${text.trim().slice(0, 60)}`, () => {
      assert.deepEqual(takersOf(text), formats);
    });
  }

  for (const text of NO_ROWS) {
    it(`nobody: ${text}`, () => {
      assert.deepEqual(takersOf(text), []);
    });
  }
});

function takersOf(text: string): string[] {
  const line = new Line();
  line.set(text, 0, text.length);
  const row = new Row();
  return dialects
    .filter(dialect => {
      row.reset();
      return dialect.row(line, undefined, row);
    })
    .map(({ id }) => id);
}
