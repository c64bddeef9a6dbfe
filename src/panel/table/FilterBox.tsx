import type { JSX } from 'preact';

import { FILTER_FIELDS } from '../../core/query/columns';
import type { FilterProblem } from '../../core/query/condition';
import type { StringKey } from '../../shared/panel/strings';
import { useShared } from '../context';
import { FilterInput } from '../FilterInput';
import { Popup } from '../Menu';
import type { Words } from '../words';

/** Where the filter of the table is written. */
export function FilterBox({ problem }: { readonly problem: FilterProblem | null }): JSX.Element {
  const { store, view, words } = useShared();
  return (
    <FilterInput
      label={words.text('filter')}
      placeholder={words.text('filterHint')}
      value={view.filter}
      onChange={filter => {
        store.setFilter(filter);
      }}
      wrong={problem !== null}
      result="filter-result"
    >
      <Popup icon="question" label={words.text('filterHelp')}>
        <FilterHelp words={words} />
      </Popup>
    </FilterInput>
  );
}

const EXAMPLES: readonly (readonly [StringKey, string])[] = [
  ['helpNumbers', 'recvq>0  port:443  line:10-20'],
  ['helpNetworks', 'remote:10.0.0.0/8  local:[::1]:80  10.1.*'],
  ['helpOr', 'state:close-wait,last-ack'],
  ['helpNot', '-state:time-wait'],
  ['helpQuotes', 'process:"nginx: worker"'],
  ['helpMissing', 'pid:none'],
];

function FilterHelp({ words }: { readonly words: Words }): JSX.Element {
  return (
    <>
      <p>
        {words.text('helpFields')}: <code>{FILTER_FIELDS.join(' ')}</code>
      </p>
      <dl class="examples">
        {EXAMPLES.map(([key, example]) => (
          <div key={key}>
            <dt>{words.text(key)}</dt>
            <dd>
              <code>{example}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p>{words.text('helpWords')}</p>
    </>
  );
}

const PROBLEMS: Readonly<Record<FilterProblem['code'], StringKey>> = {
  field: 'problemField',
  state: 'problemState',
  number: 'problemNumber',
  network: 'problemNetwork',
  value: 'problemValue',
  quote: 'problemQuote',
  compare: 'problemCompare',
  operator: 'problemOperator',
};

/** What is wrong with a filter, in words. */
export function problemText({ code, word, known }: FilterProblem, words: Words): string {
  return words.text(PROBLEMS[code], { word, known });
}
