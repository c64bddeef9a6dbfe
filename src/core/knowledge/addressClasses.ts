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
    name: label('cloud metadata service'),
    text: say(
      "The metadata service of the cloud that this machine runs in (AWS, Azure, Google Cloud): it hands out the machine's own credentials.",
      'aws-imds',
      'azure-imds',
      'rfc3927',
    ),
  },
  mdns: {
    name: label('mDNS'),
    text: say('The group of multicast DNS (Bonjour, Avahi), port 5353.', 'rfc6762'),
  },
  ssdp: {
    name: label('SSDP'),
    text: say('The group of SSDP (UPnP discovery), port 1900.', 'iana-multicast'),
  },
  broadcast: {
    name: label('broadcast'),
    text: say('Every host on the local network.', 'rfc919'),
  },
  any: {
    name: label('any address'),
    text: say(
      'Not an address of its own: all addresses of this host, or none yet.',
      'rfc1122',
      'rfc4291',
    ),
  },
  'this-network': {
    name: label('"this network"'),
    text: say('Only a source, while a host does not know its address.', 'rfc6890'),
  },
  loopback: {
    name: label('loopback'),
    text: say(
      'This host itself. Nothing leaves the machine, and both ends of a connection may be in the dump.',
      'rfc1122',
      'rfc4291',
    ),
  },
  private: {
    name: label('private'),
    text: say('A private network: not routed on the internet.', 'rfc1918'),
  },
  cgnat: {
    name: label('carrier-grade NAT'),
    text: say(
      'Shared address space between a provider and its customers; also used by Tailscale.',
      'rfc6598',
      'tailscale',
    ),
  },
  'link-local': {
    name: label('link-local'),
    text: say(
      'Valid on one network segment only; the part after `%` says on which interface. An IPv4 one is often one that the host gave itself because DHCP gave none; some services have a fixed one.',
      'rfc3927',
      'rfc4291',
      'general-practice',
    ),
  },
  documentation: {
    name: label('documentation'),
    text: say(
      'Reserved for examples: no real host has it. The dump was anonymized, or it is an example.',
      'rfc5737',
      'rfc3849',
      'rfc9637',
    ),
  },
  benchmarking: {
    name: label('benchmarking'),
    text: say('Reserved for benchmarks of network devices.', 'rfc2544', 'rfc5180'),
  },
  '6to4-relay': {
    name: label('6to4 relay'),
    text: say('The former anycast address of 6to4 relays; withdrawn.', 'rfc7526'),
  },
  protocol: {
    name: label('protocol assignments'),
    text: say('Reserved for protocols such as DS-Lite and NAT64 discovery.', 'rfc6890'),
  },
  multicast: {
    name: label('multicast'),
    text: say('A group of receivers, not one host.', 'rfc5771', 'rfc4291'),
  },
  reserved: {
    name: label('reserved'),
    text: say('Reserved for future use; not routed.', 'rfc1112'),
  },
  mapped: {
    name: label('IPv4-mapped'),
    text: say(
      'An IPv4 connection on an IPv6 socket: the last 32 bits are the IPv4 address.',
      'rfc4291',
    ),
  },
  nat64: {
    name: label('NAT64'),
    text: say(
      'An IPv4 host reached through NAT64: the last 32 bits are its IPv4 address.',
      'rfc6052',
    ),
  },
  'nat64-local': {
    name: label('local NAT64'),
    text: say(
      'An IPv4 host reached through a NAT64 of this network. The network chooses where the IPv4 address goes.',
      'rfc8215',
      'rfc6052',
    ),
  },
  discard: {
    name: label('discard'),
    text: say('Packets to it are discarded on purpose.', 'rfc6666'),
  },
  teredo: {
    name: label('Teredo'),
    text: say('IPv6 tunnelled through IPv4 NATs (Teredo).', 'rfc4380'),
  },
  '6to4': {
    name: label('6to4'),
    text: say(
      'IPv6 tunnelled through IPv4 (6to4, deprecated): bits 17 to 48 are the IPv4 address.',
      'rfc3056',
      'rfc7526',
    ),
  },
  'unique-local': {
    name: label('unique local'),
    text: say('A private IPv6 network: not routed on the internet.', 'rfc4193'),
  },
  public: {
    name: label('public'),
    text: say('An address of the public internet.', 'rfc6890', 'rfc4291'),
  },
};

/** The class of a numeric address; null for what is none. */
export function classOfAddress(address: string): AddressClass | null {
  const id = addressClass(address);
  return id === null ? null : { id, ...TEXTS[id] };
}
