import * as vscode from 'vscode';

import { closeAll, LEAK, open } from './documents';
import * as assert from './suite/assert';

describe('detection', () => {
  before(() => vscode.extensions.getExtension('netstat-lens.netstat-lens')?.activate());
  afterEach(closeAll);

  it('switches an untitled document that is a dump', async () => {
    const { document } = await open(LEAK, 'plaintext');
    await assert.eventually(() => document.languageId === 'netstat', 'the language netstat');
  });

  it('switches an untitled document into which a dump is pasted', async () => {
    const editor = await open('', 'plaintext');
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), LEAK));
    await assert.eventually(() => editor.document.languageId === 'netstat', 'the language netstat');
  });

  it('knows a pasted terminal with its prompt', async () => {
    const { document } = await open(`$ netstat -tanp\n${LEAK}$ `, 'shellscript');
    await assert.eventually(() => document.languageId === 'netstat', 'the language netstat');
  });

  it('knows a Windows dump, which begins with an empty line', async () => {
    const { document } = await open(
      '\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n' +
        '  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r\n' +
        '  UDP    0.0.0.0:500            *:*                                    3168\r\n',
      'plaintext',
    );
    await assert.eventually(() => document.languageId === 'netstat', 'the language netstat');
  });

  it('leaves prose about sockets alone', async () => {
    const { document } = await open(
      'We saw tcp connections in CLOSE_WAIT on 192.0.2.1:80.\nThen it was fine.\n'.repeat(20),
      'plaintext',
    );
    // Documents are looked at one after the other.
    const { document: later } = await open(LEAK, 'plaintext');
    await assert.eventually(() => later.languageId === 'netstat', 'the language netstat');
    assert.equal(document.languageId, 'plaintext');
  });
});
