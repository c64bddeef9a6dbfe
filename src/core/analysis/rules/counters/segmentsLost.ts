import { pick, where } from '../../../index/grouping';
import { numberRemotes } from '../../../index/remotes';
import { State } from '../../../vocabulary/state';
import type { Severity } from '../../kit/draft';
import { label, say } from '../../../wording/statement';
import { confirmGrowth, counterCaveats, type Moved, movedIn } from '../../kit/counters';
import type { RuleContext } from '../../kit/ruleContext';
import { rule } from '../../kit/rule';

const RETRANSMITTED = 'TcpRetransSegs';
const HANDSHAKES = 'TcpExtTCPSynRetrans';
const DATA = 'TcpExtTCPOrigDataSent';
const SENT = 'TcpOutSegs';
const NEEDLESS = ['TcpExtTCPDSACKRecvSegs', 'TcpExtTCPSpuriousRTOs'];

/** Segments below which a share says little. */
const ENOUGH = 1000;

/** Percent of the segments from which on each severity holds: judgement, no standard has them. */
const LIMITS: readonly (readonly [number, Severity])[] = [
  [8, 'error'],
  [3, 'warning'],
  [1, 'info'],
];

/** Connections that show where segments are sent again, and their share at one remote address. */
const FEW = 3;
const MOST = 0.8;

const TEXTS = {
  title: say(
    'ct-8.title',
    'Segments are most likely lost on the path: {percent} % were sent again',
    'linux-snmp-counter',
    'measured',
  ),
  remote: say(
    'ct-8.remote',
    'Segments are most likely lost on the path to {remote}: {percent} % of all were sent again',
    'linux-snmp-counter',
    'measured',
  ),
  needless: say(
    'ct-8.needless',
    '{percent} % of the segments were sent again, most of them needlessly: peers had them already',
    'linux-snmp-counter',
  ),
  of: say(
    'ct-8.of',
    '{again} of {all} segments with data were sent again, repeated handshakes not counted.',
    'linux-snmp-counter',
  ),
  ofSent: say(
    'ct-8.of-sent',
    '{again} segments were sent again, repeated handshakes included, beside {all} sent once.',
    'rfc4022',
  ),
  rows: say(
    'ct-8.rows',
    '{count} of the connections that send again go to {remote}.',
    'linux-tcp-timer',
  ),
  look: say(
    'ct-8.look',
    'retrans shows for each connection what was sent again, now and altogether.',
    'ss.8',
  ),
  remedy: say(
    'ct-8.remedy',
    'Look for what the connections that send again have in common: a network, a link, a tunnel with a smaller MTU.',
    'general-practice',
  ),
  wireless: say(
    'ct-8.wireless',
    'On Wi-Fi and mobile networks 1 to 2 % are usual.',
    'general-practice',
  ),
};

export const segmentsLost = rule({
  code: 'CT-8',
  id: 'counter-retransmissions',
  title: label('rule.CT-8', 'Counters show many retransmissions'),
  needs: { counters: true, time: true },
  find(context) {
    const moved = movedIn(context);
    const share = moved === null ? null : shareOf(moved);
    const limit = share === null ? undefined : LIMITS.find(([least]) => share.percent > least);
    if (moved === null || share === null || limit === undefined) {
      return [];
    }
    const needless = moved.by(...NEEDLESS) * 2 >= share.again;
    const { rows, remote } = remoteOf(context);
    // Where handshakes are in it, a host that does not answer looks like loss.
    const severity = needless ? 'info' : share.exact || limit[1] === 'info' ? limit[1] : 'warning';
    const percent = Number(share.percent.toFixed(1));
    return [
      {
        subject: 'segments sent again',
        severity,
        confidence: 'medium',
        rows,
        remote,
        describe: () => ({
          title: needless
            ? context.say(TEXTS.needless, { percent })
            : remote === null
              ? context.say(TEXTS.title, { percent })
              : context.say(TEXTS.remote, { percent, remote }),
          evidence: [
            context.evidence(
              context.say(share.exact ? TEXTS.of : TEXTS.ofSent, {
                again: share.again,
                all: share.all,
              }),
            ),
            ...moved.evidence(context, RETRANSMITTED, HANDSHAKES, DATA, ...NEEDLESS),
            ...(remote === null
              ? []
              : [context.evidence(context.say(TEXTS.rows, { count: rows.length, remote }))]),
          ],
          confirm: [
            ...(context.index.linux
              ? [{ text: context.say(TEXTS.look), command: 'ss -tino' }]
              : []),
            ...confirmGrowth(context, RETRANSMITTED, HANDSHAKES, DATA),
          ],
          remedy: needless ? [] : [context.say(TEXTS.remedy)],
          alternatives: [context.say(TEXTS.wireless)],
          caveats: counterCaveats(context),
        }),
      },
    ];
  },
});

interface Share {
  readonly again: number;
  readonly all: number;
  readonly percent: number;
  /** Whether handshakes are left out. */
  readonly exact: boolean;
}

/** What part of the segments was sent again; null where they are too few to say. */
function shareOf(moved: Moved): Share | null {
  const exact = moved.knows(DATA) && moved.by(DATA) > 0;
  const all = moved.by(exact ? DATA : SENT);
  const again = moved.by(RETRANSMITTED) - moved.by(HANDSHAKES);
  return all < ENOUGH || again <= 0 ? null : { again, all, percent: (again / all) * 100, exact };
}

/** The one remote address that nearly all connections have that send again, and its rows. */
function remoteOf(context: RuleContext): { rows: Uint32Array; remote: string | null } {
  const { index } = context;
  const none = { rows: new Uint32Array(0), remote: null };
  const all = where(
    index.retransmitted.rowsBetween(State.Listen, State.Count),
    row => !OPENING.has(index.table.state[row] as State),
  );
  const { numbers, groups } = numberRemotes(index, all);
  const [rows] = pick(all, numbers, groups, groups.commonest(1));
  return rows === undefined || rows.length < FEW || rows.length < all.length * MOST
    ? none
    : { rows, remote: context.remotes(rows).top[0]?.address ?? null };
}

/** Handshakes that get no answer are no loss of data. */
const OPENING: ReadonlySet<State> = new Set([State.SynSent, State.SynReceived]);
