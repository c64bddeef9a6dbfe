import type { System } from '../vocabulary/system';
import type { Statement } from '../wording/statement';

/** A command that produces a dump in some format. */
export interface DumpCommand {
  /** Exactly as typed. */
  readonly command: string;
  /** What it must be run as for the dump to tell everything. */
  readonly needs: 'root' | 'administrator' | null;
}

/** How much of something a format can show: in every dump, with the right options, or never. */
export type Tells = 'always' | 'with options' | 'never';

/** A dump format, and what it can tell. */
export interface Format {
  /** Stable name, also in the command line's JSON. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** The systems such a dump may come from, the likeliest first; empty where it says nothing. */
  readonly systems: readonly System[];
  /** The command to advise on such a system: the one that tells the most. */
  readonly best: DumpCommand;
  readonly tells: {
    readonly pids: Tells;
    readonly queues: Tells;
    readonly timers: Tells;
  };
  /**
   * How many characters the tool leaves of an address, or of address and port together, where it
   * is not asked for whole ones (`--wide`, `-W`).
   */
  readonly cutsAt?: { readonly characters: number; readonly of: 'address' | 'endpoint' };
  /**
   * Whether a row is an open file: a socket that several processes hold, or one twice, then has
   * several rows with the same inode or handle.
   */
  readonly perFile?: true;
  /**
   * Whether a row is a connection that a firewall, a NAT or a collector of flows saw, and no socket
   * of this host: no program here holds it.
   */
  readonly flows?: true;
  /** What its own state words mean, as it prints them, which no socket has. */
  readonly stateWords?: Readonly<Record<string, Statement>>;
}
