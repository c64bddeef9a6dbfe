import type { TcpState } from '../vocabulary/state';
import { say, type Statement, whileItLasts } from '../wording/statement';
import { type Advice, FREEBSD, LINUX, MACOS, on, UNIX, WINDOWS } from './advice';
import type { LimitId } from './systems';

/** Which end sent the first FIN. */
export type ClosedFirst = 'local' | 'remote' | 'both' | 'nobody';

/** Who has to act next. */
export type Actor =
  'program' | 'peer-program' | 'either-program' | 'peer-kernel' | 'kernel-timer' | 'nobody';

/** A runtime that causes and remedies are told for; `any` for all. */
export type Runtime = 'any' | 'java' | 'node' | 'python' | 'go' | 'dotnet' | 'c';

/** How runtimes are called on the page. */
export const RUNTIME_NAMES: Readonly<Record<Runtime, string>> = {
  any: 'Anywhere',
  java: 'Java',
  node: 'Node.js',
  python: 'Python',
  go: 'Go',
  dotnet: '.NET',
  c: 'C',
};

/** Placeholders that every statement about a row may use; `here` is the program or "this end". */
export type RowWords = 'program' | 'here' | 'remote' | 'local';

/** Which end of a connection a program is: the one that connected, or that accepted. */
type End = 'client' | 'server';

interface RuntimeAdvice {
  readonly runtime: Runtime;
  /** Null where it is for both ends. */
  readonly end: End | null;
  readonly advice: Advice;
  /** What it is about besides: a protocol, pools, or what only helps for the moment. */
  readonly about?: readonly AdviceAbout[];
}

/** What advice is only for: HTTP, connection pools; or that it clears what it does not mend. */
type AdviceAbout = 'http' | 'pool' | 'clearing';

/** Whether a socket in a state takes up something. */
type Takes = 'yes' | 'no' | 'while owned' | 'client side';

/** What a socket in a state costs. */
interface Cost {
  /** A file descriptor (Windows: a handle) of a process; it counts against `ulimit -n`. */
  readonly descriptor: Takes;
  /** A worker of a server that gives each connection a thread or process. */
  readonly worker: Takes;
  /** One port of the range for outgoing connections. */
  readonly ephemeralPort: Takes;
  /** True on every system. */
  readonly text: Statement;
  /** What else it costs on some systems. */
  readonly more?: readonly Advice[];
}

/** All that is known of a TCP state, whatever the row. */
export interface StateKnowledge {
  readonly state: TcpState;
  /** What RFC 9293 (or, for the others, the system) means by it. */
  readonly meaning: Statement;
  readonly closedFirst: ClosedFirst;
  readonly turn: Actor;
  /** What stands first in a hover: what happened. */
  readonly happened: Statement<RowWords>;
  /** Whose turn it is, and what they have to do. */
  readonly next: Statement<RowWords>;
  /** The last segments that this end sent and received. */
  readonly last: Statement | null;
  /** What ends it, on every system first. */
  readonly ends: readonly Advice[];
  /** The clock that ends it by itself; null if nothing does. */
  readonly limit: LimitId | null;
  readonly normal: Statement;
  readonly suspicious: readonly Advice[];
  readonly advice: readonly RuntimeAdvice[];
  readonly myths: readonly Advice[];
  readonly cost: Cost | null;
}

function advise(runtime: Runtime, ...all: Advice[]): RuntimeAdvice[] {
  return all.map(advice => ({ runtime, end: null, advice }));
}

function adviseOnly(end: End, runtime: Runtime, ...all: Advice[]): RuntimeAdvice[] {
  return all.map(advice => ({ runtime, end, advice }));
}

function about(kinds: readonly AdviceAbout[], all: readonly RuntimeAdvice[]): RuntimeAdvice[] {
  return all.map(entry => ({ ...entry, about: kinds }));
}

const LISTEN: StateKnowledge = {
  state: 'LISTEN',
  meaning: say('A server socket: it waits for connection requests from any peer.', 'rfc9293-3.3.2'),
  closedFirst: 'nobody',
  turn: 'nobody',
  happened: say('**{program} waits for connections** on {local}.', 'rfc9293-3.3.2'),
  next: say(
    'Waiting for clients; {program} has to call accept() for each.',
    'rfc9293-3.5',
    'listen.2',
  ),
  last: null,
  ends: [say('Ends when the program closes the socket or exits.', 'rfc9293-3.3.2', 'linux-tcp')],
  limit: null,
  normal: say('Normal for as long as the service runs.', 'rfc9293-3.3.2'),
  suspicious: [
    say(
      'A database or admin port on all addresses: anyone who can reach this host can connect.',
      'rfc4291',
      'rfc1122',
    ),
    on(
      LINUX,
      say(
        'Recv-Q stays above 0: connections are ready, and the program is not accepting them.',
        'linux-tcp-diag',
        'measured',
      ),
    ),
    on(
      [...MACOS, ...FREEBSD],
      say(
        '`netstat -L` shows connections in its queue (the first number) every time: the program is not accepting them.',
        'macos-netstat.1',
      ),
    ),
  ],
  advice: advise(
    'any',
    say(
      'Bind to 127.0.0.1 or ::1 what only this host uses, and protect the rest with a firewall.',
      'general-practice',
    ),
    on(
      LINUX,
      say(
        "The accept queue holds the smaller of listen()'s backlog and `net.core.somaxconn` (4096, 128 before 5.4), plus one. Find out why accept() is slow before you raise both.",
        'listen.2',
        'linux-ip-sysctl',
        'linux-sock-h',
      ),
    ),
  ),
  myths: [
    say(
      '"LISTEN on 0.0.0.0 means that a client is connected." It says on which addresses the program waits.',
      'rfc9293-3.3.2',
    ),
  ],
  cost: {
    descriptor: 'yes',
    worker: 'no',
    ephemeralPort: 'no',
    text: say(
      'A descriptor and its port. Its accept queue holds the connections that the program has not accepted yet.',
      'linux-tcp-diag',
      'listen.2',
    ),
  },
};

const SYN_SENT: StateKnowledge = {
  state: 'SYN-SENT',
  meaning: say('A connection request was sent and has not been answered.', 'rfc9293-3.3.2'),
  closedFirst: 'nobody',
  turn: 'peer-kernel',
  happened: say(
    '**{program} is connecting to {remote}**: the SYN was sent, and nothing has come back.',
    'rfc9293-3.3.2',
  ),
  next: say(
    'Waiting for {remote} to answer SYN,ACK, or RST if the port is closed.',
    'rfc9293-3.5',
    'rfc9293-3.5.2',
  ),
  last: say('Sent: SYN. Received: nothing.', 'rfc9293-3.5'),
  ends: [
    say(
      'Ends with an answer, an ICMP error, close(), or the timeout.',
      'rfc9293-3.3.2',
      'rfc9293-3.8.3',
    ),
  ],
  limit: 'syn-sent',
  normal: say('Normal for one round trip, less than a second.', 'rfc9293-3.5'),
  suspicious: [
    say(
      'Seen twice, or many to one remote address: a firewall drops packets, the host is down, or its accept queue is full. A closed port would have refused at once.',
      'rfc9293-3.5.2',
      'measured',
    ),
    on(
      WINDOWS,
      say(
        'The system tries again for about 2 s after a refusal, so a short SYN_SENT may also be a closed port (not measured by us).',
        'general-practice',
      ),
    ),
    say(
      'Many remote addresses from one program: a crawler, monitoring of targets that are down, a scan, or a worm.',
      'general-practice',
    ),
  ],
  advice: [
    ...advise(
      'any',
      say(
        'Check route, firewall and security group. On the server, check whether the program is accepting connections.',
        'measured',
        'general-practice',
      ),
      say(
        "Set a connect timeout in the program: the kernel's is 20 s to 3 min.",
        'linux-ip-sysctl',
        'xnu-timer',
        'windows-syn-measured',
        'illumos',
      ),
    ),
    ...advise(
      'java',
      say(
        '`socket.connect(address, millis)`; `HttpClient.newBuilder().connectTimeout(…)`.',
        'java-socket',
        'java-http-client',
      ),
    ),
    ...advise(
      'node',
      say(
        "`net.connect()` has no timeout: use `socket.setTimeout()` and destroy the socket on 'timeout', or an AbortSignal. fetch() gives up after 10 s; autoSelectFamily gives each address but the last 250 ms.",
        'nodejs-net',
        'undici-client',
      ),
    ),
    ...advise(
      'python',
      say(
        '`socket.create_connection(address, timeout=…)`; `requests.get(url, timeout=(3, 30))`.',
        'python-socket',
        'python-requests',
      ),
    ),
    ...advise('go', say('`Timeout` of `net.Dialer`.', 'go-net')),
    ...advise('dotnet', say('`SocketsHttpHandler.ConnectTimeout`.', 'dotnet-handler')),
    ...advise(
      'c',
      say(
        'connect() on a non-blocking socket, then poll() or select() with a timeout.',
        'connect.2',
      ),
    ),
  ],
  myths: [
    say(
      '"The port is closed." A closed port answers RST, and the socket disappears. SYN_SENT that stays is silence.',
      'rfc9293-3.5.2',
    ),
  ],
  cost: {
    descriptor: 'yes',
    worker: 'no',
    ephemeralPort: 'yes',
    text: say(
      'A descriptor, a local port, and a thread where connect() blocks.',
      'linux-tcp',
      'connect.2',
    ),
  },
};

const SYN_RECEIVED: StateKnowledge = {
  state: 'SYN-RECEIVED',
  meaning: say(
    'A connection request came and was answered; the handshake is not complete here.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'nobody',
  turn: 'peer-kernel',
  happened: say(
    '**{remote} asks to connect to {local}**: its SYN came, and SYN,ACK was sent.',
    'rfc9293-3.3.2',
  ),
  next: say(
    'Waiting for the last ACK of the handshake from {remote}. No program is involved yet.',
    'rfc9293-3.5',
  ),
  last: say('Received: SYN. Sent: SYN,ACK.', 'rfc9293-3.5'),
  ends: [
    say('Ends with the ACK, a RST, or the timeout.', 'rfc9293-3.3.2'),
    on(
      LINUX,
      say(
        'While the accept queue is full, the ACK is dropped and does not end it.',
        'linux-tcp-ipv4',
        'measured',
      ),
    ),
  ],
  limit: 'syn-received',
  normal: say('Normal for one round trip, less than a second.', 'rfc9293-3.5'),
  suspicious: [
    say(
      'Many, from many remote addresses, and few ESTABLISHED on that port: a program that is not accepting, a broken return path, or a SYN flood.',
      'linux-tcp-input',
      'measured',
      'general-practice',
    ),
    say(
      'From one or two remote addresses, in several dumps: the accept queue may be full, or SYN,ACK or ACK may be lost by asymmetric routing or a firewall.',
      'rfc9293-3.5',
      'measured',
      'general-practice',
    ),
    on(
      LINUX,
      say(
        'The ACK came and was dropped if the accept queue is full: SYN,ACK is repeated although the client is already ESTABLISHED. Compare Recv-Q with Send-Q of the listener in `ss -tln`.',
        'linux-tcp-ipv4',
        'measured',
      ),
    ),
    on(
      LINUX,
      say(
        'A listening socket has no more of them than its backlog plus one, so a small number can already be the limit.',
        'linux-connection-sock-h',
        'measured',
      ),
    ),
  ],
  advice: advise(
    'any',
    say(
      'Check first whether the listening program is accepting connections. Filter floods before they reach this host.',
      'measured',
      'general-practice',
    ),
    on(
      LINUX,
      say(
        'Leave `tcp_syncookies` on (the default), and raise the listen() backlog and `net.core.somaxconn`. With `tcp_abort_on_overflow` a client gets a RST while the accept queue is full.',
        'linux-ip-sysctl',
      ),
    ),
  ),
  myths: [
    on(
      LINUX,
      say(
        '"Raise tcp_max_syn_backlog." Alone it does nothing while syncookies are on; the cap is the listen() backlog.',
        'linux-connection-sock-h',
        'linux-tcp-input',
        'measured',
      ),
    ),
    on(
      LINUX,
      say(
        '"Retransmissions mean that the ACK is lost." With a full accept queue it came and was dropped. With TCP_DEFER_ACCEPT the server waits for the first data of a client that is ESTABLISHED.',
        'measured',
        'tcp.7',
      ),
    ),
  ],
  cost: {
    descriptor: 'no',
    worker: 'no',
    ephemeralPort: 'no',
    text: say(
      "A little kernel memory and a slot in the listener's SYN queue. No program knows of it.",
      'linux-tcp-ipv4',
      'linux-connection-sock-h',
    ),
  },
};

const ESTABLISHED: StateKnowledge = {
  state: 'ESTABLISHED',
  meaning: say('An open connection: data can go both ways.', 'rfc9293-3.3.2'),
  closedFirst: 'nobody',
  turn: 'either-program',
  happened: say('**{program} and {remote} are connected**; neither has closed.', 'rfc9293-3.3.2'),
  next: say(
    'Either program may send or close. The state does not prove that the peer is still there.',
    'rfc9293-3.5.1',
    'rfc9293-3.8.4',
  ),
  last: say('Data and ACKs; no FIN in either direction.', 'rfc9293-3.3.2'),
  ends: [say('Ends with close() at either end, a reset, or a timeout.', 'rfc9293-3.3.2')],
  limit: null,
  normal: say('Normal for as long as it is used.', 'rfc9293-3.3.2'),
  suspicious: [
    on(
      UNIX,
      say(
        'Recv-Q large and unchanged in the next dump: the program here is not reading.',
        'linux-tcp-diag',
        'measured',
      ),
    ),
    on(
      UNIX,
      say(
        'Send-Q large and unchanged in the next dump: the peer is not reading, or is not answering.',
        'linux-tcp-timer',
        'measured',
      ),
    ),
    on(
      LINUX,
      say(
        "The timer tells which: `probe` (`persist` in ss) means that the peer's window is closed, `on` with retransmissions that the peer is not answering.",
        'linux-tcp-timer',
        'measured',
      ),
    ),
    say(
      'Long idle without keepalive: if the peer lost power or a NAT forgot the connection, this end notices only when it sends something.',
      'rfc9293-3.5.1',
      'rfc9293-3.8.4',
      'cloudflare-die',
    ),
    say(
      'Load balancers do not keep idle connections for 2 h. By default AWS NLB ends them after 350 s, and Azure drops them in silence after 4 min. AWS Classic closes them after 60 s.',
      'aws-elb',
      'aws-elb-classic',
      'azure-lb',
    ),
  ],
  advice: [
    ...advise(
      'any',
      say(
        'Set SO_KEEPALIVE with the first probe sooner than the shortest idle timeout on the path, or send a heartbeat of the application.',
        'rfc9293-3.8.4',
        'cloudflare-die',
      ),
      on(
        LINUX,
        say(
          '`TCP_KEEPIDLE` sets when the first probe is sent, `TCP_USER_TIMEOUT` how long data may stay unacknowledged.',
          'tcp.7',
          'cloudflare-die',
        ),
      ),
      on(
        MACOS,
        say(
          '`TCP_KEEPALIVE` sets after how many idle seconds the first probe is sent.',
          'xnu-tcp-h',
        ),
      ),
      on(
        FREEBSD,
        say(
          'Keepalive is on by default (`net.inet.tcp.always_keepalive`), with the first probe after 2 h. `TCP_KEEPIDLE` sets it sooner.',
          'freebsd-timer',
          'freebsd-tcp.4',
        ),
      ),
      on(
        WINDOWS,
        say(
          '`SIO_KEEPALIVE_VALS` turns keepalive on and sets when the first probe is sent.',
          'ms-keepalive',
        ),
      ),
      say(
        'Keepalive probes do not keep a connection open at a load balancer that measures idle time by application data, such as AWS Classic. Close idle connections sooner there.',
        'aws-elb-classic',
      ),
    ),
    ...advise('node', say('`socket.setKeepAlive(true, 60000)`.', 'nodejs-net')),
    ...advise(
      'python',
      say(
        '`s.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)`, and the option for the first probe.',
        'python-socket',
      ),
    ),
    ...advise(
      'java',
      say(
        '`socket.setKeepAlive(true)` alone sends the first probe after 2 h. Also set `ExtendedSocketOptions.TCP_KEEPIDLE`.',
        'java-socket',
        'java-extended-options',
        'measured',
      ),
    ),
    ...advise('go', say('`KeepAlive` of `net.Dialer`.', 'go-net')),
  ],
  myths: [
    say(
      '"ESTABLISHED means that the peer is there." It means that neither end has heard otherwise.',
      'rfc9293-3.5.1',
      'cloudflare-die',
    ),
  ],
  cost: {
    descriptor: 'yes',
    worker: 'yes',
    ephemeralPort: 'client side',
    text: say(
      'A descriptor, buffers, and on the client a local port. Before accept() it has no descriptor, but a slot in the accept queue.',
      'linux-tcp',
      'measured',
    ),
  },
};

const FIN_WAIT_1: StateKnowledge = {
  state: 'FIN-WAIT-1',
  meaning: say('This end has closed; its FIN has not been acknowledged.', 'rfc9293-3.3.2'),
  closedFirst: 'local',
  turn: 'peer-kernel',
  happened: say('**{here} closed first**; {remote} has not acknowledged the FIN.', 'rfc9293-3.3.2'),
  next: say('Waiting for the kernel at {remote} to acknowledge what was sent.', 'rfc9293-3.6'),
  last: say(
    'Sent: FIN, unless it still waits behind data that the peer has no room for. Received: no FIN, no ACK of ours.',
    'rfc9293-3.6',
    'rfc9293-3.10.4',
  ),
  ends: [
    say(
      "Ends with the ACK of the FIN (then FIN_WAIT_2), the peer's FIN (CLOSING or TIME_WAIT), a reset, or the timeout.",
      'rfc9293-3.3.2',
    ),
  ],
  limit: 'orphan',
  normal: say('Normal for one round trip.', 'rfc9293-3.6'),
  suspicious: [
    say(
      'Many that stay: the peers may have vanished (mobile clients, a crashed host), or do not take what was sent before the FIN.',
      'linux-tcp-timer',
      'measured',
    ),
    on(
      LINUX,
      say(
        "Timer `probe` (`persist` in ss) and a large Send-Q: the peer's window is closed. The peer is alive, but is not reading, or reads slowly.",
        'measured',
        'linux-tcp-timer',
      ),
    ),
    say(
      'A very large number with a closed window can be an attack that ties up memory.',
      'general-practice',
    ),
  ],
  advice: advise(
    'any',
    say('Usually nothing: it expires.', 'rfc9293-3.8.3'),
    on(
      LINUX,
      say(
        '`tcp_orphan_retries` shortens it. `tcp_max_orphans` limits the number ("too many orphaned sockets" in the kernel log).',
        'linux-ip-sysctl',
      ),
    ),
  ),
  myths: [],
  cost: {
    descriptor: 'while owned',
    worker: 'while owned',
    ephemeralPort: 'client side',
    text: say('After close() no descriptor, only kernel memory with the unsent data.', 'linux-tcp'),
    more: [
      on(
        LINUX,
        say(
          'Such sockets without a process count against `tcp_max_orphans`.',
          'linux-tcp',
          'linux-ip-sysctl',
        ),
      ),
    ],
  },
};

const FIN_WAIT_2: StateKnowledge = {
  state: 'FIN-WAIT-2',
  meaning: say(
    "This end has closed and the peer has acknowledged it; the peer's FIN has not come.",
    'rfc9293-3.3.2',
  ),
  closedFirst: 'local',
  turn: 'peer-program',
  happened: say(
    '**{here} closed first**; {remote} acknowledged it, and its FIN has not come.',
    'rfc9293-3.3.2',
  ),
  next: say(
    'Waiting for the program at {remote} to call close(). As a rule the connection is in CLOSE_WAIT there.',
    'rfc9293-3.6',
    'measured',
  ),
  last: say('Sent: FIN. Received: its ACK.', 'rfc9293-3.6'),
  ends: [
    say("Ends with the peer's FIN (then TIME_WAIT), a reset, or the timeout.", 'rfc9293-3.6'),
    on(
      LINUX,
      say(
        'It has no timeout while a process still holds the socket.',
        'linux-ip-sysctl',
        'measured',
      ),
    ),
  ],
  limit: 'fin-wait-2',
  normal: say('Normal for milliseconds to seconds.', 'rfc9293-3.6'),
  suspicious: [
    say(
      'Many without a process on a server: most likely the clients have not closed. They leak connections in CLOSE_WAIT, keep idle pools, or have vanished.',
      'apache-fin-wait-2',
      'measured',
      'general-practice',
    ),
    say(
      'Held by a process for long: it called shutdown() and has not called close().',
      'rfc9293-3.6',
      'measured',
    ),
  ],
  advice: [
    ...advise(
      'any',
      say(
        'Without a process: nothing, it expires. With one: close the socket some time after shutdown().',
        'linux-ip-sysctl',
        'measured',
      ),
    ),
    ...advise(
      'node',
      say(
        '`socket.end()` only half-closes. Call `socket.destroy()` (or `destroySoon()`) if the peer does not end in time.',
        'measured-node',
        'nodejs-fin-wait',
      ),
    ),
    ...advise(
      'c',
      on(UNIX, say('shutdown(fd, SHUT_WR) must be followed by close(fd).', 'measured')),
    ),
  ],
  myths: [
    on(
      LINUX,
      say(
        '"tcp_fin_timeout shortens TIME_WAIT." It only concerns FIN_WAIT_2 without a process.',
        'linux-ip-sysctl',
        'linux-tcp-minisocks',
      ),
    ),
  ],
  cost: {
    descriptor: 'while owned',
    worker: 'while owned',
    ephemeralPort: 'client side',
    text: say(
      'Without a process a little kernel memory until it expires; with one a descriptor for as long as it is held.',
      'linux-tcp-minisocks',
      'measured',
    ),
  },
};

const CLOSE_WAIT: StateKnowledge = {
  state: 'CLOSE-WAIT',
  meaning: say('The peer has closed; the program here has not.', 'rfc9293-3.3.2'),
  closedFirst: 'remote',
  turn: 'program',
  happened: say('{remote} closed this connection; **{program} has not.**', 'rfc9293-3.3.2'),
  next: say(
    'Waiting for {program} to read to the end and call close().',
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  last: say('Received: FIN. Sent: its ACK. Not sent: our FIN.', 'rfc9293-3.6'),
  ends: [
    say(
      'Ends with close() by the program, its exit, or a reset. It has no timeout of its own.',
      'rfc9293-3.3.2',
      'measured',
    ),
    on(
      FREEBSD,
      say(
        'Keepalive is on by default, and ends it about 2 h after the peer is gone.',
        'freebsd-timer',
      ),
    ),
  ],
  limit: null,
  normal: say(
    'Normal for milliseconds, and longer while the program is working on an answer to a peer that has only half-closed.',
    'measured',
    'rfc9293-3.6',
  ),
  suspicious: [
    say(
      'The same address and port in dumps minutes apart, or a number that only grows: most likely a connection leak.',
      'rfc9293-3.6',
      'general-practice',
    ),
    say(
      'Each one keeps a descriptor: in the end the program can open no more, or its connection pool is used up.',
      'linux-tcp',
      'general-practice',
    ),
  ],
  advice: [
    ...advise(
      'any',
      say(
        'Find where the program misses the end of the stream, and close on every path, including errors.',
        'rfc9293-3.6',
        'general-practice',
      ),
    ),
    ...about(
      ['clearing'],
      advise(
        'any',
        whileItLasts(say('A restart clears these sockets, not the bug.', 'general-practice')),
      ),
    ),
    ...about(
      ['pool'],
      adviseOnly(
        'client',
        'any',
        say(
          'A pool must discard idle connections before the server closes them, or test them before use.',
          'apache-hc',
          'dotnet-httpclient',
        ),
      ),
    ),
    ...about(
      ['clearing'],
      advise(
        'any',
        on(
          LINUX,
          whileItLasts(
            say(
              'As a last resort, as root: `ss -K` with a filter for the row (the kernel needs CONFIG_INET_DIAG_DESTROY).',
              'ss.8',
            ),
          ),
        ),
        on(
          ['freebsd', 'openbsd'],
          whileItLasts(
            say(
              'As a last resort, as root: `tcpdrop LOCAL-ADDRESS LOCAL-PORT REMOTE-ADDRESS REMOTE-PORT`.',
              'tcpdrop.8',
              'openbsd-tcpdrop',
            ),
          ),
        ),
        on(
          WINDOWS,
          whileItLasts(
            say(
              'As a last resort, TCPView (Sysinternals) can close a single connection, as administrator.',
              'ms-tcpview',
            ),
          ),
        ),
      ),
    ),
    ...advise(
      'java',
      say('Use try-with-resources for each Socket and its streams.', 'java-socket'),
    ),
    ...adviseOnly(
      'client',
      'java',
      say(
        'Use try-with-resources for CloseableHttpResponse, and return JDBC connections to their pool.',
        'apache-hc',
        'general-practice',
      ),
    ),
    ...about(
      ['http', 'pool'],
      adviseOnly(
        'client',
        'java',
        say(
          'Apache HttpClient does not notice on its own: `evictExpiredConnections()`, `evictIdleConnections()`, a time to live, `EntityUtils.consume()`.',
          'apache-hc',
        ),
      ),
    ),
    ...about(
      ['http'],
      adviseOnly(
        'client',
        'node',
        say(
          'With HTTP, consume or cancel every response: `res.resume()`, `await r.text()`, `r.body.cancel()`. The connection of an unread response stays in CLOSE_WAIT.',
          'measured-node',
        ),
      ),
    ),
    ...adviseOnly(
      'server',
      'node',
      say(
        "A server socket without a 'data' handler stays paused and never sees the end. With `allowHalfOpen: true`, call `end()` yourself.",
        'measured-node',
        'nodejs-net',
      ),
    ),
    ...advise('python', say('Use `with` for each socket.', 'python-socket')),
    ...about(
      ['http'],
      adviseOnly(
        'client',
        'python',
        say(
          'With HTTP, use `with` for `requests.Session`, `requests.get(…, stream=True)`, and `urlopen()`.',
          'python-requests',
        ),
      ),
    ),
    ...adviseOnly(
      'server',
      'go',
      say(
        'Use `defer conn.Close()` for each connection that Accept returns. A handler of net/http must return for its connection to be closed.',
        'go-net',
        'go-net-http',
      ),
    ),
    ...about(
      ['http'],
      adviseOnly(
        'client',
        'go',
        say(
          'With HTTP, use `defer resp.Body.Close()`, read the body to its end, and set IdleConnTimeout.',
          'go-net-http',
        ),
      ),
    ),
    ...advise(
      'dotnet',
      say('Dispose of each Socket, TcpClient, and NetworkStream.', 'dotnet-sockets'),
    ),
    ...about(
      ['http', 'pool'],
      adviseOnly(
        'client',
        'dotnet',
        say(
          'With HTTP, dispose of HttpResponseMessage and streams. Use one HttpClient per application, with PooledConnectionIdleTimeout and PooledConnectionLifetime.',
          'dotnet-httpclient',
        ),
      ),
    ),
    ...advise(
      'c',
      on(
        UNIX,
        say(
          'When recv() returns 0, call close(). Set FD_CLOEXEC on sockets, so that children do not inherit them.',
          'recv.2',
          'measured',
        ),
      ),
    ),
  ],
  myths: [
    say(
      '"It times out after four minutes." No timer ends CLOSE_WAIT while the peer answers. Keepalive finds a peer that is gone after about two hours; the descriptor stays open.',
      'rfc9293-3.3.2',
      'rfc9293-3.8.4',
      'measured',
    ),
    on(
      LINUX,
      say(
        '"A kernel setting helps." tcp_fin_timeout, tcp_tw_reuse and the like do not touch it.',
        'linux-ip-sysctl',
      ),
    ),
    on(
      WINDOWS,
      say(
        '"A registry setting helps." `TcpTimedWaitDelay` is about TIME_WAIT and does not touch it.',
        'ms-timed-wait-2003',
      ),
    ),
    say(
      '"Always a bug here." A program may still be working on its answer or sending it after the peer has half-closed. A peer that is not reading also keeps it here.',
      'rfc9293-3.6',
      'measured',
    ),
  ],
  cost: {
    descriptor: 'yes',
    worker: 'yes',
    ephemeralPort: 'client side',
    text: say(
      'A descriptor, the unread data, often a worker or a slot in a pool, and on the client a local port. Before accept() it takes a slot in the accept queue instead.',
      'linux-tcp',
      'measured',
    ),
  },
};

const CLOSING: StateKnowledge = {
  state: 'CLOSING',
  meaning: say(
    "Both ends closed before either saw the other's FIN; the ACK of ours has not come.",
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  closedFirst: 'both',
  turn: 'peer-kernel',
  happened: say('**Both ends closed at once**: {here} and {remote}.', 'rfc9293-3.6'),
  next: say('Waiting for the kernel at {remote} to acknowledge our FIN.', 'rfc9293-3.6'),
  last: say("Sent: FIN and the ACK of the peer's. Received: FIN.", 'rfc9293-3.6'),
  ends: [
    say('Ends with the ACK of our FIN (then TIME_WAIT), a reset, or the timeout.', 'rfc9293-3.3.2'),
  ],
  limit: 'orphan',
  normal: say('Normal for one round trip; it is rarely seen.', 'rfc9293-3.6'),
  suspicious: [
    say(
      'For long: ACKs are lost, or our FIN waits behind data that the peer has no room for.',
      'measured',
      'linux-tcp',
    ),
    on(
      LINUX,
      say(
        'The timer tells which: `probe` (`persist` in ss) if the peer has no room, `on` if ACKs are missing.',
        'linux-tcp-timer',
        'measured',
      ),
    ),
  ],
  advice: [],
  myths: [],
  cost: {
    descriptor: 'while owned',
    worker: 'while owned',
    ephemeralPort: 'client side',
    text: say('After close(), only kernel memory.', 'linux-tcp'),
  },
};

const LAST_ACK: StateKnowledge = {
  state: 'LAST-ACK',
  meaning: say(
    'The peer closed first, then this end; the ACK of our FIN has not come.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'remote',
  turn: 'peer-kernel',
  happened: say(
    '**{remote} closed first**, then {here} did; our FIN has not been acknowledged.',
    'rfc9293-3.3.2',
  ),
  next: say('Waiting for the last ACK from the kernel at {remote}.', 'rfc9293-3.6'),
  last: say('Received: FIN. Sent: its ACK, then our FIN.', 'rfc9293-3.6'),
  ends: [say('Ends with the ACK, a reset, or the timeout.', 'rfc9293-3.3.2')],
  limit: 'orphan',
  normal: say('Normal for one round trip.', 'rfc9293-3.6'),
  suspicious: [
    say(
      'For long: the peer is gone, a firewall has forgotten the connection, or our FIN waits behind data. Harmless in small numbers.',
      'linux-tcp-timer',
      'general-practice',
    ),
  ],
  advice: [],
  myths: [],
  cost: {
    descriptor: 'while owned',
    worker: 'while owned',
    ephemeralPort: 'client side',
    text: say('After close(), only kernel memory with the unsent data.', 'linux-tcp'),
  },
};

const TIME_WAIT: StateKnowledge = {
  state: 'TIME-WAIT',
  meaning: say(
    'Both ends have closed. This end waits in case its last ACK is lost, and so that stray segments of this connection do not reach a new one.',
    'rfc9293-3.3.2',
    'rfc9293-3.6.1',
  ),
  closedFirst: 'local',
  turn: 'kernel-timer',
  happened: say(
    '**This end closed first**, or both did at once. {remote} has also closed.',
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  next: say(
    'Waiting for a kernel timer. Nothing to do: no program is involved any longer.',
    'rfc9293-3.6.1',
  ),
  last: say(
    "Received: the peer's FIN. Sent: its ACK, which the peer does not confirm.",
    'rfc9293-3.6',
  ),
  ends: [
    say(
      'Ends with the timer. A RST, or a new SYN from the same address and port, can end it earlier.',
      'rfc9293-3.6.1',
      'rfc1337',
    ),
    on(
      LINUX,
      say(
        'A RST ends it at once unless `tcp_rfc1337` is set, and `tcp_tw_reuse` gives its port to a new connection. Above `tcp_max_tw_buckets` none is made (TCPTimeWaitOverflow in `nstat`).',
        'linux-tcp-minisocks',
        'linux-ip-sysctl',
        'measured',
      ),
    ),
  ],
  limit: 'time-wait',
  normal: say(
    'Normal for as long as the timer runs, which starts anew when the peer sends again.',
    'rfc9293-3.6.1',
    'measured',
  ),
  suspicious: [
    say(
      'A problem only for a client that opens very many connections to one address and port: it can run out of local ports. On a server, the number alone is harmless.',
      'bernat-time-wait',
      'linux-tcp-ipv4',
    ),
    on(
      LINUX,
      say(
        'A client that calls bind() with its address before connect() has 28,232 ports for all destinations together, unless it sets `IP_BIND_ADDRESS_NO_PORT`.',
        'ip.7',
        'linux-ip-sysctl',
        'general-practice',
      ),
    ),
  ],
  advice: advise(
    'any',
    say(
      'Reuse connections (keep-alive, a pool), or let the other end close first.',
      'bernat-time-wait',
    ),
    say(
      'Use more addresses or ports at the destination, or a wider range of local ports.',
      'bernat-time-wait',
    ),
    on(
      LINUX,
      say(
        'Clients: `tcp_tw_reuse=1` lets new connections take such a port after 1 s (`tcp_tw_reuse_delay` since 6.14), if both ends use TCP timestamps. Never tcp_tw_recycle: it broke clients behind NAT and is gone since 4.12.',
        'linux-ip-sysctl',
        'tcp.7',
        'bernat-time-wait',
        'measured',
      ),
    ),
    on(
      UNIX,
      say('A server that cannot bind its port after a restart needs SO_REUSEADDR.', 'socket.7'),
    ),
    on(
      WINDOWS,
      say(
        'Do not set SO_REUSEADDR on a server: two programs could take one port. SO_EXCLUSIVEADDRUSE prevents that.',
        'ms-exclusiveaddruse',
      ),
    ),
  ),
  myths: [
    say(
      '"TIME_WAIT is a leak." It is the normal end of every connection that was closed here first.',
      'rfc9293-3.6.1',
      'bernat-time-wait',
    ),
    say(
      '"It lasts four minutes." That is the RFC\'s 2 × 2 min; most systems wait for less.',
      'rfc9293-3.4.2',
      'linux-tcp-h',
      'xnu-timer',
      'ms-port-exhaustion',
    ),
    say(
      '"SO_LINGER 0 is a good fix." It throws away data and sends a reset.',
      'linux-tcp',
      'rfc1337',
    ),
  ],
  cost: {
    descriptor: 'no',
    worker: 'no',
    ephemeralPort: 'client side',
    text: say(
      'No file descriptor and no process: only a little kernel memory, and this combination of two addresses and two ports.',
      'linux-tcp-minisocks',
      'linux-tcp-ipv4',
    ),
  },
};

const CLOSED: StateKnowledge = {
  state: 'CLOSED',
  meaning: say(
    'No connection. RFC 9293 calls this state fictional: a socket listed this way was created and is not connected.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'nobody',
  turn: 'program',
  happened: say('**{program} has a socket that is not connected.**', 'rfc9293-3.3.2'),
  next: say('Waiting for {program} to connect, listen, or close it.', 'rfc9293-3.3.2'),
  last: null,
  ends: [say('Ends when the program connects, listens or closes.', 'rfc9293-3.3.2')],
  limit: null,
  normal: say('Normal, but rarely listed at all.', 'rfc9293-3.3.2', 'captures-macos'),
  suspicious: [
    say(
      'Many in one program: sockets that were created or reset, and not closed.',
      'general-practice',
    ),
  ],
  advice: [],
  myths: [],
  cost: {
    descriptor: 'yes',
    worker: 'no',
    ephemeralPort: 'no',
    text: say('A descriptor.', 'linux-tcp'),
  },
};

const BOUND: StateKnowledge = {
  state: 'BOUND',
  meaning: say(
    'Not an RFC state: the socket is bound to a local port and neither listens nor is connected.',
    'ms-port-exhaustion',
    'linux-tcp-states-h',
  ),
  closedFirst: 'nobody',
  turn: 'program',
  happened: say(
    '**{program} has bound the port** {local} and neither listens nor is connected.',
    'ms-port-exhaustion',
    'linux-tcp-states-h',
  ),
  next: say('Waiting for {program} to connect, listen, or close it.', 'rfc9293-3.3.2'),
  last: null,
  ends: [say('Ends when the program connects, listens or closes.', 'rfc9293-3.3.2')],
  limit: null,
  normal: say('Normal for a moment, before the program connects or listens.', 'rfc9293-3.3.2'),
  suspicious: [
    on(
      WINDOWS,
      say('In `netstat -q` it is often the twin of an outgoing connection.', 'ms-port-exhaustion'),
    ),
    on(
      WINDOWS,
      say(
        'Hundreds of one program are a port or handle leak, and use up the dynamic ports.',
        'ms-port-exhaustion',
      ),
    ),
  ],
  advice: [],
  myths: [],
  cost: {
    descriptor: 'yes',
    worker: 'no',
    ephemeralPort: 'yes',
    text: say('A descriptor and a local port.', 'ms-port-exhaustion'),
  },
};

const IDLE: StateKnowledge = {
  state: 'IDLE',
  meaning: say('Not an RFC state: the socket was opened and has no port yet.', 'solaris-netstat'),
  closedFirst: 'nobody',
  turn: 'program',
  happened: say('**{program} has opened a socket** without a port.', 'solaris-netstat'),
  next: say('Waiting for {program} to bind, connect, or close it.', 'solaris-netstat'),
  last: null,
  ends: [say('Ends when the program binds, connects or closes.', 'solaris-netstat')],
  limit: null,
  normal: say('Normal for a moment.', 'solaris-netstat'),
  suspicious: [],
  advice: [],
  myths: [],
  cost: {
    descriptor: 'yes',
    worker: 'no',
    ephemeralPort: 'no',
    text: say('A descriptor.', 'solaris-netstat'),
  },
};

const DELETE_TCB: StateKnowledge = {
  state: 'DELETE-TCB',
  meaning: say(
    "Not an RFC state: the connection's control block is being deleted.",
    'ms-rrasm',
    'ms-tcpstate',
  ),
  closedFirst: 'nobody',
  turn: 'kernel-timer',
  happened: say('**The kernel is deleting this connection.**', 'ms-rrasm'),
  next: say('Waiting for the kernel. Nothing to do.', 'ms-rrasm'),
  last: null,
  ends: [say('It disappears on its own.', 'ms-rrasm')],
  limit: null,
  normal: say('Normal for a moment.', 'ms-rrasm'),
  suspicious: [],
  advice: [],
  myths: [],
  cost: null,
};

const STATES: Readonly<Record<TcpState, StateKnowledge>> = {
  LISTEN,
  'SYN-SENT': SYN_SENT,
  'SYN-RECEIVED': SYN_RECEIVED,
  ESTABLISHED,
  'FIN-WAIT-1': FIN_WAIT_1,
  'FIN-WAIT-2': FIN_WAIT_2,
  'CLOSE-WAIT': CLOSE_WAIT,
  CLOSING,
  'LAST-ACK': LAST_ACK,
  'TIME-WAIT': TIME_WAIT,
  CLOSED,
  BOUND,
  IDLE,
  'DELETE-TCB': DELETE_TCB,
};

/** What is known of a TCP state. */
export function stateKnowledge(state: TcpState): StateKnowledge {
  return STATES[state];
}
