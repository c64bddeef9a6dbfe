import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { assertAllRead, briefly, classesOf, fieldsOf, sampleText } from '../../rows';

const ROW =
  "sconn(fd=9, family=<AddressFamily.AF_INET: 2>, type=<SocketKind.SOCK_STREAM: 1>, laddr=addr(ip='192.0.2.40', port=8443), raddr=addr(ip='198.51.100.23', port=50412), status='ESTABLISHED', pid=2817)";
const READ = 'tcp ESTABLISHED 192.0.2.40|8443 198.51.100.23|50412 2817//9';

describe('psutil', () => {
  it('reads connections, one on each line', () => {
    const dump = readDump(sampleText('psutil-net-connections.netstat'));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp LISTEN 0.0.0.0|8443 - 2817//6',
      READ,
      'tcp6 CLOSE-WAIT 2001:db8:4::40|41872 2001:db8:9::5|5432 2817//11',
      'tcp TIME-WAIT 192.0.2.40|41900 203.0.113.80|443 ?',
      'udp - 127.0.0.1|8125 - 2817//14',
    ]);
  });

  it('reads the list that print shows, all on one line, and where its fields stand', () => {
    const text = `[${ROW}, ${ROW.replace('8443', '8444')}]\n`;
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [READ, READ.replace('8443', '8444')]);
    assert.deepEqual(fieldsOf(dump, text, 0).slice(0, 3), [
      'fd=9',
      'protocol=<SocketKind.SOCK_STREAM: 1>',
      "local=addr(ip='192.0.2.40', port=8443)",
    ]);
  });

  it('reads what other versions print: tuples, plain numbers, states as an enumeration', () => {
    const dump = readDump(
      [
        "sconn(fd=-1, family=2, type=1, laddr=('192.0.2.40', 22), raddr=('198.51.100.9', 59162), status='ESTABLISHED', pid=None)",
        "pconn(fd=3, family=2, type=1, laddr=addr(ip='0.0.0.0', port=22), raddr=(), status=<ConnectionStatus.CONN_LISTEN: 'LISTEN'>)",
        "sconn(fd=8, family=<AddressFamily.AF_UNIX: 1>, type=<SocketKind.SOCK_STREAM: 1>, laddr='/run/a(b).sock', raddr='', status='NONE', pid=7)",
        "sconn(fd=8, family=23, type=2, laddr=addr(ip='::', port=58902), raddr=(), status='NONE', pid=4)",
        '',
      ].join('\n'),
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp ESTABLISHED 192.0.2.40|22 198.51.100.9|59162 ?',
      'tcp LISTEN 0.0.0.0|22 -',
      'unix - /run/a(b).sock|* - 7//8',
      'udp6 - ::|58902 - 4//8',
    ]);
  });

  it('reads JSON of psutil and of gopsutil', () => {
    const dump = readDump(
      '[{"fd": 7, "family": 2, "type": 1, "laddr": ["192.0.2.40", 8443], "raddr": [], "status": "LISTEN", "pid": 2817},\n' +
        ' {"fd": 9, "family": 2, "type": 1, "laddr": {"ip": "192.0.2.40", "port": 8443}, "raddr": {"ip": "198.51.100.23", "port": 50412}, "status": "ESTABLISHED", "pid": null}]\n' +
        '{"fd":5,"family":10,"type":2,"localaddr":{"ip":"::","port":53},"remoteaddr":{"ip":"","port":0},"status":"NONE","uids":[0],"pid":88}\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp LISTEN 192.0.2.40|8443 - 2817//7',
      'tcp ESTABLISHED 192.0.2.40|8443 198.51.100.23|50412 ?',
      'udp6 - ::|53 - 88//5',
    ]);
  });

  it('reads what is redacted as not known', () => {
    const dump = readDump(
      `${ROW.replace('port=50412', 'port=None').replace('pid=2817', 'pid=XXXX')}\n`,
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), ['tcp ESTABLISHED 192.0.2.40|8443 198.51.100.23|* ?']);
  });

  it('reads rows behind a prefix', () => {
    const dump = readDump(`2026-01-05 10:00:00 ${ROW}\n2026-01-05 10:00:00 ${ROW}\n`);
    assert.equal(classesOf(dump), 'SS');
  });

  it('does not pass over what it cannot read', () => {
    for (const broken of [
      ROW.slice(0, 90),
      ROW.replace('port=50412', 'port=99999'),
      ROW.replace('type=', 'type'),
      ROW.replace("raddr=addr(ip='", 'raddr=addr(ip='),
      "sconn(fd=9, family=2, type=5, laddr=('192.0.2.1', 1), raddr=(), status='NONE')",
    ]) {
      assert.equal(classesOf(readDump(`${ROW}\n${broken}\n${ROW}\n`)), 'SUS', broken);
      assert.equal(classesOf(readDump(`${broken}\n`)), 'U', broken);
      assert.equal(classesOf(readDump(`# ${broken}\n`)), 'U', broken);
    }
    const json = '{"laddr": ["192.0.2.40", 70000], "raddr": [], "type": 1, "status": "LISTEN"}';
    assert.equal(classesOf(readDump(`${json}\n`)), 'U');
  });

  it('leaves other text alone', () => {
    const dump = readDump('sconnect(x)\nsome text\n{"laddr": 1}\n[sconn]\n');
    assert.equal(classesOf(dump), 'TTTT');
  });
});
