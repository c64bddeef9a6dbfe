import { union, where } from '../../../index/grouping';
import { LINUX, on } from '../../../knowledge/advice';
import { State } from '../../../vocabulary/state';
import { TimerKind } from '../../../vocabulary/timer';
import { label, say } from '../../../wording/statement';
import { movedIn } from '../../kit/counting/counters';
import { onCounters } from '../../kit/counting/grown';
import { rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';
import { commonRemote } from '../../kit/commonRemote';

const GIVEN_UP = [
  'TcpExtTCPAbortOnTimeout',
  'TcpConnectionsDroppedByRexmitTimeout',
  'TcpConnectionsDroppedByPersistTimeout',
  'TcpConnectionsDroppedByKeepalive',
];
/** Handshakes that are given up are among them. */
const HANDSHAKES = ['TcpAttemptFails', 'TcpEmbryonicConnectionsDropped'];
const OPENED = ['TcpActiveOpens', 'TcpPassiveOpens'];
const PROBES = 'TcpExtTCPKeepAlive';

/** Judgement: laptops fall asleep, and phones lose their network, all the time. */
const PERCENT = 1;

/** Retransmissions after which a connection is near its end. */
const NEAR_ITS_END = 8;

const TEXTS = {
  title: say(
    'Peers most likely vanished without a word; connections that were given up: {count}',
    'linux-tcp-timer',
    'measured',
  ),
  some: say(
    'The kernel gave up connections or connection attempts that got no answer: {count}',
    'linux-tcp-timer',
    'measured',
  ),
  why: say(
    'Neither data, nor a probe, nor a handshake was answered for so long that the kernel ended the connection; its program gets ETIMEDOUT.',
    'linux-tcp-timer',
    'measured',
  ),
  near: say(
    'Others that have had no answer for long, and will also be given up: {count}.',
    'linux-tcp-timer',
  ),
  look: say(
    'See which peers have unanswered retransmissions (`on`) or probes (`keepalive`).',
    'ss.8',
  ),
  remedy: say(
    'If a firewall, NAT or load balancer forgets idle connections, let keepalive come sooner than that.',
    'tcp.7',
    'aws-elb',
  ),
  asleep: say(
    'Laptops that fall asleep and phones that lose their network vanish like this.',
    'general-practice',
  ),
};

export const givenUp = rule({
  code: 'CT-12',
  id: 'counter-given-up',
  title: label('Counters show connections that the kernel gave up'),
  needs: { counters: true, time: true },
  culprit: 'remote',
  find(context) {
    const moved = movedIn(context);
    const count = moved?.by(...GIVEN_UP) ?? 0;
    if (moved === null || count <= 0) {
      return [];
    }
    const near = nearTheirEnd(context);
    const { rows, remote } = commonRemote(context, near, 1);
    const vanished = count - moved.by(...HANDSHAKES);
    const share = moved.share(vanished, ...OPENED);
    const isWarning = (vanished > 0 || near.length > 0) && (share === null || share > PERCENT);
    return [
      onCounters(context, moved, [...GIVEN_UP, PROBES, ...HANDSHAKES], {
        ...(remote === null ? {} : { cause: 'unanswered' }),
        subject: remote ?? 'given up',
        severity: isWarning ? 'warning' : 'info',
        confidence: isWarning ? 'medium' : 'high',
        rows: remote === null ? near : rows,
        remote,
        describe: () => ({
          title: context.say(isWarning ? TEXTS.title : TEXTS.some, { count }),
          why: [context.say(TEXTS.why)],
          evidence:
            near.length === 0
              ? []
              : [
                  context.evidence(context.say(TEXTS.near, { count: near.length })),
                  ...context.examples(near),
                ],
          confirm: context
            .advise(on(LINUX, TEXTS.look))
            .map(text => ({ text, command: 'ss -tano' })),
          remedy: [context.say(TEXTS.remedy)],
          alternatives: [context.say(TEXTS.asleep)],
        }),
      }),
    ];
  },
});

/** Connections with many unanswered retransmissions, or unanswered keepalive probes. */
function nearTheirEnd({ index }: RuleContext): Uint32Array {
  const { timer, retransmits } = index.table;
  return union([
    where(
      index.retransmitted.rowsIn(State.Established),
      row => timer?.[row] === TimerKind.On && retransmits![row]! >= NEAR_ITS_END,
    ),
    where(index.probed.rowsIn(State.Established), row => timer?.[row] === TimerKind.Keepalive),
  ]);
}
