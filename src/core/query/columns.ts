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

/** The order of a table; null stands for the order of the dump. */
export interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}
