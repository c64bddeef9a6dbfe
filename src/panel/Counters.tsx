import type { JSX } from 'preact';

import { visible } from '../core/wording/visible';
import type { CounterView } from '../core/viewModel/schema';
import { useCounters, useShared } from './context';
import { FilterInput } from './FilterInput';
import { Fold, Rich, Scrolled, Section } from './widgets';

/** What the kernel counted: what is worth a look, then all. */
export function Counters(): JSX.Element | null {
  const { model, words } = useShared();
  const { counters } = model;
  if (counters === null) {
    return null;
  }
  const { total, notes, first, worthALook } = counters;
  const hidden = worthALook - first.length;
  return (
    <Section
      name="counters"
      title={words.text('counters')}
      aside={<span class="badge">{words.number(total)}</span>}
    >
      {notes.length > 0 && (
        <p class="note">
          {notes.map((text, i) => (
            <span key={i}>
              {i > 0 && ' '}
              <Rich text={text} />
            </span>
          ))}
        </p>
      )}
      {first.length > 0 && (
        <CounterTable
          label={words.text(worthALook > 0 ? 'countersWorth' : 'counters')}
          caption={worthALook > 0}
          counters={first}
        />
      )}
      {hidden > 0 && <p class="more">{words.text('andMore', { count: hidden })}</p>}
      <Fold
        id="counters-all"
        name="counters-all"
        class="plain-fold"
        head={<span>{words.text('countersAll', { count: total })}</span>}
      >
        {() => <AllCounters total={total} />}
      </Fold>
    </Section>
  );
}

function AllCounters({ total }: { readonly total: number }): JSX.Element {
  const { store, view, words } = useShared();
  const found = useCounters();
  const hidden = found === undefined ? 0 : found.total - found.counters.length;
  return (
    <>
      <FilterInput
        label={words.text('counterFilter')}
        placeholder={words.text('counterFilterHint')}
        value={view.counterFilter}
        onChange={filter => {
          store.setCounterFilter(filter);
        }}
        wrong={false}
        result="counters-result"
      />
      <p id="counters-result" class="result" role="status">
        {found !== undefined &&
          (found.total === 0
            ? words.text('counterNone')
            : words.text('counterSome', { count: found.total, total }))}
      </p>
      {found !== undefined && found.total > 0 && (
        <CounterTable
          label={words.text('countersAll', { count: total })}
          counters={found.counters}
        />
      )}
      {hidden > 0 && <p class="more">{words.text('andMore', { count: hidden })}</p>}
    </>
  );
}

interface CounterTableProps {
  readonly label: string;
  /** Whether the label is also shown. */
  readonly caption?: boolean;
  readonly counters: readonly CounterView[];
}

function CounterTable({ label, caption = false, counters }: CounterTableProps): JSX.Element {
  const { model, words } = useShared();
  const { compared = false, timed = false } = model.counters ?? {};
  return (
    <Scrolled label={label}>
      <table class="numbers counters" aria-label={caption ? undefined : label}>
        {caption && <caption>{label}</caption>}
        <thead>
          <tr>
            <th scope="col">{words.text('counter')}</th>
            <th scope="col">{words.text('value')}</th>
            {compared && <th scope="col">{words.text('change')}</th>}
            {timed && <th scope="col">{words.text('perSecond')}</th>}
            <th scope="col">{words.text('columnLine')}</th>
          </tr>
        </thead>
        <tbody>
          {counters.map((counter, i) => (
            <Counter key={i} counter={counter} compared={compared} timed={timed} />
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

interface CounterProps {
  readonly counter: CounterView;
  readonly compared: boolean;
  readonly timed: boolean;
}

function Counter({ counter, compared, timed }: CounterProps): JSX.Element {
  const { store, words } = useShared();
  const { line, name, of, printed, meaning, value, exact, change, perSecond } = counter;
  const moved = change !== null && change !== 0;
  return (
    <tr
      class={moved ? 'counter differs' : 'counter'}
      onClick={() => {
        store.reveal({ kind: 'line', line });
      }}
    >
      <th scope="row" title={meaning ?? undefined}>
        <span class="counter-name">{visible(name)}</span>
        {of !== null && <> {visible(of)}</>}
        {printed !== null && <span class="counter-printed">{visible(printed)}</span>}
      </th>
      <td>{exact ?? words.number(value)}</td>
      {compared && <td>{change === null ? '' : words.signed(change)}</td>}
      {timed && <td>{perSecond === null ? '' : words.number(perSecond)}</td>}
      <td>
        <button
          type="button"
          class="link"
          aria-label={words.text('lineOf', { line: String(line), name: visible(name) })}
        >
          {String(line)}
        </button>
      </td>
    </tr>
  );
}
