import assert from 'node:assert/strict';

import {
  bareName,
  counterCalled,
  counterNames,
  COUNTERS,
} from '../../../src/core/knowledge/counters';
import { errorIn } from '../../../src/core/knowledge/errors';
import { foldWords } from '../../../src/core/knowledge/folding';
import { stateFromAnySpelling } from '../../../src/core/vocabulary/stateSpellings';
import { sources } from '../../../src/core/wording/sources';

/** What Linux 6.18 counts: the first lines of /proc/net/snmp and /proc/net/netstat. */
const KERNEL = {
  Tcp: `RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets
    CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors`,
  Udp: `InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors
    IgnoredMulti MemErrors`,
  Ip: `Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos
    InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs
    ReasmFails FragOKs FragFails FragCreates OutTransmits`,
  Icmp: `InMsgs InErrors InCsumErrors InDestUnreachs InTimeExcds InParmProbs InSrcQuenchs InRedirects
    InEchos InEchoReps InTimestamps InTimestampReps InAddrMasks InAddrMaskReps OutMsgs OutErrors
    OutRateLimitGlobal OutRateLimitHost OutDestUnreachs OutTimeExcds OutParmProbs OutSrcQuenchs
    OutRedirects OutEchos OutEchoReps OutTimestamps OutTimestampReps OutAddrMasks
    OutAddrMaskReps`,
  IpExt: `InNoRoutes InTruncatedPkts InMcastPkts OutMcastPkts InBcastPkts OutBcastPkts InOctets
    OutOctets InMcastOctets OutMcastOctets InBcastOctets OutBcastOctets InCsumErrors InNoECTPkts
    InECT1Pkts InECT0Pkts InCEPkts ReasmOverlaps`,
  TcpExt: `SyncookiesSent SyncookiesRecv SyncookiesFailed EmbryonicRsts PruneCalled RcvPruned OfoPruned
    OutOfWindowIcmps LockDroppedIcmps ArpFilter TW TWRecycled TWKilled PAWSActive PAWSEstab
    BeyondWindow TSEcrRejected PAWSOldAck PAWSTimewait DelayedACKs DelayedACKLocked
    DelayedACKLost ListenOverflows ListenDrops TCPHPHits TCPPureAcks TCPHPAcks TCPRenoRecovery
    TCPSackRecovery TCPSACKReneging TCPSACKReorder TCPRenoReorder TCPTSReorder TCPFullUndo
    TCPPartialUndo TCPDSACKUndo TCPLossUndo TCPLostRetransmit TCPRenoFailures TCPSackFailures
    TCPLossFailures TCPFastRetrans TCPSlowStartRetrans TCPTimeouts TCPLossProbes
    TCPLossProbeRecovery TCPRenoRecoveryFail TCPSackRecoveryFail TCPRcvCollapsed
    TCPBacklogCoalesce TCPDSACKOldSent TCPDSACKOfoSent TCPDSACKRecv TCPDSACKOfoRecv
    TCPAbortOnData TCPAbortOnClose TCPAbortOnMemory TCPAbortOnTimeout TCPAbortOnLinger
    TCPAbortFailed TCPMemoryPressures TCPMemoryPressuresChrono TCPSACKDiscard TCPDSACKIgnoredOld
    TCPDSACKIgnoredNoUndo TCPSpuriousRTOs TCPMD5NotFound TCPMD5Unexpected TCPMD5Failure
    TCPSackShifted TCPSackMerged TCPSackShiftFallback TCPBacklogDrop PFMemallocDrop
    TCPMinTTLDrop TCPDeferAcceptDrop IPReversePathFilter TCPTimeWaitOverflow
    TCPReqQFullDoCookies TCPReqQFullDrop TCPRetransFail TCPRcvCoalesce TCPOFOQueue TCPOFODrop
    TCPOFOMerge TCPChallengeACK TCPSYNChallenge TCPFastOpenActive TCPFastOpenActiveFail
    TCPFastOpenPassive TCPFastOpenPassiveFail TCPFastOpenListenOverflow TCPFastOpenCookieReqd
    TCPFastOpenBlackhole TCPSpuriousRtxHostQueues BusyPollRxPackets TCPAutoCorking
    TCPFromZeroWindowAdv TCPToZeroWindowAdv TCPWantZeroWindowAdv TCPSynRetrans TCPOrigDataSent
    TCPHystartTrainDetect TCPHystartTrainCwnd TCPHystartDelayDetect TCPHystartDelayCwnd
    TCPACKSkippedSynRecv TCPACKSkippedPAWS TCPACKSkippedSeq TCPACKSkippedFinWait2
    TCPACKSkippedTimeWait TCPACKSkippedChallenge TCPWinProbe TCPKeepAlive TCPMTUPFail
    TCPMTUPSuccess TCPDelivered TCPDeliveredCE TCPAckCompressed TCPZeroWindowDrop TCPRcvQDrop
    TCPWqueueTooBig TCPFastOpenPassiveAltKey TcpTimeoutRehash TcpDuplicateDataRehash
    TCPDSACKRecvSegs TCPDSACKIgnoredDubious TCPMigrateReqSuccess TCPMigrateReqFailure
    TCPPLBRehash TCPAORequired TCPAOBad TCPAOKeyNotFound TCPAOGood TCPAODroppedIcmps`,
};

/** Sentences and names, and what they count, seen beside each other or in the tool's source. */
const SEEN: readonly (readonly [string, string])[] = [
  ['28 times the listen queue of a socket overflowed', 'TcpExtListenOverflows'],
  ['28 SYNs to LISTEN sockets dropped', 'TcpExtListenDrops'],
  ['6070 active connection openings', 'TcpActiveOpens'],
  ['308 connection resets received', 'TcpEstabResets'],
  ['1137859 segments sent out', 'TcpOutSegs'],
  ['1137859 segments send out', 'TcpOutSegs'],
  ['9210 segments retransmitted', 'TcpRetransSegs'],
  ['9210 segments retransmited', 'TcpRetransSegs'],
  ['0 bad segments received.', 'TcpInErrs'],
  ['12 packets to unknown port received.', 'UdpNoPorts'],
  ['94 packet receive errors', 'UdpInErrors'],
  ['94 receive buffer errors', 'UdpRcvbufErrors'],
  ['Udp: 5 packets received', 'UdpInDatagrams'],
  ['tcp: 5 packets received', 'TcpInSegs'],
  ['5656 TCP sockets finished time wait in fast timer', 'TcpExtTW'],
  ['Detected reordering 35 times using SACK', 'TcpExtTCPSACKReorder'],
  ['Detected reordering N times using SACK', 'TcpExtTCPSACKReorder'],
  ['Quick ack mode was activated 11366 times', 'TcpExtDelayedACKLost'],
  ['TCP ran low on memory 2 times', 'TcpExtTCPMemoryPressures'],
  ['TCPTimeouts: 24', 'TcpExtTCPTimeouts'],
  ['24 other TCP timeouts', 'TcpExtTCPTimeouts'],
  ['17 times recovered from packet loss due to SACK data', 'TcpExtTCPSackRecovery'],
  ['TCPSackRecovery: 17', 'TcpExtTCPSackRecovery'],
  ['ICMP input histogram: destination unreachable: 3', 'IcmpInDestUnreachs'],
  ['ICMP output histogram: destination unreachable: 3', 'IcmpOutDestUnreachs'],
  ['InType3: 2', 'IcmpMsgInType*'],
  ['Icmp6OutType135', 'IcmpMsgOutType*'],
  ['UdpLiteInErrors', 'UdpInErrors'],
  ['Udp6NoPorts', 'UdpNoPorts'],
  ['Ip6OutForwDatagrams', 'IpForwDatagrams'],
  ['  Segments Retransmitted              = 34858', 'TcpRetransSegs'],
  ['Failed Connection Attempts = 1404', 'TcpAttemptFails'],
  ['Erfolglose Verbindungsversuche = 1404', 'TcpAttemptFails'],
  ['Retransmitted Segments:   12', 'TcpRetransSegs'],
  ['1 listen queue overflow', 'listen queue overflows'],
  ['24 data packets (1234 bytes) retransmitted', 'TcpRetransSegs'],
  ['12 connections closed (including 3 drops)', 'connections closed (including drops)'],
  ['0/0/0 requests for mbufs denied (mbufs/clusters/mbuf+clusters)', ''],
  ['0/0/0 requests for mbufs denied', 'requests for mbufs denied'],
  ['tcpListenDrop       =     0', 'tcpListenDrop'],
  ['tcpRetransSegs=12', 'TcpRetransSegs'],
  ['node_netstat_TcpExt_ListenOverflows', 'TcpExtListenOverflows'],
  ['node_netstat_Tcp_RetransSegs', 'TcpRetransSegs'],
  ['TcpExtListenOverflows           28                 0.0', 'TcpExtListenOverflows'],
  ['listenoverflows', 'TcpExtListenOverflows'],
  // Said of several: by nobody's name.
  ['destination unreachable', ''],
  ['packets received', ''],
  ['InErrors', ''],
  ['InCsumErrors', ''],
  ['', ''],
  [': 3', ''],
];

describe('counters', () => {
  it('each say what adds to them, from a source', () => {
    assert.ok(COUNTERS.length > 300, String(COUNTERS.length));
    for (const { name, text, misread } of COUNTERS) {
      for (const { text: words, sources: named } of [text, ...misread]) {
        assert.notEqual(words, '', name);
        assert.ok(named.length > 0 && named.every(id => Object.hasOwn(sources, id)), name);
      }
      for (const { text: words } of misread) {
        assert.match(words, /^"[^"]+\." /, `${name}: a claim in quotes, and what is true`);
      }
    }
  });

  it('have names of their own, and no sentence leads to two', () => {
    const known = new Map<string, string>();
    for (const counter of COUNTERS) {
      for (const name of counterNames(counter)) {
        const folded = foldWords(name);
        const other = known.get(folded) ?? counter.name;
        assert.ok(other === counter.name, `"${name}" is ${other} and ${counter.name}`);
        known.set(folded, counter.name);
      }
    }
    assert.equal(new Set(COUNTERS.map(({ name }) => name)).size, COUNTERS.length);
  });

  it('are found by each of their names and sentences, with a number or without', () => {
    for (const counter of COUNTERS) {
      for (const name of counterNames(counter)) {
        for (const text of [name, `  12 ${name}`, `${name}: 12`, `${name.toUpperCase()} = 7`]) {
          assert.equal(counterCalled(text)?.name, counter.name, text);
        }
      }
    }
  });

  it('are never taken for a state or an error', () => {
    for (const counter of COUNTERS) {
      const bare = bareName(counter);
      for (const name of [...counterNames(counter), ...(bare === null ? [] : [bare])]) {
        assert.equal(stateFromAnySpelling(name), null, name);
      }
      assert.equal(errorIn(counter.name), null, counter.name);
    }
  });

  for (const [section, names] of Object.entries(KERNEL)) {
    it(`know all that Linux counts as ${section}`, () => {
      for (const name of names.trim().split(/\s+/)) {
        const whole = section + name;
        // A name without its section is that of the counter, or of several.
        assert.equal(counterCalled(whole)?.name, whole);
        assert.ok([whole, undefined].includes(counterCalled(name)?.name), name);
      }
    });
  }

  for (const [text, name] of SEEN) {
    it(`read "${text}" as ${name === '' ? 'none' : name}`, () => {
      assert.equal(counterCalled(text)?.name ?? '', name);
    });
  }
});
