// Checks that no regular expression of the source or the grammar backtracks more than linearly.
// What was found safe is kept in expressions.json, so that only new expressions are checked; delete
// it, and `npm run generate` checks all of them again.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

import { allFormats, firstLineOf } from './pages/formats';
import { netstatGrammar } from './grammar/netstat';

const GRAMMAR_KIT = path.join('core', 'grammar');
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LIST = path.join(ROOT, 'scripts/expressions.json');

// The checker would otherwise start Java or a native program.
process.env['RECHECK_BACKEND'] = 'pure';

/** What limits the checker is work, not time: on a busy machine it finds the same. */
const UNTIMED = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
};
/** Enough to find `\s+\d+\s*$` and its kind, which is what one writes by mistake. */
const BRIEF = { maxIteration: 1, maxGenerationSize: 30, maxInitialGenerationSize: 100 };

interface List {
  /** The checker that found them safe: another version is asked anew. */
  readonly checker: string;
  readonly source: readonly string[];
  readonly grammar: readonly string[];
}

/** The list of safe expressions as it should be; throws where one is not safe. */
export async function expressions(): Promise<{ path: string; text: string }> {
  const checker = checkerVersion();
  const old = existsSync(LIST) ? (JSON.parse(readFileSync(LIST, 'utf8')) as List) : undefined;
  const known = old?.checker === checker ? old : undefined;
  const list: List = {
    checker,
    source: await checked(ofSource(), known?.source),
    grammar: await checked(await ofGrammar(), known?.grammar, BRIEF),
  };
  return { path: LIST, text: `${JSON.stringify(list, null, 2)}\n` };
}

async function checked(
  found: ReadonlySet<string>,
  known: readonly string[] = [],
  limits: object = {},
): Promise<string[]> {
  const safe = new Set(known);
  const sorted = [...found].sort();
  for (const expression of sorted) {
    if (!safe.has(expression)) await assertLinear(expression, limits);
  }
  return sorted;
}

/** Throws where an expression, with slashes and flags, may take more than linear time. */
export async function assertLinear(expression: string, limits: object = {}): Promise<void> {
  const { check } = await import('recheck');
  const end = expression.lastIndexOf('/');
  const [source, flags] = [expression.slice(1, end), expression.slice(end + 1)];
  const result = await check(source, flags, { ...UNTIMED, ...limits });
  if (result.status === 'safe') return;
  const why = result.status === 'vulnerable' ? result.complexity.summary : result.error.kind;
  throw new Error(`Backtracks more than linearly, or cannot be checked (${why}): ${expression}`);
}

/** Every literal of src. */
function ofSource(): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  const folder = path.join(ROOT, 'src');
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    // The grammar's parts are checked in the grammar that is made of them.
    if (!/(?<!\.grammar)\.tsx?$/.test(name) || name.startsWith(GRAMMAR_KIT)) continue;
    const text = readFileSync(path.join(folder, name), 'utf8');
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest));
  }
  return found;
}

/** Every expression of the grammar and the language's first line, as JavaScript has it. */
async function ofGrammar(): Promise<ReadonlySet<string>> {
  const formats = await allFormats();
  const found = new Set([`/${asLiteral(firstLineOf(formats))}/`]);
  const visit = (value: object): void => {
    for (const [key, item] of Object.entries(value) as [string, unknown][]) {
      if (typeof item === 'object' && item !== null) visit(item);
      else if (typeof item === 'string' && /^(?:match|begin|end|while)$/.test(key)) {
        found.add(`/${asLiteral(item)}/`);
      }
    }
  };
  visit(netstatGrammar(formats));
  return found;
}

const WORD = "(?:[\\p{L}\\p{N}_ .'’:,/-]|\\\\[.()/+]|\\\\S\\{0,3\\}|\\\\s[*+]|\\\\w\\+)+";
const LONG_LIST = new RegExp(`(?<=\\((?:\\?:)?|\\|)(?:${WORD}\\|){3,}${WORD}(?=\\)|\\|)`, 'gu');

/**
 * `\G` holds at one place of a line, as `^` does; of a long list of plain words three stand for
 * all, since they differ only in their letters.
 */
function asLiteral(expression: string): string {
  return expression
    .replaceAll('(?:^|\\G)', '^')
    .replaceAll('\\G', '^')
    .replace(LONG_LIST, list => {
      const words = list.split('|');
      return [...words.slice(0, 2), words.at(-1)].join('|');
    });
}

function checkerVersion(): string {
  const file = path.join(ROOT, 'node_modules/recheck/package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
