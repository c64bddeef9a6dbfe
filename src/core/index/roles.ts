import type { Snapshot } from '../model/snapshot';
import type { SocketTable } from '../model/socketTable';
import { inBlocks, type Task } from '../model/task';
import { FIRST_DYNAMIC_PORT } from './identity';

/** Which end of a connection a row is. */
export type Role = 'server' | 'client' | 'unknown';

/** How many port numbers there are. */
const PORTS = 65_536;

/** How many times as many rows a server's port has as a client's, which is hardly ever used twice. */
const SEVERAL = 3;

/**
 * Which end a row is by its ports: by the range that each is in. Where that is the same, as where
 * ports for outgoing connections begin low, the end whose port has several rows is the server's.
 */
export class Roles {
  /** By port, how many rows have it as a server's, or may; those that are known count several times. */
  private readonly local = new Uint32Array(PORTS);
  private readonly remote = new Uint32Array(PORTS);

  /** @param ephemeralFrom The first port that this system gives to outgoing connections. */
  private constructor(private readonly ephemeralFrom: number) {}

  public static *of(
    { localPort, remotePort }: SocketTable,
    { firstRow, endRow }: Snapshot,
    ephemeralFrom: number,
  ): Task<Roles> {
    const roles = new Roles(ephemeralFrom);
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        roles.count(localPort[row]!, remotePort[row]!);
      }
    });
    return roles;
  }

  public byPorts(local: number, remote: number): Role {
    const role = this.byRange(local, remote);
    if (role !== 'unknown' || local <= 0 || remote <= 0) {
      return role;
    }
    const here = this.local[local]!;
    const there = this.remote[remote]!;
    return here >= there * SEVERAL ? 'server' : there >= here * SEVERAL ? 'client' : 'unknown';
  }

  private count(local: number, remote: number): void {
    if (local > 0 && remote > 0) {
      const role = this.byRange(local, remote);
      this.local[local]! += role === 'unknown' ? 1 : role === 'server' ? SEVERAL : 0;
      this.remote[remote]! += role === 'unknown' ? 1 : role === 'client' ? SEVERAL : 0;
    }
  }

  private byRange(local: number, remote: number): Role {
    if (local <= 0 || remote <= 0) {
      return 'unknown';
    }
    const localDynamic = local >= FIRST_DYNAMIC_PORT;
    if (localDynamic !== remote >= FIRST_DYNAMIC_PORT) {
      return localDynamic ? 'client' : 'server';
    }
    const first = this.ephemeralFrom;
    if (!localDynamic && local >= first && remote < first) {
      return 'client';
    }
    return local < 1024 === remote < 1024 ? 'unknown' : local < 1024 ? 'server' : 'client';
  }
}
