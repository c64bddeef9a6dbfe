import type { Dialect } from '../../parsing/dialect';
import { type Listing, NO_LISTING } from '../../model/snapshot';
import type { Section } from './section';

function headed({ headers, records }: Dialect): boolean {
  return headers !== undefined && records === undefined;
}

export function listsBoth({ headers, dialects, listing }: Section): boolean {
  return (
    asksForAll(listing?.command ?? '') ||
    dialects.some(
      dialect =>
        dialect.listsBoth !== undefined && [...headers].some(title => dialect.listsBoth!(title)),
    )
  );
}

/** The short options of these long ones. */
const SHORT: Readonly<Partial<Record<string, string>>> = { '--all': 'a', '--listening': 'l' };

/**
 * Whether a command asks for connections and listeners: of `-a` and `-l`, ss takes the last
 * (measured). `-L` of macOS and FreeBSD lists accept queues.
 */
function asksForAll(command: string): boolean {
  const options = command
    .split(' ')
    .map(word => SHORT[word] ?? (/^-[^-]/.test(word) ? word : ''))
    .join('');
  return !options.includes('L') && options.lastIndexOf('a') > options.lastIndexOf('l');
}

/** Rows of a tool that prints headers were cut out where none is there. */
export function listingOf({ listing, headers, dialects, cut, sorted }: Section): Listing {
  const headless = headers.size === 0 && !sorted && dialects.some(headed);
  return (headless || cut) && listing?.filtered !== true
    ? { ...(listing ?? NO_LISTING), filtered: true }
    : (listing ?? NO_LISTING);
}
