import { TIMER_NAMES } from '../vocabulary/timer';
import type { Endpoint, Flow, Owner, Socket, Timer } from './socket';

/** What a cell of a table can hold. */
export type Cell = string | number | null;

interface Names {
  readonly json?: string;
  readonly ndjson?: string;
}

/** A field with its name in each output that has it. CSV holds nothing but cells. */
type SocketField = Names &
  (
    | { readonly csv: string; readonly value: (socket: Socket) => Cell }
    | { readonly csv?: never; readonly value: (socket: Socket) => unknown }
  );

/** The names are a contract with other programs, and so is their order. */
const FIELDS: readonly SocketField[] = [
  { ...everywhere('line'), value: socket => socket.line + 1 },
  { ...everywhere('protocol'), value: socket => socket.protocol },
  { ...everywhere('family'), value: socket => socket.family },
  { json: 'state', value: socket => socket.state },
  { json: 'rawState', value: socket => socket.rawState },
  { ndjson: 'state', csv: 'state', value: anyState },
  { json: 'local', value: socket => endpointRecord(socket.local) },
  { json: 'remote', value: ({ remote }) => remote && endpointRecord(remote) },
  ...endFields('local', socket => socket.local),
  ...endFields('remote', socket => socket.remote),
  { json: 'recvQ', ndjson: 'recv_q', csv: 'recv_q', value: socket => socket.recvQ },
  { json: 'sendQ', ndjson: 'send_q', csv: 'send_q', value: socket => socket.sendQ },
  { json: 'pid', ndjson: 'pid', value: ({ owners }) => owners[0]?.pid ?? null },
  { json: 'process', ndjson: 'process', value: ({ owners }) => owners[0]?.process ?? null },
  { json: 'owners', ndjson: 'owners', value: socket => socket.owners },
  { csv: 'pid', value: socket => ofOwners(socket, 'pid', ' ') },
  { csv: 'process', value: socket => ofOwners(socket, 'process', ' ') },
  { ...everywhere('user'), value: socket => socket.user },
  { ...everywhere('inode'), value: socket => socket.inode },
  { json: 'timer', value: ({ timer }) => timer && timerRecord(timer) },
  { ndjson: 'timer_seconds', value: ({ timer }) => timer?.seconds ?? null },
  { ndjson: 'retransmits', value: ({ timer }) => timer?.retransmits ?? null },
];

function everywhere(name: string) {
  return { json: name, ndjson: name, csv: name };
}

function endFields(side: string, of: (socket: Socket) => Endpoint | null): SocketField[] {
  return [
    {
      ndjson: `${side}_address`,
      csv: `${side}_address`,
      value: socket => of(socket)?.address ?? null,
    },
    { ndjson: `${side}_port`, value: socket => of(socket)?.port ?? null },
    { csv: `${side}_port`, value: socket => of(socket)?.port ?? of(socket)?.service ?? null },
  ];
}

function endpointRecord({ address, port, service, scope }: Endpoint): object {
  return { address, port, service, scope };
}

function timerRecord({ kind, seconds, retransmits, probes }: Timer): object {
  return { kind: TIMER_NAMES[kind], seconds, retransmits, probes };
}

/** A state's name in RFC 9293, else the word printed. */
export function anyState({ state, rawState }: Socket): string | null {
  return state ?? rawState;
}

/** What a socket's owners have in common once, else all of it; null if nothing is known. */
export function ofOwners({ owners }: Socket, what: keyof Owner, separator: string): string | null {
  const parts = new Set(owners.map(owner => owner[what]).filter(part => part !== null));
  return parts.size === 0 ? null : [...parts].join(separator);
}

type NamedField = readonly [name: string, value: (socket: Socket) => unknown];

const RECORDS: Readonly<Record<keyof Names, readonly NamedField[]>> = {
  json: fieldsOf('json'),
  ndjson: fieldsOf('ndjson'),
};

function fieldsOf(output: keyof Names): NamedField[] {
  return FIELDS.flatMap(field => {
    const name = field[output];
    return name === undefined ? [] : [[name, field.value] as const];
  });
}

/** A socket as an object of JSON or a row of a database. */
export function socketRecord(socket: Socket, output: keyof Names): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [name, value] of RECORDS[output]) {
    record[name] = value(socket);
  }
  // Sockets have none of this: what reads them need not know of flows.
  return socket.flow === null ? record : { ...record, ...flowRecord(socket.flow) };
}

function flowRecord({ reply, unreplied, assured, nat, inbound }: Flow): object {
  return {
    kind: 'flow',
    reply: reply && { local: endpointRecord(reply.local), remote: endpointRecord(reply.remote) },
    unreplied,
    assured,
    nat,
    inbound,
  };
}

const CSV_FIELDS = FIELDS.filter(field => field.csv !== undefined);

export const CSV_NAMES: readonly string[] = CSV_FIELDS.map(field => field.csv);

/** A socket's cells, in the order of {@link CSV_NAMES}. */
export function socketCells(socket: Socket): Cell[] {
  return CSV_FIELDS.map(field => field.value(socket));
}
