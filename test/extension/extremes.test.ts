/* Documents that no tool prints on purpose: hovers, Analyze Sockets and all else must stand them. */
import * as vscode from 'vscode';

import { closeAll, hover, LEAK, panels } from './documents';
import * as assert from './suite/assert';

const MILLION = 1_000_000;

describe('documents of extreme shape', () => {
  afterEach(closeAll);

  const shapes: readonly [string, string][] = [
    ['two million blank lines', '\n'.repeat(2 * MILLION)],
    ['a line of ten million characters', `${'x y '.repeat(2.5 * MILLION)}\n`],
    [
      'a program with a name of ten million characters',
      `tcp 1 0 192.0.2.1:1 192.0.2.7:2 CLOSE_WAIT 7/${'x'.repeat(10 * MILLION)}\n`,
    ],
    ['NUL bytes', `${'\0'.repeat(MILLION)}\n\0\n`],
    ['halves of surrogate pairs', `${'\ud800\udc00\udc00'.repeat(100_000)}\n`],
    ['direction marks and escapes', '\u202e\u2066\u001b[2J\u0007'.repeat(100_000) + '\n'],
    ['carriage returns', '\r'.repeat(100_000)],
  ];
  for (const [name, shape] of shapes) {
    it(`are read with ${name}`, async function () {
      const document = await vscode.workspace.openTextDocument({
        language: 'netstat',
        content: LEAK + shape + (LEAK.split('\n')[3] ?? ''),
      });
      await vscode.window.showTextDocument(document);
      assert.match(await hover(document, 3, 'CLOSE_WAIT'), /CLOSE-WAIT/);
      assert.match(await hover(document, document.lineCount - 1, 'CLOSE_WAIT'), /CLOSE-WAIT/);
      for (const provider of [
        'vscode.executeCodeLensProvider',
        'vscode.executeDocumentSymbolProvider',
        'vscode.executeFoldingRangeProvider',
      ]) {
        const found = await vscode.commands.executeCommand<unknown[]>(provider, document.uri);
        assert.ok(found.length > 0, provider);
      }
      await vscode.commands.executeCommand('netstatLens.analyze', document.uri);
      await assert.eventually(() => panels().length === 1, 'the panel');
    });
  }
});
