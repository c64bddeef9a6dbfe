import { addressClass, type AddressClassId } from '../vocabulary/address';
import { label, type Label, say, type Statement } from '../wording/statement';

/** A kind of address, and what there is to say of it. */
export interface AddressClass {
  readonly id: AddressClassId;
  readonly name: Label;
  readonly text: Statement;
}

const TEXTS: Readonly<Record<AddressClassId, Omit<AddressClass, 'id'>>> = {
  metadata: {
    name: label('address.metadata.name', 'cloud metadata service'),
    text: say(
      'address.metadata',
      "The metadata service of the cloud that this machine runs in (AWS, Azure, Google Cloud): it hands out the machine's own credentials.",
      'aws-imds',
      'azure-imds',
      'rfc3927',
    ),
  },
  mdns: {
    name: label('address.mdns.name', 'mDNS'),
    text: say('address.mdns', 'The group of multicast DNS (Bonjour, Avahi), port 5353.', 'rfc6762'),
  },
  ssdp: {
    name: label('address.ssdp.name', 'SSDP'),
    text: say('address.ssdp', 'The group of SSDP (UPnP discovery), port 1900.', 'iana-multicast'),
  },
  broadcast: {
    name: label('address.broadcast.name', 'broadcast'),
    text: say('address.broadcast', 'Every host on the local network.', 'rfc919'),
  },
  any: {
    name: label('address.any.name', 'any address'),
    text: say(
      'address.any',
      'Not an address of its own: all addresses of this host, or none yet.',
      'rfc1122',
      'rfc4291',
    ),
  },
  'this-network': {
    name: label('address.this-network.name', '"this network"'),
    text: say(
      'address.this-network',
      'Only a source, while a host does not know its address.',
      'rfc6890',
    ),
  },
  loopback: {
    name: label('address.loopback.name', 'loopback'),
    text: say(
      'address.loopback',
      'This host itself. Nothing leaves the machine, and both ends of a connection may be in the dump.',
      'rfc1122',
      'rfc4291',
    ),
  },
  private: {
    name: label('address.private.name', 'private'),
    text: say('address.private', 'A private network: not routed on the internet.', 'rfc1918'),
  },
  cgnat: {
    name: label('address.cgnat.name', 'carrier-grade NAT'),
    text: say(
      'address.cgnat',
      'Shared address space between a provider and its customers; also used by Tailscale.',
      'rfc6598',
      'tailscale',
    ),
  },
  'link-local': {
    name: label('address.link-local.name', 'link-local'),
    text: say(
      'address.link-local',
      'Valid on one network segment only; the part after `%` says on which interface. An IPv4 one is often one that the host gave itself because DHCP gave none; some services have a fixed one.',
      'rfc3927',
      'rfc4291',
      'general-practice',
    ),
  },
  documentation: {
    name: label('address.documentation.name', 'documentation'),
    text: say(
      'address.documentation',
      'Reserved for examples: no real host has it. The dump was anonymized, or it is an example.',
      'rfc5737',
      'rfc3849',
      'rfc9637',
    ),
  },
  benchmarking: {
    name: label('address.benchmarking.name', 'benchmarking'),
    text: say(
      'address.benchmarking',
      'Reserved for benchmarks of network devices.',
      'rfc2544',
      'rfc5180',
    ),
  },
  '6to4-relay': {
    name: label('address.6to4-relay.name', '6to4 relay'),
    text: say(
      'address.6to4-relay',
      'The former anycast address of 6to4 relays; withdrawn.',
      'rfc7526',
    ),
  },
  protocol: {
    name: label('address.protocol.name', 'protocol assignments'),
    text: say(
      'address.protocol',
      'Reserved for protocols such as DS-Lite and NAT64 discovery.',
      'rfc6890',
    ),
  },
  multicast: {
    name: label('address.multicast.name', 'multicast'),
    text: say('address.multicast', 'A group of receivers, not one host.', 'rfc5771', 'rfc4291'),
  },
  reserved: {
    name: label('address.reserved.name', 'reserved'),
    text: say('address.reserved', 'Reserved for future use; not routed.', 'rfc1112'),
  },
  mapped: {
    name: label('address.mapped.name', 'IPv4-mapped'),
    text: say(
      'address.mapped',
      'An IPv4 connection on an IPv6 socket: the last 32 bits are the IPv4 address.',
      'rfc4291',
    ),
  },
  nat64: {
    name: label('address.nat64.name', 'NAT64'),
    text: say(
      'address.nat64',
      'An IPv4 host reached through NAT64: the last 32 bits are its IPv4 address.',
      'rfc6052',
    ),
  },
  'nat64-local': {
    name: label('address.nat64-local.name', 'local NAT64'),
    text: say(
      'address.nat64-local',
      'An IPv4 host reached through a NAT64 of this network. The network chooses where the IPv4 address goes.',
      'rfc8215',
      'rfc6052',
    ),
  },
  discard: {
    name: label('address.discard.name', 'discard'),
    text: say('address.discard', 'Packets to it are discarded on purpose.', 'rfc6666'),
  },
  teredo: {
    name: label('address.teredo.name', 'Teredo'),
    text: say('address.teredo', 'IPv6 tunnelled through IPv4 NATs (Teredo).', 'rfc4380'),
  },
  '6to4': {
    name: label('address.6to4.name', '6to4'),
    text: say(
      'address.6to4',
      'IPv6 tunnelled through IPv4 (6to4, deprecated): bits 17 to 48 are the IPv4 address.',
      'rfc3056',
      'rfc7526',
    ),
  },
  'unique-local': {
    name: label('address.unique-local.name', 'unique local'),
    text: say(
      'address.unique-local',
      'A private IPv6 network: not routed on the internet.',
      'rfc4193',
    ),
  },
  public: {
    name: label('address.public.name', 'public'),
    text: say('address.public', 'An address of the public internet.', 'rfc6890', 'rfc4291'),
  },
};

/** The class of a numeric address; null for what is none. */
export function classOfAddress(address: string): AddressClass | null {
  const id = addressClass(address);
  return id === null ? null : { id, ...TEXTS[id] };
}
