import { closeAll, hover, open } from './documents';
import * as assert from './suite/assert';

/** A token in a line (counted from 0) of a dump, and what its hover says. */
type Token = readonly [line: number, word: string, says: RegExp];

/** A dump of each family, with every kind of token that the family has. */
const FAMILIES: Readonly<Record<string, readonly [text: string, tokens: readonly Token[]]>> = {
  'Linux netstat': [
    'Active Internet connections (servers and established)\n' +
      'Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer\n' +
      'tcp        0      0 0.0.0.0:6379            0.0.0.0:*               LISTEN      0          40         7/redis-server       off (0.00/0/0)\n' +
      'tcp6      28    500 192.0.2.1:40000         198.51.100.7:443        CLOSE_WAIT  1001       41         812/orders-api       on (6.40/5/0)\n' +
      'tcp        0      0 192.0.2.1:40001         198.51.100.7:443        TIME_WAIT   0          0          -                    timewait (12.00/0/0)\n',
    [
      [1, 'Recv-Q', /not read/],
      [2, '0.0.0.0', /Reachable through every address/],
      [2, '6379', /Redis/],
      [3, 'tcp6', /IPv4 connection on an IPv6 socket/],
      [3, '28', /27 bytes/],
      [3, '500', /has not acknowledged/],
      [3, '198.51.100.7', /documentation/],
      [3, '443', /HTTPS/],
      [3, 'CLOSE_WAIT', /no longer answering/],
      [3, '1001', /user/i],
      [3, '41 ', /find \/proc/],
      [3, '812', /ps -fp 812/],
      [3, 'orders-api', /holds this socket/],
      [3, 'on (6.40', /fifth retransmission/],
      [4, '- ', /as expected/],
      [4, 'timewait', /closed about 48 s ago/],
    ],
  ],
  ss: [
    'State      Recv-Q Send-Q   Local Address:Port      Peer Address:Port   Process\n' +
      'LISTEN     3      2            0.0.0.0:8080           0.0.0.0:*      users:(("orders-api",pid=812,fd=3))\n' +
      'CLOSE-WAIT 1      0        192.0.2.1:8080      198.51.100.7:50000    users:(("orders-api",pid=812,fd=9)) timer:(keepalive,119min,0) uid:1001 ino:41 sk:96 -->\n' +
      '\t skmem:(r768,rb131072,t0,tb87040,f3328,w0,o0,bl0,d2) cubic rto:204 cwnd:10\n',
    [
      [1, 'LISTEN', /accept queue is full/],
      [2, 'CLOSE-WAIT', /is not looking/],
      [2, '9))', /ulimit -n/],
      [2, 'timer:', /1 h 59 min/],
      [2, '-->', /receiving side is shut/],
      [3, 'skmem', /packets dropped/],
      [3, 'rto', /ms/],
    ],
  ],
  Windows: [
    '\nActive Connections\n\n' +
      '  Proto  Local Address          Foreign Address        State           PID\n' +
      '  TCP    0.0.0.0:445            0.0.0.0:0              LISTENING       4\n' +
      ' Can not obtain ownership information\n' +
      '  TCP    192.0.2.1:51022        198.51.100.7:443       CLOSE_WAIT      6240\n' +
      '  RpcSs\n' +
      ' [svchost.exe]\n' +
      '  TCP    192.0.2.1:51030        198.51.100.7:443       TIME_WAIT       0\n',
    [
      [4, 'LISTENING', /System \(4\)/],
      [5, 'Can not', /protected/],
      [6, 'CLOSE_WAIT', /svchost\.exe \(6240\) has not/],
      [6, '51022', /49152–65535/],
      [7, 'RpcSs', /service or component/],
      [8, 'svchost', /host process for Windows services/],
      [9, 'TIME_WAIT', /2 to 4 min/],
    ],
  ],
  macOS: [
    'Active Internet connections (including servers)\n' +
      'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)    \n' +
      'tcp46      0      0  *.5000                 *.*                    LISTEN     \n' +
      'tcp4      28      0  192.0.2.1.49800        198.51.100.7.443       CLOSE_WAIT \n',
    [
      [2, 'tcp46', /also takes IPv4/],
      [2, 'LISTEN', /netstat -L/],
      [3, 'CLOSE_WAIT', /28 bytes/],
      [3, '49800', /macOS uses for outgoing/],
    ],
  ],
  lsof: [
    'COMMAND     PID     USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\n' +
      'orders-ap  4321   orders   41u  IPv4 184420      0t0  TCP 127.0.0.1:9443->127.0.0.1:40402 (CLOSE_WAIT)\n',
    [
      [0, 'DEVICE', /inode/],
      [1, 'orders-ap', /holds this socket/],
      [1, '41u', /ulimit -n/],
      [1, 'CLOSE_WAIT', /orders-ap \(4321\) has not/],
    ],
  ],
  PowerShell: [
    'LocalAddress                        LocalPort RemoteAddress                       RemotePort State       AppliedSetting OwningProcess\n' +
      '------------                        --------- -------------                       ---------- -----       -------------- -------------\n' +
      '192.0.2.25                          52011     198.51.100.44                       443        CloseWait   Internet       6240         \n',
    [
      [0, 'OwningProcess', /process that holds/],
      [2, 'CloseWait', /process 6240 has not/],
      [2, '6240', /tasklist/],
    ],
  ],
  '/proc/net/tcp': [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n' +
      '   0: 0100007F:24E3 0100007F:9DD2 08 00000000:0000019D 00:00000000 00000000  1001        0 184300 1 0000000000000000 100 0 0 10 0\n',
    [
      [0, 'rx_queue', /receive queue/],
      [1, '0100007F', /127\.0\.0\.1/],
      [1, '24E3', /9443/],
      [1, '08', /412 bytes and the FIN/],
      [1, '184300', /find \/proc/],
    ],
  ],
};

describe('hovers on every token', () => {
  afterEach(closeAll);

  for (const [family, [text, tokens]] of Object.entries(FAMILIES)) {
    it(family, async () => {
      const { document } = await open(text);
      for (const [line, word, says] of tokens) {
        assert.match(await hover(document, line, word), says);
      }
    });
  }
});
