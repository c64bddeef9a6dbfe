import * as vscode from 'vscode';

import type { Analysis } from '../../core/analysis/analyze';
import { Disposable } from '../host/disposable';
import { EditorLines } from './editorLines';
import type { PanelSource } from './source';

/** Who analyzes documents, as far as a panel needs it. */
export interface DocumentAnalyzer {
  analyze(document: vscode.TextDocument): Promise<{ readonly analysis: Analysis }>;
  readonly onDidChange: vscode.Event<vscode.TextDocument>;
}

/** A panel's source that follows a text document, also when it is closed and opened again. */
export class DocumentSource extends Disposable implements PanelSource {
  public readonly uri: vscode.Uri;
  public readonly title: string;
  public readonly lines: EditorLines;
  private readonly changes = this.register(new vscode.EventEmitter<void>());

  public readonly onDidChange = this.changes.event;

  private constructor(
    private document: vscode.TextDocument,
    private readonly reader: DocumentAnalyzer,
    private analysis: Analysis,
    column: vscode.ViewColumn,
  ) {
    super();
    this.uri = document.uri;
    this.title = titleOf(document.uri);
    this.lines = this.register(new EditorLines(document.uri, column));
    this.register(
      reader.onDidChange(changed => {
        void this.follow(changed);
      }),
    );
    this.register(
      vscode.workspace.onDidOpenTextDocument(opened => {
        void this.follow(opened);
      }),
    );
  }

  /** Reads a document for a panel beside a column. */
  public static async of(
    document: vscode.TextDocument,
    reader: DocumentAnalyzer,
    column: vscode.ViewColumn,
  ): Promise<DocumentSource> {
    const { analysis } = await reader.analyze(document);
    return new DocumentSource(document, reader, analysis, column);
  }

  public read(): Analysis {
    return this.analysis;
  }

  public refresh(): void {
    void this.update();
  }

  private async follow(document: vscode.TextDocument): Promise<void> {
    if (document.uri.toString() === this.uri.toString()) {
      this.document = document;
      await this.update();
    }
  }

  private async update(): Promise<void> {
    // What a closed document held stays readable: its last reading is kept.
    if (!this.document.isClosed) {
      const { analysis } = await this.reader.analyze(this.document);
      this.analysis = analysis;
    }
    this.changes.fire();
  }
}

/** The file's name; for other documents, what VS Code calls them. */
export function titleOf(uri: vscode.Uri): string {
  const { path } = uri;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === '' ? uri.toString(true) : name;
}
