/*
 * Where the pseudonyms of IPv4 addresses are: for each kind of address a room of the same kind
 * that has a place for every original there can be.
 */

type Range = readonly [first: number, last: number];

/** Addresses that are given in turn. */
export interface Room {
  readonly id: string;
  /** In the order in which they are filled. */
  readonly ranges: readonly Range[];
  /** What takes over when it is full. */
  readonly next?: Room;
}

function range(first: string, last = first): Range {
  return [valueOf(first), valueOf(last)];
}

/** The same on every machine: they name no host of anybody. */
const KEPT: readonly Range[] = [
  range('0.0.0.0'),
  range('127.0.0.0', '127.255.255.255'),
  range('169.254.169.254'),
  // What Docker and libvirt give to every host.
  range('172.17.0.1'),
  range('192.168.122.1'),
  range('192.0.0.0', '192.0.0.255'),
  range('192.88.99.0', '192.88.99.255'),
  // Groups that IANA assigned to protocols (RFC 5771).
  range('224.0.0.0', '224.0.1.255'),
  range('239.255.255.250'),
  range('255.255.255.255'),
];

const RESERVED: Room = {
  id: 'reserved',
  ranges: [range('240.0.0.1', '255.255.255.254'), range('240.0.0.0')],
};

/** RFC 5737: 762 hosts. More of them are in 240.0.0.0/4, which nobody has either (RFC 1112). */
const DOCUMENTATION: Room = {
  id: 'documentation',
  ranges: [
    range('203.0.113.1', '203.0.113.254'),
    range('198.51.100.1', '198.51.100.254'),
    range('192.0.2.1', '192.0.2.254'),
  ],
  next: RESERVED,
};

/** Which originals go to which room; all others go to {@link DOCUMENTATION}. */
const ROOMS: readonly (readonly [Range, Room])[] = [
  [range('10.0.0.0', '10.255.255.255'), roomOf('10', '10.0.0.0', '10.255.255.255')],
  [
    range('172.16.0.0', '172.31.255.255'),
    {
      id: '172',
      ranges: [
        range('172.16.0.1', '172.17.0.0'),
        range('172.17.0.2', '172.31.255.255'),
        range('172.16.0.0'),
      ],
    },
  ],
  [
    range('192.168.0.0', '192.168.255.255'),
    {
      id: '192.168',
      ranges: [
        range('192.168.0.1', '192.168.122.0'),
        range('192.168.122.2', '192.168.255.255'),
        range('192.168.0.0'),
      ],
    },
  ],
  [range('100.64.0.0', '100.127.255.255'), roomOf('cgnat', '100.64.0.0', '100.127.255.255')],
  [
    range('169.254.0.0', '169.254.255.255'),
    {
      id: 'link-local',
      ranges: [
        range('169.254.0.1', '169.254.169.253'),
        range('169.254.169.255', '169.254.255.255'),
        range('169.254.0.0'),
      ],
    },
  ],
  [range('198.18.0.0', '198.19.255.255'), roomOf('benchmarking', '198.18.0.0', '198.19.255.255')],
  [
    range('0.0.0.0', '0.255.255.255'),
    { id: 'this-network', ranges: [range('0.0.0.1', '0.255.255.255')] },
  ],
  [
    range('224.0.0.0', '239.255.255.255'),
    {
      id: 'multicast',
      ranges: [
        range('239.0.0.1', '239.255.255.249'),
        range('239.255.255.251', '239.255.255.255'),
        range('224.0.2.0', '239.0.0.0'),
      ],
    },
  ],
  [range('240.0.0.0', '255.255.255.255'), RESERVED],
];

/** A room that fills a whole block; its first address comes last, since it looks like a network. */
function roomOf(id: string, first: string, last: string): Room {
  const [low, high] = range(first, last);
  return {
    id,
    ranges: [
      [low + 1, high],
      [low, low],
    ],
  };
}

/** The room for the pseudonym of an address; null where the address is the same everywhere. */
export function roomFor(value: number): Room | null {
  if (KEPT.some(kept => holds(kept, value))) {
    return null;
  }
  return ROOMS.find(([of]) => holds(of, value))?.[1] ?? DOCUMENTATION;
}

/** The 0-based `n`-th address of a room; undefined where it has fewer. */
export function placeIn({ ranges }: Room, n: number): string | undefined {
  let rest = n;
  for (const [first, last] of ranges) {
    if (rest <= last - first) {
      return dotted(first + rest);
    }
    rest -= last - first + 1;
  }
  return undefined;
}

/** An IPv4 address in the usual spelling as a number; undefined for everything else. */
export function ipv4Value(text: string): number | undefined {
  return IPV4.test(text) ? valueOf(text) : undefined;
}

const PART = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const IPV4 = new RegExp(String.raw`^${PART}\.${PART}\.${PART}\.${PART}$`);

function holds([first, last]: Range, value: number): boolean {
  return first <= value && value <= last;
}

function valueOf(address: string): number {
  return address.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}

function dotted(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}
