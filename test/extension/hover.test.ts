import * as vscode from 'vscode';

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

  it('says what a counter counts, by how much it moved, and what an error stands for', async () => {
    const at = (time: string, n: number): string =>
      `2026-11-29T${time}Z\nTcpExt:\n    ${n} times the listen queue of a socket overflowed\n`;
    const { document } = await open(
      `${at('10:00:00', 4)}${at('10:00:08', 32)}java.net.SocketException: Connection reset\n`,
    );
    const text = await hover(document, 5, 'queue');
    assert.match(text, /TcpExtListenOverflows\W.{0,9} 32: /);
    assert.match(text, /\+28 in the 8 s since the snapshot before: 3\.5 per second/);
    assert.match(await hover(document, 4, 'TcpExt'), /beyond the standard/);
    assert.match(await hover(document, 6, 'reset'), /ECONNRESET/);
    assert.equal(await hover(document, 6, 'java'), '');
  });

  it('says nothing where there is nothing to say', async () => {
    const { document } = await open(`prose first\n${LEAK}`);
    assert.equal(await hover(document, 0, 'prose'), '');
  });

  it('says which finding a row is part of, and how to check it', async () => {
    const { document } = await open(LEAK);
    const text = await hover(document, 3, 'CLOSE_WAIT');
    assert.match(
      text,
      /\n\nPart of: \[orders-api \(4321\) [^\n]*\]\(command:netstatLens\.showFinding\?/,
    );
    const copy =
      /\n\nCheck: <code>(.*)<\/code> \[Copy\]\(command:netstatLens\.copyCheck\?(.*)\)\n/.exec(text);
    assert.ok(copy, text);
    await vscode.commands.executeCommand(
      'netstatLens.copyCheck',
      ...(JSON.parse(decodeURIComponent(copy[2] ?? '')) as unknown[]),
    );
    assert.equal(await vscode.env.clipboard.readText(), copy[1]);
  });

  it('says it on no row without a finding, and not in the blocks of Markdown', async () => {
    const { document } = await open(LEAK);
    assert.ok(!(await hover(document, 5, 'ESTABLISHED')).includes('Part of'), 'a healthy row');
    const note = await open(`\`\`\`\n${LEAK}\`\`\`\n`, 'markdown');
    const text = await hover(note.document, 4, 'CLOSE_WAIT');
    assert.match(text, /has not\./);
    assert.ok(!text.includes('Part of'), text);
  });

  it('says it of a large dump as soon as that is analyzed', async () => {
    const rows = Array.from(
      { length: 21_000 },
      (_, i) =>
        `tcp        0      0 192.0.2.1:9443          198.51.100.${i % 250}:${10_000 + i}      ESTABLISHED 4321/orders-api\n`,
    );
    const { document } = await open(LEAK + rows.join(''));
    assert.match(await hover(document, 3, 'CLOSE_WAIT'), /has not\./);
    await assert.eventually(
      async () => (await hover(document, 3, 'CLOSE_WAIT')).includes('Part of'),
      'the finding',
    );
  });
});
