import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { assertAllRead, briefly, classesOf, fieldsOf, sampleText } from '../../rows';

const SAMPLE = sampleText('openbsd-fstat.netstat');
const ROW = SAMPLE.split('\n')[3]!;

describe('fstat', () => {
  it('reads sockets with their programs and both ends', () => {
    const dump = readDump(SAMPLE);
    assertAllRead(dump);
    assert.equal(classesOf(dump), 'HSSSSSS');
    assert.deepEqual(briefly(dump), [
      'tcp - *|22 - 70211/sshd/3',
      'tcp - *|22 - 70211/sshd/4',
      'tcp - 192.0.2.9|443 198.51.100.7|50110 40122/httpd/9',
      'tcp - 2001:db8:1::9|41012 2001:db8:2::5|5432 40122/httpd/10',
      'udp - 192.0.2.9|30123 203.0.113.123|123 33400/ntpd/6',
      'unix - |* - 60112/syslogd/5',
    ]);
    const [one, two] = [0, 1].map(i => dump.table.socket(i));
    assert.deepEqual([one?.family, two?.family], ['ipv4', 'ipv6']);
    assert.equal(one?.handle, '0xffff800001a2c020');
    assert.equal(one.user, 'root');
  });

  it('reads rows without a header and without the address that is hidden', () => {
    const dump = readDump(
      '_tor     tor        15843   20* internet stream tcp 0x0 192.0.2.9:36174 --> 198.51.100.21:443\n' +
        'root     dhcpleased 81000    6* internet raw icmp 0x0\n' +
        'alice    my app      4000    7 internet dgram udp 0x0 *:514\n' +
        'root     ssh-agent   4001    3* unix stream 0xffff800000a11000 /tmp/agent\n' +
        'root     ssh-agent   4001    4* unix stream 0xffff800000a11000 <-> 0xffff800000a12000\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp - 192.0.2.9|36174 198.51.100.21|443 15843/tor/20',
      'icmp - |* - 81000/dhcpleased/6',
      'udp - *|514 - 4000/my app/7',
      'unix - /tmp/agent|* - 4001/ssh-agent/3',
      'unix - |* 0xffff800000a12000|* 4001/ssh-agent/4',
    ]);
    assert.equal(dump.table.socket(0).handle, null);
  });

  it('says where fields stand', () => {
    const fields = fieldsOf(readDump(SAMPLE), SAMPLE, 3);
    assert.ok(fields.includes('fd=9'));
    assert.ok(fields.includes('remote=198.51.100.7:50110'));
  });

  it('leaves files, and does not pass over sockets that it cannot read', () => {
    const file = 'root     sshd       70211 text /usr        12345  -r-xr-xr-x     r   512000\n';
    assert.equal(classesOf(readDump(`${SAMPLE}${file}`)), 'HSSSSSST');
    for (const broken of [
      ROW.replace(':50110', ':99110'),
      ROW.replace('<--', '<=='),
      ROW.replace(' tcp ', ' smtp '),
      `${ROW} more`,
    ]) {
      assert.equal(classesOf(readDump(`${ROW}\n${broken}\n`)), 'SU', broken);
    }
  });
});
