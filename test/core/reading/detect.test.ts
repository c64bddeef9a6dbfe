import { strict as assert } from 'node:assert';
import { isDump } from '../../../src/core/reading/detect';

const HEADER = 'Proto Recv-Q Send-Q Local Address           Foreign Address         State\n';
const ROW = 'tcp        0      0 192.0.2.10:22  198.51.100.4:50000  ESTABLISHED\n';

describe('telling dumps from other documents', () => {
  it('asks for a header and two rows, or five rows', () => {
    assert.ok(isDump(HEADER + ROW + ROW));
    assert.ok(!isDump(HEADER + ROW));
    assert.ok(isDump(ROW.repeat(5)));
    assert.ok(!isDump(ROW.repeat(4)));
    assert.ok(!isDump(''));
  });

  it('leaves a text alone of which a dump is the lesser part', () => {
    assert.ok(!isDump(HEADER + ROW + ROW + 'prose and more of it\n'.repeat(9)));
  });

  it('looks at the head only', () => {
    assert.ok(!isDump('\n'.repeat(200) + HEADER + ROW + ROW));
    assert.ok(isDump(HEADER + ROW + ROW + '\n'.repeat(200) + 'prose\n'.repeat(200)));
  });

  it('knows formats that print a socket on several lines', () => {
    assert.ok(isDump('p7\ncapi\nf3\nPTCP\nn*:80\nTST=LISTEN\nf4\nPTCP\nn*:81\nTST=LISTEN\n'));
    const block = 'LocalAddress  : ::\nLocalPort     : 443\nState         : Listen\n\n';
    assert.ok(isDump(block.repeat(5)));
    assert.ok(!isDump(block.repeat(4)));
  });
});
