import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicText } from '../../publicDumps';
import { assertAllRead, briefly, fieldsOf, sampleText } from '../../rows';

const HEADER = 'USER     COMMAND    PID   FD PROTO  LOCAL ADDRESS         FOREIGN ADDRESS      \n';

describe('sockstat', () => {
  it('reads FreeBSD 14 with states and UNIX sockets', () => {
    const dump = readDump(sampleText('freebsd-sockstat.netstat'));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp4 CLOSE-WAIT 192.0.2.10|443 198.51.100.4|61073 90210/nginx/9',
      'tcp6 LISTEN *|22 *|* 1718/sshd/6',
      'tcp46 LISTEN *|3306 *|* 1567/mysqld/10',
      'tcp4 ESTABLISHED 127.0.0.1|61115 127.0.0.1|4506 81106/python3.11/35',
      'udp6 - fe80::1%lo0|123 *|* 1666/ntpd/24',
      'tcp4 TIME-WAIT 192.0.2.10|2049 198.51.100.9|793 ?',
      'stream - /var/run/devd.pipe|* - 540/devd/4',
      'stream - |* - 700/sshd/3',
      'dgram - |* /var/run/logpriv|* 811/cron/5',
      'dgram - |* - 453/syslogd/8',
    ]);
    assert.equal(dump.snapshots[0]?.system, 'freebsd');
    assert.equal(dump.table.socket(0).user, 'www');
    assert.equal(dump.table.socket(5).user, null);
  });

  it('reads what FreeBSD glues: families, process ids, question marks', () => {
    const text =
      `${HEADER}mysql    mysqld     1567  10 tcp4 6 *:3306                *:*\n` +
      'long-user-name longcommand99321 35 tcp4  127.0.0.1:61115  127.0.0.1:4506\n' +
      '??   ??           ???? udp6  ::1:956               ::1:985                 0\n' +
      '?        ?          ?     ?  udp6   *:985                 *:*\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp46 LISTEN *|3306 *|* 1567/mysqld/10',
      'tcp4 - 127.0.0.1|61115 127.0.0.1|4506 99321/longcommand/35',
      'udp6 - ::1|956 ::1|985 ?',
      'udp6 - *|985 *|* ?',
    ]);
    assert.deepEqual(fieldsOf(dump, text, 2).slice(0, 5), [
      'user=long-user-name',
      'process=longcommand',
      'pid=99321',
      'fd=35',
      'protocol=tcp4',
    ]);
  });

  it('reads commands of several words, STATE and FIB columns and unknown states', () => {
    const dump = readDump(
      'USER     COMMAND    PID   FD  PROTO  LOCAL ADDRESS         FOREIGN ADDRESS       FIB PATH STATE   CONN STATE   STACK CC\n' +
        'web      Web Conten 4711  9   tcp4   192.0.2.10:443        198.51.100.4:61073    0                CLOSE_WAIT   freebsd cubic\n' +
        'web      nginx      4712  9   tcp4   192.0.2.10:443        198.51.100.4:61074    0                NEWSTATE\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp4 CLOSE-WAIT 192.0.2.10|443 198.51.100.4|61073 4711/Web Conten/9',
      'tcp4 "NEWSTATE" 192.0.2.10|443 198.51.100.4|61074 4712/nginx/9',
    ]);
  });

  it('reads NetBSD, whose ports follow a dot', () => {
    const dump = readDump(
      `${HEADER}root     sshd       340    4 tcp6   2001:db8::10.22       2001:db8::d.49152\n` +
        'root     sshd       340    5 tcp    *.ssh                 *.*\n' +
        '_sdpd    sdpd       1226   4 stream /var/run/sdp          -\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp6 - 2001:db8::10|22 2001:db8::d|49152 340/sshd/4',
      'tcp LISTEN *|ssh *|* 340/sshd/5',
      'stream - /var/run/sdp|* - 1226/sdpd/4',
    ]);
    assert.equal(dump.snapshots[0]?.system, null);
  });

  it('reads rows without a header', () => {
    const dump = readDump(
      'root     sshd       705   4  tcp4   *:22                  *:*\n' +
        'www      nginx      800   6  tcp6   2001:db8::10:443      2001:db8::d:49152\n',
    );
    assert.equal(dump.snapshots[0]?.dialects[0]?.id, 'sockstat');
    assert.equal(dump.table.length, 2);
  });

  describePublic('published dumps', () => {
    for (const [name, rows] of [
      ['freebsd-sockstat/sockstat-15-autosize-f.txt', 8],
      ['freebsd-sockstat/sockstat-4.txt', 6],
      ['freebsd-sockstat/sockstat-4l-tcp46.txt', 5],
      ['freebsd-sockstat/sockstat-6.txt', 2],
      ['freebsd-sockstat/sockstat-salt-fat-pid.txt', 1],
      ['bsd/netbsd-sockstat-4ln.txt', 3],
    ] as const) {
      it(`reads ${name}`, () => {
        const dump = readDump(publicText(name));
        assertAllRead(dump);
        assert.equal(dump.table.length, rows);
        for (let i = 0; i < rows; i++) {
          const { owners, ownerUnknown, local, remote } = dump.table.socket(i);
          assert.ok(ownerUnknown || (owners[0]?.pid ?? 0) > 0);
          assert.ok(local.port !== null && remote !== null);
        }
      });
    }

    it('reads each jail of a banner as a moment of its own', () => {
      const dump = readDump(publicText('freebsd-sockstat/sockstat-jails-prompt.txt'));
      assertAllRead(dump);
      assert.deepEqual(
        dump.snapshots.map(({ firstRow, endRow }) => [firstRow, endRow]),
        [
          [0, 2],
          [2, 4],
        ],
      );
    });

    it('parts a command from the process id glued to it', () => {
      const dump = readDump(publicText('freebsd-sockstat/sockstat-salt-fat-pid.txt'));
      assert.deepEqual(dump.table.ownersOf(0), [{ pid: 81106, process: 'python2.7', fd: 35 }]);
    });
  });
});
