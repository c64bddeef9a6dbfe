import assert from 'node:assert/strict';

import { openVSCode } from '../harness/ui';

const DUMP = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name
tcp 0 0 0.0.0.0:9443 0.0.0.0:* LISTEN 4321/orders-api
tcp 28 0 198.18.7.7:9443 198.18.9.9:51044 CLOSE_WAIT 4321/orders-api
`;

describe('exports of the panel', () => {
  it('copies the sockets as CSV, and redacted where asked', async () => {
    const vscode = await openVSCode({ files: { 'app.netstat': DUMP } });
    await vscode.runCommand('Netstat: Analyze Sockets');
    const panel = await vscode.webview('.states');
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
      /app\.netstat,1,,4,tcp,ipv4,CLOSE-WAIT,198\.18\.7\.7,9443,198\.18\.9\.9,51044,28,/,
    );

    const redacted = await copy('Redact addresses and host names', 'Markdown (for a ticket)');
    assert.match(redacted, /orders.?-api/);
    assert.ok(!/198.{0,2}18.{0,2}9.{0,2}9/.test(redacted), redacted);
    await vscode.close();
  });
});
