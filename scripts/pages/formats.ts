/*
 * What the formats of src/core/dialects and src/core/statistics declare, for all that is generated from it.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { dialects } from '../../src/core/dialects';
import type { FormatGrammar } from '../../src/core/grammar/formatGrammar';
import { anyOf } from '../../src/core/grammar/words';
import type { Dialect } from '../../src/core/parsing/dialect';

/** Where formats stand, in the order in which their rules are tried. */
const FOLDERS = ['dialects', 'statistics'];

/** Formats with their parts of the grammar. */
export interface Formats {
  readonly dialects: readonly Dialect[];
  readonly grammars: readonly FormatGrammar[];
}

/** The formats that there are: those of the list, and every `NAME.grammar.ts`, by name, wherever it stands. */
export async function allFormats(): Promise<Formats> {
  const names = FOLDERS.flatMap(folder =>
    readdirSync(new URL(`../../src/core/${folder}/`, import.meta.url), {
      recursive: true,
      encoding: 'utf8',
    })
      .map(name => name.replaceAll('\\', '/'))
      .filter(name => name.endsWith('.grammar.ts'))
      .sort((a, b) => (path.basename(a) < path.basename(b) ? -1 : 1))
      .map(name => `${folder}/${name.slice(0, -'.grammar.ts'.length)}`),
  );
  // In this form esbuild knows which files may be meant.
  const modules = await Promise.all(
    names.map(
      name =>
        import(`../../src/core/${name}.grammar.ts`) as Promise<{ readonly grammar: FormatGrammar }>,
    ),
  );
  return { dialects, grammars: modules.map(module => module.grammar) };
}

/** An expression for the titles of sections. */
export function titlesOf(formats: readonly Dialect[]): string {
  return anyOf(unique(formats.flatMap(format => format.titles ?? [])));
}

/** An expression for the beginnings of column headers; their columns may be glued together. */
export function headersOf(formats: readonly Dialect[]): string {
  return anyOf(unique(formats.flatMap(format => format.headers ?? []))).replaceAll(' ', '\\s*');
}

/** Expressions for commands: those that may also be words of a text, and those that cannot. */
export function commandsOf(formats: readonly Dialect[]): { names: string; sure: string } {
  const commands = unique(formats.flatMap(format => format.commands));
  const isName = (command: string): boolean => /^[a-z]+$/.test(command);
  return {
    names: anyOf(commands.filter(isName)),
    sure: anyOf(commands.filter(command => !isName(command)))
      .replaceAll(' ', '\\s+')
      .replace(/\/(?=\||$)/g, '/\\w+'),
  };
}

/** An expression for the first line of a file that is a dump. */
export function firstLineOf({ dialects: formats, grammars }: Formats): string {
  const { names, sure } = commandsOf(formats);
  const beginnings = [
    `(?:${titlesOf(formats)})\\s*(?:\\(.*)?$`,
    `(?:${headersOf(formats)})(?!\\S)`,
    ...grammars.flatMap(grammar => grammar.firstLines ?? []),
    'zzz [*<]',
    // A prompt and a command, or a command alone with options.
    '\\S{0,80}(?:\\s\\S{1,40})?\\s?[$#>%] ?(?:sudo |doas )?' +
      `(?:(?:${names})(?:\\.exe)? +-|(?:${sure})(?!\\S))`,
    `(?:sudo |doas )?(?:${names}) +-[A-Za-z0-9 -]+$`,
  ];
  return `^\\uFEFF?[\\s>#]*(?:${beginnings.join('|')})`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
