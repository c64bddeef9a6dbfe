import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Dump } from '../../src/core/reading/dump';
import { FIELD_NAMES } from '../../src/core/model/field';
import type { Endpoint, Socket } from '../../src/core/model/socket';
import { locate } from '../../src/core/reading/locate';
import { projectFolder } from '../harness/paths';

/** The text of one of the project's own samples. */
export function sampleText(name: string): string {
  return readFileSync(path.join(projectFolder, 'samples', name), 'utf8');
}

/** A socket in a line: protocol word, state, endpoints, queues, owners. */
export function brief(socket: Socket): string {
  const { protocolWord, state, rawState, local, remote, recvQ, sendQ, owners } = socket;
  return [
    protocolWord,
    state ?? (rawState === null ? '-' : `"${rawState}"`),
    endpoint(local),
    remote === null ? '-' : endpoint(remote),
    ...(recvQ === null && sendQ === null ? [] : [`${recvQ ?? '-'}/${sendQ ?? '-'}`]),
    ...owners.map(({ pid, process, fd }) =>
      [pid ?? '', process ?? '', ...(fd === null ? [] : [fd])].join('/'),
    ),
    ...(socket.ownerUnknown ? ['?'] : []),
  ].join(' ');
}

function endpoint({ address, port, service, scope }: Endpoint): string {
  return `${address}${scope === null ? '' : `%${scope}`}|${port ?? service ?? '*'}`;
}

/** All sockets of a dump, each in a line. */
export function briefly(dump: Dump): string[] {
  return Array.from({ length: dump.table.length }, (_, i) => brief(dump.table.socket(i)));
}

/** Fails unless each line has exactly one class. */
export function assertAllCounted({ lines: { total, ...classes } }: Pick<Dump, 'lines'>): void {
  assert.equal(
    Object.values(classes).reduce((sum, count) => sum + count, 0),
    total,
  );
}

/** Fails unless each line has exactly one class and none is unrecognized. */
export function assertAllRead(dump: Dump): void {
  assertAllCounted(dump);
  assert.deepEqual(dump.unrecognized, []);
}

/** The fields of a 0-based line of a dump's text, as `name=text`, in order. */
export function fieldsOf(dump: Dump, text: string, line: number): string[] {
  const content = text.split(/\r\n|\n|\r/)[line] ?? '';
  return locate(dump, line, content).fields.map(
    ({ field, start, end }) => `${String(FIELD_NAMES.at(field))}=${content.slice(start, end)}`,
  );
}

/** A letter for the class of each line: Socket, Continuation, Header, Text, U(nrecognised), K for counters,
 * I for interfaces, R for routes, `_`. */
export function classesOf(dump: Dump): string {
  return Array.from(dump.classes, kind => '?SCH_TUKIR'.charAt(kind)).join('');
}
