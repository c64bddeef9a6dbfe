import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { socketRecord } from '../../../../src/core/model/socketFields';
import { assertAllRead, briefly, classesOf, fieldsOf, sampleText } from '../../rows';

const SAMPLE = sampleText('conntrack.netstat');
const ROW = SAMPLE.split('\n')[3]!;

describe('conntrack', () => {
  it('reads both tuples, states and marks', () => {
    const dump = readDump(SAMPLE);
    assertAllRead(dump);
    assert.equal(classesOf(dump), 'TSSSSSSST');
    assert.deepEqual(briefly(dump).slice(2), [
      'tcp SYN-SENT 192.0.2.12|52100 198.51.100.80|8080',
      'tcp TIME-WAIT 192.0.2.10|41001 198.51.100.5|443',
      'udp - 192.0.2.11|40911 198.51.100.53|53',
      'udp - 2001:db8:1::11|40912 2001:db8:5::53|53',
      'icmp - 192.0.2.10|* 198.51.100.5|*',
    ]);
    const [nat, , unreplied, , , plain] = [0, 1, 2, 3, 4, 5].map(i => dump.table.socket(i).flow);
    assert.equal(nat?.reply?.local.address, '203.0.113.1');
    assert.equal(nat.reply.local.port, 41022);
    assert.equal(nat.reply.remote.address, '198.51.100.5');
    assert.deepEqual([nat.nat, nat.assured, nat.unreplied], [true, true, false]);
    assert.deepEqual([unreplied?.assured, unreplied?.unreplied], [false, true]);
    assert.deepEqual([plain?.nat, plain?.unreplied, plain?.inbound], [false, true, false]);
    assert.equal(dump.snapshots[0]?.system, 'linux');
  });

  it('tells flows from sockets in JSON', () => {
    const { table } = readDump(SAMPLE);
    const record = socketRecord(table.socket(2), 'json');
    assert.equal(record['kind'], 'flow');
    assert.equal(record['unreplied'], true);
    const socket = readDump('tcp 0 0 192.0.2.1:22 198.51.100.4:50000 ESTABLISHED\n').table.socket(
      0,
    );
    assert.equal(socket.flow, null);
    assert.equal('kind' in socketRecord(socket, 'json'), false);
  });

  it('reads /proc/net/nf_conntrack, and protocols that no other tool names', () => {
    const dump = readDump(
      `ipv4     2 ${ROW} zone=0\n` +
        'ipv6     10 icmpv6   58 29 src=2001:db8::1 dst=2001:db8::2 type=128 code=0 id=1 src=2001:db8::2 dst=2001:db8::1 type=129 code=0 id=1 mark=0 use=1\n' +
        'ipv4     2 gre      47 179 src=192.0.2.1 dst=198.51.100.1 srckey=0x0 dstkey=0x0 src=198.51.100.1 dst=192.0.2.1 srckey=0x0 dstkey=0x0 mark=0 use=1\n' +
        'tcp      6 src=192.0.2.1 dst=198.51.100.1 sport=1 dport=2 src=198.51.100.1 dst=192.0.2.1 sport=2 dport=1 [OFFLOAD] mark=0 use=2\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp SYN-SENT 192.0.2.12|52100 198.51.100.80|8080',
      'icmp6 - 2001:db8::1|* 2001:db8::2|*',
      'other - 192.0.2.1|* 198.51.100.1|*',
      'tcp - 192.0.2.1|1 198.51.100.1|2',
    ]);
  });

  it('says where fields stand', () => {
    const text = `${ROW}\n`;
    const fields = fieldsOf(readDump(text), text, 0);
    assert.ok(fields.includes('remoteAddress=198.51.100.80'));
    assert.ok(fields.includes('remotePort=8080'));
    assert.ok(fields.includes('detail=[UNREPLIED]'));
  });

  it('does not pass over what it cannot read', () => {
    for (const broken of [
      ROW.replace('dport=8080', 'dport=80808'),
      ROW.replace('src=192.0.2.12', 'src=a|b'),
      ROW.replace('dst=198.51.100.80', 'DST=198.51.100.80'),
      ROW.replace('SYN_SENT', 'SYN_SENT SYN_SENT'),
      `${ROW} src=192.0.2.1 dst=192.0.2.2`,
    ]) {
      assert.equal(classesOf(readDump(`${ROW}\n${broken}\n`)), 'SU', broken);
    }
  });
});
