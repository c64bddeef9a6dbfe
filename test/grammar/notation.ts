import { scopes, stateScopes } from '../../src/core/grammar/scopes';
import type { TokenLine } from './tokenizer';

/*
 * How the fixtures write what the grammar makes of a dump: each line of it behind `> `, and below
 * it, where it has tokens, a line that underlines them and names them in their order.
 *
 *   > tcp  28  0  192.0.2.1:443  198.51.100.7:50000  CLOSE_WAIT
 *     ^^^  ^^     ^^^^^^^^^ ^^^  ^^^^^^^^^^^^ ^^^^^  ^^^^^^^^^^   protocol queue address port …
 *
 * Tokens that touch are underlined with `^` and `~` in turn.
 */

const NAMES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(scopes).map(([name, scope]) => [scope, name] as const),
  ...Object.entries(stateScopes).map(([name, scope]) => [scope, name] as const),
]);

/** The scopes of a token by the name they have in the grammar's source; '' for none. */
export function nameOf(tokenScopes: readonly string[]): string {
  const own = tokenScopes.filter(scope => scope !== 'source.netstat').join(' ');
  return own === '' ? '' : (NAMES.get(own) ?? own);
}

/** Writes tokenized lines as the fixtures have them. */
export function write(lines: readonly TokenLine[]): string {
  return lines.map(line => `> ${line.text}\n${underline(line)}`).join('');
}

function underline(line: TokenLine): string {
  let marks = '';
  const names: string[] = [];
  let mark = '^';
  for (const token of line.tokens) {
    const name = nameOf(token.scopes);
    if (name === '') {
      continue;
    }
    mark = marks.length === token.start && marks.endsWith('^') ? '~' : '^';
    marks = marks.padEnd(token.start) + mark.repeat(token.end - token.start);
    names.push(name);
  }
  return names.length === 0 ? '' : `  ${marks}   ${names.join(' ')}\n`;
}

/** The dump that a fixture is about. */
export function sourceLines(fixture: string): string[] {
  return fixture
    .split('\n')
    .filter(line => line.startsWith('> '))
    .map(line => line.slice(2));
}
