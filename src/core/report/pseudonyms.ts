import { classOfAddress, embeddedIpv4, parseAddress } from '../knowledge/addresses';

/** Classes whose addresses name no host of anybody: they mean the same on every machine. */
const TELLING_NOTHING: ReadonlySet<string> = new Set([
  'any',
  'broadcast',
  'loopback',
  'mdns',
  'metadata',
  'multicast',
  'ssdp',
  'this-network',
]);

/** What IPv6 addresses with an IPv4 address in their last 32 bits begin with. */
const EMBEDDING: Readonly<Record<string, string>> = { mapped: '::ffff:', nat64: '64:ff9b::' };

/** IPv4 blocks that stay recognisable. The first two numbers are kept as they stand here. */
const SCOPED_IPV4: readonly (readonly [RegExp, string])[] = [
  [/^10\./, '10.0'],
  [/^172\./, '172.16'],
  [/^192\.168\./, '192.168'],
  [/^100\./, '100.64'],
  [/^169\.254\./, '169.254'],
];

const SCOPED_CLASSES: ReadonlySet<string> = new Set(['private', 'cgnat', 'link-local']);

const SCOPED_IPV6: Readonly<Record<string, string>> = {
  'link-local': 'fe80::',
  'unique-local': 'fd00::',
};

/** Where a public IPv6 address goes, and what looks like one and cannot be read. */
const DOCUMENTATION_IPV6 = '2001:db8::';

/** The three blocks of IPv4 documentation addresses (RFC 5737), 254 hosts each. */
const DOCUMENTATION_IPV4 = ['203.0.113', '198.51.100', '192.0.2'];
const HOSTS_PER_BLOCK = 254;
/** 198.18.0.0/15, for benchmarks (RFC 2544); the documentation blocks hold 762 hosts only. */
const BENCHMARK_BASE = 198 * 2 ** 24 + 18 * 2 ** 16;
const BENCHMARK_SIZE = 2 ** 17;
/** 240.0.0.0/4, never assigned (RFC 1112). */
const RESERVED_BASE = 240 * 2 ** 24;

/** Host names that every machine gives itself. */
const OWN_NAMES =
  /^(?:localhost|localhost4|localhost6|ip6-localhost|ip6-loopback|localhost\.localdomain|\*)$/i;

/**
 * Other names for what a dump should not tell: the same for the same thing, another one for
 * another, in the order in which they are asked for.
 *
 * An address keeps its kind, so that a redacted dump is explained as the real one is: loopback and
 * wildcard addresses stay, a private one becomes one of the same block, and any other one becomes
 * an address that is reserved for documentation.
 */
export class Pseudonyms {
  private readonly given = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** Stands for an address, or for a host name where an address was looked up. */
  public address(printed: string): string {
    const kind = classOfAddress(printed)?.id;
    if (kind === undefined) {
      return printed.includes(':')
        ? this.numbered(DOCUMENTATION_IPV6, printed)
        : this.host(printed);
    }
    if (TELLING_NOTHING.has(kind)) {
      return printed;
    }
    const embedded = EMBEDDING[kind];
    if (embedded !== undefined) {
      return embedded + this.address(embeddedIpv4(printed) ?? '');
    }
    // Two spellings of an IPv6 address are one address.
    const plain = parseAddress(printed)?.toNormalizedString() ?? printed;
    return plain.includes(':')
      ? this.numbered(SCOPED_IPV6[kind] ?? DOCUMENTATION_IPV6, plain)
      : this.ipv4(plain, kind);
  }

  /** Stands for a host name: `host-1`. */
  public host(name: string): string {
    return name === '' || OWN_NAMES.test(name) ? name : this.name('host', name.toLowerCase());
  }

  /** Whether {@link host} has been asked for a name. */
  public knowsHost(name: string): boolean {
    return this.given.has(keyOf('host', name.toLowerCase()));
  }

  /** Whether {@link address} has been asked for an IPv6 address. */
  public knowsIpv6(printed: string): boolean {
    const plain = parseAddress(printed)?.toNormalizedString();
    return (
      plain !== undefined &&
      [DOCUMENTATION_IPV6, ...Object.values(SCOPED_IPV6)].some(prefix =>
        this.given.has(keyOf(prefix, plain)),
      )
    );
  }

  /** Stands for the owner of a home folder: `user-1`. */
  public user(name: string): string {
    return this.name('user', name);
  }

  /** Stands for a hardware address: one reserved for documentation (RFC 7042). */
  public hardware(address: string): string {
    return this.give('hardware', address.toLowerCase(), n =>
      [0, 0, 0x5e, 0, (0x53 + (n >> 8)) & 255, n & 255].map(hexByte).join(':'),
    );
  }

  private ipv4(plain: string, kind: string): string {
    const scope = SCOPED_CLASSES.has(kind)
      ? SCOPED_IPV4.find(([pattern]) => pattern.test(plain))?.[1]
      : undefined;
    return scope === undefined
      ? this.give('ipv4', plain, documentationIpv4)
      : this.give(scope, plain, n => `${scope}.${(n + 1) >> 8}.${(n + 1) & 255}`);
  }

  private numbered(prefix: string, key: string): string {
    return this.give(prefix, key, n => ipv6(prefix, n + 1));
  }

  private name(kind: string, key: string): string {
    return this.give(kind, key, n => `${kind}-${n + 1}`);
  }

  /** What was given for `key`, else what `make` makes of the next number of its kind. */
  private give(kind: string, key: string, make: (n: number) => string): string {
    const full = keyOf(kind, key);
    let pseudonym = this.given.get(full);
    if (pseudonym === undefined) {
      const n = this.counts.get(kind) ?? 0;
      this.counts.set(kind, n + 1);
      pseudonym = make(n);
      this.given.set(full, pseudonym);
    }
    return pseudonym;
  }
}

function keyOf(kind: string, key: string): string {
  return `${kind} ${key}`;
}

function documentationIpv4(n: number): string {
  const block = DOCUMENTATION_IPV4[Math.floor(n / HOSTS_PER_BLOCK)];
  if (block !== undefined) {
    return `${block}.${(n % HOSTS_PER_BLOCK) + 1}`;
  }
  const rest = n - DOCUMENTATION_IPV4.length * HOSTS_PER_BLOCK;
  return dotted(rest < BENCHMARK_SIZE ? BENCHMARK_BASE + rest : RESERVED_BASE + rest);
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map(shift => (value >>> shift) & 255).join('.');
}

function ipv6(prefix: string, n: number): string {
  return n > 0xffff
    ? `${prefix}${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}`
    : prefix + n.toString(16);
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
