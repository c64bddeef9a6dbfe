import type { CloseWaitGroup } from '../analysis/summary';
import { FINDING_TEXTS } from '../analysis/kit/findingTexts';
import { programText } from '../explain/facts';
import { label } from '../wording/statement';
import { type Localizer, plain, quote, type Text } from '../wording/text';
import { PHRASES } from '../wording/words';

const MOST = label('{count} CLOSE_WAIT, {most} in {program}');

/**
 * "62 CLOSE_WAIT in orders-api (4321)": how many there are, and who has the most. That is one
 * process, or all of its name where it has less than half of theirs. Undefined where there are none.
 */
export function closeWaitText(
  groups: readonly CloseWaitGroup[],
  localizer: Localizer,
): string | undefined {
  if (groups.length === 0) {
    return undefined;
  }
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const most = mostOf(groups, localizer);
  if (most === undefined) {
    return plain(localizer.format(PHRASES.closeWait, { count }));
  }
  const { program } = most;
  return plain(
    most.count === count
      ? localizer.format(PHRASES.closeWaitIn, { count, program })
      : localizer.format(MOST, { count, most: most.count, program }),
  );
}

function mostOf(
  groups: readonly CloseWaitGroup[],
  localizer: Localizer,
): { count: number; program: Text } | undefined {
  const worst = groups.find(({ pid, process }) => pid !== null || process !== null);
  if (worst === undefined) {
    return undefined;
  }
  const byName = new Map<string, { count: number; n: number }>();
  for (const { process, count } of groups) {
    if (process !== null) {
      const all = byName.get(process) ?? { count: 0, n: 0 };
      byName.set(process, { count: all.count + count, n: all.n + 1 });
    }
  }
  const [crew] = [...byName]
    .filter(([, { count }]) => count > worst.count * 2)
    .sort(([, a], [, b]) => b.count - a.count);
  if (crew === undefined) {
    return { count: worst.count, program: programText([{ ...worst, fd: null }], localizer) };
  }
  const [name, { count, n }] = crew;
  return {
    count,
    program: localizer.format(FINDING_TEXTS.processes, { program: quote(name), n }),
  };
}
