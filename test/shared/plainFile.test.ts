import assert from 'node:assert/strict';

import { type PathState, plainFileState, readPlainFile } from '../../src/shared/plainFile';

const PATH = ['/w', '/w/sub', '/w/sub/a.txt'];
const FOLDER: PathState = { kind: 'folder', size: 0, mtime: 1, ctime: 1 };
const FILE: PathState = { kind: 'file', size: 3, mtime: 1, ctime: 1 };

type Tree = Record<string, PathState>;

function plainTree(): Tree {
  return { '/w': FOLDER, '/w/sub': FOLDER, '/w/sub/a.txt': FILE };
}

function filesOf(tree: Tree) {
  return {
    stat: (address: string): Promise<PathState> => {
      const state = tree[address];
      return state === undefined ? Promise.reject(new Error('gone')) : Promise.resolve(state);
    },
  };
}

/** What is read of a file while `change` happens. */
async function readDuring(change: (tree: Tree) => void): Promise<string | null> {
  const tree = plainTree();
  return readPlainFile(PATH, filesOf(tree), () => {
    change(tree);
    return Promise.resolve('text');
  });
}

describe('a plain file', () => {
  it('is reached through plain folders only', async () => {
    assert.deepEqual(await plainFileState(PATH, filesOf(plainTree())), FILE);
    for (const [step, state] of Object.entries(plainTree())) {
      for (const kind of ['file', 'folder', 'other'] as const) {
        const tree = { ...plainTree(), [step]: { ...state, kind } };
        const found = await plainFileState(PATH, filesOf(tree));
        assert.equal(found !== null, kind === state.kind, `${step} as ${kind}`);
      }
      const without = Object.fromEntries(
        Object.entries(plainTree()).filter(([name]) => name !== step),
      );
      assert.equal(await plainFileState(PATH, filesOf(without)), null, `no ${step}`);
    }
    assert.equal(await plainFileState([], filesOf({})), null);
  });

  it('is read where it stays the same', async () => {
    assert.equal(await readDuring(() => undefined), 'text');
    // Another file beside it has changed.
    const folder = { ...FOLDER, mtime: 2, size: 9 };
    assert.equal(await readDuring(tree => Object.assign(tree, { '/w/sub': folder })), 'text');
  });

  it('is not read at all through a link', async () => {
    const tree = { ...plainTree(), '/w/sub': { ...FOLDER, kind: 'other' as const } };
    let reads = 0;
    const content = await readPlainFile(PATH, filesOf(tree), () => Promise.resolve(++reads));
    assert.equal(content, null);
    assert.equal(reads, 0);
  });

  it('is refused if it or its way has changed while it was read', async () => {
    const changes: Tree[] = [
      { '/w/sub/a.txt': { ...FILE, kind: 'other' } },
      { '/w/sub': { ...FOLDER, kind: 'other' } },
      { '/w/sub/a.txt': { ...FILE, size: 4 } },
      { '/w/sub/a.txt': { ...FILE, mtime: 2 } },
      { '/w/sub/a.txt': { ...FILE, ctime: 2 } },
    ];
    for (const change of changes) {
      const read = await readDuring(tree => Object.assign(tree, change));
      assert.equal(read, null, JSON.stringify(change));
    }
    assert.equal(await readDuring(tree => delete tree['/w/sub/a.txt']), null);
  });
});
