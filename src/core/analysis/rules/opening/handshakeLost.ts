import { label, say } from '../../../wording/statement';
import { remoteCommand } from '../../kit/commands';
import { where } from '../../../index/grouping';
import { handshakes } from '../../kit/handshakes';
import { each, rule } from '../../kit/rule';
import { remoteName } from '../../kit/ruleContext';
import { largest } from '../../kit/columns';

/** Retransmissions of SYN,ACK from which on the ACK is not just late (7 s on Linux from two on). */
const SILENT = 2;

/** Remotes that can be named; more are a matter of the port (SR-1). */
const FEW = 2;

/** Rows from which on it is more than one lost client. */
const SEVERAL = 3;

const TEXTS = {
  title: say(
    'sr-2.title',
    'SYN,ACK from port {port} to {remote} is lost, or its ACK, in {handshakes}',
    'rfc9293-3.5',
    'general-practice',
  ),
  why: say(
    'sr-2.why',
    'SYNs of {remote} arrive here, SYN,ACK was sent again up to {times} times, and no ACK comes: packets take another way back (asymmetric routing), or a firewall drops them.',
    'rfc9293-3.5',
    'general-practice',
  ),
  look: say('sr-2.look', 'Shows whether SYN,ACK leaves and the ACK arrives.', 'general-practice'),
  remedy: say(
    'sr-2.remedy',
    'Compare the routes of both directions, and look at the firewalls between: the SYN passes, the answer does not.',
    'general-practice',
  ),
  defer: say(
    'sr-2.defer',
    'With TCP_DEFER_ACCEPT the handshake is done: the client is ESTABLISHED and has sent no data yet.',
    'measured',
    'tcp.7',
  ),
};

export const handshakeLost = rule({
  code: 'SR-2',
  id: 'handshake-lost',
  title: label('rule.SR-2', 'Handshakes with a remote hang'),
  needs: { timers: true },
  find(context) {
    const { index } = context;
    const { retransmits } = index.table;
    return each(handshakes.of(index), ({ port, rows: all }) => {
      const rows = where(all, row => retransmits![row]! >= SILENT);
      const remotes = context.remotes(rows);
      const [first] = remotes.top;
      if (first === undefined || remotes.total > FEW) {
        return undefined;
      }
      const remote = context.remoteText({
        ...remotes,
        top: remotes.top.map(r => ({ ...r, port: null })),
      });
      const strong = rows.length >= SEVERAL || context.history.longestRun(rows) > 1;
      return {
        cause: 'handshake',
        subject: `port ${port}`,
        severity: strong ? 'warning' : 'info',
        confidence: strong ? 'medium' : 'low',
        rows,
        remote: remotes.total === 1 ? remoteName({ ...first, port: null }) : null,
        describe: () => ({
          title: context.say(TEXTS.title, {
            port: String(port),
            remote,
            handshakes: context.handshakes(rows.length),
          }),
          why: [context.say(TEXTS.why, { remote, times: largest(rows, retransmits) })],
          evidence: context.examples(rows),
          confirm: [
            {
              text: context.say(TEXTS.look),
              command:
                index.linux && remoteCommand(index.system, first.address) !== null
                  ? `tcpdump -ni any 'tcp port ${port} and host ${first.address}'`
                  : null,
            },
          ],
          remedy: [context.say(TEXTS.remedy)],
          alternatives: [context.say(TEXTS.defer)],
          caveats: context.caveats({ time: true }),
        }),
      };
    });
  },
});
