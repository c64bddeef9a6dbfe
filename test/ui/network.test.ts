import assert from 'node:assert/strict';

import { openVSCode, type VSCodeWindow } from '../harness/ui';

const DUMP = `Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 0.0.0.0:9443            0.0.0.0:*               LISTEN      4321/orders-api
tcp       28      0 192.0.2.1:9443          192.0.2.7:51044         CLOSE_WAIT  4321/orders-api
tcp        1      0 192.0.2.1:9443          www.example.org:51046   CLOSE_WAIT  4321/![x](https://example.org/x.png)
`;

/**
 * Whether a request stays on this machine. The page's own files have an address of VS Code's that
 * its service worker answers; and VS Code itself asks its gallery for news of extensions.
 */
function isLocal(url: string): boolean {
  const { protocol, hostname, pathname } = new URL(url);
  return (
    !/^(?:https?|wss?):$/.test(protocol) ||
    /^(?:127\.0\.0\.1|localhost)$/.test(hostname) ||
    /^vscode-remote\+127-.+\.vscode-resource\.vscode-cdn\.net$/.test(hostname) ||
    pathname.endsWith('/gallery/extensionquery')
  );
}

describe('the network', () => {
  let vscode: VSCodeWindow;
  const asked: string[] = [];

  before(async () => {
    // In the web worker host the extension's own requests are the browser's.
    vscode = await openVSCode({ files: { 'server.netstat': DUMP }, host: 'web' });
    const context = vscode.page.context();
    context.on('request', request => asked.push(request.url()));
    context.on('page', page => page.on('websocket', socket => asked.push(socket.url())));
    vscode.page.on('websocket', socket => asked.push(socket.url()));
  });
  after(() => vscode.close());

  it('is not used by hovers, the panel or its table', async () => {
    assert.match(await vscode.hoverText(3, 'CLOSE_WAIT'), /has not/);
    await vscode.runCommand('Netstat: Analyze Sockets');
    const panel = await vscode.webview('.states');
    await panel.getByText('orders-api').first().waitFor();
    assert.ok(asked.length > 0, 'requests are seen');
    assert.deepEqual(
      asked.filter(url => !isLocal(url)),
      [],
    );
  });
});
