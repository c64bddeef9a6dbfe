import { getOrAdd } from '../../model/maps';
import type { Dialect } from '../../parsing/dialect';
import type { Listing } from '../../model/snapshot';
import type { System } from '../../vocabulary/system';
import { protocolWord } from '../../vocabulary/protocol';
import { State } from '../../vocabulary/state';
import type { CounterFormat } from '../../parsing/counterFormat';
import type { CounterReader } from '../../statistics/counterReader';
import { Counting } from './counting';

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
export class Section {
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
    getOrAdd(this.counted, format, () => new Counting(format)).add(line, read);
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
