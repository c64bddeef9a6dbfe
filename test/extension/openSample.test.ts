import * as vscode from 'vscode';

import { closeAll, hover, open } from './documents';
import * as assert from './suite/assert';

interface Step {
  readonly description: string;
  readonly media: { readonly markdown: string };
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  };
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension<unknown>('netstat-lens.netstat-lens');
  assert.ok(found);
  return found;
}

describe('samples and walkthrough', () => {
  afterEach(closeAll);

  it('opens a sample as a new dump, with hovers', async () => {
    await vscode.commands.executeCommand('netstatLens.openSample', 'linux-netstat-close-wait');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.equal(document.languageId, 'netstat');
    assert.ok(document.isUntitled);
    const line = document
      .getText()
      .split('\n')
      .findIndex(text => text.includes('CLOSE_WAIT'));
    assert.match(await hover(document, line, 'CLOSE_WAIT'), /CLOSE.WAIT/);
  });

  it('opens nothing that is no sample', async () => {
    const { document } = await open('tcp 0 0 192.0.2.1:1 192.0.2.2:2 ESTABLISHED');
    await vscode.commands.executeCommand('netstatLens.openSample', '../package.json');
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });

  it('has steps whose texts exist and whose links lead somewhere', async () => {
    const { contributes } = extension().packageJSON as Manifest;
    const known = new Set([
      ...contributes.commands.map(({ command }) => command),
      ...(await vscode.commands.getCommands(true)),
    ]);
    const steps = contributes.walkthroughs.flatMap(walkthrough => walkthrough.steps);
    assert.equal(steps.length, 4);
    for (const { description, media } of steps) {
      const file = vscode.Uri.joinPath(extension().extensionUri, media.markdown);
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      assert.ok(text.length > 50, media.markdown);
      for (const [, command] of description.matchAll(/\(command:([\w.]+)/g)) {
        assert.ok(command !== undefined && known.has(command), command);
      }
    }
  });
});
