import { unmapped } from '../vocabulary/address';
import { NONE } from './row';
import { hashOf, hashOfBytes, sampleOf } from '../vocabulary/vocabulary';
import { COLON, DOT } from '../vocabulary/characters';

/** Looks of words that are told apart when guessing. */
const GUESSES = 256;

/** Characters that a call may take as arguments. */
const PART = 4096;

/** An address is no longer, hidden or not. */
const LONGEST_HIDDEN = 80;

/** `‹ip›` (reading/around/damage), `…`, blocks, `x.x.x.x`, `10.0.x.x`, `XXX`, `REDACTED`. */
const HIDDEN =
  /[\u2026\u2039\u2580-\u259f]|(?:^|[.:-])x{1,4}(?:$|[.:-])|^(?:redacted|hidden|removed|masked|censored|anonymi[sz]ed|private[-_]ip|public[-_]ip|client[-_]ip|server[-_]ip|my[-_]?ip|x{2,})$/i;

/**
 * Keeps one copy of every address, program and odd word of a dump and gives it a number, so that
 * columns hold numbers and a million rows hold a few thousand strings. Number 0 is "nothing".
 *
 * Characters are kept in one array: to compare with them is faster than with strings, and nothing
 * holds on to the chunk of a file that a word came from, as a slice would. An IPv4 address is kept
 * as the number that it is, and gets characters when somebody asks for them.
 */
export class StringPool {
  private count = 1;
  private units = new Uint16Array(1024);
  /** Where the characters of each number end; they begin where those of the one before end. */
  private ends = new Uint32Array(128);
  /** By number, the value of an IPv4 address, which has no characters. */
  private values = new Int32Array(128);
  /** Where words are found: the hash and the number of each, which is 0 if none is. */
  private words = new Int32Array(256);
  private wordCount = 0;
  /** What was found last of words that look alike: users, programs, services come again and again. */
  private readonly guesses = new Uint32Array(GUESSES);
  /** Where IPv4 addresses are found: the value and the number of each. */
  private addresses = new Int32Array(256);
  private addressCount = 0;
  /** Strings that were asked for. */
  private readonly strings = new Map<number, string>([[0, '']]);

  /** How many numbers have been given, 0 included. */
  public get size(): number {
    return this.count;
  }

  /** The number of `text[start, end)`, a new one where it was not seen before. */
  public intern(text: string, start = 0, end = text.length): number {
    if (start >= end) {
      return 0;
    }
    if (end - start <= LONGEST_IPV4 && isDigit(text.charCodeAt(start))) {
      for (let i = start; i < end; i++) {
        codes[i - start] = text.charCodeAt(i);
      }
      const value = ipv4Of(codes, 0, end - start);
      if (value !== NOT_IPV4) {
        return this.ipv4(value | 0);
      }
    }
    const hash = hashOf(text, start, end);
    const { words } = this;
    const mask = words.length - 2;
    let slot = wordPlace(hash) & mask;
    for (let id = words[slot + 1]!; id !== 0; id = words[slot + 1]!) {
      if (words[slot] === hash && this.equals(id, text, start, end)) {
        return id;
      }
      slot = (slot + 2) & mask;
    }
    this.makeRoom(end - start);
    const { units } = this;
    let at = this.ends[this.count - 1]!;
    for (let i = start; i < end; i++) {
      units[at++] = text.charCodeAt(i);
    }
    return this.add(end - start, hash, slot);
  }

  /** The number of the text that the ASCII `bytes[start, end)` are, as {@link intern} gives it. */
  public internBytes(bytes: Uint8Array, start: number, end: number): number {
    if (start >= end) {
      return 0;
    }
    if (end - start <= LONGEST_IPV4 && isDigit(bytes[start]!)) {
      for (let i = start; i < end; i++) {
        codes[i - start] = bytes[i]!;
      }
      const value = ipv4Of(codes, 0, end - start);
      if (value !== NOT_IPV4) {
        return this.ipv4(value | 0);
      }
    }
    const sample = sampleOf(bytes, start, end) & (GUESSES - 1);
    const guess = this.guesses[sample]!;
    if (guess !== 0 && this.equalsBytes(guess, bytes, start, end)) {
      return guess;
    }
    const hash = hashOfBytes(bytes, start, end);
    const { words } = this;
    const mask = words.length - 2;
    let slot = wordPlace(hash) & mask;
    for (let id = words[slot + 1]!; id !== 0; id = words[slot + 1]!) {
      if (words[slot] === hash && this.equalsBytes(id, bytes, start, end)) {
        this.guesses[sample] = id;
        return id;
      }
      slot = (slot + 2) & mask;
    }
    this.makeRoom(end - start);
    const { units } = this;
    let at = this.ends[this.count - 1]!;
    for (let i = start; i < end; i++) {
      units[at++] = bytes[i]!;
    }
    return this.add(end - start, hash, slot);
  }

  /** Where the word behind a number ends, if it is what begins at `bytes[start]`; else NONE. */
  public endOf(id: number, bytes: Uint8Array, start: number): number {
    if (id === 0 || this.isIpv4(id)) {
      return NONE;
    }
    const { units } = this;
    const end = this.ends[id]!;
    let at = start;
    for (let i = this.ends[id - 1]!; i < end; i++) {
      if (units[i] !== bytes[at++]) {
        return NONE;
      }
    }
    return at;
  }

  /** The string behind a number; the empty string for 0. */
  public get(id: number): string {
    const known = this.strings.get(id);
    if (known !== undefined || id >= this.count) {
      return known ?? '';
    }
    const value = this.isIpv4(id)
      ? dotted(this.values[id]!)
      : textOf(this.units, this.ends[id - 1]!, this.ends[id]!);
    this.strings.set(id, value);
    return value;
  }

  /** The number of an IPv4 address, which is given as the 32 bits that it is. */
  public ipv4(value: number): number {
    const { addresses } = this;
    const mask = addresses.length - 2;
    let slot = addressPlace(value) & mask;
    for (let id = addresses[slot + 1]!; id !== 0; id = addresses[slot + 1]!) {
      if (addresses[slot] === value) {
        return id;
      }
      slot = (slot + 2) & mask;
    }
    const id = this.addNumber(0);
    this.values[id] = value;
    addresses[slot] = value;
    addresses[slot + 1] = id;
    this.addressCount++;
    if (this.addressCount * 3 > addresses.length) {
      this.addresses = roomier(addresses, addressPlace);
    }
    return id;
  }

  /** The first byte of the IPv4 address behind a number; undefined if it is none. */
  public ipv4Network(id: number): number | undefined {
    return this.isIpv4(id) ? this.values[id]! >>> 24 : undefined;
  }

  /**
   * The number of the IPv4 address that an IPv4-mapped IPv6 address stands for (RFC 4291
   * §2.5.5.2), `::ffff:192.0.2.1`; 0 where a number is of none.
   */
  public mappedIpv4(id: number): number {
    const { units } = this;
    const start = this.ends[id - 1]!;
    const length = this.ends[id]! - start;
    if (length > LONGEST_MAPPED || units[start] !== COLON || units[start + 1] !== COLON) {
      return 0;
    }
    const text = this.get(id);
    const plain = unmapped(text);
    return plain === text ? 0 : this.intern(plain);
  }

  private isIpv4(id: number): boolean {
    // No word is empty.
    return id > 0 && this.ends[id] === this.ends[id - 1];
  }

  /** Whether the string behind a number begins with `prefix`; the string itself is not made. */
  public startsWith(id: number, prefix: string): boolean {
    if (this.isIpv4(id)) {
      return isDigit(prefix.charCodeAt(0)) && dotted(this.values[id]!).startsWith(prefix);
    }
    const start = this.ends[id - 1] ?? 0;
    if (this.ends[id]! - start < prefix.length) {
      return false;
    }
    for (let i = 0; i < prefix.length; i++) {
      if (this.units[start + i] !== prefix.charCodeAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** How many characters the string behind a number has. */
  public lengthOf(id: number): number {
    return this.isIpv4(id)
      ? dotted(this.values[id]!).length
      : this.ends[id]! - (this.ends[id - 1] ?? 0);
  }

  /**
   * Whether a string is, or has, what people put in the place of an address; or is an IPv6 address
   * that the tool has cut.
   */
  public isHidden(id: number): boolean {
    const start = this.ends[id - 1] ?? 0;
    const end = this.ends[id]!;
    const first = this.units[start]! | 32;
    // An address of digits and letters up to f is none; most are that.
    let may = first > 102 && first <= 122;
    let colons = 0;
    let gaps = 0;
    let dots = 0;
    let before = 0;
    for (let i = start; i < end && !may; i++) {
      const code = this.units[i]!;
      may = code > 0x2000 || (code | 32) === 120;
      colons += Number(code === COLON);
      gaps += Number(code === COLON && before === COLON);
      dots += Number(code === DOT);
      before = code;
    }
    if (may) {
      return end - start < LONGEST_HIDDEN && HIDDEN.test(this.get(id));
    }
    // Eight groups, of which the last two may be written as an IPv4 address; `::` stands for several.
    return (
      colons > 0 &&
      ((gaps === 0 && colons < (dots === 3 ? 6 : 7)) ||
        (dots > 0 && dots < 3) ||
        (before === COLON && this.units[end - 2] !== COLON))
    );
  }

  private equals(id: number, text: string, start: number, end: number): boolean {
    const { units } = this;
    let at = this.ends[id - 1]!;
    if (this.ends[id]! - at !== end - start) {
      return false;
    }
    for (let i = start; i < end; i++) {
      if (units[at++] !== text.charCodeAt(i)) {
        return false;
      }
    }
    return true;
  }

  private equalsBytes(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { units } = this;
    let at = this.ends[id - 1]!;
    if (this.ends[id]! - at !== end - start) {
      return false;
    }
    for (let i = start; i < end; i++) {
      if (units[at++] !== bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Makes sure that a further word has room. */
  private makeRoom(length: number): void {
    while (this.ends[this.count - 1]! + length > this.units.length) {
      this.units = doubled(this.units, new Uint16Array(this.units.length * 2));
    }
  }

  /** Gives a number to the word that stands behind all others already. */
  private add(length: number, hash: number, slot: number): number {
    const id = this.addNumber(length);
    const { words } = this;
    words[slot] = hash;
    words[slot + 1] = id;
    this.wordCount++;
    if (this.wordCount * 3 > words.length) {
      this.words = roomier(words, wordPlace);
    }
    return id;
  }

  private addNumber(length: number): number {
    const id = this.count++;
    if (id === this.ends.length) {
      this.ends = doubled(this.ends, new Uint32Array(id * 2));
      this.values = doubled(this.values, new Int32Array(id * 2));
    }
    this.ends[id] = this.ends[id - 1]! + length;
    return id;
  }
}

/** `255.255.255.255` */
const LONGEST_IPV4 = 15;
/** `::ffff:` and the longest IPv4 address. */
const LONGEST_MAPPED = 7 + LONGEST_IPV4;

const NOT_IPV4 = -1;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The characters of what may be an IPv4 address. */
const codes = new Uint16Array(LONGEST_IPV4);

/**
 * The 32 bits of the IPv4 address that `units[start, end)` is, as a positive number;
 * {@link NOT_IPV4} where it is none, or written otherwise than {@link dotted} does.
 */
function ipv4Of(units: Uint16Array, start: number, end: number): number {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let i = start; i <= end; i++) {
    const code = i < end ? units[i]! : DOT;
    if (isDigit(code)) {
      if (digits > 0 && part === 0) {
        return NOT_IPV4;
      }
      part = part * 10 + code - 48;
      digits++;
    } else {
      if (code !== DOT || digits === 0 || digits > 3 || part > 255 || dots === 4) {
        return NOT_IPV4;
      }
      value = value * 256 + part;
      part = 0;
      digits = 0;
      dots++;
    }
  }
  return dots === 4 ? value : NOT_IPV4;
}

/** The usual way to write an IPv4 address. */
function dotted(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/**
 * Where the search for an address begins, before it is cut to the size of the table: eight that
 * follow each other are side by side, since a network's addresses often come together.
 */
function addressPlace(value: number): number {
  const network = value >>> 3;
  const product = Math.imul(network ^ (network >>> 15), 0x2c1b3c6d);
  return ((product ^ (product >>> 13)) << 4) | ((value & 7) << 1);
}

/** Where the search for a word of some hash begins. */
function wordPlace(hash: number): number {
  return hash << 1;
}

/** A table of keys and numbers with twice the room. */
function roomier(old: Int32Array, placeOf: (key: number) => number): Int32Array<ArrayBuffer> {
  const table = new Int32Array(old.length * 2);
  const mask = table.length - 2;
  for (let i = 0; i < old.length; i += 2) {
    if (old[i + 1] !== 0) {
      let slot = placeOf(old[i]!) & mask;
      while (table[slot + 1] !== 0) {
        slot = (slot + 2) & mask;
      }
      table[slot] = old[i]!;
      table[slot + 1] = old[i + 1]!;
    }
  }
  return table;
}

function textOf(units: Uint8Array | Uint16Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += PART) {
    text += String.fromCharCode(...units.subarray(at, Math.min(at + PART, end)));
  }
  return text;
}

function doubled<T extends Uint16Array | Uint32Array | Int32Array>(old: T, bigger: T): T {
  bigger.set(old);
  return bigger;
}
