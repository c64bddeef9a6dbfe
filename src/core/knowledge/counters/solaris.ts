import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** What Solaris counts and Linux does not, or not in this way. */
export const SOLARIS_ONLY: readonly Counter[] = [
  counter(
    'tcpListenDrop',
    'growth',
    say(
      'A connection was refused because the queue of a listening socket was full: the program is not calling accept() fast enough, or its backlog is too small.',
      'illumos-mib2-h',
    ),
    { namedBy: 'solaris' },
  ),
  counter(
    'tcpListenDropQ0',
    'growth',
    say(
      'A connection was refused because the queue of half-open connections was full.',
      'illumos-mib2-h',
    ),
    { namedBy: 'solaris' },
  ),
  counter(
    'tcpHalfOpenDrop',
    'growth',
    say(
      'A half-open connection was dropped from a full queue: a SYN flood, or answers that do not reach the clients.',
      'illumos-mib2-h',
    ),
    { namedBy: 'solaris' },
  ),
  counter(
    'tcpTimRetrans',
    'growth',
    say('The retransmission timer of a connection expired.', 'illumos-mib2-h'),
    { namedBy: 'solaris' },
  ),
  counter(
    'tcpTimRetransDrop',
    'growth',
    say(
      'A connection was given up: what this host sent was not acknowledged for too long.',
      'illumos-mib2-h',
    ),
    { namedBy: 'solaris' },
  ),
  counter(
    'tcpTimKeepalive',
    'normal',
    say('The keepalive timer of a connection expired.', 'illumos-mib2-h'),
    { namedBy: 'solaris' },
  ),
  counter(
    'tcpTimKeepaliveProbe',
    'normal',
    say('The keepalive timer of a connection expired, and a probe was sent.', 'illumos-mib2-h'),
    { namedBy: 'solaris' },
  ),
  counter(
    'tcpTimKeepaliveDrop',
    'growth',
    say(
      'A connection was given up by keepalive: the peer is gone, or something on the path has forgotten the connection.',
      'illumos-mib2-h',
    ),
    { namedBy: 'solaris' },
  ),
  counter(
    'tcpOutSackRetransSegs',
    'growth',
    say(
      'A segment was sent again because selective acknowledgments showed that it was lost.',
      'illumos-mib2-h',
    ),
    { namedBy: 'solaris', solaris: ['tcpOutSackRetrans'] },
  ),
  counter('tcpOutDataSegs', 'normal', say('A segment with data was sent.', 'illumos-mib2-h'), {
    namedBy: 'solaris',
  }),
];
