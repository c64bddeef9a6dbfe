/*
 * Whoever names a program or a host chooses what stands in a dump. In the editor it must stay text:
 * no icon, no link, no command, no character that hides or turns round what stands beside it.
 */
import * as vscode from 'vscode';

import { closeAll, open, panels } from './documents';
import * as assert from './suite/assert';

const HEADER =
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n';

const NAMES = [
  '[quit](command:workbench.action.quit)',
  '![x](https://example.org/x.png)',
  '</code></details><a href="command:workbench.action.quit">x</a>',
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '$(flame)$(gear)',
  'gpj\u202eexe.live',
  '\u2066left\u2069\u200b',
  '\ud800half',
  '\u001b[2J\u001b]0;title\u0007',
  '=cmd|calc!A1',
];

/** Findings of one kind that are told one by one; more are one finding. */
const FEW = 3;

/** A leak of each of the names, and of each a line that cannot be read. */
const dumpOf = (names: readonly string[]): string =>
  HEADER +
  names
    .flatMap((name, i) =>
      Array.from(
        { length: 7 },
        (_, n) =>
          `tcp 28 0 192.0.2.1:9443 192.0.2.7:${5000 + 10 * i + n} CLOSE_WAIT ${i + 10}/${name}\n`,
      ),
    )
    .join('') +
  names.map(name => `tcp broken 192.0.2.1:1 ${name} ESTABLISHED\n`).join('');

const DUMP = dumpOf(NAMES);

/** What nobody sees in a text and what acts nevertheless. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** What VS Code makes an icon of in labels. */
const ICON = /(?<!\\)\$\([a-z]/;

function assertShown(text: string, where: string): void {
  assert.ok(!HIDDEN.test(text), `${where}: ${JSON.stringify(text)}`);
}

describe('hostile names', () => {
  afterEach(closeAll);

  it('stay text in problems, with the lines that they refer to', async function () {
    for (let first = 0; first < NAMES.length; first += FEW) {
      await checkProblems(NAMES.slice(first, first + FEW));
    }
  });

  async function checkProblems(names: readonly string[]): Promise<void> {
    const { document } = await open(dumpOf(names));
    const problems = await assert.eventually(() => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length >= names.length && found;
    }, 'a problem for each name');
    for (const { message, relatedInformation = [] } of problems) {
      assertShown(message, 'problem');
      relatedInformation.forEach(one => assertShown(one.message, 'line of a problem'));
    }
    const [problem] = problems;
    assert.ok(problem, 'a problem');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
    );
    actions.forEach(({ title }) => assertShown(title, 'quick fix'));
  }

  it('stay text in lenses, the outline and hovers', async function () {
    const { document } = await open(
      NAMES.map(name => `==> ${name} <==\n${DUMP.replaceAll('192.0.2.7', name)}`).join('\n'),
    );
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    assert.ok(lenses.length > 1, 'lenses');
    for (const { command } of lenses) {
      assertShown(command?.title ?? '', 'lens');
      assert.ok(!ICON.test(command?.title ?? ''), command?.title);
      assert.ok(command?.command.startsWith('netstatLens.'), command?.command);
    }
    const shown = (symbols: readonly vscode.DocumentSymbol[]): void => {
      for (const { name, detail, children } of symbols) {
        assertShown(name, 'outline');
        assertShown(detail, 'outline');
        shown(children);
      }
    };
    shown(
      await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      ),
    );
    for (let line = 0; line < document.lineCount; line += 31) {
      for (let at = 0; at < document.lineAt(line).text.length; at += 11) {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          document.uri,
          new vscode.Position(line, at),
        );
        for (const content of hovers.flatMap(({ contents }) => contents)) {
          assert.ok(content instanceof vscode.MarkdownString, 'Markdown');
          assertShown(content.value.replaceAll('\n', ''), 'hover');
          assert.ok(!content.supportThemeIcons, 'icons');
          const links = content.value.matchAll(/\]\((?!data:image\/svg)([^)]*)\)/g);
          for (const [, target = ''] of links) {
            assert.match(
              target,
              /^(?:https:\/\/|command:(?:netstatLens\.\w+|workbench\.action\.findInFiles)\?)/,
            );
          }
        }
      }
    }
  });

  it('write no file, whatever is done with the dump', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'a folder');
    const before = await filesIn(folder.uri);
    const { document } = await open(DUMP + DUMP.replace(HEADER, `2026-01-05 10:00:00\n${HEADER}`));
    await vscode.commands.executeCommand('netstatLens.analyze', document.uri);
    await assert.eventually(() => panels().length === 1, 'the panel');
    await vscode.commands.executeCommand('netstatLens.showStateDiagram', document.uri.toString());
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('netstatLens.compareSnapshots', document.uri, 0, 1);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('netstatLens.reportUnrecognised');
    const report = vscode.window.activeTextEditor?.document;
    assert.ok(report?.languageId === 'markdown', 'the report');
    assertShown(report.getText().replaceAll('\n', ''), 'report');
    await closeAll();
    assert.deepEqual(await filesIn(folder.uri), before);
  });
});

/** Files of a folder with their sizes and times. */
async function filesIn(folder: vscode.Uri): Promise<string[]> {
  const names: string[] = [];
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    const uri = vscode.Uri.joinPath(folder, name);
    if (type === vscode.FileType.Directory) {
      names.push(...(await filesIn(uri)));
    } else {
      const { size, mtime } = await vscode.workspace.fs.stat(uri);
      names.push(`${uri.path} ${size} ${mtime}`);
    }
  }
  return names.sort();
}
