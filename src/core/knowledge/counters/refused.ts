import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** Segments that are old by their timestamp or place. */
export const OLD_SEGMENTS: readonly Counter[] = [
  counter(
    'TcpExtPAWSActive',
    'growth',
    say(
      'The answer to a SYN of this host had an old timestamp and was refused.',
      'linux-tcp-input',
      'linux-snmp-counter',
    ),
    { netTools: ['active connections rejected because of time stamp'] },
  ),
  counter(
    'TcpExtPAWSPassive',
    'growth',
    say(
      'Up to Linux 4.11: a SYN with an older timestamp than the last of its address was refused. With `tcp_tw_recycle` this hit clients behind one NAT.',
      'tcp.7',
      'bernat-time-wait',
    ),
    { netTools: ['passive connections rejected because of time stamp'] },
  ),
  counter(
    'TcpExtPAWSEstab',
    'growth',
    say(
      'A segment of a connection had an older timestamp than the one before and was dropped: most likely a late duplicate.',
      'linux-tcp-input',
      'linux-snmp-counter',
    ),
    {
      netTools: [
        'packets rejected in established connections because of timestamp',
        'packets rejects in established connections because of timestamp',
      ],
    },
  ),
  counter(
    'TcpExtPAWSOldAck',
    'information',
    say(
      'An ACK with an old timestamp that brings nothing new was dropped: most likely it was overtaken. Kernels up to 6.12 count it as PAWSEstab.',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtPAWSTimewait',
    'information',
    say(
      'A segment for a connection in TIME_WAIT had an old timestamp and was dropped. Kernels up to 6.12 count it as PAWSEstab.',
      'linux-tcp-minisocks',
    ),
  ),
  counter(
    'TcpExtTSEcrRejected',
    'information',
    say(
      'A segment was dropped because the timestamp that it echoes was never sent. Kernels up to 6.12 do not have it.',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtBeyondWindow',
    'information',
    say(
      'A segment was dropped because it lies beyond the window that was offered. Kernels up to 6.12 do not have it.',
      'linux-tcp-input',
    ),
  ),
];

/** Suspicious segments and ICMP errors, and answers to them that were left out. */
export const CHALLENGES: readonly Counter[] = [
  counter(
    'TcpExtTCPChallengeACK',
    'growth',
    say(
      'A suspicious reset, SYN, or ACK was answered with an ACK instead of being obeyed: the segment was late or is forged, or the peer has restarted.',
      'linux-tcp-input',
      'linux-snmp-counter',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPSYNChallenge',
    'growth',
    say(
      'A SYN came within a connection: the peer has restarted and uses its old port, or the SYN is forged.',
      'linux-tcp-input',
      'linux-snmp-counter',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPACKSkippedSynRecv',
    'growth',
    say(
      'To save packets, an answer to a duplicate was left out, on a connection in SYN_RECV.',
      'linux-snmp-counter',
      'linux-tcp-minisocks',
    ),
  ),
  counter(
    'TcpExtTCPACKSkippedPAWS',
    'growth',
    say(
      'An answer to a segment with an old timestamp was left out to save packets.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPACKSkippedSeq',
    'growth',
    say(
      'An answer to a segment outside of the window was left out to save packets. If it grows fast, the two ends of a connection disagree about what was sent.',
      'linux-snmp-counter',
      'linux-tcp-input',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPACKSkippedFinWait2',
    'growth',
    say(
      'To save packets, an answer to a duplicate was left out, on a connection in FIN_WAIT_2.',
      'linux-snmp-counter',
      'linux-tcp-minisocks',
    ),
  ),
  counter(
    'TcpExtTCPACKSkippedTimeWait',
    'growth',
    say(
      'To save packets, an answer to a duplicate was left out, on a connection in TIME_WAIT.',
      'linux-snmp-counter',
      'linux-tcp-minisocks',
    ),
  ),
  counter(
    'TcpExtTCPACKSkippedChallenge',
    'growth',
    say(
      'An answer to a suspicious segment was left out to save packets: TcpExtTCPChallengeACK had been sent moments before.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtOutOfWindowIcmps',
    'information',
    say(
      'An ICMP error was ignored, because it quotes data that is not under way: it is late, or forged.',
      'linux-tcp-ipv4',
    ),
    { netTools: ['ICMP packets dropped because they were out-of-window'] },
  ),
  counter(
    'TcpExtLockDroppedIcmps',
    'information',
    say(
      'An ICMP error came while a program was using the socket, and was dropped.',
      'linux-tcp-ipv4',
    ),
    { netTools: ['ICMP packets dropped because socket was locked'] },
  ),
];
