import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { assertAllRead, briefly, classesOf, fieldsOf, sampleText } from '../../rows';

const SAMPLE = sampleText('cisco-nxos-sockets.netstat');
const FIRST = '[host]: tcp      ESTABLISHED  0         192.0.2.12(22)\n';
const SECOND = '                 management   52        198.51.100.3(50514)\n';

describe('Cisco NX-OS', () => {
  it('reads two lines for each socket', () => {
    const dump = readDump(SAMPLE);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp46 LISTEN *|22 *|* 0/0',
      'tcp LISTEN *|179 *|* 0/0',
      'tcp ESTABLISHED 192.0.2.12|179 192.0.2.1|41122 0/0',
      'tcp ESTABLISHED 192.0.2.12|22 198.51.100.3|50514 0/52',
      'udp6 - *|123 *|* 0/0',
      'udp - 127.0.0.1|130 *|* 0/0',
    ]);
    assert.equal(classesOf(readDump(FIRST + SECOND)), 'SC');
  });

  it('says where fields stand, in both lines', () => {
    const text = FIRST + SECOND;
    const dump = readDump(text);
    assert.ok(fieldsOf(dump, text, 0).includes('localPort=22'));
    assert.ok(fieldsOf(dump, text, 1).includes('sendQ=52'));
  });

  it('does not pass over what it cannot read', () => {
    const socket = FIRST + SECOND;
    assert.equal(classesOf(readDump(FIRST)), 'U');
    assert.equal(classesOf(readDump(FIRST + socket)), 'USC');
    assert.equal(
      classesOf(readDump(`${socket}${FIRST.replace('(22)', '(70000)')}${SECOND}`)),
      'SCUU',
    );
    assert.equal(classesOf(readDump(`${FIRST}${SECOND.replace('52', 'x')}`)), 'UU');
  });

  it('leaves other text alone', () => {
    assert.equal(classesOf(readDump('[host]: turned off\n[host]: tcp\n[1, 2]\n')), 'TTT');
  });
});
