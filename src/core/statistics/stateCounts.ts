import { STATE_COUNTS } from '../model/counter';
import { State, stateCode, stateName, type TcpState } from '../vocabulary/state';
import { stateOfWord, stateWordAt } from '../vocabulary/stateSpellings';
import { type CounterFormat, isCount } from '../parsing/counterFormat';

/**
 * Numbers of sockets by state: a number and a state, as `sort | uniq -c` makes them of the column
 * of states, or the other way around, as awk does (`{s[$6]++} END {for (k in s) print k, s[k]}`).
 */
export const stateCounts: CounterFormat = {
  id: STATE_COUNTS,
  title: 'counts by state',
  systems: [],
  gauges: true,
  commands: [],

  begin: () => undefined,

  readAlone(line, sink) {
    // A wrapped row may end in `000 ESTABLISHED`; no tool counts from 0 on.
    if (line.count !== 2 || !isCount(line, 0) || line.word(0).startsWith('0')) {
      return false;
    }
    const name = stateAt(line.text, line.wordStart(1), line.wordEnd(1));
    if (name === null) {
      return false;
    }
    sink.add(name, line.span(0), line.word(1));
    return true;
  },

  readAmong(line, sink) {
    const [, word = '', number] =
      line.count > MOST_WORDS ? [] : (WORD_AND_NUMBER.exec(line.rest(0)) ?? []);
    if (number === undefined) {
      return false;
    }
    const name = stateAt(word, 0, word.length);
    if (name !== null) {
      const end = line.wordEnd(line.count - 1);
      sink.add(name, { start: end - number.length, end }, word);
    }
    return name !== null || OTHERS.test(word);
  },

  believes(names) {
    const states = names.map(name => stateCode(name as TcpState));
    return (
      new Set(names).size > 1 &&
      (states.some(state => !IN_PROSE.has(state)) ||
        (states.includes(State.Listen) && states.includes(State.Established)))
    );
  },
};

function stateAt(text: string, start: number, end: number): TcpState | null {
  const id = stateWordAt(text, start, end);
  return id === 0 ? null : stateName(stateOfWord(id));
}

/** Of `CLOSE_WAIT = 120`. */
const MOST_WORDS = 3;

/** `CLOSE_WAIT 120`, `TIME-WAIT: 3`, `ESTAB=7`; nothing but a number where the word was empty. */
const WORD_AND_NUMBER = /^(?:([^\s:=]{1,24})(?:\s{0,40}[:=]\s{0,40}|\s{1,40}))?(0|[1-9]\d{0,9})$/;

/** What else stands in the column of states: words of titles, headers and UNIX sockets. */
const OTHERS =
  /^(?:|established\)|servers\)|State|\(?state\)?|Foreign|Local|Address|I-Node|and|STREAM|DGRAM|SEQPACKET|CONNECTED|-)$/;

/** States with names that stand before a number elsewhere: `Listen 80`, `Closed: 12`, `Established 1995`. */
const IN_PROSE: ReadonlySet<State> = new Set([
  State.Listen,
  State.Established,
  State.Closing,
  State.Closed,
  State.Bound,
  State.Idle,
]);
