import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { closeWaitByHolder } from '../../kit/closeWait';
import { pick } from '../../../index/grouping';
import { listState } from '../../kit/commands';
import { remedyFor } from '../../kit/remedy';
import { numberRemotes } from '../../../index/remotes';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { onlyRemote } from '../../kit/ruleContext';
import { Tuples } from '../../../index/tuples';

/** How many servers of one program get a finding of their own. */
const MOST = 10;

const TEXTS = {
  title: say(
    'cw-6.title',
    '{program} keeps {count} dead connections to {remote}',
    'rfc9293-3.3.2',
    'apache-hc',
  ),
  why: say(
    'cw-6.why',
    'All go to one server port, which closed them: that is what a connection pool looks like that does not notice.',
    'apache-hc',
  ),
  list: say('cw-6.list', 'Lists them as they are now.', 'ss.8'),
};

export const closeWaitPool = rule({
  code: 'CW-6',
  id: 'close-wait-pool',
  title: label('rule.CW-6', 'A pool of connections that the server has closed'),
  thresholds: {
    poolConnections: threshold.sockets(
      3,
      'CLOSE_WAIT sockets of one program to one remote port that show a stale pool.',
    ),
  },
  find(context) {
    const { index, thresholds } = context;
    const { table } = index;
    return each(closeWaitByHolder.of(index), ([number, rows]) => {
      const [heaviest] = context.remotes(rows).top;
      if (number < 0 || (heaviest?.count ?? 0) < thresholds.poolConnections) {
        return undefined;
      }
      // Few remotes of many have so many rows that their ports must be told apart.
      const { numbers, groups } = numberRemotes(index, rows);
      const targets = new Tuples();
      const keys = new Int32Array(rows.length).fill(NONE);
      for (let i = 0; i < rows.length; i++) {
        const remote = numbers[i]!;
        if (groups.counts[remote]! >= thresholds.poolConnections) {
          keys[i] = targets.add(remote, table.remotePort[rows[i]!]!, 0);
        }
      }
      const { owner, program, subject } = context.holder(number);
      const heavy = targets
        .commonest(MOST)
        .filter(target => targets.counts[target]! >= thresholds.poolConnections);
      const pools: Draft[] = [];
      for (const own of pick(rows, keys, targets, heavy)) {
        const remotes = context.remotes(own);
        const remote = onlyRemote(remotes);
        if (remote === null || own.some(row => index.roleOf(row) === 'server')) {
          continue;
        }
        pools.push({
          cause: 'close-wait',
          subject,
          severity: 'warning',
          confidence: 'medium',
          rows: own,
          owner,
          remote,
          describe: () => ({
            title: context.say(TEXTS.title, {
              program,
              count: own.length,
              remote: context.remoteText(remotes),
            }),
            why: [context.say(TEXTS.why)],
            evidence: context.examples(own),
            confirm: [
              {
                text: context.say(TEXTS.list),
                command: listState(index.system, 'CLOSE-WAIT', owner),
              },
            ],
            remedy: remedyFor(context, 'CLOSE-WAIT', owner),
            caveats: context.caveats({ owner, time: true }),
          }),
        });
      }
      return pools;
    });
  },
});
