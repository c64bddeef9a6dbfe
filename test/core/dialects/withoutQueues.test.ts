import { strict as assert } from 'node:assert';
import { readDump } from '../../../src/core/reading/reader';
import { assertAllRead, briefly, sampleText } from '../rows';

describe('netstat without its queues', () => {
  it('reads what is left, and names no system', () => {
    const dump = readDump(sampleText('netstat-without-queues.netstat'));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp LISTEN 0.0.0.0|22 0.0.0.0|* 812/sshd',
      'tcp ESTABLISHED 192.0.2.10|22 198.51.100.4|50000 2311/sshd:',
      'tcp CLOSE-WAIT 192.0.2.10|40000 198.51.100.7|443 4321/java',
      'tcp6 TIME-WAIT 2001:db8::10|40002 2001:db8::7|443 ?',
    ]);
    const [snapshot] = dump.snapshots;
    assert.equal(snapshot?.system, null);
    assert.deepEqual(
      snapshot.dialects.map(({ id }) => id),
      ['without-queues'],
    );
  });
});
