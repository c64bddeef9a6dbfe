import { isIpv6 } from '../vocabulary/address';
import { ipv4Value } from './ipv4Rooms';
import type { Pseudonyms } from './pseudonyms';

/*
 * Addresses and numbers of machines and people inside a word of letters, digits and `.:_-`, where
 * they are glued to something else: `ssh:2001:db8::25`, `ip-10-1-2-3`.
 */

interface Finder {
  readonly pattern: RegExp;
  /** What every match has, and how many letters at least: most words need no closer look. */
  readonly sign: string;
  readonly shortest: number;
  /** Only in paths and titles: elsewhere this may be a version or a date. */
  readonly strict: boolean;
  /** What stands for a match; undefined if it is nothing to hide. */
  readonly other: (match: string, names: Pseudonyms, strict: boolean) => string | undefined;
}

const FINDERS: readonly Finder[] = [
  {
    pattern: /[\w.-]+/g,
    sign: '.',
    shortest: 14,
    strict: false,
    other: (name, names) => (REVERSE_NAME.test(name) ? names.host(name) : undefined),
  },
  {
    // An account of Windows or of its domain.
    pattern: /(?<![\dA-Za-z])S-1-\d{1,15}(?:-\d{1,10}){2,15}(?!\d)/gi,
    sign: '-',
    shortest: 9,
    strict: true,
    other: (sid, names) => names.name('name', sid.toLowerCase()),
  },
  {
    pattern: /[\dA-Fa-f]{8}[-_]?(?:[\dA-Fa-f]{4}[-_]?){3}[\dA-Fa-f]{12}/g,
    sign: '',
    shortest: 32,
    strict: true,
    other: (id, names) => names.name('id', id.toLowerCase()),
  },
  {
    // With what follows, so that no letter of another word is taken for a group's.
    pattern: /[\dA-Fa-f:.]{3,}[\p{L}\p{N}_]*/gu,
    sign: ':',
    shortest: 3,
    strict: false,
    other: ipv6In,
  },
  {
    // More bytes than six are of InfiniBand.
    pattern:
      /(?<![\dA-Za-z])[\dA-Fa-f]{2}([:-])[\dA-Fa-f]{2}(?:\1[\dA-Fa-f]{2}){4,}(?![\dA-Za-z])/g,
    sign: '',
    shortest: 17,
    strict: false,
    other: (bytes, names) =>
      bytes.length === MAC_LENGTH ? names.hardware(bytes) : names.name('id', bytes.toLowerCase()),
  },
  {
    // As Cisco prints them.
    pattern: /(?<![\dA-Za-z.])[\dA-Fa-f]{4}\.[\dA-Fa-f]{4}\.[\dA-Fa-f]{4}(?![\dA-Za-z.])/g,
    sign: '.',
    shortest: 14,
    strict: true,
    other: (bytes, names) => names.hardware(bytes.replaceAll('.', '').replace(/..(?=.)/g, '$&:')),
  },
  {
    pattern: /(?<!\d)\d{1,12}(?:\.\d{1,12})+(?!\d)/g,
    sign: '.',
    shortest: 7,
    strict: false,
    other: dotted,
  },
  {
    pattern: /(?<!\d)\d{1,4}([_-])\d{1,4}(?:\1\d{1,4}){2,}(?!\d)/g,
    sign: '',
    shortest: 7,
    strict: false,
    other: joined,
  },
];

const REVERSE_NAME = /\.(?:in-addr|ip6)\.arpa$/i;
const MAC_LENGTH = 17;
/** The shortest address: `1.70000`. */
const SHORTEST = 7;

/** A word with other addresses in it; `rest` changes what is between them. Undefined where none is. */
export function withoutAddresses(
  word: string,
  strict: boolean,
  names: Pseudonyms,
  rest: (text: string) => string,
): string | undefined {
  return word.length < SHORTEST || !/\d|::/.test(word)
    ? undefined
    : searched(word, 0, strict, names, rest);
}

/** Searches with each finder from the `n`-th on what those before it left. */
function searched(
  text: string,
  n: number,
  strict: boolean,
  names: Pseudonyms,
  rest: (text: string) => string,
): string | undefined {
  for (let i = n; i < FINDERS.length; i++) {
    const { pattern, sign, shortest, strict: onlyStrict, other } = FINDERS[i]!;
    if (text.length < shortest || (onlyStrict && !strict) || !text.includes(sign)) {
      continue;
    }
    let result = '';
    let done = 0;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const found = other(match[0], names, strict);
      if (found !== undefined) {
        const before = text.slice(done, match.index);
        result += (searched(before, i + 1, strict, names, rest) ?? rest(before)) + found;
        done = match.index + match[0].length;
      }
    }
    if (done > 0) {
      const after = text.slice(done);
      return result + (searched(after, i + 1, strict, names, rest) ?? rest(after));
    }
  }
  return undefined;
}

/** Letters of the longest IPv6 address, with an IPv4 address in it. */
const LONGEST_IPV6 = 45;

const GROUPS = /^[\dA-Fa-f:.]+/;

/** Hexadecimal groups with an IPv6 address among them: the first and longest. */
function ipv6In(found: string, names: Pseudonyms): string | undefined {
  const run = GROUPS.exec(found)![0];
  // A last group that goes on with other letters is none.
  const groups = run === found ? run : run.slice(0, run.lastIndexOf(':'));
  if (groups.indexOf(':') === groups.lastIndexOf(':')) {
    return undefined;
  }
  for (let start = 0; start !== -1; start = nextGroup(groups, start)) {
    for (let end = Math.min(groups.length, start + LONGEST_IPV6); end > start + 2; end--) {
      const isCut = end === groups.length || groups[end] === ':' || groups[end] === '.';
      if (isCut && isIpv6(groups.slice(start, end))) {
        const address = names.address(groups.slice(start, end));
        return groups.slice(0, start) + address + found.slice(end);
      }
    }
  }
  return undefined;
}

/** Where the group behind the one at `start` begins; -1 where there is none. */
function nextGroup(groups: string, start: number): number {
  const colon = groups.indexOf(':', start);
  return colon === -1 ? -1 : colon + 1;
}

/** Numbers with dots between them: an IPv4 address in any spelling, or its name in reverse. */
function dotted(run: string, names: Pseudonyms, strict: boolean): string | undefined {
  const parts = run.split('.');
  const last = Number(parts.at(-1));
  if (parts.length < 4) {
    // inet_aton reads the last number as all bytes that are left.
    const largest = parts.length === 3 ? 0xff : 0xffff;
    return strict && last > largest ? names.name('number', run) : undefined;
  }
  const address = parts.slice(0, 4).join('.');
  if (parts.length === 5 && !strict && ipv4Value(address) !== undefined && last <= 0xffff) {
    // BSD and Solaris print ports so.
    return `${names.address(address)}.${parts[4]!}`;
  }
  if (parts.length === 4 && parts.some(part => Number(part) > 0xff)) {
    return strict ? names.name('number', run) : undefined;
  }
  return names.address(run);
}

/** `2026-01-05-10-00-00` */
const DATE_TIME = /^(?:19|20)\d\d([_-])(?:0\d|1[0-2])\1[0-3]\d\1[0-2]\d(?:\1[0-5]\d){0,2}$/;

/** Numbers with lines between them, as clouds put addresses into host names. */
function joined(run: string, names: Pseudonyms): string | undefined {
  const sign = run.includes('_') ? '_' : '-';
  const parts = run.split(sign);
  const isByte = parts.map(part => Number(part) <= 0xff);
  if (
    DATE_TIME.test(run) ||
    !isByte.some((_, i) => i + 4 <= parts.length && isByte.slice(i, i + 4).every(Boolean))
  ) {
    return undefined;
  }
  return parts.length === 4
    ? names.address(parts.join('.')).replaceAll('.', sign)
    : names.host(run);
}
