import type { Dump } from '../reading/dump';
import type { Analysis } from '../analysis/analyze';
import type { CountedState, SnapshotSummary } from '../analysis/summary';
import { spelledState, State } from '../vocabulary/state';
import { label } from '../wording/statement';
import { type Localizer, plain, type Text } from '../wording/text';
import { WORDS } from '../wording/words';
import { andMore } from './findingParts';

const MISSING = label('Sockets without their state: {count}');
const STATES = label('Sockets with a state that could not be read: {count} ({words})');

/** State words that are named, and characters of each. */
const NAMED = 4;
const LONGEST = 24;

/**
 * How many sockets have a state word that is none, and which; and how many have lost theirs, as in a
 * row that was cut, where others have one. Empty where all were read.
 */
export function unreadStates(
  { table }: Dump,
  { snapshot, stateCounts }: SnapshotSummary,
  localizer: Localizer,
): Text[] {
  const { firstRow, endRow, repeats } = snapshot;
  const words = new Set<string>();
  let count = 0;
  let missing = 0;
  let printed = false;
  const end = stateCounts.UNKNOWN === undefined ? firstRow : endRow;
  for (let row = firstRow; row < end; row++) {
    if (table.state[row] !== State.Unknown) {
      printed ||= table.state[row] !== State.None && table.rawStateOf(row) !== null;
    } else if (!repeats.has(row)) {
      const word = table.strangeStateOf(row);
      if (word !== null) {
        words.add(word.slice(0, LONGEST));
        count++;
      }
      missing += table.rawStateOf(row) === null ? 1 : 0;
    }
  }
  const named = [...words].slice(0, NAMED);
  return [
    ...(count === 0
      ? []
      : [
          localizer.format(STATES, {
            count,
            words: andMore(named, words.size - named.length, localizer),
          }),
        ]),
    ...(missing === 0 || !printed ? [] : [localizer.format(MISSING, { count: missing })]),
  ];
}

/** What reports call a state: no tool prints UNKNOWN for what could not be read. */
export function stateText(state: CountedState, localizer: Localizer): string {
  return state === 'UNKNOWN' ? plain(localizer.format(WORDS.unknownState)) : spelledState(state);
}

/** Whether all lines, and all states of the last snapshot, could be read that are of sockets. */
export function isReadWhole({ dump, last }: Analysis, localizer: Localizer): boolean {
  return (
    dump.unrecognized.length === 0 &&
    (last === undefined || unreadStates(dump, last, localizer).length === 0)
  );
}
