import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** nstat's `MPTcpExt…`. */
export const MPTCP: readonly Counter[] = [
  counter(
    'MPTcpExtMPCurrEstab',
    'normal',
    say(
      'counter.mptcp-curr-estab',
      'How many Multipath TCP connections are established now.',
      'linux-mptcp-mib-h',
    ),
    { kind: 'gauge' },
  ),
  counter(
    'MPTcpExtMPCapableSYNRX',
    'normal',
    say(
      'counter.mptcp-syn-rx',
      'A SYN that asks for Multipath TCP was received.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableSYNTX',
    'normal',
    say('counter.mptcp-syn-tx', 'A SYN that asks for Multipath TCP was sent.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPCapableFallbackACK',
    'growth',
    say(
      'counter.mptcp-fallback-ack',
      'A connection that a peer opened with Multipath TCP fell back to plain TCP during its handshake.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableFallbackSYNACK',
    'growth',
    say(
      'counter.mptcp-fallback-syn-ack',
      'A connection that this host opened with Multipath TCP fell back to plain TCP: the peer, or something on the path, does not take part.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPFallbackTokenInit',
    'growth',
    say(
      'counter.mptcp-fallback-token-init',
      'A connection fell back to plain TCP, because no token could be made for it.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPTCPRetrans',
    'growth',
    say(
      'counter.mptcp-retrans',
      'Data was sent again on the level of Multipath TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinNoTokenFound',
    'growth',
    say(
      'counter.mptcp-join-no-token',
      'A peer wanted to add a path to a connection that this host does not have.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDataCsumErr',
    'each',
    say(
      'counter.mptcp-data-csum-err',
      'Data with a wrong Multipath TCP checksum was received.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPFailTx',
    'growth',
    say(
      'counter.mptcp-fail-tx',
      'This host reported to a peer that data came damaged (MP_FAIL).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPFailRx',
    'growth',
    say(
      'counter.mptcp-fail-rx',
      'A peer reported that data came damaged (MP_FAIL).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPRstTx',
    'growth',
    say(
      'counter.mptcp-rst-tx',
      'This host ended one path of a Multipath TCP connection by a reset.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPRstRx',
    'growth',
    say(
      'counter.mptcp-rst-rx',
      'A peer ended one path of a Multipath TCP connection by a reset.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtSubflowStale',
    'growth',
    say(
      'counter.mptcp-subflow-stale',
      'A path of a Multipath TCP connection is out of use, because nothing came through it.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtSubflowRecover',
    'information',
    say(
      'counter.mptcp-subflow-recover',
      'A path of a Multipath TCP connection that was out of use works again.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtBlackhole',
    'growth',
    say(
      'counter.mptcp-blackhole',
      'Multipath TCP was turned off for a while, because such connections did not come through.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableSYNTXDrop',
    'growth',
    say(
      'counter.mptcp-mp-capable-syntx-drop',
      'A connection of this host gave up Multipath TCP for plain TCP, because the SYNs that asked for it got no answer.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableSYNTXDisabled',
    'information',
    say(
      'counter.mptcp-mp-capable-syntx-disabled',
      'A connection of this host did not ask for Multipath TCP, because such connections did not come through before.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableEndpAttempt',
    'information',
    say(
      'counter.mptcp-mp-capable-endp-attempt',
      'A SYN that asks for Multipath TCP came to a port that only takes further paths, and was refused.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableSYNACKRX',
    'normal',
    say(
      'counter.mptcp-mp-capable-synackrx',
      'A peer agreed to Multipath TCP: its SYN,ACK says so.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableACKRX',
    'normal',
    say(
      'counter.mptcp-mp-capable-ackrx',
      'The last ACK of a handshake with Multipath TCP was received.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableDataFallback',
    'growth',
    say(
      'counter.mptcp-mp-capable-data-fallback',
      'A connection fell back to plain TCP, because the first segments with data lacked what Multipath TCP needs.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMD5SigFallback',
    'information',
    say(
      'counter.mptcp-md5-sig-fallback',
      'A connection fell back to plain TCP, because TCP MD5 signatures are on, which exclude Multipath TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDssFallback',
    'growth',
    say(
      'counter.mptcp-dss-fallback',
      'A connection fell back to plain TCP, because the mapping of its data (DSS) was wrong or missing.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtSimultConnectFallback',
    'information',
    say(
      'counter.mptcp-simult-connect-fallback',
      'A connection fell back to plain TCP, because both ends opened it at the same time.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtFallbackFailed',
    'growth',
    say(
      'counter.mptcp-fallback-failed',
      'A connection should have fallen back to plain TCP, and its state did not allow that.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynRx',
    'normal',
    say(
      'counter.mptcp-mp-join-syn-rx',
      'A peer asked to add a path to a connection (SYN with MP_JOIN).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynBackupRx',
    'normal',
    say(
      'counter.mptcp-mp-join-syn-backup-rx',
      'A peer asked to add a path to a connection that is meant as backup only.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynAckRx',
    'normal',
    say(
      'counter.mptcp-mp-join-syn-ack-rx',
      'A peer agreed to a further path (SYN,ACK with MP_JOIN).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynAckBackupRx',
    'normal',
    say(
      'counter.mptcp-mp-join-syn-ack-backup-rx',
      'A peer agreed to a further path, and wants it as backup only.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynAckHMacFailure',
    'each',
    say(
      'counter.mptcp-mp-join-syn-ack-h-mac-failure',
      'A peer agreed to a further path with a wrong authentication code, so the path was not added.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinAckRx',
    'normal',
    say(
      'counter.mptcp-mp-join-ack-rx',
      'The handshake of a further path was completed by the peer.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinAckHMacFailure',
    'each',
    say(
      'counter.mptcp-mp-join-ack-h-mac-failure',
      'The last ACK of the handshake of a further path had a wrong authentication code, so the path was not added.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinRejected',
    'information',
    say(
      'counter.mptcp-mp-join-rejected',
      'A further path was refused by the path manager: the limit of paths is reached, or none are accepted.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynTx',
    'normal',
    say(
      'counter.mptcp-mp-join-syn-tx',
      'This host asked to add a path to a connection (SYN with MP_JOIN).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynTxCreatSkErr',
    'growth',
    say(
      'counter.mptcp-mp-join-syn-tx-creat-sk-err',
      'A further path was not opened, because no socket could be created for it.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynTxBindErr',
    'growth',
    say(
      'counter.mptcp-mp-join-syn-tx-bind-err',
      'A further path was not opened, because its local address could not be bound.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynTxConnectErr',
    'growth',
    say(
      'counter.mptcp-mp-join-syn-tx-connect-err',
      'A further path was not opened, because its connect() failed.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinPortSynRx',
    'normal',
    say(
      'counter.mptcp-mp-join-port-syn-rx',
      'A peer asked to add a path on another port than that of the connection.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinPortSynAckRx',
    'normal',
    say(
      'counter.mptcp-mp-join-port-syn-ack-rx',
      'A peer agreed to a path on another port than that of the connection.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinPortAckRx',
    'normal',
    say(
      'counter.mptcp-mp-join-port-ack-rx',
      'The handshake of a path on another port was completed by the peer.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMismatchPortSynRx',
    'growth',
    say(
      'counter.mptcp-mismatch-port-syn-rx',
      'A peer asked to add a path on a port that this host has not announced.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMismatchPortAckRx',
    'growth',
    say(
      'counter.mptcp-mismatch-port-ack-rx',
      'The last ACK of the handshake of a further path came on a port that this host has not announced.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSNotMatching',
    'growth',
    say(
      'counter.mptcp-dss-not-matching',
      'A new mapping of data (DSS) came that does not fit the one before.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSCorruptionFallback',
    'growth',
    say(
      'counter.mptcp-dss-corruption-fallback',
      'A mapping of data (DSS) was damaged, and the connection fell back to plain TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSCorruptionReset',
    'growth',
    say(
      'counter.mptcp-dss-corruption-reset',
      'A mapping of data (DSS) was damaged, and that path was reset.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSNoMatchTCP',
    'growth',
    say(
      'counter.mptcp-dss-no-match-tcp',
      'A mapping of data (DSS) does not fit the sequence numbers of its path.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtInfiniteMapTx',
    'growth',
    say(
      'counter.mptcp-infinite-map-tx',
      'This host told a peer that it goes on without Multipath TCP (infinite mapping).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtInfiniteMapRx',
    'growth',
    say(
      'counter.mptcp-infinite-map-rx',
      'A peer told that it goes on without Multipath TCP (infinite mapping).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtOFOQueueTail',
    'normal',
    say(
      'counter.mptcp-ofo-queue-tail',
      'Data that came before earlier data, by another path, was put at the end of the queue of what waits.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtOFOQueue',
    'normal',
    say(
      'counter.mptcp-ofo-queue',
      'Data that came before earlier data, by another path, was put into the queue of what waits.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtOFOMerge',
    'normal',
    say(
      'counter.mptcp-ofo-merge',
      'Data that came before earlier data was joined with what waits already.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtNoDSSInWindow',
    'growth',
    say(
      'counter.mptcp-no-dss-in-window',
      'Data came outside the receive window of the whole connection.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDuplicateData',
    'information',
    say(
      'counter.mptcp-duplicate-data',
      'Data came that had come before, by this path or another, and was dropped.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtAddAddr',
    'normal',
    say(
      'counter.mptcp-add-addr',
      'A peer announced a further address of its own (ADD_ADDR).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtAddAddrTx',
    'normal',
    say(
      'counter.mptcp-add-addr-tx',
      'This host announced a further address of its own (ADD_ADDR).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtAddAddrTxDrop',
    'growth',
    say(
      'counter.mptcp-add-addr-tx-drop',
      'A further address was not announced, because what was needed for that had run out.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtAddAddrDrop',
    'information',
    say(
      'counter.mptcp-add-addr-drop',
      "A peer's announcement of a further address was dropped.",
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtEchoAdd',
    'normal',
    say(
      'counter.mptcp-echo-add',
      'A peer confirmed a further address that this host had announced.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtEchoAddTx',
    'normal',
    say(
      'counter.mptcp-echo-add-tx',
      'This host confirmed a further address that a peer had announced.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtEchoAddTxDrop',
    'growth',
    say(
      'counter.mptcp-echo-add-tx-drop',
      'A further address of a peer was not confirmed, because what was needed for that had run out.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtPortAdd',
    'normal',
    say(
      'counter.mptcp-port-add',
      'A peer announced a further address with a port of its own.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmAddr',
    'normal',
    say(
      'counter.mptcp-rm-addr',
      'A peer took back an address that it had announced (RM_ADDR).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmAddrDrop',
    'information',
    say(
      'counter.mptcp-rm-addr-drop',
      "A peer's message that an address is gone was dropped.",
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmAddrTx',
    'normal',
    say(
      'counter.mptcp-rm-addr-tx',
      'This host took back an address that it had announced (RM_ADDR).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmAddrTxDrop',
    'growth',
    say(
      'counter.mptcp-rm-addr-tx-drop',
      'An address was not taken back, because what was needed for that had run out.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmSubflow',
    'normal',
    say('counter.mptcp-rm-subflow', 'A path was removed from a connection.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPPrioTx',
    'normal',
    say(
      'counter.mptcp-mp-prio-tx',
      'This host told a peer that a path is, or is no longer, a backup (MP_PRIO).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPPrioRx',
    'normal',
    say(
      'counter.mptcp-mp-prio-rx',
      'A peer told that a path is, or is no longer, a backup (MP_PRIO).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPFastcloseTx',
    'information',
    say(
      'counter.mptcp-mp-fastclose-tx',
      'This host ended a whole connection with all its paths at once (MP_FASTCLOSE).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPFastcloseRx',
    'information',
    say(
      'counter.mptcp-mp-fastclose-rx',
      'A peer ended a whole connection with all its paths at once (MP_FASTCLOSE).',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRcvPruned',
    'growth',
    say(
      'counter.mptcp-rcv-pruned',
      'Data that was received was dropped for want of memory.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtSndWndShared',
    'normal',
    say(
      'counter.mptcp-snd-wnd-shared',
      'A path may send more than its own window allows, because the window of the whole connection is larger.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRcvWndShared',
    'normal',
    say(
      'counter.mptcp-rcv-wnd-shared',
      'A path offers the receive window of the whole connection, which is larger than its own.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRcvWndConflictUpdate',
    'information',
    say(
      'counter.mptcp-rcv-wnd-conflict-update',
      'While a path raised the receive window of the whole connection, another one had raised it further, and that was taken over.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRcvWndConflict',
    'information',
    say(
      'counter.mptcp-rcv-wnd-conflict',
      'Two paths raised the receive window of the whole connection at the same time.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtWinProbe',
    'growth',
    say(
      'counter.mptcp-win-probe',
      'This host asked a peer whether the window of a whole connection is open again: the peer is not reading.',
      'linux-mptcp-mib-h',
    ),
  ),
];
