import { label } from '../wording/statement';
import type { RowWords } from '../knowledge/states';
import { windowClosedFor } from '../knowledge/retransmission';
import { isLinux, kernelName, systemKnowledge } from '../knowledge/systems';
import { WITHOUT_PROCESS } from '../vocabulary/state';
import { TimerKind } from '../vocabulary/timer';
import type { Endpoint, Owner, Socket } from '../model/socket';
import { type ExplainContext } from './context';
import { quote, type Localizer, type Text } from '../wording/text';

/** What is known of the process that holds a socket. */
export type Ownership =
  | 'known'
  /** Certain: the kernel alone has it. */
  | 'none'
  /** The tool looked and found none; as an ordinary user it cannot see those of others. */
  | 'unseen'
  /** The dump has no such column. */
  | 'not printed';

/** Stand-ins for the words of a row. */
export type Words = Readonly<Record<RowWords, Text>>;

const PHRASES = {
  program: label('the local program'),
  process: label('process {pid}'),
  remote: label('the peer'),
  here: label('this end'),
  place: label('{program}, {line}'),
  line: label('line {n}'),
};

/** A row with all that the explanations ask of it, worked out once. */
export class RowFacts {
  public readonly linux: boolean;
  public readonly windows: boolean;
  public readonly ownership: Ownership;
  /** Words for the texts: the program first, by name where it is known. */
  public readonly program: Text;
  /** This end of the connection: the program where it is known. */
  public readonly here: Text;
  public readonly remote: Text;
  public readonly local: Text;

  public constructor(
    public readonly socket: Socket,
    public readonly context: ExplainContext,
    private readonly localizer: Localizer,
  ) {
    this.linux = isLinux(context.system);
    this.windows = context.system === 'windows';
    this.ownership = ownershipOf(socket, context, this.linux, this.windows);
    this.program = programText(
      socket.owners.map(owner => ({
        ...owner,
        process: owner.process ?? kernelName(context.system, owner.pid),
      })),
      localizer,
    );
    this.here = this.ownership === 'known' ? this.program : localizer.format(PHRASES.here);
    this.remote =
      socket.remote === null
        ? localizer.format(PHRASES.remote)
        : quote(endpointText(socket.remote));
    this.local = quote(endpointText(socket.local));
  }

  /** Words for the program of another row, its endpoint where that is all there is. */
  public programOf(other: Socket): Text {
    return other.owners.length === 0
      ? quote(endpointText(other.local))
      : programText(other.owners, this.localizer);
  }

  /** Words that every statement about a row may use. */
  public get words(): Words {
    return { program: this.program, here: this.here, remote: this.remote, local: this.local };
  }

  /** The processes that hold the socket, each once: one can hold it by several descriptors. */
  public get holders(): readonly Owner[] {
    const seen = new Set<number | null>();
    return this.socket.owners.filter(({ pid }) => {
      const known = pid !== null && seen.has(pid);
      seen.add(pid);
      return !known;
    });
  }

  public get timerKind(): TimerKind {
    return this.socket.timer?.kind ?? TimerKind.None;
  }

  /** What the tool that printed the row calls the timer that probes a closed window. */
  public get probeWord(): string {
    const { system, tool } = this.context;
    return tool?.id === 'ss' || system === 'freebsd' ? 'persist' : 'probe';
  }

  /** Seconds for which the window has been closed, about and at least; null where unknown. */
  public get windowClosedFor(): number | null {
    return this.linux ? windowClosedFor(this.socket.timer?.seconds ?? null) : null;
  }

  public get retransmits(): number {
    return this.socket.timer?.retransmits ?? 0;
  }

  public get probes(): number {
    return this.socket.timer?.probes ?? 0;
  }

  public get sendQ(): number {
    return this.socket.sendQ ?? 0;
  }

  public get recvQ(): number {
    return this.socket.recvQ ?? 0;
  }

  /** The other end of the connection, if it is in the dump. */
  public get otherEnd(): Socket | null {
    const { neighbors } = this.context;
    const row = neighbors?.otherEnd(this.socket.index) ?? null;
    return neighbors === null || row === null ? null : neighbors.socket(row);
  }

  /** The listening socket that the local end belongs to, if it is in the dump. */
  public get listener(): Socket | null {
    const { neighbors } = this.context;
    const row = neighbors?.listenerOf(this.socket.index) ?? null;
    return neighbors === null || row === null ? null : neighbors.socket(row);
  }

  /** The listening socket that the row connects to, if it is in the dump. */
  public get listenerAtRemote(): Socket | null {
    const { neighbors } = this.context;
    const row = neighbors?.listenerAt(this.socket.index) ?? null;
    return neighbors === null || row === null ? null : neighbors.socket(row);
  }

  /** Whether the connection waits in an accept queue: Linux gives it neither process nor inode. */
  public get unaccepted(): 'certain' | 'likely' | null {
    const { state, inode } = this.socket;
    if (!this.linux || (state !== 'ESTABLISHED' && state !== 'CLOSE-WAIT')) {
      return null;
    }
    if (inode !== null && this.socket.owners.length === 0) {
      return inode === 0 ? 'certain' : null;
    }
    if (this.ownership !== 'unseen' || this.context.unprivileged) {
      return null;
    }
    const { listener } = this;
    // Without the inode, a full accept queue and an invisible owner must come together.
    return (listener?.recvQ ?? 0) > 0 && (listener?.owners.length ?? 0) > 0 ? 'likely' : null;
  }

  /** Which end opened the connection, and how that is known. */
  public get side(): {
    readonly side: 'server' | 'client';
    readonly by: 'listener' | 'ports';
  } | null {
    const { socket } = this;
    if (socket.remote === null || socket.state === 'LISTEN') {
      return null;
    }
    if (this.listener !== null) {
      return { side: 'server', by: 'listener' };
    }
    const range = systemKnowledge(this.context.system)?.ephemeral ?? DYNAMIC;
    const local = inRange(socket.local.port, range);
    const remote = inRange(socket.remote.port, range);
    if (local === null || remote === null || local === remote) {
      return null;
    }
    return { side: local ? 'client' : 'server', by: 'ports' };
  }
}

/** The dynamic ports of RFC 6335, for systems of which nothing is known. */
const DYNAMIC = [49152, 65535] as const;

function inRange(port: number | null, [from, to]: readonly [number, number]): boolean | null {
  return port === null ? null : port >= from && port <= to;
}

function ownershipOf(
  socket: Socket,
  context: ExplainContext,
  linux: boolean,
  windows: boolean,
): Ownership {
  const owner = socket.owners[0];
  if (owner !== undefined) {
    return windows && owner.pid === 0 ? 'none' : 'known';
  }
  if (linux && (socket.inode === 0 || socket.timer?.kind === TimerKind.TimeWait)) {
    return 'none';
  }
  if (socket.ownerUnknown) {
    return linux && context.seesOwners === true && WITHOUT_PROCESS.has(socket.state)
      ? 'none'
      : 'unseen';
  }
  return 'not printed';
}

/** A program by its name and number; the process's number alone where there is no name. */
export function programText(owners: readonly Owner[], localizer: Localizer): Text {
  const owner = owners.find(o => o.process !== null) ?? owners[0];
  if (owner === undefined) {
    return localizer.format(PHRASES.program);
  }
  if (owner.process === null) {
    return owner.pid === null || owner.pid === 0
      ? localizer.format(PHRASES.program)
      : localizer.format(PHRASES.process, { pid: String(owner.pid) });
  }
  return quote(owner.pid === null ? owner.process : `${owner.process} (${owner.pid})`);
}

/** Where a socket stands in the dump: a text that leads there. */
export function lineOf(socket: Socket, localizer: Localizer): Text {
  const { id, parts } = localizer.format(PHRASES.line, { n: String(socket.line + 1) });
  return { id, parts: parts.map(part => ({ ...part, line: socket.line })), sources: [] };
}

/** A socket's program, if known, and line. */
export function placeOf(socket: Socket, localizer: Localizer): Text {
  const line = lineOf(socket, localizer);
  return socket.owners.length === 0
    ? line
    : localizer.format(PHRASES.place, { program: programText(socket.owners, localizer), line });
}

/** An endpoint as people write it: IPv6 in brackets. */
export function endpointText({ address, port, service, scope }: Endpoint): string {
  const zone = scope === null ? '' : `%${scope}`;
  const host = address.includes(':') ? `[${address}${zone}]` : address + zone;
  const tail = port ?? service;
  return tail === null ? host : `${host}:${tail}`;
}

/** Stand-ins for the words of a row, for a state by itself. */
export function genericWords(localizer: Localizer): Words {
  const here = localizer.format(PHRASES.here);
  return {
    program: localizer.format(PHRASES.program),
    here,
    remote: localizer.format(PHRASES.remote),
    local: here,
  };
}
