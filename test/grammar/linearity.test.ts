import assert from 'node:assert/strict';
import process from 'node:process';
import { netstatGrammar } from '../../scripts/grammar/netstat';

// The checker would otherwise start Java or a native program.
process.env['RECHECK_BACKEND'] = 'pure';

/** Every expression of the grammar with its place. */
function expressions(value: unknown, place: string): [place: string, expression: string][] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]): [string, string][] =>
    typeof item === 'string'
      ? ['match', 'begin', 'end', 'while'].includes(key)
        ? [[`${place}.${key}`, item]]
        : []
      : expressions(item, `${place}.${key}`),
  );
}

/**
 * The expression as JavaScript has it. `\G` holds at one place of a line, as `^` does; of a long
 * list of plain words three stand for all, since they differ only in their letters.
 */
function forChecker(expression: string): string {
  return expression
    .replaceAll('(?:^|\\G)', '^')
    .replaceAll('\\G', '^')
    .replace(LONG_LIST, list => {
      const words = list.split('|');
      return [...words.slice(0, 2), words.at(-1)].join('|');
    });
}

const WORD = "(?:[\\p{L}\\p{N}_ .'’:,/-]|\\\\[.()/]|\\\\S\\{0,3\\})+";
const LONG_LIST = new RegExp(`(?<=\\((?:\\?:)?|\\|)(?:${WORD}\\|){3,}${WORD}(?=\\)|\\|)`, 'gu');

describe('grammar: no expression backtracks more than linearly', () => {
  const seen = new Map<string, string>();
  for (const [place, expression] of expressions(netstatGrammar.repository, '')) {
    const checked = forChecker(expression);
    if (!seen.has(checked)) {
      seen.set(checked, place);
    }
  }

  for (const [expression, place] of seen) {
    it(place.slice(1), async function () {
      this.timeout(60_000);
      const { check } = await import('recheck');
      const result = await check(expression, '', {
        // Enough to find `\s+\d+\s*$` and its kind, which is what one writes by mistake.
        maxIteration: 1,
        maxGenerationSize: 30,
        maxInitialGenerationSize: 100,
        timeout: 30_000,
      });
      assert.equal(result.status, 'safe', JSON.stringify(result));
    });
  }

  it('the checker finds what it is there for', async function () {
    this.timeout(60_000);
    const { check } = await import('recheck');
    for (const bad of ['\\s+(\\d+)(?=\\s*$)', '^[\\s>#]*(\\S+)\\s+(\\S+)\\s+x', '^(?:a|aa)+$']) {
      assert.equal(
        (await check(bad, '', { maxIteration: 1, maxGenerationSize: 30 })).status,
        'vulnerable',
        bad,
      );
    }
  });
});
