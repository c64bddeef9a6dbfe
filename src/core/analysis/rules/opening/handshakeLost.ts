import { State } from '../../../vocabulary/state';
import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { quote } from '../../../wording/text';
import { remoteCommand } from '../../kit/commands';
import { closerOf } from '../../kit/closer';
import type { Draft } from '../../kit/draft';
import {
  failedNetwork,
  HANDSHAKE_PATH,
  type Handshakes,
  handshakes,
  silentHandshakes,
} from '../../kit/listening/handshakes';
import { ANSWER_PATH, lostAnswers, withoutLostAnswers } from '../../kit/unanswered/lostAnswers';
import { hasEmptyQueue } from '../../kit/listening/acceptQueue';
import { each, rule } from '../../kit/rule';
import { remoteName, type RuleContext } from '../../kit/ruleContext';
import type { Remotes } from '../../../index/remotes';
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
  answers: say(
    'SYN,ACK from port {port} is most likely lost on the way: {handshakes} not finished',
    'rfc9293-3.5',
  ),
  answersWhy: say(
    'Both ends are in this dump: SYN_RECV here, and still SYN_SENT at {client}. No SYN,ACK has got there; a full accept queue does not look like this.',
    'rfc9293-3.5',
    'linux-tcp-input',
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
  needs: { states: [State.SynReceived] },
  culprit: 'local',
  find: context =>
    each([pathUnknown, answersLost], search =>
      each(handshakes.of(context.index), group => search(context, group)),
    ),
});

/** Where the dump does not tell what is lost. */
function pathUnknown(context: RuleContext, all: Handshakes): Draft | undefined {
  const { index } = context;
  if (index.table.retransmits === undefined) {
    return undefined;
  }
  const group = withoutLostAnswers(context, all);
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
      confirm: [lookAtPath(context, port, from, remotes)],
      remedy: [context.say(HANDSHAKE_PATH)],
      alternatives: context.advise(
        ...(hasEmptyQueue(index, port) ? [] : [on(LINUX, TEXTS.queue)]),
        on(LINUX, TEXTS.defer),
      ),
      caveats: context.caveats({ time: true }),
    }),
  };
}

/** Where the clients are in the dump, which accuses the path there (SS-1). */
function answersLost(context: RuleContext, group: Handshakes): Draft | undefined {
  const rows = lostAnswers(context, group.all);
  if (rows.length === 0) {
    return undefined;
  }
  const remotes = context.remotes(rows);
  const port = String(group.port);
  return {
    cause: 'handshake',
    subject: `answers of port ${port}`,
    severity: 'info',
    confidence: 'medium',
    rows,
    describe: () => ({
      title: context.say(TEXTS.answers, { port, handshakes: context.handshakes(rows.length) }),
      why: [context.say(TEXTS.answersWhy, { client: closerOf(context, rows) })],
      evidence: context.examples(rows),
      confirm: [lookAtPath(context, group.port, `host ${remotes.whole}`, remotes)],
      remedy: [context.say(ANSWER_PATH)],
      caveats: context.caveats({ time: true }),
    }),
  };
}

/** How to see what is lost of the handshakes on a port. */
function lookAtPath(context: RuleContext, port: number, from: string, { whole }: Remotes) {
  const { linux, system } = context.index;
  const isPlain = remoteCommand(system, whole) !== null;
  return context.check(
    TEXTS.look,
    linux && isPlain ? `tcpdump -ni any 'tcp port ${port} and ${from}'` : null,
  );
}
