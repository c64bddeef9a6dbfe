import { NONE } from '../../../model/row';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import type { History } from '../../time/history';

/** Snapshots, and seconds, that a growth takes: a pool that fills is done sooner. */
const SNAPSHOTS = 3;
const SECONDS = 300;

/** Seconds, or added sockets, from which on it is no pool that fills, nor a start of many. */
const LONG = 1800;
const MANY = 100;

/** How many times as many there must be in the end. */
const TIMES = 1.5;

/** Share of what was added that may have ended: more of it is turnover, and for a while twice that. */
const TURNOVER = 0.1;

/** Parts of a growth, each of which must have its share: what fills grows more and more slowly. */
const PARTS = 4;
const SHARE_OF_PART = 0.1;

/** Sockets that are followed as one, by their number. */
export interface Rising {
  /** The same in every snapshot. */
  readonly key: string;
  readonly rows: Uint32Array;
  /** How many connections their program serves, each of which may need one of them. */
  readonly served: number;
}

/** Such sockets while none of them ended, or hardly any. */
export interface Rise {
  /** Places of snapshots among those of the host, and how many sockets each has. */
  readonly places: number[];
  readonly counts: number[];
  /** How many connections their program served in the first one. */
  readonly served: number;
  added: number;
  ended: number;
}

/** How each of several numbers of sockets of a host went on, from snapshot to snapshot. */
export class Rises<T extends Rising> {
  public place = -1;
  /** Those of the snapshot that was added last. */
  public streams: readonly T[] = [];
  public rises = new Map<string, Rise>();
  /** The place of the last snapshot that lists such sockets, and whether rows of it may be missing. */
  private listed: number = NONE;
  private isFiltered = false;

  public constructor(
    private readonly history: History,
    /** What there is to follow in a snapshot; null where it lists no such sockets. */
    private readonly streamsOf: (index: SnapshotIndex) => T[] | null,
  ) {}

  public add(index: SnapshotIndex): void {
    this.place++;
    const streams = this.streamsOf(index);
    this.streams = streams ?? [];
    if (streams === null) {
      return;
    }
    const { filtered } = index.snapshot.listing;
    // What a filter has let pass does not compare with what there is.
    if (filtered !== this.isFiltered) {
      this.rises = new Map();
      this.listed = NONE;
    }
    this.isFiltered = filtered;
    const before = this.rises;
    this.rises = new Map(
      streams.map(stream => [stream.key, this.next(before.get(stream.key), stream)]),
    );
    this.listed = this.place;
  }

  private next(before: Rise | undefined, stream: T): Rise {
    const { place, listed, history } = this;
    const count = stream.rows.length;
    const kept = stream.rows.filter(row => history.run(row) > 1).length;
    // Too few to be followed in the snapshot before.
    const rise = before ?? (kept > 0 && listed !== NONE ? start(listed, kept, stream) : undefined);
    if (rise === undefined) {
      return start(place, count, stream);
    }
    const last = rise.counts.at(-1)!;
    rise.added += count - kept;
    rise.ended += Math.max(0, last - kept);
    if (
      rise.ended > Math.max(1, rise.added * TURNOVER * 2) ||
      (rise.counts.length === 1 && count <= last)
    ) {
      return start(place, count, stream);
    }
    rise.places.push(place);
    rise.counts.push(count);
    return rise;
  }
}

function start(place: number, count: number, { served }: Rising): Rise {
  return { places: [place], counts: [count], served, added: 0, ended: 0 };
}

/** Whether at least so many were added, steadily, not because more is served; and hardly any has ended. */
export function isSteadyRise(rise: Rise, served: number, fewest: number): boolean {
  const { counts, added, ended } = rise;
  const [first, count] = [counts[0]!, counts.at(-1)!];
  return (
    counts.length >= SNAPSHOTS &&
    count - first >= fewest &&
    count >= first * TIMES &&
    ended <= Math.max(1, added * TURNOVER) &&
    isSteady(counts) &&
    (served - rise.served) * 2 < count - first
  );
}

/** Whether each part of a growth has its share; one before the last may have lost some instead. */
function isSteady(counts: readonly number[]): boolean {
  const steps = counts.length - 1;
  const parts = Math.min(PARTS, steps);
  const share = (counts[steps]! - counts[0]!) * SHARE_OF_PART;
  const ends = Array.from(
    { length: parts + 1 },
    (_, i) => counts[Math.round((steps * i) / parts)]!,
  );
  const short = ends.slice(1).flatMap((end, i) => (end - ends[i]! >= share ? [] : [i]));
  const [part = 0] = short;
  return (
    short.length === 0 || (short.length === 1 && part < parts - 1 && ends[part + 1]! < ends[part]!)
  );
}

/**
 * What a rise that took so many seconds is worth: much, something, or little as it has only begun;
 * null where a pool that fills is as likely.
 */
export function weightOf({ added }: Rise, seconds: number | null): 'much' | 'some' | 'soon' | null {
  if (seconds !== null && seconds < SECONDS) {
    return added >= MANY ? 'soon' : null;
  }
  return seconds !== null && (seconds >= LONG || added >= MANY) ? 'much' : 'some';
}
