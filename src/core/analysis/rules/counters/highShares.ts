import { type Counted, type Counter, isIncrement } from '../../../model/counter';
import { label, say, type Statement } from '../../../wording/statement';
import {
  confirmGrowth,
  counterCaveats,
  movedIn,
  onlyOnce,
  totalEvidence,
} from '../../kit/counting/counters';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

/** What part of all is so large that it is worth a look, though it was counted over any time. */
interface Share {
  readonly subject: string;
  readonly part: readonly string[];
  /** Counted among the part, and no sign of what it is taken for. */
  readonly without?: readonly string[];
  /** Nothing is said where this is not told: what is 0 may be left out, or all but a part. */
  readonly needs?: string;
  /** What makes the part everyday life, where it is ten times as much: judgement. */
  readonly among?: string;
  /** All, or where that is not told, what is nearly all. */
  readonly all: readonly (readonly string[])[];
  /** Whether all are counted without the part. */
  readonly beside?: true;
  /** Percent, and events, above which it is worth a look: judgement. */
  readonly above: number;
  readonly least: number;
  readonly says: Statement<'percent' | 'count'>;
  readonly remedy?: Statement;
  readonly innocent?: Statement;
}

const USUAL = 10;

/** Of several on one subject, the first that holds is told. */
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
    part: ['TcpExtSyncookiesRecv'],
    among: 'TcpPassiveOpens',
    all: [['TcpExtSyncookiesSent']],
    above: 50,
    least: 1000,
    says: say(
      'The half-open queue was too small for real clients; SYN cookies that came back: {count} ({percent}%)',
      'linux-syncookies',
      'linux-snmp-counter',
    ),
    remedy: say(
      'Raise both the listen() backlog and `net.core.somaxconn`, and leave `tcp_syncookies` on.',
      'linux-ip-sysctl',
      'listen.2',
    ),
    innocent: say(
      'With `tcp_syncookies` 2, every SYN is answered with a cookie.',
      'linux-ip-sysctl',
    ),
  },
  {
    subject: 'SYN cookies',
    part: ['TcpExtSyncookiesSent'],
    without: ['TcpExtSyncookiesRecv'],
    needs: 'TcpExtSyncookiesRecv',
    among: 'TcpPassiveOpens',
    all: [['TcpExtSyncookiesSent']],
    above: 90,
    least: 1000,
    says: say(
      'Handshakes filled the half-open queue and were not finished; SYN cookies that did not come back: {count} ({percent}%)',
      'linux-syncookies',
      'linux-snmp-counter',
    ),
    innocent: say(
      'A flood from forged addresses leaves this, and so does a return path that loses SYN,ACKs.',
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
    if (movedIn(context) !== null) {
      return [];
    }
    const told = new Set<string>();
    return each(SHARES, share => {
      const draft = told.has(share.subject) ? undefined : judge(context, share);
      if (draft !== undefined) {
        told.add(share.subject);
      }
      return draft;
    });
  },
});

function judge(context: RuleContext, share: Share): Draft | undefined {
  const { subject, says, remedy, innocent } = share;
  const counted = context.index.snapshot.counted.find(one => find(one, share.part).length > 0);
  if (counted === undefined) {
    return undefined;
  }
  const part = find(counted, share.part);
  const without = find(counted, share.without ?? []);
  const all = share.all.map(names => find(counted, names)).find(one => total(one) > 0) ?? [];
  const count = total(part) - total(without);
  const told = (name: string | undefined): Counter[] =>
    name === undefined ? [] : find(counted, [name]);
  const isUsual = share.among !== undefined && total(told(share.among)) >= USUAL * total(part);
  const percent = (count * 100) / (total(all) + (share.beside === true ? count : 0));
  const isTold = all.length > 0 && (share.needs === undefined || told(share.needs).length > 0);
  return !isTold || isUsual || count < share.least || percent <= share.above
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
            remedy: remedy === undefined ? [] : [context.say(remedy)],
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
