import ipaddr from 'ipaddr.js';

/*
 * What an address is: decided here and nowhere else. The special-purpose registries of IANA
 * (RFC 6890 and its updates) and a few single addresses that people meet. The first class that
 * holds an address counts, so the narrow ones stand first. ipaddr.js knows most of these itself,
 * but puts documentation, benchmarking and 240/4 together under "reserved".
 */
const BLOCKS = {
  metadata: ['169.254.169.254/32', 'fd00:ec2::254/128'],
  mdns: ['224.0.0.251/32', 'ff02::fb/128'],
  ssdp: ['239.255.255.250/32'],
  broadcast: ['255.255.255.255/32'],
  any: ['0.0.0.0/32', '::/128'],
  'this-network': ['0.0.0.0/8'],
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  cgnat: ['100.64.0.0/10'],
  'link-local': ['169.254.0.0/16', 'fe80::/10'],
  documentation: [
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '2001:db8::/32',
    '3fff::/20',
  ],
  benchmarking: ['198.18.0.0/15', '2001:2::/48'],
  '6to4-relay': ['192.88.99.0/24'],
  protocol: ['192.0.0.0/24'],
  multicast: ['224.0.0.0/4', 'ff00::/8'],
  reserved: ['240.0.0.0/4'],
  mapped: ['::ffff:0:0/96'],
  nat64: ['64:ff9b::/96'],
  'nat64-local': ['64:ff9b:1::/48'],
  discard: ['100::/64'],
  teredo: ['2001::/32'],
  '6to4': ['2002::/16'],
  'unique-local': ['fc00::/7'],
} as const;

/** What kind of address something is; `public` is every address of no special block. */
export type AddressClassId = keyof typeof BLOCKS | 'public';

export type Parsed = ipaddr.IPv4 | ipaddr.IPv6;

const RANGES = Object.entries(BLOCKS).map(
  ([id, blocks]) => [id as AddressClassId, blocks.map(block => ipaddr.parseCIDR(block))] as const,
);

/** How tools print "any address", beside nothing at all. */
export const ANY_ADDRESSES = ['*', '0.0.0.0', '::'] as const;

/** How the host itself is printed (RFC 4291 §2.5.3), beside 127.0.0.0/8 (RFC 1122 §3.2.1.3). */
export const LOOPBACK_NAMES = ['::1', 'localhost'] as const;

const ANY: ReadonlySet<string> = new Set([...ANY_ADDRESSES, '']);
const LOCAL: ReadonlySet<string> = new Set(LOOPBACK_NAMES);

/** Classes that only a local network routes (RFC 1918, 3927, 4193, 4291, 6598). */
const PRIVATE: ReadonlySet<AddressClassId | null> = new Set([
  'cgnat',
  'link-local',
  'metadata',
  'private',
  'unique-local',
]);

/** An address as printed, without brackets; null for names, `*` and what was cut off. */
export function parseAddress(address: string): Parsed | null {
  if (address.includes(':')) {
    return IPV6.test(address) && ipaddr.IPv6.isValid(address) ? ipaddr.IPv6.parse(address) : null;
  }
  return IPV4.test(address) && ipaddr.IPv4.isValidFourPartDecimal(address)
    ? ipaddr.IPv4.parse(address)
    : null;
}

/*
 * What most words fail, and quickly: ipaddr.js throws and catches an error for each of them. It takes
 * "10" and "0x7f.1" for addresses as well, which no tool means.
 */
const IPV4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const IPV6 = /^[\da-f:.]{2,45}(?:%|$)/i;

/** Whether a text is an IPv6 address. */
export function isIpv6(text: string): boolean {
  return text.includes(':') && parseAddress(text) !== null;
}

/** The class of a numeric address; null for what is none. */
export function addressClass(address: string | Parsed): AddressClassId | null {
  const parsed = typeof address === 'string' ? parseAddress(address) : address;
  if (parsed === null) {
    return null;
  }
  const found = RANGES.find(([, ranges]) =>
    ranges.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits)),
  );
  return found?.[0] ?? 'public';
}

/** {@link parseAddress}, with an IPv4-mapped address as the IPv4 address that it is. */
export function plainAddress(address: string): Parsed | null {
  const parsed = parseAddress(address);
  return parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress()
    ? parsed.toIPv4Address()
    : parsed;
}

/** The /24 or, of IPv6, the /64 that an address is of: what is most often one network; null for what is none. */
export function networkOf(address: string): string | null {
  const parsed = plainAddress(address);
  if (parsed === null) {
    return null;
  }
  return parsed instanceof ipaddr.IPv4
    ? `${parsed.octets.slice(0, 3).join('.')}.0/24`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString().replace(/%.*/s, '')}/64`).toString()}/64`;
}

/** An IPv4-mapped IPv6 address as the IPv4 address that it is; tools print both for one socket. */
export function unmapped(address: string): string {
  const plain = /^::f/i.test(address) ? plainAddress(address) : null;
  return plain instanceof ipaddr.IPv4 ? plain.toString() : address;
}

/** Whether an address stands for all addresses of the host, or for none. */
export function isAnyAddress(address: string): boolean {
  return ANY.has(address);
}

/** Whether an address is of the host itself. */
export function isLoopback(address: string): boolean {
  return LOCAL.has(address) || addressClass(unmapped(address)) === 'loopback';
}

/** Who can reach an address that a program listens on. */
export type Reach = 'host' | 'private' | 'public' | 'everywhere' | 'unknown';

/** Who can reach a listening address, as far as the address tells. */
export function reachOf(address: string): Reach {
  const plain = unmapped(address);
  if (isAnyAddress(plain)) {
    return 'everywhere';
  }
  if (isLoopback(plain)) {
    return 'host';
  }
  const kind = addressClass(plain);
  return kind === null ? 'unknown' : PRIVATE.has(kind) ? 'private' : 'public';
}

/** The IPv4 address inside an IPv6 one (mapped, 64:ff9b::/96, 6to4); null if there is none. */
export function embeddedIpv4(address: string | Parsed): string | null {
  const parsed = typeof address === 'string' ? parseAddress(address) : address;
  if (parsed === null || parsed.kind() === 'ipv4') {
    return null;
  }
  const from = EMBEDDED[addressClass(parsed) ?? 'public'];
  return from === undefined
    ? null
    : parsed
        .toByteArray()
        .slice(from, from + 4)
        .join('.');
}

/** The first byte of the embedded address, by class. */
const EMBEDDED: Partial<Readonly<Record<AddressClassId, number>>> = {
  mapped: 12,
  nat64: 12,
  '6to4': 2,
};
