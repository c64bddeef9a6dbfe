import { isAnyAddress } from '../vocabulary/address';
import { endpointText } from '../explain/facts';
import { TimerKind } from '../vocabulary/timer';
import type { Endpoint, Owner, Socket } from '../model/socket';
import type { SocketTable } from '../model/socketTable';
import type { NameOf } from '../wording/addressNames';
import { TIMER_NAMES } from '../query/fields';
import type { RowView } from './schema';

/** Row `row` of a table as the panel shows it. */
export function rowView(table: SocketTable, row: number, nameOf: NameOf): RowView {
  const socket = table.socket(row);
  return {
    row,
    line: socket.line + 1,
    protocol: socket.protocolWord === '' ? socket.protocol : socket.protocolWord,
    state: socket.state ?? socket.rawState,
    local: endText(socket.local),
    localName: nameOf(socket.local.address),
    remote: socket.remote === null ? null : endText(socket.remote),
    remoteName: socket.remote === null ? null : nameOf(socket.remote.address),
    recvQ: socket.recvQ,
    sendQ: socket.sendQ,
    pid: joined(socket.owners, owner => owner.pid),
    process: joined(socket.owners, owner => owner.process),
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

/** What the owners have in common once, else all of it. */
function joined(owners: readonly Owner[], of: (owner: Owner) => string | number | null) {
  const parts = new Set<string | number>();
  for (const owner of owners) {
    const part = of(owner);
    if (part !== null) {
      parts.add(part);
    }
  }
  return parts.size === 0 ? null : [...parts].join(', ');
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
