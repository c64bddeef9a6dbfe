import type { Dump } from '../reading/dump';
import type { Analysis } from '../analysis/analyze';
import type { CountedState, SnapshotSummary } from '../analysis/summary';
import { spelledState, State } from '../vocabulary/state';
import { label, say } from '../wording/statement';
import { type Localizer, plain, type Text } from '../wording/text';
import { WORDS } from '../wording/words';
import { andMore } from './findingParts';

const LOST = label('Sockets without their state: {count}');
const STATES = label('Sockets with a state that could not be read: {count} ({words})');
const MISSING = say(
  'Sockets listed without their state: {count}. Whether they have a problem, this dump cannot show. To see the states, run `{command}`.',
  'general-practice',
);

/** State words that are named, and characters of each. */
const NAMED = 4;
const LONGEST = 24;

/** The sockets of a snapshot whose state is not known. */
interface Unread {
  /** How many have a word for it that is none, and which. */
  readonly strange: number;
  readonly words: ReadonlySet<string>;
  /** How many have no word. */
  readonly missing: number;
  /** Whether others have one. */
  readonly printed: boolean;
}

function unreadOf({ table }: Dump, { snapshot, stateCounts }: SnapshotSummary): Unread {
  const { firstRow, endRow, repeats } = snapshot;
  const words = new Set<string>();
  let strange = 0;
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
        strange++;
      }
      missing += table.rawStateOf(row) === null ? 1 : 0;
    }
  }
  return { strange, words, missing, printed };
}

/**
 * How many sockets have a state word that is none, and which; and how many have none, as in a row
 * that was cut, where others have one. Empty where all were read.
 */
export function unreadStates(dump: Dump, summary: SnapshotSummary, localizer: Localizer): Text[] {
  const { strange, words, missing, printed } = unreadOf(dump, summary);
  const named = [...words].slice(0, NAMED);
  const isSs = summary.snapshot.dialects.some(({ id }) => id === 'ss');
  return [
    ...(strange === 0
      ? []
      : [
          localizer.format(STATES, {
            count: strange,
            words: andMore(named, words.size - named.length, localizer),
          }),
        ]),
    ...(missing === 0
      ? []
      : printed
        ? [localizer.format(LOST, { count: missing })]
        : [localizer.say(MISSING, { count: missing, command: isSs ? 'ss -tanp' : 'netstat -an' })]),
  ];
}

/** What reports call a state: no tool prints UNKNOWN for what could not be read. */
export function stateText(state: CountedState, localizer: Localizer): string {
  return state === 'UNKNOWN' ? plain(localizer.format(WORDS.unknownState)) : spelledState(state);
}

/** Whether a snapshot has connections, but the state of none: then no rule can judge them. */
export function lacksStates(dump: Dump, summary: SnapshotSummary): boolean {
  const { stateCounts } = summary;
  const { UNKNOWN: unknown } = stateCounts;
  return (
    unknown !== undefined &&
    Object.keys(stateCounts).every(state => state === 'LISTEN' || state === 'UNKNOWN') &&
    unreadOf(dump, summary).missing === unknown
  );
}

/** Whether all lines, and all states of the last snapshot, could be read that are of sockets. */
export function isReadWhole({ dump, last }: Analysis, localizer: Localizer): boolean {
  return (
    dump.unrecognized.length === 0 &&
    (last === undefined || unreadStates(dump, last, localizer).length === 0)
  );
}
