import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { LIKE_A_FLOOD } from '../../kit/listening/cookies';
import { growthRule } from '../../kit/counting/grown';

export const synQueueFull = growthRule(
  {
    code: 'CT-2',
    id: 'counter-syn-queue',
    title: label('Counters show SYNs dropped at a full half-open queue'),
  },
  {
    subject: 'half-open queues',
    severity: 'warning',
    confidence: 'medium',
    counters: ['TcpExtTCPReqQFullDrop'],
    beside: ['TcpExtListenDrops'],
    says: say(
      'A queue of half-open connections is full; SYNs dropped: {count}',
      'linux-tcp-input',
      'measured',
    ),
    why: say(
      'As many handshakes as the backlog of a listener wait for their last ACK, and SYN cookies are off, so further SYNs are dropped.',
      'linux-tcp-input',
      'measured',
    ),
    remedy: say(
      'Set `net.ipv4.tcp_syncookies` to 1: SYNs above the backlog are then answered with cookies. Look in SYN_RECV where the handshakes come from.',
      'linux-ip-sysctl',
      'measured',
    ),
    innocent: LIKE_A_FLOOD,
  },
  {
    subject: 'SYN cache',
    severity: 'warning',
    confidence: 'medium',
    counters: [
      'TcpBucketOverflow',
      'TcpCacheOverflow',
      'TcpDroppedDueToBucketOverflow',
      'TcpDroppedDueToOverflow',
    ],
    says: say(
      'The SYN cache is full; half-open connections dropped: {count}',
      'freebsd-tcp-var-h',
      'network-cmds-inet',
    ),
    why: say(
      'Handshakes that wait for their last ACK are kept in the SYN cache. When the cache is full, each new one displaces an old one.',
      'freebsd-tcp-var-h',
    ),
    innocent: say(
      'A way back on which SYN,ACK gets lost looks like a flood of SYNs.',
      'general-practice',
    ),
  },
);

export const receiveDrops = growthRule(
  {
    code: 'CT-5',
    id: 'counter-receive-drops',
    title: label('Counters show received TCP data dropped for lack of memory'),
  },
  {
    subject: 'receive buffers',
    severity: 'warning',
    confidence: 'high',
    counters: ['TcpExtTCPRcvQDrop', 'TcpExtTCPOFODrop', 'TcpExtRcvPruned', 'TcpExtOfoPruned'],
    says: say(
      'Received TCP data was dropped for want of buffer memory and had to be sent again',
      'linux-tcp-input',
    ),
    why: say(
      'These counters grow when a segment came and neither the receive buffer of its socket nor what the system allows for TCP had room for it.',
      'linux-tcp-input',
    ),
    look: {
      text: say(
        'In `skmem`, r close to rb is a full receive buffer, and d counts what was dropped.',
        'ss.8',
      ),
      command: 'ss -tanpm',
    },
    remedy: say(
      'Let the program that owns the full sockets read faster; else raise the third number of `net.ipv4.tcp_rmem`.',
      'general-practice',
      'linux-ip-sysctl',
    ),
  },
);

export const backlogDrops = growthRule(
  {
    code: 'CT-6',
    id: 'counter-backlog-drops',
    title: label('Counters show segments dropped at sockets in use'),
  },
  {
    subject: 'socket backlog',
    severity: 'warning',
    confidence: 'high',
    counters: ['TcpExtTCPBacklogDrop'],
    says: say(
      'A program keeps its socket busy for too long; segments dropped meanwhile: {count}',
      'linux-tcp-ipv4',
    ),
    why: say(
      'While a program reads or writes, what comes for the socket waits in its backlog, and is dropped when that is full. It is not the backlog of listen().',
      'linux-tcp-ipv4',
    ),
    look: {
      text: say('Counters do not say which socket: in `skmem`, bl is above 0 for it.', 'ss.8'),
      command: 'ss -tanpm',
    },
    remedy: say(
      'Look for a program with a small SO_RCVBUF, or one that reads or writes very much with one call.',
      'linux-tcp-ipv4',
      'general-practice',
    ),
  },
);

export const damagedPackets = growthRule(
  {
    code: 'CT-20',
    id: 'counter-checksums',
    title: label('Counters show packets with wrong checksums'),
  },
  {
    subject: 'checksums',
    severity: 'warning',
    confidence: 'high',
    counters: [
      'TcpInCsumErrors',
      'UdpInCsumErrors',
      'Udp6InCsumErrors',
      'IcmpInCsumErrors',
      'Icmp6InCsumErrors',
      'IpExtInCsumErrors',
      'TcpDiscardedForBadChecksums',
      'IpBadHeaderChecksums',
    ],
    says: say(
      'Damaged packets reach this host; dropped for their checksum: {count}',
      'linux-snmp-counter',
      'measured',
    ),
    why: say(
      'Network hardware checks each frame on its link. What is still wrong here was damaged inside a device: a network card, a router, a virtual switch, or a wrong offload.',
      'general-practice',
    ),
    look: {
      text: on(
        LINUX,
        say(
          'See from whom the packets come: tcpdump marks them as incorrect. Those that this host sends are also marked if its network card makes the checksum.',
          'general-practice',
        ),
      ),
      command: "tcpdump -nnvi any 'tcp or udp' | grep -B1 -iE 'incorrect|bad .*cksum'",
    },
    remedy: say(
      'Look for what the senders have in common, a device or a tunnel, and test without its offloads.',
      'general-practice',
    ),
    innocent: say(
      'Programs that make packets of their own, such as scanners, may send wrong checksums.',
      'general-practice',
    ),
  },
);

export const sourceRefused = growthRule(
  {
    code: 'CT-21',
    id: 'counter-reverse-path',
    title: label('Counters show packets dropped by the reverse path filter'),
  },
  {
    subject: 'reverse path filter',
    severity: 'warning',
    confidence: 'high',
    counters: ['TcpExtIPReversePathFilter'],
    says: say(
      'The reverse path filter drops packets without a route back by the interface they came in: {count}',
      'linux-ip-sysctl',
      'measured',
    ),
    why: say(
      'With `rp_filter` 1, Linux drops a packet whose source it would reach by another interface. Neither end is told, and no other counter moves.',
      'linux-ip-sysctl',
      'measured',
    ),
    look: {
      text: say(
        'This shows the setting. With `net.ipv4.conf.all.log_martians` 1, the kernel log names the packets; `ip route get` shows the route to their source.',
        'linux-ip-sysctl',
      ),
      command: "sysctl -a 2>/dev/null | grep -F '.rp_filter'",
    },
    remedy: say(
      'If the packets are wanted, correct the routes, or set `rp_filter` to 2 for the interface: then any route to the source is enough.',
      'linux-ip-sysctl',
    ),
    innocent: say(
      'On a link to the Internet, packets with forged sources are dropped like this, as they should be.',
      'linux-ip-sysctl',
    ),
  },
);
