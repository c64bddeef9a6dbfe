import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** What macOS, FreeBSD and their relatives count and Linux does not, or not in this way. */
export const BSD_ONLY: readonly Counter[] = [
  counter(
    'listen queue overflows',
    'growth',
    say(
      'counter.bsd.listen-queue-overflows',
      'A connection met a full queue of a listening socket: the program is not calling accept() fast enough, or its backlog is too small. `netstat -Lan` shows the queues of each socket.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'bad connection attempts',
    'growth',
    say(
      'counter.bsd.bad-connection-attempts',
      'A wrong SYN came, or a wrong answer to one.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'retransmit timeouts',
    'growth',
    say(
      'counter.bsd.retransmit-timeouts',
      'The retransmission timer of a connection expired: nothing was acknowledged in time.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'connections dropped by rexmit timeout',
    'growth',
    say(
      'counter.bsd.rexmit-drops',
      'A connection was given up: what this host sent was not acknowledged for too long.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'persist timeouts',
    'growth',
    say(
      'counter.bsd.persist-timeouts',
      'This host asked a peer whether its window is open again: the peer is not reading.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'connections dropped by persist timeout',
    'growth',
    say(
      'counter.bsd.persist-drops',
      'A connection was given up: the peer did not open its window for too long.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'keepalive timeouts',
    'normal',
    say(
      'counter.bsd.keepalive-timeouts',
      'A connection was idle so long that keepalive took a look at it.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'keepalive probes sent',
    'normal',
    say(
      'counter.bsd.keepalive-probes',
      'A keepalive probe was sent, whether or not it was answered.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'connections dropped by keepalive',
    'growth',
    say(
      'counter.bsd.keepalive-drops',
      'A connection was given up: its keepalive probes were not answered. The peer is gone, or something on the path has forgotten the connection.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'packets received after close',
    'growth',
    say(
      'counter.bsd.received-after-close',
      'Data came after the program had closed the connection.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'old duplicate packets',
    'growth',
    say(
      'counter.bsd.old-duplicates',
      'A segment with an old timestamp was dropped.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'completely duplicate packets',
    'growth',
    say(
      'counter.bsd.complete-duplicates',
      'Data came that had come before: the peer sends again needlessly, because ACKs are lost or late.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'out-of-order packets',
    'growth',
    say(
      'counter.bsd.out-of-order',
      'A segment came out of order: one before it was lost or overtaken on the way to this host.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'connections closed (including drops)',
    'normal',
    say(
      'counter.bsd.closed',
      'A connection ended, in whatever way. The number in parentheses counts those that were aborted.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'data packets',
    'normal',
    say(
      'counter.bsd.data-packets',
      'A segment with data was sent for the first time.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'duplicate acks',
    'growth',
    say(
      'counter.bsd.duplicate-acks',
      'The peer acknowledged the same data again: it is missing a segment, or got one twice.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'window probes',
    'growth',
    say(
      'counter.bsd.window-probes',
      'A peer asked whether the window of this host is open again: a program here is not reading.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'window probe packets',
    'growth',
    say(
      'counter.bsd.window-probe-packets',
      'This host asked a peer whether its window is open again: the peer is not reading.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'SYN cache: bucket overflow',
    'growth',
    say(
      'counter.bsd.bucket-overflow',
      'A half-open connection was dropped, because its part of the SYN cache was full.',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd', bsd: ['bucket overflow'] },
  ),
  counter(
    'SYN cache: cache overflow',
    'growth',
    say(
      'counter.bsd.cache-overflow',
      'A half-open connection was dropped, because the SYN cache was full.',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd', bsd: ['cache overflow'] },
  ),
  counter(
    'SYN cache: cookies sent',
    'growth',
    say('counter.bsd.cookies-sent', 'A SYN was answered with a cookie.', 'freebsd-tcp-var-h'),
    { namedBy: 'bsd', bsd: ['cookies sent'] },
  ),
  counter(
    'SYN cache: cookies received',
    'growth',
    say(
      'counter.bsd.cookies-received',
      'A cookie came back: the client is real.',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd', bsd: ['cookies received'] },
  ),
  counter(
    'requests for mbufs denied',
    'each',
    say(
      'counter.bsd.mbufs-denied',
      'The memory for network data was used up, and a request for more was denied (`netstat -m`).',
      'freebsd-netstat.1',
    ),
    { namedBy: 'bsd', bsd: ['requests for memory denied'] },
  ),
  counter(
    'open TCP sockets',
    'normal',
    say(
      'counter.bsd.open-sockets',
      'How many TCP sockets there are now, in any state (macOS).',
      'network-cmds-inet',
    ),
    { namedBy: 'bsd', kind: 'gauge' },
  ),
];
