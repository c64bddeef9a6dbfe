import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** Packets: the counters of RFC 4293, nstat's `Ip…`. */
export const IP: readonly Counter[] = [
  counter(
    'IpInReceives',
    'normal',
    say(
      'A packet was received, each fragment for itself. Linux counts after GRO has merged packets.',
      'rfc4293',
      'linux-ip-input',
    ),
    {
      netTools: ['total packets received'],
      ipv6: 'Ip6InReceives',
      windows: ['IPv4: Packets Received'],
      solaris: ['ipInReceives'],
    },
  ),
  counter(
    'IpInHdrErrors',
    'growth',
    say(
      'A packet with a wrong header was dropped: checksum, version, length, or a TTL that ran out while it was forwarded.',
      'rfc4293',
      'linux-ip-input',
    ),
    {
      netTools: ['with invalid headers'],
      ipv6: 'Ip6InHdrErrors',
      windows: ['Received Header Errors'],
      bsd: ['bad header checksums'],
      solaris: ['ipInHdrErrors'],
    },
  ),
  counter(
    'IpInAddrErrors',
    'information',
    say(
      'A packet came for an address that is not of this host, and this host does not forward.',
      'rfc4293',
      'measured',
    ),
    {
      netTools: ['with invalid addresses'],
      ipv6: 'Ip6InAddrErrors',
      windows: ['Received Address Errors'],
      bsd: ['packets not forwardable'],
      solaris: ['ipInAddrErrors'],
    },
  ),
  counter(
    'IpForwDatagrams',
    'normal',
    say(
      'A packet was forwarded: this host is a router, or the gateway of its containers.',
      'rfc4293',
    ),
    {
      netTools: ['forwarded'],
      ipv6: 'Ip6OutForwDatagrams',
      windows: ['Datagrams Forwarded'],
      bsd: ['packets forwarded'],
      solaris: ['ipForwDatagrams'],
    },
  ),
  counter(
    'IpInUnknownProtos',
    'information',
    say(
      'A packet of a protocol came that nothing here handles, such as OSPF or VRRP.',
      'rfc4293',
      'linux-ip-input',
    ),
    {
      netTools: ['with unknown protocol'],
      ipv6: 'Ip6InUnknownProtos',
      windows: ['Unknown Protocols Received'],
      bsd: ['packets for unknown/unsupported protocol'],
      solaris: ['ipInUnknownProtos'],
    },
  ),
  counter(
    'IpInDiscards',
    'growth',
    say(
      'A sound packet was dropped all the same, because memory was short or a security module refused it.',
      'rfc4293',
      'linux-ip-input',
    ),
    {
      misread: [
        say(
          '"Windows is dropping packets it should not." Large numbers are usual there: 77,006 of 405,661 were seen on a healthy host. Most likely the firewall dropped them, or they were unwanted multicast.',
          'captures-windows',
        ),
      ],
      netTools: ['incoming packets discarded'],
      ipv6: 'Ip6InDiscards',
      windows: ['Received Packets Discarded'],
      solaris: ['ipInDiscards'],
    },
  ),
  counter(
    'IpInDelivers',
    'normal',
    say('A packet was handed to TCP, UDP, ICMP, or another protocol.', 'rfc4293', 'linux-ip-input'),
    {
      netTools: ['incoming packets delivered'],
      ipv6: 'Ip6InDelivers',
      windows: ['Received Packets Delivered'],
      bsd: ['packets for this host'],
      solaris: ['ipInDelivers'],
    },
  ),
  counter(
    'IpOutRequests',
    'normal',
    say(
      'A program or protocol of this host handed a packet to IP, before it was cut into fragments. On Linux, IpOutTransmits counts what went on to the device.',
      'rfc4293',
      'linux-ip-output',
    ),
    {
      netTools: ['requests sent out'],
      ipv6: 'Ip6OutRequests',
      windows: ['Output Requests'],
      bsd: ['packets sent from this host'],
      solaris: ['ipOutRequests'],
    },
  ),
  counter(
    'IpOutDiscards',
    'growth',
    say(
      'A packet of this host was dropped before it left: no buffer, a full queue, or a neighbor whose hardware address is unknown.',
      'rfc4293',
      'linux-ip-output',
      'measured',
    ),
    {
      netTools: ['outgoing packets dropped'],
      ipv6: 'Ip6OutDiscards',
      windows: ['Discarded Output Packets'],
      bsd: ['output packets dropped due to no bufs, etc.'],
      solaris: ['ipOutDiscards'],
    },
  ),
  counter(
    'IpOutNoRoutes',
    'information',
    say(
      'A program tried an address to which there is no route: connect() or sendto() failed with ENETUNREACH.',
      'rfc4293',
      'measured',
    ),
    {
      netTools: ['dropped because of missing route'],
      ipv6: 'Ip6OutNoRoutes',
      windows: ['Output Packet No Route'],
      bsd: ['output packets discarded due to no route'],
      solaris: ['ipOutNoRoutes'],
    },
  ),
  counter(
    'IpOutTransmits',
    'normal',
    say(
      'A packet was handed to the device, each fragment for itself. Older kernels do not have it.',
      'linux-ip-output',
      'measured',
    ),
    { ipv6: 'Ip6OutTransmits' },
  ),
  counter(
    'IpForwarding',
    'normal',
    say(
      'Not a count but a setting: 1 if this host forwards packets, 2 if it does not.',
      'rfc4293',
      'measured',
    ),
    { kind: 'constant' },
  ),
  counter(
    'IpDefaultTTL',
    'normal',
    say('No count but a setting: how many routers a packet of this host may pass.', 'rfc4293'),
    { kind: 'constant', netTools: ['Default TTL is'] },
  ),
  counter(
    'Ip6InNoRoutes',
    'information',
    say('An IPv6 packet came for an address to which this host has no route.', 'rfc4293'),
    { netTools: ['incoming packets with no route'] },
  ),
  counter(
    'ipRoutingDiscards',
    'normal',
    say('A valid route was discarded, for instance to make room for others.', 'rfc4293'),
    { namedBy: 'snmp', windows: ['Routing Discards'], solaris: ['ipRoutingDiscards'] },
  ),
];
