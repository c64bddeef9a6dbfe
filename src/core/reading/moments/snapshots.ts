import { listsBy } from '../../model/maps';
import type { Dialect } from '../../parsing/dialect';
import { type Listing, NO_REPEATS, type Snapshot } from '../../model/snapshot';
import { protocolWordId } from '../../vocabulary/protocol';
import type { SocketTable } from '../../model/socketTable';
import type { CounterReader } from '../../statistics/counterReader';
import type { Prompt } from '../around/prompt';
import { Shell } from '../around/shell';
import { inOneZone, timeOf, yearlessTimeOf } from '../around/timestamps';
import { type Introduction, Section } from './section';
import { type Zoned, areHalvesOfOne, joined } from './halves';
import { listsBoth, listingOf } from './sectionListing';

/*
 * Where one moment ends and the next begins.
 *
 * A text may hold the output of many commands. They are one snapshot as long as they cannot count
 * a socket twice (the TCP section and then the UNIX section of one `netstat -a`, or `ss -t` and
 * then `ss -u`), and several snapshots otherwise (`netstat -c`, or `netstat` and then `ss`).
 *
 * A date ends a snapshot for certain. A title, column header, prompt with a dump command, or a
 * change of the tool only may do so: what follows is kept pending, and the first row of a protocol
 * that the snapshot already has shows that it was another moment. Within one tool the protocol's
 * word counts (`tcp4` and `tcp6` are two disjoint sections of BSD); between tools the transport
 * does, since one tool's `tcp6` may be the other's `tcp`.
 *
 * Counters are of the same moment as the sockets beside them. One that the snapshot already has of
 * the same tool begins the next, except below the same title.
 */

/** The word that listen queues count as beside `tcp4`, whatever word they have: macOS prints none. */
const QUEUES = protocolWordId('tcp');

/** Divides a dump's rows into snapshots, line by line; `rows` are always those read above it. */
export class SnapshotBuilder {
  private snapshots: Zoned[] = [];
  /** How many counters, interfaces and routes are kept. */
  public counters = 0;
  /** How many snapshots were forgotten. */
  public forgotten = 0;
  private current = new Section(0, 0);
  /** That of the last of the snapshots. */
  private above: Section | undefined;
  /** What stands below the current one and may or may not belong to it. */
  private pending: Section | undefined;
  /** Where the commands are typed. */
  private readonly shell = new Shell();
  /** The host of the output below, which a command may have run elsewhere. */
  private host: string | null = null;
  /** Whether that is a container, jail or network namespace. */
  private inside = false;
  /** The file that the last title named. */
  private source: string | null = null;
  /** First row of the section whose rows may yet turn out to be of another protocol. */
  private sectionRow = 0;

  public constructor(private readonly table: SocketTable) {}

  /**
   * Forgets the oldest snapshots so that at most `most` rows and counters are left, but never the
   * one before the current.
   */
  public forget(most: number): void {
    const { snapshots, table } = this;
    const rows = table.length;
    let count = 0;
    let gone = 0;
    while (count < snapshots.length - 1 && rows - gone + this.counters > most) {
      gone = snapshots[count]!.endRow;
      this.counters -= sizeOf(snapshots[count]!);
      count++;
    }
    this.forgotten += count;
    this.snapshots = snapshots.slice(count).map(one => ({
      ...one,
      firstRow: one.firstRow - gone,
      endRow: one.endRow - gone,
    }));
    this.current.firstRow -= gone;
    if (this.pending !== undefined) {
      this.pending.firstRow -= gone;
    }
    this.sectionRow = Math.max(0, this.sectionRow - gone);
    table.dropFirst(gone);
  }

  /** A line may introduce a snapshot. */
  public introduce(line: number, rows: number, what: Introduction): void {
    if (what.host !== null || what.source !== null) {
      // What one file says of its machine does not go for the next.
      this.sawHost(what.host);
    }
    this.source = what.source ?? this.source;
    const { current } = this;
    const section = this.sectionFor(line, rows, what);
    section.certain ||= section !== current && current.host !== null && current.host !== this.host;
    section.introduce(
      line,
      what.listing === null
        ? what
        : { ...what, host: this.host, listing: { ...what.listing, inside: this.inside } },
    );
  }

  /** Whether a title or header was sorted among or behind the rows that it stood above. */
  public takesSorted(key: string, rows: number, dialect: Dialect | undefined): boolean {
    const section = this.pending ?? this.current;
    const { headers } = section;
    const takes =
      section.sorted && !section.isEmpty(rows) && section.dialect === dialect && !headers.has(key);
    if (takes) {
      headers.add(key);
    }
    return takes;
  }

  /** A line says that rows were left out where it stands. */
  public leaveOut(rows: number): void {
    const { current, pending } = this;
    const section = pending?.isEmpty(rows) === false ? pending : current;
    section.cut ||= !section.isEmpty(rows);
  }

  /** The lines below come from a machine. */
  public sawHost(host: string | null): void {
    this.shell.enter(host);
    this.host = host;
    this.inside = false;
  }

  /** A prompt, of a machine that it may name, has a command that may run on others. */
  public sawPrompt(prompt: Prompt): void {
    this.shell.saw(prompt);
    const isHere = prompt.machine === null && !prompt.several;
    this.host = isHere ? this.shell.host : prompt.machine;
    this.inside = isHere ? this.shell.inside : prompt.inside;
  }

  /** The rows below may be of another protocol than those above. */
  public beginSection(rows: number): void {
    this.sectionRow = rows;
  }

  /** All rows since {@link beginSection} turned out to be of a protocol. */
  public implyProtocol(rows: number, protocol: number): void {
    this.table.setProtocol(this.sectionRow, rows, protocol);
  }

  /** A row was read; `stamp` is the time that its line's prefix says, as printed. */
  public add(
    line: number,
    rows: number,
    word: number,
    dialect: Dialect,
    layout: object | undefined,
    stamp: string | null,
  ): void {
    const { current } = this;
    const protocol = layout !== undefined && dialect.areQueues?.(layout) ? QUEUES : word;
    const open = this.pending ?? current;
    if (dialect === open.dialect && layout === open.layout) {
      // What a pending section has already, the current one was seen not to have.
      if (open === current || open.seen[protocol] === 1) {
        open.seen[protocol] = 1;
        return;
      }
    } else if (open === current && current.dialect !== undefined && current.dialect !== dialect) {
      this.pending = new Section(line, rows);
    }
    const { pending } = this;
    if (
      pending !== undefined &&
      (pending.certain ||
        (current.mayHold(protocol, dialect) && !areCutsOfOne(current.listing, pending.listing)))
    ) {
      this.advance(pending);
    }
    this.openSection(rows, stamp).add(line, protocol, dialect, layout);
  }

  /** A line of counters was read; `stamp` as for {@link add}. */
  public count(line: number, rows: number, read: CounterReader, stamp: string | null): void {
    const { format } = read;
    if (format === undefined) {
      return;
    }
    const repeats = this.current.counted.get(format)?.has(read) === true;
    if (repeats) {
      // A listing between two outputs of counters belongs to the first.
      this.settle(rows);
      if (this.isEmptyListing(rows)) {
        this.current.absorb(this.pending!, rows);
        this.pending = undefined;
      }
      this.pending ??= new Section(line, rows);
    }
    const { pending } = this;
    if (pending !== undefined && (pending.certain || repeats)) {
      this.advance(pending);
    }
    this.openSection(rows, stamp).count(line, format, read);
    this.counters += read.size;
  }

  /** The section that a line belongs to; the first line that it has says where it is from. */
  private openSection(rows: number, stamp: string | null): Section {
    const section = this.pending ?? this.current;
    if (section.isEmpty(rows)) {
      section.host ??= this.host;
      section.source ??= this.source;
      // Where no line of its own says the time, the prefix of the first row does.
      section.time ??= stamp === null ? null : (timeOf(stamp) ?? null);
      section.clock = stamp === null || section.time !== null ? null : yearlessTimeOf(stamp);
    }
    return section;
  }

  /** All snapshots, as if the text ended here, with `lines` lines and `rows` rows. */
  public finish(lines: number, rows: number): Snapshot[] {
    // What stands at the end may turn out to be something else when more follows.
    return withOffsets(this.copy().end(lines, rows));
  }

  private copy(): SnapshotBuilder {
    const { snapshots, current, pending } = this;
    return Object.assign(new SnapshotBuilder(this.table), this, {
      snapshots: [...snapshots],
      current: current.copy(),
      pending: pending?.copy(),
    });
  }

  private end(lines: number, rows: number): Zoned[] {
    const { pending } = this;
    if (pending?.isEmpty(rows) !== true) {
      this.settle(rows);
    } else if (this.isEmptyMoment(pending, rows)) {
      this.advance(pending);
    } else {
      this.current.absorb(pending, rows);
    }
    this.close(this.current, rows, lines);
    return this.snapshots;
  }

  private sectionFor(line: number, rows: number, what: Introduction): Section {
    const { current, pending } = this;
    const open = current.isEmpty(rows) ? current : pending;
    if (open?.isEmpty(rows) === true) {
      // One of several lines that introduce the same rows: date, prompt, title, header.
      const isFirst = open === current && this.snapshots.length === 0;
      const isAgain = current.headers.has(what.key) && open.headers.has(what.key);
      const isMoment = what.time !== null && open.time !== null;
      const isNext =
        isAgain || ((what.listing !== null || isMoment) && this.isEmptyMoment(open, rows));
      if (isFirst || !isNext) {
        return open;
      }
      if (open === pending) {
        this.advance(open);
      }
      this.close(this.current, rows, line);
      this.current = new Section(line, rows);
      return this.current;
    }
    this.settle(rows);
    this.pending = new Section(line, rows);
    return this.pending;
  }

  /** Whether a header without a row stands below what it does not repeat, and nothing else. */
  private isEmptyListing(rows: number): boolean {
    const { pending } = this;
    return (
      pending?.isEmpty(rows) === true &&
      pending.headers.size > 0 &&
      pending.time === null &&
      !pending.certain &&
      !this.isEmptyMoment(pending, rows)
    );
  }

  private isEmptyMoment(section: Section, rows: number): boolean {
    const { current, table } = this;
    return section.isLaterThan(current, table.state.subarray(current.firstRow, rows));
  }

  /** The rows below did not contradict: they belong to the snapshot above. */
  private settle(rows: number): void {
    const { pending } = this;
    if (pending !== undefined && !pending.isEmpty(rows)) {
      this.current.absorb(pending, rows);
      this.pending = undefined;
    }
  }

  private advance(next: Section): void {
    this.close(this.current, next.firstRow, next.line);
    this.current = next;
    this.pending = undefined;
  }

  private close(section: Section, endRow: number, endLine: number): void {
    const repeatedEmpty = this.snapshots.length > 0 && section.headers.size > 0;
    if (section.isEmpty(endRow)) {
      if (!repeatedEmpty) {
        return;
      }
      if (this.above !== undefined && section.asksAsMuch(this.above)) {
        section.repeat(this.above);
      }
    }
    this.above = section;
    const told = [...section.counted.values()];
    const snapshot: Zoned = {
      line: Math.max(section.start, 0),
      endLine,
      firstRow: section.firstRow,
      endRow,
      time: section.time,
      clock: section.time === null ? section.clock : null,
      zone: section.zone,
      host: section.host,
      source: section.source,
      dialects: section.dialects,
      system: section.system,
      unprivileged: section.unprivileged,
      listsBoth: listsBoth(section),
      listing: listingOf(section),
      cut: section.cut,
      repeats: NO_REPEATS,
      counted: told.map(({ counted }) => counted).filter(({ counters }) => counters.length > 0),
      interfaces: told.flatMap(({ interfaces }) => interfaces),
      routes: told.flatMap(({ routes }) => routes),
      rules: told.flatMap(({ rules }) => rules),
    };
    const last = this.snapshots.at(-1);
    if (last !== undefined && areHalvesOfOne(last, snapshot)) {
      this.snapshots[this.snapshots.length - 1] = joined(last, snapshot);
    } else {
      this.snapshots.push(snapshot);
    }
  }
}

/** The same, with times that can be compared, of each host: its zone's name changes twice a year. */
function withOffsets(snapshots: Zoned[]): Snapshot[] {
  if (new Set(snapshots.map(({ zone }) => zone)).size < 2) {
    return snapshots;
  }
  const groups = listsBy(snapshots, ({ host, source }) => JSON.stringify([host, source]));
  const times = new Map<Zoned, string | null>();
  for (const group of groups.values()) {
    inOneZone(group).forEach((time, i) => times.set(group[i]!, time));
  }
  return snapshots.map(one => ({ ...one, time: times.get(one) ?? null }));
}

function sizeOf({ counted, interfaces, routes, rules }: Snapshot): number {
  const size = interfaces.length + routes.length + rules.length;
  return counted.reduce((sum, { counters }) => sum + counters.length, size);
}

/** Whether two command lines cut different rows out of the same listing: they are of one moment. */
function areCutsOfOne(a: Listing | null, b: Listing | null): boolean {
  return (
    a !== null &&
    b !== null &&
    a.command === b.command &&
    a.filtered &&
    b.filtered &&
    !b.filters.some(filter => a.filters.includes(filter))
  );
}
