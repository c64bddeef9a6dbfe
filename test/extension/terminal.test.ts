import * as vscode from 'vscode';

import { closeAll, told } from './documents';
import * as assert from './suite/assert';

describe('terminals', () => {
  // Loads what has the pages.
  before(() => vscode.commands.executeCommand('netstatLens.revealLines', '', []));
  after(closeAll);

  it('are asked for where none is open', async () => {
    assert.equal(vscode.window.activeTerminal, undefined);
    for (const command of ['netstatLens.analyzeTerminal', 'netstatLens.analyzeTerminalSelection']) {
      assert.match(await told(command), /Open a terminal/, command);
    }
  });

  it('need shell integration before what they printed is known', async () => {
    assert.match(await told('netstatLens.analyzeTerminalCommand'), /shell integration/);
  });

  it('are not read where the setting says so', async () => {
    const settings = vscode.workspace.getConfiguration('netstatLens');
    await settings.update('terminal', 'off', vscode.ConfigurationTarget.Workspace);
    try {
      assert.match(
        await told('netstatLens.analyzeTerminalCommand'),
        /netstatLens\.terminal is off/,
      );
    } finally {
      await settings.update('terminal', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('link to a page that explains a row, which its address holds', async () => {
    const row =
      'tcp 433 0 10.20.0.1:8080 10.20.0.2:33260 CLOSE_WAIT 21476/leaky-server <b>&?#%25"\'`';
    const uri = vscode.Uri.from({ scheme: 'netstat-lens-row', path: '/CLOSE_WAIT.md', query: row });
    const page = await vscode.workspace.openTextDocument(uri);
    assert.match(page.getText().replaceAll('\\', ''), /10\.20\.0\.2:33260 closed this connection/);
    const other = await vscode.workspace.openTextDocument(uri.with({ query: 'no row' }));
    assert.equal(other.getText(), '');
  });
});
