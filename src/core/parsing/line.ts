import { NONE } from '../model/row';
import type { Span } from '../model/span';
import { equals } from '../vocabulary/vocabulary';

/**
 * One line of a text, cut into words at white space. It is used again for the next line; nothing
 * is copied out of the text.
 */
export class Line {
  public text = '';
  /** Where the line begins and ends in {@link text}, without its end-of-line characters. */
  public start = 0;
  public end = 0;
  /** How many words there are. */
  public count = 0;
  public starts = new Int32Array(64);
  public ends = new Int32Array(64);

  /** Takes the line `text[start, end)`. */
  public set(text: string, start: number, end: number): void {
    this.text = text;
    this.start = start;
    this.end = end;
    let count = 0;
    let i = start;
    let { starts, ends } = this;
    for (;;) {
      while (i < end && isSpace(text.charCodeAt(i))) {
        i++;
      }
      if (i >= end) {
        break;
      }
      if (count === starts.length) {
        this.grow();
        ({ starts, ends } = this);
      }
      starts[count] = i;
      let code;
      do {
        i++;
        code = i < end ? text.charCodeAt(i) : 32;
        // Most characters need but these two comparisons.
      } while ((code > 32 && code < 0xa0) || !isSpace(code));
      ends[count] = i;
      count++;
    }
    this.count = count;
  }

  /** Where word `i` begins; the end of the line if there is no such word. */
  public wordStart(i: number): number {
    return i < this.count ? this.starts[i]! : this.end;
  }

  /** Where word `i` ends. */
  public wordEnd(i: number): number {
    return i < this.count ? (this.ends[i] ?? this.end) : this.end;
  }

  /** Word `i` as a string; empty if there is none. */
  public word(i: number): string {
    return i < 0 || i >= this.count ? '' : this.text.slice(this.starts[i], this.ends[i]);
  }

  /** Where word `i` stands in {@link text}. */
  public span(i: number): Span {
    return { start: this.wordStart(i), end: this.wordEnd(i) };
  }

  /** Whether word `i` is exactly `word`. */
  public is(i: number, word: string): boolean {
    return i < this.count && equals(word, this.text, this.starts[i]!, this.ends[i]!);
  }

  /** First UTF-16 unit of word `i`, or −1. */
  public firstChar(i: number): number {
    return i < this.count ? this.text.charCodeAt(this.starts[i]!) : NONE;
  }

  /** Last UTF-16 unit of word `i`, or −1. */
  public lastChar(i: number): number {
    return i < this.count ? this.text.charCodeAt(this.ends[i]! - 1) : NONE;
  }

  /** The non-negative whole number that word `i` is, or {@link NONE}. */
  public number(i: number): number {
    return i < this.count ? numberAt(this.text, this.starts[i]!, this.ends[i]!) : NONE;
  }

  /** How far the first word is from the start of the line. */
  public get indent(): number {
    return this.count === 0 ? 0 : this.starts[0]! - this.start;
  }

  /** The words from `from` to the end of the line, without surrounding white space. */
  public rest(from: number): string {
    return from >= this.count ? '' : this.text.slice(this.starts[from], this.ends[this.count - 1]);
  }

  private grow(): void {
    const starts = new Int32Array(this.starts.length * 2);
    starts.set(this.starts);
    this.starts = starts;
    const ends = new Int32Array(starts.length);
    ends.set(this.ends);
    this.ends = ends;
  }
}

/**
 * White space between words: blank, tab, the control characters that move on, and the blanks of
 * Unicode that editors and web pages put in (no-break, narrow, ideographic, byte order mark).
 */
export function isSpace(code: number): boolean {
  return code <= 32
    ? code === 32 || (code >= 9 && code <= 13)
    : code >= 0xa0 && (code === 0xa0 || isWideSpace(code));
}

function isWideSpace(code: number): boolean {
  return (
    (code >= 0x2000 && code <= 0x200b) || code === 0x202f || code === 0x3000 || code === 0xfeff
  );
}

/** Whether a UTF-16 unit is an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether a UTF-16 unit is an ASCII letter. */
export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

/** Where `text[start, end)` has something behind blanks; `end` where it has nothing. */
export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

/** The whole number that is exactly `text[start, end)`, at most 15 digits; else {@link NONE}. */
export function numberAt(text: string, start: number, end: number): number {
  if (end <= start || end - start > 15) {
    return NONE;
  }
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) {
      return NONE;
    }
    value = value * 10 + digit;
  }
  return value;
}

/** A process id that is exactly `text[start, end)`; {@link NONE} if it is not one. */
export function pidAt(text: string, start: number, end: number): number {
  const value = numberAt(text, start, end);
  return value > 0x7fffffff ? NONE : value;
}

/** A decimal number with `.` or `,` that is exactly `text[start, end)`; else {@link NONE}. */
export function decimalAt(text: string, start: number, end: number): number {
  let whole = 0;
  let fraction = 0;
  let scale = 0;
  let digits = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) {
      digits++;
      if (scale === 0) {
        whole = whole * 10 + code - 48;
      } else {
        fraction = fraction * 10 + code - 48;
        scale *= 10;
      }
    } else if ((code === 46 || code === 44) && scale === 0) {
      scale = 1;
    } else {
      return NONE;
    }
  }
  return digits === 0 || digits > 15 ? NONE : scale > 1 ? whole + fraction / scale : whole;
}

/** Whether word `i` is a hexadecimal number, as kernel addresses are printed. */
export function isHexWord(line: Line, i: number): boolean {
  const { text } = line;
  let k = line.wordStart(i);
  const end = line.wordEnd(i);
  if (end - k > 2 && text.charCodeAt(k) === 48 && text.charCodeAt(k + 1) === 120) {
    k += 2;
  }
  if (k >= end || end - k > 20) {
    return false;
  }
  for (; k < end; k++) {
    const code = text.charCodeAt(k);
    if (!isDigit(code) && !((code >= 97 && code <= 102) || (code >= 65 && code <= 70))) {
      return false;
    }
  }
  return true;
}
