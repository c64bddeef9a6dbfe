// Finds the texts in the source that are said to users.

import ts from 'typescript';

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
