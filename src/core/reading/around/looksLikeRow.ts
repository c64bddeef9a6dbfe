import { protocolWordAt } from '../../vocabulary/protocol';
import { NONE } from '../../model/row';
import { looksLikeEndpoint } from '../../parsing/endpoint';
import type { Line } from '../../parsing/line';
import { isKnownState } from '../../vocabulary/stateSpellings';
import { isStateAt } from '../../parsing/stateWord';

/** A line of more words than this is judged by its beginning. */
const MOST_WORDS = 32;

/** So many words of prose make a sentence. */
const MOST_PROSE = 3;

/** A word of prose: letters in lower case behind the first, perhaps with a stop. */
const PROSE = /^[("'“‘]?[A-Za-z][a-z]{1,30}(?:['’][a-z]{1,3})?[)"'”’.,;:!?]{0,2}$/;

/**
 * Whether a line that no format can read was surely meant as a row: it has two of these as whole
 * fields: a protocol at its start, an endpoint, a state. Prose and log messages that mention a socket are not rows.
 */
export function looksLikeRow(line: Line): boolean {
  const words = Math.min(line.count, MOST_WORDS);
  let endpoints = 0;
  let states = 0;
  let numbers = 0;
  let prose = 0;
  for (let i = 0; i < words; i++) {
    if (looksLikeEndpoint(line, i) || isHiddenEndpoint(line, i)) {
      endpoints++;
    } else if (isStateAt(line, i)) {
      states += isCapitalized(line, i) ? 1 : 0;
    } else if (line.number(i) !== NONE) {
      numbers++;
    } else if (!isProtocolAt(line, i) && PROSE.test(line.word(i)) && ++prose === MOST_PROSE) {
      return false;
    }
  }
  if (prose === MOST_PROSE - 1 && numbers === 0) {
    return false;
  }
  const protocol = line.count >= 3 && isProtocolAt(line, 0) ? 1 : 0;
  return endpoints >= 2 || (endpoints > 0 && states + protocol > 0) || (protocol > 0 && states > 0);
}

/** A rule or title of somebody's own: `--- web1:80 ---`. */
const RULE = /^[-=_#~+]{2,}$/;

/** A sentence, or what announces something. */
const SENTENCE_END = /[A-Za-z)][.:;!?]$/;

/**
 * Whether a line has one thing that rows have, as a whole field: a protocol at its start, an
 * endpoint or a state. Among rows it was one; anywhere else it may be anything.
 */
export function hasSignOfRow(line: Line): boolean {
  const words = Math.min(line.count, MOST_WORDS);
  let found = (words >= 3 && isProtocolAt(line, 0)) || isRest(line);
  let prose = 0;
  for (let i = 0; i < words; i++) {
    if (looksLikeEndpoint(line, i) || (isStateAt(line, i) && isCapitalized(line, i))) {
      found = true;
    } else if (PROSE.test(line.word(i))) {
      prose++;
    }
  }
  return (
    found &&
    prose < MOST_PROSE &&
    !RULE.test(line.word(0)) &&
    !SENTENCE_END.test(line.word(line.count - 1))
  );
}

/** Most characters of a line that are looked at from either end. */
const LOOKED_AT = 400;

/** Whether a line has what only the end of a row has: a timer, a process of ss, a state of lsof. */
function isRest(line: Line): boolean {
  const text = line.rest(0);
  return (
    PROCESS.test(text.slice(0, LOOKED_AT)) ||
    UNIX.test(text) ||
    TIMER.test(text.slice(-LOOKED_AT)) ||
    isKnownState(IN_PARENTHESES.exec(text.slice(-LOOKED_AT))?.[1] ?? '-')
  );
}

const PROCESS = /(?:^|[\s",(])(?:p?i?d=\d{1,10})?,?fd=\d{1,10}\)/;
const TIMER = /\(\d[\d.]{0,12}\/\d{1,6}\/\d{1,6}\)$/;
const IN_PARENTHESES = /\(([A-Z][A-Z\d_]{3,12})\)$/;
/** A UNIX socket of BSD: its address and type. */
const UNIX = /^[\da-f]{8,16} {1,8}(?:stream|dgram|seqpac)/;

/** A state is written with a capital by every tool; `listen` and `closed` are words of prose. */
function isCapitalized(line: Line, i: number): boolean {
  const first = line.firstChar(i);
  return first < 97 || first > 122;
}

/** Whether word `i` is a hidden address with a port: `<ip>:443`, `x.x.x.x:443`, `[hidden]:443`. */
function isHiddenEndpoint(line: Line, i: number): boolean {
  return HIDDEN.test(line.word(i));
}

const HIDDEN = /^(?:[<{$‹[][^\s:]{0,60}|[\dXx*.]{1,15}[Xx*])[:.](?:\d{1,5}|\*)$/;

function isProtocolAt(line: Line, i: number): boolean {
  return protocolWordAt(line.text, line.wordStart(i), line.wordEnd(i)) !== 0;
}
