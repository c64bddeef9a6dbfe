import { strict as assert } from 'node:assert';
import { readDump } from '../../../src/core/reading/reader';
import { DumpStream } from '../../../src/core/reading/input/dumpStream';
import { noSockets } from '../../../src/core/report/report';

/** Text by what it is; addresses are those of documentation. */
const OTHERS: readonly (readonly [name: string, text: string, run: string])[] = [
  [
    'the session table of a Juniper firewall',
    'Session ID: 3729, Policy name: default-policy/2, Timeout: 1774, Valid\n  In: 192.0.2.1/55 --> 198.51.100.7/80;tcp, If: ge-0/0/0.0\n',
    'show system connections',
  ],
  ['the connection table of a Cisco ASA', '101 in use, 5589 most used\n', 'netstat or ss'],
  [
    'show tcp brief of Cisco IOS XR',
    '   PCB     VRF-ID     Recv-Q Send-Q Local Address         Foreign Address        State\n',
    'request',
  ],
  [
    'netstat of z/OS',
    'MVS TCP/IP NETSTAT CS V2R5       TCPIP NAME: TCPIP            10:33:21\n',
    'request',
  ],
  [
    'display tcp status of Huawei VRP',
    'TCPCB    Tid/Soid Local Add:port        Foreign Add:port      VPNID  State\n',
    'request',
  ],
  [
    'display tcp of HPE or H3C Comware',
    ' Local Addr:port       Foreign Addr:port     State       Slot  Cpu PCB\n',
    'request',
  ],
  [
    'counts by address (sort | uniq -c)',
    '    812 192.0.2.9:443\n      2 192.0.2.8:5432\n',
    'with netstat or ss',
  ],
  [
    'counts by address (sort | uniq -c)',
    "$ netstat -ant | awk '{print $5}' | cut -d: -f1 | sort | uniq -c | sort -rn | head\n   4210 203.0.113.77\n     14 0.0.0.0\n",
    'with netstat or ss',
  ],
  [
    'counts by address (sort | uniq -c)',
    "$ ss -tan | awk '{print $4}' | sort | uniq -c\n      1 Local\n     12 [2001:db8::1]:443\n",
    'with netstat or ss',
  ],
  ['the connection table of an F5 BIG-IP', 'Sys::Connections\n', 'ss -tunapoeim'],
  ['NETSTAT *CNN of IBM i', '                 Work with IPv4 Connection Status\n', 'request'],
  [
    'packets that tcpdump saw',
    '12:00:00.123456 IP 192.0.2.1.443 > 198.51.100.7.50000: Flags [P.], length 5\n',
    'ss -tunapoeim',
  ],
  [
    'the processes that ps lists',
    'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n',
    'netstat -anvl',
  ],
  [
    'the processes that tasklist lists',
    'Image Name                     PID Session Name        Session#    Mem Usage\n',
    'netstat -anob',
  ],
  ['the rules of iptables', 'Chain INPUT (policy ACCEPT)\n', 'ss -tunapoeim'],
];

describe('a text without sockets', () => {
  for (const [name, text, run] of OTHERS) {
    it(`is named where it is ${name}`, () => {
      const { other, table } = readDump(`$ something\n${text}`);
      assert.equal(table.length, 0);
      assert.equal(other?.name, name);
      const told = noSockets('a.txt', other);
      assert.ok(told.includes(`This looks like ${name}.`) && told.includes(run), told);
    });
  }

  it('is not named where it is anything else', () => {
    const { other } = readDump('Dear all,\nthe session ID: 5 is in use, chain of events: UP.\n');
    assert.equal(other, null);
    assert.match(noSockets('a.txt', other), /Looked for the output of netstat/);
  });

  it('is not named below sockets', () => {
    const text = `tcp 0 0 192.0.2.1:22 198.51.100.4:50000 ESTABLISHED\nChain INPUT (policy ACCEPT)\n`;
    assert.equal(readDump(text).other, null);
    assert.equal(readDump(`Chain INPUT (policy ACCEPT)\n${text}`).other, null);
  });

  for (const [name, bytes] of [
    ['data that xz compressed', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0]],
    ['data that zstd compressed', [0x28, 0xb5, 0x2f, 0xfd, 0]],
    ['a zip archive', [0x50, 0x4b, 3, 4, 20]],
    ['text in UTF-32', [0xff, 0xfe, 0, 0, 65, 0, 0, 0]],
    ['text in UTF-32', Array.from('Proto Re').flatMap(letter => [letter.charCodeAt(0), 0, 0, 0])],
    ['text in UTF-32', Array.from('Proto Re').flatMap(letter => [0, 0, 0, letter.charCodeAt(0)])],
  ] as const) {
    it(`is named by its first bytes where it is ${name}: ${bytes.slice(0, 4).join(' ')}`, () => {
      const stream = new DumpStream();
      stream.pushBytes(Uint8Array.from(bytes));
      assert.equal(stream.finish().other?.name, name);
    });
  }

  it('is text where it only begins with the letters of compressed data', () => {
    const stream = new DumpStream();
    stream.pushBytes(new TextEncoder().encode('BZh is how it begins.\n'));
    assert.equal(stream.finish().other, null);
  });
});

describe('commands whose filters let nothing pass', () => {
  it('are said to be that, and not to show a host without sockets', () => {
    for (const text of [
      '$ netstat -an | grep 8080\n',
      'user@web1:~$ netstat -an | grep 8080\nuser@web1:~$ \n',
      '$ ss -tan | grep 1\n$ ss -tan | grep 2\n$\n',
      'Mon Jan  5 10:00:00 UTC 2026\n$ lsof -i :8080\n',
      '$ ss -tan state close-wait\nRecv-Q Send-Q Local Address:Port Peer Address:Port\n',
      'C:\\>netstat -ano | findstr :8080\n\nC:\\>\n',
    ]) {
      const said = noSockets('a.txt', readDump(text).other);
      assert.match(said, /filter let no row pass\. That says nothing of the other sockets/, text);
      assert.doesNotMatch(said, /Looked for/);
    }
  });

  it('are none where something stands below, or nothing was filtered', () => {
    for (const text of [
      '$ netstat -an\n',
      '$ netstat -an | grep 8080\nbash: netstat: command not found\n',
      '$ netstat -an | grep -c 8080\n0\n',
      '$ netstat -an | grep 8080\n$ netstat -an\n',
      'hello\n',
    ]) {
      assert.match(noSockets('a.txt', readDump(text).other), /Looked for/, text);
    }
    assert.equal(
      readDump('$ ss -tan | grep 1\n$ ss -tan\nESTAB 0 0 192.0.2.1:22 192.0.2.7:5000\n').other,
      null,
    );
  });
});
