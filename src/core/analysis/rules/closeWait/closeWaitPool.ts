import { say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { inBlocks } from '../../../model/task';
import { closeWaitByHolder } from '../../kit/closeWait';
import { pick } from '../../../index/grouping';
import { listState } from '../../kit/commands';
import { remedyFor } from '../../kit/remedy';
import { numberRemotes } from '../../../index/remotes';
import { onlyRemote, rule } from '../../kit/ruleContext';
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

/** CW-6: a client's pool keeps connections that the server has closed. */
export const closeWaitPool = rule(
  'CW-6',
  'A pool of connections that the server has closed',
  {},
  function* (context) {
    const { index, thresholds } = context;
    const { table } = index;
    for (const [number, rows] of yield* closeWaitByHolder.in(index)) {
      const [heaviest] = context.remotes(rows).top;
      if (number < 0 || (heaviest?.count ?? 0) < thresholds.poolConnections) {
        continue;
      }
      // Few remotes of many have so many rows that their ports must be told apart.
      const { numbers, groups } = yield* numberRemotes(index, rows);
      const targets = new Tuples();
      const keys = new Int32Array(rows.length).fill(NONE);
      yield* inBlocks(0, rows.length, (from, end) => {
        for (let i = from; i < end; i++) {
          const remote = numbers[i]!;
          if (groups.counts[remote]! >= thresholds.poolConnections) {
            keys[i] = targets.add(remote, table.remotePort[rows[i]!]!, 0);
          }
        }
      });
      const { owner, program, subject } = context.holder(number);
      const heavy = targets
        .commonest(MOST)
        .filter(target => targets.counts[target]! >= thresholds.poolConnections);
      for (const own of yield* pick(rows, keys, targets, heavy)) {
        const remotes = context.remotes(own);
        const remote = onlyRemote(remotes);
        if (remote === null || own.some(row => index.roleOf(row) === 'server')) {
          continue;
        }
        yield {
          code: 'CW-6',
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
        };
      }
    }
  },
);
