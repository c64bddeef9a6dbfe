import { strict as assert } from 'node:assert';
import type { Dump } from '../../src/core/reading/dump';
import { Field } from '../../src/core/model/field';
import type { Endpoint, Socket } from '../../src/core/model/socket';
import { lineLoop, NEXT_LINE } from '../../src/core/parsing/lines';
import { locate } from '../../src/core/reading/locate';
import { LineClass } from '../../src/core/model/lineClass';

/** Calls `take` for every line of a text, as readers do. */
export function forEachLine(text: string, take: (start: number, end: number) => number): number {
  return lineLoop(text)(text, take, text.length, 0);
}

/** The lines of a text. */
export function linesOf(text: string): string[] {
  const lines: string[] = [];
  forEachLine(text, (start, end) => {
    lines.push(text.slice(start, end));
    return NEXT_LINE;
  });
  return lines;
}

/**
 * Fails unless the fields of every row stand where locate says: what is printed there is what
 * the table shows.
 */
export function assertSpans(dump: Dump, text: string): void {
  const lines = linesOf(text);
  lines.forEach((line, number) => {
    const { fields, socket } = locate(dump, number, line);
    for (const { start, end } of fields) {
      assert.ok(0 <= start && start < end && end <= line.length, `${start}–${end} of: ${line}`);
    }
    if (dump.classes[number] !== (LineClass.Socket as number)) {
      return;
    }
    assert.ok(socket !== null && fields.length > 0, line);
    const shown = shownFields(dump.table.socket(socket));
    const seen = new Set<Field>();
    for (const { field, start, end } of fields) {
      const printed = line.slice(start, end);
      if (!seen.has(field) && shown.has(field)) {
        assert.equal(printed, shown.get(field), `field ${field} of: ${line}`);
      }
      seen.add(field);
    }
    for (const [field, value] of shown) {
      assert.ok(value === '' || seen.has(field), `no span for ${value} in: ${line}`);
    }
  });
}

/** What a socket shows of the fields that are printed as such. */
function shownFields(socket: Socket): Map<Field, string> {
  const shown = new Map<Field, string>();
  const put = (field: Field, value: string | number | null): void => {
    if (value !== null) {
      shown.set(field, String(value));
    }
  };
  put(Field.RecvQ, socket.recvQ);
  put(Field.SendQ, socket.sendQ);
  put(Field.State, socket.rawState);
  put(Field.User, socket.user);
  put(Field.LocalAddress, socket.local.address);
  put(Field.LocalScope, socket.local.scope);
  put(Field.LocalPort, portOf(socket.local));
  if (socket.remote !== null) {
    put(Field.RemoteAddress, socket.remote.address);
    put(Field.RemoteScope, socket.remote.scope);
    put(Field.RemotePort, portOf(socket.remote));
  }
  const pid = socket.owners[0]?.pid;
  if (pid !== undefined) {
    put(Field.Pid, pid);
  }
  return shown;
}

function portOf({ port, service }: Endpoint): string | number | null {
  return service ?? port;
}
