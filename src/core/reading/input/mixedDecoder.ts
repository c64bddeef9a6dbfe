/*
 * A file of which a part is UTF-16 and another is not: `>>` of PowerShell 5 appends UTF-16 to
 * whatever is there, `>>` of cmd.exe appends bytes to what PowerShell wrote. Which part a byte is of
 * shows in zero bytes, of which a text has none but in UTF-16.
 */

/** Decodes text, a part at a time; `more` says that others follow. */
export interface Decoder {
  decode(bytes: Uint8Array, more: boolean): string;
}

/** Bytes that are looked at to tell what begins. */
const LOOKED_AT = 32;

const LINE_FEED = 10;

/** A unit of UTF-16: two bytes. */
const UNIT = 2;

/** Decodes text that changes between UTF-16 and another encoding. */
export class MixedDecoder implements Decoder {
  /** What cannot be told yet. */
  private rest = new Uint8Array(0);
  private text = '';
  private wide: TextDecoder | undefined;

  /**
   * @param isWide Whether it begins in UTF-16.
   * @param zero Which byte of a unit is zero in ASCII: the second in little-endian, the first in
   *   big-endian.
   * @param narrow Decodes the parts that are not UTF-16.
   */
  public constructor(
    private isWide: boolean,
    private readonly zero: 0 | 1,
    private readonly narrow: Decoder,
  ) {}

  public decode(bytes: Uint8Array, more: boolean): string {
    const all = new Uint8Array(this.rest.length + bytes.length);
    all.set(this.rest);
    all.set(bytes, this.rest.length);
    this.text = '';
    let at = 0;
    for (let before = -1; before < at;) {
      before = at;
      at = this.isWide ? this.readWide(all, at, more) : this.readNarrow(all, at, more);
    }
    this.rest = all.slice(at);
    return this.text;
  }

  /** Reads up to where UTF-16 ends; returns what was read. */
  private readWide(all: Uint8Array, from: number, more: boolean): number {
    const { zero } = this;
    const end = all.length - ((all.length - from) % UNIT);
    // Whether a narrow part begins is told by what follows.
    const last = more ? end - LOOKED_AT : end;
    let at = from;
    while (at < last && (all[at + zero] === 0 || !beginsNarrow(all, at, from, zero))) {
      at += UNIT;
    }
    this.isWide = at >= last;
    at = Math.min(at, end);
    this.wide ??= new TextDecoder(zero === 1 ? 'utf-16le' : 'utf-16be');
    const isOdd = !more && this.isWide;
    const units = all.subarray(from, isOdd ? all.length : at);
    this.text += this.wide.decode(units, { stream: this.isWide && more });
    if (!this.isWide) {
      this.wide = undefined;
    }
    return isOdd ? all.length : at;
  }

  /** Reads up to where UTF-16 begins; returns what was read. */
  private readNarrow(all: Uint8Array, from: number, more: boolean): number {
    const { zero } = this;
    let at = all.indexOf(0, from);
    while (at >= 0) {
      const start = at - zero;
      const isTold = !more || start + LOOKED_AT <= all.length;
      if (start >= from && (!isTold || beginsWide(all, start, zero))) {
        const end = Math.max(startOfWide(all, start, zero), from);
        this.text += this.narrow.decode(all.subarray(from, end), true);
        this.isWide = isTold;
        return end;
      }
      at = all.indexOf(0, at + 1);
    }
    // The next byte may be the other half of a unit of which the last one is the first.
    const end = more ? Math.max(from, all.length - UNIT * UNIT) : all.length;
    this.text += this.narrow.decode(all.subarray(from, end), more);
    return end;
  }
}

function isMark(bytes: Uint8Array, at: number, zero: 0 | 1): boolean {
  const [first, second] = zero === 1 ? [0xff, 0xfe] : [0xfe, 0xff];
  return bytes[at] === first && bytes[at + 1] === second;
}

/** Where UTF-16 begins of which the first ASCII is at `bytes[at]`: at its mark, or at a foreign title. */
function startOfWide(bytes: Uint8Array, at: number, zero: 0 | 1): number {
  const line = at === 0 ? 0 : bytes.lastIndexOf(LINE_FEED, at - 1) + 1;
  if (isMark(bytes, line, zero)) {
    return line;
  }
  if (isMark(bytes, at - UNIT, zero)) {
    return at - UNIT;
  }
  const isWhole = (at - line) % UNIT === 0 && at - line < LOOKED_AT;
  return isWhole && bytes.subarray(line, at).some(byte => byte > 126) ? line : at;
}

/** Whether ASCII in UTF-16 begins at `bytes[at]`. */
export function beginsWide(bytes: Uint8Array, at: number, zero: 0 | 1): boolean {
  const end = Math.min(bytes.length - 1, at + LOOKED_AT);
  let zeros = 0;
  let others = 0;
  for (let i = at; i < end; i += UNIT) {
    zeros += bytes[i + zero] === 0 && bytes[i + 1 - zero] !== 0 ? 1 : 0;
    others += bytes[i + 1 - zero] === 0 ? 1 : 0;
  }
  return zeros * UNIT * UNIT > end - at && others * 8 < zeros;
}

/** A text of fewer bytes may be anything. */
const LEAST = 8;

/**
 * Whether text of single bytes begins at `bytes[at]`, in UTF-16 that begins at `from`: a whole line,
 * or so much of one as no text in UTF-16 looks like.
 */
export function beginsNarrow(bytes: Uint8Array, at: number, from: number, zero: 0 | 1): boolean {
  const end = Math.min(bytes.length, at + LOOKED_AT);
  const isLineStart = at === from || bytes[at - 1 - zero] === LINE_FEED;
  for (let i = at; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === LINE_FEED && isLineStart && bytes[i + 1] !== 0) {
      return true;
    }
    if (byte > 126 || (byte < 32 && !BLANKS.includes(byte))) {
      return false;
    }
  }
  return end - at >= LEAST;
}

/** Tab, LF, CR. */
const BLANKS = [9, LINE_FEED, 13];
