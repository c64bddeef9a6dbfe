import { strict as assert } from 'node:assert';
import { TimerKind } from '../../../../src/core/vocabulary/timer';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, ownText, publicJson, publicText } from '../../publicDumps';
import { assertAllRead, briefly, fieldsOf } from '../../rows';

const TCP =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const TCP6 =
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const UDP =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n';

/** A row of TCP with this local and remote end, state and middle part. */
function tcp(local: string, remote: string, state: string, rest: string): string {
  return `   0: ${local} ${remote} ${state} ${rest} 20 4 30 10 -1\n`;
}

describe('/proc/net', () => {
  it('reads a row with all its fields', () => {
    const text =
      TCP +
      tcp(
        '0A0200C0:1F90',
        '076433C6:C3CB',
        '08',
        '000001F4:0000001C 04:00000A6F 00000003  1000        7 149098 2 0000000000000000',
      );
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), ['tcp CLOSE-WAIT 192.0.2.10|8080 198.51.100.7|50123 28/500']);
    const socket = dump.table.socket(0);
    assert.deepEqual(socket.timer, {
      kind: TimerKind.Probe,
      seconds: 26.71,
      retransmits: 3,
      probes: 7,
    });
    assert.equal(socket.inode, 149098);
    assert.equal(socket.user, '1000');
    assert.equal(socket.rawState, '08');
    assert.deepEqual(fieldsOf(dump, text, 1), [
      'local=0A0200C0:1F90',
      'localAddress=0A0200C0',
      'localPort=1F90',
      'remote=076433C6:C3CB',
      'remoteAddress=076433C6',
      'remotePort=C3CB',
      'state=08',
      'sendQ=000001F4',
      'recvQ=0000001C',
      'timer=04:00000A6F',
      'timerKind=04',
      'detail=00000003',
      'user=1000',
      'detail=7',
      'inode=149098',
    ]);
  });

  it('reads every state and timer', () => {
    const rest = (timer: number): string =>
      `00000000:00000000 0${timer}:00000064 00000000     0        0 1 1 0000000000000000`;
    const dump = readDump(
      TCP +
        Array.from({ length: 14 }, (_, i) =>
          tcp(
            '0100007F:0050',
            '0100007F:0051',
            i.toString(16).toUpperCase().padStart(2, '0'),
            rest(i % 6),
          ),
        ).join(''),
    );
    assertAllRead(dump);
    const sockets = Array.from({ length: 14 }, (_, i) => dump.table.socket(i));
    assert.deepEqual(
      sockets.map(({ state }) => state),
      [
        null,
        'ESTABLISHED',
        'SYN-SENT',
        'SYN-RECEIVED',
        'FIN-WAIT-1',
        'FIN-WAIT-2',
        'TIME-WAIT',
        'CLOSED',
        'CLOSE-WAIT',
        'LAST-ACK',
        'LISTEN',
        'CLOSING',
        'SYN-RECEIVED',
        'BOUND',
      ],
    );
    assert.deepEqual(
      sockets.slice(0, 6).map(({ timer }) => [timer?.kind, timer?.seconds]),
      [
        TimerKind.Off,
        TimerKind.On,
        TimerKind.Keepalive,
        TimerKind.TimeWait,
        TimerKind.Probe,
        TimerKind.Unknown,
      ].map(kind => [kind, 1]),
    );
  });

  it('writes IPv6 addresses as RFC 5952 does', () => {
    const addresses: [hex: string, text: string][] = [
      ['00000000000000000000000000000000', '::'],
      ['00000000000000000000000001000000', '::1'],
      ['B80D0120000000000000000001000000', '2001:db8::1'],
      ['B80D0120000001000000000001000000', '2001:db8:1::1'],
      ['B80D0120000000000100000001000000', '2001:db8::1:0:1'],
      ['000080FE00000000FFAA0002010203FE', 'fe80::200:aaff:fe03:201'],
      ['0000000000000000FFFF00000A0200C0', '::ffff:192.0.2.10'],
      ['B80D0120010002000300040005000600', '2001:db8:2:1:4:3:6:5'],
      ['B80D0120000000000000000000000000', '2001:db8::'],
    ];
    const dump = readDump(
      TCP6 +
        addresses
          .map(([hex]) =>
            tcp(
              `${hex}:0016`,
              '00000000000000000000000000000000:0000',
              '0A',
              '00000000:00000000 00:00000000 00000000     0        0 1 1 0000000000000000',
            ),
          )
          .join(''),
    );
    assertAllRead(dump);
    assert.deepEqual(
      addresses.map((_, i) => dump.table.socket(i).local.address),
      addresses.map(([, text]) => text),
    );
    assert.equal(dump.table.socket(0).protocolWord, 'tcp6');
  });

  it('knows the list by its title, its header, and each row by its width and columns', () => {
    const udp = (sl: number, port: string): string =>
      `  ${sl}: 00000000:${port} 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 27006 2 0000000000000000 0\n`;
    const tcpRow = tcp(
      '0100007F:0050',
      '00000000:0000',
      '0A',
      '00000000:00000000 00:00000000 00000000     0        0 1 1 0000000000000000',
    );
    const words = (text: string): string[] => {
      const dump = readDump(text);
      assertAllRead(dump);
      return Array.from({ length: dump.table.length }, (_, i) => dump.table.socket(i).protocolWord);
    };
    assert.deepEqual(words(TCP + tcpRow + UDP + udp(53, '0035')), ['tcp', 'udp']);
    // Headers cut out.
    assert.deepEqual(words(tcpRow + udp(53, '0035')), ['tcp', 'udp']);
    // Joined below one header.
    assert.deepEqual(words(TCP + tcpRow + udp(53, '0035')), ['tcp', 'udp']);
    assert.deepEqual(words(UDP + udp(58, '003A') + udp(9, '0035')), ['raw', 'udp']);
    assert.deepEqual(
      words(
        `==> /proc/net/udplite <==\n${UDP}${udp(58, '003A')}\n==> /proc/net/raw <==\n${UDP}${udp(9, '0009')}`,
      ),
      ['udplite', 'raw'],
    );
    assert.equal(readDump(UDP + udp(53, '0035')).table.socket(0).timer, null);
  });

  it('reads old rows that end with the pointer', () => {
    const text = `${TCP}   3: 0100007F:0050 0100007F:0051 06 00000000:00000000 03:000003D1 00000000     0        0 0 3 ffff88801234abcd\n`;
    const dump = readDump(text);
    assert.deepEqual(briefly(dump), ['tcp TIME-WAIT 127.0.0.1|80 127.0.0.1|81 0/0']);
    assert.equal(dump.table.socket(0).timer?.seconds, 9.77);
  });

  it('reads UNIX sockets', () => {
    const text =
      'Num       RefCount Protocol Flags    Type St Inode Path\n' +
      'ffff888012345678: 00000002 00000000 00010000 0001 01 20653 /run/with blank\n' +
      'ffff888012345679: 00000003 00000000 00000000 0001 03 20654\n' +
      '00000000: 00000002 00000000 00000000 0002 01 20655 @abstract\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'unix "LISTENING" /run/with blank|* -',
      'unix "CONNECTED" |* -',
      'unix "UNCONNECTED" @abstract|* -',
    ]);
    assert.equal(dump.table.socket(1).inode, 20654);
  });
});

/** A row of jc's JSON of /proc/net/tcp. */
interface PeerRow {
  readonly local_address: string;
  readonly local_port: number;
  readonly remote_address: string;
  readonly remote_port: number;
  readonly state: string;
  readonly tx_queue: string;
  readonly rx_queue: string;
  readonly inode: number;
  readonly uid: number;
  readonly timer_active: number;
  readonly jiffies_until_timer_expires: string;
  readonly unrecovered_rto_timeouts: string;
  readonly unanswered_0_window_probes: number;
}

describePublic('published /proc/net', () => {
  for (const name of ['net_tcp', 'net_tcp6']) {
    it(`${name}: every row as its neighbour reads it`, () => {
      const dump = readDump(publicText(`jc/linux-proc/${name}`));
      assertAllRead(dump);
      const rows = publicJson(`jc/linux-proc/${name}.json`) as readonly PeerRow[];
      assert.equal(dump.table.length, rows.length);
      rows.forEach((row, i) => {
        const { local, remote, rawState, sendQ, recvQ, inode, user, timer } = dump.table.socket(i);
        assert.deepEqual(
          [local.address, local.port, remote?.address, remote?.port, rawState, inode, user],
          [
            row.local_address,
            row.local_port,
            row.remote_address,
            row.remote_port,
            row.state,
            row.inode,
            String(row.uid),
          ],
        );
        assert.deepEqual(
          [sendQ, recvQ, timer?.seconds, timer?.retransmits, timer?.probes],
          [
            Number.parseInt(row.tx_queue, 16),
            Number.parseInt(row.rx_queue, 16),
            Number.parseInt(row.jiffies_until_timer_expires, 16) / 100,
            Number.parseInt(row.unrecovered_rto_timeouts, 16),
            row.unanswered_0_window_probes,
          ],
        );
      });
    });
  }

  it('net_unix: every row as its neighbour reads it', () => {
    const dump = readDump(publicText('jc/linux-proc/net_unix'));
    assertAllRead(dump);
    const rows = publicJson('jc/linux-proc/net_unix.json') as readonly {
      Inode: number;
      Path?: string;
    }[];
    assert.deepEqual(
      Array.from({ length: dump.table.length }, (_, i) => {
        const { inode, local } = dump.table.socket(i);
        return [inode, local.address];
      }),
      rows.map(({ Inode, Path }) => [Inode, Path ?? '']),
    );
  });

  it('other captures', () => {
    const counts: [string, number][] = [
      [publicText('vscode-proc/proc_net_tcp.txt'), 6],
      [publicText('vscode-proc/proc_net_tcp6.txt'), 5],
      [ownText('linux_proc_net_tcp.txt'), 36],
      [ownText('linux_proc_net_tcp6.txt'), 1],
    ];
    for (const [text, sockets] of counts) {
      const dump = readDump(text);
      assertAllRead(dump);
      assert.deepEqual([dump.table.length, dump.lines.header], [sockets, 1]);
    }
  });
});
