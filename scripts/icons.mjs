// The icons of the panel: of all that VS Code's icon font has, those that the panel's sources name.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import subsetFont from 'subset-font';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The package that they are from. */
export const ICON_PACKAGE = 'node_modules/@vscode/codicons';

/** What {@link writeIcons} makes. */
export const ICON_FILES = ['dist/panel/codicon.css', 'dist/panel/codicon.ttf'];

/** Where a name of an icon may stand. */
const SOURCES = ['src/panel', 'src/core/viewModel'];

const RULE = /^\.codicon-([a-z\d-]+):before \{ content: "\\([\da-f]+)" \}\n/gm;

/** Writes the font and its styles, without the icons that are not used. */
export async function writeIcons() {
  const read = name => readFile(path.join(root, ICON_PACKAGE, 'dist', name));
  const [css, font] = [String(await read('codicon.css')), await read('codicon.ttf')];
  const words = await wordsOf(SOURCES);
  const used = new Set();
  const styles = css.replace(RULE, (rule, name, code) => {
    if (!words.has(name)) return '';
    used.add(String.fromCodePoint(Number.parseInt(code, 16)));
    return rule;
  });
  const [cssFile, fontFile] = ICON_FILES.map(file => path.join(root, file));
  await mkdir(path.dirname(cssFile), { recursive: true });
  await writeFile(cssFile, styles);
  await writeFile(
    fontFile,
    await subsetFont(font, [...used].join(''), { targetFormat: 'truetype' }),
  );
}

/** All words in quotes: a name that is none of an icon does no harm. */
async function wordsOf(folders) {
  const words = new Set();
  for (const folder of folders) {
    const files = await readdir(path.join(root, folder), { recursive: true });
    for (const file of files.filter(one => /\.tsx?$/.test(one))) {
      const text = await readFile(path.join(root, folder, file), 'utf8');
      for (const [, word] of text.matchAll(/['"]([a-z\d-]{2,40})['"]/g)) words.add(word);
    }
  }
  return words;
}
