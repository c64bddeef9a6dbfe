import type { Analysis } from '../analysis/analyze';
import {
  type CounterList,
  counterList,
  foremost,
  isCompared,
  type ListedCounter,
} from '../analysis/counterList';
import type { SnapshotSummary } from '../analysis/summary';
import { healthOf } from '../knowledge/health';
import { stateKnowledge } from '../knowledge/states';
import { countersOf, isStateCount } from '../model/counter';
import { type Operator, readWords, type Term } from '../query/words';
import { COUNTER_TEXTS, counterNotes, printedWords, sumNotes } from '../report/counterParts';
import { TCP_STATES } from '../vocabulary/state';
import { label } from '../wording/statement';
import { type Localizer, plain, type Text } from '../wording/text';
import { measuredDuration } from '../wording/units';
import type { CountersView, CounterView, PanelModel } from './schema';

const TEXTS = {
  since: label('Changes are since snapshot {number}.'),
  sinceTimed: label('Changes are since snapshot {number}, {time} before.'),
};

/** The counters of a snapshot, those worth a look among them; null if it has none. */
export function countersView(
  list: CounterList,
  { snapshot: { counted } }: SnapshotSummary,
  localizer: Localizer,
): CountersView | null {
  if (list.all.length === 0) {
    return null;
  }
  return {
    total: list.all.length,
    notes: [
      ...sinceTexts(list, localizer),
      ...counterNotes(list, localizer),
      ...sumNotes(counted, list.changes === null, localizer),
    ].map(({ parts }) => parts),
    first: foremost(list).map(one => counterView(one, localizer)),
    worthALook: list.worthALook.length,
    compared: isCompared(list),
    timed: list.all.some(({ perSecond }) => perSecond !== null),
  };
}

function sinceTexts({ changes }: CounterList, localizer: Localizer): Text[] {
  if (changes === null || changes.restarted) {
    return [];
  }
  const number = changes.since + 1;
  return [
    changes.seconds === null
      ? localizer.format(TEXTS.since, { number })
      : localizer.format(TEXTS.sinceTimed, {
          number,
          time: measuredDuration(changes.seconds, localizer),
        }),
  ];
}

/** The counters of a snapshot that a filter finds, the first `most` of them. */
export function counterViews(
  analysis: Analysis,
  snapshot: number,
  filter: string,
  most: number,
  localizer: Localizer,
): { readonly total: number; readonly counters: CounterView[] } {
  const words = readWords(filter, name => Object.hasOwn(NUMBERS, name));
  const conditions =
    'terms' in words ? words.terms.map(term => condition(term, filter)) : [contains(filter)];
  const found = counterList(analysis, snapshot).all.filter(one =>
    conditions.every(holds => holds(one)),
  );
  return {
    total: found.length,
    counters: found.slice(0, most).map(one => counterView(one, localizer)),
  };
}

type Condition = (one: ListedCounter) => boolean;

/** What can be compared by size. */
const NUMBERS: Readonly<Record<string, (one: ListedCounter) => number | null>> = {
  value: ({ counter }) => counter.value,
  change: ({ change }) => change,
  rate: ({ perSecond }) => perSecond,
};

const COMPARE: Readonly<Record<Operator, (a: number, b: number) => boolean>> = {
  ':': (a, b) => a === b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

function condition(
  { field, negated, operator, values, start, end }: Term,
  filter: string,
): Condition {
  const number = field === null ? undefined : NUMBERS[field];
  const wanted = values.map(({ text }) => Number(text));
  // `TCP: inuse` is no field: it is looked for as it is written.
  const holds: Condition =
    number === undefined || wanted.length === 0 || wanted.some(Number.isNaN)
      ? contains(
          field === null ? (values[0]?.text ?? '') : filter.slice(negated ? start + 1 : start, end),
        )
      : one => {
          const value = number(one);
          return value !== null && wanted.some(other => COMPARE[operator](value, other));
        };
  return negated ? one => !holds(one) : holds;
}

function contains(text: string): Condition {
  const wanted = text.toLowerCase();
  return ({ counter: { name, raw, family, interface: of } }) =>
    [name, raw, family ?? '', of ?? ''].some(word => word.toLowerCase().includes(wanted));
}

function counterView(
  { counter, known, change, perSecond }: ListedCounter,
  localizer: Localizer,
): CounterView {
  const { line, name, family, interface: of, value, exact } = counter;
  return {
    line: line + 1,
    name,
    of: family ?? of,
    printed: printedWords(counter),
    meaning: known === null ? null : plain(localizer.say(known.text)),
    value,
    exact,
    change,
    perSecond,
  };
}

/** Counts of states that a snapshot shows in place of sockets; null if it has none. */
export function stateCountsView(
  { snapshot: { counted } }: SnapshotSummary,
  localizer: Localizer,
): PanelModel['stateCounts'] {
  const counts = countersOf(counted.filter(isStateCount));
  return counts.length === 0
    ? null
    : {
        note: localizer.say(COUNTER_TEXTS.statesOnly).parts,
        states: counts.flatMap(({ name, value: count, line }) => {
          const state = TCP_STATES.find(one => one === name);
          return state === undefined
            ? []
            : [
                {
                  state,
                  count,
                  health: healthOf(state),
                  meaning: plain(localizer.say(stateKnowledge(state).meaning)),
                  line: line + 1,
                },
              ];
        }),
      };
}
