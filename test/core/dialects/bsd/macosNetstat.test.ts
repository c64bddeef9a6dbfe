import { strict as assert } from 'node:assert';
import { macosNetstat } from '../../../../src/core/dialects/bsd/macosNetstat';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicText } from '../../publicDumps';
import { assertAllRead, briefly, fieldsOf, sampleText } from '../../rows';

const TITLE = 'Active Internet connections (including servers)\n';
const HEADER = 'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)    ';

describe('macOS netstat', () => {
  it('reads every section of netstat -anv', () => {
    const dump = readDump(sampleText('macos-netstat-anv.netstat'));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp4 ESTABLISHED 192.0.2.10|49812 198.51.100.20|443 0/0 812/com.example.web',
      'tcp4 CLOSE-WAIT 192.0.2.10|49790 203.0.113.80|8443 31/0 945/Example App Help',
      'tcp4 CLOSE-WAIT 192.0.2.10|49788 203.0.113.80|8443 0/0 946/Example IDE - In',
      'tcp6 TIME-WAIT 2001:db8::10|49801 2001:db8:1::443|443 0/0 1044/Example Browser',
      'tcp46 LISTEN *|5000 *|* 0/0 603/ControlCenter',
      'tcp6 LISTEN fe80::1%lo0|631 *|* 0/0 377/cupsd',
      'udp4 - *|* *|* 0/0 470/symptomsd',
      'udp46 - *|5353 *|* 0/0 345/mDNSResponder',
      'icm4 - *|* *|* 0/0 341/configd',
      'mptcp "ESTABLISHED" |* -',
      'mptcp "ESTABLISHED" 192.0.2.10|50111 198.51.100.7|443',
      'mptcp "CLOSE_WAIT" 2001:db8::10|50112 2001:db8:1::7|443',
      'stream - |* a77b5c4fd4d46d6d|* 0/0 945/Example App Help',
      'stream - /var/run/mDNSResponder|* a84704a288ad5059|* 0/0 345/mDNSResponder',
      'dgram - /private/var/run/sys log|* - 0/0 120/syslogd',
      'kevt - |* - 0/0 345/mDNSResponder',
      'kctl - com.example.flow|* - 0/0 88/UserEventAgent',
    ]);
    // The two registered control modules are no sockets.
    assert.equal(dump.lines.text, 2);
    assert.deepEqual(
      dump.snapshots.map(({ system, endRow }) => ({ system, endRow })),
      [{ system: 'macos', endRow: 17 }],
    );
  });

  it('finds the fields of a row with a name of several words', () => {
    const text = sampleText('macos-netstat-anv.netstat');
    assert.deepEqual(fieldsOf(readDump(text), text, 3).slice(0, 12), [
      'protocol=tcp4',
      'recvQ=31',
      'sendQ=0',
      'local=192.0.2.10.49790',
      'localAddress=192.0.2.10',
      'localPort=49790',
      'remote=203.0.113.80.8443',
      'remoteAddress=203.0.113.80',
      'remotePort=8443',
      'state=CLOSE_WAIT',
      'detail=1218',
      'detail=6437',
    ]);
    const rest = fieldsOf(readDump(text), text, 3).slice(12);
    assert.ok(rest.includes('process=Example App Help') && rest.includes('pid=945'));
    // The second column called "state" holds flags, not a state.
    assert.ok(rest.includes('detail=00122'));
  });

  it('reads the process columns of every release', () => {
    const releases: readonly (readonly [columns: string, tcp: string, udp: string])[] = [
      ['rhiwat shiwat    pid   epid', '131072 131072    101      0', '196724   9216    202      0'],
      [
        ' rhiwat shiwat    pid   epid  state    options',
        ' 131072 131860   101      0 0x0102 0x00000008',
        ' 196724   9216   202      0 0x0000 0x00000000',
      ],
      [
        '  rhiwat  shiwat    pid   epid state  options           gencnt    flags   flags1 usscnt rtncnt fltrs',
        '  131072  131072    101      0 00100 00000006 00000000003e3959 00000001 00000800      1      0 000001',
        '  131072  131072    202      0 00100 00000006 00000000003e3959 00000001 00000800      1      0 000001',
      ],
      [
        '  rxbytes    txbytes  rhiwat  shiwat    pid   epid  state  options           gencnt    flags   flags1 usecnt rtncnt  fltrs',
        '     4606    3816077  406208  146988    101      0 00102 0000000c 0000000000b27dec 00000080 01000800      2      0 000000',
        '     4606    3816077  406208  146988    202      0 00102 0000000c 0000000000b27dec 00000080 01000800      2      0 000000',
      ],
    ];
    for (const [columns, tcp, udp] of releases) {
      const dump = readDump(
        `${TITLE}${HEADER} ${columns}\n` +
          `tcp4       0      0  192.0.2.10.52044       198.51.100.20.443      ESTABLISHED ${tcp}\n` +
          `udp4       0      0  *.*                    *.*                                ${udp}\n`,
      );
      assertAllRead(dump);
      assert.deepEqual(briefly(dump), [
        'tcp4 ESTABLISHED 192.0.2.10|52044 198.51.100.20|443 0/0 101/',
        'udp4 - *|* *|* 0/0 202/',
      ]);
      assert.equal(dump.snapshots[0]?.system, 'macos');
    }
  });

  it('reads processes of rows whose header is gone', () => {
    const rows = [
      'tcp4 0 0 *.22 *.* LISTEN 0 0 131072 131072 launchd:1 00180 00000006 000000000000331a 00000000 00000800 1 0 000000',
      'tcp4 0 0 192.0.2.10.8080 *.* LISTEN 131072 131072 Example App Help:945 00180 00000006 000000000000331b 00000000 00000800 1 0 000000',
      'tcp6 0 0 *.2222 *.* LISTEN 131072 131072 43379 0 00100 00000006 00000000003e3959 00000001 00000800 1 0 000001',
      'udp4 0 0 *.5353 *.* 0 0 786896 9216 202 0 00100 00000006 00000000003e3959 00000001 00000800 1 0 000001',
      'tcp4 24 0 192.0.2.10.52040 198.51.100.4.443 CLOSE_WAIT 131072 132432 9811 0 0x0122 0x00000008',
      'tcp4 0 0 192.0.2.10.52040 198.51.100.4.443 ESTABLISHED 131072 132432 9811 0',
    ];
    const dump = readDump(rows.join('\n'));
    assertAllRead(dump);
    assert.deepEqual(
      briefly(dump).map(row => row.replace(/^.*\d\/\d /, '')),
      ['1/launchd', '945/Example App Help', '43379/', '202/', '9811/', '9811/'],
    );
    assert.deepEqual(dump.snapshots[0]?.dialects, [macosNetstat]);
  });

  it('does not take a row without its own columns for its own', () => {
    const dump = readDump('tcp4 0 0 192.0.2.10.22 198.51.100.4.50000 ESTABLISHED\n');
    assert.deepEqual(
      dump.snapshots[0]?.dialects.map(({ id }) => id),
      ['bsd-netstat'],
    );
    assert.equal(dump.snapshots[0].system, null);
  });

  it('reads -A with flow hashes, -b with byte counts and cut endpoints', () => {
    const dump = readDump(
      'Active Internet connections\n' +
        'Socket           Flowhash Proto Recv-Q Send-Q  Local Address      Foreign Address    (state)        rxbytes    txbytes\n' +
        '7fb03cb94d505aed cedd0cbf tcp4       0      0  192.0.2.221.5486   198.51.100.26.443  ESTABLISHED       4958       3996\n' +
        '7fb03cb946c1cbcd  3c023c0 tcp6       0      0  2001:db8:bab0:d.5  2001:db8:4003:c.9  ESTABLISHED     167633      41617\n' +
        '7fb03cb93d5b800d        0 udp4       0      0  *.5353             *.*                               2554929          0\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp4 ESTABLISHED 192.0.2.221|5486 198.51.100.26|443 0/0',
      'tcp6 ESTABLISHED 2001:db8:bab0:d|5 2001:db8:4003:c|9 0/0',
      'udp4 - *|5353 *|* 0/0',
    ]);
    assert.equal(dump.table.socket(0).handle, '7fb03cb94d505aed');
  });

  it('reads listen queues, with or without protocol', () => {
    const dump = readDump(
      'Current listen queue sizes (qlen/incqlen/maxqlen)\n' +
        'Listen         Local Address         \n' +
        '3/1/128        localhost.socks        \n' +
        '0/0/128        *.11085                \n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp LISTEN localhost|socks - 3/128',
      'tcp LISTEN *|11085 - 0/128',
    ]);
  });

  it('knows a header by the blanks at its end, and leaves the system open without them', () => {
    const row = 'tcp4       0      0  192.0.2.10.22          198.51.100.4.50000     ESTABLISHED\n';
    assert.equal(readDump(`${TITLE}${HEADER}\n${row}`).snapshots[0]?.system, 'macos');
    assert.equal(readDump(`${TITLE}${HEADER.trimEnd()}\n${row}`).snapshots[0]?.system, null);
    // A later section that only macOS has proves the system of the whole snapshot.
    const proved = readDump(
      `${TITLE}${HEADER.trimEnd()}\n${row}icm4       0      0  *.*                    *.*\n` +
        'Active Multipath Internet connections\n' +
        'Proto/ID  Flags      Local Address          Foreign Address        (state)    \n' +
        'icm6       0      0  *.*                    *.*                               \n' +
        'Active LOCAL (UNIX) domain sockets\n' +
        'Address          Type   Recv-Q Send-Q            Inode             Conn             Refs          Nextref Addr\n' +
        '7fb03cb94a63a7cd stream      1      0                0                0                0                0 /var/run/a\n',
    );
    assertAllRead(proved);
    assert.deepEqual(
      proved.snapshots.map(({ system, endRow }) => ({ system, endRow })),
      [{ system: 'macos', endRow: 4 }],
    );
  });

  it('reads the `state` column as a state only where it is one', () => {
    // An unknown capital word of TCP is kept, a number is never a state.
    const dump = readDump(
      `${TITLE}${HEADER}\n` +
        'tcp4       0      0  192.0.2.10.22          198.51.100.4.50000     NEW_STATE\n' +
        'tcp4       0      0  192.0.2.10.22          198.51.100.4.50001\n' +
        'udp4       0      0  192.0.2.10.22          198.51.100.4.50001     00180\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp4 "NEW_STATE" 192.0.2.10|22 198.51.100.4|50000 0/0',
      'tcp4 - 192.0.2.10|22 198.51.100.4|50001 0/0',
      'udp4 - 192.0.2.10|22 198.51.100.4|50001 0/0',
    ]);
  });

  describePublic('published dumps', () => {
    for (const [name, rows, pids] of [
      ['macos/macos-11to14-anv-pid-epid.txt', 2, [43379, 43387]],
      ['macos/macos-rxbytes-pid-epid.txt', 2, [31607, 4719]],
      ['macos/macos10.14-vn-prompt.txt', 7, [9811, 9811, 9811, 9811, 9811, 9811, 9811]],
      ['macos/macos26-anv-tcp.txt', 6, [89468, 27328, 13942, 13950, 368, 777]],
      ['bsd/macos-netstat-L-a.txt', 3, []],
    ] as const) {
      it(`reads ${name}`, () => {
        const dump = readDump(publicText(name));
        assertAllRead(dump);
        assert.equal(dump.table.length, rows);
        assert.equal(dump.lines.socket, rows);
        assert.deepEqual(
          dump.snapshots.map(({ system }) => system),
          ['macos'],
        );
        const found = Array.from({ length: rows }, (_, i) => dump.table.ownersOf(i));
        assert.deepEqual(
          found.flat().map(({ pid }) => pid),
          pids,
        );
      });
    }

    it('reads names with blanks of macOS 26', () => {
      const dump = readDump(publicText('macos/macos26-anv-tcp.txt'));
      assert.equal(dump.table.ownersOf(5)[0]?.process, 'Google Chrome H');
    });
  });
});
