import * as vscode from 'vscode';

import { closeAll, LEAK, open } from './documents';
import * as assert from './suite/assert';

describe('Report Unrecognized Lines', () => {
  afterEach(closeAll);

  it('opens a redacted sample with the versions', async () => {
    const odd = 'tcp        0   oops  8.8.4.4:9443          9.9.9.9:1     WAITING';
    await open(`${LEAK}${odd}\n`);
    await vscode.commands.executeCommand('netstatLens.reportUnrecognised');
    const document = await assert.eventually(() => {
      const active = vscode.window.activeTextEditor?.document;
      return active?.languageId === 'markdown' && active;
    }, 'the report');
    const text = document.getText();
    assert.ok(text.includes('oops') && text.includes('orders-api'), text);
    assert.ok(!text.includes('8.8.4.4') && !text.includes('9.9.9.9'), text);
    assert.ok(text.includes(vscode.version), text);
  });

  it('opens nothing where everything was read', async () => {
    const { document } = await open(LEAK);
    await vscode.commands.executeCommand('netstatLens.reportUnrecognised');
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });
});
