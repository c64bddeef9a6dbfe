import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { useShared } from './context';
import { Icon, IconButton } from './widgets';

/** While somebody types, the table waits. */
const TYPING_MS = 150;

interface FilterInputProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly wrong: boolean;
  /** The id of what says how many were found. */
  readonly result: string;
  readonly children?: ComponentChildren;
}

/** Where a filter is written. */
export function FilterInput({
  label,
  placeholder,
  value,
  onChange,
  wrong,
  result,
  children,
}: FilterInputProps): JSX.Element {
  const { words } = useShared();
  const [text, setText] = useState(value);
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // The filter was set from elsewhere: a group, a kept state.
    setText(value);
  }, [value]);

  const set = (filter: string, wait: number): void => {
    setText(filter);
    clearTimeout(typing.current);
    typing.current = setTimeout(() => {
      onChange(filter);
    }, wait);
  };
  return (
    <div class={wrong ? 'filter wrong' : 'filter'}>
      <Icon name="filter" />
      <input
        ref={input}
        type="text"
        spellcheck={false}
        autocomplete="off"
        maxLength={4000}
        aria-label={label}
        aria-invalid={wrong}
        aria-describedby={result}
        placeholder={placeholder}
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
      {children}
    </div>
  );
}
