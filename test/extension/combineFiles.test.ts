import * as vscode from 'vscode';

import { closeAll, LEAK, open, panels } from './documents';
import * as assert from './suite/assert';

/** The other end of the leak: another host, whose program listens where the leak leads to. */
const PEER = `Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      9/sshd
tcp        0      0 192.0.2.7:51044         192.0.2.1:9443          FIN_WAIT2   88/client
tcp        0      0 192.0.2.7:51046         192.0.2.1:9443          FIN_WAIT2   88/client
`;

describe('several dumps as one', () => {
  afterEach(closeAll);

  it('open as one document, with its panel', async () => {
    const first = (await open(LEAK)).document.uri;
    const second = (await open(PEER)).document.uri;
    await vscode.commands.executeCommand('netstatLens.analyze', first, [first, second]);
    await assert.eventually(() => panels().length === 1, 'the panel');
    const document = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === 'netstat-lens-together',
    );
    assert.ok(document, 'the document');
    assert.equal(document.languageId, 'netstat');
    assert.match(document.getText(), /^==> \S+ <==\nActive[^]*\n==> \S+ <==\nProto/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    // Two hosts: none of them comes after the other.
    assert.equal(lenses.length, 2);
  });
});
