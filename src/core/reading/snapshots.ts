import { listsBy } from '../model/maps';
import { type Counted, type Counter, counterKey } from '../model/counter';
import type { Interface } from '../model/interface';
import type { PolicyRule, Route } from '../model/route';
import type { Dialect } from '../parsing/dialect';
import {
  type Listing,
  NO_LISTING,
  NO_REPEATS,
  type Snapshot,
  tellsOnlySockets,
} from '../model/snapshot';
import type { System } from '../vocabulary/system';
import { protocolWord, protocolWordId } from '../vocabulary/protocol';
import { State } from '../vocabulary/state';
import type { SocketTable } from '../model/socketTable';
import type { CounterBlock, CounterFormat } from '../parsing/counterFormat';
import type { CounterReader } from '../statistics/counterReader';
import type { Prompt } from './around/prompt';
import { Shell } from './around/shell';
import { inOneZone, timeOf, yearlessTimeOf } from './around/timestamps';

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

/** What a line says that may introduce a snapshot. */
export interface Introduction {
  /** Whether this is a title, header or date, which a snapshot's own line is. */
  readonly heading: boolean;
  /** Whether nothing below it can belong to the snapshot above. */
  readonly certain: boolean;
  /** The text of a title or header, to know its repetition; else empty. */
  readonly key: string;
  readonly time: string | null;
  /** The zone that the time is said to be of, as printed. */
  readonly zone: string | null;
  readonly host: string | null;
  /** The file that begins here. */
  readonly source: string | null;
  readonly unprivileged: boolean;
  /** What a command line says; null for other lines. */
  readonly listing: Listing | null;
  /** Whether a command puts its lines into another order. */
  readonly sorted: boolean;
  /** What a command line asks for, see {@link Asked}. */
  readonly protocol: number;
  readonly state: State;
}

/** Lines and rows that belong together. */
class Section {
  /** Line of its first date, title or header, else of its first row; −1 as long as none was seen. */
  public start = -1;
  public certain = false;
  public time: string | null = null;
  public clock: number | null = null;
  public zone: string | null = null;
  public host: string | null = null;
  public source: string | null = null;
  public unprivileged = false;
  public listing: Listing | null = null;
  public sorted = false;
  private protocol = 0;
  private state: State = State.None;
  /** Whether a line among its rows says that others were left out. */
  public cut = false;
  public readonly headers = new Set<string>();
  public readonly dialects: Dialect[] = [];
  public dialect: Dialect | undefined;
  public layout: object | undefined;
  public system: System | null = null;
  /** Protocol words of its rows. */
  public readonly seen = new Uint8Array(256);
  /** What it counts, by the format. */
  public readonly counted = new Map<CounterFormat, Counting>();

  public constructor(
    /** The line that introduced it. */
    public readonly line: number,
    public firstRow: number,
  ) {}

  public introduce(line: number, what: Introduction): void {
    if (what.heading && (this.start < 0 || what.source !== null)) {
      this.start = line;
    }
    this.certain ||= what.certain;
    this.time = what.time ?? this.time;
    this.zone = what.time === null ? this.zone : what.zone;
    this.host = what.host ?? this.host;
    this.source = what.source ?? this.source;
    this.unprivileged ||= what.unprivileged;
    if (what.listing !== null) {
      // What was printed above is another command's.
      this.headers.clear();
      this.listing = what.listing;
      this.sorted = what.sorted;
      this.protocol = what.protocol;
      this.state = what.state;
    }
    if (what.key !== '') {
      this.headers.add(what.key);
    }
  }

  public add(line: number, protocol: number, dialect: Dialect, layout: object | undefined): void {
    if (this.start < 0) {
      this.start = line;
    }
    this.seen[protocol] = 1;
    if (dialect === this.dialect && layout === this.layout) {
      return;
    }
    this.dialect = dialect;
    this.layout = layout;
    if (!this.dialects.includes(dialect)) {
      this.dialects.push(dialect);
    }
    this.system ??=
      (layout === undefined ? null : dialect.systemOf?.(layout)) ??
      (dialect.systems.length === 1 ? dialect.systems[0] : null) ??
      null;
  }

  /** Takes the counters of a line. */
  public count(line: number, format: CounterFormat, read: CounterReader): void {
    if (this.start < 0) {
      this.start = line;
    }
    let counting = this.counted.get(format);
    if (counting === undefined) {
      counting = new Counting(format);
      this.counted.set(format, counting);
    }
    counting.add(line, read);
    this.system ??= (format.systems.length === 1 ? format.systems[0] : null) ?? null;
  }

  /** Whether nothing was read of it as long as there are `rows` rows; titles alone are nothing. */
  public isEmpty(rows: number): boolean {
    return this.firstRow === rows && !this.counts;
  }

  /**
   * Whether its title stands above nothing at a later moment than a section: that has the title as
   * well, or sockets in the one state that was asked for. Other rows that were asked for need not
   * have been there before.
   */
  public isLaterThan(above: Section, states: Uint8Array): boolean {
    const { certain, headers, protocol, listing } = this;
    const asksAgain = listing?.filtered !== true || certain || isSame(listing, above.listing);
    return (
      (protocol === 0 || above.holdsTransport(protocol)) &&
      ((asksAgain && [...headers].some(key => above.headers.has(key))) ||
        (headers.size > 0 &&
          states.includes(this.state) &&
          listing?.filters.join('') === '' &&
          ONLY_STATE.test(listing.command ?? '')))
    );
  }

  /** Whether what a section lists would be listed here as well: its command or loop is the same. */
  public asksAsMuch(above: Section): boolean {
    const { headers, listing, time, host, source } = this;
    return (
      (host ?? above.host) === above.host &&
      (source ?? above.source) === above.source &&
      [...headers].every(key => above.headers.has(key)) &&
      (listing === null
        ? above.listing === null && time !== null && above.time !== null
        : listing.filters.join('') === '' && isSame(listing, above.listing))
    );
  }

  /** Lists nothing of what a section lists. */
  public repeat({ dialects, system, headers }: Section): void {
    this.dialects.push(...dialects);
    this.system ??= system;
    headers.forEach(key => this.headers.add(key));
  }

  private get counts(): boolean {
    for (const { size } of this.counted.values()) {
      if (size > 0) {
        return true;
      }
    }
    return false;
  }

  public copy(): Section {
    return Object.assign(new Section(this.line, this.firstRow), this, {
      counted: new Map(Array.from(this.counted, ([format, own]) => [format, own.copy()])),
      headers: new Set(this.headers),
      dialects: [...this.dialects],
      seen: this.seen.slice(),
    });
  }

  /** Whether a row of that protocol may be here already. */
  public mayHold(protocol: number, dialect: Dialect): boolean {
    if (this.dialects.length === 1 && this.dialects[0] === dialect) {
      return this.seen[protocol] === 1;
    }
    return this.holdsTransport(protocol);
  }

  private holdsTransport(protocol: number): boolean {
    const transport = protocolWord(protocol).protocol;
    return this.seen.some((seen, word) => seen === 1 && protocolWord(word).protocol === transport);
  }

  /** Takes in a section that turned out to belong here; there are `rows` rows now. */
  public absorb(other: Section, rows: number): void {
    if (!other.certain) {
      this.zone = this.time === null ? other.zone : this.zone;
      this.time ??= other.time;
      this.clock ??= other.clock;
    }
    this.host ??= other.host;
    this.source ??= other.source;
    this.system ??= other.system;
    this.unprivileged ||= other.unprivileged;
    this.cut ||= other.cut;
    // What a command without rows left out, it left out of nothing.
    if (this.firstRow === other.firstRow) {
      this.listing = other.listing ?? this.listing;
    } else if (other.firstRow < rows) {
      this.listing = bothListings(this.listing, other.listing);
    }
    other.headers.forEach(key => this.headers.add(key));
    for (const dialect of other.dialects) {
      if (!this.dialects.includes(dialect)) {
        this.dialects.push(dialect);
      }
    }
    other.seen.forEach((seen, word) => {
      this.seen[word] = this.seen[word]! | seen;
    });
    this.dialect = other.dialect ?? this.dialect;
    this.layout = other.layout ?? this.layout;
    for (const [format, counting] of other.counted) {
      const own = this.counted.get(format);
      if (own === undefined) {
        this.counted.set(format, counting);
      } else {
        own.absorb(counting);
      }
    }
  }
}

/** `ss -tan state close-wait`, without what else rows must have. */
const ONLY_STATE = /^\S+(?: -\S+)* state \S+$/;

/** What one format tells in a section. */
class Counting {
  public readonly counters: Counter[] = [];
  public readonly interfaces: Interface[] = [];
  public readonly routes: Route[] = [];
  public readonly rules: PolicyRule[] = [];
  private readonly keys = new Set<string>();
  private readonly titles = new Set<string>();
  private readonly sections = new Set<string>();

  public constructor(private readonly source: CounterFormat) {}

  public get size(): number {
    const { counters, interfaces, routes, rules } = this;
    return counters.length + interfaces.length + routes.length + rules.length;
  }

  public add(line: number, reader: CounterReader): void {
    const { source } = this;
    const { found, block, interfaces, routes, rules, again } = reader;
    if (block !== undefined) {
      this.titles.add(titleOf(block, reader));
    }
    if (block?.sparse === true) {
      this.sections.add(block.title);
    }
    for (const counter of found) {
      this.keys.add(counterKey(counter));
      this.counters.push({ ...counter, line });
    }
    for (const link of interfaces) {
      const above = again ? this.interfaces.pop() : undefined;
      this.interfaces.push({ ...link, line: above?.line ?? line, source });
    }
    for (const route of routes) {
      const above = again ? this.routes.pop() : undefined;
      this.routes.push({ ...route, line: above?.line ?? line, source });
    }
    for (const rule of rules) {
      this.rules.push({ ...rule, line });
    }
  }

  /** Whether a title, or a counter that stands without one, is here already. */
  public has(reader: CounterReader): boolean {
    const { found, block, isTitle } = reader;
    return block === undefined
      ? found.some(counter => this.keys.has(counterKey(counter)))
      : isTitle && this.titles.has(titleOf(block, reader));
  }

  public absorb(other: Counting): void {
    other.counters.forEach(counter => this.counters.push(counter));
    other.interfaces.forEach(link => this.interfaces.push(link));
    other.routes.forEach(route => this.routes.push(route));
    other.rules.forEach(rule => this.rules.push(rule));
    other.keys.forEach(key => this.keys.add(key));
    other.titles.forEach(title => this.titles.add(title));
    other.sections.forEach(section => this.sections.add(section));
  }

  public copy(): Counting {
    const copy = new Counting(this.source);
    copy.absorb(this);
    return copy;
  }

  public get counted(): Counted {
    return { source: this.source, counters: this.counters, sections: [...this.sections] };
  }
}

/** What tells a title from others: tables of routes that a command asked for may begin alike. */
function titleOf({ title }: CounterBlock, { counting }: CounterReader): string {
  return counting.table === null ? title : `${title} ${counting.table}`;
}

/** What two command lines say together of the rows below them. */
export function bothListings(a: Listing | null, b: Listing | null): Listing | null {
  return a === null || b === null
    ? (a ?? b)
    : {
        command: a.command,
        filtered: a.filtered || b.filtered,
        filters: [...a.filters, ...b.filters],
        root: a.root && b.root,
        inside: a.inside || b.inside,
      };
}

function isSame(a: Listing, b: Listing | null): boolean {
  return a.command === b?.command && a.filters.join('') === b.filters.join('');
}

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

/** A snapshot with the zone that its time is said to be of, as printed. */
interface Zoned extends Snapshot {
  readonly zone: string | null;
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

/** Seconds that lie at most between the sockets and the counters of one moment. */
const SAME_MOMENT = 30;

/** Whether one has the sockets and the other the counters of the same machine and moment. */
function areHalvesOfOne(above: Snapshot, below: Snapshot): boolean {
  return (
    hasRows(above) !== hasRows(below) &&
    tellsOnlySockets(above) !== tellsOnlySockets(below) &&
    above.host === below.host &&
    above.source === below.source &&
    (above.time === null ||
      below.time === null ||
      Date.parse(below.time) - Date.parse(above.time) <= SAME_MOMENT * 1000) &&
    (below.clock ?? 0) - (above.clock ?? below.clock ?? 0) <= SAME_MOMENT * 1000
  );
}

function joined(above: Zoned, below: Zoned): Zoned {
  const rows = hasRows(above) ? above : below;
  return {
    ...rows,
    line: above.line,
    endLine: below.endLine,
    time: above.time ?? below.time,
    clock: above.clock ?? below.clock,
    zone: above.time === null ? below.zone : above.zone,
    system: rows.system ?? above.system ?? below.system,
    counted: [...above.counted, ...below.counted],
    interfaces: [...above.interfaces, ...below.interfaces],
    routes: [...above.routes, ...below.routes],
    rules: [...above.rules, ...below.rules],
  };
}

function sizeOf({ counted, interfaces, routes, rules }: Snapshot): number {
  const size = interfaces.length + routes.length + rules.length;
  return counted.reduce((sum, { counters }) => sum + counters.length, size);
}

function hasRows({ firstRow, endRow }: Snapshot): boolean {
  return firstRow < endRow;
}

function headed({ headers, records }: Dialect): boolean {
  return headers !== undefined && records === undefined;
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

function listsBoth({ headers, dialects, listing }: Section): boolean {
  return (
    asksForAll(listing?.command ?? '') ||
    dialects.some(
      dialect =>
        dialect.listsBoth !== undefined && [...headers].some(title => dialect.listsBoth!(title)),
    )
  );
}

/** The short options of these long ones. */
const SHORT: Readonly<Partial<Record<string, string>>> = { '--all': 'a', '--listening': 'l' };

/**
 * Whether a command asks for connections and listeners: of `-a` and `-l`, ss takes the last
 * (measured). `-L` of macOS and FreeBSD lists accept queues.
 */
function asksForAll(command: string): boolean {
  const options = command
    .split(' ')
    .map(word => SHORT[word] ?? (/^-[^-]/.test(word) ? word : ''))
    .join('');
  return !options.includes('L') && options.lastIndexOf('a') > options.lastIndexOf('l');
}

/** Rows of a tool that prints headers were cut out where none is there. */
function listingOf({ listing, headers, dialects, cut, sorted }: Section): Listing {
  const headless = headers.size === 0 && !sorted && dialects.some(headed);
  return (headless || cut) && listing?.filtered !== true
    ? { ...(listing ?? NO_LISTING), filtered: true }
    : (listing ?? NO_LISTING);
}
