import assert from 'node:assert/strict';

import type { Frame } from 'playwright-core';

import { openVSCode, type VSCodeWindow } from '../harness/ui';

const ROWS = 60_000;

const BIG =
  'Active Internet connections (servers and established)\n' +
  'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n' +
  'tcp 0 0 0.0.0.0:9443 0.0.0.0:* LISTEN 4321/orders-api\n' +
  Array.from(
    { length: ROWS },
    (_, i) =>
      `tcp ${i % 2} 0 192.0.2.1:9443 198.51.${i >> 16}.${(i >> 8) & 255}:${1024 + (i & 255)} ${
        i % 1000 === 0 ? 'CLOSE_WAIT ' : 'ESTABLISHED'
      } 4321/orders-api\n`,
  ).join('');
const LEAKED = Math.ceil(ROWS / 1000);

describe('a large document', () => {
  let vscode: VSCodeWindow;
  let panel: Frame;

  afterEach(() => vscode.close());

  it('is explained, and followed by its panel', async () => {
    vscode = await openVSCode({
      files: { 'big.netstat': BIG },
      // Wide enough for a row beside the panel: what is typed would scroll the editor sideways.
      size: { width: 1900, height: 950 },
    });
    await vscode.editorReady();
    assert.match(await vscode.hoverText(4, 'CLOSE_WAIT'), /has not/);
    await vscode.runCommand('Netstat: Analyze Sockets');
    panel = await vscode.webview('.states');
    const closeWait = (count: number): Promise<void> =>
      panel.locator('.state-part.suspicious', { hasText: String(count) }).waitFor();
    await closeWait(LEAKED);

    // One socket less in the middle, then one more at the end
    await vscode.page.locator('.monaco-editor .view-line').first().click();
    await vscode.goToLine(4 + 10_000);
    await vscode.page.keyboard.press('Control+Shift+K');
    await closeWait(LEAKED - 1);
    await vscode.page.keyboard.press('Control+End');
    await vscode.page.keyboard.type(
      'tcp 1 0 192.0.2.1:9443 198.51.100.1:7 CLOSE_WAIT 4321/orders-api\n',
    );
    await closeWait(LEAKED);
    await vscode.screenshot('large-document');
    assert.match(await vscode.hoverText(ROWS + 3, '198.51.100.1'), /198\.51\.100\.1/);
  });
});
