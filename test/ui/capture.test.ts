import assert from 'node:assert/strict';

import { openVSCode, type VSCodeWindow } from '../harness/ui';
import { LeakingServer } from '../programs/leak';

describe('live capture', () => {
  let vscode: VSCodeWindow;
  let server: LeakingServer;

  before(async () => {
    vscode = await openVSCode();
  });
  beforeEach(async () => {
    server = await LeakingServer.start();
  });
  afterEach(async () => {
    await server.stop();
    await vscode.runCommand('View: Close All Editors');
  });
  after(() => vscode.close());

  const watchItem = () => vscode.page.locator('[id$="netstatLens.watch"]');

  it('is told from a capture that has ended when the window was loaded again', async () => {
    await vscode.runCommand('Netstat: Capture Sockets of This Machine');
    await vscode.waitForLanguage('Netstat');
    await vscode.page.locator('.view-line', { hasText: 'LISTEN' }).first().waitFor();
    const tabs = await vscode.tabs();
    // This one, not an earlier capture: else the window comes back as it was before.
    const [name = ''] = tabs.filter(tab => tab.startsWith('sockets-')).slice(-1);
    await vscode.written(`netstat-capture:/${name}`);
    await vscode.reload();
    await vscode.page.locator('.view-line', { hasText: 'This capture is gone.' }).waitFor();
    // VS Code may open something of the workspace beside it.
    assert.ok((await vscode.tabs()).includes(name), name);
    await vscode.screenshot('capture-ended');
  });

  it('watches a leak grow, in the editor, the status bar and the panel', async () => {
    await server.leak(60);
    await vscode.runCommand('Netstat: Watch Sockets…');
    const input = vscode.page.locator('.quick-input-widget:visible input.input');
    assert.equal(await input.inputValue(), '5');
    await input.fill('1');
    await vscode.page.keyboard.press('Enter');
    await vscode.waitForLanguage('Netstat');
    await watchItem()
      .filter({ hasText: /\d+ sockets, \d+ CLOSE_WAIT/ })
      .waitFor();

    await vscode.runCommand('Netstat: Analyze Sockets');
    const panel = await vscode.webview('.states');
    const group = panel.locator('.group', { hasText: String(server.pid) });
    await group.filter({ hasText: /60 of 61/ }).waitFor();
    await server.leak(5);
    await group.filter({ hasText: /65 of 66/ }).waitFor();
    await vscode.screenshot('watch');

    // The status bar stops it; what was captured stays.
    await watchItem().click();
    await vscode.pick('debug-stop');
    await watchItem().waitFor({ state: 'hidden' });
    await server.leak(1);
    await vscode.page.waitForTimeout(1500);
    assert.match(await group.innerText(), /65 of 66/);
  });
});
