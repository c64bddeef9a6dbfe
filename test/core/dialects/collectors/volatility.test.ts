import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicText } from '../../publicDumps';
import { assertAllRead, briefly, fieldsOf } from '../../rows';

const V3 = `Volatility 3 Framework 2.5.0
Progress:  100.00\t\tPDB scanning finished
Offset\tProto\tLocalAddr\tLocalPort\tForeignAddr\tForeignPort\tState\tPID\tOwner\tCreated

0xde0df6ef29a0\tTCPv4\t192.0.2.10\t49990\t198.51.100.7\t443\tCLOSE_WAIT\t4242\tsome app.exe\t2026-01-01 00:00:00.000000 UTC
0xde0df6ef29b0\tTCPv6\t::\t80\t::\t0\tLISTENING\t4\tSystem\t2026-01-01 00:00:01.000000
0xde0df6ef29c0\tTCPv4\t192.0.2.10\t49991\t198.51.100.7\t443\tESTABLISHED\t-\t-\tN/A
0xde0df6ef29d0\tUDPv4\t0.0.0.0\t5353\t*\t0\t\t1192\tsvchost.exe\t2026-01-01 00:00:02.000000
`;

const V2 = `Volatility Foundation Volatility Framework 2.6
Offset(P)          Proto    Local Address                  Foreign Address      State            Pid      Owner          Created
0xba88e1de1010     UDPv4    0.0.0.0:0                      *:*                                   3832     chrome.exe     2026-01-01 00:00:00 UTC+0000
0xba88e1de1020     TCPv4    192.0.2.10:50000               198.51.100.7:443     CLOSED           -1
0xba88e1de1030     TCPv6    :::445                         :::0                 LISTENING        4        System
0xba88e1de1040     UDPv6    fe80::1:546                    *:*                                   900      svchost.exe    2026-01-01 00:00:00 UTC+0000
`;

describe('Volatility', () => {
  it('reads version 3', () => {
    const dump = readDump(V3);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCPv4 CLOSE-WAIT 192.0.2.10|49990 198.51.100.7|443 4242/some app.exe',
      'TCPv6 LISTEN ::|80 ::|0 4/System',
      'TCPv4 ESTABLISHED 192.0.2.10|49991 198.51.100.7|443 ?',
      'UDPv4 - 0.0.0.0|5353 *|0 1192/svchost.exe',
    ]);
    assert.deepEqual(
      [0, 1, 2, 3].map(i => dump.table.socket(i).created),
      [1767225600, 1767225601, null, 1767225602],
    );
    assert.deepEqual(fieldsOf(dump, V3, 4), [
      'handle=0xde0df6ef29a0',
      'protocol=TCPv4',
      'local=192.0.2.10\t49990',
      'localAddress=192.0.2.10',
      'localPort=49990',
      'remote=198.51.100.7\t443',
      'remoteAddress=198.51.100.7',
      'remotePort=443',
      'state=CLOSE_WAIT',
      'pid=4242',
      'process=some app.exe',
      'detail=2026-01-01 00:00:00.000000 UTC',
    ]);
  });

  it('reads version 2, with owners and times missing', () => {
    const dump = readDump(V2);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'UDPv4 - 0.0.0.0|0 *|* 3832/chrome.exe',
      'TCPv4 CLOSED 192.0.2.10|50000 198.51.100.7|443 ?',
      'TCPv6 LISTEN ::|445 ::|0 4/System',
      'UDPv6 - fe80::1|546 *|* 900/svchost.exe',
    ]);
    assert.deepEqual(
      [0, 1, 2, 3].map(i => dump.table.socket(i).created),
      [1767225600, null, null, 1767225600],
    );
    assert.equal(dump.snapshots[0]?.system, 'windows');
  });

  it('takes a time that is none for part of the name', () => {
    const dump = readDump(
      `${V2.split('\n').slice(0, 2).join('\n')}\n0xba88e1de1010 TCPv4 192.0.2.10:1 198.51.100.7:2 ESTABLISHED 9 a.exe 2026-xx-01 00:00:00\n`,
    );
    assert.equal(dump.table.socket(0).created, null);
  });
});

describePublic('published Volatility output', () => {
  it('version 2 and 3', () => {
    const two = readDump(publicText('misc/volatility2-netscan.txt'));
    assertAllRead(two);
    assert.equal(two.table.length, 5);
    assert.ok([0, 1, 2, 3, 4].every(i => two.table.socket(i).created !== null));
    const three = readDump(publicText('misc/volatility3-windows.netstat.txt'));
    assertAllRead(three);
    assert.equal(three.table.length, 7);
    assert.deepEqual(
      [0, 6].map(i => three.table.socket(i).ownerUnknown),
      [true, false],
    );
  });
});
