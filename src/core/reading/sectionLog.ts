import type { Dialect } from '../parsing/dialect';
import type { Introduction, SectionSink } from './snapshots';

/** Tells a sink something; `lines` and `rows` are above those that were noted. */
type Entry = (sink: SectionSink, lines: number, rows: number) => void;

/** Notes what divides the rows of some lines, to tell it as soon as it is known what is above. */
export class SectionLog implements SectionSink {
  private readonly entries: Entry[] = [];
  /** The format and layout of the last row, and the protocols of the rows since the last entry. */
  private dialect: Dialect | undefined;
  private layout: object | undefined;
  private readonly seen = new Uint8Array(256);
  private host: string | null = null;

  public introduce(line: number, rows: number, what: Introduction): void {
    this.host = null;
    this.note((sink, above, before) => sink.introduce(above + line, before + rows, what));
  }

  public sawHost(host: string): void {
    if (host !== this.host) {
      this.host = host;
      this.note(sink => sink.sawHost(host));
    }
  }

  public add(
    line: number,
    rows: number,
    protocol: number,
    dialect: Dialect,
    layout: object | undefined,
    stamp: string | null,
  ): void {
    if (dialect !== this.dialect || layout !== this.layout) {
      this.dialect = dialect;
      this.layout = layout;
      this.seen.fill(0);
    }
    // A row that is like one above it says nothing new.
    if (this.seen[protocol] === 0) {
      this.seen[protocol] = 1;
      this.entries.push((sink, above, before) =>
        sink.add(above + line, before + rows, protocol, dialect, layout, stamp),
      );
    }
  }

  public beginSection(rows: number): void {
    this.note((sink, _, before) => sink.beginSection(before + rows));
  }

  public implyProtocol(rows: number, protocol: number): void {
    this.note((sink, _, before) => sink.implyProtocol(before + rows, protocol));
  }

  /** Tells a sink all that was noted; `lines` and `rows` are above. */
  public tell(sink: SectionSink, lines: number, rows: number): void {
    for (const entry of this.entries) {
      entry(sink, lines, rows);
    }
  }

  private note(entry: Entry): void {
    this.entries.push(entry);
    this.seen.fill(0);
  }
}
