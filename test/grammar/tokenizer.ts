import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import {
  type IGrammar,
  INITIAL,
  parseRawGrammar,
  Registry,
  type StateStack,
} from 'vscode-textmate';

/** A part of a line with its scopes, outermost first. */
interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

/** One line with its tokens. */
export interface TokenLine {
  readonly text: string;
  readonly tokens: readonly Token[];
}

const SYNTAXES = new URL('../../syntaxes/', import.meta.url);

const FILES: Readonly<Record<string, string>> = {
  'source.netstat': 'netstat.tmLanguage.json',
  'markdown.netstat.codeblock': 'markdown-netstat.tmLanguage.json',
};

let wasm: Promise<void> | undefined;

/**
 * A registry as VS Code has it: our grammars and those given by path, with the injection into
 * Markdown that package.json asks for.
 */
export async function createRegistry(
  others: Readonly<Record<string, string>> = {},
): Promise<Registry> {
  const require = createRequire(import.meta.url);
  wasm ??= loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  await wasm;
  return new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: scope => {
      const file = FILES[scope];
      const path = others[scope] ?? (file === undefined ? undefined : syntaxFile(file));
      return Promise.resolve(
        path === undefined ? null : parseRawGrammar(readFileSync(path, 'utf8'), path),
      );
    },
    getInjections: scope =>
      scope === 'text.html.markdown' ? ['markdown.netstat.codeblock'] : undefined,
  });
}

function syntaxFile(name: string): string {
  return fileURLToPath(new URL(name, SYNTAXES));
}

let netstat: Promise<IGrammar> | undefined;

/** The grammar of the language `netstat`. */
export function netstatGrammar(): Promise<IGrammar> {
  netstat ??= createRegistry().then(async registry => {
    const grammar = await registry.loadGrammar('source.netstat');
    if (grammar === null) {
      throw new Error('no grammar');
    }
    return grammar;
  });
  return netstat;
}

/** Tokenizes lines one after the other. */
export function tokenize(grammar: IGrammar, lines: readonly string[]): TokenLine[] {
  let stack: StateStack = INITIAL;
  return lines.map(text => {
    const result = grammar.tokenizeLine(text, stack);
    stack = result.ruleStack;
    return {
      text,
      tokens: result.tokens.map(token => ({
        start: token.startIndex,
        end: Math.min(token.endIndex, text.length),
        text: text.slice(token.startIndex, token.endIndex),
        scopes: token.scopes,
      })),
    };
  });
}

/** The lines of a text, whatever ends them. */
export function linesOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') {
    lines.pop();
  }
  return lines;
}
