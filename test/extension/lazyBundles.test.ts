import * as vscode from 'vscode';

import { LazyBundles, type LoadBundle } from '../../src/extension/lazyBundles';
import { closeAll } from './documents';
import * as assert from './suite/assert';

const COMMAND = 'netstatLens.test.part';

/** Fails for the first `failures` times that a part is asked for. */
function loader(failures = 0): { load: LoadBundle; asked: () => number } {
  let asked = 0;
  const load = (): Promise<unknown> =>
    asked++ < failures ? Promise.reject(new Error('torn')) : Promise.resolve({});
  return { load: load as LoadBundle, asked: () => asked };
}

describe('parts of the extension', () => {
  let parts: LazyBundles;
  afterEach(() => parts.dispose());
  after(closeAll);

  it('are loaded once, and take over their commands', async () => {
    const { load, asked } = loader();
    parts = new LazyBundles(load);
    const calls: unknown[][] = [];
    let command: vscode.Disposable | undefined;
    const part = parts.once([COMMAND], async () => {
      await parts.load('main');
      return () => {
        command = vscode.commands.registerCommand(COMMAND, (...args: unknown[]) => {
          calls.push(args);
        });
        return 'here';
      };
    });
    assert.equal(asked(), 0);
    await vscode.commands.executeCommand(COMMAND, 'first', 1);
    await vscode.commands.executeCommand(COMMAND, 'second');
    assert.deepEqual(await Promise.all([part(), part()]), ['here', 'here']);
    assert.equal(asked(), 1);
    assert.deepEqual(calls, [['first', 1], ['second']]);
    command?.dispose();
  });

  it('say what is wrong where they cannot be loaded, and are tried again', async () => {
    const { load } = loader(1);
    parts = new LazyBundles(load);
    const part = parts.once([], async () => {
      await parts.load('main');
      return () => 'here';
    });
    assert.match(String(await assert.rejects(part())), /cannot be loaded: main\..*\(torn\)/);
    assert.equal(await part(), 'here');
  });

  it('register nothing when the extension ended meanwhile', async () => {
    parts = new LazyBundles(loader().load);
    let registered = false;
    const part = parts.once([], async () => {
      await parts.load('main');
      return () => {
        registered = true;
      };
    });
    const loading = part();
    parts.dispose();
    const error = await assert.rejects(loading);
    assert.ok(error instanceof vscode.CancellationError, String(error));
    assert.ok(!registered);
  });
});
