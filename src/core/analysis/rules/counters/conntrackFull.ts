import { label, say } from '../../../wording/statement';
import { NO_ROWS, where } from '../../../index/grouping';
import { hasRemotes } from '../../../index/remotes';
import { State } from '../../../vocabulary/state';
import { counterCaveats, gaugeOf, totalEvidence } from '../../kit/counting/counters';
import { messagesOf } from '../../kit/counting/messages';
import { rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

const TEXTS = {
  title: say(
    'The connection tracking table is full: {count} entries, of {limit} at most',
    'nf-conntrack-core',
    'linux-nf-conntrack-sysctl',
  ),
  nearly: say(
    'The connection tracking table is nearly full: {count} entries, of {limit} at most',
    'nf-conntrack-core',
    'linux-nf-conntrack-sysctl',
  ),
  why: say(
    'The kernel drops the first packet of a new connection unless it can evict an entry that is not assured, and logs "nf_conntrack: table full, dropping packet".',
    'nf-conntrack-core',
  ),
  log: say('See whether the kernel reports it.', 'nf-conntrack-core'),
  remedy: say(
    'Raise `net.netfilter.nf_conntrack_max`, or shorten `net.netfilter.nf_conntrack_tcp_timeout_established` (5 days by default). What needs no NAT need not be tracked (NOTRACK).',
    'linux-nf-conntrack-sysctl',
    'general-practice',
  ),
};

/** The part of the table from which on it is soon full; a moment later it may have been. */
const NEARLY = 0.95;

/** Remote addresses of silent connects from which on a full table is what they have in common. */
const SEVERAL = 3;

/** Connects whose first packets a full table drops; none where one remote address may be dead. */
function silentConnects(context: RuleContext): Uint32Array {
  const { index } = context;
  const rows = where(index.rowsIn(State.SynSent), row => !index.isHere(row));
  return hasRemotes(index, rows, SEVERAL) ? rows : NO_ROWS;
}

export const conntrackFull = rule({
  code: 'CT-27',
  id: 'conntrack-full',
  title: label('The connection tracking table is full'),
  needs: { counters: true },
  find(context) {
    const count = gaugeOf(context, 'SysctlNfConntrackCount');
    const limit = gaugeOf(context, 'SysctlNfConntrackMax');
    // 0 is no limit.
    if (!count || !limit || limit.value === 0 || count.value < limit.value * NEARLY) {
      return [];
    }
    const full = count.value >= limit.value;
    const drops = full || messagesOf(context, 'conntrack').length > 0;
    return [
      {
        subject: 'connection tracking',
        severity: full ? 'error' : 'warning',
        confidence: 'high',
        rows: [],
        explains: {
          rows: drops ? [silentConnects(context)] : [],
          symptoms: ['SS-1', 'SS-2'],
        },
        describe: () => ({
          title: context.say(full ? TEXTS.title : TEXTS.nearly, {
            count: count.value,
            limit: limit.value,
          }),
          why: [context.say(TEXTS.why)],
          evidence: [count, limit].map(gauge => totalEvidence(context, gauge)),
          confirm: [context.check(TEXTS.log, "dmesg -T | grep 'table full'")],
          remedy: [context.say(TEXTS.remedy)],
          caveats: counterCaveats(context),
        }),
      },
    ];
  },
});
