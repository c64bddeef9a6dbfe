import * as vscode from 'vscode';

import * as assert from './suite/assert';

describe('activation', () => {
  it('activates the extension', async () => {
    const extension = vscode.extensions.getExtension('netstat-lens.netstat-lens');
    assert.ok(extension, 'the extension is not installed');
    await extension.activate();
    assert.ok(extension.isActive, 'the extension is not active');
  });

  it('registers the command that analyses a dump', async () => {
    const commands = await vscode.commands.getCommands(true);
    assert.ok(commands.includes('netstatLens.analyze'), 'netstatLens.analyze is not registered');
  });
});
