import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { FILTER_FIELDS } from '../../core/query/columns';
import type { FilterProblem } from '../../core/query/fields';
import type { StringKey } from '../../shared/panel/strings';
import { useShared } from '../context';
import { Popup } from '../Menu';
import { Icon, IconButton } from '../widgets';
import type { Words } from '../words';

/** While somebody types, the table waits. */
const TYPING_MS = 150;

/** Where the filter is written. */
export function FilterBox({ problem }: { readonly problem: FilterProblem | null }): JSX.Element {
  const { store, view, words } = useShared();
  const [text, setText] = useState(view.filter);
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // The filter was set from elsewhere: a group, a kept state.
    setText(view.filter);
  }, [view.filter]);

  const set = (filter: string, wait: number): void => {
    setText(filter);
    clearTimeout(typing.current);
    typing.current = setTimeout(() => {
      store.setFilter(filter);
    }, wait);
  };
  return (
    <div class={problem === null ? 'filter' : 'filter wrong'}>
      <Icon name="filter" />
      <input
        ref={input}
        type="text"
        spellcheck={false}
        autocomplete="off"
        maxLength={4000}
        aria-label={words.text('filter')}
        aria-invalid={problem !== null}
        aria-describedby="filter-result"
        placeholder={words.text('filterHint')}
        value={text}
        onInput={({ currentTarget }) => {
          set(currentTarget.value, TYPING_MS);
        }}
        onKeyDown={event => {
          if (event.key === 'Escape' && text !== '') {
            event.preventDefault();
            set('', 0);
          }
        }}
      />
      {text !== '' && (
        <IconButton
          icon="close"
          label={words.text('clearFilter')}
          onClick={() => {
            set('', 0);
            input.current?.focus();
          }}
        />
      )}
      <Popup icon="question" label={words.text('filterHelp')}>
        <FilterHelp words={words} />
      </Popup>
    </div>
  );
}

const EXAMPLES: readonly (readonly [StringKey, string])[] = [
  ['helpNumbers', 'recvq>0  port:443  line:10-20'],
  ['helpNetworks', 'remote:10.0.0.0/8  local:[::1]:80'],
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
};

/** What is wrong with a filter, in words. */
export function problemText({ code, word, known }: FilterProblem, words: Words): string {
  return words.text(PROBLEMS[code], { word, known });
}
