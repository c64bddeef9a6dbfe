import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** nstat's `Sctp…` (RFC 3873). */
export const SCTP: readonly Counter[] = [
  counter(
    'SctpCurrEstab',
    'normal',
    say('How many SCTP associations are established now.', 'rfc3873'),
    { kind: 'gauge', netTools: ['Current Associations'] },
  ),
  counter('SctpActiveEstabs', 'normal', say('This host opened an SCTP association.', 'rfc3873'), {
    netTools: ['Active Associations'],
  }),
  counter('SctpPassiveEstabs', 'normal', say('A peer opened an SCTP association.', 'rfc3873'), {
    netTools: ['Passive Associations'],
  }),
  counter('SctpAborteds', 'growth', say('An SCTP association was aborted.', 'rfc3873'), {
    netTools: ['Number of Aborteds'],
  }),
  counter('SctpShutdowns', 'normal', say('An SCTP association ended in order.', 'rfc3873'), {
    netTools: ['Number of Graceful Terminations'],
  }),
  counter(
    'SctpOutOfBlues',
    'growth',
    say('An SCTP packet came that belongs to no association of this host.', 'rfc3873'),
    { netTools: ['Number of Out of Blue packets'] },
  ),
  counter(
    'SctpChecksumErrors',
    'growth',
    say('An SCTP packet with a wrong checksum was dropped.', 'rfc3873'),
    { netTools: ['Number of Packets with invalid Checksum'] },
  ),
  counter('SctpOutSCTPPacks', 'normal', say('An SCTP packet was sent.', 'rfc3873'), {
    netTools: ['Number of SCTP packets sent'],
  }),
  counter('SctpInSCTPPacks', 'normal', say('An SCTP packet was received.', 'rfc3873'), {
    netTools: ['Number of SCTP packets received'],
  }),
];

/** The telling ones of nstat's `MPTcpExt…`. */
export const MPTCP: readonly Counter[] = [
  counter(
    'MPTcpExtMPCurrEstab',
    'normal',
    say('How many Multipath TCP connections are established now.', 'linux-mptcp-mib-h'),
    { kind: 'gauge' },
  ),
  counter(
    'MPTcpExtMPCapableSYNRX',
    'normal',
    say('A SYN that asks for Multipath TCP was received.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPCapableSYNTX',
    'normal',
    say('A SYN that asks for Multipath TCP was sent.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPCapableFallbackACK',
    'growth',
    say(
      'A connection that a peer opened with Multipath TCP fell back to plain TCP during its handshake.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableFallbackSYNACK',
    'growth',
    say(
      'A connection that this host opened with Multipath TCP fell back to plain TCP: the peer, or something on the path, does not take part.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPFallbackTokenInit',
    'growth',
    say(
      'A connection fell back to plain TCP, because no token could be made for it.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPTCPRetrans',
    'growth',
    say('Data was sent again on the level of Multipath TCP.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPJoinNoTokenFound',
    'growth',
    say(
      'A peer wanted to add a path to a connection that this host does not have.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDataCsumErr',
    'each',
    say('Data with a wrong Multipath TCP checksum was received.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPFailTx',
    'growth',
    say('This host reported to a peer that data came damaged (MP_FAIL).', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPFailRx',
    'growth',
    say('A peer reported that data came damaged (MP_FAIL).', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPRstTx',
    'growth',
    say('This host ended one path of a Multipath TCP connection by a reset.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPRstRx',
    'growth',
    say('A peer ended one path of a Multipath TCP connection by a reset.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtSubflowStale',
    'growth',
    say(
      'A path of a Multipath TCP connection is out of use, because nothing came through it.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtSubflowRecover',
    'information',
    say(
      'A path of a Multipath TCP connection that was out of use works again.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtBlackhole',
    'growth',
    say(
      'Multipath TCP was turned off for a while, because such connections did not come through.',
      'linux-mptcp-mib-h',
    ),
  ),
];
