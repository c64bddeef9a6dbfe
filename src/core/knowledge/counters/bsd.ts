import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** What macOS, FreeBSD and their relatives count and Linux does not, or not in this way. */
export const BSD_ONLY: readonly Counter[] = [
  counter(
    'listen queue overflows',
    'growth',
    say(
      'A connection met a full queue of a listening socket: the program is not calling accept() fast enough, or its backlog is too small. `netstat -Lan` shows the queues of each socket.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'bad connection attempts',
    'growth',
    say('A wrong SYN came, or a wrong answer to one.', 'network-cmds-inet', 'freebsd-tcp-var-h'),
    { namedBy: 'bsd' },
  ),
  counter(
    'retransmit timeouts',
    'growth',
    say(
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
      'Data came after the program had closed the connection.',
      'network-cmds-inet',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd' },
  ),
  counter(
    'old duplicate packets',
    'growth',
    say('A segment with an old timestamp was dropped.', 'network-cmds-inet', 'freebsd-tcp-var-h'),
    { namedBy: 'bsd' },
  ),
  counter(
    'completely duplicate packets',
    'growth',
    say(
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
      'A half-open connection was dropped, because its part of the SYN cache was full.',
      'freebsd-tcp-var-h',
    ),
    { namedBy: 'bsd', bsd: ['bucket overflow'] },
  ),
  counter(
    'SYN cache: cache overflow',
    'growth',
    say('A half-open connection was dropped, because the SYN cache was full.', 'freebsd-tcp-var-h'),
    { namedBy: 'bsd', bsd: ['cache overflow'] },
  ),
  counter(
    'SYN cache: cookies sent',
    'growth',
    say('A SYN was answered with a cookie.', 'freebsd-tcp-var-h'),
    { namedBy: 'bsd', bsd: ['cookies sent'] },
  ),
  counter(
    'SYN cache: cookies received',
    'growth',
    say('A cookie came back: the client is real.', 'freebsd-tcp-var-h'),
    { namedBy: 'bsd', bsd: ['cookies received'] },
  ),
  counter(
    'requests for mbufs denied',
    'each',
    say(
      'The memory for network data was used up, and a request for more was denied (`netstat -m`).',
      'freebsd-netstat.1',
    ),
    { namedBy: 'bsd', bsd: ['requests for memory denied'] },
  ),
  counter(
    'open TCP sockets',
    'normal',
    say('How many TCP sockets there are now, in any state (macOS).', 'network-cmds-inet'),
    { namedBy: 'bsd', kind: 'gauge' },
  ),
];
