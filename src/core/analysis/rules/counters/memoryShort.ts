import { label, say } from '../../../wording/statement';
import {
  confirmGrowth,
  counterCaveats,
  gaugeOf,
  movedIn,
  totalEvidence,
} from '../../kit/counting/counters';
import type { Draft } from '../../kit/draft';
import {
  confirmOrphanLimit,
  ORPHAN_TEXTS,
  orphanEvidence,
  orphanRows,
} from '../../kit/closing/orphans';
import { rule } from '../../kit/rule';

const PRESSURES = 'TcpExtTCPMemoryPressures';
const ABORTS = 'TcpExtTCPAbortOnMemory';
/** What all sockets of the machine use, and from where on that is too much, in pages. */
const USED = ['SockstatTcpMem', 'SysctlTcpMemPressure', 'SysctlTcpMemHigh'];

const TEXTS = {
  pressure: say(
    'Every connection of the machine suffers from a shortage of TCP memory; shortages: {count}',
    'linux-ip-sysctl',
    'linux-snmp-counter',
  ),
  aborts: say(
    'Too many closed connections still wait for their peers; reset for lack of memory: {count}',
    'linux-tcp',
    'linux-snmp-counter',
  ),
  used: say(
    'TCP is short of memory: its sockets use {count} pages, of {limit} at most',
    'linux-ip-sysctl',
    'linux-proc',
  ),
  whyPressure: say(
    'All TCP sockets together had more memory than the second number of `net.ipv4.tcp_mem` allows, so buffers are kept small.',
    'linux-ip-sysctl',
  ),
  limits: say('This shows the limits, in pages.', 'linux-ip-sysctl'),
  remedyPressure: say(
    'Look for the sockets with the largest queues and let their programs read, or their peers. Raise `net.ipv4.tcp_mem` only where the queues are meant to be that large.',
    'general-practice',
    'linux-ip-sysctl',
  ),
};

export const memoryShort = rule({
  code: 'CT-7',
  id: 'counter-memory',
  title: label('Counters show too little TCP memory or too many orphans'),
  needs: { counters: true },
  *find(context) {
    const moved = movedIn(context);
    const pressures = moved?.by(PRESSURES) ?? 0;
    const aborts = moved?.by(ABORTS) ?? 0;
    const [used, pressure, high] = USED.map(name => gaugeOf(context, name));
    if (used !== undefined && pressure !== undefined && used.value > pressure.value) {
      yield {
        subject: 'memory of TCP',
        severity: 'error',
        confidence: 'high',
        rows: [],
        describe: () => ({
          title: context.say(TEXTS.used, {
            count: used.value,
            limit: (high ?? pressure).value,
          }),
          why: [context.say(TEXTS.whyPressure)],
          evidence: [used, pressure].map(gauge => totalEvidence(context, gauge)),
          confirm: confirmGrowth(context, PRESSURES),
          remedy: [context.say(TEXTS.remedyPressure)],
        }),
      } satisfies Draft;
    } else if (moved !== null && pressures > 0) {
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
            context.check(TEXTS.limits, 'cat /proc/sys/net/ipv4/tcp_mem'),
            ...confirmGrowth(context, PRESSURES),
          ],
          remedy: [context.say(TEXTS.remedyPressure)],
          caveats: counterCaveats(context),
        }),
      } satisfies Draft;
    }
    if (moved !== null && aborts > 0) {
      const rows = orphanRows(context);
      yield {
        cause: 'orphans',
        subject: 'orphans',
        severity: 'error',
        confidence: 'medium',
        rows,
        describe: () => ({
          title: context.say(TEXTS.aborts, { count: aborts }),
          why: [context.say(ORPHAN_TEXTS.why)],
          evidence: [...moved.evidence(context, ABORTS), ...orphanEvidence(context, rows)],
          confirm: [confirmOrphanLimit(context), ...confirmGrowth(context, ABORTS)],
          remedy: [context.say(ORPHAN_TEXTS.remedy)],
          caveats: counterCaveats(context),
        }),
      } satisfies Draft;
    }
  },
});
