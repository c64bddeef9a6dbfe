/*
 * What is closed must be gone. Counted are the documents that somebody still holds, and the memory
 * after garbage was collected: neither depends on how fast the machine is.
 */
import * as vscode from 'vscode';

import { closeAll, hover, LEAK, panels } from './documents';
import * as assert from './suite/assert';

/** Only Node tells of its memory. */
const hasNode = typeof process !== 'undefined';

const MEGABYTE = 1024 * 1024;
const ROW =
  'tcp        1      0 192.0.2.1:9443          192.0.2.7:51044         CLOSE_WAIT  4321/orders-api\n';

describe('memory', () => {
  before(function () {
    if (!hasNode) this.skip();
  });
  afterEach(closeAll);

  it('holds no document of thirty that were opened, analyzed and closed', async function () {
    const documents = 30;
    const rows = 3000;
    const opened: WeakRef<vscode.TextDocument>[] = [];
    const round = async (number: number): Promise<void> => {
      opened.push(new WeakRef(await analyzed(LEAK + ROW.repeat(rows) + `${number}\n`)));
      await closeAll();
    };
    for (let i = 0; i < 5; i++) await round(i);
    // Half of what their texts alone would take.
    const most = (documents * rows * ROW.length) / 2;
    let before = await memory();
    let grown = Infinity;
    // VS Code and the engine settle now and then; what leaks does so every time.
    for (let attempt = 0; attempt < 3 && grown >= most; attempt++) {
      for (let i = 0; i < documents; i++) await round(i);
      const after = await memory();
      grown = after - before;
      before = after;
    }
    const held = opened.filter(one => one.deref() !== undefined).length;
    // VS Code itself keeps the last few.
    assert.ok(held <= 10, `${held} documents are held`);
    assert.ok(grown < most, `${Math.round(grown / 1024)} KB more, ${most / 1024} at most`);
  });

  it('holds no large file whose panel was closed', async function () {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'a folder');
    const file = vscode.Uri.joinPath(folder.uri, 'many.log');
    const text = ROW.repeat(Math.ceil((55 * MEGABYTE) / ROW.length));
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    try {
      const round = async (): Promise<number> => {
        await vscode.commands.executeCommand('netstatLens.analyze', file);
        await assert.eventually(() => panels().length === 1, 'the panel');
        const open = await memory();
        await closeAll();
        await assert.eventually(() => panels().length === 0, 'no panel');
        return open;
      };
      await round();
      const before = await memory();
      const open = await round();
      await round();
      await round();
      const after = await memory();
      assert.ok(open - before > 10 * MEGABYTE, 'a large file is seen in memory');
      assert.ok(
        after - before < (open - before) / 2,
        `${after - before} bytes more after three, ${open - before} for one`,
      );
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });
});

/** Opens a dump and lets the whole extension look at it. */
async function analyzed(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'netstat', content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  assert.match(await hover(document, 3, 'CLOSE_WAIT'), /CLOSE-WAIT/);
  for (const provider of [
    'vscode.executeCodeLensProvider',
    'vscode.executeDocumentSymbolProvider',
  ]) {
    await vscode.commands.executeCommand(provider, document.uri);
  }
  await vscode.commands.executeCommand('netstatLens.analyze', document.uri);
  await assert.eventually(() => panels().length === 1, 'the panel');
  return document;
}

/** Bytes that are in use when all garbage is gone. */
async function memory(): Promise<number> {
  // The suite is bundled for the web worker host as well, which has no such modules.
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
  const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
  for (let i = 0; i < 5; i++) {
    collect();
    // What is told of closed documents comes in turns of its own.
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
