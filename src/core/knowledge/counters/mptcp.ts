import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** What else nstat's `MPTcpExt…` tell. */
export const MPTCP_MORE: readonly Counter[] = [
  counter(
    'MPTcpExtMPCapableSYNACKRX',
    'normal',
    say(
      'counter.mptcp.mp-capable-synackrx',
      'A SYN-ACK that takes part in Multipath TCP was received.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableACKRX',
    'normal',
    say(
      'counter.mptcp.mp-capable-ackrx',
      'The last ACK of a handshake of Multipath TCP was received.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableSYNTXDrop',
    'information',
    say(
      'counter.mptcp.mp-capable-syntx-drop',
      'A connection was opened with plain TCP, because its SYN with Multipath TCP had been lost.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableSYNTXDisabled',
    'information',
    say(
      'counter.mptcp.mp-capable-syntx-disabled',
      'A connection was opened with plain TCP, because Multipath TCP had failed before and is switched off for a while.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableEndpAttempt',
    'information',
    say(
      'counter.mptcp.mp-capable-endp-attempt',
      'A peer tried to open a connection to an address and port that Multipath TCP had only announced for further paths: refused.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynRx',
    'normal',
    say(
      'counter.mptcp.mp-join-syn-rx',
      'A peer asked for a further path of a Multipath TCP connection.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynBackupRx',
    'normal',
    say(
      'counter.mptcp.mp-join-syn-backup-rx',
      'A peer asked for a further path that is to be used when the others fail.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynAckRx',
    'normal',
    say(
      'counter.mptcp.mp-join-syn-ack-rx',
      'The peer accepted a further path of a Multipath TCP connection.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynAckBackupRx',
    'normal',
    say(
      'counter.mptcp.mp-join-syn-ack-backup-rx',
      'The peer accepted a further path that is to be used when the others fail.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynAckHMacFailure',
    'growth',
    say(
      'counter.mptcp.mp-join-syn-ack-hmac-failure',
      'The answer to a request for a further path had a wrong signature: the path was refused.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinAckRx',
    'normal',
    say(
      'counter.mptcp.mp-join-ack-rx',
      'The last ACK of the handshake of a further path was received.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinAckHMacFailure',
    'growth',
    say(
      'counter.mptcp.mp-join-ack-hmac-failure',
      'The last ACK of the handshake of a further path had a wrong signature: the path was refused.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinRejected',
    'information',
    say(
      'counter.mptcp.mp-join-rejected',
      'The path manager of this host refused a further path.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynTx',
    'normal',
    say(
      'counter.mptcp.mp-join-syn-tx',
      'This host asked for a further path of a Multipath TCP connection.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynTxCreatSkErr',
    'growth',
    say(
      'counter.mptcp.mp-join-syn-tx-creat-sk-err',
      'No socket could be made for a further path of a Multipath TCP connection.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynTxBindErr',
    'information',
    say(
      'counter.mptcp.mp-join-syn-tx-bind-err',
      'The local address of a further path could not be used: bind() failed.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynTxConnectErr',
    'information',
    say(
      'counter.mptcp.mp-join-syn-tx-connect-err',
      'A further path of a Multipath TCP connection could not be opened: connect() failed.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSNotMatching',
    'information',
    say(
      'counter.mptcp.dss-not-matching',
      'A mapping of Multipath TCP came that did not match the one before it.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSCorruptionFallback',
    'information',
    say(
      'counter.mptcp.dss-corruption-fallback',
      'Something on the path had changed the data of a Multipath TCP connection: it fell back to plain TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSCorruptionReset',
    'information',
    say(
      'counter.mptcp.dss-corruption-reset',
      'Something on the path had changed the data of a further path: that path was reset.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtInfiniteMapTx',
    'information',
    say(
      'counter.mptcp.infinite-map-tx',
      'This host told its peer to go on with plain TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtInfiniteMapRx',
    'information',
    say(
      'counter.mptcp.infinite-map-rx',
      'The peer told this host to go on with plain TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSNoMatchTCP',
    'information',
    say(
      'counter.mptcp.dss-nomatch-tcp',
      'A mapping of Multipath TCP did not match the sequence numbers of TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtOFOQueueTail',
    'normal',
    say(
      'counter.mptcp.ofo-queue-tail',
      'Data came out of order from several paths, and was put at the end of what waits.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtOFOQueue',
    'normal',
    say(
      'counter.mptcp.ofo-queue',
      'Data came out of order from several paths, and was put among what waits.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtOFOMerge',
    'normal',
    say(
      'counter.mptcp.ofo-merge',
      'Data that came out of order from several paths was merged with what waits.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtNoDSSInWindow',
    'information',
    say(
      'counter.mptcp.no-dss-inwindow',
      'Data came that lies outside of the window of the Multipath TCP connection.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDuplicateData',
    'information',
    say(
      'counter.mptcp.duplicate-data',
      'Data came that another path had brought already, and was thrown away.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtAddAddr',
    'normal',
    say(
      'counter.mptcp.add-addr',
      'The peer announced another of its addresses.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtAddAddrTx',
    'normal',
    say(
      'counter.mptcp.add-addr-tx',
      'This host announced another of its addresses.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtAddAddrTxDrop',
    'information',
    say(
      'counter.mptcp.add-addr-tx-drop',
      'This host could not announce one of its addresses, because it lacked resources.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtEchoAdd',
    'normal',
    say(
      'counter.mptcp.echo-add',
      'The peer confirmed an address that this host had announced.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtEchoAddTx',
    'normal',
    say(
      'counter.mptcp.echo-add-tx',
      'This host confirmed an address that the peer had announced.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtEchoAddTxDrop',
    'information',
    say(
      'counter.mptcp.echo-add-tx-drop',
      'This host could not confirm an address of the peer, because it lacked resources.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtPortAdd',
    'normal',
    say(
      'counter.mptcp.port-add',
      'The peer announced an address with a port.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtAddAddrDrop',
    'information',
    say(
      'counter.mptcp.add-addr-drop',
      'An address that the peer announced was not taken.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinPortSynRx',
    'normal',
    say(
      'counter.mptcp.mp-join-port-syn-rx',
      'A peer asked for a further path at another port.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinPortSynAckRx',
    'normal',
    say(
      'counter.mptcp.mp-join-port-syn-ack-rx',
      'The peer accepted a further path at another port.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinPortAckRx',
    'normal',
    say(
      'counter.mptcp.mp-join-port-ack-rx',
      'The last ACK of the handshake of a further path at another port was received.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMismatchPortSynRx',
    'information',
    say(
      'counter.mptcp.mismatch-port-syn-rx',
      'A peer asked for a further path at a port that this host had not announced.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMismatchPortAckRx',
    'information',
    say(
      'counter.mptcp.mismatch-port-ack-rx',
      'The last ACK of the handshake of a further path came to a port that this host had not announced.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmAddr',
    'normal',
    say('counter.mptcp.rm-addr', 'The peer took back one of its addresses.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtRmAddrDrop',
    'information',
    say(
      'counter.mptcp.rm-addr-drop',
      'The peer took back an address, and this host ignored it.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmAddrTx',
    'normal',
    say(
      'counter.mptcp.rm-addr-tx',
      'This host took back one of its addresses.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmAddrTxDrop',
    'information',
    say(
      'counter.mptcp.rm-addr-tx-drop',
      'This host could not take back one of its addresses, because it lacked resources.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmSubflow',
    'normal',
    say(
      'counter.mptcp.rm-subflow',
      'A path of a Multipath TCP connection was removed.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPPrioTx',
    'normal',
    say(
      'counter.mptcp.mp-prio-tx',
      'This host changed the priority of a path.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPPrioRx',
    'normal',
    say(
      'counter.mptcp.mp-prio-rx',
      'The peer changed the priority of a path.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPFastcloseTx',
    'information',
    say(
      'counter.mptcp.mp-fastclose-tx',
      'This host aborted a Multipath TCP connection on all its paths.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPFastcloseRx',
    'information',
    say(
      'counter.mptcp.mp-fastclose-rx',
      'The peer aborted a Multipath TCP connection on all its paths.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtSndWndShared',
    'normal',
    say(
      'counter.mptcp.snd-wnd-shared',
      'A path used the send window of the whole Multipath TCP connection in place of its own.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRcvWndShared',
    'normal',
    say(
      'counter.mptcp.rcv-wnd-shared',
      'A path used the receive window of the whole Multipath TCP connection in place of its own.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRcvWndConflictUpdate',
    'normal',
    say(
      'counter.mptcp.rcv-wnd-conflict-update',
      'Two paths set the receive window of the connection at the same moment, and one of them took over the larger window of the other.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRcvWndConflict',
    'normal',
    say(
      'counter.mptcp.rcv-wnd-conflict',
      'Two paths set the receive window of the connection at the same moment, and one of them had to try again.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableDataFallback',
    'information',
    say(
      'counter.mptcp.mp-capable-data-fallback',
      'A connection fell back to plain TCP, because the first data came without Multipath TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMD5SigFallback',
    'information',
    say(
      'counter.mptcp.md5sig-fallback',
      'A connection was opened with plain TCP, because it is signed with MD5.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDssFallback',
    'information',
    say(
      'counter.mptcp.dss-fallback',
      'A connection fell back to plain TCP, because data came without its mapping.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtSimultConnectFallback',
    'information',
    say(
      'counter.mptcp.simult-connect-fallback',
      'A connection fell back to plain TCP, because both ends opened it at once.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtFallbackFailed',
    'information',
    say(
      'counter.mptcp.fallback-failed',
      'A connection could not fall back to plain TCP, because it had several paths already.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtWinProbe',
    'information',
    say(
      'counter.mptcp.win-probe',
      'This host asked whether the window of a Multipath TCP connection is open again.',
      'linux-mptcp-mib-h',
    ),
  ),
];
