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

/** What people may call a field as well: `src`, `sport` and the like are the words of `ss`. */
const ALIASES: Readonly<Record<string, FilterField>> = {
  program: 'process',
  prog: 'process',
  foreign: 'remote',
  peer: 'remote',
  src: 'local',
  dst: 'remote',
  addr: 'address',
  host: 'address',
  ip: 'address',
  localport: 'lport',
  remoteport: 'rport',
  sport: 'lport',
  dport: 'rport',
  proto: 'protocol',
};

/** The field that a filter names so; also spelled as dumps do, `Recv-Q`. */
export function fieldNamed(name: string): FilterField | undefined {
  const plain = name.toLowerCase().replace(/[-_]/g, '');
  return FILTER_FIELDS.find(field => field === plain) ?? ALIASES[plain];
}

/** The column of the table that a field looks into; undefined if it is one that is always there. */
export function columnOf(field: FilterField): Column | undefined {
  switch (field) {
    case 'state':
    case 'remote':
    case 'pid':
    case 'process':
    case 'user':
    case 'timer':
    case 'inode':
      return field;
    case 'rport':
      return 'remote';
    case 'recvq':
      return 'recvQ';
    case 'sendq':
      return 'sendQ';
    case 'retrans':
      return 'timer';
    default:
      return undefined;
  }
}

/** The order of a table; null stands for the order of the dump. */
export interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}
