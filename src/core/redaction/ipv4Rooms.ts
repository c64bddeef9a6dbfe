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

/** The same on every machine, in ascending order: they name no host of anybody. */
const KEPT: readonly Range[] = [
  range('0.0.0.0'),
  range('127.0.0.0', '127.255.255.255'),
  range('169.254.169.254'),
  // What Docker gives to every host, and libvirt below.
  range('172.17.0.1'),
  range('192.0.0.0', '192.0.0.255'),
  range('192.88.99.0', '192.88.99.255'),
  range('192.168.122.1'),
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

/** The blocks that have a room of their own; all other originals go to {@link DOCUMENTATION}. */
const ROOMS: readonly (readonly [Range, Room])[] = [
  ownRoom('10', '10.0.0.0', '10.255.255.255'),
  ownRoom('172', '172.16.0.0', '172.31.255.255'),
  ownRoom('192.168', '192.168.0.0', '192.168.255.255'),
  ownRoom('cgnat', '100.64.0.0', '100.127.255.255'),
  ownRoom('link-local', '169.254.0.0', '169.254.255.255'),
  ownRoom('benchmarking', '198.18.0.0', '198.19.255.255'),
  ownRoom('this-network', '0.0.0.0', '0.255.255.255'),
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

/**
 * A block with the room that fills it, but for what is {@link KEPT} in it; its first address comes
 * last, since it looks like a network.
 */
function ownRoom(id: string, first: string, last: string): readonly [Range, Room] {
  const block = range(first, last);
  const [low, high] = block;
  const ranges: Range[] = [];
  let from = low + 1;
  for (const [keptFirst, keptLast] of KEPT.filter(([kept]) => from <= kept && kept <= high)) {
    ranges.push([from, keptFirst - 1]);
    from = keptLast + 1;
  }
  ranges.push([from, high]);
  if (!isKept(low)) {
    ranges.push([low, low]);
  }
  return [block, { id, ranges }];
}

/** The room for the pseudonym of an address; null where the address is the same everywhere. */
export function roomFor(value: number): Room | null {
  if (isKept(value) || isMask(value)) {
    return null;
  }
  return ROOMS.find(([of]) => holds(of, value))?.[1] ?? DOCUMENTATION;
}

/** The 0-based `n`-th address of a room; undefined if it has fewer. */
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

/** Whether it is a netmask of 8 bits or more, which is no address of anybody. */
function isMask(value: number): boolean {
  const host = ~value >>> 0;
  return value >= 0xff_00_00_00 && (host & (host + 1)) === 0;
}

function isKept(value: number): boolean {
  return KEPT.some(kept => holds(kept, value));
}

function holds([first, last]: Range, value: number): boolean {
  return first <= value && value <= last;
}

function valueOf(address: string): number {
  return address.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}

function dotted(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}
