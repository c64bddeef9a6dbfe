/*
 * The picture in docs/architecture.md: which parts of src import which, read from the source. Only
 * imports of values count; types bind nothing together when the program runs.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = path.join(ROOT, 'docs/architecture.md');

const BEGIN = '<!-- made by "npm run generate" from the imports -->';
const END = '<!-- end -->';

/** The page with the picture that it should have. */
export async function architecturePage(): Promise<{ path: string; text: string }> {
  const old = await readFile(PAGE, 'utf8');
  const [before = '', rest = ''] = old.split(BEGIN);
  const [, after = ''] = rest.split(END);
  const picture = drawn(await imports());
  return { path: PAGE, text: `${before}${BEGIN}\n\n${picture}\n\n${END}${after}` };
}

/** For each part, the parts that it imports values from. */
async function imports(): Promise<Map<string, Set<string>>> {
  const src = path.join(ROOT, 'src');
  const names = (await readdir(src, { recursive: true }))
    .map(name => name.replaceAll(path.sep, '/'))
    .filter(name => /\.tsx?$/.test(name))
    .sort();
  const found = new Map<string, Set<string>>();
  for (const name of names) {
    const part = partOf(name);
    const wanted = found.get(part) ?? new Set<string>();
    found.set(part, wanted);
    const text = await readFile(path.join(src, name), 'utf8');
    for (const [, what = '', from = ''] of text.matchAll(
      /^(?:import|export) ((?:(?!;\n)[^])*?) from '(\.[^']+)';$/gm,
    )) {
      const other = partOf(path.posix.join(path.posix.dirname(name), `${from}.ts`));
      if (other !== part && other !== '..' && bindsValues(what)) {
        wanted.add(other);
      }
    }
  }
  return found;
}

function bindsValues(what: string): boolean {
  return (
    !what.startsWith('type ') &&
    (!what.startsWith('{') ||
      what
        .slice(1, -1)
        .split(',')
        .some(one => one.trim() !== '' && !one.trim().startsWith('type ')))
  );
}

/** `core/model`, `extension/node`, `cli`: the part that a file of src belongs to. */
function partOf(file: string): string {
  // A folder that is imported by its name is its index.ts.
  const [layer = '', folder = ''] = file.replace(/\.tsx?$/, '').split('/');
  return layer === 'core' || (layer === 'extension' && folder === 'node')
    ? `${layer}/${folder}`
    : layer;
}

function drawn(parts: ReadonlyMap<string, ReadonlySet<string>>): string {
  const id = (part: string): string => part.replace('/', '_');
  const names = [...parts.keys()].sort();
  const inner = names.filter(part => part.startsWith('core/'));
  const box = (part: string): string => `${id(part)}["${part.replace('core/', '')}"]`;
  return [
    '```mermaid',
    'flowchart TD',
    ...names.filter(part => !inner.includes(part)).map(part => `  ${box(part)}`),
    '  subgraph core',
    ...inner.map(part => `    ${box(part)}`),
    '  end',
    // An arrow into the core as a whole: which of its folders an outer part uses is no matter.
    ...names.flatMap(part =>
      [...new Set([...(parts.get(part) ?? [])].map(other => targetOf(part, other)))]
        .sort()
        .map(other => `  ${id(part)} --> ${id(other)}`),
    ),
    '```',
  ].join('\n');
}

function targetOf(part: string, other: string): string {
  return !part.startsWith('core/') && other.startsWith('core/') ? 'core' : other;
}
