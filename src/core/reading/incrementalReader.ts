import type { Dump, LineContext } from './dump';
import { LineClass } from '../model/lineClass';
import { SocketTable } from '../model/socketTable';
import { State } from '../vocabulary/state';
import type { Task } from '../model/task';
import { StringPool } from '../model/stringPool';
import { forEachLine, NEXT_LINE } from '../parsing/lines';
import { PlainText } from './input/textOfBytes';
import { DumpReader, LineReader, mayBeginRecords } from './reader';
import { type DumpPart, lineCounts, type ReaderState, sameState } from './readerState';
import { RecordMap } from './recordMap';
import { SectionLog } from './sectionLog';
import { SnapshotBuilder } from './snapshots';

/*
 * An edit changes a few lines of a text that may have hundreds of thousands, and mostly nothing of
 * what is read from the others. So lines are read in chunks, each from the state in which the one
 * above left the reader. After an edit those chunks are read again whose lines have changed, and
 * those below as long as they are entered in another state than before. All numbers in a chunk
 * count from its own first line and row. What goes beyond a chunk (snapshots, protocols that rows
 * imply for those above) is noted, and decided when the chunks are put together.
 *
 * What prints a socket in several lines is not cut into chunks: such a text is read as a whole.
 */

/** A text by its lines, as an editor has it: below the last end of line there is one more. */
export interface LineSource {
  readonly lineCount: number;
  /** A 0-based line, without what ends it; there is no LF or CR in it. */
  lineAt(line: number): string;
}

/** Lines of a chunk: few enough to be read between two keystrokes. */
const CHUNK = 1000;

/** Lines that are read between two places to give way. */
const STEP = 250;

/** The pool keeps words that are gone; above so many times what was needed, it is made anew. */
const MOST_WASTE = 4;

/** What a chunk's lines are, as far as they need not be known to be read again. */
interface Content extends DumpPart {
  readonly entry: ReaderState;
  readonly exit: ReaderState;
  readonly sections: SectionLog;
  /** Whether one of its lines may begin what is not printed as a socket per line. */
  readonly records: boolean;
}

interface Chunk {
  lines: number;
  /** Undefined where lines have changed. */
  content: Content | undefined;
}

const START: ReaderState = {
  dialect: undefined,
  layout: undefined,
  layouts: new Map(),
  wrapped: false,
  prefix: 0,
  host: null,
  attached: false,
  sectionProtocol: 0,
  askedProtocol: 0,
  askedState: State.None,
};

/** Reads a text that changes. It always gives what reading the whole text anew would. */
export class IncrementalReader {
  private chunks: Chunk[] = [];
  private pool = new StringPool();
  private readonly plainText = new PlainText();
  /** Words in the pool when it held nothing else than the text's. */
  private needed = 0;
  private dump: Dump | undefined;

  /**
   * `source` is asked for lines whenever they are read. A chunk has `size` lines, and half as many
   * again before it is cut.
   */
  public constructor(
    private readonly source: LineSource,
    private readonly size = CHUNK,
  ) {
    this.restart();
  }

  /** Forgets all that was read. */
  public restart(): void {
    this.chunks = [{ lines: this.source.lineCount, content: undefined }];
    this.pool = new StringPool();
    this.needed = 0;
    this.dump = undefined;
  }

  /** Takes note that the `removed` lines from `first` on have become `added` others. */
  public replace(first: number, removed: number, added: number): void {
    const { chunks } = this;
    this.dump = undefined;
    let from = 0;
    let start = 0;
    for (; from < chunks.length - 1 && start + chunks[from]!.lines <= first; from++) {
      start += chunks[from]!.lines;
    }
    let to = from;
    let lines = chunks[from]!.lines;
    while (start + lines < first + removed && to < chunks.length - 1) {
      lines += chunks[++to]!.lines;
    }
    const above = chunks[from - 1];
    if (above !== undefined && first - start < headOf(chunks[from]!)) {
      // What is there now may belong to the socket above.
      above.content = undefined;
    }
    const left = lines - removed + added;
    chunks.splice(from, to - from + 1, ...(left > 0 ? [{ lines: left, content: undefined }] : []));
  }

  /**
   * What the text holds. Lines are read as far as that is necessary. When the text changes
   * meanwhile, this must be called anew; what has been read until then is kept.
   */
  public *read(): Task<Dump> {
    if (this.isWasteful || this.chunks.every(({ content }) => content === undefined)) {
      this.restart();
    }
    this.dump ??= (yield* this.readChunks()) ? yield* this.assemble() : yield* this.readWhole();
    return this.dump;
  }

  private get isWasteful(): boolean {
    return this.needed > 0 && this.pool.size > MOST_WASTE * Math.max(this.needed, CHUNK);
  }

  /** Reads what has changed; false where it is not printed as a socket per line. */
  private *readChunks(): Task<boolean> {
    const { chunks } = this;
    if (chunks.some(({ content }) => content?.records)) {
      return false;
    }
    let state = START;
    let start = 0;
    for (let i = 0; i < chunks.length; i++) {
      const chunk = chunks[i]!;
      let { content } = chunk;
      if (content === undefined || !sameState(content.entry, state)) {
        content = yield* this.readChunk(i, start, state);
        if (content.records) {
          return false;
        }
      }
      state = content.exit;
      start += chunk.lines;
    }
    return true;
  }

  private *readChunk(i: number, start: number, entry: ReaderState): Task<Content> {
    const { chunks, source } = this;
    const chunk = chunks[i]!;
    const sections = new SectionLog();
    const reader = new LineReader(new SocketTable(this.pool), sections, this.plainText);
    reader.resume(entry);
    const least = start + (chunk.lines > this.size * 1.5 ? this.size : chunk.lines);
    let records = false;
    let line = start;
    const readTo = (end: number): void => {
      const text = this.textOf(line, end);
      forEachLine(text, (from, to) => {
        const plain = reader.readPlainText(text, from);
        if (plain !== from) {
          return plain;
        }
        records ||= mayBeginRecords(text, from);
        reader.read(text, from, to);
        return NEXT_LINE;
      });
      line = end;
    };
    while (line < least) {
      readTo(Math.min(line + STEP, least));
      yield;
    }
    while (line < source.lineCount && reader.attaches(source.lineAt(line))) {
      readTo(line + 1);
      yield;
    }
    this.resize(i, line - start);
    const content = { ...reader.part, entry, exit: reader.state, sections, records };
    chunk.content = content;
    return content;
  }

  /** The lines `[start, end)`, each with an end. */
  private textOf(start: number, end: number): string {
    let text = '';
    for (let line = start; line < end; line++) {
      text += `${this.source.lineAt(line)}\n`;
    }
    return text;
  }

  /** Gives a chunk so many lines, at the cost or to the benefit of what is below. */
  private resize(i: number, lines: number): void {
    const { chunks } = this;
    const chunk = chunks[i]!;
    const rest = chunk.lines - lines;
    chunk.lines = lines;
    if (rest > 0) {
      chunks.splice(i + 1, 0, { lines: rest, content: undefined });
    }
    for (let missing = -rest; missing > 0;) {
      const below = chunks[i + 1]!;
      const taken = Math.min(missing, below.lines);
      missing -= taken;
      below.lines -= taken;
      below.content = undefined;
      if (below.lines === 0) {
        chunks.splice(i + 1, 1);
      }
    }
  }

  private *assemble(): Task<Dump> {
    const contents = this.chunks.flatMap(({ content }) => content ?? []);
    const table = new SocketTable(this.pool);
    table.reserve(contents.reduce((rows, part) => rows + part.table.length, 0));
    const snapshots = new SnapshotBuilder(table);
    const classes = new Uint8Array(this.source.lineCount);
    const counts = new Float64Array(LineClass.Unrecognized + 1);
    const unrecognized: number[] = [];
    const contexts: LineContext[] = [];
    let line = 0;
    for (const part of contents) {
      const row = table.length;
      table.addAll(part.table, line);
      part.sections.tell(snapshots, line, row);
      classes.set(part.classes, line);
      for (const one of part.unrecognized) {
        unrecognized.push(line + one);
      }
      for (const context of part.contexts) {
        contexts.push({ ...context, line: line + context.line });
      }
      part.counts.forEach((count, kind) => (counts[kind]! += count));
      line += part.classes.length;
      yield;
    }
    if (this.source.lineAt(line - 1) === '') {
      // What is below the last end of line is a line for editors only.
      line--;
      counts[LineClass.Blank]!--;
    }
    this.needed ||= this.pool.size;
    return {
      table,
      snapshots: snapshots.finish(line, table.length),
      forgotten: 0,
      lines: lineCounts(counts),
      classes: classes.subarray(0, line),
      unrecognized,
      contexts,
      records: new RecordMap(),
    };
  }

  private *readWhole(): Task<Dump> {
    const { lineCount } = this.source;
    let text = '';
    for (let line = 0; line < lineCount; line += CHUNK) {
      text += this.textOf(line, Math.min(line + CHUNK, lineCount));
      yield;
    }
    const reader = new DumpReader();
    // Behind an editor's last line nothing ends.
    yield* reader.readInSteps(text.slice(0, -1));
    return reader.finish();
  }
}

/** How many lines at the start of a chunk decide whether it belongs to the socket above. */
function headOf({ lines, content }: Chunk): number {
  const first = content?.classes.findIndex(kind => kind !== (LineClass.Blank as number)) ?? -1;
  return first < 0 ? lines : first + 1;
}
