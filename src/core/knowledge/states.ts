import type { TcpState } from '../vocabulary/state';
import { say, type Statement } from '../wording/statement';
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

interface Advice {
  readonly runtime: Runtime;
  readonly text: Statement;
}

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
  readonly text: Statement;
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
  /** What ends it. */
  readonly ends: Statement;
  /** The clock that ends it by itself; null where nothing does. */
  readonly limit: LimitId | null;
  readonly normal: Statement;
  readonly suspicious: readonly Statement[];
  readonly advice: readonly Advice[];
  readonly myths: readonly Statement[];
  readonly cost: Cost | null;
}

function advise(runtime: Runtime, ...texts: Statement[]): Advice[] {
  return texts.map(text => ({ runtime, text }));
}

const LISTEN: StateKnowledge = {
  state: 'LISTEN',
  meaning: say(
    'listen.meaning',
    'A server socket: it waits for connection requests from any remote end.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'nobody',
  turn: 'nobody',
  happened: say(
    'listen.happened',
    '**{program} waits for connections** on {local}.',
    'rfc9293-3.3.2',
  ),
  next: say(
    'listen.next',
    'Clients come by themselves; {program} has to call accept() for each.',
    'rfc9293-3.5',
    'listen.2',
  ),
  last: null,
  ends: say(
    'listen.ends',
    'It ends when the program closes the socket or exits.',
    'rfc9293-3.3.2',
    'linux-tcp',
  ),
  limit: null,
  normal: say('listen.normal', 'As long as the service runs.', 'rfc9293-3.3.2'),
  suspicious: [
    say(
      'listen.suspicious.wildcard',
      'A database or admin port on all addresses: everybody who can reach this host can connect.',
      'rfc4291',
      'rfc1122',
    ),
    say(
      'listen.suspicious.queue',
      'Linux: Recv-Q stays above 0. Connections are ready and the program does not accept them.',
      'linux-tcp-diag',
      'measured',
    ),
  ],
  advice: advise(
    'any',
    say(
      'listen.advice.bind',
      'Bind to 127.0.0.1 or ::1 what only this host uses, and put a firewall before the rest.',
      'general-practice',
    ),
    say(
      'listen.advice.backlog',
      "Linux: the accept queue holds the smaller of listen()'s backlog and `net.core.somaxconn` (4096, 128 before 5.4), plus one. Raise both, and first find out why accept() is slow.",
      'listen.2',
      'linux-ip-sysctl',
      'linux-sock-h',
    ),
  ),
  myths: [
    say(
      'listen.myth.connected',
      '"LISTEN on 0.0.0.0 means that somebody is connected": no, it says on which addresses the program waits.',
      'rfc9293-3.3.2',
    ),
  ],
  cost: {
    descriptor: 'yes',
    worker: 'no',
    ephemeralPort: 'no',
    text: say(
      'listen.cost',
      'One file descriptor and its port. Its accept queue holds the connections that nobody has accepted yet.',
      'linux-tcp-diag',
      'listen.2',
    ),
  },
};

const SYN_SENT: StateKnowledge = {
  state: 'SYN-SENT',
  meaning: say(
    'syn-sent.meaning',
    'A connection request was sent and not yet answered.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'nobody',
  turn: 'peer-kernel',
  happened: say(
    'syn-sent.happened',
    '**{program} is connecting to {remote}**: its SYN is sent, nothing has come back.',
    'rfc9293-3.3.2',
  ),
  next: say(
    'syn-sent.next',
    'Its turn: {remote} has to answer SYN,ACK, or RST if the port is closed.',
    'rfc9293-3.5',
    'rfc9293-3.5.2',
  ),
  last: say('syn-sent.last', 'Sent: SYN. Received: nothing.', 'rfc9293-3.5'),
  ends: say(
    'syn-sent.ends',
    'An answer, an ICMP error, close(), or the time-out.',
    'rfc9293-3.3.2',
    'rfc9293-3.8.3',
  ),
  limit: 'syn-sent',
  normal: say('syn-sent.normal', 'One round trip: less than a second.', 'rfc9293-3.5'),
  suspicious: [
    say(
      'syn-sent.suspicious.silence',
      'Seen twice, or many to one remote: packets are dropped by a firewall, the host is down, or its accept queue is full. A closed port would have refused at once.',
      'rfc9293-3.5.2',
      'measured',
    ),
    say(
      'syn-sent.suspicious.windows',
      'Windows tries again for about 2 s after a refusal, so there a short SYN_SENT may also be a closed port (not measured by us).',
      'general-practice',
    ),
    say(
      'syn-sent.suspicious.scan',
      'Many different remotes from one program: a scan, a worm, or a crawler.',
      'general-practice',
    ),
  ],
  advice: [
    ...advise(
      'any',
      say(
        'syn-sent.advice.path',
        'Check route, firewall and security group, and the accept queue of the server (`ss -tln` there).',
        'ss.8',
        'measured',
      ),
      say(
        'syn-sent.advice.timeout',
        "Set a connect time-out in the program: the kernel's is minutes on most systems.",
        'linux-ip-sysctl',
        'xnu-timer',
      ),
    ),
    ...advise(
      'java',
      say(
        'syn-sent.java',
        '`socket.connect(address, millis)`; `HttpClient.newBuilder().connectTimeout(…)`.',
        'java-socket',
        'java-http-client',
      ),
    ),
    ...advise(
      'node',
      say(
        'syn-sent.node',
        "net has no connect time-out by default: `socket.setTimeout()` and destroy the socket on 'timeout', or an AbortSignal.",
        'nodejs-net',
      ),
    ),
    ...advise(
      'python',
      say(
        'syn-sent.python',
        '`socket.create_connection(address, timeout=…)`; `requests.get(url, timeout=(3, 30))`.',
        'python-socket',
        'python-requests',
      ),
    ),
    ...advise('go', say('syn-sent.go', '`Timeout` of `net.Dialer`.', 'go-net')),
    ...advise(
      'dotnet',
      say('syn-sent.dotnet', '`SocketsHttpHandler.ConnectTimeout`.', 'dotnet-handler'),
    ),
    ...advise(
      'c',
      say(
        'syn-sent.c',
        'connect() on a non-blocking socket, then poll() with a time-out.',
        'connect.2',
      ),
    ),
  ],
  myths: [
    say(
      'syn-sent.myth.refused',
      '"The port is closed": a closed port answers RST, and the row vanishes. SYN_SENT that stays is silence.',
      'rfc9293-3.5.2',
    ),
  ],
  cost: {
    descriptor: 'yes',
    worker: 'no',
    ephemeralPort: 'yes',
    text: say(
      'syn-sent.cost',
      'A file descriptor, a local port, and a thread where connect() blocks.',
      'linux-tcp',
      'connect.2',
    ),
  },
};

const SYN_RECEIVED: StateKnowledge = {
  state: 'SYN-RECEIVED',
  meaning: say(
    'syn-received.meaning',
    'A connection request came and was answered; the confirmation is awaited.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'nobody',
  turn: 'peer-kernel',
  happened: say(
    'syn-received.happened',
    '**{remote} asks to connect to {local}**: its SYN came, SYN,ACK is sent.',
    'rfc9293-3.3.2',
  ),
  next: say(
    'syn-received.next',
    'Its turn: {remote} has to send the last ACK of the handshake. No program is concerned yet.',
    'rfc9293-3.5',
  ),
  last: say('syn-received.last', 'Received: SYN. Sent: SYN,ACK.', 'rfc9293-3.5'),
  ends: say('syn-received.ends', 'The ACK, a RST, or the time-out.', 'rfc9293-3.3.2'),
  limit: 'syn-received',
  normal: say('syn-received.normal', 'One round trip: less than a second.', 'rfc9293-3.5'),
  suspicious: [
    say(
      'syn-received.suspicious.flood',
      'Many, from many remotes, and few ESTABLISHED on that port: a SYN flood, or the way back is broken.',
      'linux-tcp-input',
      'general-practice',
    ),
    say(
      'syn-received.suspicious.route',
      'From one or two remotes, with retransmissions: the SYN,ACK or the ACK is lost, by asymmetric routing or a firewall.',
      'rfc9293-3.5',
      'general-practice',
    ),
    say(
      'syn-received.suspicious.cap',
      'Linux keeps no more of them for a listening socket than its backlog plus one, so a small number can already be the limit.',
      'linux-connection-sock-h',
      'measured',
    ),
  ],
  advice: advise(
    'any',
    say(
      'syn-received.advice',
      'Linux: leave `tcp_syncookies` on (the default), raise the listen() backlog and `net.core.somaxconn`, and filter floods before this host.',
      'linux-ip-sysctl',
    ),
  ),
  myths: [
    say(
      'syn-received.myth.backlog',
      '"Raise tcp_max_syn_backlog": alone it does nothing while syncookies are on; the cap is the listen() backlog.',
      'linux-connection-sock-h',
      'linux-tcp-input',
      'measured',
    ),
    say(
      'syn-received.myth.defer',
      '"Retransmissions mean that the ACK is lost": with TCP_DEFER_ACCEPT the handshake is complete, the client is ESTABLISHED, and the server waits for its first data.',
      'measured',
      'tcp.7',
    ),
  ],
  cost: {
    descriptor: 'no',
    worker: 'no',
    ephemeralPort: 'no',
    text: say(
      'syn-received.cost',
      "A little kernel memory and a place in the listener's SYN queue. No program knows of it.",
      'linux-tcp-ipv4',
      'linux-connection-sock-h',
    ),
  },
};

const ESTABLISHED: StateKnowledge = {
  state: 'ESTABLISHED',
  meaning: say(
    'established.meaning',
    'An open connection: data can go both ways.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'nobody',
  turn: 'either-program',
  happened: say(
    'established.happened',
    '**{program} and {remote} are connected**; neither has closed.',
    'rfc9293-3.3.2',
  ),
  next: say(
    'established.next',
    'Either program may send, or close. The state does not say that the peer is still alive.',
    'rfc9293-3.5.1',
    'rfc9293-3.8.4',
  ),
  last: say('established.last', 'Data and ACKs; no FIN in either direction.', 'rfc9293-3.3.2'),
  ends: say('established.ends', 'close() at either end, a reset, or a time-out.', 'rfc9293-3.3.2'),
  limit: null,
  normal: say('established.normal', 'As long as it is used.', 'rfc9293-3.3.2'),
  suspicious: [
    say(
      'established.suspicious.recv',
      'Recv-Q large and unchanged: the program here does not read.',
      'linux-tcp-diag',
      'measured',
    ),
    say(
      'established.suspicious.send',
      'Send-Q large and unchanged: the peer does not read, or does not answer. The timer column tells which.',
      'linux-tcp-timer',
      'measured',
    ),
    say(
      'established.suspicious.idle',
      'Long idle without keepalive: if the peer lost power or a NAT forgot the flow, nobody here will ever notice.',
      'rfc9293-3.5.1',
      'rfc9293-3.8.4',
      'cloudflare-die',
    ),
    say(
      'established.suspicious.middle',
      'Load balancers forget idle connections long before 2 h: AWS NLB after 350 s, AWS Classic after 60 s, Azure after 4 to 100 min, by default in silence.',
      'aws-elb',
      'azure-lb',
    ),
  ],
  advice: [
    ...advise(
      'any',
      say(
        'established.advice.keepalive',
        'SO_KEEPALIVE with TCP_KEEPIDLE below the shortest idle time-out on the way, TCP_USER_TIMEOUT, or a heartbeat of the application.',
        'tcp.7',
        'cloudflare-die',
      ),
    ),
    ...advise('node', say('established.node', '`socket.setKeepAlive(true, 60000)`.', 'nodejs-net')),
    ...advise(
      'python',
      say(
        'established.python',
        '`s.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)` and `TCP_KEEPIDLE`.',
        'python-socket',
      ),
    ),
    ...advise('java', say('established.java', '`socket.setKeepAlive(true)`.', 'java-socket')),
    ...advise('go', say('established.go', '`KeepAlive` of `net.Dialer`.', 'go-net')),
  ],
  myths: [
    say(
      'established.myth.alive',
      '"ESTABLISHED means that the peer is there": it means that nobody has said otherwise.',
      'rfc9293-3.5.1',
      'cloudflare-die',
    ),
  ],
  cost: {
    descriptor: 'yes',
    worker: 'yes',
    ephemeralPort: 'client side',
    text: say(
      'established.cost',
      'A file descriptor, buffers, and on the client a local port. Before accept() there is no descriptor: it takes a place in the accept queue.',
      'linux-tcp',
      'measured',
    ),
  },
};

const FIN_WAIT_1: StateKnowledge = {
  state: 'FIN-WAIT-1',
  meaning: say(
    'fin-wait-1.meaning',
    'This end has closed; its FIN is not acknowledged yet.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'local',
  turn: 'peer-kernel',
  happened: say(
    'fin-wait-1.happened',
    '**{here} closed first**; {remote} has not acknowledged the FIN.',
    'rfc9293-3.3.2',
  ),
  next: say(
    'fin-wait-1.next',
    'Its turn: the kernel of {remote} has to acknowledge what was sent.',
    'rfc9293-3.6',
  ),
  last: say(
    'fin-wait-1.last',
    'Sent: FIN (on Linux it may still wait behind data that the peer has no room for). Received: no FIN, no ACK of ours.',
    'rfc9293-3.6',
    'linux-tcp',
  ),
  ends: say(
    'fin-wait-1.ends',
    "ACK of the FIN (then FIN_WAIT_2), the peer's FIN (CLOSING or TIME_WAIT), a reset, or the time-out.",
    'rfc9293-3.3.2',
  ),
  limit: 'orphan',
  normal: say('fin-wait-1.normal', 'One round trip.', 'rfc9293-3.6'),
  suspicious: [
    say(
      'fin-wait-1.suspicious.gone',
      'Many with retransmissions: the peers vanished (mobile clients, a crashed host).',
      'linux-tcp-timer',
      'measured',
    ),
    say(
      'fin-wait-1.suspicious.window',
      'Timer `probe` and a large Send-Q: the peer lives but its program does not read.',
      'measured',
      'linux-tcp-timer',
    ),
    say(
      'fin-wait-1.suspicious.attack',
      'Very many with a closed window can be an attack that pins memory.',
      'general-practice',
    ),
  ],
  advice: advise(
    'any',
    say(
      'fin-wait-1.advice',
      'Usually nothing. Linux: `tcp_orphan_retries` shortens it; `tcp_max_orphans` limits it ("too many orphaned sockets" in the kernel log).',
      'linux-ip-sysctl',
    ),
  ),
  myths: [],
  cost: {
    descriptor: 'while owned',
    worker: 'while owned',
    ephemeralPort: 'client side',
    text: say(
      'fin-wait-1.cost',
      'After close() no descriptor, only kernel memory with the unsent data; such orphans count against `tcp_max_orphans`.',
      'linux-tcp',
      'linux-ip-sysctl',
    ),
  },
};

const FIN_WAIT_2: StateKnowledge = {
  state: 'FIN-WAIT-2',
  meaning: say(
    'fin-wait-2.meaning',
    "This end has closed and the peer acknowledged it; the peer's program has not closed.",
    'rfc9293-3.3.2',
  ),
  closedFirst: 'local',
  turn: 'peer-program',
  happened: say(
    'fin-wait-2.happened',
    '**{here} closed first**; {remote} acknowledged it and has not closed.',
    'rfc9293-3.3.2',
  ),
  next: say(
    'fin-wait-2.next',
    'Its turn: the program at {remote} has to call close(). There the connection is in CLOSE_WAIT.',
    'rfc9293-3.6',
    'measured',
  ),
  last: say('fin-wait-2.last', 'Sent: FIN. Received: its ACK.', 'rfc9293-3.6'),
  ends: say(
    'fin-wait-2.ends',
    "The peer's FIN (then TIME_WAIT), a reset, or the time-out. No time-out while a process still holds the socket.",
    'rfc9293-3.6',
    'linux-ip-sysctl',
    'measured',
  ),
  limit: 'fin-wait-2',
  normal: say('fin-wait-2.normal', 'Milliseconds to seconds.', 'rfc9293-3.6'),
  suspicious: [
    say(
      'fin-wait-2.suspicious.orphans',
      'Many without a process on a server: the clients leak connections in CLOSE_WAIT.',
      'apache-fin-wait-2',
      'measured',
    ),
    say(
      'fin-wait-2.suspicious.owned',
      'Held by a process for long: it called shutdown() and never close(); nothing ends that by itself.',
      'linux-ip-sysctl',
      'measured',
    ),
  ],
  advice: [
    ...advise(
      'any',
      say(
        'fin-wait-2.advice',
        'Without a process: nothing, it goes by itself. With one: close the socket some time after shutdown().',
        'linux-ip-sysctl',
        'measured',
      ),
    ),
    ...advise(
      'node',
      say(
        'fin-wait-2.node',
        '`socket.end()` only half-closes: call `socket.destroy()` (or `destroySoon()`) when the peer does not end in time.',
        'measured-node',
        'nodejs-fin-wait',
      ),
    ),
    ...advise(
      'c',
      say('fin-wait-2.c', 'shutdown(fd, SHUT_WR) must be followed by close(fd).', 'measured'),
    ),
  ],
  myths: [
    say(
      'fin-wait-2.myth.fin-timeout',
      '"tcp_fin_timeout shortens TIME_WAIT": it only concerns FIN_WAIT_2 without a process.',
      'linux-ip-sysctl',
      'linux-tcp-minisocks',
    ),
  ],
  cost: {
    descriptor: 'while owned',
    worker: 'while owned',
    ephemeralPort: 'client side',
    text: say(
      'fin-wait-2.cost',
      'Without a process a few hundred bytes of kernel memory for a minute; with one a file descriptor for as long as it likes.',
      'linux-tcp-minisocks',
      'measured',
    ),
  },
};

const CLOSE_WAIT: StateKnowledge = {
  state: 'CLOSE-WAIT',
  meaning: say(
    'close-wait.meaning',
    'The peer has closed; the program here has not.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'remote',
  turn: 'program',
  happened: say(
    'close-wait.happened',
    '{remote} closed this connection; **{program} has not.**',
    'rfc9293-3.3.2',
  ),
  next: say(
    'close-wait.next',
    'Its turn: {program} has to read to the end and call close().',
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  last: say('close-wait.last', 'Received: FIN. Sent: its ACK. Not sent: our FIN.', 'rfc9293-3.6'),
  ends: say(
    'close-wait.ends',
    'close() by the program, its exit, or a reset. No timer ends it.',
    'rfc9293-3.3.2',
    'measured',
  ),
  limit: null,
  normal: say('close-wait.normal', 'Milliseconds.', 'measured'),
  suspicious: [
    say(
      'close-wait.suspicious.same',
      'The same address and port in two snapshots, or a number that only grows: most likely a connection leak.',
      'rfc9293-3.6',
      'general-practice',
    ),
    say(
      'close-wait.suspicious.effect',
      'Each one keeps a file descriptor: in the end "too many open files", or a connection pool that is used up.',
      'linux-tcp',
      'general-practice',
    ),
  ],
  advice: [
    ...advise(
      'any',
      say(
        'close-wait.advice.close',
        'Find where the program misses the end of the stream, and close on every path, errors too. Restarting the program clears the rows, for now.',
        'rfc9293-3.6',
        'general-practice',
      ),
      say(
        'close-wait.advice.pool',
        'A pool must throw away idle connections before the server does, or test them before use.',
        'apache-hc',
        'dotnet-httpclient',
      ),
      say(
        'close-wait.advice.kill',
        'Linux, as a last resort: `ss -K` with a filter for the row (the kernel needs CONFIG_INET_DIAG_DESTROY).',
        'ss.8',
      ),
    ),
    ...advise(
      'java',
      say(
        'close-wait.java.try',
        'try-with-resources around Socket, InputStream and CloseableHttpResponse; return JDBC connections to their pool.',
        'apache-hc',
        'general-practice',
      ),
      say(
        'close-wait.java.evict',
        'Apache HttpClient does not notice by itself: `evictExpiredConnections()`, `evictIdleConnections()`, a time to live, `EntityUtils.consume()`.',
        'apache-hc',
      ),
    ),
    ...advise(
      'node',
      say(
        'close-wait.node.consume',
        'Consume or cancel every response: `res.resume()`, `await r.text()`, `r.body.cancel()`. Unread, it stays here with a large Recv-Q.',
        'measured-node',
      ),
      say(
        'close-wait.node.server',
        "A server socket without a 'data' handler is paused and never sees the end; `allowHalfOpen: true` needs your own `end()`.",
        'measured-node',
        'nodejs-net',
      ),
    ),
    ...advise(
      'python',
      say(
        'close-wait.python',
        '`with` around sockets, `requests.Session`, `requests.get(…, stream=True)` and `urlopen()`.',
        'python-socket',
        'python-requests',
      ),
    ),
    ...advise(
      'go',
      say(
        'close-wait.go',
        '`defer resp.Body.Close()` and read the body to its end; set IdleConnTimeout.',
        'go-net-http',
      ),
    ),
    ...advise(
      'dotnet',
      say(
        'close-wait.dotnet',
        'Dispose HttpResponseMessage and streams; one HttpClient per application, with PooledConnectionIdleTimeout and PooledConnectionLifetime.',
        'dotnet-httpclient',
      ),
    ),
    ...advise(
      'c',
      say(
        'close-wait.c',
        'recv() that returns 0 means close(). Give FD_CLOEXEC to sockets, so that children do not inherit them.',
        'recv.2',
        'measured',
      ),
    ),
  ],
  myths: [
    say(
      'close-wait.myth.timeout',
      '"It times out after four minutes": no system has a timer for it. With keepalive a lost peer is found after two hours and the row goes, but the descriptor stays open.',
      'rfc9293-3.3.2',
      'measured',
      'tcp.7',
    ),
    say(
      'close-wait.myth.tuning',
      '"A kernel setting helps": tcp_fin_timeout, tcp_tw_reuse and the like do not touch it.',
      'linux-ip-sysctl',
    ),
    say(
      'close-wait.myth.fault',
      '"Always a bug here": a program may go on sending after the peer has half-closed, and a peer that does not read keeps it here too.',
      'rfc9293-3.6',
      'measured',
    ),
  ],
  cost: {
    descriptor: 'yes',
    worker: 'yes',
    ephemeralPort: 'client side',
    text: say(
      'close-wait.cost',
      'A file descriptor, the unread data, often a worker or a place in a pool, and on the client a local port. Before accept() it takes a place in the accept queue instead.',
      'linux-tcp',
      'measured',
    ),
  },
};

const CLOSING: StateKnowledge = {
  state: 'CLOSING',
  meaning: say(
    'closing.meaning',
    "Both ends closed before either saw the other's FIN; the ACK of ours is awaited.",
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  closedFirst: 'both',
  turn: 'peer-kernel',
  happened: say(
    'closing.happened',
    '**Both ends closed at once**: {here} and {remote}.',
    'rfc9293-3.6',
  ),
  next: say(
    'closing.next',
    'Its turn: the kernel of {remote} has to acknowledge our FIN.',
    'rfc9293-3.6',
  ),
  last: say('closing.last', "Sent: FIN and the ACK of the peer's. Received: FIN.", 'rfc9293-3.6'),
  ends: say(
    'closing.ends',
    'ACK of our FIN (then TIME_WAIT), a reset, or the time-out.',
    'rfc9293-3.3.2',
  ),
  limit: 'orphan',
  normal: say('closing.normal', 'One round trip; it is rarely seen.', 'rfc9293-3.6'),
  suspicious: [
    say(
      'closing.suspicious',
      'For long: ACKs are lost, or our FIN waits behind data that the peer has no room for (timer `probe`).',
      'measured',
      'linux-tcp',
    ),
  ],
  advice: [],
  myths: [],
  cost: {
    descriptor: 'while owned',
    worker: 'while owned',
    ephemeralPort: 'client side',
    text: say('closing.cost', 'After close() kernel memory only.', 'linux-tcp'),
  },
};

const LAST_ACK: StateKnowledge = {
  state: 'LAST-ACK',
  meaning: say(
    'last-ack.meaning',
    'The peer closed first, then this end; the ACK of our FIN is awaited.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'remote',
  turn: 'peer-kernel',
  happened: say(
    'last-ack.happened',
    '**{remote} closed first**, then {here} did; our FIN is not acknowledged.',
    'rfc9293-3.3.2',
  ),
  next: say(
    'last-ack.next',
    'Its turn: the kernel of {remote} has to send the last ACK.',
    'rfc9293-3.6',
  ),
  last: say('last-ack.last', 'Received: FIN. Sent: its ACK, then our FIN.', 'rfc9293-3.6'),
  ends: say('last-ack.ends', 'The ACK, a reset, or the time-out.', 'rfc9293-3.3.2'),
  limit: 'orphan',
  normal: say('last-ack.normal', 'One round trip.', 'rfc9293-3.6'),
  suspicious: [
    say(
      'last-ack.suspicious',
      'For long: the peer is gone, or a firewall has forgotten the connection. Harmless in small numbers.',
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
    text: say(
      'last-ack.cost',
      'After close() kernel memory only, with the unsent data.',
      'linux-tcp',
    ),
  },
};

const TIME_WAIT: StateKnowledge = {
  state: 'TIME-WAIT',
  meaning: say(
    'time-wait.meaning',
    'Closed and acknowledged at both ends. The end that closed first waits, so that the last ACK can be repeated and stray segments of this connection do not reach a new one.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'local',
  turn: 'kernel-timer',
  happened: say(
    'time-wait.happened',
    '**This end closed first**, {remote} after it, and everything is acknowledged.',
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  next: say(
    'time-wait.next',
    'Nobody has to do anything: a kernel timer runs, and the program is out of it.',
    'rfc9293-3.6.1',
  ),
  last: say('time-wait.last', "Received: the peer's FIN. Sent: its ACK.", 'rfc9293-3.6'),
  ends: say(
    'time-wait.ends',
    'The timer, always. A new SYN from the same address and port may reopen it earlier.',
    'rfc9293-3.6.1',
  ),
  limit: 'time-wait',
  normal: say('time-wait.normal', 'Exactly as long as the timer.', 'rfc9293-3.6.1'),
  suspicious: [
    say(
      'time-wait.suspicious',
      'Only for a client that opens very many connections to one address and port: it can run out of local ports. On a server the number alone is harmless.',
      'bernat-time-wait',
      'linux-tcp-ipv4',
    ),
  ],
  advice: advise(
    'any',
    say(
      'time-wait.advice.reuse',
      'Reuse connections (keep-alive, a pool), or let the other end close first.',
      'bernat-time-wait',
    ),
    say(
      'time-wait.advice.ports',
      'More addresses or ports at the destination, or a wider range of local ports.',
      'bernat-time-wait',
    ),
    say(
      'time-wait.advice.tw-reuse',
      'Linux clients: `tcp_tw_reuse=1` lets new connections take such a port after one second. Never tcp_tw_recycle: it broke clients behind NAT and is gone since 4.12.',
      'linux-ip-sysctl',
      'tcp.7',
      'bernat-time-wait',
      'measured',
    ),
    say(
      'time-wait.advice.reuseaddr',
      'A server that cannot bind its port after a restart needs SO_REUSEADDR.',
      'socket.7',
    ),
  ),
  myths: [
    say(
      'time-wait.myth.leak',
      '"TIME_WAIT is a leak": it is the regular end of every connection that was closed here first.',
      'rfc9293-3.6.1',
      'bernat-time-wait',
    ),
    say(
      'time-wait.myth.four',
      '"It lasts four minutes": that is the RFC\'s 2 × 2 min. Linux takes 60 s, macOS 30 s, Windows 2 to 4 min.',
      'rfc9293-3.4.2',
      'linux-tcp-h',
      'xnu-timer',
      'ms-port-exhaustion',
    ),
    say(
      'time-wait.myth.linger',
      '"SO_LINGER 0 is a good fix": it throws away data and sends a reset.',
      'linux-tcp',
      'rfc1337',
    ),
  ],
  cost: {
    descriptor: 'no',
    worker: 'no',
    ephemeralPort: 'client side',
    text: say(
      'time-wait.cost',
      'No descriptor and no process: a little kernel memory, and the combination of two addresses and two ports.',
      'linux-tcp-minisocks',
      'linux-tcp-ipv4',
    ),
  },
};

const CLOSED: StateKnowledge = {
  state: 'CLOSED',
  meaning: say(
    'closed.meaning',
    'No connection. RFC 9293 calls it fictional: a socket that is listed so was made and is not connected.',
    'rfc9293-3.3.2',
  ),
  closedFirst: 'nobody',
  turn: 'program',
  happened: say(
    'closed.happened',
    '**{program} has a socket that is not connected.**',
    'rfc9293-3.3.2',
  ),
  next: say(
    'closed.next',
    'Its turn: {program} may connect, listen, or close it.',
    'rfc9293-3.3.2',
  ),
  last: null,
  ends: say('closed.ends', 'The program connects, listens or closes.', 'rfc9293-3.3.2'),
  limit: null,
  normal: say('closed.normal', 'Rarely listed at all.', 'rfc9293-3.3.2', 'captures-macos'),
  suspicious: [
    say(
      'closed.suspicious',
      'Many of one program: sockets that were made or reset, and not closed.',
      'general-practice',
    ),
  ],
  advice: [],
  myths: [],
  cost: {
    descriptor: 'yes',
    worker: 'no',
    ephemeralPort: 'no',
    text: say('closed.cost', 'A file descriptor.', 'linux-tcp'),
  },
};

const BOUND: StateKnowledge = {
  state: 'BOUND',
  meaning: say(
    'bound.meaning',
    'Not an RFC state: the socket has taken a local port and neither listens nor is connected.',
    'ms-port-exhaustion',
    'linux-tcp-states-h',
  ),
  closedFirst: 'nobody',
  turn: 'program',
  happened: say(
    'bound.happened',
    '**{program} has taken the port** {local} and neither listens nor is connected.',
    'ms-port-exhaustion',
    'linux-tcp-states-h',
  ),
  next: say('bound.next', 'Its turn: {program} may connect, listen, or close it.', 'rfc9293-3.3.2'),
  last: null,
  ends: say('bound.ends', 'The program connects, listens or closes.', 'rfc9293-3.3.2'),
  limit: null,
  normal: say(
    'bound.normal',
    'On Windows (`netstat -q`) often the twin of an outgoing connection.',
    'ms-port-exhaustion',
  ),
  suspicious: [
    say(
      'bound.suspicious',
      'Windows: hundreds of one program are a port or handle leak, and use up the dynamic ports.',
      'ms-port-exhaustion',
    ),
  ],
  advice: [],
  myths: [],
  cost: {
    descriptor: 'yes',
    worker: 'no',
    ephemeralPort: 'yes',
    text: say('bound.cost', 'A handle and a local port.', 'ms-port-exhaustion'),
  },
};

const IDLE: StateKnowledge = {
  state: 'IDLE',
  meaning: say(
    'idle.meaning',
    'Not an RFC state (Solaris): the socket was opened and has no port yet.',
    'solaris-netstat',
  ),
  closedFirst: 'nobody',
  turn: 'program',
  happened: say(
    'idle.happened',
    '**{program} has opened a socket** without a port.',
    'solaris-netstat',
  ),
  next: say('idle.next', 'Its turn: {program} may bind, connect, or close it.', 'solaris-netstat'),
  last: null,
  ends: say('idle.ends', 'The program binds, connects or closes.', 'solaris-netstat'),
  limit: null,
  normal: say('idle.normal', 'A moment.', 'solaris-netstat'),
  suspicious: [],
  advice: [],
  myths: [],
  cost: {
    descriptor: 'yes',
    worker: 'no',
    ephemeralPort: 'no',
    text: say('idle.cost', 'A file descriptor.', 'solaris-netstat'),
  },
};

const DELETE_TCB: StateKnowledge = {
  state: 'DELETE-TCB',
  meaning: say(
    'delete-tcb.meaning',
    "Not an RFC state (Windows, SNMP): the connection's control block is being deleted.",
    'ms-rrasm',
    'ms-tcpstate',
  ),
  closedFirst: 'nobody',
  turn: 'kernel-timer',
  happened: say('delete-tcb.happened', '**The kernel is deleting this connection.**', 'ms-rrasm'),
  next: say('delete-tcb.next', 'Nobody has to do anything.', 'ms-rrasm'),
  last: null,
  ends: say('delete-tcb.ends', 'It goes by itself.', 'ms-rrasm'),
  limit: null,
  normal: say('delete-tcb.normal', 'A moment.', 'ms-rrasm'),
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
