import * as vscode from 'vscode';

import { closeAll, hover, LEAK, open } from './documents';
import * as assert from './suite/assert';

describe('activation', () => {
  after(closeAll);

  it('activates the extension', async () => {
    const extension = vscode.extensions.getExtension('netstat-lens.netstat-lens');
    assert.ok(extension, 'the extension is not installed');
    await extension.activate();
    assert.ok(extension.isActive, 'the extension is not active');
  });

  it('answers a hover at once, while the parts that it needs are loaded', async () => {
    const { document } = await open(LEAK);
    assert.match(await hover(document, 3, 'CLOSE_WAIT'), /192\.0\.2\.7:51044/);
  });

  it('has every command of the manifest, before and after its part is loaded', async () => {
    const { contributes } = vscode.extensions.getExtension('netstat-lens.netstat-lens')!
      .packageJSON as { contributes: { commands: { command: string }[] } };
    const names = contributes.commands.map(({ command }) => command);
    assert.ok(names.length > 10);
    const missing = async (): Promise<string[]> => {
      const there = new Set(await vscode.commands.getCommands(true));
      return names.filter(name => !there.has(name));
    };
    assert.deepEqual(await missing(), []);
    await open(LEAK);
    await vscode.commands.executeCommand('netstatLens.revealLines', '', []);
    assert.deepEqual(await missing(), []);
  });
});
