import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import {
  CLOSE_WAIT_ERROR,
  CLOSE_WAIT_WARNING,
  closeWaitAccepted,
  POOL_CONNECTIONS,
} from '../../kit/closing/closeWait';
import { standing } from '../../kit/closing/closeWaitReadings';
import { halfClosedPairs } from '../../kit/closing/halfClosed';
import { snapshotsReplaced } from '../../kit/closing/closeWaitTurnover';
import { sidecarTexts } from '../../kit/closing/sidecars';
import { isSuspendable } from '../../kit/suspendedApps';
import { pick } from '../../../index/grouping';
import { listState } from '../../kit/commands';
import { closeWaitRemedy } from '../../kit/closing/closeWaitRemedy';
import { sharingOf } from '../../kit/closing/inherited';
import { numberRemotes } from '../../../index/remotes';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { onlyRemote } from '../../kit/ruleContext';
import { Tuples } from '../../../model/tuples';

/** How many servers of one program get a finding of their own. */
const MOST = 10;

const TEXTS = {
  title: say(
    '{program} most likely keeps closed connections in a pool: {count} in CLOSE_WAIT to {remote}',
    'rfc9293-3.3.2',
    'apache-hc',
  ),
  maybe: say(
    '{program} may keep closed connections in a pool: {count} in CLOSE_WAIT to {remote}',
    'rfc9293-3.3.2',
    'apache-hc',
  ),
  why: say(
    'A connection pool that does not notice that the server has closed looks like this: several in CLOSE_WAIT to one server port.',
    'apache-hc',
  ),
  leak: say(
    'A leak looks like this, too: the program is done with these connections and has not closed them. Then their number grows.',
    'general-practice',
  ),
  list: say('List what is in CLOSE_WAIT now.', 'ss.8'),
};

export const closeWaitPool = rule({
  code: 'CW-6',
  id: 'close-wait-pool',
  title: label('Connection pool with connections that the server has closed'),
  thresholds: {
    ...CLOSE_WAIT_WARNING,
    ...CLOSE_WAIT_ERROR,
    poolConnections: threshold.sockets(
      POOL_CONNECTIONS,
      'Report a stale pool from this many CLOSE_WAIT sockets of one program to one remote port.',
    ),
  },
  needs: { states: [State.CloseWait] },
  find(context) {
    const { index, thresholds } = context;
    const { table } = index;
    return each(closeWaitAccepted(context), ([number, all]) => {
      if (all.length < thresholds.poolConnections) {
        return undefined;
      }
      const rows = standing(context, all);
      const [heaviest] = context.remotes(rows).top;
      const { owner, program, subject } = context.holder(number);
      // What a half-closed pair explains is not said again.
      if (
        number < 0 ||
        halfClosedPairs.of(index).has(number) ||
        sharingOf(index, rows)?.inherited === true ||
        isSuspendable(context, owner) ||
        (heaviest?.count ?? 0) < thresholds.poolConnections
      ) {
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
        const weighty =
          own.length >= thresholds.closeWaitWarning &&
          own.length * 2 >= rows.length &&
          snapshotsReplaced(context, subject, all) === 0;
        const severity = weighty ? 'warning' : 'info';
        pools.push({
          cause: 'close-wait',
          subject,
          severity,
          confidence: 'medium',
          rows: own,
          owner,
          remote,
          describe: () => ({
            // So many are told as a leak (CW-1), of which a pool is the other explanation.
            title: context.say(all.length < thresholds.closeWaitError ? TEXTS.title : TEXTS.maybe, {
              program,
              count: own.length,
              remote: context.remoteText(remotes),
            }),
            why: [context.say(TEXTS.why)],
            evidence: context.examples(own),
            confirm: [context.check(TEXTS.list, listState(index.system, 'CLOSE-WAIT', owner))],
            remedy: closeWaitRemedy(context, owner, own, { severity, pool: true }),
            instead: [context.say(TEXTS.leak)],
            alternatives: sidecarTexts(context, own),
            caveats: context.caveats({ owner, time: true }),
          }),
        });
      }
      return pools;
    });
  },
});
