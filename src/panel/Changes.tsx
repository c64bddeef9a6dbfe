import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { visible } from '../core/wording/visible';
import type { ChangeKind, ChangesView, ChangeView } from '../core/viewModel/schema';
import { useShared } from './context';
import { Fold, Icon, LineLink, Scrolled } from './widgets';
import { spelledState } from '../core/vocabulary/state';
import { shownTime } from './words';

const PREVIOUS = 'previous';

/** Each kind of change with its icon, the gravest first. */
const KINDS: readonly (readonly [ChangeKind, string])[] = [
  ['stuck', 'debug-pause'],
  ['changed', 'arrow-right'],
  ['added', 'add'],
  ['gone', 'remove'],
];

/** What changed since another snapshot; looked up while it is unfolded. */
export function Changes(): JSX.Element | null {
  const { model, words } = useShared();
  const { snapshots } = model;
  if (snapshots.length < 2) {
    return null;
  }
  return (
    <section class="section changes" aria-labelledby="changes-title">
      <Fold
        id="changes"
        name="changes"
        class="section-fold"
        head={<h2 id="changes-title">{words.text('changes')}</h2>}
      >
        {() => <Comparison />}
      </Fold>
    </section>
  );
}

function Comparison(): JSX.Element {
  const { store, model, words } = useShared();
  const [chosen, setChosen] = useState<number | typeof PREVIOUS>(PREVIOUS);
  // What was chosen may be on view itself by now.
  const before = chosen === model.snapshot ? PREVIOUS : chosen;
  useEffect(() => {
    store.compare(before);
    return () => {
      store.compare(null);
    };
  }, [store, before]);
  const { changes, snapshots } = model;
  return (
    <>
      <label class="changes-since">
        {words.text('changesSince')}{' '}
        <select
          value={String(before)}
          onChange={({ currentTarget: { value } }) => {
            setChosen(value === PREVIOUS ? PREVIOUS : Number(value));
          }}
        >
          <option value={PREVIOUS}>{words.text('changesPrevious')}</option>
          {snapshots.map(({ time }, i) =>
            i === model.snapshot ? null : (
              <option key={i} value={i}>
                {words.text('snapshot')} {words.number(i + 1)}
                {time !== null && ` · ${shownTime(time)}`}
              </option>
            ),
          )}
        </select>
      </label>
      {changes === null ? (
        <p class="note">{words.text('changesNone')}</p>
      ) : (
        <Difference changes={changes} />
      )}
    </>
  );
}

function Difference({ changes }: { readonly changes: ChangesView }): JSX.Element {
  const { words } = useShared();
  const { added, gone, changed, stuck, same, states, sockets } = changes;
  const counts: Readonly<Record<ChangeKind, number>> = { added, gone, changed, stuck };
  return (
    <>
      <p class="changes-summary">{words.text('changesSummary', { ...counts, same })}</p>
      <Scrolled label={words.text('changes')}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{words.text('columnState')}</th>
              <th scope="col">{words.text('before')}</th>
              <th scope="col">{words.text('after')}</th>
            </tr>
          </thead>
          <tbody>
            {states.map(({ state, before, after }) => (
              <tr key={state} class={before === after ? undefined : 'differs'}>
                <th scope="row">{spelledState(state)}</th>
                <td>{words.number(before)}</td>
                <td>{words.number(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      {KINDS.map(([kind, icon]) => {
        const own = sockets.filter(socket => socket.kind === kind);
        return own.length === 0 ? null : (
          <Kind key={kind} kind={kind} icon={icon} sockets={own} count={counts[kind]} />
        );
      })}
    </>
  );
}

interface KindProps {
  readonly kind: ChangeKind;
  readonly icon: string;
  readonly sockets: readonly ChangeView[];
  readonly count: number;
}

function Kind({ kind, icon, sockets, count }: KindProps): JSX.Element {
  const { words } = useShared();
  const hidden = count - sockets.length;
  return (
    <Fold
      id={`changes-${kind}`}
      name={`changes-${kind}`}
      class="plain-fold"
      head={
        <>
          <Icon name={icon} />
          <span>
            {words.text(kind)} ({words.number(count)})
          </span>
        </>
      }
    >
      {() => (
        <>
          <ul class="list change-list">
            {sockets.map(socket => (
              <li key={socket.line}>
                <Change socket={socket} />
              </li>
            ))}
          </ul>
          {hidden > 0 && <p class="more">{words.text('andMore', { count: hidden })}</p>}
        </>
      )}
    </Fold>
  );
}

function Change({ socket }: { readonly socket: ChangeView }): JSX.Element {
  const { words } = useShared();
  const { line, state, from, local, remote, owner } = socket;
  return (
    <>
      <LineLink line={line}>{words.text('line', { line: String(line) })}</LineLink>{' '}
      <span class="change-state">
        {[...(from === null ? [] : [from]), state].map(spelledState).join(' → ')}
      </span>{' '}
      <span class="ends">
        {visible(local)} {remote !== null && `– ${visible(remote)}`}
      </span>{' '}
      {owner !== null && <span>{visible(owner)}</span>}
    </>
  );
}
