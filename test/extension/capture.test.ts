import * as vscode from 'vscode';

import { closeAll, hover, panels, told } from './documents';
import * as assert from './suite/assert';

/** Node's process, where there is one: a web worker reaches no machine. */
const hasNode = typeof process !== 'undefined';

const COMMANDS = ['capture', 'watch', 'captureOf', 'watchOf', 'whoUsesPort'].map(
  name => `netstatLens.${name}`,
);

describe('live capture', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('netstatLens.stopWatch');
    await closeAll();
  });

  it('opens the sockets of this machine as a read-only dump', async function () {
    if (!hasNode) this.skip();
    await vscode.commands.executeCommand('netstatLens.capture');
    const document = await captured();
    assert.equal(document.languageId, 'netstat');
    assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme), false);
    assert.match(document.lineAt(0).text, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    // VS Code's own server listens, at least.
    const line = lineWith(document, 'LISTEN');
    assert.match(await hover(document, line, 'LISTEN'), /LISTEN/);
    await vscode.commands.executeCommand('netstatLens.analyze');
    await assert.eventually(() => panels().length === 1, 'the panel');
  });

  it('opens and watches the sockets of a target of the settings', async function () {
    if (!hasNode || process.platform === 'win32') this.skip();
    const settings = vscode.workspace.getConfiguration('netstatLens');
    const targets = { web: ['env', 'A=b'], gone: ['no-such-program'], wrong: ['-x'] };
    await settings.update('capture.targets', targets, vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand('netstatLens.captureOf', 'web');
      lineWith(await captured(), 'LISTEN');
      await closeAll();
      await vscode.commands.executeCommand('netstatLens.watchOf', 'web', 1);
      const document = await captured();
      await assert.eventually(() => dates(document) >= 3, 'three snapshots');
      await vscode.commands.executeCommand('netstatLens.stopWatch');
      assert.match(
        await told('netstatLens.captureOf', 'showErrorMessage', 'gone'),
        /The sockets of gone cannot be listed: no-such-program is not found/,
      );
      assert.match(
        await told('netstatLens.captureOf', 'showErrorMessage', 'wrong'),
        /begins with an option/,
      );
    } finally {
      await settings.update('capture.targets', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('gives each capture a document of its own', async function () {
    if (!hasNode) this.skip();
    await vscode.commands.executeCommand('netstatLens.capture');
    const first = await captured();
    await vscode.commands.executeCommand('netstatLens.capture');
    const second = await assert.eventually(
      () => active() !== undefined && active() !== first && active(),
      'a second document',
    );
    assert.ok(first.uri.toString() !== second.uri.toString(), 'one address for both');
  });

  it('watches sockets in one growing document, until that is closed', async function () {
    if (!hasNode) this.skip();
    await vscode.commands.executeCommand('netstatLens.watch', 1);
    const document = await captured();
    await assert.eventually(() => dates(document) >= 3, 'three snapshots');

    await vscode.commands.executeCommand('netstatLens.pauseWatch');
    const paused = await written(document.uri);
    await pause(1500);
    assert.equal(await written(document.uri), paused, 'snapshots while it was paused');

    await vscode.commands.executeCommand('netstatLens.resumeWatch');
    await assert.eventually(() => dates(document) > paused, 'a snapshot after the pause');

    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await assert.eventually(async () => {
      const before = await written(document.uri);
      await pause(1500);
      return (await written(document.uri)) === before;
    }, 'no more snapshots after the document was closed');
  });

  it('scrolls with the end as long as that is in sight', async function () {
    if (!hasNode) this.skip();
    await vscode.commands.executeCommand('netstatLens.watch', 1);
    const document = await captured();
    const editor = await assert.eventually(() => vscode.window.activeTextEditor, 'the editor');
    const lastVisible = (): number => editor.visibleRanges.at(-1)?.end.line ?? 0;
    await assert.eventually(
      () => dates(document) >= 3 && lastVisible() >= document.lineCount - 2,
      'the end in sight',
    );
    // Only where the document is longer than the window there is anything to scroll.
    await assert.eventually(
      () => (editor.visibleRanges[0]?.start.line ?? 0) > 0,
      'a long document',
    );
    // Once more where the window was already being moved to the end when the user left it.
    await assert.eventually(async () => {
      editor.revealRange(new vscode.Range(0, 0, 0, 0), vscode.TextEditorRevealType.AtTop);
      await assert.eventually(() => editor.visibleRanges[0]?.start.line === 0, 'the top in sight');
      const before = dates(document);
      await assert.eventually(() => dates(document) > before + 1, 'two more snapshots');
      return editor.visibleRanges[0]?.start.line === 0;
    }, 'the top still in sight');
  });

  it('is followed by the panel', async function () {
    if (!hasNode) this.skip();
    await vscode.commands.executeCommand('netstatLens.watch', 1);
    const document = await captured();
    const count = async (): Promise<number> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      return new Set(lenses.map(({ range }) => range.start.line)).size;
    };
    await assert.eventually(async () => (await count()) >= 2, 'a lens on each snapshot');
  });

  it('says in place of a capture that has ended how to take a new one', async () => {
    const uri = vscode.Uri.parse('netstat-capture:/sockets-of-before.netstat');
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(text, /is gone/);
    assert.match(text, /Netstat: Capture Sockets of This Machine/);
    await assert.rejects(
      vscode.workspace.fs.readFile(vscode.Uri.parse('netstat-capture:/.editorconfig')),
    );
  });

  it('explains where there is no machine', async function () {
    if (hasNode) this.skip();
    for (const command of COMMANDS) {
      assert.match(await told(command), /cannot be captured here: extensions run in the browser/);
    }
    assert.equal(active(), undefined);
  });

  it('explains that a restricted window runs no programs', async function () {
    if (!hasNode) this.skip();
    const trusted = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted');
    try {
      Object.defineProperty(vscode.workspace, 'isTrusted', { value: false, configurable: true });
    } catch {
      // Where VS Code does not let itself be deceived there is nothing to see.
      this.skip();
    }
    try {
      for (const command of COMMANDS) {
        assert.match(await told(command), /Restricted Mode/);
      }
    } finally {
      Object.defineProperty(vscode.workspace, 'isTrusted', trusted ?? { value: true });
    }
  });
});

function active(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.uri.scheme === 'netstat-capture' ? document : undefined;
}

function captured(): Promise<vscode.TextDocument> {
  return assert.eventually(active, 'the capture in an editor');
}

function lineWith(document: vscode.TextDocument, word: string): number {
  const { line } = document.positionAt(document.getText().indexOf(word));
  return line;
}

/** How many snapshots there are. */
function dates({ getText }: Pick<vscode.TextDocument, 'getText'>): number {
  return getText().match(/^\d{4}-\d\d-\d\dT\S+$/gm)?.length ?? 0;
}

/** How many snapshots the capture has; its document is told of them a little later. */
async function written(uri: vscode.Uri): Promise<number> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  return dates({ getText: () => text });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
