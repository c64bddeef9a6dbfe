import { Field } from '../model/field';
import type { Row } from '../model/row';
import { isTcpWord, protocolWordAt, protocolWordId } from '../vocabulary/protocol';
import { SLASH } from '../vocabulary/characters';
import { readColonEndpoint } from './endpoint';
import { isDigit, type Line, pidAt } from './line';
import { readStateWord } from './stateWord';

const PROTOCOLS: ReadonlySet<number> = new Set(['tcp', 'tcp6', 'udp', 'udp6'].map(protocolWordId));

/** Whether a line begins with the protocol of a row that {@link readPortRow} reads. */
export function isPortRow(line: Line): boolean {
  return PROTOCOLS.has(protocolWordAt(line.text, line.wordStart(0), line.wordEnd(0)));
}

/**
 * Reads a row without queues: a protocol, two `address:port`, a state and the process, as in
 * `tcp  *:443  *:*  LISTEN  309/httpd`; or the name of the process before the state.
 */
export function readPortRow(line: Line, row: Row): boolean {
  row.protocol = protocolWordAt(line.text, line.wordStart(0), line.wordEnd(0));
  if (!readColonEndpoint(line, 1, row, false) || !readColonEndpoint(line, 2, row, true)) {
    return false;
  }
  row.span(Field.Protocol, line.wordStart(0), line.wordEnd(0));
  let from = 3;
  let to = line.count;
  if (from < to && readStateWord(line, from, row) === 1) {
    from++;
  } else if (from < to && readStateWord(line, to - 1, row) === 1) {
    to--;
  }
  row.ownerUnknown = line.is(from, '-');
  if (from < to && !row.ownerUnknown) {
    readOwner(line, from, to, row);
  }
  return isTcpWord(row.protocol) ? row.has(Field.State) || line.count === 3 : true;
}

/** `309/[IOS]HTTP CORE`: a process id and name; or the name alone. */
function readOwner(line: Line, from: number, to: number, row: Row): void {
  const { text } = line;
  const start = line.wordStart(from);
  const end = line.wordEnd(to - 1);
  let slash = start;
  while (slash < end && isDigit(text.charCodeAt(slash))) {
    slash++;
  }
  const hasPid = slash > start && text.charCodeAt(slash) === SLASH;
  const owner = hasPid ? row.addPid(pidAt(text, start, slash), start, slash) : row.addOwner();
  const nameStart = hasPid ? slash + 1 : start;
  if (nameStart < end) {
    row.nameOwner(owner, nameStart, end);
  }
}
