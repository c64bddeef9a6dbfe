import { label, say } from '../../../wording/statement';
import { State } from '../../../vocabulary/state';
import { acceptQueues, refusedBy } from '../../kit/acceptQueue';
import { largest } from '../../kit/columns';
import { listenerCommand, listState, remoteCommand } from '../../kit/commands';
import { isWithinHost } from '../../kit/pathRemedy';
import { where } from '../../../index/grouping';
import { remedyFor } from '../../kit/remedy';
import { onlyOwner, type RemoteGroup, remoteGroups } from '../../kit/remoteGroups';
import type { Confidence, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';

/** Retransmitted SYNs from which on the silence has lasted for 2 s at least. */
const SILENT = 2;

const TEXTS = {
  title: say('{program} is getting no answer from {remote}: {count} in SYN_SENT', 'rfc9293-3.5'),
  likely: say(
    '{program} is most likely getting no answer from {remote}: {count} in SYN_SENT',
    'rfc9293-3.5',
  ),
  connecting: say('{program} is connecting to {remote}', 'rfc9293-3.5'),
  why: say(
    'The SYN was sent, and nothing came back. An open port would answer, and a closed one would refuse at once: packets are dropped, the host is down, or its accept queue is full.',
    'rfc9293-3.5.2',
    'measured',
  ),
  retransmits: say('SYN retransmissions so far: up to {count}.', 'linux-proc-net-tcp'),
  again: say(
    'Seen in {count} snapshots. A handshake normally takes one round trip.',
    'rfc9293-3.5',
  ),
  path: say('Run this now, and test the same port from another host, too.', 'general-practice'),
  hereWhy: say(
    'The SYN was sent within this host, and nothing came back. A closed port would refuse at once: its own firewall drops packets, or the accept queue is full.',
    'rfc9293-3.5.2',
    'measured',
  ),
  here: say(
    'Look which program listens on the port, and how many connections wait in its queue.',
    'general-practice',
  ),
  hereRemedy: say(
    'Check whether the program that listens is accepting connections, and whether a firewall rule drops what this host sends to itself.',
    'general-practice',
  ),
  own: say(
    'If other remote addresses are silent as well, the network of this host may be down.',
    'measured',
  ),
  windows: say(
    'Windows keeps retrying for about 2 s after a refusal, so a closed port looks like this for a moment.',
    'general-practice',
  ),
};

const THRESHOLDS = {
  connecting: threshold.sockets(
    5,
    'Report a warning from this many SYN_SENT sockets to one remote address.',
  ),
  connectingError: threshold.sockets(
    20,
    'Report an error from this many SYN_SENT sockets to one remote address.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const connectUnanswered = rule({
  code: 'SS-1',
  id: 'connect-unanswered',
  title: label('Connection attempts without an answer'),
  thresholds: THRESHOLDS,
  needs: { states: [State.SynSent] },
  culprit: 'remote',
  find(context) {
    const { index, history, thresholds } = context;
    const refused = new Set(
      acceptQueues.of(index).flatMap(queue => [...refusedBy(context, queue)]),
    );
    const rows = where(index.rowsIn(State.SynSent), row => !refused.has(row));
    return each(remoteGroups(context, rows, thresholds.connecting), group => {
      const own = group.rows;
      const severity = severityOf(context, group);
      const owner = onlyOwner(context, own);
      const program = context.programOf(own);
      const count = own.length;
      const retransmits = largest(own, index.table.retransmits);
      const run = history.longestRun(own);
      const remote = context.remoteText(group.remotes);
      const here = isWithinHost(context, own);
      const confidence: Confidence =
        severity === 'info' ? 'low' : retransmits >= SILENT || run > 1 ? 'high' : 'medium';
      return {
        // What else is unanswered by one remote has the same cause.
        cause: group.remote === null ? 'connecting' : 'unanswered',
        subject: group.subject,
        severity,
        confidence,
        rows: own,
        owner,
        remote: group.remote,
        describe: () => ({
          title:
            severity === 'info'
              ? context.say(TEXTS.connecting, { program, remote })
              : context.say(confidence === 'high' ? TEXTS.title : TEXTS.likely, {
                  program,
                  remote,
                  count,
                }),
          why: severity === 'info' ? [] : [context.say(here ? TEXTS.hereWhy : TEXTS.why)],
          evidence: [
            ...(retransmits > 0
              ? [context.evidence(context.say(TEXTS.retransmits, { count: retransmits }))]
              : []),
            ...(run > 1 ? [context.evidence(context.say(TEXTS.again, { count: run }))] : []),
            ...context.examples(own),
          ],
          confirm: [
            here
              ? context.check(
                  TEXTS.here,
                  listenerCommand(index.system, index.table.remotePort[own[0]!]!),
                )
              : context.check(
                  TEXTS.path,
                  remoteCommand(index.system, group.remotes.whole) ??
                    listState(index.system, 'SYN-SENT', owner),
                ),
          ],
          remedy:
            severity === 'info'
              ? []
              : here
                ? [context.say(TEXTS.hereRemedy)]
                : remedyFor(context, 'SYN-SENT', owner, own),
          alternatives: [
            ...(severity === 'info' || here ? [] : [context.say(TEXTS.own)]),
            ...(index.system === 'windows' ? [context.say(TEXTS.windows)] : []),
          ],
          caveats: context.caveats({ owner, time: true }),
        }),
      };
    });
  },
});

function severityOf(
  { index, history, thresholds }: Context,
  { rows, remote }: RemoteGroup,
): Severity {
  const { retransmits } = index.table;
  const again = largest(rows, retransmits);
  const several = history.longestRun(rows) > 1;
  if (retransmits !== undefined && again === 0 && !several) {
    // Younger than a second: an answer may be on its way.
    return 'info';
  }
  if (remote !== null && rows.length >= thresholds.connectingError) {
    return 'error';
  }
  const many = remote !== null && rows.length >= thresholds.connecting;
  return again >= SILENT || several || many ? 'warning' : 'info';
}
