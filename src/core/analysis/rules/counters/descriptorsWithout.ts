import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { gaugeEvidence, gaugeOf, movedIn } from '../../kit/counting/counters';
import { rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

const ALL = 'SockstatTcpAlloc';
const IN_USE = 'SockstatTcpInuse';
const IN_USE_6 = 'SockstatTcp6Inuse';
const CLOSED = 'SsTcpClosed';
const TIME_WAIT = 'SsTcpTimewait';
const HASHED = 'SsTransportTcpTotal';
/** All sockets of this network namespace, of any kind. */
const USED = ['SockstatSocketsUsed', 'SsTotal'];

/** Below these it is normal life: programs that are about to connect or listen. */
const SOME = 30;
const TIMES = 2;
/** Growth from which on a leak is worth a look: judgement. */
const GROWN = 100;

/** Counts by process what lsof has no name for: old versions do not even know the protocol. */
const NAMELESS =
  "lsof -nP | grep -E 'protocol: TCP|identify protocol' | awk '{print $1, $2}' | sort | uniq -c | sort -n | tail";

const TEXTS = {
  many: say(
    '{count} TCP sockets of the machine are neither connected nor listening',
    'iproute2-ss',
    'linux-proc',
    'measured',
  ),
  growing: say(
    'A program may leak descriptors: {count} more TCP sockets without a connection',
    'iproute2-ss',
    'linux-proc',
    'measured',
  ),
  why: say(
    'They were created and never connected, are only bound, or their connection is over and their program has not called close().',
    'linux-proc',
    'measured',
  ),
  here: say(
    'The sockets of this network namespace grew along with them, so at least a part is here.',
    'linux-proc',
  ),
  others: say(
    'The count is of the whole machine: sockets of containers and other network namespaces are in it, even if they are connected there.',
    'linux-proc',
    'measured',
  ),
  six: say(
    'Sockets of IPv6 are in it unless /proc/net/sockstat6 is in the dump, too.',
    'linux-proc',
  ),
  look: say(
    'See which process has the most TCP sockets that lsof cannot name: they have no connection, or are in another network namespace.',
    'lsof',
    'measured',
  ),
  remedy: say(
    'Let that program call close() in each path that ends in an error, too.',
    'general-practice',
  ),
};

export const descriptorsWithout = rule({
  code: 'CT-16',
  id: 'counter-descriptors',
  title: label('Counters show many TCP sockets without a connection'),
  needs: { counters: true },
  find(context) {
    const found = withoutConnection(context);
    if (found === null) {
      return [];
    }
    const { count, inUse, names, here } = found;
    const moved = movedIn(context);
    const more =
      moved === null
        ? 0
        : names.includes(ALL)
          ? moved.by(ALL) - moved.by(IN_USE, IN_USE_6)
          : moved.by(CLOSED) - moved.by(TIME_WAIT);
    const used = Math.max(0, ...USED.map(name => moved?.by(name) ?? 0));
    const isGrowing = more > GROWN && used * 2 >= more;
    if (!isGrowing && (Math.min(count, here) <= SOME || count <= inUse * TIMES)) {
      return [];
    }
    return [
      {
        subject: 'descriptors',
        severity: isGrowing ? 'warning' : 'info',
        confidence: isGrowing ? 'low' : 'high',
        rows: [],
        describe: () => ({
          title: isGrowing
            ? context.say(TEXTS.growing, { count: more })
            : context.say(TEXTS.many, { count }),
          why: [context.say(TEXTS.why)],
          evidence: [
            ...(isGrowing ? [context.evidence(context.say(TEXTS.here))] : []),
            ...gaugeEvidence(context, names),
          ],
          confirm: context.advise(on(LINUX, TEXTS.look)).map(text => ({ text, command: NAMELESS })),
          remedy: isGrowing ? [context.say(TEXTS.remedy)] : [],
          caveats: [
            context.say(TEXTS.others),
            ...(names.includes(IN_USE) && gaugeOf(context, IN_USE_6) === undefined
              ? [context.say(TEXTS.six)]
              : []),
          ],
        }),
      },
    ];
  },
});

/** What the gauges of the machine say, and what those of this network namespace say of it. */
interface WithoutConnection {
  readonly count: number;
  readonly inUse: number;
  /** How many can be in this network namespace at most: its sockets that are not known otherwise. */
  readonly here: number;
  readonly names: readonly string[];
}

/** TCP sockets without a connection; null where no gauge tells of them. */
function withoutConnection(context: RuleContext): WithoutConnection | null {
  const value = (name: string): number | undefined => gaugeOf(context, name)?.value;
  const here = (used: string, known: string): number =>
    (value(used) ?? Infinity) - (value(known) ?? 0);
  const closed = value(CLOSED);
  const hashed = value(HASHED);
  if (closed !== undefined && hashed !== undefined) {
    return {
      count: closed - (value(TIME_WAIT) ?? 0),
      inUse: hashed,
      here: here('SsTotal', 'SsTransportInetTotal'),
      names: [CLOSED, TIME_WAIT, HASHED, ALL],
    };
  }
  const all = value(ALL);
  const inUse = value(IN_USE);
  if (all === undefined || inUse === undefined) {
    return null;
  }
  const both = inUse + (value(IN_USE_6) ?? 0);
  return {
    count: all - both,
    inUse: both,
    here: here('SockstatSocketsUsed', 'SockstatUdpInuse') - both,
    names: [ALL, IN_USE, IN_USE_6],
  };
}
