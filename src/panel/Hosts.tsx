import type { JSX } from 'preact';

import { visible } from '../core/wording/visible';
import { useShared } from './context';
import { Scrolled, Section } from './widgets';

/** The hosts of a dump of several, and what is connected between them. */
export function Hosts(): JSX.Element | null {
  const { store, model, words } = useShared();
  const { hosts } = model;
  if (hosts.length === 0) {
    return null;
  }
  return (
    <Section name="hosts" title={words.text('hosts')}>
      <Scrolled label={words.text('hosts')}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{words.text('host')}</th>
              <th scope="col">CLOSE_WAIT</th>
              <th scope="col">{words.text('errors')}</th>
              <th scope="col">{words.text('warnings')}</th>
              <th scope="col">{words.text('allSockets')}</th>
            </tr>
          </thead>
          <tbody>
            {hosts.map(({ name, snapshot, sockets, closeWait, errors, warnings, shown }) => (
              <tr key={snapshot} class={shown ? 'shown' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    class="link"
                    aria-current={shown ? 'true' : undefined}
                    onClick={() => {
                      store.setSnapshot(snapshot);
                    }}
                  >
                    {visible(name)}
                  </button>
                </th>
                <td>{words.number(closeWait)}</td>
                <td>{words.number(errors)}</td>
                <td>{words.number(warnings)}</td>
                <td>{words.number(sockets)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      <Links />
    </Section>
  );
}

function Links(): JSX.Element | null {
  const { model, words } = useShared();
  const { links } = model;
  if (links.length === 0) {
    return null;
  }
  return (
    <Scrolled label={words.text('links')}>
      <table class="numbers links">
        <caption>{words.text('links')}</caption>
        <thead>
          <tr>
            <th scope="col">{words.text('from')}</th>
            <th scope="col">{words.text('to')}</th>
            <th scope="col">{words.text('port')}</th>
            <th scope="col">{words.text('linkConnections')}</th>
            <th scope="col">CLOSE_WAIT</th>
            <th scope="col">{words.text('matched')}</th>
            <th scope="col" title={words.text('unmatchedTitle')}>
              {words.text('unmatched')}
            </th>
          </tr>
        </thead>
        <tbody>
          {links.map(({ from, to, port, connections, closeWait, matched, missing }) => (
            <tr key={`${from} ${to} ${port}`}>
              <th scope="row">{visible(from)}</th>
              <td>{visible(to)}</td>
              <td>{String(port)}</td>
              <td>{words.number(connections)}</td>
              <td>{words.number(closeWait)}</td>
              <td>{words.number(matched)}</td>
              <td title={missing > 0 ? words.text('unmatchedTitle') : undefined}>
                {words.number(missing)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
