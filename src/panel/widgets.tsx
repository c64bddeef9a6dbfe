import type { ComponentChildren, JSX } from 'preact';

import type { Column } from '../core/query/columns';
import { visible } from '../core/wording/visible';
import type { Rich as RichText, TableView } from '../core/viewModel/schema';
import { useShared } from './context';

/** One of VS Code's icons; says nothing to a screen reader. */
export function Icon({ name }: { readonly name: string }): JSX.Element {
  return <span class={`codicon codicon-${name}`} aria-hidden="true" />;
}

/** Text with emphasis; its parts are shown as they are. */
export function Rich({ text }: { readonly text: RichText }): JSX.Element {
  return (
    <>
      {text.map((part, i) => {
        const shown = visible(part.text);
        if (part.line !== undefined) {
          return (
            <LineLink key={i} line={part.line + 1}>
              {shown}
            </LineLink>
          );
        }
        switch (part.style) {
          case 'strong':
            return <strong key={i}>{shown}</strong>;
          case 'code':
            return <code key={i}>{shown}</code>;
          case 'plain':
            return shown;
        }
      })}
    </>
  );
}

/** Leads to a line of the dump, counted from 1. */
export function LineLink({
  line,
  children,
}: {
  readonly line: number;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { store } = useShared();
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        store.reveal({ kind: 'line', line });
      }}
    >
      {children}
    </button>
  );
}

interface ButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly onClick: () => void;
}

/** A small button that is an icon only. */
export function IconButton({ icon, label, onClick }: ButtonProps): JSX.Element {
  return (
    <button type="button" class="icon-button" title={label} aria-label={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

/** A button with an icon and words. */
export function TextButton({ icon, label, onClick }: ButtonProps): JSX.Element {
  return (
    <button type="button" class="text-button" onClick={onClick}>
      <Icon name={icon} />
      {label}
    </button>
  );
}

/** A wide or long table that scrolls by itself, also by keyboard, so that the page need not. */
export function Scrolled({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="scrolled" tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}

/** A table of texts; the first of each row names it. */
export function TextTable({
  label,
  table,
}: {
  readonly label: string;
  readonly table: TableView;
}): JSX.Element {
  const { columns, rows } = table;
  return (
    <Scrolled label={label}>
      <table class="numbers">
        <thead>
          <tr>
            {columns.map(({ title, align, note }, i) => (
              <th key={i} scope="col" class={align} title={note}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name = '', ...cells], row) => (
            <tr key={row}>
              <th scope="row">{visible(name)}</th>
              {cells.map((cell, i) => (
                <td key={i} class={columns[i + 1]?.align}>
                  {visible(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

/** Has the table of all sockets list those that a filter finds. */
export function FilterButton({ filter }: { readonly filter: string }): JSX.Element {
  const { store, words } = useShared();
  return (
    <TextButton
      icon="filter"
      label={words.text('filterTable')}
      onClick={() => {
        store.list(filter);
      }}
    />
  );
}

/** Says how many a list leaves out, and has the table list all of them, sorted by what they are. */
export function MoreInTable({
  hidden,
  filter,
  column,
}: {
  readonly hidden: number;
  readonly filter: string;
  readonly column: Column;
}): JSX.Element | null {
  const { store, words } = useShared();
  return hidden <= 0 ? null : (
    <p class="more">
      {words.text('andMore', { count: hidden })}
      <TextButton
        icon="arrow-down"
        label={words.text('showThem')}
        onClick={() => {
          store.list(filter, { column, descending: false });
        }}
      />
    </p>
  );
}

/** Lists all that the page has of a list, or only the first again. */
export function ShowAll({
  id,
  first,
  count,
  total,
}: {
  /** Stable, for the kept state. */
  readonly id: string;
  readonly first: number;
  readonly count: number;
  /** How many there are, also those that the page does not have. */
  readonly total: number;
}): JSX.Element | null {
  const { store, view, words } = useShared();
  const all = view.open.has(id);
  return count <= first ? null : (
    <TextButton
      icon={all ? 'fold' : 'unfold'}
      label={
        !all && count === total
          ? words.text('showAll', { count })
          : words.text('showFirst', { count: all ? first : count })
      }
      onClick={() => {
        store.toggle(id);
      }}
    />
  );
}

/** A command to be typed, with a button that copies it. */
export function Command({ command }: { readonly command: string }): JSX.Element {
  const { store, words } = useShared();
  return (
    <span class="command">
      <code>{visible(command)}</code>
      <IconButton
        icon="copy"
        label={`${words.text('copyCommand')}: ${command}`}
        onClick={() => {
          store.copy(command);
        }}
      />
    </span>
  );
}

/** A part of the page under its heading. */
export function Section({
  name,
  title,
  children,
  aside,
}: {
  readonly name: string;
  readonly title: string;
  readonly children: ComponentChildren;
  readonly aside?: ComponentChildren;
}): JSX.Element {
  const id = `${name}-title`;
  return (
    <section class={`section ${name}`} aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

interface FoldProps {
  /** Stable, for the kept state. */
  readonly id: string;
  /** Of what is folded, unique in the page. */
  readonly name: string;
  readonly class: string;
}

/** The button that folds what has its `name`. The fold is kept by its `id`. */
export function FoldHead({
  id,
  name,
  class: kind,
  children,
}: FoldProps & { readonly children: ComponentChildren }): JSX.Element {
  const { store, view } = useShared();
  const open = view.open.has(id);
  return (
    <button
      type="button"
      class={`fold ${kind}`}
      aria-expanded={open}
      aria-controls={open ? name : undefined}
      onClick={() => {
        store.toggle(id);
      }}
    >
      <Icon name={open ? 'chevron-down' : 'chevron-right'} />
      {children}
    </button>
  );
}

/** A heading that folds what is below it. */
export function Fold({
  head,
  children,
  ...fold
}: FoldProps & {
  readonly head: ComponentChildren;
  readonly children: () => ComponentChildren;
}): JSX.Element {
  const { view } = useShared();
  return (
    <>
      <FoldHead {...fold}>{head}</FoldHead>
      {view.open.has(fold.id) && (
        <div id={fold.name} class={`${fold.class}-body`}>
          {children()}
        </div>
      )}
    </>
  );
}
