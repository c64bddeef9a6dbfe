import * as vscode from 'vscode';

import { closeAll, LEAK, open } from './documents';
import * as assert from './suite/assert';

const SCHEME = 'netstat-lens-difference';

/** Two connections more in CLOSE_WAIT, and the one that was ESTABLISHED gone. */
const LATER = LEAK.replace(/.*ESTABLISHED.*\n/, '').replace(
  /(.*)51044(.*\n)/,
  (row, before: string, after: string) => `${row}${before}51050${after}${before}51051${after}`,
);

/** The comparison that is shown, as it is written. */
async function comparison(): Promise<string> {
  const uri = await assert.eventually(
    () =>
      vscode.workspace.textDocuments.find(document => document.uri.scheme === SCHEME)?.uri ?? false,
    'the comparison',
  );
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

describe('comparing snapshots', () => {
  afterEach(closeAll);

  it('says in a lens what changed, and shows it in full', async () => {
    const { document } = await open(LEAK + LATER);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    const lens = lenses.find(({ command }) => command?.title.startsWith('+'));
    assert.ok(lens?.command, 'a lens with changes');
    assert.equal(lens.command.title, '+2 CLOSE_WAIT, \u22121 ESTABLISHED');
    await vscode.commands.executeCommand(
      lens.command.command,
      ...((lens.command.arguments ?? []) as unknown[]),
    );
    const text = await comparison();
    assert.match(text, /2 new, 1 gone, 0 changed state, 2 stuck/);
  });

  it('takes the earlier of two dumps first, whichever is in front', async () => {
    await open(`Mon Nov 30 10:20:00 UTC 2026\n${LATER}`);
    await open(`Mon Nov 30 10:00:00 UTC 2026\n${LEAK}`);
    await vscode.commands.executeCommand('workbench.action.previousEditor');
    await vscode.commands.executeCommand('netstatLens.compareSnapshots');
    assert.match(await comparison(), /2 new, 1 gone/);
  });

  it('compares the two snapshots that are there', async () => {
    await open(LEAK + LATER);
    await vscode.commands.executeCommand('netstatLens.compareSnapshots');
    assert.match(await comparison(), /2 new, 1 gone/);
  });
});
