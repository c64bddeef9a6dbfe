import { BSD, LINUX, MACOS, on, type OnSystems, WINDOWS } from '../knowledge/advice';
import type { Counter, NamedBy, Verdict } from '../knowledge/counters/counter';
import { bareName, counterNamed } from '../knowledge/counters';
import { isLinux, systemName } from '../knowledge/systems';
import { label, say, type Statement } from '../wording/statement';
import { measuredDuration } from '../wording/units';
import { PHRASES } from '../wording/words';
import { type Localizer, quote, type Text } from '../wording/text';
import { labelled, SECTIONS, texts } from './advice';
import type { ExplainContext } from './context';
import type { Explanation, Section } from './explanation';
import { simple } from './fields/simple';

const LABELS = {
  reading: label('How to read it'),
  /** A counter with its value, as the title of what is said about it. */
  title: label('**{name}** {value}'),
  of: label('**{name}** {value} ({of})'),
  moved: label('{change} since the snapshot before.'),
  movedIn: label('{change} in the {time} since the snapshot before.'),
  movedRate: label('{change} in the {time} since the snapshot before: {rate} per second.'),
  moves: label('{change} until the next snapshot.'),
  movesIn: label('{change} in the {time} until the next snapshot.'),
  movesRate: label('{change} in the {time} until the next snapshot: {rate} per second.'),
};

/** What a sum above 0 says. */
const VERDICTS: Readonly<Record<Verdict, Statement>> = {
  normal: say('Normal: it also grows on healthy systems.', 'general-practice'),
  information: say(
    'No trouble on its own: it says what happened, not that something is wrong.',
    'general-practice',
  ),
  growth: say(
    'A sign of trouble if it grows quickly, or faster than the traffic.',
    'general-practice',
  ),
  each: say('Rare on a healthy system: each one is worth a look.', 'general-practice'),
};

const READING = {
  sum: say(
    'It is a sum since boot. One sample shows that it has happened, never that it is happening now: compare two.',
    'rfc4022',
    'measured',
  ),
  increments: say(
    'nstat shows what was added since it was run before; the sum since boot with `-a`.',
    'nstat.8',
  ),
  gauge: say(
    'It goes up and down: it is how many there are at that moment, not a sum.',
    'rfc4022',
    'linux-proc',
  ),
  namespace: on(
    LINUX,
    say(
      'Each network namespace counts for itself. What happens in a container does not show on its host.',
      'measured',
    ),
  ),
  interfaces: on(LINUX, say('Run `ip -s -s link` twice.', 'linux-if-link-h')),
  windows: on(WINDOWS, say('Run `netstat -s` twice.', 'ms-netstat')),
  bsd: on([...MACOS, ...BSD], say('Run `netstat -s` twice.', 'freebsd-netstat.1')),
  solaris: on(['solaris'], say('Run `netstat -s` twice.', 'solaris-netstat')),
};

/** What a sum of 0 says. */
const NEVER = say(
  'It has not happened since counting began: since boot or, in a container, since that was started.',
  'rfc4022',
  'measured',
);

const UNKNOWN = say(
  'Netstat Lens does not know what adds to it. Kernels count things of which no document tells more than the name.',
  'linux-snmp-counter',
);

const RESTARTED = say(
  'It cannot be compared with the other snapshot: a sum got smaller, because the host was started again, or because it is another host or network namespace.',
  'rfc4022',
  'measured',
);

const NSTAT = say('Run `nstat -asz {name}` twice.', 'nstat.8', 'measured');

const NAMES = {
  bare: say(
    '{name} in /proc/net, and in a `netstat -s` that has no sentence for it',
    'linux-proc',
    'net-tools-statistics',
    'measured',
  ),
  netTools: say('{names} in `netstat -s` of net-tools', 'net-tools-statistics', 'measured'),
  interfaces: say('{names} in ifconfig and `ip -s link`', 'linux-if-link-h'),
  ipv6: say('{name} for IPv6', 'linux-proc', 'measured'),
  ss: say('{names} in `ss -s`', 'iproute2-ss'),
  windows: say(
    '{names} in `netstat -s` and netsh of Windows',
    'ms-mib-tcpstats',
    'captures-windows',
  ),
  bsd: say('{names} in `netstat -s` of macOS and BSD', 'network-cmds-inet'),
  solaris: say('{names} in `netstat -s` of Solaris', 'illumos-mib2-h'),
};

/** How a counter moved between a snapshot and one beside it of the same host. */
interface CounterMove {
  readonly from: number;
  readonly to: number;
  /** Seconds in between; null where the times are not known. */
  readonly seconds: number | null;
  /** Whether the other snapshot is the earlier one. */
  readonly since: boolean;
}

/** A counter as a dump shows it. */
export interface ShownCounter {
  readonly name: string;
  /** Its words, as printed. */
  readonly raw: string;
  /** Its digits, as printed. */
  readonly digits: string;
  /** The interface or the IP family that it is of; null if there is but one. */
  readonly of: string | null;
  /** Whether nstat counts it from its own last run on. */
  readonly increments: boolean;
  /** How it moved; null if there is no other snapshot, `restarted` where that says nothing. */
  readonly moved: CounterMove | 'restarted' | null;
}

/**
 * Explains a counter: what adds to it, whether that is normal, what it is mistaken for, and how it
 * moved. Without a system, what holds for each is said with its name.
 */
export function explainCounter(
  counter: Counter,
  context: ExplainContext,
  localizer: Localizer,
  shown: ShownCounter | null = null,
): Explanation {
  const { kind, verdict, text, misread } = counter;
  const never = kind === 'sum' && shown?.increments === false && Number(shown.digits) === 0;
  const judged = never ? [NEVER] : kind === 'sum' ? [VERDICTS[verdict]] : [];
  const details: Section[] = [
    {
      id: 'myths',
      title: localizer.format(SECTIONS.myths),
      items: misread.map(one => localizer.say(one)),
    },
    {
      id: 'reading',
      title: localizer.format(LABELS.reading),
      items: readingOf(counter, context, shown, localizer),
    },
    {
      id: 'spellings',
      title: localizer.format(SECTIONS.spellings),
      items: namesOf(counter, localizer),
    },
  ];
  return simple(
    shown === null
      ? localizer.format(PHRASES.word, { word: counter.name })
      : titleOf(titleName(counter, shown), shown, localizer),
    [text, ...judged].map(one => localizer.say(one)),
    { evidence: movementOf(shown, localizer), details },
  );
}

/** Explains a counter of which nothing is known but what the dump shows. */
export function explainUnknownCounter(shown: ShownCounter, localizer: Localizer): Explanation {
  return simple(titleOf(shown.name, shown, localizer), [localizer.say(UNKNOWN)], {
    evidence: movementOf(shown, localizer),
  });
}

/** The name that people know: nstat's, else what is printed. */
function titleName(counter: Counter, shown: ShownCounter): string {
  const { name, namedBy } = counter;
  switch (namedBy) {
    case 'linux':
    case 'snmp':
      // nstat has a name of its own for IPv6.
      return counterNamed(shown.name) === counter ? shown.name : name;
    case 'linux-interface':
      return name;
    default:
      return shown.raw;
  }
}

function titleOf(name: string, { digits, of }: ShownCounter, localizer: Localizer): Text {
  return of === null
    ? localizer.format(LABELS.title, { name, value: digits })
    : localizer.format(LABELS.of, { name, value: digits, of });
}

function movementOf(shown: ShownCounter | null, localizer: Localizer): Text[] {
  const moved = shown?.moved ?? null;
  if (moved === null) {
    return [];
  }
  if (moved === 'restarted') {
    return [localizer.say(RESTARTED)];
  }
  const { from, to, seconds, since } = moved;
  const change = localizer.signed(to - from);
  if (seconds === null) {
    return [localizer.format(since ? LABELS.moved : LABELS.moves, { change })];
  }
  const time = measuredDuration(seconds, localizer);
  if (to <= from || seconds === 0) {
    return [localizer.format(since ? LABELS.movedIn : LABELS.movesIn, { change, time })];
  }
  const rate = localizer.number(Number(((to - from) / seconds).toPrecision(3)));
  return [localizer.format(since ? LABELS.movedRate : LABELS.movesRate, { change, time, rate })];
}

function readingOf(
  { name, kind, namedBy, words }: Counter,
  context: ExplainContext,
  shown: ShownCounter | null,
  localizer: Localizer,
): Text[] {
  if (kind !== 'sum') {
    return kind === 'gauge' ? [localizer.say(READING.gauge)] : [];
  }
  const linux = namedBy === 'linux' && (context.system === null || isLinux(context.system));
  return [
    localizer.say(shown?.increments === true ? READING.increments : READING.sum),
    ...(linux ? [nstatCommand(name, context, localizer)] : []),
    ...texts(commandsFor(namedBy, words), context.system === null ? null : context, localizer),
  ];
}

function nstatCommand(name: string, { system }: ExplainContext, localizer: Localizer): Text {
  // A shell would look for files of that name.
  const word = name.includes('*') ? `'${name}'` : name;
  const command = localizer.say(NSTAT, { name: quote(word) });
  return system === null ? labelled(systemName('linux'), command, localizer) : command;
}

/** What shows a counter, and whose it is, system by system. */
function commandsFor(namedBy: NamedBy, words: Counter['words']): OnSystems[] {
  return [
    ...(namedBy === 'linux' ? [READING.namespace] : []),
    ...(namedBy === 'linux-interface' ? [READING.interfaces] : []),
    ...(words.windows === undefined ? [] : [READING.windows]),
    ...(namedBy === 'bsd' || words.bsd !== undefined ? [READING.bsd] : []),
    ...(namedBy === 'solaris' || words.solaris !== undefined ? [READING.solaris] : []),
  ];
}

function namesOf(counter: Counter, localizer: Localizer): Text[] {
  const { ipv6, netTools, ss, windows, bsd, solaris } = counter.words;
  const bare = bareName(counter);
  const inWords = counter.namedBy === 'linux-interface' ? NAMES.interfaces : NAMES.netTools;
  const printed = [
    { statement: inWords, names: netTools },
    { statement: NAMES.ss, names: ss },
    { statement: NAMES.windows, names: windows },
    { statement: NAMES.bsd, names: bsd },
    { statement: NAMES.solaris, names: solaris },
  ];
  return [
    ...(bare === null ? [] : [localizer.say(NAMES.bare, { name: quote(bare) })]),
    ...(ipv6 === undefined ? [] : [localizer.say(NAMES.ipv6, { name: quote(ipv6) })]),
    ...printed.flatMap(({ statement, names }) =>
      names === undefined ? [] : [localizer.say(statement, { names: listed(names) })],
    ),
  ];
}

function listed(names: readonly string[]): Text {
  return quote(names.map(name => `"${name}"`).join(', '));
}
