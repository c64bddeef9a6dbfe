import { label, type Label, say, type Statement } from '../wording/statement';

/** A question that people ask, with its answer in a few statements. */
export interface Question {
  readonly id: string;
  readonly question: Label;
  readonly answer: readonly Statement[];
}

/** Only the documentation has these: no hover is long enough. */
export const questions: readonly Question[] = [
  {
    id: 'data-after-close',
    question: label('Does data that arrives after the close reach the program?'),
    answer: [
      say(
        'After close(): no. The socket no longer has a program. In FIN_WAIT_1 and FIN_WAIT_2 Linux answers new data with a reset, as RFC 9293 recommends; the sender sees "connection reset".',
        'rfc9293-3.6.1',
        'linux-tcp-input',
      ),
      say(
        'Linux: close() while data is still unread sends a reset at once, instead of a FIN, so that the peer learns of the loss. Other systems may send the FIN, and the reset when more data comes.',
        'rfc9293-3.6.1',
        'linux-tcp',
      ),
      say(
        'After shutdown() of the sending side: yes. The socket is in FIN_WAIT_2 and receives until the peer also closes. After shutdown() of both sides: no, Linux answers new data with a reset.',
        'rfc9293-3.6',
        'linux-ip-sysctl',
      ),
      say(
        'In CLOSE_WAIT nothing new can come, because the peer has promised to send no more. What came before its FIN waits in Recv-Q and can still be read.',
        'rfc9293-3.6',
        'measured',
      ),
      say(
        'In TIME_WAIT: no. What arrives is a repetition, and is acknowledged or dropped.',
        'rfc9293-3.6.1',
        'linux-tcp-minisocks',
      ),
    ],
  },
  {
    id: 'time-wait-zero',
    question: label('What goes wrong if TIME_WAIT is set to 0 and the port is reused?'),
    answer: [
      say(
        'A segment of the old connection that was held up somewhere can be taken for data of the new one, if its sequence number fits. The program reads bytes that were not sent to it.',
        'rfc1337',
        'rfc9293-3.4.3',
      ),
      say(
        'The two ends of the new connection can disagree about what was sent, and a late reset of the old one can end it.',
        'rfc1337',
      ),
      say(
        'If the last ACK is lost, it is not repeated: the peer repeats its FIN, gets a reset, and its program sees an error instead of an orderly end.',
        'rfc9293-3.6.1',
        'rfc9293-3.5.2',
      ),
      say(
        'What is safe: SO_REUSEADDR for a listening socket (not on Windows, where two programs could take one port). On Linux, also `tcp_tw_reuse` for outgoing connections; it needs TCP timestamps at both ends.',
        'socket.7',
        'linux-ip-sysctl',
        'bernat-time-wait',
      ),
    ],
  },
  {
    id: 'blame',
    question: label('Which side does each WAIT state blame?'),
    answer: [
      say(
        "CLOSE_WAIT: the program here, which has not called close(), unless it is still working on its answer. With Send-Q above 0 it may still be sending; with the timer `probe` (`persist` in ss) the peer's window is closed.",
        'rfc9293-3.3.2',
        'measured',
      ),
      say(
        "FIN_WAIT_1: the peer's kernel or the network, which do not acknowledge. With the timer `probe` (`persist` in ss) the peer's window is closed: it is not reading, or reads slowly.",
        'rfc9293-3.3.2',
        'measured',
      ),
      say(
        "FIN_WAIT_2: as a rule the peer's program, which has not called close() and is in CLOSE_WAIT. The peer may also have crashed, or its FIN may be lost.",
        'rfc9293-3.3.2',
        'measured',
      ),
      say(
        'TIME_WAIT: neither. It says that this end closed first, or both at once, and that the other has also closed.',
        'rfc9293-3.6.1',
      ),
    ],
  },
  {
    id: 'limits',
    question: label("Which states should I count for my server's limit?"),
    answer: [
      say(
        '`ulimit -n` (open files): LISTEN, SYN_SENT, ESTABLISHED and CLOSE_WAIT once accepted, and every other state whose row has a process. Not TIME_WAIT, not SYN_RECV, not FIN_WAIT or LAST_ACK without a process.',
        'linux-tcp',
        'measured',
      ),
      say(
        "Apache's MaxRequestWorkers (and ServerLimit above it): ESTABLISHED and CLOSE_WAIT of its processes. With prefork and worker each of them keeps a worker, even while idle in keep-alive; with event idle keep-alive connections and those being closed do not.",
        'apache-event',
        'apache-mpm-common',
      ),
      say(
        "nginx's worker_connections: all connections of a worker process, to clients and to the servers behind it; so ESTABLISHED, CLOSE_WAIT and SYN_SENT. The limit of open files also applies.",
        'nginx-core',
      ),
      say(
        'The accept queue: connections that the program has not accepted, whether ESTABLISHED or CLOSE_WAIT. `ss -tln` shows their number as Recv-Q and the limit as Send-Q (one more fits in).',
        'linux-tcp-diag',
        'linux-sock-h',
        'measured',
      ),
      say(
        'Local ports for outgoing connections: on the client every state with such a port, TIME_WAIT and BOUND included. Linux counts for each remote address and port separately; Windows by default counts all together (as far as known; AutoReusePortRange changes it).',
        'linux-tcp-ipv4',
        'ms-port-exhaustion',
        'measured',
      ),
    ],
  },
  {
    id: 'four-minutes',
    question: label('Where do the four minutes come from, and are they true?'),
    answer: [
      say(
        'RFC 9293 wants TIME_WAIT to last 2 × MSL, the longest time that a segment may live in the network, and sets that to 2 minutes: "an engineering choice".',
        'rfc9293-3.4.2',
        'rfc9293-3.6.1',
      ),
      say(
        'Systems take less: Linux 60 s, macOS 30 s, the BSDs and illumos 60 s. Windows took 4 minutes in Windows 2000 and 2 in Server 2003; for current versions Microsoft documents both.',
        'linux-tcp-h',
        'xnu-timer',
        'freebsd-timer',
        'illumos',
        'ms-port-exhaustion',
        'ms-timed-wait-2000',
        'ms-timed-wait-2003',
      ),
      say(
        'It never was true for CLOSE_WAIT, of which the same is often said: no timer ends that while the peer answers.',
        'rfc9293-3.3.2',
        'measured',
      ),
    ],
  },
  {
    id: 'hours',
    question: label('Why does CLOSE_WAIT last for hours?'),
    answer: [
      say(
        'Because a program has not called close(), and nothing else may end the connection while the peer answers: the program could still send.',
        'rfc9293-3.6',
        'measured',
      ),
      say(
        'If it ends after about two hours, keepalive is on (on FreeBSD by default). Its first probe comes after 2 h; the peer no longer knows the connection and answers with a reset. The socket is gone from the list then; the file descriptor is not, until the program closes it.',
        'tcp.7',
        'freebsd-timer',
        'measured',
      ),
      say(
        'Recv-Q hints at what the program does (on Linux, where the FIN counts as one). With 0, it has read the end and not called close(), or is still working on its answer. With 1, it is not watching the socket. With 24 to 86, it is often an idle TLS connection. With more, most likely it has stopped reading.',
        'linux-tcp-diag',
        'measured',
        'measured-tls',
      ),
    ],
  },
  {
    id: 'remove',
    question: label('Can I remove it without a restart?'),
    answer: [
      say(
        'Linux: yes, as root with `ss -K` and a filter for the row, if the kernel has CONFIG_INET_DIAG_DESTROY. The peer gets a reset, and the program an error when it next uses the socket; the descriptor stays open until it closes it.',
        'ss.8',
        'linux-tcp',
      ),
      say(
        'Linux: no kernel setting does it. tcp_fin_timeout, tcp_tw_reuse and the like are about other states; keepalive has to be asked for by the program. FreeBSD: keepalive is on by default, but ends only connections whose peer is gone.',
        'linux-ip-sysctl',
        'tcp.7',
        'freebsd-timer',
      ),
      say(
        'FreeBSD and OpenBSD: yes, as root with `tcpdrop`, both addresses and both ports. Windows: TCPView can close a single connection.',
        'tcpdrop.8',
        'openbsd-tcpdrop',
        'ms-tcpview',
      ),
      say(
        'Ending the process always does: the kernel closes its descriptors. The leak starts again with the next process, until the program is fixed.',
        'linux-tcp',
        'general-practice',
      ),
    ],
  },
  {
    id: 'harmless',
    question: label('Are thousands of TIME_WAIT a problem?'),
    answer: [
      say(
        "On a server: no. They have no process and no descriptor, and they use up no outgoing ports, because they all share the server's own port.",
        'bernat-time-wait',
        'linux-tcp-minisocks',
      ),
      say(
        'On a client that opens many connections to one address and port. Linux has 28,232 local ports, so about 470 new connections a second for each destination. macOS has about 546, Windows 68 to 136 in all.',
        'linux-ip-sysctl',
        'linux-tcp-h',
        'xnu-timer',
        'ms-port-exhaustion',
      ),
      say(
        'Reuse connections first. Then more destinations or source addresses, a wider port range, and on Linux `tcp_tw_reuse=1`, which needs TCP timestamps at both ends.',
        'bernat-time-wait',
        'linux-ip-sysctl',
      ),
      say(
        'Linux before 4.19 (RHEL 7 and 8) does not reuse ports on loopback either. A program that calls bind() before connect() has 28,232 ports for each of its addresses in all, unless it sets `IP_BIND_ADDRESS_NO_PORT`. Above `tcp_max_tw_buckets`, connections end without TIME_WAIT.',
        'linux-ip-sysctl',
        'ip.7',
        'measured',
      ),
    ],
  },
];
