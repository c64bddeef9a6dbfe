/*
 * The same sockets as different tools list them, with and without their processes: what is compared
 * is the host, whatever lists it.
 */

/** A TCP socket of a host. */
export interface Held {
  readonly state: keyof typeof STATES;
  readonly local: string;
  /** Empty for what listens. */
  readonly remote: string;
  /** Null where the kernel alone has it. */
  readonly pid: number | null;
  readonly process: string;
  readonly user: string;
  readonly recvQ?: number;
}

/** How a tool spells states. */
const STATES = {
  LISTEN: { windows: 'LISTENING', ss: 'LISTEN' },
  ESTABLISHED: { windows: 'ESTABLISHED', ss: 'ESTAB' },
  CLOSE_WAIT: { windows: 'CLOSE_WAIT', ss: 'CLOSE-WAIT' },
  LAST_ACK: { windows: 'LAST_ACK', ss: 'LAST-ACK' },
  TIME_WAIT: { windows: 'TIME_WAIT', ss: 'TIME-WAIT' },
};

/** A way to list a host. */
export interface Lister {
  /** Listings of one system can be compared. */
  readonly system: 'linux' | 'windows' | 'macos';
  /** Whether it shows processes; null where the tool always does, of those that it may see. */
  readonly owners: boolean | null;
  readonly list: (sockets: readonly Held[]) => string;
}

function lines(...rows: readonly string[]): string {
  return [...rows, ''].join('\n');
}

function netstat(owners: boolean): Lister['list'] {
  return sockets =>
    lines(
      'Active Internet connections (servers and established)',
      `Proto Recv-Q Send-Q Local Address Foreign Address State ${owners ? 'PID/Program name' : ''}`,
      ...sockets.map(({ state, local, remote, pid, process, recvQ = 0 }) =>
        [
          `tcp ${recvQ} 0 ${local} ${remote === '' ? '0.0.0.0:*' : remote} ${state}`,
          ...(owners ? [pid === null ? '-' : `${pid}/${process}`] : []),
        ].join(' '),
      ),
    );
}

function ss(owners: boolean): Lister['list'] {
  return sockets =>
    lines(
      'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
      ...sockets.map(({ state, local, remote, pid, process, recvQ = 0 }, i) =>
        [
          `${STATES[state].ss} ${recvQ} ${state === 'LISTEN' ? 128 : 0} ${local}`,
          remote === '' ? '0.0.0.0:*' : remote,
          ...(owners && pid !== null ? [`users:(("${process}",pid=${pid},fd=${i + 3}))`] : []),
        ].join(' '),
      ),
    );
}

function windows(owners: boolean): Lister['list'] {
  return sockets =>
    lines(
      '',
      'Active Connections',
      '',
      `  Proto  Local Address          Foreign Address        State${owners ? '           PID' : ''}`,
      ...sockets.map(({ state, local, remote, pid }) =>
        [
          `  TCP    ${local}    ${remote === '' ? '0.0.0.0:0' : remote}    ${STATES[state].windows}`,
          ...(owners ? [pid ?? 0] : []),
        ].join('    '),
      ),
    );
}

function macos(owners: boolean): Lister['list'] {
  const end = (text: string): string =>
    text === '' ? '*.*' : text.replace('0.0.0.0', '*').replace(/:(?=\d+$)/, '.');
  return sockets =>
    lines(
      'Active Internet connections (including servers)',
      `Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)    ${owners ? '      rxbytes      txbytes  rhiwat  shiwat          process:pid    state  options           gencnt    flags   flags1 usecnt rtncnt fltrs' : ''}`,
      ...sockets.map(({ state, local, remote, pid, process, recvQ = 0 }) =>
        [
          `tcp4 ${recvQ} 0 ${end(local)} ${end(remote)} ${state}`,
          ...(owners
            ? [
                `5 8 131072 131376 ${pid === null ? ':0' : `${process}:${pid}`} 00102 00000008 0000000000000000 20000080 04000900 2 0 000000`,
              ]
            : []),
        ].join(' '),
      ),
    );
}

/** `lsof` as a user, who sees only their own processes; as root where there is none. */
function lsof(user: string | null): Lister['list'] {
  return sockets =>
    lines(
      'COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME',
      ...sockets
        .filter(one => one.pid !== null && (user === null || one.user === user))
        .map(({ state, local, remote, pid, process, user: own }, i) => {
          // One for each socket, the same at any time.
          const device = Array.from(local + remote, c => c.charCodeAt(0)).reduce(
            (hash, code) => (hash * 31 + code) % 1e8,
          );
          const name = local.replace('0.0.0.0', '*') + (remote === '' ? '' : `->${remote}`);
          return `${process.slice(0, 9)} ${pid} ${own} ${i + 3}u IPv4 ${device} 0t0 TCP ${name} (${state})`;
        }),
    );
}

export const listers: Readonly<Record<string, Lister>> = {
  'netstat -antp': { system: 'linux', owners: true, list: netstat(true) },
  'netstat -ant': { system: 'linux', owners: false, list: netstat(false) },
  'ss -tanp': { system: 'linux', owners: true, list: ss(true) },
  'ss -tan': { system: 'linux', owners: false, list: ss(false) },
  'sudo lsof': { system: 'linux', owners: null, list: lsof(null) },
  'lsof as app': { system: 'linux', owners: null, list: lsof('app') },
  'lsof as ann': { system: 'linux', owners: null, list: lsof('ann') },
  'netstat -ano': { system: 'windows', owners: true, list: windows(true) },
  'netstat -an': { system: 'windows', owners: false, list: windows(false) },
  'netstat -anv': { system: 'macos', owners: true, list: macos(true) },
  'netstat -an of macOS': { system: 'macos', owners: false, list: macos(false) },
  'lsof of macOS': { system: 'macos', owners: null, list: lsof(null) },
};
