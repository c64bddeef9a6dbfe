import { label, say } from '../../../wording/statement';
import { movedIn } from '../../kit/counting/counters';
import { grown } from '../../kit/counting/grown';
import { rule } from '../../kit/rule';
import { silentRemote } from '../../kit/unanswered/silentRemote';

/** BSD counts those that this host began. */
const FAILED = ['TcpAttemptFails', 'TcpEmbryonicConnectionsDropped'];
const OPENED = 'TcpActiveOpens';
const RESETS = 'TcpOutRsts';
const ABORTED = 'TcpEstabResets';

/** Judgement: browsers that try IPv6 first fail in up to a tenth. */
const PERCENT = 20;

/** So many resets for each attempt that failed are still its answers: others come on top. */
const MOST_RESETS = 1.1;

/** So many connections reset for each attempt that failed are too few to have had the resets. */
const FEW_RESET = 0.1;

const TEXTS = {
  failed: say(
    'Connection attempts of this host fail; refused or without an answer: {count}',
    'rfc4022',
    'measured',
  ),
  here: say(
    'Programs of this host most likely connect to a port here that is closed; refused: {count}',
    'measured',
  ),
  others: say('Handshakes that others began were broken off: {count}', 'rfc4022', 'measured'),
  failedWhy: say(
    'It counts handshakes that ended by a reset, an ICMP error or a timeout of the kernel. A program that gives up sooner is not counted.',
    'measured',
  ),
  hereWhy: say(
    'As many resets were sent as attempts failed, so this host itself refused them.',
    'measured',
  ),
  othersWhy: say(
    'A client answered with a reset before its handshake was complete, as scanners and some health checks do.',
    'measured',
  ),
  target: say(
    'See in the logs of the programs which address and port they cannot reach, and whether something listens there.',
    'general-practice',
  ),
  eyeballs: say(
    'Programs that try IPv6 and IPv4 and keep what answers first give up attempts on purpose; a port scanner also does.',
    'rfc8305',
  ),
};

export const connectsFailed = rule({
  code: 'CT-9',
  id: 'counter-connects-failed',
  title: label('Counters show connection attempts that fail'),
  needs: { counters: true, time: true },
  find(context) {
    const moved = movedIn(context);
    const count = moved?.by(...FAILED) ?? 0;
    if (moved === null || count <= 0) {
      return [];
    }
    const opened = moved.by(OPENED);
    const own = { counters: FAILED, beside: [OPENED, RESETS] };
    if (count > opened && moved.knows(OPENED)) {
      return [
        grown(context, moved, {
          ...own,
          subject: 'handshakes of others',
          severity: 'info',
          confidence: 'high',
          says: TEXTS.others,
          why: TEXTS.othersWhy,
        }),
      ];
    }
    // Resets that answer each of them come from this host; many more have another cause.
    const resets = moved.by(RESETS);
    const mayBeHere = resets >= count && resets <= count * MOST_RESETS;
    // As many connections that were reset may have had them.
    const isHere = mayBeHere && moved.by(ABORTED) <= count * FEW_RESET;
    return [
      grown(context, moved, {
        ...own,
        beside: isHere ? own.beside : [OPENED],
        subject: 'connection attempts',
        // What is silent was already found among the sockets.
        severity: mayBeHere || silentRemote(context).remote !== null ? 'info' : 'warning',
        confidence: isHere ? 'medium' : 'high',
        of: { counters: [OPENED], percent: PERCENT },
        says: isHere ? TEXTS.here : TEXTS.failed,
        why: isHere ? TEXTS.hereWhy : TEXTS.failedWhy,
        remedy: TEXTS.target,
        innocent: TEXTS.eyeballs,
      }),
    ];
  },
});
