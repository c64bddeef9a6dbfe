import { strict as assert } from 'node:assert';
import { TimerKind } from '../../../../src/core/vocabulary/timer';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicText } from '../../publicDumps';
import { assertAllCounted, assertAllRead, briefly, classesOf, fieldsOf } from '../../rows';

const NETSTAT = `[
  {"proto":"tcp","recv_q":1,"send_q":2,"local_address":"192.0.2.10","foreign_address":"198.51.100.7",
   "state":"CLOSE_WAIT","program_name":"node app","kind":"network","pid":4242,"user":"alice",
   "inode":40001,"local_port":"8080","foreign_port":"https","local_port_num":8080},
  {"proto":"udp6","recv_q":0,"send_q":0,"local_address":"[::]","foreign_address":"[::]","state":null,
   "program_name":null,"kind":"network","local_port":"5353","foreign_port":"*"},
  {"proto":"unix","refcnt":2,"flags":"ACC","type":"STREAM","state":"LISTENING","inode":40002,
   "program_name":"dbus","path":"/run/a \\"b\\"","kind":"socket","pid":7},
  {"address":"fffff80003abf000","type":"stream","recv_q":0,"send_q":0,"unix_inode":"0","conn":"0",
   "refs":"0","nextref":"0","addr":"/var/run/devd.pipe","kind":"socket"},
  {"destination":"0.0.0.0","gateway":"192.0.2.1","kind":"route"}
]
`;

describe('JSON of jc', () => {
  it('reads netstat: Internet, UNIX, FreeBSD, and leaves routes', () => {
    const dump = readDump(NETSTAT);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp CLOSE-WAIT 192.0.2.10|8080 198.51.100.7|https 1/2 4242/node app',
      'udp6 - ::|5353 ::|* 0/0 ?',
      'unix "LISTENING" /run/a "b"|* - 7/dbus',
      'stream - /var/run/devd.pipe|* - 0/0',
    ]);
    const [tcp, , unix, bsd] = [0, 1, 2, 3].map(i => dump.table.socket(i));
    assert.equal(tcp?.user, 'alice');
    assert.equal(tcp.inode, 40001);
    assert.equal(unix?.inode, 40002);
    assert.equal(bsd?.handle, 'fffff80003abf000');
    assert.equal(classesOf(dump), 'TSCCSCSCSCTT');
    assert.deepEqual(fieldsOf(dump, NETSTAT, 2), [
      'state=CLOSE_WAIT',
      'process=node app',
      'pid=4242',
      'user=alice',
    ]);
  });

  it('reads Windows: programs in brackets, and refusals that jc takes for programs', () => {
    const row = (program: string): string =>
      `{"proto":"TCP","local_address":"[::]","foreign_address":"[::]","state":"LISTENING","pid":4,"local_port":"445","foreign_port":"0","program_name":${program}}\n`;
    assert.deepEqual(
      briefly(
        readDump(row('"[svc.exe]"') + row('"Can not obtain ownership information"') + row('null')),
      ),
      [
        'TCP LISTEN ::|445 ::|0 4/svc.exe',
        'TCP LISTEN ::|445 ::|0 4/',
        'TCP LISTEN ::|445 ::|0 4/',
      ],
    );
  });

  it('reads ss, one object per line, with what is behind the endpoints', () => {
    const text =
      '{"netid":"tcp","state":"ESTAB","recv_q":0,"send_q":5,"local_address":"192.0.2.10","local_port":"22","peer_address":"198.51.100.7","peer_port":"50123","interface":"eth0","opts":{"process_id":{"812":{"user":"sshd","file_descriptor":"4"},"813":{"user":"ssh\\\\d","file_descriptor":"5"}},"uid_number":"1000","inode_number":"40001","timer":{"timer_name":"keepalive","expire_time":"11sec","retrans":"0"}}}\n' +
      '{"netid":"u_str","state":"LISTEN","recv_q":0,"send_q":128,"local_port":"40002","peer_address":"*","peer_port":"0","path":"/run/x"}\n' +
      '{"netid":"nl","state":"UNCONN","recv_q":0,"send_q":0,"peer_address":"*","pid":893,"channel":"rtnl:dhcp"}\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.equal(dump.lines.socket, 3);
    assert.deepEqual(briefly(dump), [
      'tcp ESTABLISHED 192.0.2.10%eth0|22 198.51.100.7|50123 0/5 812/sshd/4 813/ssh\\d/5',
      'u_str "LISTEN" /run/x|* - 0/128',
      'nl "UNCONN" rtnl:dhcp/893|* *|* 0/0',
    ]);
    const socket = dump.table.socket(0);
    assert.deepEqual(socket.timer, {
      kind: TimerKind.Keepalive,
      seconds: 11,
      retransmits: 0,
      probes: null,
    });
    assert.equal(socket.user, '1000');
    assert.equal(dump.snapshots.length, 1);
  });

  it('leaves other JSON alone', () => {
    for (const text of [
      '[{"command":"systemd","pid":1,"type":"DIR"}]',
      '{"proto":"tcp","port":80}',
      '{"proto":"nothing","local_address":"192.0.2.1","local_port":"1"}',
      '{"netid":"tcp","local_address":"192.0.2.1","local_port":"99999","peer_address":"*","peer_port":"*"}',
      '[{"kind":"socket"}]',
    ]) {
      const dump = readDump(text);
      assert.equal(dump.table.length, 0, text);
      assert.equal(dump.lines.total, 1);
    }
  });

  it('accounts for every line of a text that is cut anywhere', () => {
    for (let length = 0; length <= NETSTAT.length; length++) {
      const { lines, table } = readDump(NETSTAT.slice(0, length));
      assertAllCounted({ lines });
      assert.equal(lines.socket, table.length);
    }
  });
});

describePublic('published JSON of jc', () => {
  const files = [
    'generic/netstat-no-state',
    'generic/netstat-old',
    'generic/ss-wide',
    'freebsd12/netstat-Aa',
    'freebsd12/netstat-AanP',
    'freebsd12/netstat-an',
    'freebsd12/netstat-AaT',
    'freebsd12/netstat-aT',
    'freebsd12/netstat-Aax',
    'ubuntu-18.04/netstat',
    'ubuntu-18.04/netstat-l',
    'ubuntu-18.04/netstat-p',
    'ubuntu-18.04/netstat-sudo-aeep',
    'ubuntu-18.04/netstat-sudo-lnp',
    'ubuntu-18.04/netstat-sudo-lnp-space',
    'ubuntu-18.04/ss-sudo-a',
    'ubuntu-18.04/ss-sudo-tulpen',
    'windows/windows-10/netstat',
    'windows/windows-10/netstat-an',
    'windows/windows-10/netstat-aon',
    'windows/windows-10/netstat-aonb',
  ];
  for (const name of files) {
    it(`${name}: the same as the output it was made of`, () => {
      const json = readDump(publicText(`jc/${name}.json`));
      const out = readDump(publicText(`jc/${name}.out`));
      assertAllRead(json);
      assert.deepEqual(
        briefly(json),
        // jc takes `-T` for columns that UDP has as well, and loses both ends of its rows.
        briefly(out).filter(row => !name.endsWith('AaT') || !row.startsWith('udp')),
      );
    });
  }

  it('reads users without the escapes of JSON, as it does programs', () => {
    const { table } = readDump(
      '[{"proto":"tcp","local_address":"192.0.2.1","local_port":"443","foreign_address":"192.0.2.7","foreign_port":"5000","state":"ESTABLISHED","user":"J\\u00f6rg","program_name":"J\\u00f6rg","pid":5},{"proto":"tcp","local_address":"192.0.2.1","local_port":"443","foreign_address":"192.0.2.7","foreign_port":"5001","state":"ESTABLISHED"}]',
    );
    assert.deepEqual([table.socket(0).user, table.socket(0).owners[0]?.process], ['Jörg', 'Jörg']);
    assert.equal(table.socket(1).user, null);
  });
});
