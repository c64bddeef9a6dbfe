import { strict as assert } from 'node:assert';
import { LineClass } from '../../../../src/core/model/lineClass';
import { TimerKind } from '../../../../src/core/vocabulary/timer';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, ownDumpNames, ownText, publicJson, publicText } from '../../publicDumps';
import { assertAllRead, briefly } from '../../rows';
import { assertSpans } from '../../spans';

const HEADER =
  'Active Internet connections (servers and established)\n' +
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    \n';
const EXTENDED =
  'Active Internet connections (servers and established)\n' +
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer\n';

function row(text: string, header = HEADER): string {
  const dump = readDump(header + text + '\n');
  assertAllRead(dump);
  assertSpans(dump, header + text + '\n');
  assert.equal(dump.table.length, 1, text);
  return briefly(dump)[0] ?? '';
}

describe('Linux net-tools netstat', () => {
  it('reads addresses as printed, cut or not', () => {
    assert.equal(
      row('tcp6       0      0 fe80::b1f3:2c:3c6c::123 :::*                    LISTEN      9/ntpd'),
      'tcp6 LISTEN fe80::b1f3:2c:3c6c:|123 ::|* 0/0 9/ntpd',
    );
    assert.equal(
      row('tcp        0      0 localhost.localdoma:ssh [::]:*                  LISTEN      -'),
      'tcp LISTEN localhost.localdoma|ssh ::|* 0/0 ?',
    );
    assert.equal(
      row('tcp        0      0 *:32768                 *:*                     LISTEN      '),
      'tcp LISTEN *|32768 *|* 0/0',
    );
    assert.equal(
      row('tcp6       0      0 192.0.2.123:8005        :::*                    LISTEN      1/java'),
      'tcp6 LISTEN 192.0.2.123|8005 ::|* 0/0 1/java',
    );
    assert.equal(
      row('tcp6  0  0 fe80::1%eth0:22 fe80::2%eth0:4000 ESTABLISHED 1/sshd'),
      'tcp6 ESTABLISHED fe80::1%eth0|22 fe80::2%eth0|4000 0/0 1/sshd',
    );
  });

  it('keeps the names of programs whole', () => {
    for (const name of [
      'PM2 v5.3.0: God',
      'sshd: root@pts/0',
      'Passenger Rac',
      'nginx: worker p',
      'kate 123',
      'a/b/c',
      '(squid-1)',
      '"quoted" (x)',
    ]) {
      const line = `tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      12/${name}`;
      assert.equal(row(line), `tcp LISTEN 0.0.0.0|80 0.0.0.0|* 0/0 12/${name}`);
      assert.equal(
        row(line.replace('12/', '0          777        12/') + ' off (0.00/0/0)', EXTENDED),
        `tcp LISTEN 0.0.0.0|80 0.0.0.0|* 0/0 12/${name}`,
      );
    }
  });

  it('reads user, inode, security context and timer', () => {
    const text =
      'tcp        0      1 192.0.2.1:22            192.0.2.2:4000          FIN_WAIT1   root       4711       812/sshd             on (6,52/5/0)\n' +
      'tcp        0      0 192.0.2.1:22            192.0.2.2:4001          ESTABLISHED 0          4712       812/sshd: a b        system_u:system_r:sshd_t:s0-s0:c0.c1023 keepalive (7100.01/0/2)\n' +
      'tcp        0      0 192.0.2.1:22            192.0.2.2:4002          TIME_WAIT   0          0          -                    timewait (12.00/0/0)\n';
    const dump = readDump(EXTENDED + text);
    assertAllRead(dump);
    assertSpans(dump, EXTENDED + text);
    const sockets = [0, 1, 2].map(i => dump.table.socket(i));
    assert.deepEqual(
      sockets.map(({ user, inode, timer }) => [user, inode, timer]),
      [
        ['root', 4711, { kind: TimerKind.On, seconds: 6.52, retransmits: 5, probes: 0 }],
        ['0', 4712, { kind: TimerKind.Keepalive, seconds: 7100.01, retransmits: 0, probes: 2 }],
        ['0', 0, { kind: TimerKind.TimeWait, seconds: 12, retransmits: 0, probes: 0 }],
      ],
    );
    assert.equal(sockets[1]?.owners[0]?.process, 'sshd: a b');
    assert.equal(sockets[2]?.ownerUnknown, true);
  });

  it('reads connectionless rows, whose owner stands where the state would', () => {
    assert.equal(
      row(
        'udp        0      0 0.0.0.0:5353            0.0.0.0:*                           442/avahi-daemon: r',
      ),
      'udp - 0.0.0.0|5353 0.0.0.0|* 0/0 442/avahi-daemon: r',
    );
    assert.equal(
      row('udp        0      0 192.0.2.1:500           192.0.2.2:500           ESTABLISHED 1/x'),
      'udp "ESTABLISHED" 192.0.2.1|500 192.0.2.2|500 0/0 1/x',
    );
    assert.equal(
      row(
        'raw6       0      0 :::58                   :::*                    7           865/NetworkManager  ',
      ),
      'raw6 "7" ::|58 ::|* 0/0 865/NetworkManager',
    );
    assert.equal(row('udp    0    0    0.0.0.0:68    *:*    <n/a>'), 'udp - 0.0.0.0|68 *|* 0/0');
    assert.equal(
      row('udpl6      0      0 :::9                    :::*                                1/x'),
      'udpl6 - ::|9 ::|* 0/0 1/x',
    );
  });

  it('reads busybox rows, whose IPv6 is printed as tcp', () => {
    const dump = readDump(
      'Active Internet connections (only servers)\n' +
        'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    \n' +
        'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      1/sshd\n' +
        'tcp        0      0 :::22                   :::*                    LISTEN      1/sshd\n' +
        'Active UNIX domain sockets (only servers)\n' +
        'Proto RefCnt Flags       Type       State         I-Node PID/Program name    Path\n' +
        'unix  2      [ ACC ]     STREAM     LISTENING       1234 12/a                /run/a b\n',
    );
    assertAllRead(dump);
    assert.deepEqual(
      [0, 1, 2].map(i => dump.table.socket(i).family),
      ['ipv4', 'ipv6', null],
    );
    assert.equal(dump.snapshots.length, 1);
    assert.equal(dump.snapshots[0]?.system, 'linux');
  });

  it('knows Android by its header', () => {
    const dump = readDump(
      'Active Internet connections (established and servers)\n' +
        'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program Name\n' +
        'tcp        0      0 :::5555                 :::*                    LISTEN      456/adbd\n',
    );
    assert.equal(dump.snapshots[0]?.system, 'android');
  });

  it('reads the states of every language, and keeps words that nobody knows', () => {
    const cases: readonly (readonly [word: string, state: string])[] = [
      ['VERBUNDEN', 'ESTABLISHED'],
      ['ESPERANDO_FECHAR', 'CLOSE-WAIT'],
      ['ÚLTIMO_ACK', 'LAST-ACK'],
      ['POSLEDNÍ ACK', 'LAST-ACK'],
      ['STÄNG_VÄNTA', 'CLOSE-WAIT'],
      ['TEMPS', 'TIME-WAIT'],
      ['CLOSEWAIT', 'CLOSE-WAIT'],
      ['ESTABLECIDO', 'ESTABLISHED'],
      ['NIEZNANY STAN', '"NIEZNANY STAN"'],
    ];
    for (const [word, state] of cases) {
      assert.equal(
        row(`tcp  0  0 192.0.2.1:22  192.0.2.2:4000  ${word}  812/sshd: a b`),
        `tcp ${state} 192.0.2.1|22 192.0.2.2|4000 0/0 812/sshd: a b`,
      );
      assert.equal(
        row(
          `tcp  0  0 192.0.2.1:22  192.0.2.2:4000  ${word}  root 12 812/a b off (0.00/0/0)`,
          EXTENDED,
        ),
        `tcp ${state} 192.0.2.1|22 192.0.2.2|4000 0/0 812/a b`,
      );
    }
    assert.equal(
      row('tcp  0  0 0.0.0.0:22  0.0.0.0:*  NASŁUCHUJE  812/sshd'),
      'tcp LISTEN 0.0.0.0|22 0.0.0.0|* 0/0 812/sshd',
    );
  });

  it('reads UNIX sockets with blanks in paths, abstract names, contexts and cut owners', () => {
    const header =
      'Active UNIX domain sockets (servers and established)\n' +
      'Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path\n';
    const read = (text: string): string => {
      const dump = readDump(header + text);
      assertAllRead(dump);
      assertSpans(dump, header + text);
      const { local, inode, rawState, owners } = dump.table.socket(0);
      return [rawState, inode, owners[0]?.pid, owners[0]?.process, local.address].join('|');
    };
    assert.equal(
      read(
        'unix  2      [ ACC ]     STREAM     LISTENING     18438    1/systemd            /run/my socket',
      ),
      'LISTENING|18438|1|systemd|/run/my socket',
    );
    assert.equal(
      read(
        'unix  2      [ ]         DGRAM                    18439    1/my prog            @/tmp/.X11 unix',
      ),
      '|18439|1|my prog|@/tmp/.X11 unix',
    );
    assert.equal(
      read(
        'unix  3      [ W N ]     SEQPACKET  CONNECTED     18440    -                    relative name',
      ),
      'CONNECTED|18440|||relative name',
    );
    assert.equal(
      read(
        'unix  3      [ ]         STREAM     KOPPLAR FRÅN  18441    9/x system_u:system_r:init_t:s0 /run/a',
      ),
      'KOPPLAR FRÅN|18441|9|x|/run/a',
    );
    assert.equal(
      read('unix  3      [ ]         STREAM     CONNECTED     18442   '),
      'CONNECTED|18442|||',
    );
  });

  it('reads SCTP associations with further addresses, and endpoints without a remote', () => {
    const text =
      HEADER +
      'sctp       0      0 192.0.2.1:5000          198.51.100.2:3000       ESTABLISHED\n' +
      '                    192.0.3.1               198.51.101.2                        \n' +
      '                                            2001:db8::2                         77/x y\n' +
      'sctp       0      0 192.0.2.1:5000                                  LISTEN      78/z\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'sctp "ESTABLISHED" 192.0.2.1|5000 198.51.100.2|3000 0/0 77/x y',
      'sctp "LISTEN" 192.0.2.1|5000 - 0/0 78/z',
    ]);
    assert.equal(dump.lines.continuation, 2);
  });

  it('reads Bluetooth, AX.25, NET/ROM and IPX sections', () => {
    const text =
      'Active Bluetooth connections (servers and established)\n' +
      'Proto  Destination       Source            State         PSM DCID   SCID      IMTU    OMTU Security\n' +
      'l2cap  *                 *                 LISTEN          1 0x0000 0x0000     672       0 SDP    \n' +
      'Proto  Destination       Source            State     Channel\n' +
      'rfcomm 00:1B:DC:00:00:01 00:1B:DC:00:00:02 CONNECTED       3\n' +
      'Active AX.25 sockets\n' +
      'Dest       Source     Device  State        Vr/Vs    Send-Q  Recv-Q\n' +
      '*          N0CALL-1   ax0     LISTENING    000/000  0       4     \n' +
      'Active NET/ROM sockets\n' +
      'User       Dest       Source     Device  State        Vr/Vs    Send-Q  Recv-Q\n' +
      'N0CALL-0   N0CALL-9   N0CALL-5   nr0     ESTABLISHED  006/003  7       0\n' +
      'Active IPX sockets\n' +
      'Proto Recv-Q Send-Q Local Address              Foreign Address            State User\n' +
      'IPX        0      0 00000001:000000000001:0451 -                                root      \n';
    const dump = readDump(text);
    assertAllRead(dump);
    assertSpans(dump, text);
    assert.deepEqual(briefly(dump), [
      'l2cap "LISTEN" *|* *|*',
      'rfcomm "CONNECTED" 00:1B:DC:00:00:02|* 00:1B:DC:00:00:01|*',
      'ax25 "LISTENING" N0CALL-1|* *|* 4/0',
      'netrom "ESTABLISHED" N0CALL-5|* N0CALL-9|* 0/7',
      'ipx - 00000001:000000000001:0451|* - 0/0',
    ]);
    assert.equal(dump.snapshots.length, 1);
  });

  it('takes other tables of netstat for what they are', () => {
    const text =
      'Kernel IP routing table\n' +
      'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n' +
      '0.0.0.0         192.0.2.1       0.0.0.0         UG        0 0          0 eth0\n' +
      'Kernel Interface table\n' +
      'Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n' +
      'eth0             1500     9999      0      0 0          8888      0      0      0 BMRU\n' +
      'Tcp:\n' +
      '    14 active connection openings\n' +
      '    3 connections established\n' +
      'TcpExt:\n' +
      '    12 TCP sockets finished time wait in fast timer\n';
    const dump = readDump(text);
    assert.deepEqual(
      [dump.lines.text, dump.lines.interface, dump.lines.route, dump.lines.counter],
      [0, 3, 3, 5],
    );
  });

  it('says that a corrupt row is one, and invents nothing', () => {
    for (const line of [
      'lpqtcp        0      0 192.0.2.72:3541         198.51.100.42:1521      ESTABLISHED ',
      'tcp        0      0 192.0.2.72:99999        198.51.100.42:1521      ESTABLISHED ',
      'tcp        0      0 192.0.2.72:3541         ESTABLISHED ',
      'tcp        x      0 192.0.2.72:3541         198.51.100.42:1521      ESTABLISHED ',
    ]) {
      const dump = readDump(HEADER + line);
      assert.equal(dump.table.length, 0, line);
      assert.deepEqual(dump.unrecognized, [2], line);
    }
  });

  it('knows that netstat was run without rights', () => {
    for (const remark of [
      '(Not all processes could be identified, non-owned process info\n will not be shown, you would have to be root to see it all.)\n',
      '(No info could be read for "-p": geteuid()=1000 but you should be root.)\n',
    ]) {
      const dump = readDump(remark + HEADER + 'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN -\n');
      assert.equal(dump.snapshots.length, 1);
      assert.equal(dump.snapshots[0]?.unprivileged, true);
      assert.equal(dump.snapshots[0].line, remark.split('\n').length - 1);
    }
  });

  describePublic('captures', () => {
    for (const name of ownDumpNames().filter(found => found.startsWith('linux_netstat'))) {
      it(`reads every row of ${name}`, () => {
        const text = ownText(name);
        const dump = readDump(text);
        assertAllRead(dump);
        assertSpans(dump, text);
        assert.equal(dump.lines.text, 0);
        assert.equal(dump.table.length, name.includes('accept_queue') ? 4 : 37);
      });
    }

    it('reads the same sockets in every language', () => {
      const reference = readDump(ownText('linux_netstat_antopee.txt'));
      for (const name of ownDumpNames().filter(found => found.includes('antope_'))) {
        const dump = readDump(ownText(name));
        assert.deepEqual(briefly(dump), briefly(reference), name);
        for (let i = 0; i < dump.table.length; i++) {
          const { inode, timer } = dump.table.socket(i);
          const expected = reference.table.socket(i);
          assert.equal(inode, expected.inode, name);
          assert.equal(timer?.kind, expected.timer?.kind, name);
        }
      }
    });

    for (const name of [
      'generic/netstat-no-state',
      'generic/netstat-old',
      'ubuntu-18.04/netstat',
      'ubuntu-18.04/netstat-l',
      'ubuntu-18.04/netstat-p',
      'ubuntu-18.04/netstat-sudo-aeep',
      'ubuntu-18.04/netstat-sudo-lnp',
      'ubuntu-18.04/netstat-sudo-lnp-space',
    ]) {
      it(`agrees with jc on ${name}`, () => {
        const text = publicText(`jc/${name}.out`);
        const dump = readDump(text);
        assertAllRead(dump);
        assertSpans(dump, text);
        const expected = publicJson(`jc/${name}.json`) as JcRow[];
        const rows = Array.from({ length: dump.table.length }, (_, i) => {
          const { protocolWord, local, remote, rawState, owners, inode } = dump.table.socket(i);
          const owner = owners[0];
          const isUnix = protocolWord === 'unix';
          return [
            protocolWord,
            rawState,
            local.address === '' ? null : local.address,
            ...(isUnix ? [inode] : [local.port ?? local.service ?? '*', remote?.address]),
            ...(isUnix ? [] : [remote?.port ?? remote?.service ?? '*']),
            owner?.pid ?? null,
            owner?.process ?? null,
          ].join(' ');
        });
        assert.deepEqual(rows, expected.map(jcRow));
      });
    }

    it('reads all rows of Spacewalk but the one that another program wrote into', () => {
      const dump = readDump(publicText('spacewalk-nocpulse/linux-netstat-an.txt'));
      assert.deepEqual(dump.unrecognized, [6]);
      assert.equal(dump.table.length, 10);
    });

    it('reads rows that do not stand in their columns, and rows cut out with grep', () => {
      for (const [name, rows] of [
        ['issues/insights-issue3230-misaligned.txt', 4],
        ['issues/inspec-issue1521-netstat-ln.txt', 6],
        ['windows-localized/linux-de-nat-noheader.txt', 4],
      ] as const) {
        const text = publicText(name);
        const dump = readDump(text);
        assertAllRead(dump);
        assertSpans(dump, text);
        assert.equal(dump.table.length, rows, name);
        assert.ok(dump.classes.every(kind => kind !== (LineClass.None as number)));
      }
    });
  });
});

/** A row as jc writes it; null and absent are the same. */
interface JcRow {
  readonly proto: string;
  readonly state?: string | null;
  readonly local_address?: string;
  readonly local_port?: string;
  readonly foreign_address?: string;
  readonly foreign_port?: string;
  readonly path?: string;
  readonly inode?: number;
  readonly pid?: number;
  readonly program_name?: string | null;
}

/** Addresses are shown here without the brackets that jc leaves in. */
function jcRow(row: JcRow): string {
  const isUnix = row.proto === 'unix';
  const bare = (address: string | undefined): string => (address ?? '').replace(/^\[(.*)\]$/, '$1');
  return [
    row.proto,
    row.state ?? null,
    isUnix ? (row.path ?? null) : bare(row.local_address),
    ...(isUnix ? [row.inode] : [row.local_port, bare(row.foreign_address), row.foreign_port]),
    row.pid ?? null,
    row.program_name ?? null,
  ].join(' ');
}
