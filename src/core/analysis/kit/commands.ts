import type { System } from '../../vocabulary/system';
import type { TcpState } from '../../vocabulary/state';
import type { OwnerIdentity } from '../../index/owners';

/** How a system's tools spell the states that commands ask for: ss, PowerShell, all others. */
const SPELLINGS: Partial<Readonly<Record<TcpState, readonly [string, string, string]>>> = {
  'CLOSE-WAIT': ['close-wait', 'CloseWait', 'CLOSE_WAIT'],
  'TIME-WAIT': ['time-wait', 'TimeWait', 'TIME_WAIT'],
  'SYN-SENT': ['syn-sent', 'SynSent', 'SYN_SENT'],
  'SYN-RECEIVED': ['syn-recv', 'SynReceived', 'SYN_R'],
  ESTABLISHED: ['established', 'Established', 'ESTABLISHED'],
  'FIN-WAIT-1': ['fin-wait-1', 'FinWait1', 'FIN_WAIT_1'],
  'FIN-WAIT-2': ['fin-wait-2', 'FinWait2', 'FIN_WAIT_2'],
  'LAST-ACK': ['last-ack', 'LastAck', 'LAST_ACK'],
  CLOSING: ['closing', 'Closing', 'CLOSING'],
  LISTEN: ['listening', 'Listen', 'LISTEN'],
  BOUND: ['bound-inactive', 'Bound', 'BOUND'],
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
      return `Get-NetTCPConnection -State ${powershell}${pid === null ? '' : ` -OwningProcess ${pid}`}`;
    case 'macos':
      return `lsof -nP -iTCP -sTCP:${netstat}${pid === null ? '' : ` -a -p ${pid}`}`;
    case 'freebsd':
      return `sockstat -46s -P tcp | grep ${pid === null ? netstat : `' ${pid} .*${netstat}'`}`;
    case 'solaris':
      return `netstat -anu -P tcp -f inet | grep ${netstat}`;
    default:
      return `netstat -an | grep ${netstat}`;
  }
}

/** The command that shows a listening socket with its queue. */
export function listenerCommand(system: System | null, port: number): string {
  if (port <= 0) {
    return listState(system, 'LISTEN');
  }
  switch (system) {
    case 'linux':
    case 'android':
      return `ss -tlnp 'sport = :${port}'`;
    case 'windows':
      return `Get-NetTCPConnection -State Listen -LocalPort ${port}`;
    case 'macos':
      return `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
    case 'freebsd':
      return `sockstat -46l -P tcp -p ${port}`;
    default:
      return `netstat -an | grep ${port}`;
  }
}

/** The command that shows all connections to a remote address; null for what is no plain one. */
export function remoteCommand(system: System | null, address: string): string | null {
  if (!/^[\da-fA-F.:]{2,45}$/.test(address)) {
    return null;
  }
  switch (system) {
    case 'linux':
    case 'android':
      return `ss -tanpoi dst ${address.includes(':') ? `[${address}]` : address}`;
    case 'windows':
      return `Get-NetTCPConnection -RemoteAddress ${address}`;
    case 'macos':
      return `lsof -nP -iTCP@${address.includes(':') ? `[${address}]` : address}`;
    default:
      return `netstat -an | grep -F ${address}`;
  }
}
