import { label, say } from '../../../wording/statement';
import { State } from '../../../vocabulary/state';
import { largest } from '../../kit/columns';
import { listState } from '../../kit/commands';
import type { OwnerIdentity } from '../../../index/owners';
import type { Confirmation, Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { areToPeers } from '../../kit/unanswered/peers';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import { groupBy, where } from '../../../index/grouping';
import { isAnswered, isHuntAnswered } from '../../kit/unanswered/answered';
import { onlyRemotePort } from '../../kit/remoteGroups';
import { HUNTED, SCAN } from '../../kit/unanswered/hunted';

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
  file: say(
    'See which file the process runs. "(deleted)", or a file in /tmp, /var/tmp or /dev/shm, is typical of malware.',
    'proc.5',
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
      return least >= thresholds.scannedRemotes ? draft(context, number, rows, least) : undefined;
    });
  },
});

function draft(context: RuleContext, number: number, rows: Uint32Array, count: number): Draft {
  const { index } = context;
  const { owner, program, subject } = context.holder(number);
  const port = onlyRemotePort(context, rows);
  const tried = huntedPort(context, rows);
  // Of what a worm tries, few answer; what administers many hosts knows them.
  const isKnown = tried !== null && isHuntAnswered(context, number, count);
  const hunted = isKnown ? null : tried;
  const { retransmits } = index.table;
  // Where none was sent again, all are younger than a second, as of a program that has just begun.
  const isSilent =
    retransmits === undefined ||
    largest(rows, retransmits) > 0 ||
    context.history.longestRun(rows) > 1;
  return {
    cause: 'connecting',
    subject: `${SCAN} ${subject}`,
    severity:
      hunted !== null
        ? owner === null
          ? 'warning'
          : 'error'
        : !isSilent ||
            isKnown ||
            areToPeers(index, rows, count) ||
            isAnswered(context, number, count)
          ? 'info'
          : 'warning',
    confidence: hunted !== null ? 'medium' : 'low',
    rows,
    owner,
    explains: { rows: [rows], symptoms: ['SS-1'] },
    describe: () => ({
      title:
        port === null
          ? context.say(TEXTS.titlePorts, { program, count })
          : context.say(TEXTS.title, { program, count, port: String(port) }),
      why: [
        hunted === null
          ? context.say(TEXTS.why)
          : context.say(TEXTS.scan, { port: String(hunted) }),
      ],
      evidence: context.examples(rows),
      confirm: [
        context.check(TEXTS.what, listState(index.system, 'SYN-SENT', owner)),
        ...(hunted === null ? [] : whichFile(context, owner)),
      ],
      remedy: [context.say(hunted === null ? TEXTS.targets : TEXTS.remedy)],
      alternatives: [context.say(TEXTS.crawler), context.say(TEXTS.down)],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

/** The most frequent port of those that worms try, where at least four in five rows go to such. */
function huntedPort({ index }: RuleContext, rows: Uint32Array): number | null {
  const { remotePort } = index.table;
  const tried = where(rows, row => HUNTED.has(remotePort[row]!));
  const counts = new Map<number, number>();
  for (const row of tried) {
    counts.set(remotePort[row]!, (counts.get(remotePort[row]!) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most === undefined || tried.length * 5 < rows.length * 4 ? null : most[0];
}

/** How to see what a process runs, also where its file is gone. */
function whichFile(context: RuleContext, owner: OwnerIdentity | null): Confirmation[] {
  const pid = owner?.pid ?? 0;
  return context.index.linux && pid > 0
    ? [context.check(TEXTS.file, `ls -l /proc/${pid}/exe`)]
    : [];
}
