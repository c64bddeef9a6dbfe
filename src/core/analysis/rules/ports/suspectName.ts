import { groupBy, where } from '../../../index/grouping';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { isPublicRemote } from '../../kit/reachable';
import { each, rule } from '../../kit/rule';
import { onlyRemote, type RuleContext } from '../../kit/ruleContext';
import { lookAtProcess, SUSPECT_TEXTS } from '../../kit/suspects';

const TEXTS = {
  kernel: say('{program} has sockets, and the name of a kernel thread', 'linux-kthread'),
  kernelWhy: say(
    'Threads of the kernel have no descriptors. This is a program that calls itself so, as malware does in order not to be noticed.',
    'linux-kthread',
    'proc.5',
  ),
  miner: say(
    '{program} has the name of a program that mines cryptocurrency, and is connected to {remote}',
    'kinsing',
    'xmrig',
    'cpuminer',
  ),
  minerWhy: say(
    'Intruders run such programs on hosts that they have got into. The name alone proves nothing.',
    'kinsing',
    'general-practice',
  ),
};

/** Names that Linux gives threads of its kernel and no program has; netstat may print a title in brackets. */
const KERNEL =
  /^\[?(?:kworker\/|ksoftirqd(?:\/|$)|migration\/\d|cpuhp\/\d|jbd2\/|scsi_eh_\d|(?:rcu_(?:sched|bh|preempt|gp|par_gp)|kthreadd|kswapd\d+|kcompactd\d+|khugepaged|khungtaskd|kauditd|kblockd|kintegrityd|kdevtmpfs|oom_reaper)(?![\w-]))/;

/** kdevtmpfsi is what Kinsing calls its miner. */
const MINERS = /^(?:xmrig|kdevtmpfsi|kinsing|minerd)(?![a-z_]|-[a-z])/;

export const suspectName = rule({
  code: 'BDR-3',
  id: 'suspect-name',
  title: label('A program is named like a kernel thread or a miner'),
  needs: { pids: true },
  find(context) {
    const { index } = context;
    const { owners } = index;
    const named = new Map<number, 'kernel' | 'miner'>();
    for (let owner = 0; owner < owners.size; owner++) {
      const process = owners.get(owner).process ?? '';
      if (MINERS.test(process)) {
        named.set(owner, 'miner');
      } else if (index.linux && KERNEL.test(process)) {
        named.set(owner, 'kernel');
      }
    }
    if (named.size === 0) {
      return [];
    }
    const rows = where(
      index.rowsBetween(State.Unknown, State.Count),
      row =>
        named.has(owners.of(row)) &&
        (named.get(owners.of(row)) === 'kernel' || isAbroad(context, row)),
    );
    return each(
      groupBy(rows, row => owners.of(row)),
      ([number, own]) => {
        const { owner, program, subject } = context.holder(number);
        const remotes = context.remotes(own);
        const isKernel = named.get(number) === 'kernel';
        return {
          subject,
          severity: 'warning',
          confidence: 'medium',
          rows: own,
          owner,
          remote: onlyRemote(remotes),
          describe: () => ({
            title: isKernel
              ? context.say(TEXTS.kernel, { program })
              : context.say(TEXTS.miner, { program, remote: context.remoteText(remotes) }),
            why: [context.say(isKernel ? TEXTS.kernelWhy : TEXTS.minerWhy)],
            evidence: context.examples(own),
            confirm: lookAtProcess(context, owner?.pid ?? null),
            remedy: [context.say(SUSPECT_TEXTS.find)],
          }),
        };
      },
    );
  },
});

/** Whether a row is a connection to a public address. */
function isAbroad({ index }: RuleContext, row: number): boolean {
  return index.table.state[row] !== State.Listen && isPublicRemote(index, row);
}
