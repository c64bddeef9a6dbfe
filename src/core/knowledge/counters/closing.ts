import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** Closing, aborting, TIME_WAIT and keepalive: of nstat's `TcpExt…`. */
export const CLOSING: readonly Counter[] = [
  counter(
    'TcpExtTCPAbortOnClose',
    'growth',
    say(
      'A program closed a connection, or exited, while data that it had received was still unread: the peer got a reset instead of a FIN and sees "connection reset".',
      'linux-tcp',
      'linux-snmp-counter',
      'measured',
    ),
    {
      misread: [
        say(
          '"The user closed too early." What counts is that received data was unread. To avoid it, read to the end of the stream before close().',
          'linux-tcp',
          'measured',
        ),
      ],
      netTools: ['connections reset due to early user close'],
    },
  ),
  counter(
    'TcpExtTCPAbortOnData',
    'growth',
    say(
      'A program closed a connection with SO_LINGER set to 0, or data came after the program had closed: the peer got a reset.',
      'linux-tcp',
      'linux-tcp-input',
      'linux-snmp-counter',
      'measured',
    ),
    {
      misread: [
        say(
          '"Data came unexpectedly." As a rule the cause is SO_LINGER 0, which load balancers and test tools set on purpose. Unread data counts as TcpExtTCPAbortOnClose.',
          'linux-tcp',
          'measured',
        ),
      ],
      netTools: ['connections reset due to unexpected data'],
    },
  ),
  counter(
    'TcpExtTCPAbortOnTimeout',
    'growth',
    say(
      'This host gave up on a connection: its SYNs, its data, its zero-window probes, or its keepalive probes went unanswered for too long.',
      'linux-tcp-timer',
      'linux-snmp-counter',
      'measured',
    ),
    { netTools: ['connections aborted due to timeout'] },
  ),
  counter(
    'TcpExtTCPAbortOnMemory',
    'each',
    say(
      'A closed connection without a process was killed, because there are too many (`net.ipv4.tcp_max_orphans`) or TCP has no memory left (`net.ipv4.tcp_mem`).',
      'linux-tcp-timer',
      'linux-tcp',
      'linux-snmp-counter',
    ),
    { netTools: ['connections aborted due to memory pressure'] },
  ),
  counter(
    'TcpExtTCPAbortOnLinger',
    'information',
    say(
      'A program closed a connection for which it had forbidden waiting in FIN_WAIT_2 (TCP_LINGER2 below 0).',
      'linux-tcp',
      'linux-snmp-counter',
    ),
    { netTools: ['connections aborted after user close in linger timeout'] },
  ),
  counter(
    'TcpExtTCPAbortFailed',
    'each',
    say(
      'A reset could not be sent, as a rule because memory was short.',
      'linux-tcp-output',
      'linux-snmp-counter',
    ),
    { netTools: ['times unable to send RST due to no memory'] },
  ),
  counter(
    'TcpExtTCPAbortOnSyn',
    'information',
    say(
      'Older kernels only: a connection was reset because a SYN came within it.',
      'net-tools-statistics',
    ),
    { netTools: ['connections reset due to unexpected SYN'] },
  ),
  counter(
    'TcpExtTW',
    'normal',
    say(
      'A connection entered TIME_WAIT, or was left in FIN_WAIT_2 without a process: once for each connection that this host closed first.',
      'linux-timewait-sock',
      'measured',
    ),
    {
      misread: [
        say(
          '"So many have left TIME_WAIT, in a fast timer." It counts those that begin, not those that end, and has nothing to do with speed. Large numbers are normal.',
          'linux-timewait-sock',
          'measured',
        ),
      ],
      netTools: ['TCP sockets finished time wait in fast timer'],
    },
  ),
  counter(
    'TcpExtTWKilled',
    'normal',
    say(
      'The same as TcpExtTW, for waits of at most 4 s: `net.ipv4.tcp_fin_timeout` has been set that low.',
      'linux-timewait-sock',
      'measured',
    ),
    { netTools: ['TCP sockets finished time wait in slow timer'] },
  ),
  counter(
    'TcpExtTWRecycled',
    'normal',
    say(
      'A new connect() took over the port of a connection in TIME_WAIT (`net.ipv4.tcp_tw_reuse`).',
      'linux-ip-sysctl',
      'measured',
    ),
    { netTools: ['time wait sockets recycled by time stamp'] },
  ),
  counter(
    'TcpExtTCPTimeWaitOverflow',
    'growth',
    say(
      'A connection skipped TIME_WAIT, because there are as many as `net.ipv4.tcp_max_tw_buckets` allows, or memory is short.',
      'linux-tcp-minisocks',
      'linux-ip-sysctl',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPKeepAlive',
    'normal',
    say(
      'A keepalive probe was sent, whether or not it was answered.',
      'linux-snmp-counter',
      'measured',
    ),
  ),
];
