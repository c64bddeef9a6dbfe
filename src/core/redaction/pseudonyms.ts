import { getOrAdd } from '../model/maps';
import { addressClass, embeddedIpv4, parseAddress, type Parsed } from '../vocabulary/address';
import { ipv4Value, placeIn, type Room, roomFor } from './ipv4Rooms';

/** Classes of IPv6 addresses that mean the same on every machine. */
const TELLING_NOTHING: ReadonlySet<string> = new Set(['any', 'loopback', 'mdns', 'metadata']);

/** What IPv6 addresses with an IPv4 address in their last 32 bits begin with. */
const EMBEDDING: Readonly<Record<string, string>> = { mapped: '::ffff:', nat64: '64:ff9b::' };

/** Classes whose pseudonyms are of the same class, with what those begin with. */
const SCOPED_IPV6: Readonly<Record<string, string>> = {
  'link-local': 'fe80::',
  'unique-local': 'fd00::',
  'nat64-local': '64:ff9b:1::',
  benchmarking: '2001:2::',
  discard: '100::',
  teredo: '2001::',
};

/** Where a public IPv6 address goes, and what looks like one and cannot be read. */
const DOCUMENTATION_IPV6 = '2001:db8::';

/** Multicast groups that IANA assigned: they have small numbers. */
const ASSIGNED_GROUP = /^ff0[\da-f](?::0){5}:[01]:[\da-f]+$/;
/** The group of a node, which holds 24 bits of its address (RFC 4291). */
const NODE_GROUP = /^ff02(?::0){4}:1:ff[\da-f]{2}:[\da-f]+$/;

const DOTTED_COMPATIBLE = /^::(\d{1,3}(?:\.\d{1,3}){3})$/;

/** Host names that every machine gives itself. */
const OWN_NAMES =
  /^(?:localhost|localhost4|localhost6|ip6-localhost|ip6-loopback|localhost\.localdomain|\*)$/i;

/** Hardware addresses that stand for none or for all. */
const NO_HARDWARE = /^(?:0|00|f|ff)(?:[:-](?:0|00|f|ff))*$/i;

/**
 * Other names for what a dump should not tell: the same for the same thing, another one for
 * another, in the order in which they are asked for.
 *
 * An address keeps its kind, so that a redacted dump is explained as the real one is: loopback and
 * wildcard addresses stay, a private one becomes one of the same block, and a public one becomes
 * one that no host has.
 */
export class Pseudonyms {
  /** By kind, then by what they stand for. */
  private readonly given = new Map<string, Map<string, string>>();
  private readonly counts = new Map<string, number>();
  private readonly ipv4Given = new Map<number, string>();
  private readonly ipv6Given = new Map<string, string>();

  /** Stands for an address, or for a host name where an address was looked up. */
  public address(printed: string): string {
    const value = ipv4Value(printed);
    if (value !== undefined) {
      return this.ipv4(printed, value);
    }
    if (!printed.includes(':')) {
      return this.host(printed);
    }
    const parsed = parseAddress(printed);
    const compatible = compatibleIpv4(printed, parsed);
    if (compatible !== null) {
      return `::${this.address(compatible)}`;
    }
    const kind = parsed === null ? null : addressClass(parsed);
    if (parsed === null || kind === null) {
      return this.give('ipv6', printed, () => this.place(DOCUMENTATION_IPV6));
    }
    if (TELLING_NOTHING.has(kind)) {
      return printed;
    }
    const embedded = EMBEDDING[kind];
    return embedded === undefined
      ? this.ipv6(printed, parsed, kind)
      : embedded + this.address(embeddedIpv4(parsed) ?? '');
  }

  /** Stands for a host name: `host-1`. */
  public host(name: string): string {
    // With and without the dot of the root it is the same name.
    return name === '' || OWN_NAMES.test(name)
      ? name
      : this.name('host', name.toLowerCase().replace(/(?<=[^.])\.$/, ''));
  }

  /** Whether {@link address} has been asked for an IPv6 address. */
  public knowsIpv6(printed: string): boolean {
    const plain = parseAddress(printed)?.toNormalizedString();
    return plain !== undefined && this.ipv6Given.has(plain);
  }

  /** Stands for a user: `user-1`. */
  public user(name: string): string {
    return this.name('user', name.toLowerCase());
  }

  /** Stands for another word of some kind: `name-1`. */
  public name(kind: string, key: string): string {
    return this.give(kind, key, () => `${kind}-${this.next(kind) + 1}`);
  }

  /** Stands for a hardware address, printed with the same sign between its bytes. */
  public hardware(address: string): string {
    if (NO_HARDWARE.test(address)) {
      return address;
    }
    const sign = address.includes('-') ? '-' : ':';
    const bytes = address.split(sign).map(byte => byte.toLowerCase().padStart(2, '0'));
    return this.give('hardware', bytes.join(':'), () => hardware(this.next('hardware'))).replaceAll(
      ':',
      sign,
    );
  }

  private ipv4(printed: string, value: number): string {
    let pseudonym = this.ipv4Given.get(value);
    if (pseudonym === undefined) {
      const room = roomFor(value);
      pseudonym = room === null ? printed : this.placeOf(room);
      this.ipv4Given.set(value, pseudonym);
    }
    return pseudonym;
  }

  /** The next address of a room, or of the one that takes over from it. */
  private placeOf(room: Room): string {
    for (let at: Room | undefined = room; at !== undefined; at = at.next) {
      const place = placeIn(at, this.next(at.id));
      if (place !== undefined) {
        return place;
      }
    }
    throw new RangeError(`no room for a further ${room.id} address`);
  }

  private ipv6(printed: string, parsed: Parsed, kind: string): string {
    // Two spellings of an address are one address.
    const plain = parsed.toNormalizedString();
    let pseudonym = this.ipv6Given.get(plain);
    if (pseudonym === undefined) {
      pseudonym =
        kind === 'multicast'
          ? this.group(printed, plain)
          : kind === '6to4'
            ? this.tunneled(parsed)
            : this.place(SCOPED_IPV6[kind] ?? DOCUMENTATION_IPV6);
      this.ipv6Given.set(plain, pseudonym);
    }
    return pseudonym;
  }

  /** An address of 6to4, with the pseudonym of the IPv4 address in it. */
  private tunneled(parsed: Parsed): string {
    const value = ipv4Value(this.address(embeddedIpv4(parsed) ?? '')) ?? 0;
    return this.place(`2002:${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}::`);
  }

  /** A multicast group of the same flags and scope; its number may hold an address or a prefix. */
  private group(printed: string, plain: string): string {
    if (ASSIGNED_GROUP.test(plain)) {
      return printed;
    }
    if (NODE_GROUP.test(plain)) {
      const n = (this.next('node') + 1) % 2 ** 24;
      return `ff02::1:ff${hexByte(n >> 16)}:${(n & 0xffff).toString(16)}`;
    }
    const n = this.next('group') + 1;
    return `${plain.slice(0, 4)}::db8:${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}`;
  }

  /** The next address that begins like this. */
  private place(prefix: string): string {
    return ipv6(prefix, this.next(prefix) + 1);
  }

  /** What was given for `key`, else what `make` makes. */
  private give(kind: string, key: string, make: () => string): string {
    return getOrAdd(
      getOrAdd(this.given, kind, () => new Map()),
      key,
      make,
    );
  }

  /** Counts up from 0 what there is of a kind. */
  private next(kind: string): number {
    const n = this.counts.get(kind) ?? 0;
    this.counts.set(kind, n + 1);
    return n;
  }
}

/** The IPv4 address of `::98.76.54.32` (RFC 4291 §2.5.5.1), however it is spelled; else null. */
function compatibleIpv4(printed: string, parsed: Parsed | null): string | null {
  const dotted = DOTTED_COMPATIBLE.exec(printed)?.[1];
  if (dotted !== undefined || !printed.startsWith('::')) {
    // ipaddr.js reads it as an IPv4-mapped address.
    return dotted ?? null;
  }
  const bytes = parsed?.toByteArray() ?? [];
  return bytes.slice(0, 12).every(byte => byte === 0) && (bytes[12] ?? 0) !== 0
    ? bytes.slice(12).join('.')
    : null;
}

/** One of those reserved for documentation (RFC 7042), then a locally administered one. */
function hardware(n: number): string {
  const bytes =
    n < 256
      ? [0, 0, 0x5e, 0, 0x53, n]
      : [2, 0, ...[24, 16, 8, 0].map(shift => (n >>> shift) & 255)];
  return bytes.map(hexByte).join(':');
}

function ipv6(prefix: string, n: number): string {
  return n > 0xffff
    ? `${prefix}${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}`
    : prefix + n.toString(16);
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
