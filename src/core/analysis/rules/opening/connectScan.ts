import { label, say } from '../../../wording/statement';
import { State } from '../../../vocabulary/state';
import { listState } from '../../kit/commands';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { Holder, RuleContext } from '../../kit/ruleContext';
import { groupBy } from '../../../index/grouping';

/** Ports that worms and scanners try first: SSH, Telnet, SMB, RDP. */
const HUNTED: ReadonlySet<number> = new Set([22, 23, 445, 3389]);

const TEXTS = {
  title: say(
    'ss-2.title',
    '{program} tries {count} different remotes on port {port}, and none of them answers',
    'general-practice',
  ),
  titlePorts: say(
    'ss-2.title-ports',
    '{program} tries {count} different remotes, and none of them answers',
    'general-practice',
  ),
  why: say(
    'ss-2.why',
    'One program that sends SYNs to many hosts which do not answer is what a scan or a worm looks like.',
    'general-practice',
  ),
  hunted: say('ss-2.hunted', 'Port {port} is one that worms try first.', 'general-practice'),
  what: say('ss-2.what', 'Shows what the program is and how many it still tries.', 'ss.8'),
  remedy: say(
    'ss-2.remedy',
    'Find out what the program is and who started it. If nobody knows it, take the host off the network.',
    'general-practice',
  ),
  crawler: say(
    'ss-2.crawler',
    'Crawlers, monitoring and peer-to-peer programs connect to many hosts as well.',
    'general-practice',
  ),
  down: say(
    'ss-2.down',
    'When the network of this host itself is down, all its connects stay unanswered.',
    'measured',
  ),
};

export const connectScan = rule({
  code: 'SS-2',
  id: 'connect-scan',
  title: label('rule.SS-2', 'One program connects to many remotes that do not answer'),
  thresholds: {
    scannedRemotes: threshold.remotes(
      20,
      'Different remotes that one program tries to reach that make an error.',
    ),
  },
  find(context) {
    const { index, thresholds } = context;
    if (index.counts[State.SynSent]! < thresholds.scannedRemotes) {
      return [];
    }
    const groups = groupBy(index.rowsIn(State.SynSent), row => index.owners.of(row));
    return each(groups, ([number, rows]) => {
      const { total } = context.remotes(rows);
      return total >= thresholds.scannedRemotes
        ? draft(context, context.holder(number), rows, total)
        : undefined;
    });
  },
});

function draft(
  context: RuleContext,
  { owner, program, subject }: Holder,
  rows: Uint32Array,
  count: number,
): Draft {
  const { index } = context;
  const port = onlyPort(context, rows);
  const hunted = port !== null && HUNTED.has(port);
  return {
    cause: 'connecting',
    subject: `scan ${subject}`,
    // Different ports are what peer-to-peer programs use; a scan has one.
    severity: port !== null && owner !== null ? 'error' : 'warning',
    confidence: hunted ? 'high' : port === null || owner === null ? 'low' : 'medium',
    rows,
    owner,
    describe: () => ({
      title:
        port === null
          ? context.say(TEXTS.titlePorts, { program, count })
          : context.say(TEXTS.title, { program, count, port: String(port) }),
      why: [
        context.say(TEXTS.why),
        ...(hunted ? [context.say(TEXTS.hunted, { port: String(port) })] : []),
      ],
      evidence: context.examples(rows),
      confirm: [
        { text: context.say(TEXTS.what), command: listState(index.system, 'SYN-SENT', owner) },
      ],
      remedy: [context.say(TEXTS.remedy)],
      alternatives: [context.say(TEXTS.crawler), context.say(TEXTS.down)],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

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
