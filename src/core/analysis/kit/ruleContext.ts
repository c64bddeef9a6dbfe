import { getOrAdd } from '../../model/maps';
import { programText, endpointText } from '../../explain/facts';
import { quote, reworded, type Arg, type Localizer, type Text } from '../../wording/text';
import { NONE } from '../../model/row';
import { bytes, duration, measuredDuration } from '../../wording/units';
import type { Statement } from '../../wording/statement';
import { type Advice, adviceOn, on } from '../../knowledge/advice';
import type { System } from '../../vocabulary/system';
import type { Confirmation, Evidence } from './draft';
import type { OwnerIdentity } from '../../index/owners';
import type { Fleet } from '../hosts/fleet';
import type { History } from '../time/history';
import { ownerOfHolder, holderOf, portOfHolder, subjectOf } from '../../index/holder';
import { countRemotes, type RemoteCount, type Remotes } from '../../index/remotes';
import { isNfsMount, NFS_MOUNT } from './nfsMount';
import { FINDING_TEXTS } from './findingTexts';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { ownerCommand } from '../summary';

/** Who answers for rows, and how to speak of it. */
export interface Holder {
  /** Null where it is not shown. */
  readonly owner: OwnerIdentity | null;
  /** Its name in texts, made when it is said: most of what rules find is not described. */
  readonly program: () => Text;
  /** See `subject` of a Draft. */
  readonly subject: string;
}

/** How many rows a finding shows as examples. */
const EXAMPLES = 5;

/** One snapshot as rules see it, with the words to speak about it and the rule's thresholds. */
export class RuleContext<ThresholdName extends string = never> {
  private readonly holders = new Map<number, Holder>();

  public constructor(
    public readonly index: SnapshotIndex,
    public readonly history: History,
    public readonly thresholds: Readonly<Record<ThresholdName, number>>,
    public readonly localizer: Localizer,
    /** Any snapshot of the dump. */
    public readonly at: (snapshot: number) => SnapshotIndex,
    public readonly fleet: Fleet,
  ) {}

  /** The snapshots of this host up to this one, this one last. */
  public get past(): readonly number[] {
    return this.history.hosts.until(this.index.number);
  }

  /** The system; Linux also where its format alone shows it. */
  public get system(): System | null {
    return this.index.system ?? (this.index.linux ? 'linux' : null);
  }

  /** Whether rows may be missing, so that shares and absences prove nothing. */
  public get isFiltered(): boolean {
    return this.index.snapshot.listing.filtered;
  }

  /** What of some advice holds on this system. */
  public advise(...advice: readonly Advice[]): Text[] {
    return adviceOn(this.system, advice).map(text => this.say(text));
  }

  public say<P extends string>(
    statement: Statement<P>,
    ...args: [P] extends [never] ? [] : [Readonly<Record<P, Arg>>]
  ): Text {
    return this.localizer.say(statement, ...args);
  }

  /** Who answers for some rows (see holderOf). */
  public holder(holder: number): Holder {
    return getOrAdd(this.holders, holder, () => this.describeHolder(holder));
  }

  private describeHolder(holder: number): Holder {
    const owner = ownerOfHolder(this.index, holder);
    const port = portOfHolder(holder);
    return {
      owner,
      program: () =>
        port === null
          ? this.program(owner)
          : this.onHost(this.localizer.format(FINDING_TEXTS.programOnPort, { port: String(port) })),
      subject: subjectOf(owner, port),
    };
  }

  /** The owner that answers for a row; null where it is not shown. */
  public ownerOf(row: number): OwnerIdentity | null {
    return ownerOfHolder(this.index, holderOf(this.index, row));
  }

  /** Who answers for a row, and how to speak of it. */
  public holderOf(row: number): Holder {
    return this.holder(holderOf(this.index, row));
  }

  /** Who has some rows, in texts: the one holder, several of one name, or that there are several. */
  public programOf(rows: Uint32Array): Text {
    const { owners } = this.index;
    // Where others are named, what has no process is the kernel's.
    if (this.index.showsPids && isNfsMount(this.index, rows)) {
      return this.onHost(this.localizer.format(FINDING_TEXTS.mount));
    }
    const holder = holderOf(this.index, rows[0]!);
    if (rows.every(row => holderOf(this.index, row) === holder)) {
      return this.holder(holder).program();
    }
    const found = new Set<number>();
    for (const row of rows) {
      found.add(owners.of(row));
    }
    const all = !found.delete(NONE);
    const [only = NONE] = found;
    if (found.size <= 1) {
      return this.program(all ? ownerOfHolder(this.index, only) : null);
    }
    const names = new Set(Array.from(found, owner => owners.get(owner).process));
    const [name = null] = names;
    // Of workers of one program, its name says who it is; not so where some rows show no process.
    return all && names.size === 1 && name !== null
      ? this.processes(name, found.size)
      : this.onHost(this.localizer.format(FINDING_TEXTS.severalProcesses));
  }

  /** Several processes of one program, in texts. */
  public processes(name: string, n: number): Text {
    const text = this.localizer.format(FINDING_TEXTS.processes, { program: quote(name), n });
    return this.onHost({ ...text, verbatim: true });
  }

  /** An owner's name in texts, with its machine where the dump is of several. */
  public program(owner: OwnerIdentity | null, snapshot = this.index.number): Text {
    return this.onHost(
      owner === null || (owner.pid === null && owner.process === null)
        ? this.localizer.format(
            this.index.hasFlows ? FINDING_TEXTS.oneEnd : FINDING_TEXTS.unknownProgram,
          )
        : programText([{ ...owner, fd: null }], this.localizer),
      snapshot,
    );
  }

  /** A name with its machine before it, where the dump is of several. */
  public onHost(program: Text, snapshot = this.index.number): Text {
    const { hosts } = this.history;
    const host = hosts.several ? hosts.of(snapshot).name : null;
    return host === null
      ? program
      : { ...this.localizer.format(FINDING_TEXTS.onHost, { host, program }), verbatim: true };
  }

  /** The other end of a row's connection, on this host or another; NONE where no dump has it. */
  public otherEnd(row: number): number {
    const own = this.index.otherEnd(row);
    return own === NONE ? this.fleet.otherEnd(row) : own;
  }

  /** The snapshot that a row is of: this one, or the newest of another host. */
  public indexOf(row: number): SnapshotIndex {
    const { snapshot } = this.index;
    return snapshot.firstRow <= row && row < snapshot.endRow
      ? this.index
      : (this.fleet.indexOf(row) ?? this.index);
  }

  /** Remote ends of rows. */
  public remotes(rows: Uint32Array): Remotes {
    return countRemotes(this.index, rows);
  }

  /** Remote ends in texts: the one, or how many. */
  public remoteText({ total, least, top }: Remotes): Text {
    const only = total === 1 ? top[0] : undefined;
    if (least < total) {
      return this.localizer.format(FINDING_TEXTS.hiddenRemotes);
    }
    return only === undefined
      ? this.localizer.format(FINDING_TEXTS.remotes, { n: total })
      : quote(remoteName(only));
  }

  /** A row's local end in texts. */
  public localOf(row: number): Text {
    return quote(endpointText(this.index.table.socket(row).local));
  }

  public connections(n: number): Text {
    return n === 1
      ? this.localizer.format(FINDING_TEXTS.connection)
      : this.localizer.format(FINDING_TEXTS.connections, { n });
  }

  public handshakes(n: number): Text {
    return n === 1
      ? this.localizer.format(FINDING_TEXTS.handshake)
      : this.localizer.format(FINDING_TEXTS.handshakes, { n });
  }

  public bytes(n: number): Text {
    return bytes(n, this.localizer);
  }

  public duration(seconds: number): Text {
    return duration(seconds, this.localizer);
  }

  /** A time that was seen to pass: never rounded up. */
  public measured(seconds: number): Text {
    return measuredDuration(seconds, this.localizer);
  }

  /** How to make sure, with what to type where there is a command for it, and on which machine. */
  public check(statement: Statement, command: string | null): Confirmation {
    const text = this.say(statement);
    return { text: command === null ? text : reworded(text, this.onHost(text)), command };
  }

  /** A fact that the finding rests on, with the row that shows it. */
  public evidence(text: Text, row: number | null = null): Evidence {
    return { text, row, line: row === null ? null : this.index.table.line[row]! };
  }

  /** Some rows, as they are printed, and whose they are where no process is shown. */
  public examples(rows: Iterable<number>): Evidence[] {
    const user = this.userOf(rows);
    const result: Evidence[] = [];
    for (const row of rows) {
      if (result.length === EXAMPLES) {
        break;
      }
      result.push(this.evidence(this.rowText(row), row));
    }
    if (user !== null) {
      result.unshift(this.evidence(this.say(FINDING_TEXTS.user, { user })));
    }
    return result;
  }

  /** What tells that some rows are of a mount, if they are. */
  public mountTexts(rows: Uint32Array): Evidence[] {
    return isNfsMount(this.index, rows) ? [this.evidence(this.say(NFS_MOUNT))] : [];
  }

  /** What the dump does not show and would be needed to be sure. */
  public caveats(what: { readonly owner?: OwnerIdentity | null; readonly time?: true }): Text[] {
    const { snapshot } = this.index;
    const caveats: Text[] = [];
    if (what.owner === null && !this.index.hasFlows) {
      const command = ownerCommand(this.index)?.command;
      if (snapshot.unprivileged) {
        caveats.push(this.say(FINDING_TEXTS.unprivileged));
      } else if (!this.index.showsPids && command !== undefined) {
        caveats.push(this.say(FINDING_TEXTS.noPids, { command }));
      } else {
        caveats.push(...this.advise(on(['aix'], FINDING_TEXTS.holderAix)));
      }
    }
    if (snapshot.listing.inside && snapshot.host !== null) {
      caveats.push(this.say(FINDING_TEXTS.inside, { machine: quote(snapshot.host) }));
    }
    if (what.time) {
      const { history } = this;
      const { number } = this.index;
      const latest = [history.hosts.previous(number), number].filter(one => one !== NONE);
      if (history.hosts.of(number).snapshots.length === 1) {
        caveats.push(this.say(FINDING_TEXTS.oneSnapshot));
      } else if (latest.some(one => history.secondsOf(one) === null)) {
        caveats.push(this.say(FINDING_TEXTS.untimed));
      }
    }
    return caveats;
  }

  /** What stands between rows and their other ends on another host of the dump. */
  public between(rows: Uint32Array): Text[] {
    if (!this.history.hosts.several) {
      return [];
    }
    const changed = rows.filter(row => this.fleet.translated(row) !== NONE).length;
    return changed === 0
      ? []
      : [this.say(FINDING_TEXTS.translated, { connections: this.connections(changed) })];
  }

  /** The one user of sockets without a shown process; a socket without an inode has none. */
  private userOf(rows: Iterable<number>): string | null {
    const { owners, table } = this.index;
    const { inode, user } = table;
    let first: number = NONE;
    for (const row of inode === undefined || user === undefined ? [] : rows) {
      first = first === NONE ? row : first;
      if (owners.of(row) !== NONE || !(inode![row]! > 0) || user![row] !== user![first]) {
        return null;
      }
    }
    return first === NONE ? null : table.socket(first).user;
  }

  private rowText(row: number): Text {
    const socket = this.index.table.socket(row);
    const args = {
      local: endpointText(socket.local),
      remote: socket.remote === null ? '' : endpointText(socket.remote),
      state: socket.rawState ?? '',
    };
    return socket.recvQ === null || socket.sendQ === null
      ? this.localizer.format(FINDING_TEXTS.row, args)
      : this.localizer.format(FINDING_TEXTS.rowWithQueues, {
          ...args,
          recvQ: socket.recvQ,
          sendQ: socket.sendQ,
        });
  }
}

/** The one remote end of some rows as people write it; null where there are several. */
export function onlyRemote({ total, top }: Remotes): string | null {
  const only = total === 1 ? top[0] : undefined;
  return only === undefined ? null : remoteName(only);
}

/** A remote end as people write it. */
export function remoteName({ address, port }: RemoteCount): string {
  return endpointText({ address, port, service: null, scope: null });
}
