import { type Advice, LINUX, MACOS, on, WINDOWS } from '../../knowledge/advice';
import { label, say } from '../../wording/statement';

export const TEXTS = {
  title: label('**{transport} port {port}**'),
  titleOfHost: label('**{transport} port {port}** on {host}'),
  noListener: say('No socket listens on it.', 'rfc9293-3.3.2'),
  listenerUnknown: say(
    'This dump does not show whether a socket listens on it.',
    'general-practice',
  ),
  listener: say('**{program}** listens on {local}.', 'rfc9293-3.3.2'),
  listenerUnseen: say('A socket listens on {local}. Its process is not shown.', 'rfc9293-3.3.2'),
  receiver: say('**{program}** receives datagrams on {local}.', 'rfc768'),
  receiverUnseen: say(
    'A socket receives datagrams on {local}. Its process is not shown.',
    'rfc768',
  ),
  alsoHeld: say('The same socket is also held by {programs}.', 'fork.2'),
  more: say('Further sockets that use the port in this way: {count}.', 'rfc9293-3.3.1'),
  connections: say('Connections on the port: {count}.', 'rfc9293-3.3.1'),
  bound: say(
    '**{program}** has bound a socket to {local}, which neither listens nor is connected.',
    'ms-tcpstate',
    'ss.8',
  ),
  boundUnseen: say(
    'A socket is bound to {local}, and neither listens nor is connected. Its process is not shown.',
    'ms-tcpstate',
    'ss.8',
  ),
  timeWait: say('Closed connections of {local} are in TIME_WAIT: {count}.', 'rfc9293-3.6.1'),
  noProgram: say(
    'No program holds a connection in TIME_WAIT, so there is none to stop. The kernel keeps it until it expires.',
    'rfc9293-3.6.1',
    'measured',
  ),
  connection: say(
    '**{program}** uses it for a connection in {state}: {local} to {remote}.',
    'rfc9293-3.3.1',
  ),
  connectionUnseen: say(
    'A connection in {state} uses it: {local} to {remote}. Its process is not shown.',
    'rfc9293-3.3.1',
  ),
  peerOnly: say('**{program}** uses it for datagrams between {local} and {remote} only.', 'udp.7'),
  peerOnlyUnseen: say(
    'A socket uses it for datagrams between {local} and {remote} only. Its process is not shown.',
    'udp.7',
  ),
  excluded: say(
    'No socket uses it. Windows has reserved the ports {from} to {to}, as it does for Hyper-V, WSL, and Docker.',
    'ms-netsh-interface',
    'general-practice',
  ),
  excludedAccess: say(
    'bind() to a port of such a range fails with WSAEACCES (10013).',
    'general-practice',
  ),
  notFound: say('No socket listed here has this local port.', 'general-practice'),
  notFoundAt: say('No socket listed here has this port on this address.', 'general-practice'),
  filtered: say(
    'Rows are missing from this dump: it does not show whether the port is free.',
    'general-practice',
  ),
  noListeners: say(
    'This dump has no row in LISTEN: netstat and ss leave listening sockets out unless they are asked for (`-a`).',
    'netstat.8',
    'ss.8',
  ),
  notListed: say(
    'This dump lists no {transport} socket, so it does not show whether {transport} uses the port.',
    'general-practice',
  ),
  earlier: say(
    'This is from snapshot {number} of {count}: later ones list no {transport} socket.',
    'general-practice',
  ),
  names: say(
    'This dump shows some ports by name. Run the tool with `-n` to see their numbers.',
    'netstat.8',
    'ss.8',
  ),
  flows: say(
    'This dump lists connections that passed by, not the sockets of a host.',
    'conntrack8',
  ),
};

/** On Linux: which sockets may have the same address and port (inet_rcv_saddr_equal, sk_reuse). */
export const REUSE: readonly Advice[] = [
  on(
    LINUX,
    say(
      'bind() to the same address, or to all addresses, fails unless this socket and the new one both have SO_REUSEADDR, or both SO_REUSEPORT.',
      'linux-connection-sock',
      'measured',
    ),
  ),
];

/** The same for TCP; a bound socket of UDP has a row. */
export const INACTIVE: readonly Advice[] = [
  on(
    LINUX,
    say(
      'A socket that is bound, and neither listens nor is connected, is in no list of netstat.',
      'linux-proc-net-tcp',
      'ss.8',
    ),
  ),
];

/** Where a port may be in use without a row that shows it. */
export const ELSEWHERE: readonly Advice[] = [
  on(
    LINUX,
    say(
      'Another network namespace may use it, such as that of a container: netstat and ss list only one namespace.',
      'network-namespaces.7',
    ),
  ),
  on(
    WINDOWS,
    say(
      'A container or WSL may use it in a network of its own, or Windows has reserved it.',
      'general-practice',
    ),
  ),
  on(
    MACOS,
    say(
      'Containers on macOS run in a virtual machine: what listens there is not in this list.',
      'docker-desktop',
    ),
  ),
];
