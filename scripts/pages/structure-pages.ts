/*
 * The table of folders in CONTRIBUTING.md and the picture in docs/architecture.md, from the
 * configuration that lint checks imports with.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { type Folder, folders } from '../../.dependency-cruiser.mjs';

const BEGIN = '<!-- made by "npm run generate" from .dependency-cruiser.mjs -->';
const END = '<!-- end -->';

/** The pages with what they should say of the structure. */
export async function structurePages(): Promise<{ path: string; text: string }[]> {
  return Promise.all([page('CONTRIBUTING.md', table()), page('docs/architecture.md', picture())]);
}

async function page(name: string, made: string): Promise<{ path: string; text: string }> {
  const path = fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const [before = '', rest = ''] = (await readFile(path, 'utf8')).split(BEGIN);
  const [, after = ''] = rest.split(END);
  const options = { ...(await resolveConfig(path)), filepath: path };
  return { path, text: await format(`${before}${BEGIN}\n\n${made}\n\n${END}${after}`, options) };
}

function table(): string {
  const rows = folders.map(({ folder, what, imports, packages = [] }) => {
    const names = [...imports.map(name => name.replace('core/', '')), ...packages.map(code)];
    return `| ${code(`src/${folder}`)} | ${what} | ${names.join(', ')} |`;
  });
  return ['| folder | what | may import |', '|---|---|---|', ...rows].join('\n');
}

/** Only the arrows that no other path implies: the rest would hide the order. */
function picture(): string {
  const inner = folders.filter(isInCore);
  const outer = folders.filter(folder => !isInCore(folder));
  return [
    '```mermaid',
    'flowchart BT',
    ...outer.map(box).map(line => `  ${line}`),
    '  subgraph core',
    ...inner.map(box).map(line => `    ${line}`),
    '  end',
    ...folders.flatMap(({ folder, imports }) =>
      imports
        .filter(name => !imports.some(other => reaches(other, name)))
        .map(name => `  ${id(folder)} --> ${id(name)}`),
    ),
    '```',
  ].join('\n');
}

/** Whether a folder imports another one by way of others. */
function reaches(from: string, to: string): boolean {
  const imports = folders.find(({ folder }) => folder === from)?.imports ?? [];
  return imports.some(name => name === to || reaches(name, to));
}

function isInCore({ folder }: Folder): boolean {
  return folder.startsWith('core/');
}

function box({ folder }: Folder): string {
  return `${id(folder)}["${folder.replace('core/', '')}"]`;
}

function id(folder: string): string {
  return folder.replace('/', '_');
}

function code(text: string): string {
  return `\`${text}\``;
}
