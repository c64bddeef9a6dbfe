import { isAnyAddress } from '../vocabulary/address';
import { endpointText } from '../explain/facts';
import { TIMER_NAMES, TimerKind } from '../vocabulary/timer';
import type { Endpoint, Socket } from '../model/socket';
import { anyState, ofOwners } from '../model/socketFields';
import type { SocketTable } from '../model/socketTable';
import type { State } from '../vocabulary/state';
import type { NameOf } from '../wording/addressNames';
import type { RowView } from './schema';

/** Row `row` of a table as the panel shows it. */
export function rowView(table: SocketTable, row: number, nameOf: NameOf): RowView {
  const socket = table.socket(row);
  return {
    row,
    line: socket.line + 1,
    protocol: socket.protocolWord === '' ? socket.protocol : socket.protocolWord,
    state: anyState(socket),
    local: endText(socket.local),
    localName: nameOf(socket.local.address),
    remote: socket.remote === null ? null : endText(socket.remote),
    remoteName: socket.remote === null ? null : nameOf(socket.remote.address),
    recvQ: socket.recvQ,
    sendQ: socket.sendQ,
    pid: ofOwners(socket, 'pid', ', '),
    process: ofOwners(socket, 'process', ', '),
    user: socket.user,
    timer: timerText(socket),
    inode: socket.inode,
  };
}

/** An endpoint with `*` for any port, as tools print it. */
function endText(endpoint: Endpoint): string {
  const { address, port, service } = endpoint;
  const anyPort = port === null && service === null && address !== '' && isAnyAddress(address);
  return anyPort ? `${endpointText(endpoint)}:*` : endpointText(endpoint);
}

/** `keepalive 12.5 s`, `on 0.2 s, 3 retransmissions` in the short form of the tools. */
function timerText({ timer }: Socket): string | null {
  if (timer === null) {
    return null;
  }
  const name = TIMER_NAMES[timer.kind] ?? '';
  if (timer.kind === TimerKind.Off) {
    return name;
  }
  const counts = [timer.retransmits, timer.probes].filter(count => count !== null);
  const time = timer.seconds === null ? '' : ` ${timer.seconds} s`;
  return counts.some(count => count > 0) ? `${name}${time} /${counts.join('/')}` : name + time;
}

/** The state that all of some rows are in; null if there is none. */
export function commonState({ state }: SocketTable, rows: Uint32Array): State | null {
  const [first] = rows;
  return first === undefined || rows.some(row => state[row] !== state[first])
    ? null
    : state[first]!;
}
