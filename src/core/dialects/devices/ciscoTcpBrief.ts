import { Field } from '../../model/field';
import { protocolWordId } from '../../vocabulary/protocol';
import type { Row } from '../../model/row';
import { readDotEndpoint } from '../../parsing/endpoint';
import { isHexWord, type Line } from '../../parsing/line';
import { isPortRow, readPortRow } from '../../parsing/portRow';
import { isStateAt, readStateWord } from '../../parsing/stateWord';
import type { Dialect } from '../../parsing/dialect';

/** Which of Cisco's tables a header begins. */
interface Layout {
  readonly table: 'blocks' | 'ports';
}

const TCP = protocolWordId('tcp');

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

  row(line, layout, row) {
    return isPortRow(line)
      ? (layout !== undefined || isCiscos(line)) && readPortRow(line, row)
      : readBlock(line, row);
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

/**
 * Whether a row that stands without its header is of Cisco all the same: the service stands before
 * the state, or the process is one of IOS.
 */
function isCiscos(line: Line): boolean {
  const last = line.count - 1;
  return (
    (last > 3 && isStateAt(line, last) && !isStateAt(line, 3)) ||
    (last >= 3 && line.rest(3).includes('/['))
  );
}
