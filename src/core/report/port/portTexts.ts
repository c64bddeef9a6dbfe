import { type Advice, LINUX, MACOS, on, WINDOWS } from '../../knowledge/advice';
import { label, say } from '../../wording/statement';

export const TEXTS = {
  title: label('port-use.title', '**{transport} port {port}**'),
  titleOfHost: label('port-use.title-of-host', '**{transport} port {port}** on {host}'),
  noListener: say('port-use.no-listener', 'No socket listens on it.', 'rfc9293-3.3.2'),
  listenerUnknown: say(
    'port-use.listener-unknown',
    'This dump does not show whether a socket listens on it.',
    'general-practice',
  ),
  listener: say('port-use.listener', '**{program}** listens on {local}.', 'rfc9293-3.3.2'),
  listenerUnseen: say(
    'port-use.listener-unseen',
    'A socket listens on {local}. Its process is not shown.',
    'rfc9293-3.3.2',
  ),
  receiver: say('port-use.receiver', '**{program}** receives datagrams on {local}.', 'rfc768'),
  receiverUnseen: say(
    'port-use.receiver-unseen',
    'A socket receives datagrams on {local}. Its process is not shown.',
    'rfc768',
  ),
  alsoHeld: say('port-use.also-held', 'The same socket is also held by {programs}.', 'fork.2'),
  more: say(
    'port-use.more',
    'Further sockets that use the port in this way: {count}.',
    'rfc9293-3.3.1',
  ),
  connections: say('port-use.connections', 'Connections on the port: {count}.', 'rfc9293-3.3.1'),
  bound: say(
    'port-use.bound',
    '**{program}** has bound a socket to {local}, which neither listens nor is connected.',
    'ms-tcpstate',
    'ss.8',
  ),
  boundUnseen: say(
    'port-use.bound-unseen',
    'A socket is bound to {local}, and neither listens nor is connected. Its process is not shown.',
    'ms-tcpstate',
    'ss.8',
  ),
  timeWait: say(
    'port-use.time-wait',
    'Closed connections of {local} are in TIME_WAIT: {count}.',
    'rfc9293-3.6.1',
  ),
  noProgram: say(
    'port-use.no-program',
    'No program holds a connection in TIME_WAIT, so there is none to stop. The kernel keeps it until it expires.',
    'rfc9293-3.6.1',
    'measured',
  ),
  connection: say(
    'port-use.connection',
    '**{program}** uses it for a connection in {state}: {local} to {remote}.',
    'rfc9293-3.3.1',
  ),
  connectionUnseen: say(
    'port-use.connection-unseen',
    'A connection in {state} uses it: {local} to {remote}. Its process is not shown.',
    'rfc9293-3.3.1',
  ),
  peerOnly: say(
    'port-use.peer-only',
    '**{program}** uses it for datagrams between {local} and {remote} only.',
    'udp.7',
  ),
  peerOnlyUnseen: say(
    'port-use.peer-only-unseen',
    'A socket uses it for datagrams between {local} and {remote} only. Its process is not shown.',
    'udp.7',
  ),
  excluded: say(
    'port-use.excluded',
    'No socket uses it. Windows has reserved the ports {from} to {to}, as it does for Hyper-V, WSL, and Docker.',
    'ms-netsh-interface',
    'general-practice',
  ),
  excludedAccess: say(
    'port-use.excluded-access',
    'bind() to a port of such a range fails with WSAEACCES (10013).',
    'general-practice',
  ),
  notFound: say(
    'port-use.not-found',
    'No socket listed here has this local port.',
    'general-practice',
  ),
  notFoundAt: say(
    'port-use.not-found-at',
    'No socket listed here has this port on this address.',
    'general-practice',
  ),
  filtered: say(
    'port-use.filtered',
    'Rows are missing from this dump: it does not show whether the port is free.',
    'general-practice',
  ),
  noListeners: say(
    'port-use.no-listeners',
    'This dump has no row in LISTEN: netstat and ss leave listening sockets out unless they are asked for (`-a`).',
    'netstat.8',
    'ss.8',
  ),
  notListed: say(
    'port-use.not-listed',
    'This dump lists no {transport} socket, so it does not show whether {transport} uses the port.',
    'general-practice',
  ),
  earlier: say(
    'port-use.earlier',
    'This is from snapshot {number} of {count}: later ones list no {transport} socket.',
    'general-practice',
  ),
  names: say(
    'port-use.names',
    'This dump shows some ports by name. Run the tool with `-n` to see their numbers.',
    'netstat.8',
    'ss.8',
  ),
  flows: say(
    'port-use.flows',
    'This dump lists connections that passed by, not the sockets of a host.',
    'conntrack8',
  ),
};

/** On Linux: which sockets may have the same address and port (inet_rcv_saddr_equal, sk_reuse). */
export const REUSE: readonly Advice[] = [
  on(
    LINUX,
    say(
      'port-use.reuse',
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
      'port-use.inactive',
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
      'port-use.namespace',
      'Another network namespace may use it, such as that of a container: netstat and ss list only one namespace.',
      'network-namespaces.7',
    ),
  ),
  on(
    WINDOWS,
    say(
      'port-use.windows-elsewhere',
      'A container or WSL may use it in a network of its own, or Windows has reserved it.',
      'general-practice',
    ),
  ),
  on(
    MACOS,
    say(
      'port-use.macos-elsewhere',
      'Containers on macOS run in a virtual machine: what listens there is not in this list.',
      'docker-desktop',
    ),
  ),
];
