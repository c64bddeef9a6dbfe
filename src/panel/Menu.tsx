import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { Icon } from './widgets';

/** One entry of a menu; with `checked` it is a switch and the menu stays open. */
interface MenuItem {
  readonly label: string;
  readonly checked?: boolean;
  readonly title?: string;
  readonly run: () => void;
}

interface MenuProps {
  readonly icon: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Explains more than the entries say. */
  readonly title?: string;
}

/** What opens below a button, until the focus leaves both. */
function usePopup() {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  // Before anything is painted: the next key may be on its way already.
  useLayoutEffect(() => {
    if (open) {
      root.current?.querySelector('.popup')?.scrollIntoView({ block: 'nearest' });
      entries(root.current)[0]?.focus({ preventScroll: true });
    }
  }, [open]);
  const onFocusOut = (event: FocusEvent): void => {
    if (!root.current?.contains(event.relatedTarget as Node | null)) {
      setOpen(false);
    }
  };
  return { open, setOpen, root, onFocusOut };
}

/** A button that opens a menu, used by mouse or keyboard as menus are. */
export function Menu({ icon, label, items, title }: MenuProps): JSX.Element {
  const { open, setOpen, root, onFocusOut } = usePopup();
  const button = useRef<HTMLButtonElement>(null);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const list = entries(root.current);
    const at = list.indexOf(document.activeElement as HTMLElement);
    const next = destination(event.key, at, list.length);
    if (event.key === 'Escape') {
      close();
    } else if (next !== undefined) {
      list[next]?.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="menu" ref={root} onFocusOut={onFocusOut}>
      <button
        ref={button}
        type="button"
        class="text-button"
        aria-haspopup="menu"
        aria-expanded={open}
        title={title}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Icon name={icon} />
        {label}
        <Icon name="chevron-down" />
      </button>
      {open && (
        <div class="popup" role="menu" aria-label={label} onKeyDown={onKeyDown}>
          {items.map(item => (
            <Entry key={item.label} item={item} close={close} />
          ))}
        </div>
      )}
    </div>
  );
}

function Entry({ item, close }: { readonly item: MenuItem; readonly close: () => void }) {
  const { checked, label, title, run } = item;
  return (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked={checked}
      tabIndex={-1}
      title={title}
      onClick={() => {
        run();
        if (checked === undefined) {
          close();
        }
      }}
    >
      <span class="menu-check">{checked === true && <Icon name="check" />}</span>
      {label}
    </button>
  );
}

function entries(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
}

function destination(key: string, at: number, size: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % size;
    case 'ArrowUp':
      return (at - 1 + size) % size;
    case 'Home':
      return 0;
    case 'End':
      return size - 1;
    default:
      return undefined;
  }
}

/** A button that opens a box of text. */
export function Popup({
  icon,
  label,
  children,
}: {
  readonly icon: string;
  readonly label: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { open, setOpen, root, onFocusOut } = usePopup();
  return (
    <div
      class="menu"
      ref={root}
      onFocusOut={onFocusOut}
      onKeyDown={event => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation();
          setOpen(false);
          root.current?.querySelector('button')?.focus();
        }
      }}
    >
      <button
        type="button"
        class="icon-button"
        title={label}
        aria-label={label}
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Icon name={icon} />
      </button>
      {open && (
        <div class="popup box" tabIndex={0} role="region" aria-label={label}>
          {children}
        </div>
      )}
    </div>
  );
}
