import type { Snapshot } from '../model/snapshot';
import type { SocketTable } from '../model/socketTable';
import { inBlocks, type Task } from '../model/task';
import { FIRST_DYNAMIC_PORT } from './identity';

/** Which end of a connection a row is. */
export type Role = 'server' | 'client' | 'unknown';

/** Below it, ports are those of servers, but for {@link RESERVED}. */
const FIRST_USER_PORT = 1024;

/** From here to {@link FIRST_USER_PORT} root connects where servers ask for it (bindresvport(3)). */
const RESERVED = 512;

/** Servers that ask for it: the port mapper, rlogin, rsh, NFS (nfs(5), `resvport`) and its mountd. */
const ASK_FOR_RESERVED: ReadonlySet<number> = new Set([111, 513, 514, 2049, 20_048]);

/** Which end a row is by the ranges that its ports are in. */
export function roleByRange(
  local: number,
  remote: number,
  /** The first port that the system gives to outgoing connections. */
  ephemeralFrom: number,
): Role {
  const localDynamic = local >= FIRST_DYNAMIC_PORT;
  if (localDynamic !== remote >= FIRST_DYNAMIC_PORT) {
    return localDynamic ? 'client' : 'server';
  }
  if (!localDynamic && local >= ephemeralFrom && remote < ephemeralFrom) {
    return 'client';
  }
  if (mayBeReserved(local) && ASK_FOR_RESERVED.has(remote)) {
    return 'client';
  }
  if (mayBeReserved(remote) && ASK_FOR_RESERVED.has(local)) {
    return 'server';
  }
  const isLow = local < FIRST_USER_PORT;
  return isLow === remote < FIRST_USER_PORT ? 'unknown' : isLow ? 'server' : 'client';
}

function mayBeReserved(port: number): boolean {
  return port >= RESERVED && port < FIRST_USER_PORT;
}

/** Which end a row is one of whose ports is printed by its service's name: only servers have one. */
export function roleByName(local: number | string, remote: number | string): Role {
  return isClients(local) && isService(remote)
    ? 'client'
    : isService(local) && isClients(remote)
      ? 'server'
      : 'unknown';
}

/** Neither a port that was hidden, nor none. */
function isService(port: number | string): boolean {
  return typeof port === 'string' && /^[a-z]/i.test(port);
}

function isClients(port: number | string): boolean {
  return typeof port === 'number' && port >= FIRST_USER_PORT;
}

/** How many times as many rows a server's port has as a client's, which is hardly ever used twice. */
const SEVERAL = 3;

/**
 * Which end a row is whose ports are in the same range, as where ports for outgoing connections begin
 * low: the end whose port has several rows is the server's.
 */
export class PortUse {
  /** By port, how many rows have it as a server's, or may; those that are known count several times. */
  private readonly local = new Map<number, number>();
  private readonly remote = new Map<number, number>();

  public static *of(
    { localPort, remotePort }: SocketTable,
    { firstRow, endRow }: Snapshot,
    ephemeralFrom: number,
  ): Task<PortUse> {
    const use = new PortUse();
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        const local = localPort[row]!;
        const remote = remotePort[row]!;
        if (local > 0 && remote > 0) {
          const role = roleByRange(local, remote, ephemeralFrom);
          add(use.local, local, role, 'server');
          add(use.remote, remote, role, 'client');
        }
      }
    });
    return use;
  }

  public roleOf(local: number, remote: number): Role {
    const here = this.local.get(local) ?? 0;
    const there = this.remote.get(remote) ?? 0;
    return here >= there * SEVERAL ? 'server' : there >= here * SEVERAL ? 'client' : 'unknown';
  }
}

function add(uses: Map<number, number>, port: number, role: Role, ofServer: Role): void {
  const rows = role === 'unknown' ? 1 : role === ofServer ? SEVERAL : 0;
  if (rows > 0) {
    uses.set(port, (uses.get(port) ?? 0) + rows);
  }
}
