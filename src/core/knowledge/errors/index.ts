import { foldWords } from '../folding';
import { EACCES } from './eacces';
import { EADDRINUSE } from './eaddrinuse';
import { EADDRNOTAVAIL } from './eaddrnotavail';
import { ECONNABORTED } from './econnaborted';
import { ECONNREFUSED } from './econnrefused';
import { ECONNRESET } from './econnreset';
import { EHOSTUNREACH } from './ehostunreach';
import { EMFILE } from './emfile';
import { ENETUNREACH } from './enetunreach';
import { ENFILE } from './enfile';
import { ENOBUFS } from './enobufs';
import { ENOTCONN } from './enotconn';
import { EPIPE } from './epipe';
import { ETIMEDOUT } from './etimedout';
import type { NetworkError } from './networkError';

/** The errors that programs meet when they use sockets. */
export const NETWORK_ERRORS: readonly NetworkError[] = [
  ECONNREFUSED,
  ETIMEDOUT,
  EHOSTUNREACH,
  ENETUNREACH,
  EACCES,
  ECONNRESET,
  EPIPE,
  ECONNABORTED,
  ENOTCONN,
  EADDRINUSE,
  EADDRNOTAVAIL,
  EMFILE,
  ENFILE,
  ENOBUFS,
];

/** The numbers of an error on all systems, each once. */
export function errorNumbers({ numbers }: NetworkError): number[] {
  const { linux, bsd, solaris, windows } = numbers;
  return [...new Set([linux, bsd, solaris, ...(windows === null ? [] : [windows])])];
}

/** A number that a text calls one of an error: `[Errno 111]`, `os error 111`, `errno=111`. */
const NUMBERED = /(?:errno|error|code|exception)[^0-9a-z]{1,4}([0-9]{1,5})(?![0-9])/gi;

/** Numbers of Windows Sockets, which stand for nothing else as a rule. */
const WINDOWS = /(?<![0-9.:])100[1-6][0-9](?![0-9])/g;

/**
 * The error that a text names by its name, its message, or its number, wherever it stands in it;
 * null for none. Of several messages the longest counts: it says most.
 */
export function errorIn(text: string): NetworkError | null {
  return byName(text) ?? byPhrase(text) ?? byNumber(text);
}

function byName(text: string): NetworkError | null {
  for (const [word] of text.toUpperCase().matchAll(/[A-Z]{5,20}/g)) {
    const name = word.startsWith('WSA') ? word.slice(3) : word;
    const found = NETWORK_ERRORS.find(error => error.name === name);
    if (found !== undefined) {
      return found;
    }
  }
  return null;
}

function byPhrase(text: string): NetworkError | null {
  const folded = foldWords(text);
  let best: NetworkError | null = null;
  let length = 0;
  for (const error of NETWORK_ERRORS) {
    for (const phrase of error.phrases.map(phrase => foldWords(phrase))) {
      if (phrase.length > length && folded.includes(phrase)) {
        best = error;
        ({ length } = phrase);
      }
    }
  }
  return best;
}

function byNumber(text: string): NetworkError | null {
  const alone = text.trim();
  const given = [
    ...(/^[0-9]{1,5}$/.test(alone) ? [alone] : []),
    ...Array.from(text.matchAll(NUMBERED), ([, number]) => number),
    ...Array.from(text.matchAll(WINDOWS), ([number]) => number),
  ];
  for (const number of given) {
    const found = NETWORK_ERRORS.find(error => errorNumbers(error).includes(Number(number)));
    if (found !== undefined) {
      return found;
    }
  }
  return null;
}

/** An error that a line names, and where it does. */
interface NamedError {
  readonly error: NetworkError;
  readonly start: number;
  readonly end: number;
}

/** How far from a place its name or message may begin or end. */
const REACH = 120;

/** What other programs print, too, of files. */
const OF_FILES: ReadonlySet<NetworkError> = new Set([EACCES, EMFILE, ENFILE, EPIPE]);

/** What shows that a line is about a socket. */
const OF_SOCKETS = /socket|bind|listen|connect|accept|send|recv|dial|java\.net|errno/i;

/**
 * The error whose name or message stands at a place of a line; null where none surely does. No
 * more is looked at than what is near.
 */
export function errorAt(line: string, character: number): NamedError | null {
  const from = Math.max(0, character - REACH);
  const near = line.slice(from, character + REACH);
  const folded = near.toLowerCase();
  const at = character - from;
  let best: NamedError | null = null;
  for (const error of NETWORK_ERRORS) {
    for (const phrase of [`WSA${error.name}`, error.name, ...error.phrases]) {
      const start = folded.lastIndexOf(phrase.toLowerCase(), at);
      const end = start + phrase.length;
      const longer = best === null || phrase.length > best.end - best.start;
      if (start !== -1 && at < end && longer && isWord(near, start, end)) {
        best = { error, start: from + start, end: from + end };
      }
    }
  }
  return best !== null && (!OF_FILES.has(best.error) || OF_SOCKETS.test(near)) ? best : null;
}

/** Whether no letter stands on either side. */
function isWord(text: string, start: number, end: number): boolean {
  const letter = /[a-z]/i;
  return !letter.test(text.charAt(start - 1)) && !letter.test(text.charAt(end));
}
