import * as vscode from 'vscode';

import type { FileAccess } from '../../src/extension/documents/fileReader';
import { LargeFiles } from '../../src/extension/documents/largeFiles';
import { FileLines } from '../../src/extension/panel/fileLines';
import { closeAll, LEAK, panels } from './documents';
import * as assert from './suite/assert';

/** Node's process, where there is one: a web worker has no file to write to. */
const hasNode = typeof process !== 'undefined';

const ROW =
  'tcp        1      0 192.0.2.1:9443          192.0.2.7:51044         CLOSE_WAIT  4321/api\n';
/** The same, packed by gzip. */
const PACKED = Uint8Array.from(
  atob(
    'H4sIAAAAAAACAytJLlCAAkMIZaBgaGmkZ6BnpGdoZWliYqwABzBxcytTQwMTE7i4s49/sGt8uKNniIKCibGRoX5iQSYXANHv1AVZAAAA',
  ),
  character => character.charCodeAt(0),
);
const MEGABYTE = 1024 * 1024;

describe('Analyze Sockets on files that are too large to be documents', () => {
  let file: vscode.Uri;

  before(() => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'a folder');
    file = vscode.Uri.joinPath(folder.uri, 'large.log');
  });

  afterEach(async () => {
    await closeAll();
    if (hasNode) {
      await vscode.workspace.fs.delete(file).then(undefined, () => undefined);
    }
  });

  it('reads 60 MB and opens the panel, and the file at a line', async function () {
    if (!hasNode) this.skip();
    await write((60 * MEGABYTE) / ROW.length);
    await vscode.commands.executeCommand('netstatLens.analyze', file);
    await assert.eventually(() => panels().length === 1, 'the panel');
    assert.ok(panels()[0]?.includes('large.log'), panels().join());

    const lines = new FileLines(file, vscode.ViewColumn.One);
    assert.deepEqual(await lines.show([5, 600_000], true), { count: 2, index: 0 });
    assert.deepEqual(await lines.step(1), { count: 2, index: 1 });
    assert.deepEqual(await lines.step(1), { count: 2, index: 0 });
    lines.dispose();
    assert.ok(
      vscode.window.tabGroups.all
        .flatMap(group => group.tabs)
        .some(({ input }) => input instanceof vscode.TabInputText && input.uri.path === file.path),
      'a tab with the file',
    );
  });

  it('opens what gzip packed as a document', async () => {
    const file = vscode.Uri.parse('untitled:web1.txt.gz');
    // VS Code may give the document of an earlier test while it forgets it.
    const document = await assert.eventually(async () => {
      const opened = await new LargeFiles(pieces(PACKED, 7)).openUnpacked(file);
      return opened?.getText() === ROW && opened;
    }, 'the document');
    assert.equal(document.languageId, 'netstat');
    // More than may be a document, and broken.
    assert.equal(await new LargeFiles(pieces(PACKED, 7), 10).openUnpacked(file), undefined);
    assert.equal(
      await new LargeFiles(pieces(PACKED.subarray(0, 30), 7)).openUnpacked(file),
      undefined,
    );
  });

  it('reads the same sockets in pieces as from a document', async () => {
    const bytes = new TextEncoder().encode(LEAK);
    const analysis = await new LargeFiles(pieces(bytes, 7)).read(
      vscode.Uri.parse('untitled:leak'),
      bytes.length,
    );
    assert.ok(analysis, 'an analysis');
    assert.equal(analysis.dump.table.length, 5);
    assert.equal(analysis.dump.lines.unrecognized, 0);
  });

  it('knows which files are too large, and refuses what does not fit into memory', async function () {
    if (!hasNode) this.skip();
    await write(100);
    const size = 100 * ROW.length;
    let read = 0;
    const counting: FileAccess = {
      ...pieces(new Uint8Array(0), 1),
      read: () => {
        read++;
        return pieces(new Uint8Array(0), 1).read(file);
      },
    };
    assert.equal(await new LargeFiles(counting, size).sizeIfLarge(file), undefined);
    const large = new LargeFiles(counting, size - 1, size - 1);
    assert.equal(await large.sizeIfLarge(file), size);
    assert.equal(await large.read(file, size), undefined);
    assert.equal(read, 0);
    assert.ok(await new LargeFiles({ ...counting, streams: () => true }, 0, 0).read(file, size));
  });

  async function write(rows: number): Promise<void> {
    const bytes = new TextEncoder().encode(ROW.repeat(Math.ceil(rows)));
    await vscode.workspace.fs.writeFile(file, bytes);
  }
});

/** A file that comes in pieces of some bytes and cannot be streamed. */
function pieces(bytes: Uint8Array, size: number): FileAccess {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- it stands for one that waits
    async *read() {
      for (let at = 0; at < bytes.length; at += size) {
        yield bytes.subarray(at, at + size);
      }
    },
    streams: () => false,
  };
}
