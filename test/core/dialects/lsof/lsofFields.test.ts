import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { assertAllRead, briefly, classesOf, fieldsOf } from '../../rows';

const TWO_PROCESSES = `p101
g100
R1
cnode\\x20app
u1000
Lalice
fcwd
a 
l 
tDIR
D0x802
i131
n/home/alice
f21
au
l 
tIPv4
G0x2;0x0
d40001
o0t0
PTCP
n192.0.2.10:8080->198.51.100.7:50123
TST=CLOSE_WAIT
TQR=7
TQS=512
f22
tIPv6
d40002
PTCP
n[2001:db8::1]:8080
TST=LISTEN
p102
csshd
f5
tunix
d0xffff888012345678
i40010
n/run/x.sock type=STREAM (CONNECTED)
p103
cinit
fcwd
tDIR
n/
`;

describe('lsof -F', () => {
  it('reads file sets that are sockets, with the fields of their process', () => {
    const dump = readDump(TWO_PROCESSES);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP CLOSE-WAIT 192.0.2.10|8080 198.51.100.7|50123 7/512 101/node app/21',
      'TCP LISTEN 2001:db8::1|8080 - 101/node app/22',
      'unix "CONNECTED" /run/x.sock|* - 102/sshd/5',
    ]);
    const [first, second, third] = [0, 1, 2].map(i => dump.table.socket(i));
    assert.equal(first?.user, 'alice');
    assert.equal(first.inode, 40001);
    assert.equal(second?.family, 'ipv6');
    assert.equal(third?.handle, '0xffff888012345678');
    assert.deepEqual(
      dump.snapshots.map(s => s.dialects.map(d => d.id)),
      [['lsof-fields']],
    );
  });

  it('gives every line a class: the set of a process, a socket and what goes on, other files', () => {
    const dump = readDump(TWO_PROCESSES);
    assert.equal(classesOf(dump), 'HHHHHHTTTTTTTSCCCCCCCCCCCSCCCCCHHSCCCCTTTTT');
  });

  it('knows where fields stand', () => {
    const dump = readDump(TWO_PROCESSES);
    const at = (text: string): string[] =>
      fieldsOf(dump, TWO_PROCESSES, TWO_PROCESSES.split('\n').indexOf(text));
    assert.deepEqual(at('f21'), ['fd=21']);
    assert.deepEqual(at('PTCP'), ['protocol=TCP']);
    assert.deepEqual(at('TST=CLOSE_WAIT'), ['state=CLOSE_WAIT']);
    assert.deepEqual(at('TQS=512'), ['sendQ=512']);
    assert.deepEqual(at('n[2001:db8::1]:8080'), [
      'local=[2001:db8::1]:8080',
      'localAddress=2001:db8::1',
      'localPort=8080',
    ]);
    assert.deepEqual(at('n/home/alice'), []);
  });

  it('reads -F0, a set per line', () => {
    const text =
      'p101\0cnode\0Lalice\0\nf21\0au\0l \0tIPv4\0d40001\0PTCP\0n192.0.2.10:80\0TST=LISTEN\0\nf22\0tREG\0n/x\0\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), ['TCP LISTEN 192.0.2.10|80 - 101/node/21']);
    assert.equal(classesOf(dump), 'HST');
  });

  it('reads few fields, in any order, and sets without f', () => {
    assert.deepEqual(briefly(readDump('p7\nf3\nn*:5353\nPUDP\n')), ['UDP - *|5353 - 7//3']);
    assert.deepEqual(briefly(readDump('p7\ncapi\nPTCP\nn*:80\nTST=LISTEN\nPTCP\nn*:81\n')), [
      'TCP LISTEN *|80 - 7/api',
      'TCP - *|81 - 7/api',
    ]);
    assert.deepEqual(briefly(readDump('p7\ncapi\nf1\nn*:80\n')), []);
  });

  it('ends where another tool begins', () => {
    const dump = readDump(
      'p7\ncapi\nf3\nPUDP\nn*:5353\n' +
        'tcp        0      0 192.0.2.10:22  198.51.100.4:50000  ESTABLISHED\n' +
        'p8 of the report\np9\n',
    );
    assertAllRead(dump);
    assert.equal(dump.lines.text, 2);
    assert.deepEqual(briefly(dump), [
      'UDP - *|5353 - 7/api/3',
      'tcp ESTABLISHED 192.0.2.10|22 198.51.100.4|50000 0/0',
    ]);
  });

  it('accounts for every line of a text that is cut anywhere', () => {
    for (let length = 0; length <= TWO_PROCESSES.length; length++) {
      assertAllRead(readDump(TWO_PROCESSES.slice(0, length)));
    }
  });
});
