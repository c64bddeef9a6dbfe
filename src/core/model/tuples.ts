import { NONE } from './row';
import { Numbered } from './tally';

/** Combinations that there is room for from the start: few, since most snapshots of many are small. */
const MIN_ROOM = 4;

/** Combinations from which on room is made for as many more only. */
const MUCH = 65_536;

/**
 * Numbers the combinations of three integers from 0 on, in the order in which they come, without
 * an object or string for each.
 */
export class Tuples extends Numbered {
  private values: Int32Array;
  private slots: Int32Array;

  /** @param expected How many combinations there may be; room for more is made when needed. */
  public constructor(expected = MIN_ROOM) {
    let room = MIN_ROOM;
    while (room < expected) {
      room *= 2;
    }
    super(room);
    this.values = new Int32Array(room * 3);
    this.slots = new Int32Array(room * 4);
  }

  /** Counts a combination; returns its number. */
  public add(a: number, b: number, c: number): number {
    if (this.length === this.counts.length) {
      this.grow();
    }
    const { values, slots } = this;
    const slot = this.slotOf(a, b, c);
    const taken = slots[slot]!;
    if (taken !== 0) {
      this.counts[taken - 1]!++;
      return taken - 1;
    }
    const number = this.length++;
    slots[slot] = number + 1;
    values[number * 3] = a;
    values[number * 3 + 1] = b;
    values[number * 3 + 2] = c;
    this.counts[number] = 1;
    return number;
  }

  /** The number of a combination; NONE where it never came. */
  public find(a: number, b: number, c: number): number {
    const taken = this.slots[this.slotOf(a, b, c)]!;
    return taken === 0 ? NONE : taken - 1;
  }

  /** The three integers of a combination. */
  public get(number: number): readonly [number, number, number] {
    const at = number * 3;
    return [this.values[at]!, this.values[at + 1]!, this.values[at + 2]!];
  }

  /** The slot that a combination has, or would have: that one is 0. */
  private slotOf(a: number, b: number, c: number): number {
    const { values, slots } = this;
    const mask = slots.length - 1;
    let slot = hashOf(a, b, c) & mask;
    for (let taken = slots[slot]!; taken !== 0; taken = slots[slot]!) {
      const at = (taken - 1) * 3;
      if (values[at] === a && values[at + 1] === b && values[at + 2] === c) {
        break;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    const { values, counts, length } = this;
    // All are entered again: while that is little memory, it is done less often.
    const times = length < MUCH ? 4 : 2;
    this.values = new Int32Array(values.length * times);
    this.counts = new Uint32Array(counts.length * times);
    this.slots = new Int32Array(this.slots.length * times);
    this.length = 0;
    // Entered again in the same order, so that every number stays what it was.
    for (let at = 0; at < length * 3; at += 3) {
      this.add(values[at]!, values[at + 1]!, values[at + 2]!);
    }
    this.counts.set(counts);
  }
}

/** Where the search for a combination begins, before it is cut to the number of slots. */
function hashOf(a: number, b: number, c: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x165667b1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) + Math.imul(c, 0x27d4eb2f);
  return hash ^ (hash >>> 13);
}
