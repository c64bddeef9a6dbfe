import { timerKindAt } from '../vocabulary/timerWords';
import { Field } from '../model/field';
import { NONE, type Row } from '../model/row';
import { decimalAt, type Line, numberAt } from './line';
import { CLOSE_PARENTHESIS, OPEN_PARENTHESIS, SLASH } from '../vocabulary/characters';

/**
 * Reads a net-tools timer `name (seconds/retransmissions/probes)` whose parenthesis is word `i`
 * and gives the index of its first word; {@link NONE} where word `i` is no such parenthesis.
 * Estonian prints two opening parentheses (its po file).
 */
export function readTimer(line: Line, i: number, first: number, row: Row): number {
  if (
    i <= first ||
    line.firstChar(i) !== OPEN_PARENTHESIS ||
    line.lastChar(i) !== CLOSE_PARENTHESIS
  ) {
    return NONE;
  }
  const { text } = line;
  let from = line.wordStart(i) + 1;
  const to = line.wordEnd(i) - 1;
  if (text.charCodeAt(from) === OPEN_PARENTHESIS) {
    from++;
  }
  const slash = text.indexOf('/', from);
  const second = slash === -1 ? -1 : text.indexOf('/', slash + 1);
  if (second === -1 || second >= to) {
    return NONE;
  }
  const seconds = decimalAt(text, from, slash);
  const retransmits = numberAt(text, slash + 1, second);
  const probes = numberAt(text, second + 1, to);
  if (
    seconds === NONE ||
    retransmits === NONE ||
    probes === NONE ||
    text.charCodeAt(second + 1) === SLASH
  ) {
    return NONE;
  }
  row.timerSeconds = seconds;
  row.retransmits = retransmits;
  row.probes = probes;
  // Catalan says `temps d'espera`.
  const name =
    line.is(i - 1, "d'espera") && line.is(i - 2, 'temps') && i - 2 >= first ? i - 2 : i - 1;
  row.timer = timerKindAt(text, line.wordStart(i - 1), line.wordEnd(i - 1));
  row.span(Field.TimerKind, line.wordStart(name), line.wordEnd(i - 1));
  row.span(Field.Timer, line.wordStart(name), line.wordEnd(i));
  return name;
}
