import { closeAll, hover, LEAK, open } from './documents';
import * as assert from './suite/assert';

describe('hover', () => {
  afterEach(closeAll);

  it('says who closed a connection in CLOSE_WAIT, and who has not', async () => {
    const { document } = await open(LEAK);
    const text = await hover(document, 3, 'CLOSE_WAIT');
    assert.match(text, /CLOSE-WAIT/);
    assert.match(text, /192\.0\.2\.7:51044/);
    assert.match(text, /orders/);
  });

  it('tells CLOSE_WAIT with unread data from one with only a FIN', async () => {
    const { document } = await open(LEAK);
    assert.ok(
      (await hover(document, 3, 'CLOSE_WAIT')) !== (await hover(document, 4, 'CLOSE_WAIT')),
      'two situations, one text',
    );
    assert.match(await hover(document, 4, 'CLOSE_WAIT'), /27/);
  });

  it('says nothing where there is nothing to say', async () => {
    const { document } = await open(`prose first\n${LEAK}`);
    assert.equal(await hover(document, 0, 'prose'), '');
  });
});
