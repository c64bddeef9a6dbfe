import * as vscode from 'vscode';

import { closeAll, hover, LEAK, open, panels } from './documents';
import * as assert from './suite/assert';

const ROW = 'tcp        1      0 192.0.2.1:443           192.0.2.7:51044         CLOSE_WAIT';

/** A post-mortem: its dumps begin at the lines 5, 16 and 27, its others at 20 and 24. */
const NOTE = `# Orders API, 5 January

The pool was full from 10:00 on.

\`\`\`
${LEAK}\`\`\`

Later:

\`\`\`ss
${ROW}
\`\`\`

\`\`\`ts
const row = '${ROW}';
\`\`\`

\`\`\`
no dump: ${ROW.slice(60)}
\`\`\`

> ~~~netstat
> ${ROW}
> ~~~

${ROW}
`;

describe('fenced blocks of Markdown', () => {
  before(() => vscode.extensions.getExtension('netstat-lens.netstat-lens')?.activate());
  afterEach(closeAll);

  /** The line, counted from 0, of the nth line that has a text. */
  function lineOf(text: string, n = 0): number {
    return NOTE.split('\n').flatMap((line, i) => (line.includes(text) ? [i] : []))[n]!;
  }

  it('have hovers where they are dumps, named so or not', async () => {
    const { document } = await open(NOTE, 'markdown');
    const leak = await hover(document, lineOf('192.0.2.7:51044'), 'CLOSE_WAIT');
    assert.match(leak, /192\.0\.2\.7:51044/);
    assert.match(leak, /orders-api/);
    assert.match(await hover(document, lineOf(ROW), 'CLOSE_WAIT'), /192\.0\.2\.7:51044/);
    assert.match(await hover(document, lineOf(`> ${ROW}`), 'CLOSE_WAIT'), /192\.0\.2\.7:51044/);
  });

  it('have none in sources, in other texts and outside of blocks', async () => {
    const { document } = await open(NOTE, 'markdown');
    assert.equal(await hover(document, lineOf("const row = '"), 'CLOSE_WAIT'), '');
    assert.equal(await hover(document, lineOf('no dump'), 'CLOSE_WAIT'), '');
    const bare = document.lineCount - 2;
    assert.equal(document.lineAt(bare).text, ROW);
    assert.equal(await hover(document, bare, 'CLOSE_WAIT'), '');
  });

  it('are read anew when they change', async () => {
    const editor = await open(NOTE, 'markdown');
    const line = lineOf(ROW);
    assert.match(await hover(editor.document, line, 'CLOSE_WAIT'), /CLOSE_WAIT/);
    const start = editor.document.lineAt(line).text.indexOf('CLOSE_WAIT');
    await editor.edit(edit =>
      edit.replace(new vscode.Range(line, start, line, start + 10), 'TIME_WAIT'),
    );
    assert.match(await hover(editor.document, line, 'TIME_WAIT'), /TIME_WAIT/);
  });

  it('have no problems, lenses or symbols', async () => {
    const { document } = await open(NOTE, 'markdown');
    await hover(document, lineOf('192.0.2.7:51044'), 'CLOSE_WAIT');
    await vscode.commands.executeCommand('netstatLens.analyze');
    await assert.eventually(() => panels().length === 1, 'the panel');
    const sources = vscode.languages.getDiagnostics(document.uri).map(({ source }) => source);
    assert.ok(!sources.includes('Netstat Lens'), 'problems');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.deepEqual(lenses ?? [], []);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.ok(!JSON.stringify(symbols ?? []).includes('CLOSE_WAIT'), 'symbols');
    assert.equal(document.languageId, 'markdown');
  });

  it('are analyzed: the one with the cursor, else all', async () => {
    const editor = await open(NOTE, 'markdown');
    editor.selection = new vscode.Selection(7, 0, 7, 0);
    await vscode.commands.executeCommand('netstatLens.analyze');
    await assert.eventually(() => panels().length === 1, 'the panel');
    assert.match(panels()[0] ?? '', /lines 6 to 12/);
    await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
    vscode.window.activeTextEditor!.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('netstatLens.analyze');
    await assert.eventually(
      () => panels().some(title => title.includes('lines 6 to 30')),
      `all blocks in ${panels().join()}`,
    );
  });

  it('link from a hover to the analysis of their block', async () => {
    const { document } = await open(NOTE, 'markdown');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(lineOf('192.0.2.7:51044'), LEAK.split('\n')[3]!.indexOf('CLOSE_WAIT')),
    );
    const links = hovers
      .flatMap(({ contents }) => contents)
      .map(content => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n');
    const link = /command:netstatLens\.analyze\?([^)]+)/.exec(links)?.[1];
    assert.ok(link, `a link to the analysis in ${links}`);
    const args = JSON.parse(decodeURIComponent(link)) as unknown[];
    await vscode.commands.executeCommand('netstatLens.analyze', ...args);
    await assert.eventually(() => panels().length === 1, 'the panel');
    assert.match(panels()[0] ?? '', /lines 6 to 12/);
  });
});
