import { classOfAddress } from '../../knowledge/addressClasses';
import { embeddedIpv4, isAnyAddress } from '../../vocabulary/address';
import { exposureOf, ianaNameOf, PORT_TEXTS, serviceOf } from '../../knowledge/ports';
import { label, say } from '../../wording/statement';
import { systemKnowledge, systemName } from '../../knowledge/systems';
import type { System } from '../../vocabulary/system';
import { INTERNET_PROTOCOLS } from '../../vocabulary/protocol';
import type { Endpoint, Socket } from '../../model/socket';
import type { Explanation } from '../explanation';
import { placeOf, RowFacts } from '../facts';
import { sideText } from '../state';
import type { Localizer, Text } from '../../wording/text';
import type { FieldTarget } from '../target';
import { simple } from './simple';

const LABELS = {
  address: label('field.address', '**{address}** ({kind})'),
  plain: label('field.plain', '**{address}**'),
  decoded: label('field.address-decoded', '**{token} = {address}** ({kind})'),
  port: label('field.port', '**Port {port}**'),
  portDecoded: label('field.port-decoded', '**Port {token} = {port}**'),
  scope: label('field.scope', '**{scope}**'),
};

const SAYS = {
  nobody: say(
    'address.nobody',
    'Nobody is connected: a wildcard in place of the other end.',
    'netstat.8',
    'ss.8',
  ),
  listenAll: say(
    'address.listen-all',
    '**Reachable from every network** that this host is on, as far as the firewall allows.',
    'rfc1122',
    'rfc4291',
  ),
  listenOne: say('address.listen-one', 'Reachable only through this address.', 'ip.7'),
  listenLoopback: say(
    'address.listen-loopback',
    'Reachable only from this host.',
    'rfc1122',
    'rfc4291',
  ),
  truncated: say(
    'address.truncated',
    'Not a whole address: the tool has cut it off to fit its column. Linux netstat shows all of it with `--wide`, macOS with `-W`.',
    'netstat.8',
    'macos-netstat.1',
  ),
  name: say(
    'address.name',
    'A host name in place of the address; option `-n` shows the address, and is faster.',
    'netstat.8',
    'ss.8',
  ),
  embedded: say(
    'address.embedded',
    'The IPv4 address in it: {address}.',
    'rfc4291',
    'rfc6052',
    'rfc3056',
  ),
  path: say(
    'address.path',
    'The path of a UNIX socket; one that begins with `@` is not in the file system.',
    'unix.7',
  ),
  unnamed: say('address.unix-peer', 'The inode of the other end.', 'ss.8'),
  here: say(
    'address.here',
    'It is an address of this host: the other end is {place}.',
    'rfc9293-3.3.1',
  ),
  udpPeer: say('address.udp-any', 'Any sender: the UDP socket is not connected to one.', 'udp.7'),
  scope: say(
    'address.scope',
    'The interface (or its number) that the address belongs to. Link-local addresses need it, for they exist on every interface.',
    'rfc4007',
  ),
  boundDevice: say(
    'address.device',
    'The interface that the socket is bound to.',
    'iproute2-ss',
    'socket.7',
  ),
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
    return simple(localizer.format(LABELS.plain, { address: token }), [
      localizer.say(cut ? SAYS.truncated : SAYS.name),
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
          ? SAYS.listenAll
          : kind.id === 'loopback'
            ? SAYS.listenLoopback
            : SAYS.listenOne,
      ),
    );
    evidence.push(...exposureText(endpoint, kind.id === 'loopback', localizer));
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

/** Whether anybody may send to it: a listening socket, and UDP that is not connected. */
function isOpenToAll({ state, protocol, remote }: Socket): boolean {
  return (
    state === 'LISTEN' || (protocol === 'udp' && (remote === null || isAnyAddress(remote.address)))
  );
}

/** What is to be said where a listener is open to other hosts. */
function exposureText(local: Endpoint, loopback: boolean, localizer: Localizer): Text[] {
  const exposure = loopback || local.port === null ? null : exposureOf(local.port);
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
    ...(listening && !remote
      ? exposureText(socket.local, isLoopback(socket.local), localizer)
      : []),
  ];
  return simple(title, lead, { evidence });
}

/** The kernel's own lists have ports in hexadecimal. */
function portTitle(port: number | null, token: string, localizer: Localizer): Text {
  return port === null || token === String(port)
    ? localizer.format(LABELS.port, { port: token })
    : localizer.format(LABELS.portDecoded, { token, port: String(port) });
}

function isLoopback({ address }: Endpoint): boolean {
  return classOfAddress(address)?.id === 'loopback';
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
  if (remote && port >= LINUX_FIRST) {
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
    ...(port < 1024 && system !== 'windows' ? [localizer.say(PORT_TEXTS.privileged)] : []),
    ...(known ? [] : [localizer.say(PORT_TEXTS.unknown)]),
  ];
}

/** The lowest port that any widespread system gives to outgoing connections by default. */
const LINUX_FIRST = 32768;

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
