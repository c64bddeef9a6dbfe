/** The columns that the table of sockets can show and be sorted by. */
export const COLUMNS = [
  'line',
  'protocol',
  'state',
  'local',
  'remote',
  'recvQ',
  'sendQ',
  'pid',
  'process',
  'user',
  'timer',
  'inode',
] as const;

export type Column = (typeof COLUMNS)[number];

/** The fields that a filter may name, for help; some have further names. */
export const FILTER_FIELDS = [
  'state',
  'pid',
  'process',
  'remote',
  'local',
  'address',
  'port',
  'lport',
  'rport',
  'recvq',
  'sendq',
  'protocol',
  'timer',
  'retrans',
  'user',
  'inode',
  'line',
] as const;

export type FilterField = (typeof FILTER_FIELDS)[number];

/** The order of a table; null stands for the order of the dump. */
export interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}
