import { STATE_COUNTS } from '../model/counter';
import { stateName } from '../vocabulary/state';
import { stateOfWord, stateWordAt } from '../vocabulary/stateSpellings';
import { type CounterFormat, isCount } from './counterFormat';

/** What `… | sort | uniq -c` makes of the column of states: a number and a state. */
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
    const id = stateWordAt(line.text, line.wordStart(1), line.wordEnd(1));
    const name = id === 0 ? null : stateName(stateOfWord(id));
    if (name === null) {
      return false;
    }
    sink.add(name, line.span(0), line.word(1));
    return true;
  },
};
