import { strict as assert } from 'node:assert';
import { unescapedName } from '../../../../src/core/dialects/lsof/lsofNames';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicJson, publicText } from '../../publicDumps';
import { assertAllRead, brief, briefly, fieldsOf } from '../../rows';

const HEADER = 'COMMAND     PID     USER   FD   TYPE     DEVICE SIZE/OFF NODE NAME\n';

describe('lsof', () => {
  it('reads Internet sockets with all their fields', () => {
    const text = `${HEADER}nginx      1608 www-data   46u  IPv4      13913      0t0  TCP 192.0.2.10:8443->198.51.100.7:50123 (CLOSE_WAIT)\n`;
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP CLOSE-WAIT 192.0.2.10|8443 198.51.100.7|50123 1608/nginx/46',
    ]);
    assert.deepEqual(fieldsOf(dump, text, 1), [
      'process=nginx',
      'pid=1608',
      'user=www-data',
      'fd=46u',
      'inode=13913',
      'protocol=TCP',
      'local=192.0.2.10:8443',
      'localAddress=192.0.2.10',
      'localPort=8443',
      'remote=198.51.100.7:50123',
      'remoteAddress=198.51.100.7',
      'remotePort=50123',
      'state=CLOSE_WAIT',
    ]);
    assert.equal(dump.table.socket(0).family, 'ipv4');
  });

  it('reads listeners, UDP, services, host names, IPv6 and lock letters', () => {
    const dump = readDump(
      HEADER +
        'nginx      1608 www-data   46u  IPv6      13913      0t0  TCP *:http (LISTEN)\n' +
        'chronyd     700     root    5uW IPv4      20001      0t0  UDP localhost:323 \n' +
        'node       1700    alice   21u  IPv6      20002      0t0  TCP [2001:db8::1]:3000->[2001:db8::2]:40000 (SYN_SENT)\n' +
        'mdns       1701    alice   22u  IPv4      20003      0t0  UDP *:mdns\n' +
        'rpc.mount   900     root    9u  IPv4      20004      0t0  TCP *:931[mountd] (LISTEN)\n' +
        'app        1702       33    3u  IPv4      20005      0t0  TCP web.example.net:50000->db.example.net:postgresql (ESTABLISHED)\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP LISTEN *|http - 1608/nginx/46',
      'UDP - localhost|323 - 700/chronyd/5',
      'TCP SYN-SENT 2001:db8::1|3000 2001:db8::2|40000 1700/node/21',
      'UDP - *|mdns - 1701/mdns/22',
      'TCP LISTEN *|931 - 900/rpc.mount/9',
      'TCP ESTABLISHED web.example.net|50000 db.example.net|postgresql 1702/app/3',
    ]);
    assert.equal(dump.table.socket(0).family, 'ipv6');
    assert.equal(dump.table.socket(5).user, '33');
  });

  it('reads queues of -T, thread columns, file flags and an unbound socket', () => {
    const dump = readDump(
      'COMMAND     PID   TID TASKCMD      USER   FD      TYPE FILE-FLAG DEVICE SIZE/OFF NODE NAME\n' +
        'java       2100               alice   51u     IPv6 RW,ND  40010  0t0  TCP 192.0.2.10:9000->198.51.100.7:41000 (ESTABLISHED QR=0 QS=1448 SO=KEEPALIVE SS=NBIO)\n' +
        'java       2100  2101 worker-1 alice   52u     IPv6 RW,ND  40011  0t0  TCP *:* (CLOSED)\n' +
        'java       2100  2102 gc 1  alice   53u     IPv4 RW,ND  40012  0t0  UDP 192.0.2.10:53 (QR=12 QS=0)\n' +
        'tool       2200            alice   54u     IPv4 0xffff8880 0t0  TCP no PCB, CANTSENDMORE, CANTRCVMORE\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP ESTABLISHED 192.0.2.10|9000 198.51.100.7|41000 0/1448 2100/java/51',
      'TCP CLOSED *|* - 2100/java/52',
      'UDP - 192.0.2.10|53 - 12/0 2100/java/53',
      'TCP - |* - 2200/tool/54',
    ]);
  });

  it('undoes the escapes of commands, also one that the column cut', () => {
    const dump = readDump(
      HEADER +
        'Google\\x20Chrome 700 alice   21u  IPv4 0x8a1b2c3d4e5f6071      0t0  TCP 192.0.2.10:50000->198.51.100.7:443 (ESTABLISHED)\n' +
        'Web\\x20Con 701 alice   22u  IPv4 0x8a1b2c3d4e5f6072      0t0  UDP *:5353\n' +
        'Slack\\x2 702 alice   23u  IPv4 0x8a1b2c3d4e5f6073      0t0  UDP *:5353\n' +
        'Old Name 703 alice   24u  IPv4 0x8a1b2c3d4e5f6074      0t0  UDP *:5353\n',
    );
    assertAllRead(dump);
    assert.deepEqual(
      [0, 1, 2, 3].map(i => dump.table.socket(i).owners[0]?.process),
      ['Google Chrome', 'Web Con', 'Slack', 'Old Name'],
    );
    const name = 'caf\\xc3\\xa9\\x20100%';
    assert.equal(unescapedName(name, 0, name.length), 'café 100%');
    assert.equal(unescapedName('\\xff', 0, 4), null);
  });

  it('takes the other files of a full lsof for text', () => {
    const dump = readDump(
      HEADER +
        'systemd       1     root  cwd    DIR        8,2     4096    2 /\n' +
        'systemd       1     root  txt    REG        8,2  1595792  123 /lib/systemd/systemd\n' +
        'systemd       1     root    0u   CHR        1,3      0t0    6 /dev/null\n' +
        'systemd       1     root    5r  FIFO       0,13      0t0  456 pipe\n' +
        'systemd       1     root NOFD                              /proc/1/fd (opendir: Permission denied)\n' +
        'systemd       1     root   19u  unix 0xffff888012345678      0t0 20650 /run/a b type=STREAM (LISTEN)\n' +
        'systemd       1     root   20u  netlink                      0t0 20651 ROUTE\n' +
        'systemd       1     root   21u  sock        0,9              0t0 20652 protocol: UDPv6\n' +
        "systemd       1     root   22u  sock        0,9              0t0 20653 can't identify protocol\n" +
        'systemd       1     root   23u  pack      26967              0t0  ALL type=SOCK_RAW\n' +
        'systemd       1     root   24u  raw6                         0t0 20654 00000000000000000000000000000000:003A->00000000000000000000000000000000:0000 st=07\n' +
        'launchd       1     root   25u  unix 0x8a1b2c3d4e5f6071      0t0       ->0x8a1b2c3d4e5f6072\n' +
        'lsof: WARNING: cannot stat() tmpfs file system /run/user/1000\n' +
        '      Output information may be incomplete.\n',
    );
    assertAllRead(dump);
    assert.equal(dump.lines.text, 7);
    assert.deepEqual(briefly(dump), [
      'unix "LISTEN" /run/a b|* - 1/systemd/19',
      'nl - ROUTE|* - 1/systemd/20',
      'UDPv6 - |* - 1/systemd/21',
      "other - can't identify protocol|* - 1/systemd/22",
      'p_raw - ALL type=SOCK_RAW|* - 1/systemd/23',
      'raw6 - 00000000000000000000000000000000|003A 00000000000000000000000000000000|0 1/systemd/24',
      'unix - |* 0x8a1b2c3d4e5f6072|* 1/launchd/25',
    ]);
    assert.equal(dump.table.socket(0).inode, 20650);
    assert.equal(dump.table.socket(0).handle, '0xffff888012345678');
  });

  it('shows by inode or handle that several rows are one socket', () => {
    const dump = readDump(
      HEADER +
        'nginx      1608     root   46u  IPv4      13913      0t0  TCP *:443 (LISTEN)\n' +
        'nginx      5234 www-data   46u  IPv4      13913      0t0  TCP *:443 (LISTEN)\n' +
        'nginx      6000 www-data   47u  IPv4 0x8a1b2c3d4e5f6071 0t0 TCP *:444 (LISTEN)\n' +
        'nginx      6001 www-data   47u  IPv4 0x8a1b2c3d4e5f6071 0t0 TCP *:444 (LISTEN)\n',
    );
    const sockets = [0, 1, 2, 3].map(i => dump.table.socket(i));
    assert.deepEqual(
      sockets.map(({ inode, handle, owners }) => [inode, handle, owners.map(o => o.pid)]),
      [
        [13913, null, [1608]],
        [13913, null, [5234]],
        [null, '0x8a1b2c3d4e5f6071', [6000]],
        [null, '0x8a1b2c3d4e5f6071', [6001]],
      ],
    );
  });

  it('knows rows that were cut out with grep, and no others', () => {
    const dump = readDump(
      'node 1700 alice 21u IPv4 20002 0t0 TCP 192.0.2.10:3000 (LISTEN)\n' +
        'node 1700 alice 22u unix 0xffff888012345678 0t0 20650 type=STREAM\n' +
        'we saw 1700 alice 22u netlink 0t0 20650 ROUTE\n' +
        'node 1700 alice 5r REG 8,2 100 200 /srv/192.0.2.10:80\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP LISTEN 192.0.2.10|3000 - 1700/node/21',
      'unix - |* - 1700/node/22',
    ]);
  });
});

/** A row of jc's lsof JSON. */
interface PeerRow {
  readonly command: string;
  readonly pid: number;
  readonly user: string;
  readonly fd: string;
  readonly type: string | null;
  readonly node: string | number | null;
  readonly name: string;
}

const SOCKET_TYPES = ['IPv4', 'IPv6', 'unix', 'sock', 'netlink', 'pack', 'raw', 'raw6'];

describePublic('published lsof tables', () => {
  for (const name of ['lsof', 'lsof-sudo']) {
    it(`${name}: every socket as its neighbour reads it`, () => {
      const dump = readDump(publicText(`jc/ubuntu-18.04/${name}.out`));
      assertAllRead(dump);
      const rows = publicJson(`jc/ubuntu-18.04/${name}.json`) as readonly PeerRow[];
      assert.equal(dump.lines.total, rows.length + 1);
      // Line i + 1 of the dump is row i of the JSON.
      const expected = rows.flatMap((row, i) =>
        SOCKET_TYPES.includes(row.type ?? '') ? [{ ...row, line: i + 1 }] : [],
      );
      assert.equal(dump.table.length, expected.length);
      expected.forEach((row, i) => {
        const socket = dump.table.socket(i);
        const where = brief(socket);
        assert.equal(socket.line, row.line, where);
        assert.equal(socket.owners[0]?.pid, row.pid, where);
        assert.equal(socket.owners[0].process, row.command, where);
        assert.equal(socket.owners[0].fd, Number.parseInt(row.fd), where);
        assert.equal(socket.user, row.user, where);
        if (row.type === 'IPv4' || row.type === 'IPv6') {
          // jc takes NODE for a number and loses the protocol that stands there.
          assert.equal(row.node, null, where);
          assert.match(socket.protocolWord, /^(?:TCP|UDP)$/, where);
          const state = socket.rawState === null ? '' : ` (${socket.rawState})`;
          assert.equal(`${socket.local.port ?? socket.local.service}`, portOf(row.name), where);
          assert.ok(row.name.trim().endsWith(state), where);
          assert.equal(socket.remote !== null, row.name.includes('->'), where);
        } else {
          assert.equal(socket.inode, typeof row.node === 'number' ? row.node : null, where);
        }
      });
    });
  }

  it('reads what people pasted into reports', () => {
    const counts: [string, number, number][] = [
      ['issues/lsof-controlcenter-truncated.txt', 4, 2],
      ['issues/netdata-lsof-vm.txt', 2, 0],
      ['issues/nginx-lsof-i443-macos-linux.txt', 2, 1],
    ];
    for (const [name, sockets, text] of counts) {
      const dump = readDump(publicText(name));
      assertAllRead(dump);
      assert.equal(dump.table.length, sockets, name);
      assert.equal(dump.lines.text, text, name);
      for (let i = 0; i < sockets; i++) {
        assert.ok(dump.table.socket(i).state !== null, name);
      }
    }
  });
});

/** The local port of an lsof NAME. */
function portOf(name: string): string {
  const local = name.split(/->| /)[0] ?? '';
  return local.slice(local.lastIndexOf(':') + 1);
}
