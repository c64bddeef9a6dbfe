import { completed } from '../../model/filledTables';
import { isAnyAddress, unmapped } from '../../vocabulary/address';
import { INTERNET_PROTOCOLS, protocolWord } from '../../vocabulary/protocol';
import type { Snapshot } from '../../model/snapshot';
import { NONE } from '../../model/row';
import type { SocketTable } from '../../model/socketTable';
import { Tuples } from '../../model/tuples';
import { isOneMoment, repeatedRows, withoutCopies } from './copies';
import { bothListings } from './section';

/*
 * `netstat` and then `ss`, pasted into one text: two tools that list the same sockets right after
 * one another, with no time between them, are one moment. Each socket counts once, by its first
 * row (in another state by its last), which then says what either of the two tools told. Two listings of one tool stay two
 * moments: that is how people watch. But what listens (`ss -tln`) and what is connected (`ss -tn`)
 * are the halves of one moment, whatever tools list them.
 */

/** Rows and snapshots, of which those of one moment are one. */
export interface ByMoment {
  readonly table: SocketTable;
  readonly snapshots: readonly Snapshot[];
}

/** Lines between two cuts that may share no row: "and with ss:". */
const NEAR = 8;

/** Puts neighbors together that are of one moment; in a few passes over their rows. */
export function byMoment(table: SocketTable, snapshots: readonly Snapshot[]): ByMoment {
  const repeats = new Map<number, number>();
  const each = snapshots.map(one => withRepeats(table, one, repeats));
  const found: Snapshot[] = [];
  const names = new Names(table);
  for (const below of withoutCopies(table, each)) {
    const above = found.at(-1);
    const joined =
      above &&
      mayBeOneMoment(above, below) &&
      (areHalves(table, names, above, below)
        ? asOne(above, below)
        : together(table, names, above, below, repeats));
    if (joined) {
      found[found.length - 1] = joined;
    } else {
      found.push(below);
    }
  }
  return {
    table: repeats.size === 0 ? table : completed(table, repeats),
    snapshots: withoutCopies(table, found),
  };
}

/** The snapshot with the rows in it that repeat others, which are added to `all`. */
function withRepeats(table: SocketTable, one: Snapshot, all: Map<number, number>): Snapshot {
  const repeats = repeatedRows(table, one);
  repeats.forEach((first, row) => all.set(row, first));
  return repeats.size === 0 ? one : { ...one, repeats };
}

/** Whether nothing that is said of two snapshots tells them apart but their tools. */
function mayBeOneMoment(above: Snapshot, below: Snapshot): boolean {
  return (
    isOneMoment(above, below) &&
    (above.system === null || below.system === null || above.system === below.system) &&
    above.endRow > above.firstRow &&
    below.endRow > below.firstRow &&
    ![...above.dialects, ...below.dialects].some(({ flows }) => flows === true)
  );
}

/**
 * Whether one lists only what listens, and the other only connections, of which one was accepted
 * by what listens.
 */
function areHalves(table: SocketTable, names: Names, above: Snapshot, below: Snapshot): boolean {
  const [first, second] = [isConnected(table, above.firstRow), isConnected(table, below.firstRow)];
  if (first === second || !isNear(table, above, below)) {
    return false;
  }
  const [listening, connected] = first ? [below, above] : [above, below];
  const ports = new Set<number>();
  const ends = new Tuples();
  for (let row = listening.firstRow; row < listening.endRow; row++) {
    if (isConnected(table, row)) {
      return false;
    }
    const address = names.of(table.localAddress[row]!, true);
    const port = table.localPort[row]!;
    if (address === 0) {
      ports.add(port);
    } else {
      ends.add(0, address, port);
    }
  }
  let isAccepted = false;
  for (let row = connected.firstRow; row < connected.endRow; row++) {
    if (!isConnected(table, row)) {
      return false;
    }
    const port = table.localPort[row]!;
    isAccepted ||=
      ports.has(port) || ends.find(0, names.of(table.localAddress[row]!, true), port) !== NONE;
  }
  return isAccepted;
}

function isNear(table: SocketTable, above: Snapshot, below: Snapshot): boolean {
  return table.line[below.firstRow]! - table.line[above.endRow - 1]! <= NEAR;
}

/** Both as one snapshot, with pairs added to `all`; undefined where their sockets are not the same. */
function together(
  table: SocketTable,
  names: Names,
  above: Snapshot,
  below: Snapshot,
  all: Map<number, number>,
): Snapshot | undefined {
  const isSameTool = below.dialects.some(({ id }) => above.dialects.some(one => one.id === id));
  if (isSameTool || !hasPorts(table, above) || !hasPorts(table, below)) {
    return undefined;
  }
  const pairs = pairsOf(table, names, above, below);
  let same = 0;
  pairs.forEach((first, row) => (same += table.state[first] === table.state[row] ? 1 : 0));
  const cuts = above.listing.filtered && below.listing.filtered;
  const fewer = Math.min(above.endRow - above.firstRow, below.endRow - below.firstRow);
  if (
    pairs.size === 0
      ? !(cuts && isNear(table, above, below))
      : same * 2 < (cuts ? pairs.size : fewer)
  ) {
    return undefined;
  }
  const repeats = new Map<number, number>();
  pairs.forEach((first, row) => {
    // In another state it is told by the later tool, with the queues that go with that.
    const isLater = table.state[first] !== table.state[row];
    repeats.set(isLater ? first : row, isLater ? row : first);
    all.set(isLater ? first : row, isLater ? row : first);
  });
  return asOne(above, below, repeats);
}

function asOne(
  above: Snapshot,
  below: Snapshot,
  repeats: ReadonlyMap<number, number> = new Map(),
): Snapshot {
  return {
    ...above,
    endLine: below.endLine,
    endRow: below.endRow,
    host: above.host ?? below.host,
    system: above.system ?? below.system,
    dialects: [...new Set([...above.dialects, ...below.dialects])],
    unprivileged: above.unprivileged && below.unprivileged,
    listsBoth: above.listsBoth || below.listsBoth,
    cut: above.cut || below.cut,
    listing: bothListings(above.listing, below.listing)!,
    repeats: new Map([...above.repeats, ...below.repeats, ...repeats]),
    counted: [...above.counted, ...below.counted],
    interfaces: [...above.interfaces, ...below.interfaces],
    routes: [...above.routes, ...below.routes],
    rules: [...above.rules, ...below.rules],
  };
}

/** Whether all rows have ports, by which they are known again. */
function hasPorts({ protocol }: SocketTable, { firstRow, endRow }: Snapshot): boolean {
  for (let row = firstRow; row < endRow; row++) {
    if (!INTERNET_PROTOCOLS.has(protocolWord(protocol[row]!).protocol)) {
      return false;
    }
  }
  return true;
}

/**
 * How rows are known again. Where no connection is, several processes may have a socket each of the
 * same ends, and one tool prints `*` for what the other prints `0.0.0.0` and `::` for.
 */
type Pass = 'process' | 'ends' | 'port';
const PASSES: readonly Pass[] = ['process', 'ends', 'port'];

/** The rows below that show a socket of a row above, with that row. Of equal rows each has one. */
function pairsOf(
  table: SocketTable,
  names: Names,
  above: Snapshot,
  below: Snapshot,
): Map<number, number> {
  const pairs = new Map<number, number>();
  const taken = new Set<number>(above.repeats.keys());
  const { repeats } = below;
  for (const by of PASSES) {
    const keys = new Keys(table, names, by);
    const isLeft = (row: number): boolean =>
      by === 'ends' || (!isConnected(table, row) && !(by === 'process' && table.pid[row] === NONE));
    for (let row = above.endRow - 1; row >= above.firstRow; row--) {
      if (isLeft(row) && !taken.has(row)) {
        keys.add(row);
      }
    }
    for (let row = below.firstRow; row < below.endRow; row++) {
      const first = isLeft(row) && !pairs.has(row) && !repeats.has(row) ? keys.take(row) : NONE;
      if (first !== NONE) {
        pairs.set(row, first);
        taken.add(first);
      }
    }
  }
  return pairs;
}

/** Whether a row has a remote port. */
function isConnected({ remotePort, remoteService }: SocketTable, row: number): boolean {
  return remotePort[row]! > 0 || (remoteService?.[row] ?? 0) > 0;
}

/** Addresses by pool number, where an IPv4-mapped one is the IPv4 one that it is. */
class Names {
  private readonly known = new Map<number, number>();

  public constructor(private readonly table: SocketTable) {}

  /** The number of an address; 0 for none, and for all addresses where `anyIsNone`. */
  public of(id: number, anyIsNone: boolean): number {
    let number = this.known.get(id);
    if (number === undefined) {
      const { pool } = this.table;
      const name = pool.get(id);
      number = pool.intern(unmapped(name));
      if (isAnyAddress(name)) {
        number = -1 - number;
      }
      this.known.set(id, number);
    }
    return number >= 0 ? number : anyIsNone ? 0 : -1 - number;
  }
}

/** Rows by protocol and ends; what they have in common has a number of its own. */
class Keys {
  private readonly locals = new Tuples();
  private readonly ends = new Tuples();
  /** The first row of each number, and by row the next one that has it. */
  private readonly heads: number[] = [];
  private readonly nexts = new Map<number, number>();

  public constructor(
    private readonly table: SocketTable,
    private readonly names: Names,
    private readonly by: Pass,
  ) {}

  /** Adds a row, before those that have the same ends. */
  public add(row: number): void {
    const { localAddress, localPort, remoteAddress, remotePort, protocol } = this.partsOf(row);
    const local = this.locals.add(protocol, localAddress, localPort);
    const number = this.ends.add(local, remoteAddress, remotePort);
    this.nexts.set(row, this.heads[number] ?? NONE);
    this.heads[number] = row;
  }

  /** Removes the first row that has the ends of a row; NONE if none has. */
  public take(row: number): number {
    const { localAddress, localPort, remoteAddress, remotePort, protocol } = this.partsOf(row);
    const local = this.locals.find(protocol, localAddress, localPort);
    const number = local === NONE ? NONE : this.ends.find(local, remoteAddress, remotePort);
    const first = number === NONE ? NONE : this.heads[number]!;
    if (first !== NONE) {
      this.heads[number] = this.nexts.get(first)!;
    }
    return first;
  }

  /** What tells the sockets of one moment apart. */
  private partsOf(row: number): Parts {
    const { names, table } = this;
    const { localAddress, localPort, localService, remoteAddress, remotePort, remoteService } =
      table;
    const connected = isConnected(table, row);
    return {
      protocol: PROTOCOLS.indexOf(protocolWord(table.protocol[row]!).protocol),
      localAddress: names.of(localAddress[row]!, this.by === 'port'),
      localPort: localPort[row]! >= 0 ? localPort[row]! : -1 - (localService?.[row] ?? 0),
      // What is printed where no connection is, is each tool's own.
      remoteAddress: connected
        ? names.of(remoteAddress[row]!, false)
        : this.by === 'process'
          ? table.pid[row]!
          : 0,
      remotePort:
        connected && remotePort[row]! >= 0 ? remotePort[row]! : -1 - (remoteService?.[row] ?? 0),
    };
  }
}

type Parts = Readonly<
  Record<'protocol' | 'localAddress' | 'localPort' | 'remoteAddress' | 'remotePort', number>
>;

const PROTOCOLS = [...INTERNET_PROTOCOLS];
