import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** What else is counted of sending. */
export const SENDING: readonly Counter[] = [
  counter(
    'TcpExtTcpTimeoutRehash',
    'information',
    say(
      'After a timeout, the connection asked for another path through the network.',
      'linux-tcp-timer',
      'measured',
    ),
  ),
  counter(
    'TcpExtTcpDuplicateDataRehash',
    'information',
    say(
      'The peer sent data twice, so the connection asked for another path for its ACKs.',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPPLBRehash',
    'information',
    say(
      'A congested connection asked for another path through the network (`net.ipv4.tcp_plb_enabled`).',
      'linux-ip-sysctl',
    ),
  ),
  counter(
    'TcpExtTCPOrigDataSent',
    'normal',
    say(
      'A segment with data was sent for the first time: what to compare retransmissions with.',
      'linux-snmp-counter',
      'linux-tcp-output',
    ),
  ),
  counter(
    'TcpExtTCPDelivered',
    'normal',
    say('A segment of this host was acknowledged.', 'linux-tcp-input'),
  ),
  counter(
    'TcpExtTCPDeliveredCE',
    'growth',
    say(
      'A segment of this host was acknowledged with the remark that a router on the path is congested (ECN).',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPMTUPFail',
    'growth',
    say(
      'A probe whether the path takes larger packets was lost.',
      'linux-tcp-input',
      'linux-ip-sysctl',
    ),
  ),
  counter(
    'TcpExtTCPMTUPSuccess',
    'normal',
    say(
      'A probe whether the path takes larger packets arrived.',
      'linux-tcp-input',
      'linux-ip-sysctl',
    ),
  ),
  counter(
    'TcpExtTCPHystartTrainDetect',
    'normal',
    say(
      'A connection left slow start before it lost packets, because a train of ACKs took long.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPHystartTrainCwnd',
    'normal',
    say(
      'The sum of the windows, in packets, at TcpExtTCPHystartTrainDetect.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPHystartDelayDetect',
    'normal',
    say(
      'A connection left slow start before it lost packets, because the delay grew.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPHystartDelayCwnd',
    'normal',
    say(
      'The sum of the windows, in packets, at TcpExtTCPHystartDelayDetect.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPWqueueTooBig',
    'each',
    say(
      'A segment was not split, because the send queue of the socket is over its limit: a guard against an attack with selective acknowledgments.',
      'linux-tcp-output',
    ),
  ),
  counter(
    'TcpExtTCPAutoCorking',
    'normal',
    say(
      'A small write waited a moment to leave together with the next (`net.ipv4.tcp_autocorking`).',
      'linux-snmp-counter',
      'linux-ip-sysctl',
    ),
  ),
];
