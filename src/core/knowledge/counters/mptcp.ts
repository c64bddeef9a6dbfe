import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** What else nstat's `MPTcpExt…` tell. */
export const MPTCP_MORE: readonly Counter[] = [
  counter(
    'MPTcpExtMPCapableSYNACKRX',
    'normal',
    say('A SYN-ACK that takes part in Multipath TCP was received.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPCapableACKRX',
    'normal',
    say('The last ACK of a handshake of Multipath TCP was received.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPCapableSYNTXDrop',
    'information',
    say(
      'A connection was opened with plain TCP, because its SYN with Multipath TCP had been lost.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableSYNTXDisabled',
    'information',
    say(
      'A connection was opened with plain TCP, because Multipath TCP had failed before and is switched off for a while.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableEndpAttempt',
    'information',
    say(
      'A peer tried to open a connection to an address and port that Multipath TCP had only announced for further paths: refused.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynRx',
    'normal',
    say('A peer asked for a further path of a Multipath TCP connection.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPJoinSynBackupRx',
    'normal',
    say(
      'A peer asked for a further path that is to be used when the others fail.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynAckRx',
    'normal',
    say('The peer accepted a further path of a Multipath TCP connection.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPJoinSynAckBackupRx',
    'normal',
    say(
      'The peer accepted a further path that is to be used when the others fail.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynAckHMacFailure',
    'growth',
    say(
      'The answer to a request for a further path had a wrong signature: the path was refused.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinAckRx',
    'normal',
    say('The last ACK of the handshake of a further path was received.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPJoinAckHMacFailure',
    'growth',
    say(
      'The last ACK of the handshake of a further path had a wrong signature: the path was refused.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinRejected',
    'information',
    say('The path manager of this host refused a further path.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPJoinSynTx',
    'normal',
    say('This host asked for a further path of a Multipath TCP connection.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPJoinSynTxCreatSkErr',
    'growth',
    say(
      'No socket could be made for a further path of a Multipath TCP connection.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynTxBindErr',
    'information',
    say(
      'The local address of a further path could not be used: bind() failed.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPJoinSynTxConnectErr',
    'information',
    say(
      'A further path of a Multipath TCP connection could not be opened: connect() failed.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSNotMatching',
    'information',
    say(
      'A mapping of Multipath TCP came that did not match the one before it.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSCorruptionFallback',
    'information',
    say(
      'Something on the path had changed the data of a Multipath TCP connection: it fell back to plain TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDSSCorruptionReset',
    'information',
    say(
      'Something on the path had changed the data of a further path: that path was reset.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtInfiniteMapTx',
    'information',
    say('This host told its peer to go on with plain TCP.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtInfiniteMapRx',
    'information',
    say('The peer told this host to go on with plain TCP.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtDSSNoMatchTCP',
    'information',
    say(
      'A mapping of Multipath TCP did not match the sequence numbers of TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtOFOQueueTail',
    'normal',
    say(
      'Data came out of order from several paths, and was put at the end of what waits.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtOFOQueue',
    'normal',
    say(
      'Data came out of order from several paths, and was put among what waits.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtOFOMerge',
    'normal',
    say(
      'Data that came out of order from several paths was merged with what waits.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtNoDSSInWindow',
    'information',
    say(
      'Data came that lies outside of the window of the Multipath TCP connection.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDuplicateData',
    'information',
    say(
      'Data came that another path had brought already, and was thrown away.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtAddAddr',
    'normal',
    say('The peer announced another of its addresses.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtAddAddrTx',
    'normal',
    say('This host announced another of its addresses.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtAddAddrTxDrop',
    'information',
    say(
      'This host could not announce one of its addresses, because it lacked resources.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtEchoAdd',
    'normal',
    say('The peer confirmed an address that this host had announced.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtEchoAddTx',
    'normal',
    say('This host confirmed an address that the peer had announced.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtEchoAddTxDrop',
    'information',
    say(
      'This host could not confirm an address of the peer, because it lacked resources.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtPortAdd',
    'normal',
    say('The peer announced an address with a port.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtAddAddrDrop',
    'information',
    say('An address that the peer announced was not taken.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPJoinPortSynRx',
    'normal',
    say('A peer asked for a further path at another port.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPJoinPortSynAckRx',
    'normal',
    say('The peer accepted a further path at another port.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPJoinPortAckRx',
    'normal',
    say(
      'The last ACK of the handshake of a further path at another port was received.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMismatchPortSynRx',
    'information',
    say(
      'A peer asked for a further path at a port that this host had not announced.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMismatchPortAckRx',
    'information',
    say(
      'The last ACK of the handshake of a further path came to a port that this host had not announced.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmAddr',
    'normal',
    say('The peer took back one of its addresses.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtRmAddrDrop',
    'information',
    say('The peer took back an address, and this host ignored it.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtRmAddrTx',
    'normal',
    say('This host took back one of its addresses.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtRmAddrTxDrop',
    'information',
    say(
      'This host could not take back one of its addresses, because it lacked resources.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRmSubflow',
    'normal',
    say('A path of a Multipath TCP connection was removed.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPPrioTx',
    'normal',
    say('This host changed the priority of a path.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPPrioRx',
    'normal',
    say('The peer changed the priority of a path.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPFastcloseTx',
    'information',
    say('This host aborted a Multipath TCP connection on all its paths.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtMPFastcloseRx',
    'information',
    say('The peer aborted a Multipath TCP connection on all its paths.', 'linux-mptcp-mib-h'),
  ),
  counter(
    'MPTcpExtSndWndShared',
    'normal',
    say(
      'A path used the send window of the whole Multipath TCP connection in place of its own.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRcvWndShared',
    'normal',
    say(
      'A path used the receive window of the whole Multipath TCP connection in place of its own.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRcvWndConflictUpdate',
    'normal',
    say(
      'Two paths set the receive window of the connection at the same moment, and one of them took over the larger window of the other.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtRcvWndConflict',
    'normal',
    say(
      'Two paths set the receive window of the connection at the same moment, and one of them had to try again.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMPCapableDataFallback',
    'information',
    say(
      'A connection fell back to plain TCP, because the first data came without Multipath TCP.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtMD5SigFallback',
    'information',
    say(
      'A connection was opened with plain TCP, because it is signed with MD5.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtDssFallback',
    'information',
    say(
      'A connection fell back to plain TCP, because data came without its mapping.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtSimultConnectFallback',
    'information',
    say(
      'A connection fell back to plain TCP, because both ends opened it at once.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtFallbackFailed',
    'information',
    say(
      'A connection could not fall back to plain TCP, because it had several paths already.',
      'linux-mptcp-mib-h',
    ),
  ),
  counter(
    'MPTcpExtWinProbe',
    'information',
    say(
      'This host asked whether the window of a Multipath TCP connection is open again.',
      'linux-mptcp-mib-h',
    ),
  ),
];
