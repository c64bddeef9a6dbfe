import { State } from '../../../vocabulary/state';
import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { quote } from '../../../wording/text';
import { remoteCommand } from '../../kit/commands';
import { failedNetwork, HANDSHAKE_PATH, handshakes, silentHandshakes } from '../../kit/handshakes';
import { each, rule } from '../../kit/rule';
import { remoteName } from '../../kit/ruleContext';
import { largest } from '../../kit/columns';

/** Remotes that can be named; more are a matter of the port (SR-1). */
const FEW = 2;

/** Rows from which on it is more than one lost client. */
const SEVERAL = 3;

const TEXTS = {
  title: say(
    '{handshakes} from {remote} on port {port} most likely failed: SYN,ACK is repeated',
    'rfc9293-3.5',
    'general-practice',
  ),
  maybe: say(
    '{handshakes} from {remote} on port {port} may fail: SYN,ACK is repeated',
    'rfc9293-3.5',
    'general-practice',
  ),
  why: say(
    'SYNs of {remote} arrive here. SYN,ACK retransmissions so far: up to {times}. SYN,ACK or the last ACK is lost on the way (asymmetric routing, a firewall), or the ACK came and was dropped here.',
    'rfc9293-3.5',
    'general-practice',
  ),
  elsewhere: say(
    'ESTABLISHED on the same port: {count}, none of them from {network}.',
    'rfc9293-3.5',
  ),
  look: say('Run this to see whether SYN,ACK leaves and the ACK arrives.', 'general-practice'),
  queue: say(
    'A full accept queue looks like this, too: Linux then drops the last ACK. `ss -tln` shows Recv-Q above Send-Q.',
    'linux-tcp-input',
    'measured',
  ),
  defer: say(
    'If the listener uses TCP_DEFER_ACCEPT, the handshake is already complete: the client is ESTABLISHED and has not sent data yet.',
    'measured',
    'tcp.7',
  ),
};

export const handshakeLost = rule({
  code: 'SR-2',
  id: 'handshake-lost',
  title: label('Handshakes with a remote address that do not complete'),
  needs: { states: [State.SynReceived], timers: true },
  culprit: 'local',
  find(context) {
    const { index } = context;
    return each(handshakes.of(index), group => {
      const { port } = group;
      const failed = failedNetwork(context, group);
      const rows = failed?.rows ?? silentHandshakes(context, group);
      const remotes = context.remotes(rows);
      const [first] = remotes.top;
      if (first === undefined || (failed === null && remotes.total > FEW)) {
        return undefined;
      }
      const remote =
        failed === null
          ? context.remoteText({ ...remotes, top: remotes.top.map(r => ({ ...r, port: null })) })
          : quote(failed.network);
      const strong = rows.length >= SEVERAL || context.history.longestRun(rows) > 1;
      const isPlain = remoteCommand(index.system, remotes.whole) !== null;
      const from = failed === null ? `host ${remotes.whole}` : `net ${failed.network}`;
      return {
        cause: 'handshake',
        subject: `port ${port}`,
        severity: strong ? 'warning' : 'info',
        confidence: strong ? 'medium' : 'low',
        rows,
        remote: remotes.total === 1 ? remoteName({ ...first, port: null }) : null,
        describe: () => ({
          title: context.say(strong ? TEXTS.title : TEXTS.maybe, {
            port: String(port),
            remote,
            handshakes: context.handshakes(rows.length),
          }),
          why: [context.say(TEXTS.why, { remote, times: largest(rows, index.table.retransmits) })],
          evidence: [
            ...(failed === null
              ? []
              : [
                  context.evidence(
                    context.say(TEXTS.elsewhere, { count: failed.elsewhere, network: remote }),
                  ),
                ]),
            ...context.examples(rows),
          ],
          confirm: [
            context.check(
              TEXTS.look,
              index.linux && isPlain ? `tcpdump -ni any 'tcp port ${port} and ${from}'` : null,
            ),
          ],
          remedy: [context.say(HANDSHAKE_PATH)],
          alternatives: context.advise(on(LINUX, TEXTS.queue), on(LINUX, TEXTS.defer)),
          caveats: context.caveats({ time: true }),
        }),
      };
    });
  },
});
