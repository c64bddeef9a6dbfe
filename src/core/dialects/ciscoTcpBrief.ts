import { Field } from '../model/field';
import { isTcpWord, protocolWordAt, protocolWordId } from '../vocabulary/protocol';
import type { Row } from '../model/row';
import { readColonEndpoint, readDotEndpoint } from '../parsing/endpoint';
import { isDigit, isHexWord, type Line, pidAt } from '../parsing/line';
import { readStateWord } from '../parsing/stateWord';
import type { Dialect } from '../parsing/dialect';

/** Which of Cisco's tables a header begins. */
interface Layout {
  readonly table: 'blocks' | 'ports';
}

const TCP = protocolWordId('tcp');
const PORTS: ReadonlySet<number> = new Set(['tcp', 'tcp6', 'udp', 'udp6'].map(protocolWordId));

/**
 * Cisco IOS: `show tcp brief [all]` has a control block, two `address.port` and a state in a row;
 * `show ip ports all` (IOS XE) and `show control-plane host open-ports` have a protocol, two
 * `address:port`, a state and the process, without any queue. IOS XE prints the first table's
 * header as a second header of the other one, so that each row is read by its own shape.
 */
export const ciscoTcpBrief: Dialect<Layout> = {
  id: 'cisco',
  title: 'Cisco show tcp brief',
  systems: ['cisco'],
  commands: [
    'show tcp',
    'show udp',
    'show ip ports',
    'show ip sockets',
    'show sockets',
    'show control-plane host open-ports',
  ],
  headers: ['TCB Local Address', 'Prot Local Address', 'Proto Local Address'],
  best: { command: 'show tcp brief all numeric', needs: null },
  tells: { pids: 'never', queues: 'never', timers: 'never' },

  header(line) {
    if (!line.is(1, 'Local') || !line.is(2, 'Address') || !line.is(3, 'Foreign')) {
      return undefined;
    }
    if (line.is(0, 'TCB') && line.is(5, '(state)')) {
      return { table: 'blocks' };
    }
    const ports =
      (line.is(0, 'Proto') && line.is(6, 'PID/Program')) ||
      (line.is(0, 'Prot') && (line.count === 5 || line.is(5, 'Service')));
    return ports ? { table: 'ports' } : undefined;
  },

  row(line, _layout, row) {
    const protocol = protocolWordAt(line.text, line.wordStart(0), line.wordEnd(0));
    if (PORTS.has(protocol)) {
      row.protocol = protocol;
      return readPort(line, row);
    }
    return readBlock(line, row);
  },
};

/** `03016278  192.0.2.1.29853  198.51.100.4.23  ESTAB`. */
function readBlock(line: Line, row: Row): boolean {
  if (
    line.count !== 4 ||
    line.wordEnd(0) - line.wordStart(0) < 6 ||
    !isHexWord(line, 0) ||
    !readDotEndpoint(line, 1, row, false) ||
    !readDotEndpoint(line, 2, row, true) ||
    readStateWord(line, 3, row) !== 1
  ) {
    return false;
  }
  row.protocol = TCP;
  row.span(Field.Handle, line.wordStart(0), line.wordEnd(0));
  return true;
}

/** `tcp  *:443  *:*  LISTEN  309/[IOS]HTTP CORE`, or with the service before the state. */
function readPort(line: Line, row: Row): boolean {
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
  if (from < to) {
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
  const hasPid = slash > start && text.charCodeAt(slash) === 47;
  const owner = hasPid ? row.addPid(pidAt(text, start, slash), start, slash) : row.addOwner();
  const nameStart = hasPid ? slash + 1 : start;
  if (nameStart < end) {
    row.nameOwner(owner, nameStart, end);
  }
}
