import { label, say } from '../../../wording/statement';
import { gaugeEvidence, gaugeOf } from '../../kit/counting/counters';
import {
  confirmOrphanLimit,
  ORPHAN_TEXTS,
  orphanEvidence,
  orphanRows,
} from '../../kit/closing/orphans';
import { rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

/**
 * Orphans with what counts them among all TCP sockets of the machine: the number of connections is
 * of one network namespace only, and would make every container of a busy host look bad.
 */
const COUNTED = [
  { orphans: 'SockstatTcpOrphan', all: 'SockstatTcpAlloc', without: null },
  { orphans: 'SsTcpOrphaned', all: 'SsTcp', without: 'SsTcpTimewait' },
] as const;

/** A busy proxy has some thousands, beside as many connections: judgement. */
const MANY = 10_000;
const TIMES = 3;

/** Percent of the limit from which on Linux may reset some: it counts those that do not answer twice. */
const NEAR = 50;

const TEXTS = {
  limit: say(
    'Closed connections that wait for their peers without a process come near their limit: {count} of {limit}',
    'linux-proc',
    'linux-ip-sysctl',
  ),
  title: say(
    'Most TCP sockets of the machine are closed connections that wait for their peers; without a process: {count} of {all}',
    'linux-proc',
    'linux-ip-sysctl',
  ),
  memory: say(
    'Each takes up to about 64 KB of memory that cannot be swapped. How many are allowed by default depends on the memory of the machine.',
    'linux-ip-sysctl',
    'linux-tcp',
  ),
  list: say(
    'This lists peers that they wait for. Sockets of containers are listed in their own network namespaces only.',
    'linux-proc',
    'general-practice',
  ),
  flood: say(
    'Many clients that went away at once, as in a flood or when a link failed, leave such sockets for some minutes.',
    'general-practice',
  ),
};

export const orphansMany = rule({
  code: 'CT-24',
  id: 'counter-orphans',
  title: label('Counters show very many closed connections without a process'),
  needs: { counters: true },
  find(context) {
    const found = orphansOf(context);
    if (found === null) {
      return [];
    }
    const { orphans, others, names } = found;
    const limit = gaugeOf(context, 'SysctlTcpMaxOrphans')?.value ?? 0;
    const isNear = limit > 0 && orphans * 100 >= limit * NEAR;
    // Where the limit is known, it says what is many.
    if (!isNear && (limit > 0 || orphans < MANY || orphans < TIMES * others)) {
      return [];
    }
    const rows = orphanRows(context);
    return [
      {
        cause: 'orphans',
        subject: 'orphans',
        severity: 'warning',
        confidence: 'medium',
        rows,
        describe: () => ({
          title: isNear
            ? context.say(TEXTS.limit, { count: orphans, limit })
            : context.say(TEXTS.title, { count: orphans, all: orphans + others }),
          why: [context.say(ORPHAN_TEXTS.why), context.say(TEXTS.memory)],
          evidence: [
            ...gaugeEvidence(context, [...names, 'SysctlTcpMaxOrphans']),
            ...orphanEvidence(context, rows),
          ],
          confirm: [
            ...(isNear ? [] : [confirmOrphanLimit(context)]),
            context.check(TEXTS.list, 'ss -tano state fin-wait-1'),
          ],
          remedy: [context.say(ORPHAN_TEXTS.remedy)],
          alternatives: [context.say(TEXTS.flood)],
        }),
      },
    ];
  },
});

/** Orphans of the machine, its other TCP sockets, and the gauges that say so; null for none. */
function orphansOf(
  context: RuleContext,
): { readonly orphans: number; readonly others: number; readonly names: readonly string[] } | null {
  const value = (name: string): number | undefined => gaugeOf(context, name)?.value;
  for (const { orphans, all, without } of COUNTED) {
    const [some, total] = [value(orphans), value(all)];
    if (some !== undefined && total !== undefined) {
      const waiting = without === null ? 0 : (value(without) ?? 0);
      return {
        orphans: some,
        others: Math.max(0, total - waiting - some),
        names: [orphans, all, ...(without === null ? [] : [without])],
      };
    }
  }
  return null;
}
