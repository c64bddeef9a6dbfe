import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Frame } from 'playwright-core';

import { openVSCode, type VSCodeWindow } from '../harness/ui';

const HEADER = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name
tcp 0 0 0.0.0.0:9443 0.0.0.0:* LISTEN 4321/orders-api
`;

function leaks(count: number): string {
  return Array.from(
    { length: count },
    (_, i) => `tcp 28 0 192.0.2.1:9443 192.0.2.7:${20_000 + i} CLOSE_WAIT 4321/orders-api\n`,
  ).join('');
}

const SAMPLE = 'linux-netstat-close-wait.netstat';
const FILES = {
  'app.netstat': HEADER + leaks(12),
  'busy.netstat': HEADER + leaks(3000),
  'copied.netstat': `${HEADER}tcp 28 0 198.18.7.7:9443 198.18.9.9:51044 CLOSE_WAIT 4321/orders-api\n`,
};

describe('the panel of Analyze Sockets', () => {
  let vscode: VSCodeWindow;
  let panel: Frame;

  before(async () => {
    // A file that the window's address names would be opened in place of what was open before.
    vscode = await openVSCode({
      copy: [`samples/${SAMPLE}`],
      settings: { 'files.autoSave': 'off' },
    });
    await Promise.all(
      Object.entries(FILES).map(([name, text]) =>
        writeFile(path.join(vscode.workspace, name), text),
      ),
    );
  });
  after(() => vscode.close());
  afterEach(() => vscode.runCommand('View: Close All Editors'));

  async function analyze(name: string): Promise<void> {
    await vscode.openFile(name);
    await vscode.runCommand('Netstat: Analyze Sockets');
    panel = await vscode.webview('.states');
  }

  /** Waits until the editor's cursor is in a line. */
  const inLine = (line: number): Promise<void> =>
    vscode.page
      .locator('.monaco-editor .active-line-number', { hasText: new RegExp(`^${line}$`) })
      .waitFor();
  const closeWaitBar = () => panel.locator('.state-part.suspicious');

  it('comes back after a reload as it was', async () => {
    await analyze(SAMPLE);
    const bars = await panel.locator('.states').innerText();
    await panel.locator('.group-head').first().click();
    await panel.getByRole('textbox', { name: 'Filter' }).fill('state:close-wait recvq>0');
    const result = panel.locator('#filter-result', { hasText: / of / });
    await result.waitFor();
    const found = await result.innerText();
    await vscode.written('state:close-wait recvq>0');

    await vscode.reload();
    panel = await vscode.webview('.states');
    assert.equal(await panel.locator('.states').innerText(), bars);
    assert.equal(await panel.locator('.group-head').first().getAttribute('aria-expanded'), 'true');
    await panel.locator('#filter-result', { hasText: found }).waitFor();
  });

  it('marks lines where they are too many to select, and leads through them', async () => {
    await analyze('busy.netstat');
    await closeWaitBar().click();
    await panel.getByText('Line 1 of 3,000').waitFor();
    await vscode.page.locator('.monaco-editor .cdr[class*="ced-"]').first().waitFor();
    await panel.getByRole('button', { name: 'Previous line' }).click();
    await panel.getByText('Line 3,000 of 3,000').waitFor();
    await inLine(3003);
    await vscode.runCommand('Netstat: Go to Next Highlighted Socket');
    await panel.getByText('Line 1 of 3,000').waitFor();
    await inLine(4);
    await panel.getByRole('button', { name: 'Dismiss' }).click();
    await panel.locator('.reveal-bar').waitFor({ state: 'detached' });
    await vscode.page
      .locator('.monaco-editor .cdr[class*="ced-"]')
      .first()
      .waitFor({ state: 'detached' });
  });

  it('copies the sockets as CSV, and redacted where asked', async () => {
    await analyze('copied.netstat');
    const copy = async (...entries: string[]): Promise<string> => {
      const before = await vscode.clipboard();
      await panel.getByRole('button', { name: 'Copy', exact: true }).click();
      for (const entry of entries) {
        await panel.getByText(entry).click();
      }
      await vscode.until(async () => (await vscode.clipboard()) !== before, 'the copy');
      return vscode.clipboard();
    };
    const plain = await copy('CSV (the sockets in the table)');
    assert.match(plain, /^source,snapshot,time,line/);
    assert.match(
      plain,
      /copied\.netstat,1,,4,tcp,ipv4,CLOSE-WAIT,198\.18\.7\.7,9443,198\.18\.9\.9,51044,28,/,
    );

    const redacted = await copy('Redact addresses and host names', 'Markdown (for a ticket)');
    assert.match(redacted, /orders.?-api/);
    assert.ok(!/198.{0,2}18.{0,2}9.{0,2}9/.test(redacted), redacted);
  });

  it('leads to the lines and back, and follows edits', async () => {
    await analyze('app.netstat');
    assert.match(await closeWaitBar().innerText(), /12\s*CLOSE_WAIT/);
    assert.match(await panel.locator('.group').innerText(), /orders-api\s*4321\s*12 of 13/);
    assert.deepEqual(await vscode.tabs(), ['app.netstat', 'Analysis of app.netstat']);

    // A bar selects its lines
    await closeWaitBar().click();
    await panel.getByText('Line 1 of 12').waitFor();
    await panel.getByText('12 selected in the editor').waitFor();
    assert.equal(await vscode.page.locator('.monaco-editor .cursor').count(), 12);

    // A row of a group selects its line, and the row is marked in return
    await panel.locator('.group-head').click();
    await panel.locator('.socket').nth(2).click();
    await panel.getByText('1 selected in the editor').waitFor();
    await inLine(6);
    assert.equal(await panel.locator('.socket.in-editor').count(), 1);
    assert.equal(await panel.locator('[role=grid] .in-editor').count(), 1);

    // A row of the table, by keyboard, takes the editor to its line
    await panel.locator('[data-cell="0 0"]').focus();
    await vscode.page.keyboard.press('ArrowDown');
    await vscode.page.keyboard.press('Enter');
    await inLine(4);

    // The editor has the keyboard now: one socket less
    await vscode.goToLine(4);
    await vscode.page.keyboard.press('Control+Shift+K');
    await panel.locator('.state-part.suspicious', { hasText: '11' }).waitFor();
    assert.equal(await panel.locator('.group-head').getAttribute('aria-expanded'), 'true');
    await panel.getByText('12 sockets').first().waitFor();
    await vscode.runCommand('File: Revert File');
    await closeWaitBar().filter({ hasText: '12' }).waitFor();
  });
});
