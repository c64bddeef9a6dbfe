import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { assertAllRead, briefly, classesOf, fieldsOf, sampleText } from '../../rows';

const SAMPLE = sampleText('osquery-process-open-sockets.netstat');

describe('osquery', () => {
  it('reads process_open_sockets as the shell draws it', () => {
    const dump = readDump(SAMPLE);
    assertAllRead(dump);
    assert.equal(classesOf(dump), 'TTHTSSSST');
    assert.deepEqual(briefly(dump), [
      'tcp LISTEN 0.0.0.0|8080 0.0.0.0|0 3121//6',
      'tcp ESTABLISHED 192.0.2.61|8080 198.51.100.14|51230 3121//9',
      'tcp CLOSE-WAIT 2001:db8:6::61|40122 2001:db8:7::3|5432 3121//12',
      'udp - 127.0.0.1|323 0.0.0.0|0 902//5',
    ]);
    assert.equal(dump.table.socket(1).inode, 88140);
    assert.equal(dump.table.socket(2).family, 'ipv6');
    assert.ok(fieldsOf(dump, SAMPLE, 5).includes('state=ESTABLISHED'));
  });

  it('reads listening_ports, in which TCP rows are listeners, and names that were joined', () => {
    const dump = readDump(
      [
        '+------+------+----------+--------+---------+----------+----------+',
        '| pid  | port | protocol | family | address | path     | name     |',
        '+------+------+----------+--------+---------+----------+----------+',
        '| 3121 | 8080 | 6        | 2      | 0.0.0.0 |          | my app   |',
        '| -1   | 68   | 17       | 2      | 0.0.0.0 |          |          |',
        '| 1    | 0    | 0        | 1      |         | /run/x y | systemd  |',
        '',
      ].join('\n'),
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp LISTEN 0.0.0.0|8080 - 3121/my app',
      'udp - 0.0.0.0|68 - ?',
      'unix - /run/x y|0 - 1/systemd',
    ]);
  });

  it('reads JSON of both tables', () => {
    const dump = readDump(
      '[\n' +
        '  {"family":"2","fd":"9","local_address":"192.0.2.61","local_port":"8080","path":"","pid":"3121","protocol":"6","remote_address":"198.51.100.14","remote_port":"51230","socket":"88140","state":"ESTABLISHED"},\n' +
        '  {"address":"0.0.0.0","family":"2","fd":"6","path":"","pid":"3121","port":"8080","protocol":"6","name":"a\\\\b","socket":null}\n' +
        ']\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp ESTABLISHED 192.0.2.61|8080 198.51.100.14|51230 3121//9',
      'tcp LISTEN 0.0.0.0|8080 - 3121/a\\b/6',
    ]);
  });

  it('takes rows of one socket for one, whoever holds it', () => {
    const row = '| 3121 | 9  | 88140  | 2      | 6        | 192.0.2.61 ';
    const dump = readDump(SAMPLE.replace(row, row.replace('3121', '3122')));
    assertAllRead(dump);
    assert.equal(dump.snapshots[0]?.dialects[0]?.perFile, true);
  });

  it('does not pass over what it cannot read', () => {
    for (const [from, to] of [
      ['51230', '99999'],
      ['| 6        | 192', '| 777      | 192'],
      ['192.0.2.61 ', '192.0 2.61 '],
      [' ESTABLISHED |', ' ESTABLISHED'],
    ] as const) {
      const dump = readDump(SAMPLE.replace(from, to));
      assert.equal(classesOf(dump), 'TTHTSUSST', to);
    }
    const json =
      '{"local_address":"192.0.2.1","local_port":"1","remote_address":"*","remote_port":"99999","protocol":"6","pid":"1"}\n';
    assert.equal(classesOf(readDump(json)), 'U');
  });

  it('leaves other tables and JSON alone', () => {
    const text = '+-----+\n| pid | name |\n| 1 | a |\n{"address":"x","protocol":"y"}\n';
    assert.equal(classesOf(readDump(text)), 'TTTT');
  });
});
