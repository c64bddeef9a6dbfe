import * as vscode from 'vscode';

import { closeAll, LEAK, open } from './documents';
import * as assert from './suite/assert';

function webviews(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputWebview ? [input.viewType] : []));
}

describe('Show TCP State Diagram', () => {
  afterEach(closeAll);

  it('opens the diagram beside the dump, once', async () => {
    const { document } = await open(LEAK);
    for (const state of ['CLOSE-WAIT', 'no such state']) {
      await vscode.commands.executeCommand(
        'netstatLens.showStateDiagram',
        document.uri.toString(),
        state,
      );
    }
    await assert.eventually(
      () => webviews().filter(type => type.endsWith('netstatLens.stateDiagram')).length === 1,
      'one diagram',
    );
  });
});
