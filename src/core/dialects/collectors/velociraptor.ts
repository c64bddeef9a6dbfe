import { Field } from '../../model/field';
import type { Row } from '../../model/row';
import type { Dialect } from '../../parsing/dialect';
import type { JsonObject, JsonValue } from '../../parsing/json';
import {
  beginsJsonWith,
  isObject,
  readEndIfKnown,
  readJsonSockets,
  readProgram,
  readStateValue,
  span,
} from '../../parsing/jsonFields';
import { protocolWordAt } from '../../vocabulary/protocol';
import { OPEN_BRACE } from '../../vocabulary/characters';

/**
 * What Velociraptor's netstat artifacts collect: JSON, an array or an object on each line, with
 * `Laddr.IP` or `Laddr` and `IP` in it.
 */
export const velociraptor: Dialect = {
  id: 'velociraptor',
  title: 'Velociraptor netstat',
  systems: ['windows', 'linux', 'macos'],
  commands: [],
  best: {
    command: 'velociraptor artifacts collect Windows.Network.Netstat --format=jsonl',
    needs: 'administrator',
  },
  escaped: true,
  tells: { pids: 'always', queues: 'never', timers: 'never' },

  header: () => undefined,
  row: () => false,

  resembles: line =>
    line.firstChar(0) === OPEN_BRACE &&
    line.text.slice(line.start, line.end).includes('"Laddr.IP"'),

  records: {
    mayBegin: (text, start) => beginsJsonWith(text, start, TELLS),

    read: (text, start, sink) =>
      readJsonSockets(
        text,
        start,
        sink,
        object => partOf(object, 'Laddr', 'IP') !== undefined,
        (object, row) => readSocket(object, text, row),
      ),
  },
};

const TELLS = ['"Laddr', '"Raddr'] as const;

function readSocket(object: JsonObject, text: string, row: Row): boolean {
  const type = object.get('TypeString') ?? object.get('Type');
  if (type === undefined || !span(type, row, Field.Protocol)) {
    return false;
  }
  row.protocol = protocolWordAt(text, type.start, type.end);
  const family = (object.get('FamilyString') ?? object.get('Family'))?.value;
  row.family = family === 'IPv6' ? 'ipv6' : family === 'IPv4' ? 'ipv4' : null;
  readStateValue(object.get('Status'), text, row);
  readProgram(object.get('Pid'), object.get('Name'), text, row);
  return (
    row.protocol !== 0 &&
    ENDS.every(([end, remote]) =>
      readEndIfKnown(partOf(object, end, 'IP'), partOf(object, end, 'Port'), text, row, remote),
    )
  );
}

const ENDS = [
  ['Laddr', false],
  ['Raddr', true],
] as const;

/** `Laddr.IP`, or `IP` of `Laddr`. */
function partOf(object: JsonObject, end: string, part: string): JsonValue | undefined {
  const whole = object.get(end);
  return whole !== undefined && isObject(whole.value)
    ? whole.value.get(part)
    : object.get(`${end}.${part}`);
}
