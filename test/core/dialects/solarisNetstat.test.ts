import { strict as assert } from 'node:assert';
import { readDump } from '../../../src/core/reading/reader';
import { describePublic, publicText } from '../publicDumps';
import { assertAllRead, briefly, fieldsOf, sampleText } from '../rows';

describe('Solaris netstat', () => {
  it('takes protocol and family from the section, and UDP states as they are', () => {
    const text = sampleText('solaris-netstat.netstat');
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'udp4 "Idle" *|111 -',
      'udp4 "Unbound" *|* -',
      'udp4 "Connected" 192.0.2.10|50111 198.51.100.53|53',
      'udp6 "Idle" *|546 -',
      // The columns are Swind Send-Q Rwind Recv-Q.
      'tcp4 ESTABLISHED 192.0.2.10|22 198.51.100.4|1063 3/7',
      'tcp4 LISTEN *|22 *|* 0/0',
      'tcp4 IDLE *|* *|* 0/0',
      'tcp6 LISTEN *|22 *|* 0/0',
      'sctp "CLOSED" 0.0.0.0|* 0.0.0.0|* 0/0',
      'sctp "ESTABLISHED" 192.0.2.10|5000 198.51.100.1|5001 0/0',
      'stream-ord - |* -',
      'stream-ord - |* (socketpair)|*',
      'stream-ord - /tmp/.X11-unix/X1|* -',
      'dgram - /var/run/a|* /var/run/b|*',
    ]);
    assert.deepEqual(
      dump.snapshots.map(({ system, endRow }) => [system, endRow]),
      [['solaris', 14]],
    );
    assert.equal(dump.table.familyOf(7), 'ipv6');
    assert.deepEqual(fieldsOf(dump, text, 15).slice(6), [
      'detail=16445',
      'sendQ=7',
      'detail=24820',
      'recvQ=3',
      'state=ESTABLISHED',
    ]);
  });

  it('counts a socket of several processes once (-u)', () => {
    const text = sampleText('solaris-netstat-u.netstat');
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'udp4 "Idle" *|111 - 312/rpcbind',
      'udp4 "Unbound" *|* - 440/in.mpathd',
      'udp4 "Connected" 192.0.2.10|50111 198.51.100.53|53 871/nscd',
      'tcp4 ESTABLISHED 192.0.2.10|22 198.51.100.4|34640 0/51 531/sshd 533/sshd',
      'tcp4 CLOSE-WAIT 192.0.2.10|8080 203.0.113.9|40112 312/0 611/java',
      'tcp4 TIME-WAIT 192.0.2.10|8080 203.0.113.9|40110 0/0 ?',
      // Two sockets of one process look the same, and are two.
      'tcp4 LISTEN *|22 *|* 0/0 420/sshd',
      'tcp4 LISTEN *|22 *|* 0/0 420/sshd',
      'tcp4 IDLE *|* *|* 0/0 420/sshd',
      'tcp6 ESTABLISHED 2001:db8::10|443 2001:db8:1::9|50112 0/0 611/java',
    ]);
    assert.equal(dump.lines.continuation, 1);
    assert.equal(dump.table.socket(3).user, 'root');
    // The second process's row is found in the editor as well.
    assert.ok(fieldsOf(dump, text, 11).includes('pid=533'));
  });

  it('does not count unbound sockets of several processes as one', () => {
    const dump = readDump(
      'UDP: IPv4\n' +
        '   Local Address        Remote Address      User    Pid       Command       State\n' +
        '-------------------- --------------------  ------ ------- --------------- ----------\n' +
        '      *.*                                   root       440 a               Unbound\n' +
        '      *.*                                   root       441 b               Unbound\n' +
        '      *.514                                 first.last 442 c               Idle\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'udp4 "Unbound" *|* - 440/a',
      'udp4 "Unbound" *|* - 441/b',
      // The rule of dashes shows that this is a user and no remote endpoint.
      'udp4 "Idle" *|514 - 442/c',
    ]);
  });

  it('reads Solaris 11.4: buffers behind the state, UNIX sockets without addresses', () => {
    const dump = readDump(
      'UDP: IPv6\n' +
        '   Local Address                     Remote Address                   State      If    Send Buf     TxOverflows     Recv Buf     RxOverflows\n' +
        '--------------------------------- --------------------------------- ---------- ----- ------------ --------------- ------------ ---------------\n' +
        'fe80::214:4fff:fefb:a5d7.123                                        Idle       net0         57344               0        57344               0\n' +
        '::1.63188                         ::1.9                             Connected               57344               0        57344               0\n' +
        '\nActive UNIX domain sockets\n' +
        'Type       Local Address                           Remote Address\n' +
        'stream-ord /var/run/dbus/system_bus_socket\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'udp6 "Idle" fe80::214:4fff:fefb:a5d7|123 -',
      'udp6 "Connected" ::1|63188 ::1|9',
      'stream-ord - /var/run/dbus/system_bus_socket|* -',
    ]);
  });

  it('reads rows whose title or header is gone', () => {
    const dump = readDump(
      '   Local Address        Remote Address    Swind Send-Q Rwind Recv-Q    State\n' +
        '192.0.2.10.22        198.51.100.4.1063    16445      0 24820      0 ESTABLISHED\n',
    );
    assert.deepEqual(briefly(dump), ['tcp ESTABLISHED 192.0.2.10|22 198.51.100.4|1063 0/0']);
    const bare = readDump(
      '192.0.2.10.22 198.51.100.4.1063 16445 0 24820 0 CLOSE_WAIT\n      *.111    Idle\n',
    );
    assertAllRead(bare);
    assert.deepEqual(briefly(bare), [
      'tcp CLOSE-WAIT 192.0.2.10|22 198.51.100.4|1063 0/0',
      'udp "Idle" *|111 -',
    ]);
    assert.equal(bare.snapshots[0]?.system, 'solaris');
  });

  describePublic('published dumps', () => {
    for (const [name, rows] of [
      ['misc/solaris-smartos-f-inet-an.txt', 4],
      ['misc/solaris-testzone-f-inet-an.txt', 11],
      ['spacewalk-nocpulse/solaris-netstat-an.txt', 22],
    ] as const) {
      it(`reads ${name}`, () => {
        const dump = readDump(publicText(name));
        assertAllRead(dump);
        assert.equal(dump.table.length, rows);
        assert.deepEqual(
          dump.snapshots.map(({ system, endRow }) => [system, endRow]),
          [['solaris', rows]],
        );
      });
    }
  });
});
