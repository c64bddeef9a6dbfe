import { where } from '../../../index/grouping';
import { State } from '../../../vocabulary/state';
import type { Severity } from '../../kit/draft';
import { label, say } from '../../../wording/statement';
import { type Moved, movedIn } from '../../kit/counting/counters';
import { onCounters } from '../../kit/counting/grown';
import { COMMON_PATH, LOSSY, WIRELESS } from '../../kit/transfer/loss';
import { rule } from '../../kit/rule';
import { commonRemote } from '../../kit/commonRemote';

const RETRANSMITTED = 'TcpRetransSegs';
const HANDSHAKES = 'TcpExtTCPSynRetrans';
/** What BSD counts is without what was sent again, too. */
const DATA = ['TcpExtTCPOrigDataSent', 'TcpDataPacketsNBytes'];
const SENT = 'TcpOutSegs';
const NEEDLESS = ['TcpExtTCPDSACKRecvSegs', 'TcpExtTCPSpuriousRTOs'];

/** Segments below which a share says little. */
const ENOUGH = 1000;

/** Percent of the segments from which on each severity holds: judgement, no standard has them. */
const LIMITS: readonly (readonly [number, Severity])[] = [
  [8, 'error'],
  [LOSSY, 'warning'],
  [1, 'info'],
];

/** Connections at one remote address that show where segments are sent again. */
const FEW = 3;

const TEXTS = {
  title: say(
    'Segments are most likely lost on the path: {percent}% were sent again',
    'linux-snmp-counter',
    'measured',
  ),
  remote: say(
    'Segments are most likely lost on the path to {remote}: {percent}% of all were sent again',
    'linux-snmp-counter',
    'measured',
  ),
  needless: say(
    '{percent}% of the segments were sent again, most of them needlessly: peers had them already',
    'linux-snmp-counter',
  ),
  of: say(
    '{again} of {all} segments with data were sent again, repeated handshakes not counted.',
    'linux-snmp-counter',
  ),
  ofSent: say(
    '{again} segments were sent again, repeated handshakes included, beside {all} sent once.',
    'rfc4022',
  ),
  rows: say('{count} of the connections that send again go to {remote}.', 'linux-tcp-timer'),
  look: say('`retrans` shows for each connection what was sent again, now and altogether.', 'ss.8'),
};

export const segmentsLost = rule({
  code: 'CT-8',
  id: 'counter-retransmissions',
  title: label('Counters show many retransmissions'),
  needs: { counters: true, time: true },
  find(context) {
    const moved = movedIn(context);
    const share = moved === null ? null : shareOf(moved);
    const limit = share === null ? undefined : LIMITS.find(([least]) => share.percent > least);
    if (moved === null || share === null || limit === undefined) {
      return [];
    }
    const needless = moved.by(...NEEDLESS) * 2 >= share.again;
    const { index } = context;
    const { rows, remote } = commonRemote(
      context,
      where(
        index.retransmitted.rowsBetween(State.Listen, State.Count),
        row => !OPENING.has(index.table.state[row] as State),
      ),
      FEW,
    );
    // Where handshakes are in it, a host that does not answer looks like loss.
    const severity = needless ? 'info' : share.exact || limit[1] === 'info' ? limit[1] : 'warning';
    const percent = Number(share.percent.toFixed(1));
    return [
      onCounters(context, moved, [RETRANSMITTED, HANDSHAKES, ...DATA, ...NEEDLESS], {
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
            ...(remote === null
              ? []
              : [context.evidence(context.say(TEXTS.rows, { count: rows.length, remote }))]),
          ],
          confirm: context.index.linux ? [context.check(TEXTS.look, 'ss -tino')] : [],
          remedy: needless ? [] : [context.say(COMMON_PATH)],
          alternatives: [context.say(WIRELESS)],
        }),
      }),
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
  const data = moved.by(...DATA);
  const exact = data > 0;
  const all = exact ? data : moved.by(SENT);
  const again = moved.by(RETRANSMITTED) - moved.by(HANDSHAKES);
  return all < ENOUGH || again <= 0 ? null : { again, all, percent: (again / all) * 100, exact };
}

/** Handshakes that get no answer are no loss of data. */
const OPENING: ReadonlySet<State> = new Set([State.SynSent, State.SynReceived]);
