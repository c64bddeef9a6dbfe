import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { packExtension } from '../harness/pack';
import { projectFolder } from '../harness/paths';
import { openVSCode } from '../harness/ui';

/** Bytes that the package may have. */
const LARGEST = 860 * 1024;

const dump = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 0.0.0.0:9443            0.0.0.0:*               LISTEN      4321/orders-api
tcp       28      0 192.0.2.1:9443          192.0.2.7:51044         CLOSE_WAIT  4321/orders-api
tcp        0      0 192.0.2.1:9443          192.0.2.7:51046         ESTABLISHED 4321/orders-api
`;

describe('the packaged extension', () => {
  it('analyses a dump in VS Code', async () => {
    const vscode = await openVSCode({ files: { 'server.netstat': dump }, extension: 'packaged' });
    await vscode.runCommand('Netstat: Analyze Sockets');
    const panel = await vscode.webview('main');
    await panel.getByText('orders-api').first().waitFor();
    await vscode.close();
  });

  it(`has at most ${LARGEST} bytes`, async function () {
    const entry = await readFile(path.join(projectFolder, 'dist/extension/node.js'), 'utf8');
    if (entry.includes('sourceMappingURL')) {
      console.log('    (what is in dist/ was built for development: npm run build)');
      this.skip();
    }
    const { size } = await stat(await packExtension());
    assert.ok(size > 100_000 && size <= LARGEST, String(size));
  });
});
