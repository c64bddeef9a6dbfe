import type { System } from '../vocabulary/system';
import { say, type Statement } from '../wording/statement';

/** The clocks that end a state without any program's help. */
export type LimitId =
  | 'syn-sent'
  | 'syn-received'
  | 'retransmission'
  | 'orphan'
  | 'fin-wait-2'
  | 'time-wait'
  | 'keepalive';

/** How long a system waits. */
export interface Limit {
  /** Seconds, from the shortest to the longest that is documented or measured for the system. */
  readonly seconds: readonly [number, number];
  /** The same in words, with what it depends on. */
  readonly text: Statement;
}

export interface SystemKnowledge {
  readonly id: System;
  readonly limits: Partial<Readonly<Record<LimitId, Limit>>>;
  /** Ports given to outgoing connections by default, first and last; null where not known. */
  readonly ephemeral: readonly [number, number] | null;
  readonly ephemeralText: Statement | null;
  /** Whether every connection is probed, not only where its program has asked for it. */
  readonly keepsAlive?: true;
  /** How to see which program holds a socket. */
  readonly pids: Statement | null;
}

function limit(seconds: number | Limit['seconds'], text: Statement): Limit {
  return { seconds: typeof seconds === 'number' ? [seconds, seconds] : seconds, text };
}

const LINUX: SystemKnowledge = {
  id: 'linux',
  limits: {
    'syn-sent': limit(
      [127, 131],
      say(
        'about 131 s since kernel 6.5, 127 s before (`tcp_syn_retries` 6)',
        'linux-ip-sysctl',
        'measured',
      ),
    ),
    'syn-received': limit(
      [7, 63],
      say(
        'at most 63 s by default (`tcp_synack_retries` 5), sometimes only 7 s while its queue is more than half full',
        'linux-ip-sysctl',
        'linux-connection-sock-h',
        'measured',
      ),
    ),
    retransmission: limit(
      [924, 925],
      say(
        'about 15 min (`tcp_retries2` 15: at least 924.6 s), unless the program sets `TCP_USER_TIMEOUT`',
        'linux-ip-sysctl',
        'tcp.7',
      ),
    ),
    orphan: limit(
      [102, 400],
      say(
        'at least 102 s while the peer is silent and no process holds it (`tcp_orphan_retries` 0 acts as 8)',
        'linux-tcp-timer',
        'measured',
      ),
    ),
    'fin-wait-2': limit(
      60,
      say(
        '60 s by default (`tcp_fin_timeout`, or `TCP_LINGER2` of its program)',
        'linux-ip-sysctl',
        'tcp.7',
      ),
    ),
    'time-wait': limit(
      60,
      say('60 s, a constant of the kernel (`TCP_TIMEWAIT_LEN`)', 'linux-tcp-h', 'measured'),
    ),
    keepalive: limit(
      7875,
      say(
        '2 h 11 min 15 s with defaults (7200 s idle, then 9 probes 75 s apart), only with `SO_KEEPALIVE`',
        'tcp.7',
      ),
    ),
  },
  ephemeral: [32768, 60999],
  ephemeralText: say('32768–60999 (`net.ipv4.ip_local_port_range`)', 'linux-ip-sysctl'),
  pids: say(
    'Run `netstat -p` or `ss -p` as root to see every program. Without root, you see only your own.',
    'netstat.8',
    'ss.8',
  ),
};

const SYSTEMS: readonly SystemKnowledge[] = [
  LINUX,
  {
    id: 'windows',
    limits: {
      'syn-sent': limit(
        21,
        say(
          'about 21 s with 4 retransmissions (`netsh int tcp show global`); 7 s was measured with 2',
          'windows-syn-measured',
        ),
      ),
      'fin-wait-2': limit(
        [120, 300],
        say(
          '2 to 5 min (Microsoft documents 2 min for connections that a network card handles, and 5 min for Server 2003; not measured by us)',
          'ms-fin-wait-2-timer',
          'ms-kb-813056',
        ),
      ),
      'time-wait': limit(
        [120, 240],
        say(
          '2 to 4 min (Microsoft documents both 120 s and 240 s; `TcpTimedWaitDelay`)',
          'ms-port-exhaustion',
          'ms-timed-wait-2003',
          'ms-timed-wait-2000',
        ),
      ),
      keepalive: limit(
        7210,
        say(
          'a little over 2 h with defaults (`KeepAliveTime` 2 h, then probes 1 s apart), only with keep-alive on',
          'ms-keepalive',
        ),
      ),
    },
    ephemeral: [49152, 65535],
    ephemeralText: say(
      '49152–65535 since Vista and Server 2008 (`netsh int ipv4 show dynamicport tcp`)',
      'ms-port-exhaustion',
    ),
    pids: say(
      'Run `netstat -ano` for PIDs, `netstat -anob` in an elevated prompt for program names.',
      'ms-netstat',
    ),
  },
  {
    id: 'macos',
    limits: {
      'syn-sent': limit(75, say('75 s', 'xnu-timer')),
      'syn-received': limit(75, say('75 s', 'xnu-timer')),
      'fin-wait-2': limit(60, say('60 s (`net.inet.tcp.fin_timeout`)', 'xnu-timer')),
      'time-wait': limit(30, say('30 s (2 × `net.inet.tcp.msl`, 15 s)', 'xnu-timer')),
      keepalive: limit(
        7800,
        say(
          '2 h 10 min with defaults (7200 s idle, then 8 probes 75 s apart), only with `SO_KEEPALIVE`',
          'xnu-timer',
        ),
      ),
    },
    ephemeral: [49152, 65535],
    ephemeralText: say('49152–65535 (`net.inet.ip.portrange.first` and `.last`)', 'xnu-in-h'),
    pids: say(
      'Run `sudo netstat -anv` or `sudo lsof -nP -i` to see programs and PIDs.',
      'macos-netstat.1',
      'lsof',
    ),
  },
  {
    id: 'freebsd',
    limits: {
      'syn-sent': limit(75, say('75 s (`keepinit`)', 'freebsd-tcp.4')),
      'fin-wait-2': limit(
        [60, 600],
        say(
          'about 600 s; 60 s where `net.inet.tcp.fast_finwait2_recycle` is on (off by default)',
          'freebsd-timer',
        ),
      ),
      'time-wait': limit(60, say('60 s (2 × `net.inet.tcp.msl`, 30 s)', 'freebsd-timer')),
      keepalive: limit(
        7800,
        say(
          '2 h 10 min with defaults (7200 s idle, then 8 probes 75 s apart), on by default (`net.inet.tcp.always_keepalive`)',
          'freebsd-timer',
        ),
      ),
    },
    ephemeral: [10000, 65535],
    ephemeralText: say('10000–65535 (`net.inet.ip.portrange.first` and `.last`)', 'freebsd-in-h'),
    keepsAlive: true,
    pids: say('netstat shows no PIDs on this system. Run `sockstat -46s`.', 'sockstat'),
  },
  {
    id: 'openbsd',
    limits: {
      'syn-sent': limit(75, say('75 s', 'openbsd-timer')),
      'time-wait': limit(60, say('60 s (2 × 30 s)', 'openbsd-timer')),
    },
    ephemeral: null,
    ephemeralText: null,
    pids: say(
      'netstat shows no PIDs on this system. Run `fstat | grep internet`.',
      'openbsd-fstat',
    ),
  },
  {
    id: 'netbsd',
    limits: {
      'syn-sent': limit(75, say('75 s', 'netbsd-timer')),
      'time-wait': limit(60, say('60 s (2 × 30 s)', 'netbsd-timer')),
    },
    ephemeral: [49152, 65535],
    ephemeralText: say('49152–65535', 'netbsd-in-h'),
    pids: say('netstat shows no PIDs on this system. Run `sockstat`.', 'sockstat'),
  },
  {
    id: 'solaris',
    limits: {
      'syn-sent': limit(180, say('3 min', 'illumos')),
      orphan: limit(300, say('5 min', 'illumos')),
      'fin-wait-2': limit(
        [60, 675],
        say('60 s on illumos, 675 s on Oracle Solaris', 'illumos', 'solaris-tunables'),
      ),
      'time-wait': limit(
        [60, 240],
        say(
          '60 s on illumos and since Solaris 9; 4 min on Solaris 8',
          'illumos',
          'solaris-tunables',
        ),
      ),
      keepalive: limit(7680, say('2 h idle; given up 8 min later', 'illumos')),
    },
    ephemeral: [32768, 65535],
    ephemeralText: say('32768–65535', 'illumos', 'solaris-tunables'),
    pids: say('Run `netstat -anu`, or `pfiles` on a process.', 'solaris-netstat'),
  },
  { ...LINUX, id: 'android' },
];

/** All systems of which anything is known, the commonest first. */
export const systems: readonly SystemKnowledge[] = SYSTEMS;

/** What is known of a system; null if it is unknown or nothing is known of it. */
export function systemKnowledge(id: System | null): SystemKnowledge | null {
  return SYSTEMS.find(system => system.id === id) ?? null;
}

const NAMES: Readonly<Record<System, string>> = {
  linux: 'Linux',
  windows: 'Windows',
  macos: 'macOS',
  freebsd: 'FreeBSD',
  openbsd: 'OpenBSD',
  netbsd: 'NetBSD',
  solaris: 'Solaris / illumos',
  aix: 'AIX',
  hpux: 'HP-UX',
  android: 'Android',
  cisco: 'Cisco IOS',
  esxi: 'ESXi',
  junos: 'Junos',
};

/** The name of a system as people write it. */
export function systemName(id: System): string {
  return NAMES[id];
}

/** What the RFC, not a system, says of TIME-WAIT. */
export const rfcTimeWait: Limit = limit(
  240,
  say(
    '4 min by RFC 9293 (2 × MSL, and MSL is 2 min, "an engineering choice")',
    'rfc9293-3.4.2',
    'rfc9293-3.6.1',
  ),
);

/** The PID that the kernel of Windows has among processes. */
const WINDOWS_KERNEL = 4;

/** The name of the kernel where a system lists it as a process of this PID; else null. */
export function kernelName(system: System | null, pid: number | null): string | null {
  return system === 'windows' && pid === WINDOWS_KERNEL ? 'System' : null;
}

/** Whether a system's kernel is Linux, whose netstat and ss tell the most. */
export function isLinux(system: System | null): boolean {
  return system === 'linux' || system === 'android';
}
