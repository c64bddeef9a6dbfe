import { say, type Statement } from '../wording/statement';
import { type Advice, LINUX, on } from './advice';

/** A column of some tool's table: what its header says in several languages, and what it means. */
export interface Column {
  readonly id: string;
  /** Headers as printed, in lower case. */
  readonly headers: readonly string[];
  readonly text: Statement;
  /** What else it means on some systems. */
  readonly more?: readonly Advice[];
  /** The one tool whose header means this, where others use the same word. */
  readonly tool?: string;
}

function column(id: string, text: Statement, ...headers: string[]): Column {
  return { id, headers, text };
}

/*
 * Headers of net-tools in its languages, Windows in those that captures were found in, ss, the
 * BSDs, macOS, Solaris, lsof, sockstat, PowerShell, /proc/net. Longer headers are looked for
 * first, so `Local Address:Port` is not taken for `Local Address`.
 */
const COLUMNS: readonly Column[] = [
  {
    tool: 'macos-netstat',
    ...column(
      'socket-flags',
      say(
        'State of the socket as a hexadecimal number of flags; the state of the connection is in the column before.',
        'macos-netstat.1',
      ),
      'state',
    ),
  },
  {
    tool: 'macos-netstat',
    ...column(
      'kernel-value',
      say("A value of the kernel's socket structure.", 'network-cmds-inet'),
      'options',
      'gencnt',
      'flags1',
      'flags',
      'usecnt',
      'usscnt',
      'rtncnt',
      'fltrs',
    ),
  },
  {
    tool: 'lsof',
    ...column(
      'node',
      say('The protocol of an Internet socket; of other files the inode.', 'lsof'),
      'node',
    ),
  },
  column(
    'netid',
    say(
      'Protocol or kind of socket. `tcp` and `udp` are used for IPv4 and IPv6 alike.',
      'ss.8',
      'measured',
    ),
    'netid',
  ),
  column(
    'protocol',
    say(
      'Protocol. With a `6` it is an IPv6 socket, with `46` one of both families.',
      'netstat.8',
      'macos-netstat.1',
    ),
    'proto',
    'protocol',
    'протокол',
    'имя',
    '协议',
    '協定',
    '프로토콜',
    'プロトコル',
    'პროტო',
  ),
  {
    more: [
      on(
        LINUX,
        say(
          'A FIN that waits counts as one more. For a listening socket: connections waiting to be accepted.',
          'linux-tcp-diag',
          'measured',
        ),
      ),
    ],
    ...column(
      'recv-q',
      say('Bytes received that the program has not read.', 'netstat.8', 'macos-netstat.1'),
      'recv-q',
      'recv q',
      'přích-f',
      '受信-q',
      'vvjrk',
      'recib',
      'rx_queue',
    ),
  },
  {
    more: [
      on(
        LINUX,
        say(
          'A SYN or FIN counts as one more. For a listening socket: the backlog in `ss`, always 0 in netstat.',
          'linux-tcp-diag',
          'measured',
        ),
      ),
    ],
    ...column(
      'send-q',
      say(
        'Bytes sent or to be sent that the peer has not acknowledged.',
        'netstat.8',
        'macos-netstat.1',
      ),
      'send-q',
      'send q',
      'odch-f',
      '送信-q',
      'saatjrk',
      'enviad',
      'tx_queue',
    ),
  },
  column(
    'queues',
    say('Send queue and receive queue, hexadecimal bytes.', 'linux-proc-net-tcp'),
    'tx_queue rx_queue',
  ),
  column(
    'local',
    say(
      "This host's end: address and port. `0.0.0.0` is every IPv4 address of the host, `::` every IPv6 address, `*` every address.",
      'netstat.8',
      'ss.8',
    ),
    'local address:port',
    'local address',
    'localaddress',
    'local_address',
    'lokale adresse',
    'adresse locale',
    'dirección local',
    'endereço local',
    'indirizzo locale',
    'локальный адрес',
    '本地地址',
    '本機位址',
    '로컬 주소',
    'ローカル アドレス',
    '内部アドレス',
    'místní adresa',
    'kohalik aadress',
    'lokal adress',
    'adreça local',
    'lokaal adres',
    'yerel adres',
    'localaddr',
  ),
  column(
    'foreign',
    say(
      'The other end: address and port. A wildcard means that no peer is connected.',
      'netstat.8',
      'ss.8',
    ),
    'peer address:portprocess',
    'peer address:port',
    'peer address',
    'foreign address',
    'remote address',
    'foreignaddr',
    'foreignaddress',
    'remoteaddress',
    'rem_address',
    'remoteadresse',
    'adresse distante',
    'dirección remota',
    'endereço externo',
    'endereço remoto',
    'indirizzo esterno',
    'внешний адрес',
    '外部地址',
    '外部位址',
    '외부 주소',
    '外部アドレス',
    'vzdálená adresa',
    'väline aadress',
    'motpartsadress',
    'adreça exterior',
    'extern adres',
    'yabancı adres',
  ),
  column('local-port', say("The port of this host's end.", 'ms-get-nettcpconnection'), 'localport'),
  column(
    'remote-port',
    say('The port of the other end; 0 is none.', 'ms-get-nettcpconnection'),
    'remoteport',
    'foreignport',
  ),
  column(
    'state',
    say(
      'State of the TCP connection: which end has closed, and what is awaited. For UDP, netstat usually leaves the column empty.',
      'rfc9293-3.3.2',
      'netstat.8',
    ),
    '(state)',
    'tcp-state',
    'state',
    'estado',
    'etat',
    'état',
    'stato',
    'status',
    'состояние',
    '状态',
    '狀態',
    '상태',
    '状態',
    'stav',
    'olek',
    'tillstånd',
    'estat',
    'durum',
    'conn state',
  ),
  column(
    'st',
    say(
      "State as the kernel's hexadecimal number: 01 ESTABLISHED, 06 TIME_WAIT, 08 CLOSE_WAIT, 0A LISTEN.",
      'linux-proc-net-tcp',
      'linux-tcp-states-h',
    ),
    'st',
  ),
  {
    more: [
      on(
        LINUX,
        say(
          '`-` means that no process holds it, or one that only root can see.',
          'netstat.8',
          'measured',
        ),
      ),
    ],
    ...column(
      'pid',
      say('The process that holds the socket, by PID, by name, or both.', 'netstat.8', 'lsof'),
      'pid/program name',
      'pid/program',
      'process:pid',
      'pid',
      'owningprocess',
      'process',
    ),
  },
  {
    more: [
      on(
        LINUX,
        say(
          '0 is also printed for a socket without an owner, such as one in TIME_WAIT.',
          'linux-tcp-ipv4',
          'measured',
        ),
      ),
    ],
    ...column(
      'user',
      say('The user who owns the socket, by name or number.', 'netstat.8', 'ss.8'),
      'user',
      'usuário',
      'benutzer',
      'uid',
    ),
  },
  column(
    'inode',
    say(
      "The number by which a socket is found among a process's open files; 0 means that it has no owner.",
      'linux-tcp-ipv4',
      'proc.5',
    ),
    'i-node',
    'inode',
    'i-uzel',
    'i-kirje',
    'iノード',
  ),
  column(
    'timer',
    say(
      'The timer that runs: name (seconds left / retransmissions / unanswered keepalive or window probes).',
      'linux-tcp-ipv4',
      'measured',
    ),
    'timer',
    'temporizador',
    'タイマ',
  ),
  column(
    'tm-when',
    say(
      'Which timer runs (0 none, 1 retransmission, 2 keepalive, 3 TIME_WAIT, 4 window probe) and in how many hundredths of a second, hexadecimal.',
      'linux-proc-net-tcp',
    ),
    'tr tm->when',
    'tm->when',
    'tr',
  ),
  column(
    'retrnsmt',
    say('Retransmissions not yet acknowledged, hexadecimal.', 'linux-proc-net-tcp'),
    'retrnsmt',
  ),
  column(
    'timeout',
    say('Unanswered keepalive or window probes.', 'linux-proc-net-tcp', 'linux-tcp-ipv4'),
    'timeout',
  ),
  column('sl', say('Number of the row.', 'linux-proc-net-tcp'), 'sl'),
  column(
    'refcnt',
    say('Processes and kernel parts that hold the socket.', 'netstat.8'),
    'refcnt',
    'refcount',
    'refs',
  ),
  column(
    'flags',
    say(
      '`ACC`: waits for connections; `W`: a process waits for data; `N`: no room to write.',
      'netstat.8',
    ),
    'flags',
  ),
  column(
    'type',
    say(
      'STREAM (connection), DGRAM (single messages), SEQPACKET (connection of messages), or for lsof the kind of file.',
      'unix.7',
      'netstat.8',
      'lsof',
    ),
    'type',
  ),
  column(
    'path',
    say(
      'Path of a UNIX socket; one that begins with `@` is not in the file system.',
      'unix.7',
      'netstat.8',
    ),
    'path',
  ),
  column(
    'offload',
    say(
      'Whether the network card handles the connection. InHost means that it does not.',
      'ms-netstat',
    ),
    'offload state',
    '卸载状态',
  ),
  column(
    'command',
    say('The program; lsof cuts it at 9 characters unless `+c0` is given.', 'lsof', 'sockstat'),
    'command',
  ),
  column(
    'fd',
    say(
      'File descriptor in that process; `u` read and write, `r` read, `w` write.',
      'lsof',
      'sockstat',
    ),
    'fd',
  ),
  column(
    'device',
    say("Device number, on Linux the socket's inode, else its address in the kernel.", 'lsof'),
    'device',
  ),
  column('size', say('Size or offset of a file; `0t0` for sockets.', 'lsof'), 'size/off', 'size'),
  column('name', say('Local end, `->` other end, state in parentheses.', 'lsof'), 'name'),
  column('tid', say('Thread.', 'lsof'), 'tid'),
  column('taskcmd', say('Name of the thread.', 'lsof'), 'taskcmd'),
  column('rxbytes', say('Bytes received since the socket was made.', 'macos-netstat.1'), 'rxbytes'),
  column('txbytes', say('Bytes sent since the socket was made.', 'macos-netstat.1'), 'txbytes'),
  column('rhiwat', say('Size of the receive buffer in bytes.', 'macos-netstat.1'), 'rhiwat'),
  column('shiwat', say('Size of the send buffer in bytes.', 'macos-netstat.1'), 'shiwat'),
  column(
    'epid',
    say('The process that it is used for, if another process holds it.', 'macos-netstat.1'),
    'epid',
  ),
  column('swind', say('The window that the peer offers, in bytes.', 'solaris-netstat'), 'swind'),
  column('rwind', say('The window that this end offers, in bytes.', 'solaris-netstat'), 'rwind'),
  column(
    'applied',
    say(
      'The group of TCP settings that Windows applies (Internet, Datacenter, …).',
      'ms-get-nettcpconnection',
    ),
    'appliedsetting',
  ),
  column(
    'created',
    say('When the socket was made.', 'ms-get-nettcpconnection'),
    'creationtime',
    'created',
  ),
  column(
    'pcb',
    say('Address of the socket in the kernel.', 'macos-netstat.1'),
    'pcb/addr',
    'tcpcb',
    'socket',
    'sadr/pcb',
    'tcb',
    'address',
  ),
  column('interface', say('Interface.', 'solaris-netstat'), 'if'),
];

/** Every column. */
export const columns: readonly Column[] = COLUMNS;

/**
 * Headers that other tables have for something else, or that are words of everyday use: without the
 * table below them they say too little.
 */
const AMBIGUOUS: readonly string[] = [
  'address',
  'device',
  'flags',
  'if',
  'name',
  'refs',
  'size',
  'socket',
  'timeout',
  'tr',
  'имя',
];

/** The column that a header stands for in whatever table; null where that depends on the table. */
export function columnCalled(header: string): Column | null {
  const wanted = header.trim().toLowerCase();
  return AMBIGUOUS.includes(wanted)
    ? null
    : (COLUMNS.find(({ tool, headers }) => tool === undefined && headers.includes(wanted)) ?? null);
}

/** A header word or words, with the column it heads. */
export interface FoundColumn {
  readonly column: Column;
  readonly start: number;
  readonly end: number;
}

/**
 * The column whose header holds a character of a header line, as the tool (a dialect's id) means
 * it; null if none is known.
 */
export function columnAt(line: string, character: number, tool: string | null): FoundColumn | null {
  const lower = line.toLowerCase();
  let best: FoundColumn | null = null;
  for (const found of COLUMNS) {
    if (found.tool !== undefined && found.tool !== tool) {
      continue;
    }
    for (const header of found.headers) {
      for (let at = lower.indexOf(header); at !== -1; at = lower.indexOf(header, at + 1)) {
        const end = at + header.length;
        if (
          at <= character &&
          character < end &&
          isEdge(lower, at - 1) &&
          isEdge(lower, end) &&
          end - at > (best === null ? 0 : best.end - best.start)
        ) {
          best = { column: found, start: at, end };
        }
      }
    }
  }
  return best;
}

function isEdge(line: string, at: number): boolean {
  const char = line[at];
  return char === undefined || /\s/.test(char);
}
