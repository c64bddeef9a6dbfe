import { hasRemotes } from '../../../index/remotes';
import { label, say } from '../../../wording/statement';
import { State } from '../../../vocabulary/state';
import { largest } from '../../kit/columns';
import { listState } from '../../kit/commands';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { PerSnapshot } from '../../kit/perSnapshot';
import { threshold } from '../../kit/threshold';
import type { Holder, RuleContext } from '../../kit/ruleContext';
import { groupBy, groupByInSteps, type Groups } from '../../../index/grouping';
import { NONE } from '../../../model/row';

/** Ports that worms and scanners try first: SSH, Telnet, SMB, RDP. */
const HUNTED: ReadonlySet<number> = new Set([22, 23, 445, 3389]);

const TEXTS = {
  title: say(
    '{program} is connecting to {count} remote addresses on port {port}, so far without an answer',
    'general-practice',
  ),
  titlePorts: say(
    '{program} is connecting to {count} remote addresses, so far without an answer',
    'general-practice',
  ),
  scan: say(
    'A program that sends SYNs to many hosts on port {port} is most likely a scanner or a worm: worms try this port first.',
    'general-practice',
  ),
  why: say(
    'The targets can be down, or packets to them dropped. A scan looks like this, too.',
    'general-practice',
  ),
  what: say(
    'Run this again in a minute. Other remote addresses each time mean that the program is trying one after the other.',
    'general-practice',
  ),
  remedy: say(
    'Find out what the program is and who started it. If it is not known, take the host off the network.',
    'general-practice',
  ),
  targets: say(
    'Check whether the program has to connect to so many hosts: remove targets that are gone, and check the route and firewall to the others.',
    'general-practice',
  ),
  crawler: say(
    'Monitoring with dead targets, tools that administer many hosts, crawlers, and peer-to-peer programs look like this, too.',
    'general-practice',
  ),
  down: say('When the network of this host is down, all its connects stay unanswered.', 'measured'),
};

export const connectScan = rule({
  code: 'SS-2',
  id: 'connect-scan',
  title: label('Connection attempts to many silent remote addresses'),
  thresholds: {
    scannedRemotes: threshold.remotes(
      20,
      'Report an error from this many different remote addresses that one program tries to reach.',
    ),
  },
  needs: { states: [State.SynSent] },
  culprit: 'remote',
  find(context) {
    const { index, thresholds } = context;
    if (index.counts[State.SynSent]! < thresholds.scannedRemotes) {
      return [];
    }
    const groups = groupBy(index.rowsIn(State.SynSent), row => index.owners.of(row));
    return each(groups, ([number, rows]) => {
      if (rows.length < thresholds.scannedRemotes) {
        return undefined;
      }
      const { least } = context.remotes(rows);
      return least >= thresholds.scannedRemotes
        ? draft(context, context.holder(number), rows, least, () =>
            isAnswered(context, number, least),
          )
        : undefined;
    });
  },
});

function draft(
  context: RuleContext,
  { owner, program, subject }: Holder,
  rows: Uint32Array,
  count: number,
  answered: () => boolean,
): Draft {
  const { index } = context;
  const port = onlyPort(context, rows);
  const hunted = port !== null && HUNTED.has(port);
  const { retransmits } = index.table;
  // Where none was sent again, all are younger than a second, as of a program that has just begun.
  const isSilent =
    retransmits === undefined ||
    largest(rows, retransmits) > 0 ||
    context.history.longestRun(rows) > 1;
  return {
    cause: 'connecting',
    subject: `scan ${subject}`,
    severity: hunted
      ? owner === null
        ? 'warning'
        : 'error'
      : !isSilent || answered()
        ? 'info'
        : 'warning',
    confidence: hunted ? 'medium' : 'low',
    rows,
    owner,
    explains: { rows: [rows], symptoms: ['SS-1'] },
    describe: () => ({
      title:
        port === null
          ? context.say(TEXTS.titlePorts, { program, count })
          : context.say(TEXTS.title, { program, count, port: String(port) }),
      why: [hunted ? context.say(TEXTS.scan, { port: String(port) }) : context.say(TEXTS.why)],
      evidence: context.examples(rows),
      confirm: [context.check(TEXTS.what, listState(index.system, 'SYN-SENT', owner))],
      remedy: [context.say(hunted ? TEXTS.remedy : TEXTS.targets)],
      alternatives: [context.say(TEXTS.crawler), context.say(TEXTS.down)],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

/**
 * Whether at least as many other remotes have answered a program. Then it is no scan, but one that
 * has many peers or targets, of which some are always gone.
 */
function isAnswered(context: RuleContext, owner: number, count: number): boolean {
  return (
    owner !== NONE &&
    hasRemotes(context.index, establishedByOwner.of(context.index).of(owner), count)
  );
}

const establishedByOwner = new PerSnapshot<Groups>(function* (index) {
  return yield* groupByInSteps(index.rowsIn(State.Established), row => index.owners.of(row));
});

/** The remote port of at least four in five rows; null where there is none. */
function onlyPort({ index }: RuleContext, rows: Uint32Array): number | null {
  const { remotePort } = index.table;
  const ports = index.portTally();
  for (const row of rows) {
    ports.add(Math.max(0, remotePort[row]!));
  }
  const [commonest] = ports.commonest(1);
  const port = commonest === undefined ? 0 : ports.get(commonest);
  return port > 0 && ports.countOf(port) * 5 >= rows.length * 4 ? port : null;
}
