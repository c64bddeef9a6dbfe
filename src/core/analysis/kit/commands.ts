import { parseAddress } from '../../vocabulary/address';
import { isLinux } from '../../knowledge/systems';
import type { System } from '../../vocabulary/system';
import { type TcpState, WITHOUT_PROCESS } from '../../vocabulary/state';
import type { OwnerIdentity } from '../../index/owners';

/** How tools spell the states that commands ask for: ss, PowerShell, and netstat of all others. */
const SPELLINGS: Partial<Readonly<Record<TcpState, readonly [string, string, string]>>> = {
  'CLOSE-WAIT': ['close-wait', 'CloseWait', 'CLOSE_WAIT'],
  'TIME-WAIT': ['time-wait', 'TimeWait', 'TIME_WAIT'],
  'SYN-SENT': ['syn-sent', 'SynSent', 'SYN_SENT'],
  'SYN-RECEIVED': ['syn-recv', 'SynReceived', 'SYN_RCVD'],
  ESTABLISHED: ['established', 'Established', 'ESTABLISHED'],
  'FIN-WAIT-1': ['fin-wait-1', 'FinWait1', 'FIN_WAIT_1'],
  'FIN-WAIT-2': ['fin-wait-2', 'FinWait2', 'FIN_WAIT_2'],
  'LAST-ACK': ['last-ack', 'LastAck', 'LAST_ACK'],
  CLOSING: ['closing', 'Closing', 'CLOSING'],
  CLOSED: ['closed', 'Closed', 'CLOSED'],
  LISTEN: ['listening', 'Listen', 'LISTEN'],
  BOUND: ['bound-inactive', 'Bound', 'BOUND'],
};

/** What finds a state where it is not known whose netstat prints it. */
const ANY_SPELLING: Partial<Readonly<Record<TcpState, string>>> = {
  'SYN-RECEIVED': "-E 'SYN_R(ECV|CVD|ECEIVED)'",
  'FIN-WAIT-1': "-E 'FIN_WAIT_?1'",
  'FIN-WAIT-2': "-E 'FIN_WAIT_?2'",
};

/**
 * The command that lists the TCP sockets of a state, of one process where it is known. Nothing of
 * the dump but numbers goes into a command.
 */
export function listState(
  system: System | null,
  state: TcpState,
  owner: OwnerIdentity | null = null,
): string {
  const [ss, powershell, netstat] = SPELLINGS[state] ?? [state, state, state];
  const pid = owner?.pid ?? null;
  switch (system) {
    case 'linux':
    case 'android':
      return `ss -tanpo state ${ss}${pid === null ? '' : ` | grep 'pid=${pid},'`}`;
    case 'windows':
      return cmdlet(
        `Get-NetTCPConnection -State ${powershell}${pid === null ? '' : ` -OwningProcess ${pid}`}`,
      );
    case 'macos':
      // Of what no process has, lsof lists nothing.
      return state === 'SYN-RECEIVED' || (pid === null && WITHOUT_PROCESS.has(state))
        ? `netstat -an -p tcp | grep ${netstat}`
        : `lsof -nP -iTCP -sTCP:${netstat}${pid === null ? '' : ` -a -p ${pid}`}`;
    case 'freebsd':
      return `sockstat -46s -P tcp | grep ${pid === null ? netstat : `' ${pid} .*${netstat}'`}`;
    case 'solaris':
      return `netstat -anu -P tcp -f inet | grep ${netstat}`;
    default: {
      const spelling =
        system === 'cisco'
          ? stateOfIos(netstat)
          : system === 'junos'
            ? netstat
            : (ANY_SPELLING[state] ?? netstat);
      // What names processes and no system is nearly always lsof. Its -s takes only the names of
      // its own system, and stops at any other.
      return pid === null || OWN_LISTS.has(system)
        ? listed(system, spelling)
        : `lsof -nP -a -p ${pid} -iTCP | grep ${spelling}`;
    }
  }
}

/** Systems without netstat, ss or lsof: what lists their sockets, and what picks lines of that. */
const OWN_LISTS: ReadonlyMap<System | null, readonly [list: string, filter: string]> = new Map<
  System | null,
  readonly [string, string]
>([
  ['esxi', ['esxcli network ip connection list', 'grep']],
  ['cisco', ['show tcp brief all', 'include']],
  ['junos', ['show system connections', 'match']],
]);

/** The sockets of a system whose lines have some words. */
function listed(system: System | null, words: string): string {
  const [list, filter] = OWN_LISTS.get(system) ?? ['netstat -an', 'grep'];
  return `${list} | ${filter} ${words}`;
}

/** A state as `show tcp brief` of IOS spells it. */
function stateOfIos(netstat: string): string {
  return netstat === 'ESTABLISHED' ? 'ESTAB' : netstat.replaceAll('_', '');
}

/** The same of one port, which is served here or is that of the server, of whatever process. */
export function listStateOfPort(
  system: System | null,
  state: TcpState,
  end: 'server' | 'client',
  port: number,
): string {
  const all = listState(system, state);
  switch (system) {
    case 'linux':
    case 'android':
      return `${all} '${end === 'server' ? 'sport' : 'dport'} = :${port}'`;
    case 'windows':
      return `${all} -${end === 'server' ? 'LocalPort' : 'RemotePort'} ${port}`;
    case 'cisco':
      // A pipe of IOS leads to one filter.
      return all;
    default:
      return `${all} | ${OWN_LISTS.get(system)?.[1] ?? 'grep'} ${port}`;
  }
}

/** The same with the queues of the sockets; null where no tool of the system shows them. */
export function stateQueuesCommand(
  system: System | null,
  state: TcpState,
  owner: OwnerIdentity | null = null,
): string | null {
  switch (system) {
    case 'windows':
      return null;
    case 'linux':
    case 'android':
      return listState(system, state, owner);
    default:
      return listState(OWN_LISTS.has(system) ? system : null, state);
  }
}

/** The command that shows a listening socket with its queue. */
export function listenerCommand(
  system: System | null,
  port: number,
  protocol: 'tcp' | 'udp' = 'tcp',
): string {
  if (port <= 0) {
    return listState(system, 'LISTEN');
  }
  const isUdp = protocol === 'udp';
  switch (system) {
    case 'linux':
    case 'android':
      return `ss -${isUdp ? 'uan' : 'tln'}p 'sport = :${port}'`;
    case 'windows':
      return cmdlet(
        isUdp
          ? `Get-NetUDPEndpoint -LocalPort ${port}`
          : `Get-NetTCPConnection -State Listen -LocalPort ${port}`,
      );
    case 'macos':
      return isUdp ? `lsof -nP -iUDP:${port}` : `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
    case 'freebsd':
      return `sockstat -46l -P ${protocol} -p ${port}`;
    default:
      return listed(system, String(port));
  }
}

/** The command that shows all connections to a remote address; null for what is no plain one. */
export function remoteCommand(system: System | null, address: string): string | null {
  if (!isPlain(address)) {
    return null;
  }
  switch (system) {
    case 'linux':
    case 'android':
      return `ss -tanpoi dst ${inBrackets(address)}`;
    case 'windows':
      return cmdlet(
        `Get-NetTCPConnection -RemoteAddress ${address.includes(':') ? `'${address}'` : address}`,
      );
    case 'macos':
      return address.includes(':') ? `lsof -nP '-iTCP@[${address}]'` : `lsof -nP -iTCP@${address}`;
    default:
      return OWN_LISTS.has(system) ? listed(system, address) : `netstat -an | grep -F ${address}`;
  }
}

/**
 * The command that shows timers, retransmissions and how long connections to a remote address have
 * been idle, or those of all connections where the address is no plain one: ss only; null on all
 * other systems.
 */
export function detailsCommand(system: System | null, address: string): string | null {
  return system === 'linux' || system === 'android'
    ? (remoteCommand(system, address) ?? 'ss -tanpoi')
    : null;
}

/** The command that tests whether packets of `mtu` bytes get to an address; null where none does. */
export function largePacketsCommand(
  system: System | null,
  address: string,
  mtu: number,
): string | null {
  // The headers of IP and ICMP are no part of what ping counts.
  const headers = address.includes(':') ? 48 : 28;
  return isLinux(system) && isPlain(address) && mtu > headers
    ? `ping -c 3 -M do -s ${mtu - headers} ${address}`
    : null;
}

/** The command that shows the queues of connections to a remote address; null where none does. */
export function queuesCommand(system: System | null, address: string): string | null {
  if (!isPlain(address) || system === 'windows') {
    return null;
  }
  if (system === 'linux' || system === 'android' || OWN_LISTS.has(system)) {
    return remoteCommand(system, address);
  }
  // Without this option macOS cuts long IPv6 addresses.
  const whole = system === 'macos' && address.includes(':') ? 'l' : '';
  return `netstat -an${whole} | grep -F ${address}`;
}

/** The commands that write the sockets of the host, TCP or UNIX, and the open files of a process to files. */
export function saveCommand(
  system: System | null,
  pid: number | null,
  isUnix = false,
): string | null {
  if (pid === null || pid <= 0) {
    return null;
  }
  switch (system) {
    case 'linux':
      return `ss ${isUnix ? '-xap' : '-tanpo'} > sockets.txt; ls -l /proc/${pid}/fd > files.txt`;
    case 'macos':
      return `netstat ${isUnix ? '-an -f unix' : '-anv -p tcp'} > sockets.txt; lsof -nP -p ${pid} > files.txt`;
    case 'freebsd':
      return `sockstat ${isUnix ? '-u' : '-46s'} > sockets.txt; procstat -f ${pid} > files.txt`;
    default:
      return null;
  }
}

/** The command that shows which file a process runs, who started it and when. */
export function processCommand(system: System | null, pid: number | null): string | null {
  if (pid === null || pid <= 0 || system === null) {
    return null;
  }
  switch (system) {
    case 'windows':
      return cmdlet(
        `Get-CimInstance Win32_Process -Filter 'ProcessId = ${pid}' | Format-List Name, ExecutablePath, CommandLine, CreationDate, ParentProcessId`,
      );
    case 'linux':
    case 'macos':
    case 'freebsd':
    case 'openbsd':
    case 'netbsd':
      return `ps -o pid,ppid,user,lstart,args -p ${pid}`;
    case 'esxi':
    case 'cisco':
    case 'junos':
      return null;
    default:
      // The ps of System V and of Android know no lstart.
      return `ps -f -p ${pid}`;
  }
}

/** The command that shows who started each of some processes; null where there is no ps of POSIX. */
export function processesCommand(system: System | null, pids: readonly number[]): string | null {
  switch (system) {
    case 'windows':
    case 'esxi':
    case 'cisco':
    case 'junos':
      return null;
    default:
      return `ps -o pid,ppid,args -p ${pids.join(',')}`;
  }
}

/** A cmdlet as both shells of Windows take it: who lists with netstat is most often in cmd. */
export function cmdlet(command: string): string {
  return `powershell -c "${command}"`;
}

/** Whether an address is a whole one, which may stand in a command. */
function isPlain(address: string): boolean {
  return /^[\da-fA-F.:]{2,45}$/.test(address) && parseAddress(address) !== null;
}

/** An address as ss takes it; in quotes, since shells take brackets for a pattern. */
function inBrackets(address: string): string {
  return address.includes(':') ? `'[${address}]'` : address;
}
