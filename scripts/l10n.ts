/*
 * The texts that are translated: those of the manifest, which package.nls.json holds, and those of
 * the interface, which stand in the source.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

import { getOrAdd } from '../src/core/model/maps';
import { translationKey } from '../src/core/wording/translationKey';

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

/** A file of translations, the texts that it may translate by their keys, and its own. */
export interface Translations {
  readonly file: string;
  readonly english: Texts;
  readonly translated: Texts;
}

/** What is there of other languages. What is missing is shown in English. */
export async function translations(): Promise<Translations[]> {
  const manifest = await readTexts('package.nls.json');
  const said = Object.fromEntries([...(await sourceTexts())].map(text => [text, text]));
  const names = [...(await readdir(ROOT)), ...(await readdir(path.join(ROOT, 'l10n')))];
  return Promise.all(
    names.flatMap(name => {
      const [, kind] = /^(package\.nls|bundle\.l10n)\.[\w-]+\.json$/.exec(name) ?? [];
      if (kind === undefined) {
        return [];
      }
      const [file, english] = kind === 'package.nls' ? [name, manifest] : [`l10n/${name}`, said];
      return [readTexts(file).then(translated => ({ file, english, translated }))];
    }),
  );
}

async function readTexts(file: string): Promise<Texts> {
  return JSON.parse(await readFile(path.join(ROOT, file), 'utf8')) as Texts;
}

/** Whether a module says anything. */
const SAYS = /\b(?:say|label|l10n\.t)\(/;

/** What labels and statements are made with. */
const LABELS = /^(?:say|label)$/;
/** What says texts before the core is loaded. */
const EARLY = /(?:^|\.)l10n\.t$/;

/** Every text that is said to people, in the order of the source. */
export async function sourceTexts(): Promise<ReadonlySet<string>> {
  const labels = await literals('src', LABELS);
  const early = await literals('src/extension', EARLY);
  return new Set([...labels, ...early]);
}

/** The text of every label. */
export function sourceLabels(): Promise<string[]> {
  return literals('src', /^label$/);
}

/**
 * Translations as they are packed, by short keys of what they translate: the English texts, by which
 * people find them, are in the code already. What is said early keeps its text.
 */
export async function byKeys(translated: Texts): Promise<Texts> {
  const packed: Texts = {};
  const put = (key: string, text: string): void => {
    const translation = translated[text];
    if (translation !== undefined) {
      packed[key] = translation;
    }
  };
  const early = await literals('src/extension', EARLY);
  early.forEach(text => put(text, text));
  const texts = new Map<string, string>();
  for (const text of await literals('src', LABELS)) {
    const key = translationKey(text);
    const other = texts.get(key) ?? text;
    if (other !== text) {
      throw new Error(`two texts have the key ${key}: "${text}", "${other}"`);
    }
    texts.set(key, text);
    put(key, text);
  }
  return packed;
}

/** The texts that were looked for, by where and by which functions. */
const known = new Map<string, Promise<string[]>>();

/** The texts that some functions are called with. */
function literals(folder: string, called: RegExp): Promise<string[]> {
  return getOrAdd(known, `${folder} ${called.source}`, () => literalsIn(folder, called));
}

async function literalsIn(folder: string, called: RegExp): Promise<string[]> {
  const at = path.join(ROOT, folder);
  const names = (await readdir(at, { recursive: true })).filter(name => /\.tsx?$/.test(name));
  const found = await Promise.all(
    names.sort().map(async name => {
      const source = await readFile(path.join(at, name), 'utf8');
      // Most files say nothing, and parsing them takes seconds.
      return SAYS.test(source) ? textsOfCalls(name, source, called) : [];
    }),
  );
  return found.flat();
}

/** The first arguments of the calls of functions in a module, where they are mere strings. */
function textsOfCalls(file: string, source: string, called: RegExp): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && called.test(node.expression.getText())) {
      const [text] = node.arguments;
      if (text !== undefined && ts.isStringLiteralLike(text)) {
        texts.push(text.text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true));
  return texts;
}
