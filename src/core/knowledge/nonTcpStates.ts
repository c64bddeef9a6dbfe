import type { Protocol } from '../vocabulary/protocol';
import { say, type Statement } from '../wording/statement';

/** States of sockets that are not TCP, by protocol and by the word that tools print. */
const STATES: Partial<Readonly<Record<Protocol, Readonly<Record<string, Statement>>>>> = {
  udp: {
    UNCONN: say(
      'An ordinary UDP socket: it takes datagrams from any sender. UDP has no connection, so this says nothing bad.',
      'iproute2-ss',
      'measured',
    ),
    ESTAB: say(
      "A UDP socket that called connect(): no handshake happened, it only fixes the peer. Other senders' datagrams are not delivered.",
      'net-tools',
      'udp.7',
      'measured',
    ),
    UNKNOWN: say('A state that netstat has no word for.', 'net-tools'),
    IDLE: say('Solaris: bound to a port, takes datagrams from any sender.', 'solaris-netstat'),
    UNBOUND: say('Solaris: the socket has no port yet.', 'solaris-netstat'),
    CONNECTED: say(
      'Solaris: the socket called connect(), which only fixes the peer.',
      'solaris-netstat',
    ),
  },
  raw: {
    '7': say(
      'The kernel\'s number 7, "closed": the normal state of a raw socket. netstat has no word for it.',
      'net-tools',
      'measured',
    ),
    '1': say(
      "The kernel's number 1: a raw socket that called connect().",
      'net-tools',
      'linux-tcp-states-h',
    ),
    UNCONN: say('The normal state of a raw socket.', 'iproute2-ss'),
    ESTAB: say('A raw socket that called connect().', 'iproute2-ss'),
  },
  unix: {
    LISTEN: say(
      'A server socket: it waits for clients on this host. In `ss` its queues are pending connections and backlog.',
      'linux-net-h',
      'iproute2-ss',
      'measured',
    ),
    ESTAB: say('Connected to another socket on this host.', 'linux-net-h', 'iproute2-ss'),
    UNCONN: say('Not connected: normal for datagram sockets.', 'linux-net-h', 'iproute2-ss'),
    'SYN-SENT': say(
      "The server's end of a connection that its program has not accepted yet; the client's end is CONNECTED.",
      'linux-net-h',
      'measured',
    ),
    CLOSING: say('Being taken down.', 'linux-net-h', 'iproute2-ss'),
    FREE: say('Not allocated.', 'linux-net-h', 'net-tools'),
    UNKNOWN: say('A state that netstat has no word for.', 'net-tools'),
  },
  sctp: {
    COOKIE_WAIT: say(
      'INIT was sent; waiting for the answer with the cookie.',
      'rfc9260',
      'linux-sctp-h',
    ),
    COOKIE_ECHOED: say(
      'The cookie was sent back; waiting for its confirmation.',
      'rfc9260',
      'linux-sctp-h',
    ),
    ESTAB: say('The association is up.', 'rfc9260', 'linux-sctp-h'),
    SHUTDOWN_PENDING: say(
      'The program here has closed; data is still on its way.',
      'rfc9260',
      'linux-sctp-h',
    ),
    SHUTDOWN_SENT: say(
      "SHUTDOWN was sent; waiting for the peer's answer.",
      'rfc9260',
      'linux-sctp-h',
    ),
    SHUTDOWN_RECEIVED: say(
      'The peer has closed; data is still on its way to it.',
      'rfc9260',
      'linux-sctp-h',
    ),
    ACK_SENT: say(
      'SHUTDOWN was answered; waiting for the last confirmation.',
      'rfc9260',
      'linux-sctp-h',
    ),
    CLOSED: say('No association.', 'rfc9260', 'linux-sctp-h'),
    LISTEN: say('An endpoint that waits for associations.', 'rfc9260', 'net-tools'),
    UNCONN: say('An endpoint without an association of its own.', 'iproute2-ss'),
    CLOSE_WAIT: say(
      'net-tools prints TCP\'s word for number 8, which for SCTP means "closing".',
      'net-tools',
      'linux-sctp-constants-h',
    ),
  },
  bluetooth: {
    CONNECTED: say('Connected to a device.', 'net-tools'),
    LISTEN: say('Waits for devices.', 'net-tools'),
    OPEN: say('Opened, not connected.', 'net-tools'),
    BOUND: say('Bound to an adapter, not connected.', 'net-tools'),
    CONNECT: say('Connecting.', 'net-tools'),
    CONFIG: say('Negotiating the channel.', 'net-tools'),
    DISCONN: say('Disconnecting.', 'net-tools'),
    CLOSED: say('Not connected.', 'net-tools'),
  },
};

/** Words that stand for one of the above, in other tools and languages. */
const SAME: Readonly<Record<string, string>> = {
  ESTABLISHED: 'ESTAB',
  LISTENING: 'LISTEN',
  HÖRT: 'LISTEN',
  OUVINDO: 'LISTEN',
  ESCOLTANT: 'LISTEN',
  CONNECTING: 'SYN-SENT',
  VERBINDUNGSAUFBAU: 'SYN-SENT',
  CONECTANDO: 'SYN-SENT',
  ENCONNEXION: 'SYN-SENT',
  DISCONNECTING: 'CLOSING',
  VERBINDUNGSABBAU: 'CLOSING',
  DESCONECTANDO: 'CLOSING',
  ENDECONNEXION: 'CLOSING',
  VERBUNDEN: 'ESTAB',
  CONECTADO: 'ESTAB',
  CONNECTE: 'ESTAB',
  UNCONNECTED: 'UNCONN',
  FREI: 'FREE',
  LIVRE: 'FREE',
  LIBRE: 'FREE',
  CONNECT2: 'CONNECT',
  SHUTDOWN_ACK_SENT: 'ACK_SENT',
  CLOSE: 'CLOSED',
  '07': '7',
  '01': '1',
};

/** What a state word means for a socket that is not TCP; null where that is not known. */
export function otherState(protocol: Protocol, word: string): Statement | null {
  const kind = protocol === 'udplite' ? 'udp' : protocol === 'icmp' ? 'raw' : protocol;
  const states = STATES[kind] ?? {};
  const upper = word.toUpperCase().replace(/^[`-]\s*/, '');
  return states[upper] ?? states[alias(kind, upper)] ?? null;
}

function alias(protocol: Protocol, word: string): string {
  // For a UNIX socket CONNECTED is the state; UDP of Solaris has a meaning of its own for it.
  if (protocol === 'unix' && word === 'CONNECTED') {
    return 'ESTAB';
  }
  return SAME[word] ?? word;
}

/** All states of sockets that are not TCP, by protocol, with the word that stands for each. */
export function otherStates(): {
  readonly protocol: Protocol;
  readonly words: readonly { readonly word: string; readonly text: Statement }[];
}[] {
  return Object.entries(STATES).map(([protocol, words]) => ({
    protocol: protocol as Protocol,
    words: Object.entries(words).map(([word, text]) => ({ word, text })),
  }));
}

/** What is said where there is nothing to look up. */
export const OTHER_STATE_TEXTS = {
  unknown: say(
    'No known tool prints this word. If it is a translation, the rest of the row is still used.',
    'net-tools',
  ),
};
