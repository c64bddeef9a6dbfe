import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { openVSCode, type VSCodeWindow } from '../harness/ui';

const DUMP = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address       Foreign Address         State       PID/Program name
tcp        0      0 8.8.4.4:9443        0.0.0.0:*               LISTEN      4321/orders-api
tcp        1      0 8.8.4.4:9443        db.corp.example:51044   CLOSE_WAIT  4321/orders-api
tcp       28      0 8.8.4.4:9443        db.corp.example:51046   CLOSE_WAIT  4321/orders-api
`;

/** What test/programs/tool-caller writes down. */
interface Report {
  readonly isTrusted: boolean;
  readonly setByWorkspace?: boolean;
  readonly answers: readonly string[];
}

describe('a workspace that somebody else made', () => {
  let vscode: VSCodeWindow;

  before(async () => {
    vscode = await openVSCode({
      files: { 'dump.netstat': DUMP },
      settings: { 'netstatLens.tools.redactAddresses': false },
      extension: 'packaged',
      helper: 'test/programs/tool-caller',
      restricted: true,
    });
    await vscode.waitForLanguage('Netstat');
  });
  after(() => vscode.close());

  let calls = 0;

  /** Calls the tools as a language model would. */
  async function callTools(): Promise<Report> {
    await vscode.runCommand('Test: Call Tools');
    await vscode.page.getByText(`Calls: ${++calls}`, { exact: true }).waitFor();
    const report = await readFile(path.join(vscode.workspace, 'answers.json'), 'utf8');
    return JSON.parse(report) as Report;
  }

  function assertNothingGivenAway({ setByWorkspace, answers }: Report): void {
    assert.equal(setByWorkspace, false, 'VS Code has not dropped what the workspace sets');
    assert.equal(answers.length, 2);
    for (const answer of answers) {
      assert.match(answer, /orders-api/);
      assert.doesNotMatch(answer, /8\.8\.4\.4|corp/);
    }
  }

  it('cannot have addresses given to language models in Restricted Mode', async () => {
    const report = await callTools();
    assert.equal(report.isTrusted, false);
    assertNothingGivenAway(report);
  });

  it('has nothing captured in Restricted Mode', async () => {
    const tabs = await vscode.tabs();
    const refusal = vscode.page
      .locator('.notifications-center .notification-list-item-message')
      .filter({ hasText: 'Restricted Mode does not allow' });
    for (const command of ['Capture Sockets of This Machine', 'Watch Sockets…']) {
      await vscode.runCommand(`Netstat: ${command}`);
      await vscode.runCommand('Notifications: Show Notifications');
      await refusal.waitFor();
      assert.deepEqual(await vscode.tabs(), tabs);
      await vscode.runCommand('Notifications: Clear All Notifications');
      await refusal.waitFor({ state: 'hidden' });
    }
  });

  it('cannot have addresses given to language models when it is trusted', async () => {
    await vscode.runCommand('Workspaces: Manage Workspace Trust');
    await vscode.page
      .locator('.workspace-trust-editor')
      .getByText('Trust', { exact: true })
      .click();
    await vscode.page.locator('[id="status.workspaceTrust"]').waitFor({ state: 'hidden' });
    await vscode.openFile('dump.netstat');
    const report = await callTools();
    assert.equal(report.isTrusted, true);
    assertNothingGivenAway(report);
  });

  it('is analyzed by the packaged extension', async () => {
    await vscode.runCommand('Netstat: Analyze Sockets');
    const panel = await vscode.webview('main');
    await panel.getByText('orders-api').first().waitFor();
  });
});
