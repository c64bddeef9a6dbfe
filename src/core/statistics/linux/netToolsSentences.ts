/*
 * The sentences of net-tools' statistics.c, with N for a number between words, by the kernel's name
 * of the counter. What stands twice was spelled so by older versions; a name alone is printed as it
 * is and needs no line.
 */

const IP = `
InReceives=total packets received
InHdrErrors=with invalid headers
InAddrErrors=with invalid addresses
ForwDatagrams=forwarded
InUnknownProtos=with unknown protocol
InDiscards=incoming packets discarded
InDelivers=incoming packets delivered
OutRequests=requests sent out
OutDiscards=outgoing packets dropped
OutNoRoutes=dropped because of missing route
ReasmTimeout=fragments dropped after timeout
ReasmReqds=reassemblies required
ReasmOKs=packets reassembled ok
ReasmFails=packet reassemblies failed
ReasmFails=packet reassembles failed
FragOKs=fragments received ok
FragOKs=outgoing packets fragmented ok
FragFails=fragments failed
FragFails=outgoing packets failed fragmentation
FragCreates=fragments created
DefaultTTL=Default TTL is N
`;

const IP6 = `${IP.replace('ForwDatagrams', 'OutForwDatagrams')}
InTooBigErrors=with packets too big
InNoRoutes=incoming packets with no route
InTruncatedPkts=with truncated packets
InMcastPkts=incoming multicast packets
OutMcastPkts=outgoing multicast packets
`;

const ICMP = `
InMsgs=ICMP messages received
InErrors=input ICMP message failed
OutMsgs=ICMP messages sent
OutErrors=ICMP messages failed
`;

const TCP = `
ActiveOpens=active connection openings
ActiveOpens=active connections openings
ActiveOpens=active opens
PassiveOpens=passive connection openings
PassiveOpens=passive opens
AttemptFails=failed connection attempts
EstabResets=connection resets received
CurrEstab=connections established
InSegs=segments received
OutSegs=segments sent out
OutSegs=segments send out
RetransSegs=segments retransmitted
RetransSegs=segments retransmited
InErrs=bad segments received
OutRsts=resets sent
`;

const UDP = `
InDatagrams=packets received
NoPorts=packets to unknown port received
InErrors=packet receive errors
OutDatagrams=packets sent
OutDatagrams=packets send
RcvbufErrors=receive buffer errors
SndbufErrors=send buffer errors
InCsumErrors=packets with invalid checksum
`;

const TCP_EXT = `
SyncookiesSent=SYN cookies sent
SyncookiesRecv=SYN cookies received
SyncookiesFailed=invalid SYN cookies received
EmbryonicRsts=resets received for embryonic SYN_RECV sockets
PruneCalled=packets pruned from receive queue because of socket buffer overrun
RcvPruned=packets pruned from receive queue
OfoPruned=packets dropped from out-of-order queue because of socket buffer overrun
OutOfWindowIcmps=ICMP packets dropped because they were out-of-window
LockDroppedIcmps=ICMP packets dropped because socket was locked
TW=TCP sockets finished time wait in fast timer
TWRecycled=time wait sockets recycled by time stamp
TWKilled=TCP sockets finished time wait in slow timer
PAWSPassive=passive connections rejected because of time stamp
PAWSActive=active connections rejected because of time stamp
PAWSEstab=packets rejected in established connections because of timestamp
PAWSEstab=packets rejects in established connections because of timestamp
DelayedACKs=delayed acks sent
DelayedACKLocked=delayed acks further delayed because of locked socket
DelayedACKLost=Quick ack mode was activated N times
ListenOverflows=times the listen queue of a socket overflowed
ListenDrops=SYNs to LISTEN sockets dropped
ListenDrops=SYNs to LISTEN sockets ignored
TCPPrequeued=packets directly queued to recvmsg prequeue
TCPDirectCopyFromBacklog=bytes directly in process context from backlog
TCPDirectCopyFromBacklog=of bytes directly received from backlog
TCPDirectCopyFromPrequeue=bytes directly received in process context from prequeue
TCPDirectCopyFromPrequeue=of bytes directly received from prequeue
TCPPrequeueDropped=packets dropped from prequeue
TCPHPHits=packet headers predicted
TCPHPHits=packets header predicted
TCPHPHitsToUser=packets header predicted and directly queued to user
SockMallocOOM=Ran N times out of system memory during packet sending
TCPPureAcks=acknowledgments not containing data payload received
TCPPureAcks=acknowledgments not containing data received
TCPHPAcks=predicted acknowledgments
TCPRenoRecovery=times recovered from packet loss due to fast retransmit
TCPSackRecovery=times recovered from packet loss by selective acknowledgements
TCPSackRecovery=times recovered from packet loss due to SACK data
TCPSACKReneging=bad SACK blocks received
TCPSACKReneging=bad SACKs received
TCPFACKReorder=Detected reordering N times using FACK
TCPSACKReorder=Detected reordering N times using SACK
TCPTSReorder=Detected reordering N times using time stamp
TCPRenoReorder=Detected reordering N times using reno fast retransmit
TCPFullUndo=congestion windows fully recovered without slow start
TCPFullUndo=congestion windows fully recovered
TCPPartialUndo=congestion windows partially recovered using Hoe heuristic
TCPDSACKUndo=congestion windows recovered without slow start by DSACK
TCPDSACKUndo=congestion window recovered using DSACK
TCPLossUndo=congestion windows recovered without slow start after partial ack
TCPLossUndo=congestion windows recovered after partial ack
TCPLostRetransmit=retransmits lost
TCPRenoFailures=timeouts after reno fast retransmit
TCPSackFailures=timeouts after SACK recovery
TCPLossFailures=timeouts in loss state
TCPFastRetrans=fast retransmits
TCPForwardRetrans=forward retransmits
TCPSlowStartRetrans=retransmits in slow start
TCPTimeouts=other TCP timeouts
TCPRenoRecoveryFail=classic Reno fast retransmits failed
TCPRenoRecoveryFail=reno fast retransmits failed
TCPSackRecoveryFail=SACK retransmits failed
TCPSackRecoveryFail=sack retransmits failed
TCPSchedulerFailed=times receiver scheduled too late for direct processing
TCPRcvCollapsed=packets collapsed in receive queue due to low socket buffer
TCPDSACKOldSent=DSACKs sent for old packets
TCPDSACKOfoSent=DSACKs sent for out of order packets
TCPDSACKRecv=DSACKs received
TCPDSACKOfoRecv=DSACKs for out of order packets received
TCPAbortOnSyn=connections reset due to unexpected SYN
TCPAbortOnData=connections reset due to unexpected data
TCPAbortOnClose=connections reset due to early user close
TCPAbortOnMemory=connections aborted due to memory pressure
TCPAbortOnTimeout=connections aborted due to timeout
TCPAbortOnLinger=connections aborted after user close in linger timeout
TCPAbortFailed=times unable to send RST due to no memory
TCPAbortFailed=times unabled to send RST due to no memory
TCPMemoryPressures=TCP ran low on memory N times
TCPLoss=TCP data loss events
`;

const HISTOGRAM = `
InDestUnreachs=In destination unreachable
InTimeExcds=In timeout in transit
InTimeExcds=In time exceeded
InParmProbs=In wrong parameters
InSrcQuenchs=In source quenches
InSrcQuenchs=In source quenchs
InRedirects=In redirects
InEchos=In echo requests
InEchoReps=In echo replies
InTimestamps=In timestamp request
InTimestamps=In timestamp requests
InTimestampReps=In timestamp reply
InTimestampReps=In timestamp replies
InAddrMasks=In address mask request
InAddrMasks=In address mask requests
InAddrMaskReps=In address mask replies
InPktTooBigs=In packets too big
InParmProblems=In parameter problem
InGroupMembQueries=In group member queries
InGroupMembResponses=In group member responses
InGroupMembReductions=In group member reductions
InRouterSolicits=In router solicits
InRouterAdvertisements=In router advertisement
InNeighborSolicits=In neighbour solicits
InNeighborSolicits=In neighbor solicits
InNeighborAdvertisements=In neighbour advertisement
InNeighborAdvertisements=In neighbor advertisement
OutDestUnreachs=Out destination unreachable
OutTimeExcds=Out time exceeded
OutTimeExcds=Out timeout in transit
OutParmProbs=Out wrong parameters
OutSrcQuenchs=Out source quench
OutRedirects=Out redirect
OutRedirects=Out redirects
OutEchos=Out echo request
OutEchos=Out echo requests
OutEchoReps=Out echo replies
OutTimestamps=Out timestamp requests
OutTimestampReps=Out timestamp replies
OutAddrMasks=Out address mask requests
OutAddrMaskReps=Out address mask replies
OutPktTooBigs=Out packets too big
OutParmProblems=Out parameter problem
OutGroupMembQueries=Out group member queries
OutGroupMembResponses=Out group member responses
OutGroupMembReductions=Out group member reductions
OutRouterSolicits=Out router solicits
OutRouterAdvertisements=Out router advertisement
OutNeighborSolicits=Out neighbour solicits
OutNeighborSolicits=Out neighbor solicits
OutNeighborAdvertisements=Out neighbour advertisements
OutNeighborAdvertisements=Out neighbor advertisements
`;

/** Names without their section, by section and sentence. */
export const SENTENCES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['Ip', bySentence(IP)],
  ['Ip6', bySentence(IP6)],
  ['Icmp', bySentence(ICMP)],
  ['Icmp6', bySentence(ICMP)],
  ['Tcp', bySentence(TCP)],
  ['Udp', bySentence(UDP)],
  ['Udp6', bySentence(UDP)],
  ['UdpLite', bySentence(UDP)],
  ['UdpLite6', bySentence(UDP)],
  ['TcpExt', bySentence(TCP_EXT)],
]);

/** Names without their section, by `In` or `Out` and what stands in a histogram of ICMP. */
export const HISTOGRAMS = bySentence(HISTOGRAM);

/** What a section prints as sentences, always and in this order, whatever the language. */
export const IN_ORDER: ReadonlyMap<string, readonly string[]> = new Map([
  ['Tcp', [...new Set(bySentence(TCP).values())]],
  ['Udp', [...new Set(bySentence(UDP).values())].slice(0, -1)],
]);

/** Names with their section of sentences that no other section or text has. */
export const ALONE: ReadonlyMap<string, string> = new Map(
  [...bySentence(TCP_EXT)]
    .map(([sentence, name]): [string, string] => [sentence, `TcpExt${name}`])
    .concat(
      [...bySentence(TCP)]
        .filter(([, name]) => name !== 'InSegs')
        .map(([sentence, name]) => [sentence, `Tcp${name}`]),
      [...bySentence(UDP)]
        .filter(
          ([, name]) => name === 'RcvbufErrors' || name === 'SndbufErrors' || name === 'InErrors',
        )
        .concat([['packets to unknown port received', 'NoPorts']])
        .map(([sentence, name]) => [sentence, `Udp${name}`]),
      [
        ['dropped because of missing route', 'IpOutNoRoutes'],
        ['fragments dropped after timeout', 'IpReasmTimeout'],
        ['packet reassembles failed', 'IpReasmFails'],
        ['packet reassemblies failed', 'IpReasmFails'],
      ],
    ),
);

function bySentence(table: string): Map<string, string> {
  return new Map(
    table
      .split('\n')
      .filter(line => line !== '')
      .map(line => {
        const [name = '', sentence = ''] = line.split('=');
        return [sentence, name];
      }),
  );
}
