import { counterCalled } from '../../../knowledge/counters';
import { type Counter, isIncrement } from '../../../model/counter';
import { label, say } from '../../../wording/statement';
import {
  confirmGrowth,
  counterCaveats,
  movedIn,
  onlyOnce,
  totalEvidence,
} from '../../kit/counting/counters';
import { rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

/** Of these another rule speaks. */
const SAID: ReadonlySet<string> = new Set(['TcpExtListenOverflows', 'TcpListenQueueOverflows']);

const TEXTS = {
  title: say(
    'Counters above 0 that are rarely so on a healthy system: {count}',
    'general-practice',
  ),
};

export const rareCounters = rule({
  code: 'CT-23',
  id: 'counter-rare',
  title: label('Rare counters above 0 in a single output'),
  needs: { counters: true },
  find(context) {
    // How they grow says more than how large they are.
    const counters = movedIn(context) === null ? rareIn(context) : [];
    return counters.length === 0
      ? []
      : [
          {
            subject: 'rare counters',
            severity: 'info',
            confidence: 'high',
            rows: [],
            describe: () => ({
              title: context.say(TEXTS.title, { count: counters.length }),
              evidence: counters.flatMap(counter => {
                const known = counterCalled(counter.name);
                return [
                  totalEvidence(context, counter),
                  ...(known === null ? [] : [context.evidence(context.say(known.text))]),
                ];
              }),
              confirm: confirmGrowth(context, ...counters.map(({ name }) => name)),
              caveats: [onlyOnce(context), ...counterCaveats(context)],
            }),
          },
        ];
  },
});

/** Sums since boot of which each event is worth a look. */
function rareIn({ index }: RuleContext): Counter[] {
  return index.snapshot.counted
    .filter(counted => counted.source.gauges !== true && !isIncrement(counted))
    .flatMap(({ counters }) => counters)
    .filter(
      ({ name, value }) => value > 0 && !SAID.has(name) && counterCalled(name)?.verdict === 'each',
    );
}
