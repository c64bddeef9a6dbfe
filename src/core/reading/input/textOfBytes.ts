import { LINE_FEED } from '../../vocabulary/characters';

/** Characters that are made bytes at once. */
const BLOCK = 65_536;

/** What stands for a character that is not ASCII: a byte that no plain row has. */
const NOT_ASCII = 255;

/**
 * A text as bytes for what reads bytes, a block of whole lines at a time. Each UTF-16 unit is one
 * byte, so that what is at some place in the block is as far from its beginning in the text.
 */
export class PlainText {
  /** As large as the longest part so far: most texts are short. */
  private bytes = new Uint8Array(0);
  private readonly encoder = new TextEncoder();
  private text = '';
  /** Where the block begins in the text, and how long it is. */
  private first = 0;
  private length = 0;
  /** Up to where the text is known to have no LF: lines that CR ends are not plain. */
  private bare = 0;

  /**
   * Calls `read(bytes, start, end)` with the lines from `text[start]` on, where one begins; it
   * gives where it stopped. Gives the same as a place in the text.
   */
  public read(
    text: string,
    start: number,
    read: (bytes: Uint8Array, start: number, end: number) => number,
  ): number {
    const known = text === this.text && start >= this.first;
    // Of equal texts the one at hand: comparing it with itself next time takes no time.
    this.text = text;
    if (known && start < this.bare) {
      return start;
    }
    if (!known || start >= this.first + this.length) {
      this.first = start;
      this.length = this.fill(text, start);
    }
    return this.first + read(this.bytes, start - this.first, this.length);
  }

  /** Fills the block from `text[start]` on; returns where the last whole line in it ends. */
  private fill(text: string, start: number): number {
    const part = text.slice(start, start + BLOCK);
    if (part.length > this.bytes.length) {
      this.bytes = new Uint8Array(part.length);
    }
    const { bytes } = this;
    const { read, written } = this.encoder.encodeInto(part, bytes);
    if (read !== part.length || written !== part.length) {
      for (let i = 0; i < part.length; i++) {
        const code = part.charCodeAt(i);
        bytes[i] = code > 127 ? NOT_ASCII : code;
      }
    }
    const whole = bytes.lastIndexOf(LINE_FEED, part.length - 1) + 1;
    this.bare = whole === 0 ? start + part.length : 0;
    return whole;
  }
}
