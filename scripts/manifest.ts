import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { RULE_IDS } from '../src/core/analysis/finding';
import { thresholds } from '../src/core/analysis/thresholds';
import { rules } from '../src/core/analysis/rules';

const PATH = fileURLToPath(new URL('../package.json', import.meta.url));

interface Manifest {
  contributes: { configuration: { title: string; properties: Record<string, object> }[] };
}

/** package.json with the settings that are made from the core's tables. */
export async function manifest(): Promise<{ path: string; text: string }> {
  const old = await readFile(PATH, 'utf8');
  const parsed = JSON.parse(old) as Manifest;
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
        enum: Object.values(RULE_IDS),
        enumDescriptions: Object.keys(RULE_IDS).map(
          code => `${code}: ${rules.find(rule => rule.code === code)?.title.text ?? ''}`,
        ),
      },
      uniqueItems: true,
      default: [],
      description: 'Rules whose findings are not wanted.',
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
  const text = await format(JSON.stringify(parsed), {
    ...(await resolveConfig(PATH)),
    filepath: PATH,
  });
  return { path: PATH, text };
}
