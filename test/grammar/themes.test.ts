import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type IGrammar, INITIAL, type IRawTheme } from 'vscode-textmate';
import { cacheFolder } from '../harness/paths';
import { createRegistry } from './tokenizer';

/** A colour theme as VS Code's own extensions have it. */
interface ThemeFile {
  readonly include?: string;
  readonly colors?: Readonly<Record<string, string>>;
  readonly tokenColors?: IRawTheme['settings'];
}

/** The colour themes of the VS Code builds that the other tests have fetched; none before. */
function themeFiles(): string[] {
  const builds = existsSync(cacheFolder) ? readdirSync(cacheFolder) : [];
  const extensions = builds
    .filter(name => name.startsWith('code-server-'))
    .map(name => path.join(cacheFolder, name, 'node_modules/code-server/lib/vscode/extensions'))
    .filter(existsSync);
  return extensions.flatMap(folder =>
    readdirSync(folder)
      .filter(name => name.startsWith('theme-'))
      .map(name => path.join(folder, name, 'themes'))
      .filter(existsSync)
      .flatMap(themes => readdirSync(themes).map(file => path.join(themes, file)))
      .filter(file => file.endsWith('.json') && !file.includes('icon')),
  );
}

/** Reads a theme with what it includes. Themes are JSON with comments and trailing commas. */
function readTheme(file: string): IRawTheme {
  const theme = JSON.parse(
    readFileSync(file, 'utf8')
      .replace(/^\s*\/\/.*$/gm, '')
      .replace(/,(?=\s*[}\]])/g, ''),
  ) as ThemeFile;
  const base =
    theme.include === undefined ? [] : readTheme(path.join(file, '..', theme.include)).settings;
  const foreground = theme.colors?.['editor.foreground'];
  const background = theme.colors?.['editor.background'];
  return {
    name: path.basename(file),
    settings: [
      ...(foreground === undefined && base.length > 0
        ? []
        : [
            {
              settings: {
                foreground: foreground ?? '#777777',
                background: background ?? '#888888',
              },
            },
          ]),
      ...base,
      ...(theme.tokenColors ?? []),
    ],
  };
}

const ROW =
  'tcp       28      0 192.0.2.1:9443          192.0.2.7:51044         STATE       4321/orders-api';

describe('grammar: themes', () => {
  const files = themeFiles();
  if (files.length === 0) {
    console.warn('skipped, no VS Code in the cache yet: CLOSE_WAIT in its themes');
  }
  for (const file of files) {
    it(`CLOSE_WAIT has a colour of its own in ${path.basename(file)}`, async () => {
      const registry = await createRegistry();
      registry.setTheme(readTheme(file));
      const grammar = (await registry.loadGrammar('source.netstat'))!;
      const colours = registry.getColorMap();
      const suspicious = colourOf(grammar, colours, 'CLOSE_WAIT', 'CLOSE_WAIT');
      for (const state of ['ESTABLISHED', 'LISTEN', 'TIME_WAIT', 'FIN_WAIT2', 'SYN_SENT']) {
        assert.notEqual(colourOf(grammar, colours, state, state), suspicious, state);
      }
      for (const part of ['tcp', '28', '192.0.2.1', '9443', '4321', 'orders-api']) {
        assert.notEqual(colourOf(grammar, colours, 'CLOSE_WAIT', part), suspicious, part);
      }
    });
  }
});

/** The colour of a part of the row in a state. */
function colourOf(grammar: IGrammar, colours: string[], state: string, part: string): string {
  const row = ROW.replace('STATE', state);
  const { tokens } = grammar.tokenizeLine2(row, INITIAL);
  const at = row.indexOf(part);
  let metadata = 0;
  for (let i = 0; i < tokens.length; i += 2) {
    if (tokens[i]! <= at) {
      metadata = tokens[i + 1]!;
    }
  }
  // Bits 15 to 23 are the foreground (vscode-textmate, encodedTokenAttributes).
  return colours[(metadata >>> 15) & 0x1ff] ?? '';
}
