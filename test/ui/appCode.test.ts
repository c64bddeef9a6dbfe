import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Server } from 'node:net';

import { openVSCode, type VSCodeWindow } from '../harness/ui';

const LEAK =
  'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n' +
  Array.from(
    { length: 60 },
    (_, i) => `tcp 1 0 192.0.2.1:8080 192.0.2.7:${50_000 + i} CLOSE_WAIT 4321/java\n`,
  ).join('');
const COMPOSE = 'services:\n  orders:\n    ports:\n      - "8080:80"\n';
const SOURCE = 'class Leak {\n  void serve() {\n    var socket = server.accept();\n  }\n}\n';

describe('on to the code', () => {
  let vscode: VSCodeWindow;
  let server: Server;
  before(async () => {
    server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    vscode = await openVSCode({
      files: {
        'leak.netstat': LEAK,
        'docker-compose.yml': COMPOSE,
        'src/Leak.java': SOURCE,
        'src/leak.go': SOURCE,
      },
    });
  });
  after(async () => {
    server.close();
    await vscode.close();
  });

  it('leads from a port to the compose file of the workspace', async () => {
    await vscode.waitForLanguage('Netstat');
    // The first hover reads the files; where they take long, the next one has them.
    await vscode.until(
      async () =>
        (await vscode.hoverText(2, '8080')).includes('In this workspace: docker-compose.yml:4'),
      'the compose file',
    );
    await vscode.screenshot('workspace-port');
  });

  it('finds the code of a leak', async () => {
    await vscode.waitForLanguage('Netstat');
    // What the finding leads to comes with the analysis.
    await vscode.until(
      async () => (await vscode.hoverText(2, 'CLOSE_WAIT')).includes('Find in Workspace'),
      'the search of a finding',
    );
    const hover = await vscode.hover(2, 'CLOSE_WAIT');
    await hover.getByText('Find in Workspace').click();
    const results = vscode.page.locator('.search-view .results');
    await results.locator('.monaco-list-row', { hasText: 'server.accept()' }).first().waitFor();
    const text = await results.innerText();
    assert.match(text, /Leak\.java/);
    assert.doesNotMatch(text, /leak\.go/);
    await vscode.screenshot('find-in-workspace');
  });

  it('says who uses a port of this machine', async () => {
    const { port } = server.address() as AddressInfo;
    await vscode.waitForLanguage('Netstat');
    await vscode.runCommand('Netstat: Who Uses Port');
    const input = vscode.page.locator('.quick-input-widget:visible input.input');
    await input.fill('65536');
    await vscode.page.getByText('A number from 1 to 65535').waitFor();
    await input.fill(String(port));
    await vscode.page.keyboard.press('Enter');
    const page = await vscode.webview('.markdown-body, .vscode-body');
    await page.getByText(`listens on 127.0.0.1:${port}`).waitFor();
    await vscode.screenshot('who-uses-port');
  });
});
