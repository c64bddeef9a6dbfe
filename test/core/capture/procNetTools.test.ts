import assert from 'node:assert/strict';

import { netToolsText, procSockets } from '../../../src/core/capture/procNetTools';
import { readDump } from '../../../src/core/reading/reader';

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000  1000        0 149001 1 0000000000000000 100 0 0 10 0
   1: 0A0200C0:1F90 076433C6:C3CB 08 000001F4:0000001C 02:00000A6F 00000003  1000        7 149098 2 0000000000000000 20 4 30 10 -1
   2: 0A0200C0:1F90 076433C6:C3CC 06 00000000:00000000 03:00000BB8 00000000     0        0 0 3 0000000000000000
`;
const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 20010 1 0000000000000000 100 0 0 10 0
   1: 0000000000000000FFFF00000A0200C0:0016 0000000000000000FFFF0000076433C6:C001 01 00000000:00000000 02:000000C8 00000000     0        0 20011 1 0000000000000000 20 4 30 10 -1
`;
const UDP = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  300: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 18000 2 0000000000000000 0
  301: 0A0200C0:8235 350200C0:0035 01 00000000:00000000 00:00000000 00000000   101        0 18001 2 0000000000000000 0
`;

const OWNERS = new Map([
  [149001, { pid: 4321, name: 'orders-api' }],
  [149098, { pid: 4321, name: 'orders-api' }],
  [20010, { pid: 1, name: 'a program with a very long name' }],
]);

describe('/proc/net as netstat rows', () => {
  const sockets = procSockets({ tcp: TCP, tcp6: TCP6, udp: UDP });

  it('are what net-tools print', () => {
    assert.equal(
      netToolsText(sockets, OWNERS, true),
      `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
tcp        3      0 0.0.0.0:8080            0.0.0.0:*               LISTEN      1000       149001     4321/orders-api      off (0.00/0/0)
tcp       28    500 192.0.2.10:8080         198.51.100.7:50123      CLOSE_WAIT  1000       149098     4321/orders-api      keepalive (26.71/3/7)
tcp        0      0 192.0.2.10:8080         198.51.100.7:50124      TIME_WAIT   0          0          -                    timewait (30.00/0/0)
tcp6       0      0 :::22                   :::*                    LISTEN      0          20010      1/a program with a   off (0.00/0/0)
tcp6       0      0 192.0.2.10:22           198.51.100.7:49153      ESTABLISHED 0          20011      -                    keepalive (2.00/0/0)
udp        0      0 127.0.0.53:53           0.0.0.0:*                           101        18000      -                    off (0.00/0/0)
udp        0      0 192.0.2.10:33333        192.0.2.53:53           ESTABLISHED 101        18001      -                    off (0.00/0/0)
`,
    );
  });

  it('are read again as the same sockets', () => {
    const { table, lines, snapshots } = readDump(netToolsText(sockets, OWNERS, true));
    assert.equal(table.length, sockets.length);
    assert.equal(lines.unrecognized, 0);
    assert.equal(snapshots.length, 1);
    assert.deepEqual(
      Array.from({ length: table.length }, (_, row) => table.socket(row).state),
      sockets.map(({ state }) => state),
    );
  });

  it('say where processes could not be seen', () => {
    const { snapshots, lines } = readDump(netToolsText(sockets, new Map(), false));
    assert.equal(snapshots[0]?.unprivileged, true);
    assert.equal(lines.unrecognized, 0);
  });

  it('are a title and header where there is no socket', () => {
    assert.equal(readDump(netToolsText([], new Map(), true)).lines.header, 2);
  });
});
