import * as vscode from 'vscode';

import { closeAll, LEAK, open, panels } from './documents';
import * as assert from './suite/assert';

const LOG = '2026-01-05 10:00:00,123 INFO  [worker-1] order 4711 was accepted\n'.repeat(20);

const SETTINGS = ['netstatLens.detect', 'files.associations'];

describe('detection', () => {
  const files: vscode.Uri[] = [];

  before(() => vscode.extensions.getExtension('netstat-lens.netstat-lens')?.activate());

  afterEach(async () => {
    await closeAll();
    for (const name of SETTINGS) {
      await set(name, undefined);
    }
    for (const file of files.splice(0)) {
      await vscode.workspace.fs.delete(file);
    }
  });

  /** Writes a file of the workspace and shows it. */
  async function show(name: string, content: string): Promise<vscode.TextDocument> {
    const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(content));
    files.push(file);
    return shown(file);
  }

  it('switches an untitled document that is a dump', async () => {
    const { document } = await open(LEAK, 'plaintext');
    await becomesNetstat(document);
  });

  it('switches an untitled document into which a dump is pasted', async () => {
    const editor = await open('', 'plaintext');
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), LEAK));
    await becomesNetstat(editor.document);
  });

  it('knows a pasted terminal with its prompt', async () => {
    const { document } = await open(`$ netstat -tanp\n${LEAK}$ `, 'shellscript');
    await becomesNetstat(document);
  });

  it('stays ahead of what VS Code itself guesses of a paste', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    // Of this one it guesses a shell script.
    const sample = vscode.Uri.joinPath(folder, 'linux-netstat-pt-br.netstat');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(sample));
    await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
    const editor = vscode.window.activeTextEditor!;
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), text));
    await becomesNetstat(editor.document);
    await new Promise(resolve => setTimeout(resolve, 2500));
    assert.equal(editor.document.languageId, 'netstat');
  });

  it('switches what VS Code guesses to be of another language, and no other', async () => {
    await becomesNetstat((await open(LEAK, 'perl')).document);
    await becomesNetstat((await open(LEAK, 'ini')).document);
    await staysAs('python', (await open(LEAK, 'python')).document);
  });

  it('knows a Windows dump, which begins with an empty line', async () => {
    const { document } = await open(
      '\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n' +
        '  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r\n' +
        '  UDP    0.0.0.0:500            *:*                                    3168\r\n',
      'plaintext',
    );
    await becomesNetstat(document);
  });

  for (const name of ['noon.txt', 'noon.log', 'noon.out', 'noon', 'noon-Ü 1.TXT']) {
    it(`switches the file ${name} without asking`, async () => {
      const { asked } = await answering(undefined, async () => {
        await becomesNetstat(await show(name, LEAK));
      });
      assert.deepEqual(asked, []);
    });
  }

  it('switches a file into which a dump is pasted', async () => {
    const document = await show('empty.txt', '');
    const editor = vscode.window.activeTextEditor!;
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), LEAK));
    await becomesNetstat(document);
    await document.save();
  });

  it('leaves prose about sockets, scripts and sources alone', async () => {
    const prose = await show(
      'prose.txt',
      'We saw tcp connections in CLOSE_WAIT on 192.0.2.1:80.\nThen it was fine.\n'.repeat(20),
    );
    await staysAs('plaintext', prose);
    const script = await show('dump.sh', LEAK);
    await staysAs('shellscript', script);
    const source = await show('source', `import os\n\nDUMP = """\n${LEAK}"""\nprint(DUMP)\n`);
    await staysAs('plaintext', source);
  });

  it('never switches a file again whose language somebody has changed back', async () => {
    const document = await show('back.txt', LEAK);
    await becomesNetstat(document);
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await staysAs('plaintext', document);
    await closeAll();
    const again = await shown(document.uri);
    await staysAs('plaintext', again);
    const editor = vscode.window.activeTextEditor!;
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), LEAK));
    await staysAs('plaintext', again);
    await again.save();
    await vscode.commands.executeCommand('netstatLens.analyze');
    assert.equal(again.languageId, 'plaintext');
    // Who makes it Netstat has changed their mind.
    await vscode.languages.setTextDocumentLanguage(again, 'netstat');
    await closeAll();
    await becomesNetstat(await shown(document.uri));
  });

  it('remembers a file that is Netstat by its name and was made something else', async () => {
    const document = await show('netstat.txt', LEAK);
    assert.equal(document.languageId, 'netstat');
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await staysAs('plaintext', document);
  });

  it('takes an entry of files.associations for a choice', async () => {
    await set('files.associations', { '*.Kept': 'plaintext', '**/kept/*.txt': 'plaintext' });
    await staysAs('plaintext', await show('dump.kept', LEAK));
    await staysAs('plaintext', await show('kept/dump.txt', LEAK));
    await becomesNetstat(await show('dump.txt', LEAK));
  });

  it('offers a log with a dump inside, once', async () => {
    const content = LOG + LEAK + LOG;
    const first = await answering(undefined, async isAsked => {
      await show('application.log', content);
      await isAsked();
    });
    assert.equal(first.asked.length, 1);
    assert.match(first.asked[0] ?? '', /log contains a socket dump/);
    await closeAll();
    const second = await answering(undefined, async () => {
      await staysAs('log', await shown(files.at(-1)!));
    });
    assert.deepEqual(second.asked, []);
  });

  it('opens such a log as Netstat for who wants it', async () => {
    await answering('Change Language Mode', async () => {
      await becomesNetstat(await show('wanted.log', LOG + LEAK + LOG));
    });
  });

  it('only offers where the setting says so', async () => {
    await set('netstatLens.detect', 'offer');
    const { asked } = await answering(undefined, async isAsked => {
      const document = await show('offered.txt', LEAK);
      await isAsked();
      await staysAs('plaintext', document, false);
    });
    assert.match(asked[0] ?? '', /looks like a socket dump/);
    await answering('Change Language Mode', async () => {
      await becomesNetstat(await show('accepted.txt', LEAK));
    });
  });

  it('does nothing where it is off, and Analyze Sockets makes a dump Netstat all the same', async () => {
    await set('netstatLens.detect', 'off');
    const document = await show('off.txt', LEAK);
    await staysAs('plaintext', document, false);
    await vscode.commands.executeCommand('netstatLens.analyze');
    await becomesNetstat(document);
    await assert.eventually(() => panels().length === 1, 'the panel');
  });

  it('keeps the language of a note with rows that is analyzed', async () => {
    const note = await show('note.txt', `${'It hangs again, since noon.\n'.repeat(20)}${LEAK}`);
    await vscode.commands.executeCommand('netstatLens.analyze');
    await assert.eventually(() => panels().length === 1, 'the panel');
    assert.equal(note.languageId, 'plaintext');
  });
});

async function shown(file: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);
  return document;
}

async function becomesNetstat(document: vscode.TextDocument): Promise<void> {
  await assert.eventually(
    () => document.languageId === 'netstat',
    `${document.uri.path} as netstat`,
  );
}

/** Fails where a document does not keep its language while another one becomes Netstat. */
async function staysAs(
  language: string,
  document: vscode.TextDocument,
  detects = true,
): Promise<void> {
  if (detects) {
    // Documents are looked at one after the other.
    const later = await vscode.workspace.openTextDocument({
      language: 'plaintext',
      content: LEAK,
    });
    await vscode.window.showTextDocument(later, { preview: false });
    await becomesNetstat(later);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.window.showTextDocument(document);
  }
  await new Promise(resolve => setTimeout(resolve, 100));
  assert.equal(document.languageId, language, document.uri.path);
}

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update(name, value, vscode.ConfigurationTarget.Workspace);
}

/** Gives an answer to every message that is shown meanwhile, and gives their texts. */
async function answering(
  answer: string | undefined,
  run: (isAsked: () => Promise<void>) => Promise<void>,
): Promise<{ readonly asked: readonly string[] }> {
  const { window } = vscode;
  const original = window.showInformationMessage;
  const asked: string[] = [];
  window.showInformationMessage = (text: string) => {
    asked.push(text);
    return Promise.resolve(answer as undefined);
  };
  try {
    await run(async () => {
      await assert.eventually(() => asked.length > 0, 'a message');
    });
  } finally {
    window.showInformationMessage = original;
  }
  return { asked };
}
