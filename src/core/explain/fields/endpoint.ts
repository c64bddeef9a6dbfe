import { classOfAddress } from '../../knowledge/addressClasses';
import { embeddedIpv4, isAnyAddress, isLoopback } from '../../vocabulary/address';
import { adviceOn, LINUX, MACOS, on } from '../../knowledge/advice';
import { ianaNameOf, PORT_TEXTS, PRIVILEGED, serviceOf } from '../../knowledge/ports';
import { exposureOf } from '../../knowledge/sensitivePorts';
import { label, say, type Statement } from '../../wording/statement';
import { systemKnowledge, systemName } from '../../knowledge/systems';
import type { System } from '../../vocabulary/system';
import { INTERNET_PROTOCOLS } from '../../vocabulary/protocol';
import type { Endpoint, Socket } from '../../model/socket';
import type { Explanation } from '../explanation';
import { placeOf, RowFacts } from '../facts';
import { addressesOf } from '../situations/open';
import { sideText } from '../stateSections';
import type { Localizer, Text } from '../../wording/text';
import type { FieldTarget } from '../target';
import { simple } from './simple';

const LABELS = {
  address: label('**{address}** ({kind})'),
  plain: label('**{address}**'),
  decoded: label('**{token} = {address}** ({kind})'),
  port: label('**Port {port}**'),
  portDecoded: label('**Port {token} = {port}**'),
  scope: label('**{scope}**'),
};

const SAYS = {
  nobody: say(
    'No peer is connected: a wildcard stands instead of the other end.',
    'netstat.8',
    'ss.8',
  ),
  listenAll: say(
    '**Reachable through every address** of this host of that family, as far as the firewall allows.',
    'rfc1122',
    'rfc4291',
  ),
  listenBoth: say(
    '**Reachable through every address** of this host, IPv4 and IPv6, as far as the firewall allows.',
    'rfc1122',
    'rfc4291',
  ),
  listenDual: say(
    '**Reachable through every IPv6 address** of this host, and through every IPv4 address unless IPV6_V6ONLY is set, as far as the firewall allows.',
    'rfc4291',
    'measured',
  ),
  listenOne: say('Reachable only through this address.', 'ip.7'),
  listenLoopback: say('Reachable only from this host.', 'rfc1122', 'rfc4291'),
  truncated: say(
    'Cut off: the tool has shortened the address to fit its column.',
    'netstat.8',
    'macos-netstat.1',
  ),
  wholeLinux: say('netstat shows all of it with `--wide`.', 'netstat.8'),
  wholeMacos: say('netstat shows all of it with `-W`.', 'macos-netstat.1'),
  name: say(
    'A host name instead of the address; option `-n` shows the address, and is faster.',
    'netstat.8',
    'ss.8',
  ),
  embedded: say('Embedded IPv4 address: {address}.', 'rfc4291', 'rfc6052', 'rfc3056'),
  path: say(
    'The path of a UNIX socket. A path that begins with `@` is not in the file system.',
    'unix.7',
  ),
  unnamed: say('The inode of the other end.', 'ss.8'),
  here: say('This is an address of this host. The other end is {place}.', 'rfc9293-3.3.1'),
  udpPeer: say('Any sender: this UDP socket is not connected to a peer.', 'udp.7'),
  scope: say(
    'The interface (or its number) that the address belongs to. Link-local addresses need it, because they exist on every interface.',
    'rfc4007',
  ),
  boundDevice: say('The interface that the socket is bound to.', 'iproute2-ss', 'socket.7'),
};

/** Explains an address, with its class and what it means where it stands. */
export function explainAddress(
  target: FieldTarget,
  remote: boolean,
  localizer: Localizer,
): Explanation | null {
  const { socket, context, token } = target;
  const endpoint = remote ? socket.remote : socket.local;
  if (endpoint === null) {
    return null;
  }
  if (!INTERNET_PROTOCOLS.has(socket.protocol)) {
    return socket.protocol === 'unix'
      ? simple(localizer.format(LABELS.plain, { address: token }), [
          localizer.say(/^\d+$/.test(token) ? SAYS.unnamed : SAYS.path),
        ])
      : null;
  }
  const row = new RowFacts(socket, context, localizer);
  const { address } = endpoint;
  if (remote && isAnyAddress(address)) {
    const text = socket.protocol === 'tcp' ? SAYS.nobody : SAYS.udpPeer;
    return simple(localizer.format(LABELS.plain, { address: token }), [localizer.say(text)]);
  }
  const kind = classOfAddress(address === '*' || address === '' ? '0.0.0.0' : address);
  if (kind === null) {
    const cut = address.includes(':');
    const whole = [on(LINUX, SAYS.wholeLinux), on(MACOS, SAYS.wholeMacos)];
    return simple(localizer.format(LABELS.plain, { address: token }), [
      localizer.say(cut ? SAYS.truncated : SAYS.name),
      ...(cut ? adviceOn(context.system, whole).map(text => localizer.say(text)) : []),
    ]);
  }
  const listening = !remote && isOpenToAll(socket);
  // "Any address" says less than what it means for a listener.
  const lead = listening && isAnyAddress(address) ? [] : [localizer.say(kind.text)];
  const evidence: Text[] = [];
  const inner = embeddedIpv4(address);
  if (inner !== null) {
    lead.push(localizer.say(SAYS.embedded, { address: inner }));
  }
  if (listening) {
    lead.push(
      localizer.say(
        isAnyAddress(address)
          ? listenText(row)
          : isLoopback(address)
            ? SAYS.listenLoopback
            : SAYS.listenOne,
      ),
    );
    evidence.push(...exposureText(endpoint, localizer));
  }
  const other = remote ? row.otherEnd : null;
  if (other !== null) {
    evidence.push(localizer.say(SAYS.here, { place: placeOf(other, localizer) }));
  }
  const words = { address: token, kind: localizer.format(kind.name) };
  return simple(
    token.includes(address)
      ? localizer.format(LABELS.address, words)
      : localizer.format(LABELS.decoded, { ...words, token, address }),
    lead,
    { evidence },
  );
}

/** Whether any peer may send to it: a listening socket, and UDP that is not connected. */
function isOpenToAll({ state, protocol, remote }: Socket): boolean {
  return (
    state === 'LISTEN' || (protocol === 'udp' && (remote === null || isAnyAddress(remote.address)))
  );
}

/** What a socket on any address is reachable through. */
function listenText(row: RowFacts): Statement {
  switch (addressesOf(row.socket, row.context)) {
    case 'both':
      return SAYS.listenBoth;
    case 'dual':
    case 'dual elsewhere':
      return SAYS.listenDual;
    default:
      return SAYS.listenAll;
  }
}

/** What is to be said where a listener is open to other hosts. */
function exposureText({ address, port }: Endpoint, localizer: Localizer): Text[] {
  const exposure = port === null || isLoopback(address) ? null : exposureOf(port);
  return exposure === null ? [] : [localizer.say(exposure.text)];
}

/** Explains a port: what runs there in practice, its range, and which end is the server. */
export function explainPort(
  target: FieldTarget,
  remote: boolean,
  localizer: Localizer,
): Explanation | null {
  const { socket, context, token } = target;
  const endpoint = remote ? socket.remote : socket.local;
  if (endpoint === null || !INTERNET_PROTOCOLS.has(socket.protocol)) {
    return null;
  }
  const title = portTitle(endpoint.port, token, localizer);
  if (socket.protocol === 'raw' || socket.protocol === 'icmp') {
    return simple(title, [localizer.say(PORT_TEXTS.raw)]);
  }
  const { port } = endpoint;
  if (port === null) {
    const any = socket.protocol === 'tcp' ? PORT_TEXTS.any : PORT_TEXTS.anySender;
    return simple(title, [localizer.say(token === '*' ? any : PORT_TEXTS.service)]);
  }
  if (port === 0) {
    return simple(title, [localizer.say(PORT_TEXTS.zero)]);
  }
  const row = new RowFacts(socket, context, localizer);
  const lead = serviceText(port, socket.protocol === 'udp' ? 'udp' : 'tcp', localizer);
  const listening = socket.state === 'LISTEN';
  const known = lead.length > 0 || listening;
  lead.push(...rangeText(port, { system: context.system, remote, known }, localizer));
  const evidence = [
    ...sideText(row, localizer),
    ...(listening && !remote ? exposureText(socket.local, localizer) : []),
  ];
  return simple(title, lead, { evidence });
}

/** The kernel's own lists have ports in hexadecimal. */
function portTitle(port: number | null, token: string, localizer: Localizer): Text {
  return port === null || token === String(port)
    ? localizer.format(LABELS.port, { port: token })
    : localizer.format(LABELS.portDecoded, { token, port: String(port) });
}

function serviceText(port: number, transport: 'tcp' | 'udp', localizer: Localizer): Text[] {
  const name = serviceOf(port, transport);
  if (name === null) {
    return [];
  }
  const iana = ianaNameOf(port);
  return [
    localizer.say(PORT_TEXTS.practice, { name }),
    ...(iana === null ? [] : [localizer.say(PORT_TEXTS.iana, { name: iana })]),
  ];
}

/** What the range that a port is from says. */
function rangeText(
  port: number,
  { system, remote, known }: { system: System | null; remote: boolean; known: boolean },
  localizer: Localizer,
): Text[] {
  if (remote && port >= COMMON_FIRST) {
    // The system of the other end is not known.
    return [localizer.say(PORT_TEXTS.remoteEphemeral)];
  }
  const range = systemKnowledge(system);
  if (
    system !== null &&
    range?.ephemeral &&
    range.ephemeralText &&
    !remote &&
    port >= range.ephemeral[0] &&
    port <= range.ephemeral[1]
  ) {
    const words = { system: systemName(system), range: localizer.say(range.ephemeralText) };
    return [localizer.say(PORT_TEXTS.ephemeral, words)];
  }
  return [
    localizer.say(
      port < 1024 ? PORT_TEXTS.system : port < 49152 ? PORT_TEXTS.user : PORT_TEXTS.dynamic,
    ),
    ...(port < 1024 && !remote
      ? adviceOn(system, PRIVILEGED).map(text => localizer.say(text))
      : []),
    ...(known ? [] : [localizer.say(PORT_TEXTS.unknown)]),
  ];
}

/** From here on ports are more often of an outgoing connection than of a service (Linux). */
const COMMON_FIRST = 32768;

/** Explains the interface or zone after `%`. */
export function explainScope(
  target: FieldTarget,
  remote: boolean,
  localizer: Localizer,
): Explanation {
  const endpoint = remote ? target.socket.remote : target.socket.local;
  const linkLocal = classOfAddress(endpoint?.address ?? '')?.id === 'link-local';
  return simple(localizer.format(LABELS.scope, { scope: target.token }), [
    localizer.say(linkLocal ? SAYS.scope : SAYS.boundDevice),
  ]);
}
