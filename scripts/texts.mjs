// Finds the texts in the source that are said to users, and takes those of the core out of bundles.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import ts from 'typescript';

/** Functions of the core that are given a text: its id, the text, and its sources. */
const SAYS = /^(?:say|label)$/;

/** The calls of functions in a module whose arguments from `first` to `last` are mere strings. */
export function callsWithTexts(file, source, called, first, last) {
  const calls = [];
  const visit = node => {
    if (ts.isCallExpression(node) && called.test(node.expression.getText())) {
      const texts = node.arguments.slice(first, last + 1);
      if (texts.length > last - first && texts.every(ts.isStringLiteralLike)) calls.push(texts);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true));
  return calls;
}

/** The ids and texts of a module of the core, and the module without these texts. */
function takeOut(file, source) {
  const texts = [];
  let rest = '';
  let at = 0;
  for (const [id, text] of callsWithTexts(file, source, SAYS, 0, 1)) {
    texts.push([id.text, text.text]);
    rest += `${source.slice(at, text.getStart())}''`;
    at = text.getEnd();
  }
  return { texts, source: rest + source.slice(at) };
}

/**
 * Puts the sentences of the core into a file of their own, as JSON by their ids. Code that says
 * them has to provide them first: see src/core/wording/statement.ts.
 */
export function textsApart(name) {
  return {
    name: 'texts-apart',
    setup(build) {
      const { absWorkingDir, outdir } = build.initialOptions;
      const byFile = new Map();
      build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
        const { texts, source } = takeOut(file, await readFile(file, 'utf8'));
        byFile.set(file, texts);
        return { contents: source, loader: 'ts' };
      });
      build.onEnd(({ outputFiles }) => {
        const entries = [...byFile.keys()].sort().flatMap(file => byFile.get(file));
        const texts = {};
        for (const [id, text] of entries) {
          if (text !== (texts[id] ?? text)) {
            return { errors: [{ text: `two texts have the id ${id}` }] };
          }
          texts[id] = text;
        }
        outputFiles?.push({
          path: path.join(absWorkingDir, outdir, name),
          contents: new TextEncoder().encode(JSON.stringify(texts)),
        });
        return undefined;
      });
    },
  };
}
