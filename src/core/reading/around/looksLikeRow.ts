import { protocolWordAt } from '../../vocabulary/protocol';
import { NONE } from '../../model/row';
import { looksLikeEndpoint } from '../../parsing/endpoint';
import type { Line } from '../../parsing/line';
import { isStateAt } from '../../parsing/stateWord';

/** A line of more words than this is judged by its beginning. */
const MOST_WORDS = 32;

/** A word of prose: letters in lower case behind the first, perhaps with a stop. */
const PROSE = /^[("'“‘]?[A-Za-z][a-z]{1,30}(?:['’][a-z]{1,3})?[)"'”’.,;:!?]{0,2}$/;

/**
 * Whether a line that no format can read was surely meant as a row: it has two endpoints, or one
 * and a state or protocol. Prose and log messages that mention a socket are not rows.
 */
export function looksLikeRow(line: Line): boolean {
  const words = Math.min(line.count, MOST_WORDS);
  let endpoints = 0;
  let states = 0;
  let numbers = 0;
  let prose = 0;
  for (let i = 0; i < words; i++) {
    if (looksLikeEndpoint(line, i)) {
      endpoints++;
    } else if (isStateAt(line, i)) {
      states++;
    } else if (line.number(i) !== NONE) {
      numbers++;
    } else if (!isProtocolAt(line, i) && PROSE.test(line.word(i))) {
      prose++;
    }
  }
  if (prose >= 3 || (prose >= 2 && numbers === 0)) {
    return false;
  }
  return (
    endpoints >= 2 ||
    (endpoints === 1 && (states > 0 || (line.count >= 3 && isProtocolAt(line, 0))))
  );
}

function isProtocolAt(line: Line, i: number): boolean {
  return protocolWordAt(line.text, line.wordStart(i), line.wordEnd(i)) !== 0;
}
