import { BSD, LINUX, MACOS, on, type OnSystems, WINDOWS } from '../knowledge/advice';
import type { Counter, NamedBy, Verdict } from '../knowledge/counters/counter';
import { bareName } from '../knowledge/counters';
import { isLinux, systemName } from '../knowledge/systems';
import { label, say, type Statement } from '../wording/statement';
import { PHRASES } from '../wording/words';
import { type Localizer, quote, type Text } from '../wording/text';
import { labelled, SECTIONS, texts } from './advice';
import type { ExplainContext } from './context';
import type { Explanation, Section } from './explanation';
import { simple } from './fields/simple';

const LABELS = {
  reading: label('section.reading', 'How to read it'),
};

/** What a sum above 0 says. */
const VERDICTS: Readonly<Record<Verdict, Statement>> = {
  normal: say(
    'counter.verdict.normal',
    'Normal: it also grows on healthy systems.',
    'general-practice',
  ),
  information: say(
    'counter.verdict.information',
    'No trouble on its own: it says what happened, not that something is wrong.',
    'general-practice',
  ),
  growth: say(
    'counter.verdict.growth',
    'A sign of trouble if it grows quickly, or in relation to the traffic.',
    'general-practice',
  ),
  each: say(
    'counter.verdict.each',
    'Rare on a healthy system: each one is worth a look.',
    'general-practice',
  ),
};

const READING = {
  sum: say(
    'counter.reading.sum',
    'It is a sum since boot. One sample shows that it has happened, never that it is happening now: compare two.',
    'rfc4022',
    'measured',
  ),
  gauge: say(
    'counter.reading.gauge',
    'It goes up and down: it is how many there are at that moment, not a sum.',
    'rfc4022',
    'linux-proc',
  ),
  namespace: on(
    LINUX,
    say(
      'counter.reading.namespace',
      'Each network namespace counts for itself. What happens in a container does not show on its host.',
      'measured',
    ),
  ),
  interfaces: on(
    LINUX,
    say('counter.reading.interfaces', 'Run `ip -s -s link` twice.', 'linux-if-link-h'),
  ),
  windows: on(WINDOWS, say('counter.reading.windows', 'Run `netstat -s` twice.', 'ms-netstat')),
  bsd: on(
    [...MACOS, ...BSD],
    say('counter.reading.bsd', 'Run `netstat -s` twice.', 'freebsd-netstat.1'),
  ),
  solaris: on(
    ['solaris'],
    say('counter.reading.solaris', 'Run `netstat -s` twice.', 'solaris-netstat'),
  ),
};

const NSTAT = say('counter.reading.nstat', 'Run `nstat -asz {name}` twice.', 'nstat.8', 'measured');

const NAMES = {
  bare: say(
    'counter.names.bare',
    '{name} in /proc/net, and in a `netstat -s` that has no sentence for it',
    'linux-proc',
    'net-tools-statistics',
    'measured',
  ),
  netTools: say(
    'counter.names.net-tools',
    '{names} in `netstat -s` of net-tools',
    'net-tools-statistics',
    'measured',
  ),
  interfaces: say(
    'counter.names.interfaces',
    '{names} in ifconfig and `ip -s link`',
    'linux-if-link-h',
  ),
  ipv6: say('counter.names.ipv6', '{name} for IPv6', 'linux-proc', 'measured'),
  ss: say('counter.names.ss', '{names} in `ss -s`', 'iproute2-ss'),
  windows: say(
    'counter.names.windows',
    '{names} in `netstat -s` and netsh of Windows',
    'ms-mib-tcpstats',
    'captures-windows',
  ),
  bsd: say('counter.names.bsd', '{names} in `netstat -s` of macOS and BSD', 'network-cmds-inet'),
  solaris: say('counter.names.solaris', '{names} in `netstat -s` of Solaris', 'illumos-mib2-h'),
};

/**
 * Explains a counter: what adds to it, whether that is normal, what it is mistaken for. Without a
 * system, what holds for each is said with its name.
 */
export function explainCounter(
  counter: Counter,
  context: ExplainContext,
  localizer: Localizer,
): Explanation {
  const { name, kind, verdict, text, misread } = counter;
  const lead = [localizer.say(text), ...(kind === 'sum' ? [localizer.say(VERDICTS[verdict])] : [])];
  const details: Section[] = [
    {
      id: 'myths',
      title: localizer.format(SECTIONS.myths),
      items: misread.map(one => localizer.say(one)),
    },
    {
      id: 'reading',
      title: localizer.format(LABELS.reading),
      items: readingOf(counter, context, localizer),
    },
    {
      id: 'spellings',
      title: localizer.format(SECTIONS.spellings),
      items: namesOf(counter, localizer),
    },
  ];
  return simple(localizer.format(PHRASES.word, { word: name }), lead, { details });
}

function readingOf(
  { name, kind, namedBy, words }: Counter,
  context: ExplainContext,
  localizer: Localizer,
): Text[] {
  if (kind !== 'sum') {
    return kind === 'gauge' ? [localizer.say(READING.gauge)] : [];
  }
  const linux = namedBy === 'linux' && (context.system === null || isLinux(context.system));
  return [
    localizer.say(READING.sum),
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
