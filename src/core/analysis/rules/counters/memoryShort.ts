import { union, where } from '../../../index/grouping';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { confirmGrowth, counterCaveats, movedIn } from '../../kit/counters';
import type { Draft } from '../../kit/draft';
import { rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

const PRESSURES = 'TcpExtTCPMemoryPressures';
const ABORTS = 'TcpExtTCPAbortOnMemory';

const TEXTS = {
  pressure: say(
    'ct-7.pressure',
    'Every connection of the machine suffers from a shortage of TCP memory; shortages: {count}',
    'linux-ip-sysctl',
    'linux-snmp-counter',
  ),
  aborts: say(
    'ct-7.aborts',
    'Too many closed connections still wait for their peers; reset for lack of memory: {count}',
    'linux-tcp',
    'linux-snmp-counter',
  ),
  whyPressure: say(
    'ct-7.why-pressure',
    'All TCP sockets together had more memory than the second number of `net.ipv4.tcp_mem` allows, so buffers are kept small.',
    'linux-ip-sysctl',
  ),
  whyAborts: say(
    'ct-7.why-aborts',
    'A closed connection that waits for its peer has no process. If there are more than `net.ipv4.tcp_max_orphans`, or TCP has no memory left, Linux resets it.',
    'linux-tcp',
    'linux-ip-sysctl',
  ),
  orphans: say(
    'ct-7.orphans',
    'In FIN_WAIT_1, CLOSING or LAST_ACK without a process: {count}.',
    'measured',
  ),
  limits: say('ct-7.limits', 'This shows the limits, in pages.', 'linux-ip-sysctl'),
  orphanLimit: say('ct-7.orphan-limit', 'This shows the limit.', 'linux-ip-sysctl'),
  remedyPressure: say(
    'ct-7.remedy-pressure',
    'Look for the sockets with the largest queues and let their programs read, or their peers. Raise `net.ipv4.tcp_mem` only where the queues are meant to be that large.',
    'general-practice',
    'linux-ip-sysctl',
  ),
  remedyAborts: say(
    'ct-7.remedy-aborts',
    'Look which peers neither read nor answer. `net.ipv4.tcp_orphan_retries` limits how long Linux tries to reach them.',
    'general-practice',
    'linux-ip-sysctl',
  ),
};

export const memoryShort = rule({
  code: 'CT-7',
  id: 'counter-memory',
  title: label('rule.CT-7', 'Counters show too little TCP memory or too many orphans'),
  needs: { counters: true, time: true },
  *find(context) {
    const moved = movedIn(context);
    const pressures = moved?.by(PRESSURES) ?? 0;
    const aborts = moved?.by(ABORTS) ?? 0;
    if (moved !== null && pressures > 0) {
      yield {
        subject: 'memory of TCP',
        severity: 'error',
        confidence: 'high',
        rows: [],
        describe: () => ({
          title: context.say(TEXTS.pressure, { count: pressures }),
          why: [context.say(TEXTS.whyPressure)],
          evidence: moved.evidence(context, PRESSURES),
          confirm: [
            { text: context.say(TEXTS.limits), command: 'cat /proc/sys/net/ipv4/tcp_mem' },
            ...confirmGrowth(context, PRESSURES),
          ],
          remedy: [context.say(TEXTS.remedyPressure)],
          caveats: counterCaveats(context),
        }),
      } satisfies Draft;
    }
    if (moved !== null && aborts > 0) {
      const rows = orphans(context);
      yield {
        subject: 'orphans',
        severity: 'error',
        confidence: 'medium',
        rows,
        describe: () => ({
          title: context.say(TEXTS.aborts, { count: aborts }),
          why: [context.say(TEXTS.whyAborts)],
          evidence: [
            ...moved.evidence(context, ABORTS),
            ...(rows.length > 0
              ? [context.evidence(context.say(TEXTS.orphans, { count: rows.length }))]
              : []),
          ],
          confirm: [
            {
              text: context.say(TEXTS.orphanLimit),
              command: 'sysctl net.ipv4.tcp_max_orphans',
            },
            ...confirmGrowth(context, ABORTS),
          ],
          remedy: [context.say(TEXTS.remedyAborts)],
          caveats: counterCaveats(context),
        }),
      } satisfies Draft;
    }
  },
});

/** Closed connections that wait for their peers. */
function orphans({ index }: RuleContext): Uint32Array {
  if (!index.showsPids) {
    return new Uint32Array(0);
  }
  return where(
    union([State.FinWait1, State.Closing, State.LastAck].map(state => index.rowsIn(state))),
    row => index.owners.of(row) < 0,
  );
}
