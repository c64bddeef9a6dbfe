import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { openVSCode } from '../harness/ui';

const SCENE = path.join(
  import.meta.dirname,
  '../core/statistics/captures/01-accept-queue-overflow',
);

/** Two outputs of a machine, eight seconds apart. */
const TEXT = [
  'Mon Jan  5 10:00:00 UTC 2026',
  readFileSync(path.join(SCENE, 'before/netstat-s.txt'), 'utf8'),
  'Mon Jan  5 10:00:08 UTC 2026',
  readFileSync(path.join(SCENE, 'after/netstat-s.txt'), 'utf8'),
].join('\n');

const OVERFLOWS = 'times the listen queue of a socket overflowed';

describe('counters in the window', () => {
  it('are colored, explained and analyzed', async () => {
    const vscode = await openVSCode({
      files: { 'incident.log': TEXT },
      size: { width: 1500, height: 950 },
      settings: { 'editor.minimap.enabled': false, 'editor.hover.delay': 100 },
    });
    await vscode.waitForLanguage('Netstat');
    const line = TEXT.slice(0, TEXT.lastIndexOf(OVERFLOWS)).split('\n').length;
    await vscode.goToLine(line);
    // Lenses of lines that are out of view stay on the page, hidden.
    await vscode.page
      .locator('.codelens-decoration')
      .filter({ hasText: /\d+ worth a look/, visible: true })
      .first()
      .waitFor();
    // What the problem says is there first.
    const hover = await vscode.hover(line, 'overflowed');
    await hover.filter({ hasText: /TcpExtListenOverflows.{0,2}28/ }).waitFor();
    const said = (await hover.innerText()).replaceAll('\u00a0', ' ');
    assert.match(said, /\+28 in the 8 s since the snapshot before: 3\.5 per second/);
    await vscode.screenshot('counters-hover');
    await vscode.page.keyboard.press('Escape');

    await vscode.runCommand('Netstat: Analyze Sockets');
    const panel = await vscode.webview('main');
    await panel.getByText('met a full accept queue').first().waitFor();
    await panel.getByText('Counters worth a look').waitFor();
    await vscode.screenshot('counters-panel');
    await vscode.close();
  });
});
