import type { Analysis } from '../analysis/analyze';
import {
  type CounterList,
  counterList,
  foremost,
  isCompared,
  type ListedCounter,
} from '../analysis/counterList';
import type { SnapshotSummary } from '../analysis/summary';
import { type Counted, type Counter, isIncrement } from '../model/counter';
import { listsSockets } from '../model/snapshot';
import { label, say } from '../wording/statement';
import type { Localizer, Text } from '../wording/text';
import { WORDS } from '../wording/words';
import { type Block, columnsIn, heading, paragraph } from './blocks';
import { moreBlocks } from './findingParts';

/*
 * What reports say of counters, whatever they look like.
 */

export const COUNTER_TEXTS = {
  none: say(
    'No counter that is known as a sign of trouble is above 0.',
    'linux-snmp-counter',
    'general-practice',
  ),
  noneMoved: say(
    'No counter that is known as a sign of trouble has grown. Counters leave much out: that does not prove that all is well.',
    'linux-snmp-counter',
    'general-practice',
  ),
  noProblem: say(
    'No rule finds a problem in these counters. Counters leave much out: that does not prove that all is well.',
    'general-practice',
  ),
  restarted: say(
    'A counter got smaller: the host was started again, it is another host or network namespace, or the counter wrapped around. The differences mean nothing.',
    'linux-snmp-counter',
    'general-practice',
  ),
  sinceBoot: say(
    'Counters are sums since boot: they say what has happened, not that it happens now. A second output some seconds later shows that.',
    'linux-snmp-counter',
    'measured',
  ),
  increments: say(
    'Without `-a`, nstat prints what was counted since the same user ran it last.',
    'nstat.8',
  ),
  statesOnly: say(
    'This dump shows how many sockets are in a state, but not which processes hold them. A listing of the sockets shows that.',
    'general-practice',
  ),
  printed: label('As printed'),
};

/** A counter with what it is of. */
export function nameOfCounter({ name, family, interface: of }: Counter): string {
  return [name, family ?? of ?? ''].join(' ').trim();
}

/** The words that stand for it in the dump; null where its name says the same. */
export function printedWords({ name, interface: of, raw }: Counter): string | null {
  const word = raw.replace(/\W/g, '').toLowerCase();
  return raw === of || (word !== '' && name.toLowerCase().endsWith(word)) ? null : raw;
}

/** Its value; what numbers cannot hold is shown as printed. */
function valueOf({ value, exact }: Counter, localizer: Localizer): string {
  return exact ?? localizer.number(value);
}

/** What a list of counters lacks: that none is worth a look, or that changes say nothing. */
export function counterNotes(list: CounterList, localizer: Localizer): Text[] {
  const { changes, all, worthALook } = list;
  return [
    ...(changes?.restarted === true ? [localizer.say(COUNTER_TEXTS.restarted)] : []),
    ...(worthALook.length > 0 || all.every(({ gauge }) => gauge)
      ? []
      : [localizer.say(isCompared(list) ? COUNTER_TEXTS.noneMoved : COUNTER_TEXTS.none)]),
  ];
}

/** What sums cannot show, where they are not compared, and since when a tool counts. */
export function sumNotes(
  counted: readonly Counted[],
  alone: boolean,
  localizer: Localizer,
): Text[] {
  return [
    ...(alone && counted.some(one => one.source.gauges !== true && !isIncrement(one))
      ? [localizer.say(COUNTER_TEXTS.sinceBoot)]
      : []),
    ...(counted.some(({ source }) => source.increments !== undefined)
      ? [localizer.say(COUNTER_TEXTS.increments)]
      : []),
  ];
}

/** Where counters stand alone: that no rule found anything in them, if their list does not say it. */
function verdictNotes(
  { findings }: Analysis,
  { snapshot }: SnapshotSummary,
  { changes, worthALook, all }: CounterList,
  localizer: Localizer,
): Text[] {
  const isSaid =
    changes?.restarted === true || (worthALook.length === 0 && !all.every(({ gauge }) => gauge));
  return findings.length > 0 || isSaid || listsSockets(snapshot)
    ? []
    : [localizer.say(COUNTER_TEXTS.noProblem)];
}

/**
 * The counters of a snapshot worth a look, and what goes up and down; all where there is no limit.
 * `command` shows all.
 */
export function counterBlocks(
  analysis: Analysis,
  summary: SnapshotSummary,
  localizer: Localizer,
  most: number,
  command: string | null,
): Block[] {
  const list = counterList(analysis, summary.index);
  const { all, worthALook } = list;
  if (all.length === 0) {
    return [];
  }
  const whole = most === Infinity;
  const shown = whole ? all : foremost(list, most);
  return [
    ...[...counterNotes(list, localizer), ...verdictNotes(analysis, summary, list, localizer)].map(
      text => paragraph(text),
    ),
    ...(shown.length === 0
      ? []
      : [
          heading(
            2,
            localizer.format(
              whole || worthALook.length === 0 ? WORDS.counters : WORDS.countersWorth,
            ),
          ),
          counterTable(list, shown, localizer),
        ]),
    ...moreBlocks(all.length - shown.length, localizer, command),
  ];
}

function counterTable(
  list: CounterList,
  shown: readonly ListedCounter[],
  localizer: Localizer,
): Block {
  const moved = isCompared(list);
  const timed = shown.some(({ perSecond }) => perSecond !== null);
  // nstat prints the names themselves, and /proc without their section.
  const printed = shown.some(({ counter }) => printedWords(counter) !== null);
  const column = columnsIn(localizer);
  return {
    kind: 'table',
    columns: [
      column.left(WORDS.counter),
      column.right(WORDS.value),
      ...(moved ? [column.right(WORDS.change)] : []),
      ...(timed ? [column.right(WORDS.perSecond)] : []),
      column.right(WORDS.line),
      ...(printed ? [column.left(COUNTER_TEXTS.printed)] : []),
    ],
    rows: shown.map(({ counter, change, perSecond }) => [
      nameOfCounter(counter),
      valueOf(counter, localizer),
      ...(moved ? [change === null ? '' : localizer.signed(change)] : []),
      ...(timed ? [perSecond === null ? '' : localizer.number(perSecond)] : []),
      String(counter.line + 1),
      ...(printed ? [counter.raw] : []),
    ]),
  };
}
