import { LINUX, on } from '../../../knowledge/advice';
import { NONE } from '../../../model/row';
import { label, say } from '../../../wording/statement';
import {
  acceptorCaveats,
  type AcceptQueue,
  acceptorOf,
  acceptQueues,
  acceptRemedy,
  queueSubject,
} from '../../kit/listening/acceptQueue';
import {
  confirmGrowth,
  counterCaveats,
  type Moved,
  movedIn,
  onlyOnce,
  totalEvidence,
  totalOf,
} from '../../kit/counting/counters';
import type { Draft } from '../../kit/draft';
import { rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

const OVERFLOWS = 'TcpExtListenOverflows';

/** The same of the BSDs, and of what each system counts. */
const NAMES = [OVERFLOWS, 'TcpListenQueueOverflows'];

const TEXTS = {
  one: say(
    'Accept queue of {port} dropped connection attempts of {program}: {count} met a full queue',
    'linux-snmp-counter',
    'measured',
  ),
  likely: say(
    'Accept queue of {port} most likely dropped connection attempts of {program}: {count} met a full queue',
    'linux-snmp-counter',
    'measured',
  ),
  some: say(
    'A listening socket is not accepting fast enough: {count} connection packets met a full accept queue',
    'linux-snmp-counter',
    'measured',
  ),
  total: say(
    'An accept queue has overflowed: {count} connection packets met a full one since boot',
    'linux-snmp-counter',
    'measured',
  ),
  why: say(
    'It counts SYNs and last ACKs of handshakes that came while the accept queue of their listener was full, each time they were sent: one client counts several times.',
    'linux-tcp-ipv4',
    'measured',
  ),
  which: say(
    'Counters do not say which listener: in `ss -tlnm` it is the one whose Recv-Q exceeds Send-Q, or whose d in skmem grows.',
    'linux-tcp-diag',
    'measured',
  ),
  burst: say(
    'A burst of connections, after a start for instance, fills an accept queue for an instant.',
    'general-practice',
  ),
};

export const listenOverflow = rule({
  code: 'CT-1',
  id: 'counter-listen-overflow',
  title: label('Counters show an overflowing accept queue'),
  needs: { counters: true },
  find(context) {
    const moved = movedIn(context);
    const count = moved?.by(...NAMES) ?? 0;
    return moved !== null && count > 0
      ? [growing(context, moved, count)]
      : NAMES.flatMap(name => sinceBoot(context, name));
  },
});

function growing(context: RuleContext, moved: Moved, count: number): Draft {
  const waiting = acceptQueues
    .of(context.index)
    .filter(({ fullness, listener }) => fullness !== 'not full' && listener !== NONE);
  const full = waiting.filter(({ fullness }) => fullness === 'full');
  const [queue, ...others] = full.length === 0 ? waiting : full;
  return queue !== undefined && others.length === 0
    ? ofQueue(context, moved, queue, count)
    : {
        subject: 'accept queues',
        severity: 'warning',
        confidence: 'high',
        rows: full.map(({ listener }) => listener),
        describe: () => ({
          title: context.say(TEXTS.some, { count }),
          ...said(context, moved),
          alternatives: [context.say(TEXTS.burst)],
          caveats: [
            ...(context.index.linux ? [context.say(TEXTS.which)] : []),
            ...counterCaveats(context),
          ],
        }),
      };
}

/** The one queue that is full is the one that overflows. */
function ofQueue(context: RuleContext, moved: Moved, queue: AcceptQueue, count: number): Draft {
  const { owner, program } = acceptorOf(context, queue);
  const full = queue.fullness === 'full';
  return {
    cause: 'not-accepting',
    subject: queueSubject(context, queue),
    severity: full ? 'error' : 'warning',
    confidence: full ? 'high' : 'medium',
    rows: [queue.listener],
    owner,
    describe: () => ({
      title: context.say(full ? TEXTS.one : TEXTS.likely, {
        program,
        port: context.localOf(queue.listener),
        count,
      }),
      ...said(context, moved),
      alternatives: full ? [] : [context.say(TEXTS.burst)],
      caveats: acceptorCaveats(context, queue),
    }),
  };
}

function said(context: RuleContext, moved: Moved) {
  return {
    why: context.advise(on(LINUX, TEXTS.why)),
    evidence: moved.evidence(context, ...NAMES),
    confirm: confirmGrowth(context, OVERFLOWS, 'TcpExtListenDrops'),
    remedy: acceptRemedy(context, null),
  };
}

function sinceBoot(context: RuleContext, name: string): Draft[] {
  const counter = totalOf(context, name);
  return counter === undefined || counter.value === 0
    ? []
    : [
        {
          subject: 'accept queues',
          severity: 'info',
          confidence: 'high',
          rows: [],
          describe: () => ({
            title: context.say(TEXTS.total, { count: counter.value }),
            why: context.advise(on(LINUX, TEXTS.why)),
            evidence: [totalEvidence(context, counter)],
            confirm: confirmGrowth(context, OVERFLOWS, 'TcpExtListenDrops'),
            caveats: [onlyOnce(context), ...counterCaveats(context)],
          }),
        },
      ];
}
