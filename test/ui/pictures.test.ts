import assert from 'node:assert/strict';

import { accessibilityProblems, openVSCode, themes, type VSCodeWindow } from '../harness/ui';

const SAMPLE = 'samples/linux-netstat-close-wait.netstat';
/** A line of the sample with a CLOSE_WAIT that has unread data. */
const LEAKED = 18;

/*
 * The main job as a user does it, in every theme. The pictures are looked at by people, and those
 * of the README are taken from them (npm run pictures).
 */
describe('a dump', () => {
  let vscode: VSCodeWindow;
  before(async () => {
    vscode = await openVSCode({
      file: SAMPLE,
      size: { width: 1500, height: 950 },
      settings: { 'editor.minimap.enabled': false, 'editor.hover.delay': 100 },
    });
  });
  after(() => vscode.close());

  for (const theme of themes) {
    it(`is coloured, explained and analysed in the theme ${theme}`, async () => {
      await vscode.setTheme(theme);
      await vscode.waitForLanguage('Netstat');
      // The lens moves the lines down when it comes.
      await vscode.page.getByText('49 CLOSE_WAIT in orders-api').waitFor();
      await vscode.screenshot(`editor-${theme}`);

      const hover = await vscode.hoverText(LEAKED, 'CLOSE_WAIT');
      assert.match(hover, /orders-api \(4321\)/);
      assert.match(hover, /has not/);
      await vscode.screenshot(`hover-${theme}`);
      await vscode.page.keyboard.press('Escape');

      await vscode.runCommand('Netstat: Analyze Sockets');
      const panel = await vscode.webview('main');
      await panel.getByText('orders-api').first().waitFor();
      await panel.evaluate(() => document.fonts.ready);
      await vscode.page.mouse.move(700, 948);
      await vscode.screenshot(`panel-${theme}`);
      assert.deepEqual(await accessibilityProblems(panel), []);
      await vscode.closeEditor();
    });
  }
});
