import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type IGrammar, INITIAL, type IRawTheme } from 'vscode-textmate';
import { cacheFolder, projectFolder } from '../harness/paths';
import { sampleText } from '../core/rows';
import { createRegistry } from './tokenizer';

/** A color theme as VS Code's own extensions have it. */
interface ThemeFile {
  readonly include?: string;
  readonly colors?: Readonly<Record<string, string>>;
  readonly tokenColors?: IRawTheme['settings'];
}

/** The color themes of the VS Code builds that the other tests have fetched; none before. */
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

/** Stands for the color of text in themes that name none. */
const NO_FOREGROUND = '#777777';

/** Themes are JSON with comments and trailing commas. */
function themeFile(file: string): ThemeFile {
  return JSON.parse(
    readFileSync(file, 'utf8')
      .replace(/^\s*\/\/.*$/gm, '')
      .replace(/,(?=\s*[}\]])/g, ''),
  ) as ThemeFile;
}

/** Reads a theme with what it includes. */
function readTheme(file: string): IRawTheme {
  const theme = themeFile(file);
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
                foreground: foreground ?? NO_FOREGROUND,
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

/** What a name of VS Code's default themes begins with, and the contrast that WCAG 2.2 AA wants of text. */
const DEFAULTS = /^(?:2026-dark|2026-light|dark_modern|light_modern|hc_black|hc_light)\.json$/;
const ENOUGH = 4.5;

describe('grammar: contrast in the default themes', () => {
  const files = themeFiles().filter(file => DEFAULTS.test(path.basename(file)));
  if (files.length === 0) {
    console.warn('skipped, no VS Code in the cache yet: the contrast of colours');
  }
  for (const file of files) {
    it(`every colour can be read in ${path.basename(file)}`, async () => {
      const background = backgroundOf(file);
      const registry = await createRegistry();
      registry.setTheme(readTheme(file));
      const grammar = (await registry.loadGrammar('source.netstat'))!;
      const colours = registry.getColorMap();
      const seen = new Set<string>();
      for (const name of readdirSync(path.join(projectFolder, 'samples'))) {
        let stack = INITIAL;
        for (const line of sampleText(name).split(/\r\n|\n|\r/)) {
          const { tokens, ruleStack } = grammar.tokenizeLine2(line, stack);
          stack = ruleStack;
          for (let i = 1; i < tokens.length; i += 2) {
            seen.add(colours[(tokens[i]! >>> 15) & 0x1ff]!);
          }
        }
      }
      // Text that a theme gives no color to has VS Code's.
      seen.delete(NO_FOREGROUND);
      assert.ok(seen.size > 4, `colours: ${[...seen].join(' ')}`);
      for (const colour of seen) {
        const contrast = contrastOf(colour, background);
        assert.ok(contrast >= ENOUGH, `${colour} on ${background}: ${contrast.toFixed(2)}`);
      }
    });
  }
});

/** The editor's background in a theme, which may be that of the theme that it is made from. */
function backgroundOf(file: string): string {
  const { colors, include } = themeFile(file);
  const own = colors?.['editor.background'];
  // Where a theme has none, VS Code's own default for its kind counts (editorColorRegistry.ts).
  const registered = file.includes('light') ? '#ffffff' : '#000000';
  return own ?? (include === undefined ? registered : backgroundOf(path.join(file, '..', include)));
}

/** How much lighter one color is than the other (WCAG 2.2, contrast ratio). */
function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The color of a part of the row in a state. */
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
