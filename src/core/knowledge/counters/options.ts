import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** TCP Fast Open, which brings data with the SYN. */
export const FAST_OPEN: readonly Counter[] = [
  counter(
    'TcpExtTCPFastOpenActive',
    'normal',
    say(
      'This host opened a connection with TCP Fast Open: its SYN brought data, and the peer took it.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPFastOpenActiveFail',
    'information',
    say(
      'The data that this host sent in a SYN was not acknowledged, or the SYN was lost: TCP Fast Open did not help.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPFastOpenPassive',
    'normal',
    say(
      'A peer opened a connection with TCP Fast Open, and its data was taken.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPFastOpenPassiveFail',
    'information',
    say(
      'A SYN with the cookie of TCP Fast Open was not taken as such: the cookie was wrong, or the socket could not be made.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPFastOpenPassiveAltKey',
    'information',
    say(
      'A cookie of TCP Fast Open was valid by the second key, the one before or after a change of keys.',
      'linux-ip-sysctl',
    ),
  ),
  counter(
    'TcpExtTCPFastOpenListenOverflow',
    'growth',
    say(
      'More connections with TCP Fast Open were waiting for their handshake than the listening socket allows.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPFastOpenCookieReqd',
    'normal',
    say('A peer asked for a cookie of TCP Fast Open.', 'linux-snmp-counter'),
  ),
  counter(
    'TcpExtTCPFastOpenBlackhole',
    'growth',
    say(
      'TCP Fast Open was turned off for a while, because such connections did not come through: most likely something on the path drops them.',
      'linux-ip-sysctl',
    ),
  ),
];

/** Signed segments: TCP MD5 and TCP-AO, used for BGP. */
export const SIGNATURES: readonly Counter[] = [
  counter(
    'TcpExtTCPMD5NotFound',
    'each',
    say(
      'A segment came without the MD5 signature that was expected (BGP sessions use it), and was dropped.',
      'linux-tcp-h',
      'linux-tcp',
    ),
  ),
  counter(
    'TcpExtTCPMD5Unexpected',
    'each',
    say(
      'A segment came with an MD5 signature where none was expected, and was dropped.',
      'linux-tcp',
    ),
  ),
  counter(
    'TcpExtTCPMD5Failure',
    'each',
    say(
      'A segment came with a wrong MD5 signature and was dropped: the two ends have different keys.',
      'linux-tcp',
    ),
  ),
  counter(
    'TcpExtTCPAORequired',
    'each',
    say(
      'A segment came without the TCP-AO signature that is required, and was dropped.',
      'linux-tcp-h',
      'linux-tcp-ao',
    ),
  ),
  counter(
    'TcpExtTCPAOBad',
    'each',
    say('A segment came with a wrong TCP-AO signature and was dropped.', 'linux-tcp-ao'),
  ),
  counter(
    'TcpExtTCPAOKeyNotFound',
    'each',
    say(
      'A segment came with a TCP-AO signature, and this host has no key with the number that it names.',
      'linux-tcp-ao',
    ),
  ),
  counter(
    'TcpExtTCPAOGood',
    'normal',
    say('A segment came with a valid TCP-AO signature.', 'linux-tcp-ao'),
  ),
  counter(
    'TcpExtTCPAODroppedIcmps',
    'information',
    say(
      'An ICMP error for a connection with TCP-AO was ignored, because anyone can forge it.',
      'linux-tcp-ao',
    ),
  ),
];
