import type { Dump } from '../dump';
import { ByteDecoder } from './encoding';
import { runToEnd, type Task } from '../../model/task';
import { endOfLine, nextLine, startOfOpenLine } from '../../parsing/lines';
import { binaryOf } from '../otherOutput';
import { DumpReader } from '../reader';
import { findsRecords, mayBeginRecords } from '../recordBlock';
import { LINE_FEED } from '../../vocabulary/characters';

/**
 * As much text as is read at once where sockets are printed in blocks: strings may not be longer
 * than some 500 million characters.
 */
const MOST_HELD = 200_000_000;

/** Characters that show whether a block begins: more than any socket takes. */
const ENOUGH = 65_536;

/** A longer line is cut: none that says anything is, and text without line ends has an end, too. */
const LONGEST_LINE = 16_000_000;

/** Bytes that are made text where a line is not plain: enough to be worth the calls. */
const FEW = 1024;

/**
 * Reads a dump that arrives in chunks cut anywhere. Lines are read as they come and forgotten.
 * What prints a socket in a block of lines (JSON, `lsof -F`, Format-List) is told by its beginning;
 * from there on the text is kept until its end, since only there blocks are known to be whole.
 */
export class DumpStream {
  private readonly reader = new DumpReader();
  /** The line whose end has not come yet, or lines of what may be a block. */
  private open = '';
  /** What has come of that line since it was looked at. */
  private more: string[] = [];
  private moreLength = 0;
  /** Chunks from the first line on at which a block begins. */
  private held: string[] = [];
  private heldLength = 0;
  private decoder = new ByteDecoder();
  private expected = 0;
  /** Bytes that are made text at once: the more, the longer there were no plain rows. */
  private window = FEW;
  /** Whether the last byte was the end of a line. */
  private endsLine = false;
  /** Whether the first bytes are still to come. */
  private isNew = true;

  /**
   * @param mostRows Above so many rows the oldest snapshots are forgotten, until half of them are
   * left or the last two snapshots.
   */
  public constructor(private readonly mostRows = Infinity) {}

  /** Reads the next chunk. */
  public push(chunk: string): void {
    if (this.heldLength > 0) {
      this.hold(chunk);
      return;
    }
    if (this.open.length < ENOUGH) {
      this.pushLines(chunk);
    } else if (!this.waits(chunk)) {
      this.pushLines(this.takeMore());
    }
  }

  private pushLines(chunk: string): void {
    const from = this.closeLine(chunk);
    const text = from === 0 ? this.open + chunk : chunk;
    const open = startOfOpenLine(text);
    const limit = text.length - open < LONGEST_LINE ? open : text.length;
    let block = -1;
    const begins = (start: number): boolean => {
      const found = text.length - start >= ENOUGH && findsRecords(text, start);
      if (found) block = start;
      return found;
    };
    const stop = this.reader.readLines(
      text,
      from,
      limit,
      start => text.length - start < ENOUGH || begins(start),
    );
    this.forgetOld();
    this.open = '';
    if (stop === block || (stop === limit && begins(stop))) {
      this.hold(text.slice(stop));
    } else {
      this.open = text.slice(stop);
    }
  }

  /** Says how many bytes there will be: their memory is taken when the first have come. */
  public expect(bytes: number): void {
    this.expected = bytes;
  }

  /**
   * Reads the next chunk of a file in any encoding. Plain rows (dialects/fast) are read where they
   * stand, without making text of them first.
   */
  public pushBytes(bytes: Uint8Array): void {
    // Code is compiled for one class, not for Node's Buffer as well.
    const chunk = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    if (this.isNew && chunk.length > 0) {
      this.isNew = false;
      const binary = binaryOf(chunk);
      if (binary !== null) {
        this.reader.sawBinary(binary);
      }
    }
    const whole = chunk.lastIndexOf(LINE_FEED) + 1;
    let at = 0;
    while (at < chunk.length) {
      if (this.isIdle) {
        at = this.reader.readPlain(chunk, at, whole);
      }
      if (at < chunk.length) {
        const end = this.endOfText(chunk, at);
        const atOnce = this.reader.hasPlainRows || end - at >= FEW;
        this.push(this.decoder.decode(chunk.subarray(at, end), atOnce));
        at = end;
      }
      this.endsLine = chunk[at - 1] === LINE_FEED;
    }
    if (this.expected > 0 && chunk.length > 0) {
      this.reader.reserve(this.expected / chunk.length);
      this.expected = 0;
    }
    this.forgetOld();
  }

  /** Says that a file has ended; another one, of another encoding, may follow. */
  public endFile(): void {
    this.push(this.decoder.end());
    this.decoder = new ByteDecoder();
  }

  /** The dump, when all chunks have been given. */
  public finish(): Dump {
    return runToEnd(this.finishInSteps());
  }

  /** The same, for those who have something else to do in between. */
  public *finishInSteps(): Task<Dump> {
    this.endFile();
    yield* this.reader.readInSteps(this.takeHeld());
    yield* this.reader.readInSteps(this.open + this.takeMore());
    this.open = '';
    return this.reader.finish();
  }

  /** Whether all that was pushed has been read, so that more may be pushed after {@link finish}. */
  public get isAtLineStart(): boolean {
    return this.open === '' && this.heldLength === 0;
  }

  /** Whether a line begins with the next byte, and nothing is kept that belongs before it. */
  private get isIdle(): boolean {
    return this.endsLine && this.isAtLineStart && this.decoder.isIdle;
  }

  /** How far a chunk is made text from `chunk[at]` on, before plain rows are looked for again. */
  private endOfText(chunk: Uint8Array, at: number): number {
    if (this.heldLength > 0 || !this.decoder.isIdle) {
      return chunk.length;
    }
    this.window = this.reader.hasPlainRows ? FEW : this.window * 2;
    return (
      chunk.indexOf(LINE_FEED, at + Math.max(this.window, this.open.length)) + 1 || chunk.length
    );
  }

  private forgetOld(): void {
    if (this.reader.size > this.mostRows) {
      this.reader.forget(this.mostRows / 2);
    }
  }

  /**
   * Keeps a piece of a long line, which is looked at again when it has become twice as long: else
   * it would be read from its beginning with each piece.
   */
  private waits(chunk: string): boolean {
    this.more.push(chunk);
    this.moreLength += chunk.length;
    const { length } = this.open;
    return (
      this.moreLength < Math.min(length, LONGEST_LINE - length) &&
      !chunk.includes('\n') &&
      !chunk.includes('\r')
    );
  }

  private takeMore(): string {
    const text = this.more.join('');
    this.more = [];
    this.moreLength = 0;
    return text;
  }

  /**
   * Reads the open line with its end, so that it need not be put before the whole chunk; gives
   * where the next begins, or 0 where it can't be done so.
   */
  private closeLine(chunk: string): number {
    const end = endOfLine(chunk, 0);
    // A CR at the end of either may be half of a CR LF.
    if (this.open === '' || this.open.endsWith('\r') || end >= chunk.length - 1) {
      return 0;
    }
    const line = this.open + chunk.slice(0, end);
    if (mayBeginRecords(line, 0)) {
      return 0;
    }
    this.reader.read(line, 0, line.length);
    return nextLine(chunk, end);
  }

  private hold(text: string): void {
    this.held.push(text);
    this.heldLength += text.length;
    if (this.heldLength >= MOST_HELD) {
      this.reader.readAll(this.takeHeld());
    }
  }

  private takeHeld(): string {
    const text = this.held.join('');
    this.held = [];
    this.heldLength = 0;
    return text;
  }
}
