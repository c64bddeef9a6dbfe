import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** nstat's `Sctp…` (RFC 3873). */
export const SCTP: readonly Counter[] = [
  counter(
    'SctpCurrEstab',
    'normal',
    say('counter.sctp-curr-estab', 'How many SCTP associations are established now.', 'rfc3873'),
    { kind: 'gauge', netTools: ['Current Associations'] },
  ),
  counter(
    'SctpActiveEstabs',
    'normal',
    say('counter.sctp-active-estabs', 'This host opened an SCTP association.', 'rfc3873'),
    { netTools: ['Active Associations'] },
  ),
  counter(
    'SctpPassiveEstabs',
    'normal',
    say('counter.sctp-passive-estabs', 'A peer opened an SCTP association.', 'rfc3873'),
    { netTools: ['Passive Associations'] },
  ),
  counter(
    'SctpAborteds',
    'growth',
    say('counter.sctp-aborteds', 'An SCTP association was aborted.', 'rfc3873'),
    { netTools: ['Number of Aborteds'] },
  ),
  counter(
    'SctpShutdowns',
    'normal',
    say('counter.sctp-shutdowns', 'An SCTP association ended in order.', 'rfc3873'),
    { netTools: ['Number of Graceful Terminations'] },
  ),
  counter(
    'SctpOutOfBlues',
    'growth',
    say(
      'counter.sctp-out-of-blues',
      'An SCTP packet came that belongs to no association of this host.',
      'rfc3873',
    ),
    { netTools: ['Number of Out of Blue packets'] },
  ),
  counter(
    'SctpChecksumErrors',
    'growth',
    say(
      'counter.sctp-checksum-errors',
      'An SCTP packet with a wrong checksum was dropped.',
      'rfc3873',
    ),
    { netTools: ['Number of Packets with invalid Checksum'] },
  ),
  counter(
    'SctpOutSCTPPacks',
    'normal',
    say('counter.sctp-out-packs', 'An SCTP packet was sent.', 'rfc3873'),
    { netTools: ['Number of SCTP packets sent'] },
  ),
  counter(
    'SctpInSCTPPacks',
    'normal',
    say('counter.sctp-in-packs', 'An SCTP packet was received.', 'rfc3873'),
    { netTools: ['Number of SCTP packets received'] },
  ),
];
