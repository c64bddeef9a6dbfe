import * as vscode from 'vscode';

import { closeAll, LEAK, open } from './documents';
import * as assert from './suite/assert';

describe('Copy Report', () => {
  afterEach(closeAll);

  const copied = async (command: string): Promise<string> => {
    await vscode.env.clipboard.writeText('before');
    await vscode.commands.executeCommand(command);
    return vscode.env.clipboard.readText();
  };

  it('puts the findings of the active dump into the clipboard, as Markdown', async () => {
    await open(LEAK);
    const text = await copied('netstatLens.copyReport');
    assert.match(text, /^#{1,3} /m);
    assert.match(text, /\*\*Proof:\*\* .*Lines 4–5/);
  });

  it('replaces addresses where that is asked for', async () => {
    await open(LEAK.replaceAll('192.0.2.7:', '8.8.4.4:'));
    const whole = await copied('netstatLens.copyReport');
    assert.ok(whole.includes('8.8.4.4'), whole);
    const redacted = await copied('netstatLens.copyRedactedReport');
    assert.ok(redacted.includes('Lines 4–5') && !redacted.includes('8.8.4.4'), redacted);
  });

  it('leaves the clipboard alone where there is no dump', async () => {
    await open('just text', 'netstat');
    assert.equal(await copied('netstatLens.copyReport'), 'before');
  });
});
