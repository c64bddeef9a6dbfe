import * as vscode from 'vscode';

import { readDump } from '../../src/core/reading/reader';
import { FollowedDocument } from '../../src/extension/documents/followedDocument';
import { closeAll } from './documents';
import * as assert from './suite/assert';

const ROWS = 20_000;

/** More lines than are appended here. */
const NEW = 100;

function row(i: number): string {
  return `tcp        0      0 192.0.2.1:443        198.51.${(i >> 8) & 255}.${i & 255}:40000      ESTABLISHED 4321/orders-api\n`;
}

const HEADER =
  'Active Internet connections (servers and established)\n' +
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n';

const BIG = HEADER + Array.from({ length: ROWS }, (_, i) => row(i)).join('');

/** A document that counts what is asked of it, and what follows it. */
class Counted {
  public lines = 0;
  public texts = 0;
  public readonly followed: FollowedDocument;
  private readonly changes: vscode.Disposable;

  public constructor(private readonly document: vscode.TextDocument) {
    const counting = Object.create(document, {
      lineAt: {
        value: (line: number) => {
          this.lines++;
          return document.lineAt(line);
        },
      },
      getText: {
        value: (range?: vscode.Range) => {
          this.texts++;
          return document.getText(range);
        },
      },
    }) as vscode.TextDocument;
    this.followed = new FollowedDocument(counting, 0);
    this.changes = vscode.workspace.onDidChangeTextDocument(change => {
      if (change.document === document) {
        this.followed.change(change.contentChanges);
      }
    });
  }

  public dispose(): void {
    this.changes.dispose();
  }

  /** Reads what has changed; gives how many lines that were, and fails where not all is right. */
  public async read(): Promise<number> {
    this.lines = 0;
    const { dump } = await this.followed.dump();
    const { lines } = this;
    const anew = readDump(this.document.getText());
    assert.deepEqual(dump.lines, anew.lines);
    assert.deepEqual(dump.snapshots, anew.snapshots);
    assert.equal(dump.table.length, anew.table.length);
    for (const i of [0, 1, 998, 999, 1000, 10_000, anew.table.length - 1]) {
      assert.deepEqual(dump.table.socket(i), anew.table.socket(i));
    }
    return lines;
  }
}

describe('a large document that changes', () => {
  let file: vscode.Uri;
  let editor: vscode.TextEditor;
  let counted: Counted;

  before(async () => {
    // Not an untitled document: VS Code may give the text of this one's backup to the next. And of
    // this language nobody else takes note.
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'a folder');
    file = vscode.Uri.joinPath(folder.uri, 'changes.ini');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(BIG));
    editor = await vscode.window.showTextDocument(file);
    counted = new Counted(editor.document);
  });

  after(async () => {
    counted.dispose();
    await closeAll();
    await vscode.workspace.fs.delete(file);
  });

  async function edit(change: (builder: vscode.TextEditorEdit) => void): Promise<void> {
    assert.ok(await editor.edit(change), 'the edit');
  }

  it('is read once, line by line, never as one text', async () => {
    const lines = await counted.read();
    assert.ok(lines >= ROWS && lines < ROWS * 1.1, `${lines} lines were read`);
    assert.equal(await counted.read(), 0);
  });

  it('is read again where something is typed, deleted or taken back', async () => {
    await edit(builder => builder.insert(new vscode.Position(10_000, 0), 'x'));
    await counted.read();
    await edit(builder => builder.delete(new vscode.Range(5000, 0, 5001, 0)));
    await counted.read();
    await edit(builder => builder.insert(new vscode.Position(1, 0), '\n'));
    await counted.read();
    await vscode.commands.executeCommand('undo');
    await counted.read();
    await vscode.commands.executeCommand('undo');
    await counted.read();
  });

  it('is read again where several places are edited at once', async () => {
    await edit(builder => {
      builder.insert(new vscode.Position(7000, 0), row(1) + row(2));
      builder.replace(new vscode.Range(7010, 0, 7020, 0), row(3));
      builder.delete(new vscode.Range(7030, 3, 7032, 5));
    });
    await counted.read();
  });

  it('has only the new lines read where a snapshot is appended, whatever ends lines', async () => {
    for (const end of ['\n', '\r\n']) {
      const snapshot = `2026-03-01 10:00:00\n${HEADER}${row(1)}${row(2)}`.replaceAll('\n', end);
      const { document } = editor;
      await edit(builder =>
        builder.insert(document.lineAt(document.lineCount - 1).range.end, snapshot),
      );
      const lines = await counted.read();
      assert.ok(lines > 0 && lines < NEW, `${lines} lines were read`);
    }
  });

  it('is right when its ends of line change, and when all of it is replaced', async () => {
    await edit(builder => builder.setEndOfLine(vscode.EndOfLine.CRLF));
    await counted.read();
    const { document } = editor;
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    await edit(builder => builder.replace(all, BIG.replaceAll('ESTABLISHED', 'CLOSE_WAIT')));
    const lines = await counted.read();
    assert.ok(lines < ROWS * 1.1, `${lines} lines were read`);
    assert.equal(counted.texts, 0);
  });
});
