/*
 * The texts that are translated: those of the manifest, which package.nls.json holds, and those of
 * the interface, which stand in the source.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { ENGLISH } from '../src/shared/panel/strings';
import { callsWithTexts } from './texts.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Texts by their keys. */
export type Texts = Record<string, string>;

/** Fields of the manifest that people read. */
const READ = new Set([
  'category',
  'description',
  'displayName',
  'enumDescriptions',
  'markdownDescription',
  'markdownEnumDescriptions',
  'title',
  'userDescription',
]);

/** Parts of the manifest in which a field of such a name is something else, or for a model. */
const NOT_READ = new Set(['inputSchema', 'languages']);

/** Levels of the manifest that keys do without. */
const LEFT_OUT = new Set(['contributes', 'properties', 'items']);

/** What tells the items of a list of the manifest apart. */
const NAMES = ['command', 'id', 'name'] as const;

/** The manifest's object with its texts taken out, and the texts by the keys put in their place. */
export function takeTexts(manifest: object): { manifest: object; texts: Texts } {
  const texts: Texts = {};
  const put = (key: string, text: string): string => {
    if (text !== (texts[key] ?? text)) {
      throw new Error(`two texts of the manifest have the key ${key}`);
    }
    texts[key] = text;
    return `%${key}%`;
  };
  const walk = (value: unknown, at: readonly string[]): unknown => {
    if (Array.isArray(value)) {
      return value.map((item: unknown, i) => walk(item, [...at, nameOf(item) ?? String(i)]));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const names = (value as { enum?: unknown }).enum;
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]: [string, unknown]) => {
        // The name of the extension is the same everywhere.
        if (READ.has(field) && typeof inner === 'string' && at.join() + field !== 'displayName') {
          const key = field === 'category' ? [field] : [...at, field];
          return [field, put(key.join('.'), inner)];
        }
        if (READ.has(field) && Array.isArray(inner)) {
          const labels = Array.isArray(names) ? names : [];
          return [
            field,
            inner.map((text, i) => put([...at, String(labels[i] ?? i)].join('.'), String(text))),
          ];
        }
        const inside = LEFT_OUT.has(field) ? at : [...at, shortened(field)];
        return [field, NOT_READ.has(field) ? inner : walk(inner, inside)];
      }),
    );
  };
  return { manifest: walk(manifest, []) as object, texts };
}

/** A manifest with its texts put back in place of their keys. */
export function putTexts(manifest: string, texts: Texts): string {
  return manifest.replace(/"%([^"%]+)%"/g, (whole, key: string) => {
    const text = texts[key];
    return text === undefined ? whole : JSON.stringify(text);
  });
}

function nameOf(item: unknown): string | undefined {
  const fields = (typeof item === 'object' ? item : null) as Record<string, unknown> | null;
  const name = NAMES.map(field => fields?.[field]).find(value => typeof value === 'string');
  return name === undefined ? undefined : shortened(name);
}

function shortened(name: string): string {
  return name.replace(/^netstatLens\./, '');
}

/** Every text that the extension and its panel say themselves. */
export async function interfaceTexts(): Promise<string[]> {
  const said = await argumentsOf('src/extension', /(?:^|\.)l10n\.t$/, 0);
  return [...new Set([...said, ...Object.values(ENGLISH)])];
}

/** Every sentence and word of the core, which may be translated as well. */
export function coreTexts(): Promise<string[]> {
  return argumentsOf('src/core', /^(?:say|label)$/, 1);
}

/** The texts that the calls of some functions are given, in the order of the source. */
async function argumentsOf(folder: string, called: RegExp, argument: number): Promise<string[]> {
  const at = path.join(ROOT, folder);
  const names = (await readdir(at, { recursive: true })).filter(name => name.endsWith('.ts'));
  const texts = new Set<string>();
  for (const name of names.sort()) {
    const source = await readFile(path.join(at, name), 'utf8');
    for (const [said] of callsWithTexts(name, source, called, argument, argument)) {
      texts.add(said!.text);
    }
  }
  return [...texts];
}
