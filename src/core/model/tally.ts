/** Numbers from 0 on that are given to what comes, and how often each came. */
export abstract class Numbered {
  /** How often each came; zeros after the last. */
  public counts: Uint32Array;
  protected length = 0;

  protected constructor(room: number) {
    this.counts = new Uint32Array(room);
  }

  /** How many different ones came. */
  public get size(): number {
    return this.length;
  }

  /** How often the commonest came. */
  public get most(): number {
    let most = 0;
    for (let number = 0; number < this.length; number++) {
      most = Math.max(most, this.counts[number]!);
    }
    return most;
  }

  /** Numbers of those that came at least so often. */
  public atLeast(count: number): number[] {
    const result: number[] = [];
    for (let number = 0; number < this.length; number++) {
      if (this.counts[number]! >= count) {
        result.push(number);
      }
    }
    return result;
  }

  /** Numbers of those that came most often, the commonest first; at most `limit`. */
  public commonest(limit: number): number[] {
    const { counts } = this;
    const top: number[] = [];
    for (let number = 0; number < this.length; number++) {
      const count = counts[number]!;
      if (top.length === limit && count <= counts[top[limit - 1]!]!) {
        continue;
      }
      let place = top.length === limit ? limit - 1 : top.length;
      while (place > 0 && counts[top[place - 1]!]! < count) {
        top[place] = top[place - 1]!;
        place--;
      }
      top[place] = number;
    }
    return top;
  }
}

/** As little as fits into an object: most snapshots of many are small. */
const ROOM = 16;

/** Counts small integers, in a time that does not depend on how large they are. */
export class Tally extends Numbered {
  private ids = new Uint32Array(ROOM);

  /**
   * @param places One for each integer, with anything in it: a place counts only if its integer
   * is what stands there in {@link ids}, so that nothing has to be cleared.
   */
  public constructor(private readonly places: Uint32Array) {
    super(ROOM);
  }

  /** Counts an integer; returns its number. */
  public add(id: number): number {
    const place = this.places[id]!;
    if (place < this.length && this.ids[place] === id) {
      this.counts[place]!++;
      return place;
    }
    return this.enter(id);
  }

  /** Counts an integer as one of its own, however often it comes; returns its number. */
  public addApart(id: number): number {
    return this.enter(id);
  }

  /** Whether an integer came. */
  public has(id: number): boolean {
    const place = this.places[id]!;
    return place < this.length && this.ids[place] === id;
  }

  /** How often an integer came. */
  public countOf(id: number): number {
    return this.has(id) ? this.counts[this.places[id]!]! : 0;
  }

  /** The integer behind a number. */
  public get(number: number): number {
    return this.ids[number]!;
  }

  private enter(id: number): number {
    const number = this.length++;
    if (number === this.ids.length) {
      this.ids = doubled(this.ids);
      this.counts = doubled(this.counts);
    }
    this.places[id] = number;
    this.ids[number] = id;
    this.counts[number] = 1;
    return number;
  }
}

/** A set of small integers, emptied without touching each. */
export class Marks {
  private readonly stamps: Uint32Array;
  private stamp = 1;

  /** @param end All integers are below it. */
  public constructor(end: number) {
    this.stamps = new Uint32Array(end);
  }

  public clear(): this {
    this.stamp++;
    return this;
  }

  public add(id: number): void {
    this.stamps[id] = this.stamp;
  }

  public has(id: number): boolean {
    return this.stamps[id] === this.stamp;
  }
}

/** A set of integers that takes little room, emptied as a whole. */
export class Bits {
  private readonly bytes: Uint8Array;

  /** @param end All integers are below it. */
  public constructor(end: number) {
    this.bytes = new Uint8Array(Math.ceil(end / 8));
  }

  public clear(): this {
    this.bytes.fill(0);
    return this;
  }

  public add(id: number): void {
    this.bytes[id >>> 3]! |= 1 << (id & 7);
  }

  public has(id: number): boolean {
    return (this.bytes[id >>> 3]! & (1 << (id & 7))) !== 0;
  }
}

/** A list with room for as much again. */
function doubled(list: Uint32Array): Uint32Array<ArrayBuffer> {
  const result = new Uint32Array(list.length * 2);
  result.set(list);
  return result;
}
