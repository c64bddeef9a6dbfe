import type { JSX } from 'preact';

import { useShared } from './context';
import { IconButton } from './widgets';

/** Says which lines the editor shows, and leads through them. */
export function RevealBar(): JSX.Element | null {
  const { store, view, words } = useShared();
  const { count, index } = view.revealed;
  if (count === 0) {
    return null;
  }
  return (
    <aside class="reveal-bar" aria-label={words.counted(count, 'oneRevealed', 'revealed')}>
      <span>
        {count === 1
          ? words.text('oneRevealed')
          : words.text('revealedAt', { index: index + 1, count })}
      </span>
      {count > 1 && (
        <>
          <IconButton
            icon="arrow-up"
            label={words.text('previous')}
            onClick={() => {
              store.step(-1);
            }}
          />
          <IconButton
            icon="arrow-down"
            label={words.text('next')}
            onClick={() => {
              store.step(1);
            }}
          />
        </>
      )}
      <IconButton
        icon="close"
        label={words.text('dismiss')}
        onClick={() => {
          store.dismiss();
        }}
      />
    </aside>
  );
}
