import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { largest } from '../../kit/columns';
import { cookiesSince, LOOK_AT_HANDSHAKES } from '../../kit/listening/cookies';
import { movedIn } from '../../kit/counting/counters';
import { grown, onCounters } from '../../kit/counting/grown';
import { onlyOwner } from '../../kit/remoteGroups';
import { rule } from '../../kit/rule';
import { commonRemote } from '../../kit/commonRemote';
import { silentRemote } from '../../kit/unanswered/silentRemote';

const AGAIN = 'TcpExtTCPSynRetrans';
const STILL_HERE = 'TcpExtTCPSpuriousRtxHostQueues';
const TIMEOUTS = 'TcpExtTCPTimeouts';
const ACTIVE = 'TcpActiveOpens';
const OPENED = [ACTIVE, 'TcpPassiveOpens'];
/** What already says why SYNs are sent again. */
const QUEUES = ['TcpExtListenOverflows', 'TcpExtTCPReqQFullDrop'];

/** Retransmitted SYNs from which on the silence has lasted for 3 s at least. */
const SILENT = 2;

/** Judgement: some packets are lost anywhere. */
const PERCENT = 20;
const ENOUGH = 20;

const TEXTS = {
  remote: say('{remote} is not answering; SYNs sent again: {count}', 'measured', 'linux-tcp-timer'),
  likely: say(
    '{remote} is most likely not answering; SYNs sent again: {count}',
    'measured',
    'linux-tcp-timer',
  ),
  some: say(
    'Handshakes get no answer: {count} SYNs or SYN,ACKs were sent again',
    'measured',
    'linux-tcp-timer',
  ),
  why: say(
    'The host is down, or packets are dropped on the path there or back. A closed port would refuse at once.',
    'rfc9293-3.5.2',
  ),
  someWhy: say(
    'A target does not answer, or clients do not answer this host. Counters do not say which.',
    'measured',
  ),
  answers: say(
    'Clients do not finish their handshakes: {count} SYN,ACKs were most likely sent again',
    'measured',
    'linux-tcp-timer',
  ),
  answersWhy: say(
    'This host opened no connection meanwhile. Clients do not answer: they are gone, their addresses are forged, or SYN,ACK is lost on the path.',
    'measured',
  ),
  look: say(
    'See which remote address the sockets with a timer `on` and retransmissions have in common.',
    'ss.8',
  ),
  neighbor: say(
    'SYNs to {remote} do not leave this host: most likely its address on the link is not resolved',
    'measured',
    'linux-tcp-output',
  ),
  queued: say(
    'Packets still wait in this host when their timer expires: {count}',
    'linux-tcp-output',
    'measured',
  ),
  neighborWhy: say(
    'What was to be sent again had not left yet: it waits for an answer to ARP, or in a queue of the interface.',
    'linux-tcp-output',
    'measured',
  ),
  neighborLook: say('FAILED or INCOMPLETE is a neighbor that does not answer.', 'ip-neighbour.8'),
  neighborRemedy: say(
    'Look whether the address is right, and the host switched on and in the same VLAN.',
    'general-practice',
  ),
};

export const connectsSilent = rule({
  code: 'CT-10',
  id: 'counter-connects-silent',
  title: label('Counters show handshakes without an answer'),
  needs: { counters: true, time: true },
  culprit: 'remote',
  find(context) {
    const { index } = context;
    const moved = movedIn(context);
    if (moved === null) {
      return [];
    }
    const count = moved.by(AGAIN);
    const waiting = moved.by(STILL_HERE);
    if (count <= 0 && waiting > 0 && moved.by(TIMEOUTS) > 0) {
      const { rows, remote } = commonRemote(context, index.rowsIn(State.SynSent), 1);
      return remote === null
        ? [
            grown(context, moved, {
              subject: 'neighbor',
              counters: [STILL_HERE],
              severity: 'info',
              confidence: 'high',
              says: TEXTS.queued,
              why: TEXTS.neighborWhy,
              look: { text: TEXTS.neighborLook, command: 'ip neigh' },
            }),
          ]
        : [
            onCounters(context, moved, [STILL_HERE, TIMEOUTS], {
              cause: 'unanswered',
              subject: remote,
              severity: 'warning',
              confidence: 'medium',
              rows,
              remote,
              owner: onlyOwner(context, rows),
              describe: () => ({
                title: context.say(TEXTS.neighbor, { remote }),
                why: [context.say(TEXTS.neighborWhy)],
                evidence: context.examples(rows),
                confirm: [context.check(TEXTS.neighborLook, 'ip neigh')],
                remedy: [context.say(TEXTS.neighborRemedy)],
              }),
            }),
          ];
    }
    const { rows, remote } = silentRemote(context);
    if (count > 0 && remote !== null) {
      const certain = largest(rows, index.table.retransmits) >= SILENT;
      return [
        onCounters(context, moved, [AGAIN], {
          cause: 'unanswered',
          subject: remote,
          severity: certain ? 'error' : 'warning',
          confidence: certain ? 'high' : 'medium',
          rows,
          remote,
          owner: onlyOwner(context, rows),
          describe: () => ({
            title: context.say(certain ? TEXTS.remote : TEXTS.likely, { remote, count }),
            why: [context.say(TEXTS.why)],
            evidence: context.examples(rows),
          }),
        }),
      ];
    }
    const opened = moved.by(...OPENED);
    // SYN,ACKs alone are sent again where no connection is opened from here.
    const cookies = cookiesSince(context);
    const areAnswers =
      index.counts[State.SynSent] === 0 &&
      (moved.knows(ACTIVE) ? moved.by(ACTIVE) === 0 : cookies !== null);
    if (areAnswers && cookies !== null) {
      // CT-28 or SR-1 speaks of these handshakes.
      return [];
    }
    return count >= ENOUGH && count * 100 > opened * PERCENT && moved.by(...QUEUES) === 0
      ? [
          grown(context, moved, {
            subject: 'handshakes',
            severity: 'info',
            confidence: 'high',
            counters: [AGAIN],
            beside: OPENED,
            says: areAnswers ? TEXTS.answers : TEXTS.some,
            why: areAnswers ? TEXTS.answersWhy : TEXTS.someWhy,
            look: areAnswers
              ? { text: LOOK_AT_HANDSHAKES, command: 'ss -tano state syn-recv' }
              : { text: TEXTS.look, command: 'ss -tano state syn-sent' },
          }),
        ]
      : [];
  },
});
