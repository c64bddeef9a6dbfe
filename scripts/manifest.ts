import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { listedRules } from '../src/core/analysis/ruleTable';
import { thresholds } from '../src/core/analysis/thresholds';
import { allFormats, firstLineOf } from './pages/formats';
import { putTexts, takeTexts, type Texts } from './l10n';

const PATH = fileURLToPath(new URL('../package.json', import.meta.url));
const TEXTS_PATH = fileURLToPath(new URL('../package.nls.json', import.meta.url));

interface Manifest {
  contributes: {
    languages: { firstLine: string }[];
    configuration: { title: string; properties: Record<string, object> }[];
  };
}

/**
 * package.json with the first line of dumps and the settings that are made from the core's tables,
 * and package.nls.json with the texts of it. A text that was written into package.json itself moves
 * there.
 */
export async function manifest(): Promise<{ path: string; text: string }[]> {
  const known = JSON.parse(await readFile(TEXTS_PATH, 'utf8')) as Texts;
  const old = putTexts(await readFile(PATH, 'utf8'), known);
  const parsed = JSON.parse(old) as Manifest;
  parsed.contributes.languages[0]!.firstLine = firstLineOf(await allFormats());
  const general = parsed.contributes.configuration[0];
  if (general === undefined) {
    throw new Error('package.json has no settings');
  }
  general.properties = {
    ...general.properties,
    'netstatLens.ignoredRules': {
      type: 'array',
      items: {
        type: 'string',
        enum: listedRules.map(({ id }) => id),
        enumDescriptions: listedRules.map(({ code, title }) => `${code}: ${title.text}`),
      },
      uniqueItems: true,
      default: [],
      description: 'Rules that do not report findings.',
      order: 20,
    },
  };
  parsed.contributes.configuration = [
    general,
    {
      title: 'Thresholds',
      properties: Object.fromEntries(
        Object.entries(thresholds).map(([id, threshold], i) => [
          `netstatLens.thresholds.${id}`,
          {
            type: 'number',
            default: threshold.default,
            minimum: threshold.min,
            maximum: threshold.max,
            description: `${threshold.rule}: ${threshold.description}`,
            order: 100 + i,
          },
        ]),
      ),
    },
  ];
  const { manifest: keyed, texts } = takeTexts(parsed);
  return Promise.all([formatted(PATH, keyed), formatted(TEXTS_PATH, texts)]);
}

async function formatted(path: string, content: object): Promise<{ path: string; text: string }> {
  const options = { ...(await resolveConfig(path)), filepath: path };
  return { path, text: await format(JSON.stringify(content), options) };
}
