/*
 * The TextMate grammars from scripts/grammar/ and what the formats of the core declare.
 */
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { allFormats } from './pages/formats';
import { markdownGrammar, netstatGrammar } from './grammar/netstat';

/** A file and what belongs in it. */
export interface Generated {
  readonly path: string;
  readonly text: string;
}

/** Every generated grammar file. */
export async function generateGrammars(): Promise<readonly Generated[]> {
  return [
    { path: syntaxPath('netstat'), text: await print(netstatGrammar(await allFormats())) },
    { path: syntaxPath('markdown-netstat'), text: await print(markdownGrammar) },
  ];
}

function syntaxPath(name: string): string {
  return fileURLToPath(new URL(`../syntaxes/${name}.tmLanguage.json`, import.meta.url));
}

/** JSON with small objects on one line, as Prettier leaves it. */
async function print(value: object): Promise<string> {
  return format(printValue(value, ''), { parser: 'json', printWidth: 100 });
}

function printValue(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map(item => inner + printValue(item, inner));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 1 && typeof entries[0]![1] === 'string') {
    return `{ ${JSON.stringify(entries[0]![0])}: ${JSON.stringify(entries[0]![1])} }`;
  }
  const lines = entries.map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${printValue(item, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
