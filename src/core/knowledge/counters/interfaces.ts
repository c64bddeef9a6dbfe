import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** The columns of `netstat -i`, and the words of ifconfig and `ip -s link`. */
export const INTERFACES: readonly Counter[] = [
  counter('RX-OK', 'normal', say('A packet was received by the interface.', 'linux-if-link-h'), {
    namedBy: 'linux-interface',
    reported: ['DevRxPackets'],
    netTools: ['RX packets'],
  }),
  counter(
    'RX-ERR',
    'growth',
    say(
      'A packet was received damaged: checksum, length, or framing. Look at the cable, the port of the switch, the duplex mode, and the network card.',
      'linux-if-link-h',
    ),
    { namedBy: 'linux-interface', reported: ['DevRxErrs'], netTools: ['RX errors'] },
  ),
  counter(
    'RX-DRP',
    'information',
    say(
      'A sound packet was dropped: unwanted protocol, VLAN that is not set up, too little memory, or a host that was too slow.',
      'linux-if-link-h',
      'measured',
    ),
    {
      namedBy: 'linux-interface',
      reported: ['DevRxDrop'],
      netTools: ['RX dropped'],
      misread: [
        say(
          '"The host is overloaded." As a rule these are packets of protocols that it does not use, such as LLDP or spanning tree: each of them is counted. Overload shows as RX-OVR or missed; `netstat -i` and /proc/net/dev include what was missed in RX-DRP.',
          'measured',
          'linux-if-link-h',
        ),
      ],
    },
  ),
  counter(
    'RX-OVR',
    'growth',
    say(
      'A packet was dropped because the memory of the network card was full: this host did not fetch packets fast enough.',
      'linux-if-link-h',
    ),
    { namedBy: 'linux-interface', reported: ['DevRxFifo'], netTools: ['RX overruns'] },
  ),
  counter(
    'RX missed',
    'growth',
    say(
      'A packet was dropped because the receive ring of the network card was full: this host did not fetch packets fast enough.',
      'linux-if-link-h',
    ),
    { namedBy: 'linux-interface', netTools: ['missed'] },
  ),
  counter(
    'RX frame',
    'growth',
    say(
      'A packet was received with a wrong length, checksum, or frame: cable, port, or duplex mode.',
      'linux-if-link-h',
    ),
    { namedBy: 'linux-interface', reported: ['DevRxFrame'], netTools: ['frame'] },
  ),
  counter('TX-OK', 'normal', say('A packet was sent by the interface.', 'linux-if-link-h'), {
    namedBy: 'linux-interface',
    reported: ['DevTxPackets'],
    netTools: ['TX packets'],
  }),
  counter('TX-ERR', 'growth', say('The interface could not send a packet.', 'linux-if-link-h'), {
    namedBy: 'linux-interface',
    reported: ['DevTxErrs'],
    netTools: ['TX errors'],
  }),
  counter(
    'TX-DRP',
    'growth',
    say(
      'A packet was dropped on its way to the network card, as a rule because a queue was full.',
      'linux-if-link-h',
    ),
    { namedBy: 'linux-interface', reported: ['DevTxDrop'], netTools: ['TX dropped'] },
  ),
  counter(
    'TX-OVR',
    'growth',
    say(
      'A packet could not be sent because the memory of the network card was full or ran empty too early.',
      'linux-if-link-h',
    ),
    { namedBy: 'linux-interface', reported: ['DevTxFifo'], netTools: ['TX overruns'] },
  ),
  counter(
    'TX carrier',
    'growth',
    say(
      'A packet could not be sent, because there was no carrier or the network card gave it up: cable, port, or the other end.',
      'linux-if-link-h',
    ),
    { namedBy: 'linux-interface', reported: ['DevTxCarrier'], netTools: ['carrier'] },
  ),
  counter(
    'TX collisions',
    'growth',
    say(
      'Two stations sent at once: the link is half duplex, or the two ends have different duplex modes.',
      'linux-if-link-h',
    ),
    { namedBy: 'linux-interface', reported: ['DevTxColls'], netTools: ['collisions', 'collsns'] },
  ),
  counter('RX bytes', 'normal', say('Bytes that the interface received.', 'linux-if-link-h'), {
    namedBy: 'linux-interface',
    reported: ['DevRxBytes'],
  }),
  counter('TX bytes', 'normal', say('Bytes that the interface sent.', 'linux-if-link-h'), {
    namedBy: 'linux-interface',
    reported: ['DevTxBytes'],
  }),
  counter(
    'RX multicast',
    'normal',
    say('A packet to a multicast group was received.', 'linux-if-link-h'),
    { namedBy: 'linux-interface', reported: ['DevRxMulticast'] },
  ),
  counter(
    'RX compressed',
    'normal',
    say('A compressed packet was received, as on PPP and SLIP.', 'linux-if-link-h'),
    { namedBy: 'linux-interface', reported: ['DevRxCompressed'] },
  ),
  counter(
    'TX compressed',
    'normal',
    say('A compressed packet was sent, as on PPP and SLIP.', 'linux-if-link-h'),
    { namedBy: 'linux-interface', reported: ['DevTxCompressed'] },
  ),
];
