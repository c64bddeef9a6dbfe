import type * as vscode from 'vscode';

import { type Analysis, analyzeInSteps } from '../../core/analysis/analyze';
import type { Dump } from '../../core/reading/dump';
import { DocumentReader } from '../../core/reading/documentReader';
import { type LocatedLine, locate } from '../../core/reading/locate';
import { analysisSettings } from '../host/settings';
import { inSlices } from '../host/slices';
import { localizer } from '../host/localization';

/** Rows of a dump that is analyzed before people would notice that they wait. */
const SOON = 20_000;

/** A document as the core has read it. */
export interface ReadDocument {
  readonly document: vscode.TextDocument;
  readonly dump: Dump;
  /** The fields of a 0-based line. */
  locate(line: number): LocatedLine;
}

/** A document with what there is to say about it. */
export interface AnalyzedDocument extends ReadDocument {
  readonly analysis: Analysis;
}

/** Something that was made of one version of the document. */
interface Made<T> {
  readonly version: number;
  readonly value: T;
}

/**
 * Reads one document, slice by slice: as a whole after a change, or what was appended to it. All
 * who ask wait for the same reading.
 */
export class FollowedDocument {
  private readonly reader: DocumentReader;
  /** The version that the reader knows of. */
  private version: number;
  private read: Made<ReadDocument> | undefined;
  private reading: Promise<ReadDocument> | undefined;
  private analyzed: Made<AnalyzedDocument> | undefined;
  private analyzing: Promise<AnalyzedDocument> | undefined;
  /** How often the settings have changed. */
  private settings = 0;
  private lastChange = 0;

  /** `quiet` is how long a document must be unchanged before it is analyzed, in ms. */
  public constructor(
    public readonly document: vscode.TextDocument,
    private readonly quiet: number,
  ) {
    this.version = document.version;
    this.reader = new DocumentReader({
      get lineCount() {
        return document.lineCount;
      },
      lineAt: line => document.lineAt(line).text,
    });
  }

  /** Takes note of a change. */
  public change(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    this.reader.change(Math.min(...changes.map(({ range }) => range.start.line)));
    this.version = this.document.version;
    this.lastChange = performance.now();
  }

  /** Takes note that settings have changed, which an analysis depends on. */
  public analyseAgain(): void {
    this.settings++;
    this.analyzed = undefined;
  }

  /** The dump that the document holds. */
  public async dump(): Promise<ReadDocument> {
    if (this.read?.version === this.document.version) {
      return this.read.value;
    }
    this.reading ??= this.readOn();
    return this.reading;
  }

  /** The dump that the document holds, analyzed. */
  public async analysis(): Promise<AnalyzedDocument> {
    if (this.analyzed?.version === this.document.version) {
      return this.analyzed.value;
    }
    this.analyzing ??= this.analyzeOn();
    return this.analyzing;
  }

  /** The same, where it is ready or soon will be: nobody waits for the analysis of a large dump. */
  public async analysisSoon(): Promise<AnalyzedDocument | undefined> {
    const { dump } = await this.dump();
    return this.analyzed?.version === this.document.version || dump.table.length <= SOON
      ? this.analysis()
      : undefined;
  }

  /** Reads until no change comes in between; after one that did, only when nothing is typed. */
  private async readOn(): Promise<ReadDocument> {
    const { document } = this;
    try {
      for (;;) {
        const { version } = document;
        if (version !== this.version) {
          // Nobody said what has changed.
          this.reader.change(0);
          this.version = version;
        }
        const dump = await inSlices(this.reader.read(), () => document.version === version);
        if (dump !== undefined) {
          const value: ReadDocument = {
            document,
            dump,
            locate: line => locate(dump, line, document.lineAt(line).text),
          };
          this.read = { version, value };
          return value;
        }
        await this.untilQuiet();
      }
    } finally {
      this.reading = undefined;
    }
  }

  /** Analyses until no change comes in between. */
  private async analyzeOn(): Promise<AnalyzedDocument> {
    const { document } = this;
    try {
      for (;;) {
        await this.untilQuiet();
        const read = await this.dump();
        const { version } = document;
        const { settings } = this;
        const work = analyzeInSteps(read.dump, {
          ...analysisSettings(document),
          localizer: localizer(),
        });
        const analysis = await inSlices(
          work,
          () => document.version === version && this.settings === settings,
        );
        if (analysis !== undefined) {
          const value = { ...read, analysis };
          this.analyzed = { version, value };
          return value;
        }
      }
    } finally {
      this.analyzing = undefined;
    }
  }

  /** What is typed next would make useless what is begun now. */
  private async untilQuiet(): Promise<void> {
    for (;;) {
      const rest = this.lastChange + this.quiet - performance.now();
      if (this.lastChange === 0 || rest <= 0) {
        return;
      }
      await new Promise<void>(resolve => setTimeout(resolve, rest));
    }
  }
}
