import ipaddr from 'ipaddr.js';

import { label, type Label, say, type Statement } from '../wording/statement';

/** What kind of address something is. */
export interface AddressClass {
  readonly id: string;
  readonly name: Label;
  readonly text: Statement;
}

/** A class with the blocks of addresses that it is made of. */
interface Blocks extends AddressClass {
  readonly blocks: readonly string[];
}

/* @__NO_SIDE_EFFECTS__ */
function blocks(id: string, name: Label, text: Statement, ...list: string[]): Blocks {
  return { id, name, text, blocks: list };
}

/*
 * The special-purpose registries of IANA (RFC 6890 and its updates) and a few single addresses
 * that people meet. The first that holds an address counts, so the narrow ones stand first.
 * ipaddr.js knows most of these itself, but puts documentation, benchmarking and 240/4 together
 * under "reserved".
 */
const CLASSES: readonly Blocks[] = [
  blocks(
    'metadata',
    label('address.metadata.name', 'cloud metadata service'),
    say(
      'address.metadata',
      "The metadata service of the cloud that this machine runs in (AWS, Azure, Google Cloud): it hands out the machine's own credentials.",
      'aws-imds',
      'azure-imds',
      'rfc3927',
    ),
    '169.254.169.254/32',
    'fd00:ec2::254/128',
  ),
  blocks(
    'mdns',
    label('address.mdns.name', 'mDNS'),
    say('address.mdns', 'The group of multicast DNS (Bonjour, Avahi), port 5353.', 'rfc6762'),
    '224.0.0.251/32',
    'ff02::fb/128',
  ),
  blocks(
    'ssdp',
    label('address.ssdp.name', 'SSDP'),
    say('address.ssdp', 'The group of SSDP (UPnP discovery), port 1900.', 'iana-multicast'),
    '239.255.255.250/32',
  ),
  blocks(
    'broadcast',
    label('address.broadcast.name', 'broadcast'),
    say('address.broadcast', 'Every host on the local network.', 'rfc919'),
    '255.255.255.255/32',
  ),
  blocks(
    'any',
    label('address.any.name', 'any address'),
    say(
      'address.any',
      'Not an address of its own: all addresses of this host, or none yet.',
      'rfc1122',
      'rfc4291',
    ),
    '0.0.0.0/32',
    '::/128',
  ),
  blocks(
    'this-network',
    label('address.this-network.name', '"this network"'),
    say(
      'address.this-network',
      'Only a source, while a host does not know its address.',
      'rfc6890',
    ),
    '0.0.0.0/8',
  ),
  blocks(
    'loopback',
    label('address.loopback.name', 'loopback'),
    say(
      'address.loopback',
      'This host itself. Nothing leaves the machine, and both ends of a connection may be in the dump.',
      'rfc1122',
      'rfc4291',
    ),
    '127.0.0.0/8',
    '::1/128',
  ),
  blocks(
    'private',
    label('address.private.name', 'private'),
    say('address.private', 'A private network: not routed on the internet.', 'rfc1918'),
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
  ),
  blocks(
    'cgnat',
    label('address.cgnat.name', 'carrier-grade NAT'),
    say(
      'address.cgnat',
      'Shared address space between a provider and its customers; also used by Tailscale.',
      'rfc6598',
      'tailscale',
    ),
    '100.64.0.0/10',
  ),
  blocks(
    'link-local',
    label('address.link-local.name', 'link-local'),
    say(
      'address.link-local',
      'Valid on one network segment only; the part after `%` says on which interface. An IPv4 one means that DHCP gave none.',
      'rfc3927',
      'rfc4291',
    ),
    '169.254.0.0/16',
    'fe80::/10',
  ),
  blocks(
    'documentation',
    label('address.documentation.name', 'documentation'),
    say(
      'address.documentation',
      'Reserved for examples: no real host has it. The dump was anonymised, or it is an example.',
      'rfc5737',
      'rfc3849',
      'rfc9637',
    ),
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '2001:db8::/32',
    '3fff::/20',
  ),
  blocks(
    'benchmarking',
    label('address.benchmarking.name', 'benchmarking'),
    say(
      'address.benchmarking',
      'Reserved for benchmarks of network devices.',
      'rfc2544',
      'rfc5180',
    ),
    '198.18.0.0/15',
    '2001:2::/48',
  ),
  blocks(
    '6to4-relay',
    label('address.6to4-relay.name', '6to4 relay'),
    say('address.6to4-relay', 'The former anycast address of 6to4 relays; withdrawn.', 'rfc7526'),
    '192.88.99.0/24',
  ),
  blocks(
    'protocol',
    label('address.protocol.name', 'protocol assignments'),
    say(
      'address.protocol',
      'Reserved for protocols such as DS-Lite and NAT64 discovery.',
      'rfc6890',
    ),
    '192.0.0.0/24',
  ),
  blocks(
    'multicast',
    label('address.multicast.name', 'multicast'),
    say('address.multicast', 'A group of receivers, not one host.', 'rfc5771', 'rfc4291'),
    '224.0.0.0/4',
    'ff00::/8',
  ),
  blocks(
    'reserved',
    label('address.reserved.name', 'reserved'),
    say('address.reserved', 'Reserved for future use; not routed.', 'rfc1112'),
    '240.0.0.0/4',
  ),
  blocks(
    'mapped',
    label('address.mapped.name', 'IPv4-mapped'),
    say(
      'address.mapped',
      'An IPv4 connection on an IPv6 socket: the last 32 bits are the IPv4 address.',
      'rfc4291',
    ),
    '::ffff:0:0/96',
  ),
  blocks(
    'nat64',
    label('address.nat64.name', 'NAT64'),
    say(
      'address.nat64',
      'An IPv4 host reached through NAT64: the last 32 bits are its IPv4 address.',
      'rfc6052',
    ),
    '64:ff9b::/96',
  ),
  blocks(
    'nat64-local',
    label('address.nat64-local.name', 'local NAT64'),
    say(
      'address.nat64-local',
      "An IPv4 host reached through a NAT64 of this network; where the IPv4 address stands in it is the network's choice.",
      'rfc8215',
      'rfc6052',
    ),
    '64:ff9b:1::/48',
  ),
  blocks(
    'discard',
    label('address.discard.name', 'discard'),
    say('address.discard', 'Packets to it are thrown away, on purpose.', 'rfc6666'),
    '100::/64',
  ),
  blocks(
    'teredo',
    label('address.teredo.name', 'Teredo'),
    say('address.teredo', 'IPv6 tunnelled through IPv4 NATs (Teredo).', 'rfc4380'),
    '2001::/32',
  ),
  blocks(
    '6to4',
    label('address.6to4.name', '6to4'),
    say(
      'address.6to4',
      'IPv6 tunnelled through IPv4 (6to4, deprecated): bits 17 to 48 are the IPv4 address.',
      'rfc3056',
      'rfc7526',
    ),
    '2002::/16',
  ),
  blocks(
    'unique-local',
    label('address.unique-local.name', 'unique local'),
    say('address.unique-local', 'A private IPv6 network: not routed on the internet.', 'rfc4193'),
    'fc00::/7',
  ),
];

/** Every other address: one of a host somewhere. */
const PUBLIC: AddressClass = {
  id: 'public',
  name: label('address.public.name', 'public'),
  text: say('address.public', 'An address of the public internet.', 'rfc6890', 'rfc4291'),
};

type Parsed = ipaddr.IPv4 | ipaddr.IPv6;

/** An address as printed, without brackets; null for names, `*` and what was cut off. */
export function parseAddress(address: string): Parsed | null {
  if (address.includes(':')) {
    return ipaddr.IPv6.isValid(address) ? ipaddr.IPv6.parse(address) : null;
  }
  // ipaddr.js takes "10" and "0x7f.1" for addresses as well, which no tool means.
  return ipaddr.IPv4.isValidFourPartDecimal(address) ? ipaddr.IPv4.parse(address) : null;
}

/** The class of a numeric address; null for what is none. */
export function classOfAddress(address: string): AddressClass | null {
  const parsed = parseAddress(address);
  if (parsed === null) {
    return null;
  }
  return (
    CLASSES.find(({ blocks: list }) => list.some(block => holds(ranges(block), parsed))) ?? PUBLIC
  );
}

/** The IPv4 address inside an IPv6 one (mapped, 64:ff9b::/96, 6to4); null where there is none. */
export function embeddedIpv4(address: string): string | null {
  const parsed = parseAddress(address);
  if (parsed === null || parsed.kind() === 'ipv4') {
    return null;
  }
  const bytes = parsed.toByteArray();
  const from = EMBEDDED[classOfAddress(address)?.id ?? ''];
  return from === undefined ? null : bytes.slice(from, from + 4).join('.');
}

/** The first byte of the embedded address, by class. */
const EMBEDDED: Readonly<Record<string, number>> = { mapped: 12, nat64: 12, '6to4': 2 };

const parsedBlocks = new Map<string, [Parsed, number]>();

function ranges(block: string): [Parsed, number] {
  let range = parsedBlocks.get(block);
  if (range === undefined) {
    range = ipaddr.parseCIDR(block);
    parsedBlocks.set(block, range);
  }
  return range;
}

function holds([base, bits]: [Parsed, number], address: Parsed): boolean {
  return base.kind() === address.kind() && address.match(base, bits);
}
