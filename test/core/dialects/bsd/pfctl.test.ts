import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { said, tokenOf } from '../../explain/rows';
import { assertAllRead, briefly, classesOf, fieldsOf, sampleText } from '../../rows';

const SAMPLE = sampleText('pfctl-states.netstat');
const ROW = SAMPLE.split('\n')[1]!;

describe('pfctl -ss', () => {
  it('reads ends before and after translation, directions and states', () => {
    const dump = readDump(SAMPLE);
    assertAllRead(dump);
    assert.equal(classesOf(dump), 'TSSSSSSSS');
    assert.deepEqual(briefly(dump), [
      'tcp ESTABLISHED 192.0.2.10|41022 198.51.100.5|443',
      'tcp ESTABLISHED 192.0.2.11|50110 198.51.100.9|993',
      'tcp FIN-WAIT-2 203.0.113.1|443 198.51.100.77|50200',
      'tcp SYN-SENT 192.0.2.12|52100 198.51.100.80|8080',
      'udp "MULTIPLE:SINGLE" 192.0.2.10|5353 198.51.100.53|53',
      'udp "SINGLE:NO_TRAFFIC" 192.0.2.13|40911 198.51.100.53|53',
      'tcp ESTABLISHED 2001:db8:1::11|52210 2001:db8:5::4|443',
      'icmp "0:0" 192.0.2.10|11 198.51.100.1|11',
    ]);
    const flows = Array.from({ length: 8 }, (_, i) => dump.table.socket(i).flow);
    assert.deepEqual(
      flows.map(flow => flow?.nat),
      [false, true, true, false, false, false, false, false],
    );
    assert.deepEqual(
      flows.map(flow => flow?.unreplied),
      [false, false, false, true, false, true, false, false],
    );
    assert.equal(flows[1]?.reply?.local.address, '203.0.113.1');
    assert.equal(flows[2]?.reply?.local.address, '192.0.2.20');
    assert.deepEqual(
      flows.map(flow => flow?.inbound),
      [false, false, true, false, false, false, false, false],
    );
  });

  it('reads states of two halves that differ', () => {
    const dump = readDump(
      [
        'em0 tcp 192.0.2.1:80 <- 198.51.100.2:4000       CLOSED:SYN_SENT',
        'em0 tcp 192.0.2.1:80 <- 198.51.100.2:4001       ESTABLISHED:FIN_WAIT_2',
        'em0 udp 192.0.2.1:53 <- 198.51.100.2:4002       NO_TRAFFIC:SINGLE',
        'em0 esp 192.0.2.1 -> 198.51.100.2       MULTIPLE:MULTIPLE',
        '',
      ].join('\n'),
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp SYN-SENT 192.0.2.1|80 198.51.100.2|4000',
      'tcp "ESTABLISHED:FIN_WAIT_2" 192.0.2.1|80 198.51.100.2|4001',
      'udp "NO_TRAFFIC:SINGLE" 192.0.2.1|53 198.51.100.2|4002',
      'other "MULTIPLE:MULTIPLE" 192.0.2.1|* 198.51.100.2|*',
    ]);
    assert.deepEqual(
      [0, 1, 2, 3].map(i => dump.table.socket(i).flow?.unreplied),
      [true, false, true, false],
    );
  });

  it('says where fields stand, and what its states mean', () => {
    const fields = fieldsOf(readDump(SAMPLE), SAMPLE, 2);
    assert.ok(fields.includes('local=192.0.2.11:50110'));
    assert.ok(fields.includes('state=ESTABLISHED:ESTABLISHED'));
    assert.match(said(tokenOf(SAMPLE, 'SINGLE:NO_TRAFFIC', 6)), /nothing came back/);
  });

  it('does not pass over what it cannot read', () => {
    for (const broken of [
      ROW.replace(':443', ':99443'),
      ROW.replace('ESTABLISHED:ESTABLISHED', 'ESTABLISHED'),
      `${ROW} more`,
      ROW.replace('192.0.2.10', '192|0'),
    ]) {
      assert.equal(classesOf(readDump(`${ROW}\n${broken}\n`)), 'SU', broken);
    }
    assert.equal(classesOf(readDump('the way home -> is long\nsome tcp text x -> y z\n')), 'TT');
  });
});
