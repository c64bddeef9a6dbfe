import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { assertAllRead, briefly, classesOf, fieldsOf, sampleText } from '../../rows';

const SAMPLE = sampleText('velociraptor-netstat.netstat');
const [, ROW = ''] = SAMPLE.split('\n');
const READ = 'TCP ESTABLISHED 192.0.2.70|50811 198.51.100.31|443 5120/orders.exe';

describe('JSON of Velociraptor', () => {
  it('reads an object on each line', () => {
    const dump = readDump(SAMPLE);
    assertAllRead(dump);
    assert.equal(classesOf(dump), 'SSSS');
    assert.deepEqual(briefly(dump), [
      'TCP LISTEN 0.0.0.0|135 0.0.0.0|0 1044/svchost.exe',
      READ,
      'TCP CLOSE-WAIT 2001:db8:8::70|50812 2001:db8:9::1|5432 5120/orders.exe',
      'UDP - 0.0.0.0|5355 - 1390/svchost.exe',
    ]);
    assert.deepEqual(
      [1, 2].map(i => dump.table.socket(i).family),
      ['ipv4', 'ipv6'],
    );
    assert.ok(fieldsOf(dump, SAMPLE, 1).includes('remoteAddress=198.51.100.31'));
  });

  it('reads an array, and ends that are objects', () => {
    const nested =
      '{"Pid":7,"FamilyString":"IPv4","TypeString":"TCP","Type":1,"Status":"LISTEN","Laddr":{"IP":"192.0.2.70","Port":22},"Raddr":{"IP":"0.0.0.0","Port":0}}';
    const dump = readDump(`[\n${ROW},\n${nested}\n]\n`);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [READ, 'TCP LISTEN 192.0.2.70|22 0.0.0.0|0 7/']);
  });

  it('reads null as not known', () => {
    const dump = readDump(
      `${ROW.replace('5120', 'null').replace('"orders.exe"', 'null').replace('"198.51.100.31"', 'null').replace(':443', ':null')}\n`,
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), ['TCP ESTABLISHED 192.0.2.70|50811 - ?']);
  });

  it('does not pass over what it cannot read', () => {
    for (const broken of [
      ROW.replace(':443', ':99443'),
      ROW.replace('"TCP"', '"SMTP"'),
      ROW.replace('"Type":"TCP",', ''),
      ROW.replace('198.51.100.31', 'a b'),
      ROW.slice(0, 150),
    ]) {
      assert.equal(classesOf(readDump(`${ROW}\n${broken}\n${ROW}\n`)), 'SUS', broken);
      assert.equal(classesOf(readDump(`${broken}\n`)), 'U', broken);
    }
  });

  it('leaves other JSON alone', () => {
    const dump = readDump('{"Laddr": 1, "Raddr": 2}\n[{"Laddr":{}, "Raddr":{}}]\n');
    assert.equal(classesOf(dump), 'TT');
  });
});
