/** The parts of a row that can be pointed at. Each has a span in its line. */
export const enum Field {
  Protocol,
  RecvQ,
  SendQ,
  Local,
  LocalAddress,
  LocalScope,
  LocalPort,
  Remote,
  RemoteAddress,
  RemoteScope,
  RemotePort,
  State,
  User,
  Inode,
  Pid,
  Process,
  Fd,
  Timer,
  TimerKind,
  /** A component or service of the owner (Windows `-b`). */
  Component,
  /** The kernel's own name of the socket, an address in its memory (lsof, Volatility). */
  Handle,
  /** Any further field: `ss -i` values, socket flags, command columns. */
  Detail,
  Count,
}

/** Names of {@link Field} in the order of its values, for messages, tests and exports. */
export const FIELD_NAMES = [
  'protocol',
  'recvQ',
  'sendQ',
  'local',
  'localAddress',
  'localScope',
  'localPort',
  'remote',
  'remoteAddress',
  'remoteScope',
  'remotePort',
  'state',
  'user',
  'inode',
  'pid',
  'process',
  'fd',
  'timer',
  'timerKind',
  'component',
  'handle',
  'detail',
] as const;

/** A part of one line: a field and where it stands, in UTF-16 units from the start of the line. */
export interface FieldSpan {
  readonly field: Field;
  readonly start: number;
  readonly end: number;
}
