import { PlainRow } from '../../model/plainRow';
import { NONE } from '../../model/row';
import { BLANK, CARRIAGE_RETURN, DOT, LINE_FEED, TAB } from '../../vocabulary/characters';
import { isWordByte, type Vocabulary } from '../../vocabulary/vocabulary';

export const ZERO = 48;

/** The value of a hexadecimal digit by its byte; 16 for any other byte. */
const HEX = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[0-9A-Fa-f]/.test(character) ? parseInt(character, 16) : 16;
});

/** Hexadecimal digits of which any number is exact. */
const MOST_HEX = 12;

/** Powers of ten for as many digits as a fraction may have. */
const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6] as const;

/** Digits of which any number is exact. */
const MOST_DIGITS = 15;

/** A row, and the line of bytes that it is read from, left to right. Every line ends in LF. */
export class ByteCursor extends PlainRow {
  public bytes: Uint8Array = new Uint8Array(0);
  /** The place that is read next. */
  public at = 0;

  /** Goes to the beginning of a line. */
  public begin(bytes: Uint8Array, at: number): void {
    this.bytes = bytes;
    this.at = at;
    this.clear();
  }

  /** Whether nothing follows but the end of the line, which is then passed: `at` is the next one's start. */
  public isAtEnd(): boolean {
    const { bytes } = this;
    const at = this.skip();
    if (bytes[at] === LINE_FEED) {
      this.at = at + 1;
      return true;
    }
    if (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) {
      this.at = at + 2;
      return true;
    }
    return false;
  }

  /** Whether something stands before the first word. */
  public isIndented(): boolean {
    const code = this.bytes[this.at];
    return code === BLANK || code === TAB;
  }

  /** Whether no blank comes next. */
  public isWithinWord(): boolean {
    return isWordByte(this.bytes[this.at]!);
  }

  /** Whether a word ends here. */
  public isBeforeBlank(): boolean {
    return isBlank(this.bytes[this.at]!);
  }

  /** The first byte of the next word. */
  public firstByte(): number {
    return this.bytes[this.skip()]!;
  }

  /** Whether the next word begins with a capital letter. */
  public isNextCapital(): boolean {
    const code = this.firstByte();
    return code >= 65 && code <= 90;
  }

  /** Whether the next word begins with a letter. */
  public isNextLetter(): boolean {
    return isLetter(this.firstByte());
  }

  /** Passes `code`, which must be the very next byte. */
  public pass(code: number): boolean {
    if (this.bytes[this.at] !== code) {
      return false;
    }
    this.at++;
    return true;
  }

  /** Passes exactly these characters, of ASCII, which must come next. */
  public passText(text: string): boolean {
    const { at, bytes } = this;
    for (let i = 0; i < text.length; i++) {
      if (bytes[at + i] !== text.charCodeAt(i)) {
        return false;
      }
    }
    this.at = at + text.length;
    return true;
  }

  /** Passes a word, whatever it is. */
  public passWord(): boolean {
    const start = this.skip();
    this.at = this.wordEnd(start);
    return this.at > start && this.isBeforeBlank();
  }

  /** Passes a word if a vocabulary has it. */
  public passWordOf(vocabulary: Vocabulary): boolean {
    return this.readWordOf(vocabulary) !== 0;
  }

  /** Passes a word if a vocabulary has it; returns its number, else 0. */
  public readWordOf(vocabulary: Vocabulary): number {
    const start = this.skip();
    const id = vocabulary.findWord(this.bytes, start);
    this.at = start + vocabulary.lengthOf(id);
    return id;
  }

  /** Passes blanks; returns where the next word begins or the line ends. */
  public skip(): number {
    const { bytes } = this;
    let { at } = this;
    while (bytes[at] === BLANK || bytes[at] === TAB) {
      at++;
    }
    this.at = at;
    return at;
  }

  public wordEnd(start: number): number {
    const { bytes } = this;
    let i = start;
    while (isWordByte(bytes[i]!)) {
      i++;
    }
    return i;
  }

  /** Where the word before `at` begins, which is the beginning of another. */
  public wordBefore(at: number): number {
    let i = this.endBefore(at);
    while (isWordByte(this.bytes[i - 1]!)) {
      i--;
    }
    return i;
  }

  /** Where the word before `at` ends. */
  public endBefore(at: number): number {
    let i = at;
    while (this.bytes[i - 1] === BLANK) {
      i--;
    }
    return i;
  }

  /** The number that is the next word; {@link NONE} if it is none. */
  public number(): number {
    this.skip();
    const value = this.digits();
    return this.isBeforeBlank() ? value : NONE;
  }

  /** The number that comes next, of digits only; {@link NONE} if none does. */
  public digits(): number {
    const { bytes } = this;
    const start = this.at;
    let i = start;
    let value = 0;
    let digit = bytes[i]! - ZERO;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = bytes[++i]! - ZERO;
    }
    this.at = i;
    return i > start && i - start <= MOST_DIGITS ? value : NONE;
  }

  /** The number that comes next, which may have a fraction. */
  public decimal(): number {
    const whole = this.digits();
    if (whole === NONE || this.bytes[this.at] !== DOT) {
      return whole;
    }
    const start = ++this.at;
    const fraction = this.digits();
    const scale = POWERS[this.at - start];
    return fraction === NONE || scale === undefined || whole > 1e8
      ? NONE
      : whole + fraction / scale;
  }

  /** The number of exactly so many hexadecimal digits, or, for 0, of all that come. */
  public hex(length: number): number {
    const { at, bytes } = this;
    let value = 0;
    let i = at;
    for (let digit = HEX[bytes[i]!]!; digit < 16; digit = HEX[bytes[++i]!]!) {
      value = value * 16 + digit;
    }
    this.at = i;
    const count = i - at;
    return count === length || (length === 0 && count > 0 && count <= MOST_HEX) ? value : NONE;
  }
}

/** Whether a word may end before this byte: a blank or the end of the line. */
export function isBlank(code: number): boolean {
  return code === BLANK || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}

export function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}
