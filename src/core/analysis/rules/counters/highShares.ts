import { type Counted, type Counter, isIncrement } from '../../../model/counter';
import { label, say, type Statement } from '../../../wording/statement';
import {
  confirmGrowth,
  counterCaveats,
  movedIn,
  onlyOnce,
  totalEvidence,
} from '../../kit/counters';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

/** What part of all is so large that it is worth a look, though it was counted over any time. */
interface Share {
  readonly subject: string;
  readonly part: readonly string[];
  /** Counted among the part, and no sign of what it is taken for. */
  readonly without?: readonly string[];
  /** All, or where that is not told, what is nearly all. */
  readonly all: readonly (readonly string[])[];
  /** Whether all are counted without the part. */
  readonly beside?: true;
  /** Percent, and events, above which it is worth a look: judgement. */
  readonly above: number;
  readonly least: number;
  readonly says: Statement<'percent' | 'count'>;
  readonly innocent?: Statement;
}

const SHARES: readonly Share[] = [
  {
    subject: 'datagrams',
    part: ['UdpRcvbufErrors', 'Udp6RcvbufErrors'],
    all: [['UdpInDatagrams', 'Udp6InDatagrams']],
    beside: true,
    above: 1,
    least: 1000,
    says: say(
      'Programs did not read datagrams fast enough; dropped at a full receive buffer: {count} ({percent}%)',
      'linux-udp',
      'linux-snmp-counter',
    ),
  },
  {
    subject: 'segments sent again',
    part: ['TcpRetransSegs'],
    without: ['TcpExtTCPSynRetrans'],
    all: [['TcpExtTCPOrigDataSent', 'TcpDataPacketsNBytes'], ['TcpOutSegs']],
    above: 3,
    least: 1000,
    says: say(
      'Many TCP segments were sent again: {count} ({percent}%)',
      'linux-snmp-counter',
      'rfc4022',
    ),
    innocent: say(
      'Handshakes with hosts that do not answer are repeated, too, and on Wi-Fi and mobile networks more is lost.',
      'linux-snmp-counter',
      'general-practice',
    ),
  },
  {
    subject: 'SYN cookies',
    part: ['TcpExtSyncookiesSent'],
    all: [['TcpPassiveOpens']],
    above: 10,
    least: 1000,
    says: say(
      'Half-open queues were often full; SYN cookies sent: {count}, {percent} for every 100 accepted connections',
      'linux-syncookies',
      'linux-snmp-counter',
    ),
  },
];

export const highShares = rule({
  code: 'CT-26',
  id: 'counter-shares',
  title: label('High shares of loss in a single output of counters'),
  needs: { counters: true },
  find(context) {
    // How they grow says more than how large they are.
    return movedIn(context) === null ? each(SHARES, share => judge(context, share)) : [];
  },
});

function judge(context: RuleContext, share: Share): Draft | undefined {
  const { subject, says, innocent } = share;
  const counted = context.index.snapshot.counted.find(one => find(one, share.part).length > 0);
  if (counted === undefined) {
    return undefined;
  }
  const part = find(counted, share.part);
  const without = find(counted, share.without ?? []);
  const all = share.all.map(names => find(counted, names)).find(one => total(one) > 0) ?? [];
  const count = total(part) - total(without);
  const percent = (count * 100) / (total(all) + (share.beside === true ? count : 0));
  return all.length === 0 || count < share.least || percent <= share.above
    ? undefined
    : {
        subject,
        severity: 'info',
        confidence: 'high',
        rows: [],
        describe: () => {
          const shown = [...part, ...without, ...all].filter(({ value }) => value > 0);
          return {
            title: context.say(says, { percent: Number(percent.toFixed(1)), count }),
            evidence: shown.map(counter => totalEvidence(context, counter)),
            confirm: confirmGrowth(context, ...new Set(shown.map(({ name }) => name))),
            alternatives: innocent === undefined ? [] : [context.say(innocent)],
            caveats: [
              ...(isIncrement(counted) ? [] : [onlyOnce(context)]),
              ...counterCaveats(context),
            ],
          };
        },
      };
}

/** Counters of both families. */
function find({ counters }: Counted, names: readonly string[]): Counter[] {
  return counters.filter(({ name }) => names.includes(name));
}

function total(counters: readonly Counter[]): number {
  return counters.reduce((sum, { value }) => sum + value, 0);
}
