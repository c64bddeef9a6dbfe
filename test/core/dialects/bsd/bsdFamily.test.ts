import { strict as assert } from 'node:assert';
import { State } from '../../../../src/core/vocabulary/state';
import { TimerKind } from '../../../../src/core/vocabulary/timer';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicJson, publicText } from '../../publicDumps';
import { assertAllRead, briefly, fieldsOf, sampleText } from '../../rows';

const INTERNET = 'Active Internet connections (including servers)\n';

function system(text: string): string | null | undefined {
  return readDump(text).snapshots[0]?.system;
}

describe('FreeBSD netstat', () => {
  it('reads -A with Internet and UNIX sockets', () => {
    const dump = readDump(sampleText('freebsd-netstat.netstat'));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp4 ESTABLISHED 192.0.2.10|22 198.51.100.4|56321 0/0',
      'tcp4 CLOSE-WAIT 192.0.2.10|8080 203.0.113.9|40112 512/0',
      'tcp4 LISTEN 127.0.0.1|25 *|* 0/0',
      'tcp6 LISTEN *|22 *|* 0/0',
      'tcp46 LISTEN *|8080 *|* 0/0',
      'udp4 - *|514 *|* 0/0',
      'udp6 - fe80::1%lo0|123 *|* 0/0',
      'ip4 - *|* *|* 0/0',
      'stream - |* fffff80003ab6200|* 0/0',
      'stream - /var/run/example.sock|* fffff80003ab6100|* 0/0',
      'seqpac - /var/run/devd.seqpacket.pipe|* - 0/0',
    ]);
    assert.deepEqual(
      dump.snapshots.map(({ system, endRow }) => [system, endRow]),
      [['freebsd', 11]],
    );
    assert.equal(dump.table.socket(7).protocol, 'raw');
    assert.equal(dump.table.socket(8).protocol, 'unix');
  });

  it('reads -T, which has retransmissions in place of queues and states', () => {
    const text =
      `${INTERNET}Proto Rexmit OOORcv 0-win  Local Address          Foreign Address\n` +
      'tcp4       3      0      0 192.0.2.163.ssh        198.51.100.1.64330     \n' +
      'udp4                       *.syslog               *.*                    \n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp4 - 192.0.2.163|ssh 198.51.100.1|64330',
      'udp4 - *|syslog *|*',
    ]);
    assert.equal(dump.table.state[0], State.Unknown);
    assert.deepEqual(fieldsOf(dump, text, 2).slice(0, 4), [
      'protocol=tcp4',
      'detail=3',
      'detail=0',
      'detail=0',
    ]);
    assert.equal(dump.snapshots[0]?.system, 'freebsd');
  });

  it('reads the timers of -x', () => {
    const dump = readDump(
      `${INTERNET}Proto Recv-Q Send-Q Local Address          Foreign Address        R-HIWA S-HIWA R-LOWA S-LOWA R-BCNT S-BCNT R-BMAX S-BMAX   rexmt persist    keep    2msl  delack rcvtime\n` +
        'tcp4       0     44 192.0.2.163.22         198.51.100.1.64330      65700  33580      1   2048      0    256 525600 268640    0.23    0.00 5079.93    0.00    0.00    0.00\n' +
        'tcp4       0      0 192.0.2.163.22         198.51.100.1.64331      65700  33580      1   2048      0      0 525600 268640    0.00    0.00 5079.93    0.00    0.00    0.00\n' +
        'tcp4       0      0 192.0.2.163.22         198.51.100.1.64332      65700  33580      1   2048      0      0 525600 268640    0.00    0.00    0.00   41.50    0.00    0.00\n',
    );
    assertAllRead(dump);
    assert.deepEqual(
      [0, 1, 2].map(i => {
        const { timer } = dump.table.socket(i);
        return [timer?.kind, timer?.seconds];
      }),
      [
        [TimerKind.On, 0.23],
        [TimerKind.Keepalive, 5079.93],
        [TimerKind.TimeWait, 41.5],
      ],
    );
  });

  it('reads -P, -R and -L', () => {
    const logged = readDump(
      `${INTERNET}Proto Recv-Q Send-Q Local Address          Foreign Address        (state)     Log ID\n` +
        'tcp4       0      0 192.0.2.163.22         198.51.100.1.64330     ESTABLISHED -\n',
    );
    assert.deepEqual(briefly(logged), ['tcp4 ESTABLISHED 192.0.2.163|22 198.51.100.1|64330 0/0']);
    const listen = readDump(
      'Current listen queue sizes (qlen/incqlen/maxqlen)\n' +
        'Tcpcb            Proto Listen                           Local Address     \n' +
        'fffff80003ee2410 tcp4  11/0/10                          127.0.0.1.25       \n' +
        'unix  0/0/30                           /var/run/a b\n',
    );
    assertAllRead(listen);
    assert.deepEqual(briefly(listen), [
      'tcp4 LISTEN 127.0.0.1|25 - 11/10',
      'unix - /var/run/a b|* - 0/30',
    ]);
    assert.equal(listen.snapshots[0]?.system, 'freebsd');
  });

  it('is known by the single blank before the local address', () => {
    assert.equal(
      system(
        `${INTERNET}Proto Recv-Q Send-Q Local Address          Foreign Address        (state)\n` +
          'tcp4       0      0 *.22                   *.*                    LISTEN\n',
      ),
      'freebsd',
    );
  });

  describePublic('published dumps', () => {
    for (const name of ['an', 'Aa', 'AanP', 'Aax', 'aT', 'AaT']) {
      it(`agrees with jc on netstat -${name}`, () => {
        const dump = readDump(publicText(`jc/freebsd12/netstat-${name}.out`));
        assertAllRead(dump);
        const expected = publicJson(`jc/freebsd12/netstat-${name}.json`) as JcRow[];
        assert.deepEqual(
          briefly(dump).filter(row => !lostByJc(name, row)),
          expected.map(jcBrief).filter(row => !row.endsWith(' | |')),
        );
        assert.deepEqual(
          dump.snapshots.map(({ system }) => system),
          ['freebsd'],
        );
      });
    }

    it('reads listen queues', () => {
      const dump = readDump(publicText('bsd/freebsd-netstat-4AaLnT.txt'));
      assertAllRead(dump);
      assert.equal(dump.table.length, 5);
    });
  });
});

/** With -A and -T, jc loses the endpoints of both UDP rows, which have no numbers before them. */
function lostByJc(options: string, row: string): boolean {
  return options === 'AaT' && /^udp[46] - \*\|syslog \*\|\*$/.test(row);
}

interface JcRow {
  readonly kind: 'network' | 'socket';
  readonly proto?: string;
  readonly type?: string;
  readonly recv_q?: number;
  readonly send_q?: number;
  readonly local_address?: string;
  readonly local_port?: string;
  readonly foreign_address?: string;
  readonly foreign_port?: string;
  readonly state?: string;
  readonly conn?: string;
  readonly addr?: string;
}

function jcBrief(row: JcRow): string {
  const queues = row.recv_q === undefined ? '' : ` ${row.recv_q}/${row.send_q ?? '-'}`;
  if (row.kind === 'socket') {
    const remote = row.conn === '0' ? '-' : `${row.conn ?? ''}|*`;
    return `${row.type ?? ''} - ${row.addr ?? ''}|* ${remote}${queues}`;
  }
  const remote = `${row.foreign_address ?? ''}|${row.foreign_port ?? ''}`;
  // jc gives no state where none is printed; a TCP socket without a peer is a listener.
  const tcp = row.proto?.startsWith('tcp') === true;
  const state = row.state ?? (tcp && remote === '*|*' ? 'LISTEN' : '-');
  return `${row.proto ?? ''} ${state} ${row.local_address ?? ''}|${row.local_port ?? ''} ${remote}${queues}`;
}

describe('OpenBSD netstat', () => {
  it('reads a table for each family, UDP without a state column, and UNIX sockets', () => {
    const dump = readDump(sampleText('openbsd-netstat.netstat'));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp ESTABLISHED 192.0.2.10|22 198.51.100.4|42746 0/0',
      'tcp CLOSE-WAIT 192.0.2.10|443 203.0.113.9|51188 208/0',
      'tcp LISTEN 127.0.0.1|25 *|* 0/0',
      'udp - 192.0.2.10|6244 198.51.100.123|123 0/0',
      'udp - *|* *|* 0/0',
      'tcp6 LISTEN *|443 *|* 0/0',
      'tcp6 LISTEN fe80::1%lo0|25 *|* 0/0',
      'stream - |* 0xffff800000c1a330|* 0/0',
      'dgram - /dev/log|* - 0/0',
    ]);
    assert.deepEqual(
      dump.snapshots.map(({ system, endRow }) => [system, endRow]),
      [['openbsd', 9]],
    );
  });

  it('reads the windows of -B and cut service names', () => {
    const text =
      'Active Internet connections (only servers)\n' +
      'Proto   Recv-Q Send-Q Recv-W Send-W Cgst-W  Local Address          Foreign Address        TCP-State\n' +
      'tcp          1      2  17376  16384   5888  192.0.2.10.netbios-    *.*                    LISTEN\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), ['tcp LISTEN 192.0.2.10|netbios- *|* 1/2']);
    assert.equal(dump.snapshots[0]?.system, 'openbsd');
    assert.deepEqual(fieldsOf(dump, text, 2).slice(1, 6), [
      'recvQ=1',
      'sendQ=2',
      'detail=17376',
      'detail=16384',
      'detail=5888',
    ]);
  });

  describePublic('published dumps', () => {
    it('reads both, each as one moment of OpenBSD', () => {
      for (const [name, rows] of [
        ['bsd/openbsd-netstat-T99.txt', 2],
        ['bsd/openbsd-netstat-a-udp-tcp.txt', 33],
      ] as const) {
        const dump = readDump(publicText(name));
        assertAllRead(dump);
        assert.equal(dump.table.length, rows);
        assert.deepEqual(
          dump.snapshots.map(({ system, endRow }) => [system, endRow]),
          [['openbsd', rows]],
        );
      }
    });
  });
});

describe('NetBSD netstat', () => {
  it('reads IPv4, IPv6 and UNIX sockets', () => {
    const dump = readDump(sampleText('netbsd-netstat.netstat'));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp ESTABLISHED 192.0.2.10|ssh 198.51.100.4|52060 0/0',
      'tcp LISTEN *|ssh *|* 0/0',
      'udp - *|bootpc *|* 0/0',
      'tcp6 LISTEN *|ssh *|* 0/0',
      'tcp6 FIN-WAIT-2 2001:db8::10|ssh 2001:db8::d|49152 0/0',
      'stream - |* c1a2b330|* 0/0',
      'dgram - /var/run/log|* - 0/0',
    ]);
    assert.deepEqual(
      dump.snapshots.map(({ system, endRow }) => [system, endRow]),
      [['netbsd', 7]],
    );
  });

  describePublic('published dumps', () => {
    it('reads netstat -f inet', () => {
      const dump = readDump(publicText('bsd/netbsd-netstat-f-inet.txt'));
      assertAllRead(dump);
      assert.deepEqual(briefly(dump), ['tcp ESTABLISHED 192.168.56.21|ssh 192.168.56.1|52060 0/0']);
      assert.equal(dump.snapshots[0]?.system, 'netbsd');
    });
  });
});

describe('AIX netstat', () => {
  it('reads -Aan, unbound sockets and UNIX sockets of two lines included', () => {
    const dump = readDump(sampleText('aix-netstat.netstat'));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp CLOSED *|* *|* 0/0',
      'tcp6 LISTEN *|22 *|* 0/0',
      'tcp4 ESTABLISHED 192.0.2.10|22 198.51.100.4|33236 0/0',
      'tcp4 CLOSE-WAIT 192.0.2.10|9080 203.0.113.9|41872 17/0',
      'udp - *|111 *|* 0/0',
      'udp4 - *|514 *|* 0/0',
      'dgram - |* f1000f00055a1b00|* 0/0',
      'dgram - /dev/SRC|* - 0/0',
    ]);
    assert.equal(dump.lines.continuation, 2);
    assert.equal(dump.snapshots[0]?.system, 'aix');
    assert.equal(dump.table.socket(2).handle, 'f1000f00002d8bc0');
  });

  it('is undetermined without -A, and read in full', () => {
    const dump = readDump(
      `${INTERNET}Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)\n` +
        'tcp4       0      0  *.13                   *.*                    LISTEN\n' +
        'tcp        0      0  *.21                   *.*                    LISTEN\n' +
        'udp4       0      0  *.37                   *.*\n',
    );
    assertAllRead(dump);
    assert.equal(dump.table.length, 3);
    assert.deepEqual(
      dump.snapshots.map(({ dialects, system }) => [dialects.map(({ id }) => id), system]),
      [[['bsd-netstat'], null]],
    );
  });

  describePublic('published dumps', () => {
    it('agrees with gopsutil', () => {
      const dump = readDump(publicText('gopsutil/aix73-netstat-Aan-inet.txt'));
      assertAllRead(dump);
      // gopsutil gives 9: it leaves out the two sockets that are bound to nothing (*.*, CLOSED).
      assert.equal(dump.table.length, 11);
      const rows = briefly(dump);
      assert.equal(rows.filter(row => row.startsWith('tcp')).length, 8);
      assert.equal(rows.filter(row => row.startsWith('udp')).length, 3);
      assert.ok(rows.includes('tcp4 ESTABLISHED 192.168.242.122|22 24.236.207.124|33236 0/0'));
      assert.equal(dump.snapshots[0]?.system, 'aix');
    });

    it('reads UNIX sockets, two lines each', () => {
      const dump = readDump(publicText('gopsutil/aix73-netstat-Aan-unix.txt'));
      assertAllRead(dump);
      assert.equal(dump.table.length, 4);
      assert.equal(dump.lines.continuation, 4);
      assert.equal(dump.snapshots[0]?.system, 'aix');
    });
  });
});

describe('HP-UX netstat', () => {
  it('reads both tables as one moment and knows the system by the title for IPv6', () => {
    const dump = readDump(sampleText('hpux-netstat.netstat'));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp LISTEN *|515 *|* 0/0',
      'tcp ESTABLISHED 192.0.2.10|22 198.51.100.154|64145 0/28',
      'tcp CLOSE-WAIT 192.0.2.10|49399 192.0.2.10|1712 0/0',
      'udp - 127.0.0.1|49178 127.0.0.1|49178 0/0',
      'udp - *|49153 *|* 0/0',
      'tcp6 LISTEN *|22 *|* 0/0',
      'udp6 - *|177 *|* 0/0',
    ]);
    assert.deepEqual(
      dump.snapshots.map(({ system, endRow }) => [system, endRow]),
      [['hpux', 7]],
    );
  });

  it('reads the table for IPv6 alone', () => {
    const text = sampleText('hpux-netstat.netstat');
    assert.equal(system(text.slice(text.indexOf('Active Internet connections (IPv6'))), 'hpux');
  });
});

describe('Junos show system connections', () => {
  it('is BSD', () => {
    const dump = readDump(
      'user@router> show system connections\n' +
        `${INTERNET}Proto Recv-Q Send-Q  Local Address                                 Foreign Address                               (state)\n` +
        'tcp4       0      0  192.0.2.1.22                                  198.51.100.4.50000                            ESTABLISHED\n' +
        'tcp46      0      0  *.179                                         *.*                                           LISTEN\n' +
        'udp46      0      0  *.*                                           *.*\n' +
        'ip 46      0      0  *.*                                           *.*\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp4 ESTABLISHED 192.0.2.1|22 198.51.100.4|50000 0/0',
      'tcp46 LISTEN *|179 *|* 0/0',
      'udp46 - *|* *|* 0/0',
      'ip46 - *|* *|* 0/0',
    ]);
  });
});
