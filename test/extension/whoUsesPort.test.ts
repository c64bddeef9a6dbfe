import * as vscode from 'vscode';

import { closeAll } from './documents';
import * as assert from './suite/assert';

/** Node's process, where there is one: a web worker reaches no machine. */
const hasNode = typeof process !== 'undefined';

function answers(): string[] {
  return vscode.workspace.textDocuments
    .filter(({ uri }) => uri.scheme === 'netstat-lens-port')
    .map(document => document.getText());
}

describe('Who Uses Port…?', () => {
  afterEach(closeAll);

  it('shows what uses a port, with the command that tells more', async function () {
    if (!hasNode) this.skip();
    await vscode.commands.executeCommand('netstatLens.whoUsesPort', '1/tcp');
    const text = await assert.eventually(
      () => answers().find(one => one.includes('TCP port 1')),
      'the answer',
    );
    assert.match(text, /No socket listed here has this local port/);
    assert.match(text, /Check/);
  });

  it('shows nothing for what is no port', async () => {
    const before = answers().length;
    await vscode.commands.executeCommand('netstatLens.whoUsesPort', '65536');
    assert.equal(answers().length, before);
  });
});
