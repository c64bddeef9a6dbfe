import { openVSCode } from '../harness/ui';

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
});
