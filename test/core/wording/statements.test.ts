import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { sources } from '../../../src/core/wording/sources';
import { projectFolder } from '../../harness/paths';

/** A call of `say` or `label`, as written. */
interface Entry {
  readonly kind: string;
  readonly text: string;
  readonly sources: readonly string[];
  readonly place: string;
}

/*
 * Statements are found in the source text, not among the exports: most are private to the module
 * that says them.
 */
function entriesOf(file: string): Entry[] {
  const text = readFileSync(file, 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const entries: Entry[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const kind = node.expression.text;
      if (kind === 'say' || kind === 'label') {
        const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
        const place = `${path.relative(projectFolder, file)}:${line + 1}`;
        const words = node.arguments.map(literal);
        // A helper may make labels of what it is given; statements stand as they are.
        assert.ok(kind === 'label' || !words.includes(null), `${place}: not all strings`);
        if (!words.includes(null)) {
          const [said = '', ...rest] = words.map(String);
          entries.push({ kind, text: said, sources: rest, place });
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return entries;
}

function literal(node: ts.Expression): string | null {
  return ts.isStringLiteralLike(node) ? node.text : null;
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => path.join(folder, name));
}

const core = path.join(projectFolder, 'src/core');
const entries = files(core)
  .filter(file => !file.endsWith('statement.ts'))
  .flatMap(entriesOf);
const statements = entries.filter(({ kind }) => kind === 'say');

describe('statements', () => {
  it('are there', () => {
    assert.ok(statements.length > 400, `only ${statements.length} statements found`);
  });

  it('each name a source that exists', () => {
    for (const { place, sources: named } of statements) {
      assert.notEqual(named.length, 0, `${place}: no source`);
      for (const source of named) {
        assert.ok(Object.hasOwn(sources, source), `${place}: no source called ${source}`);
      }
      assert.equal(new Set(named).size, named.length, `${place}: a source is named twice`);
    }
  });

  it('close every mark that they open', () => {
    for (const { text, place } of entries) {
      let open = '';
      for (const mark of text.match(/\*\*|`/g) ?? []) {
        assert.ok(open === '' || open === mark, `${place}: ${mark} within ${open}`);
        open = open === '' ? mark : '';
      }
      assert.equal(open, '', `${place}: ${open} is not closed`);
    }
  });

  it('speak plainly', () => {
    for (const { text, place } of statements) {
      assert.doesNotMatch(text, /\b(?:possibly|perhaps|please|simply|obviously|might)\b/i, place);
      assert.ok(text.length < 330, `${place}: ${text.length} characters`);
    }
  });
});

describe('sources', () => {
  it('are each used', () => {
    const used = new Set(statements.flatMap(entry => entry.sources));
    assert.deepEqual(
      Object.keys(sources).filter(id => !used.has(id)),
      [],
    );
  });

  it('have a title, and an https address where they have one', () => {
    for (const { title, url } of Object.values(sources) as { title: string; url?: string }[]) {
      assert.notEqual(title, '');
      assert.ok(url === undefined || new URL(url).protocol === 'https:', title);
    }
  });
});
