import type { Dump } from '../reading/dump';
import type { Analysis } from '../analysis/analyze';
import type { SnapshotSummary } from '../analysis/summary';
import { State } from '../vocabulary/state';
import { label } from '../wording/statement';
import type { Localizer, Text } from '../wording/text';
import { andMore } from './findingParts';

const STATES = label('Sockets with a state that could not be read: {count} ({words})');

/** State words that are named, and characters of each. */
const NAMED = 4;
const LONGEST = 24;

/** How many sockets have a state word that is none, and which; undefined where all were read. */
export function unreadStates(
  { table }: Dump,
  { snapshot, stateCounts }: SnapshotSummary,
  localizer: Localizer,
): Text | undefined {
  const { firstRow, endRow, repeats } = snapshot;
  const words = new Set<string>();
  let count = 0;
  const end = stateCounts.UNKNOWN === undefined ? firstRow : endRow;
  for (let row = firstRow; row < end; row++) {
    const word = table.state[row] === State.Unknown ? table.strangeStateOf(row) : null;
    if (word !== null && !repeats.has(row)) {
      words.add(word.slice(0, LONGEST));
      count++;
    }
  }
  const named = [...words].slice(0, NAMED);
  return count === 0
    ? undefined
    : localizer.format(STATES, {
        count,
        words: andMore(named, words.size - named.length, localizer),
      });
}

/** Whether all lines, and all states of the last snapshot, could be read that are of sockets. */
export function isReadWhole({ dump, last }: Analysis, localizer: Localizer): boolean {
  return (
    dump.unrecognized.length === 0 &&
    (last === undefined || unreadStates(dump, last, localizer) === undefined)
  );
}
