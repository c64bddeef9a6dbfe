import * as vscode from 'vscode';

import type { Analysis } from '../../core/analysis/analyse';
import { Disposable } from '../disposable';
import { EditorLines } from './editorLines';
import type { PanelSource } from './source';

/** Who reads documents, as far as a panel needs it. */
export interface DocumentReader {
  get(document: vscode.TextDocument): { readonly analysis: Analysis };
  readonly onDidChange: vscode.Event<vscode.TextDocument>;
}

/** A panel's source that follows a text document, also when it is closed and opened again. */
export class DocumentSource extends Disposable implements PanelSource {
  public readonly uri: vscode.Uri;
  public readonly title: string;
  public readonly lines: EditorLines;
  private readonly changes = this.register(new vscode.EventEmitter<void>());
  private last: Analysis | undefined;

  public readonly onDidChange = this.changes.event;

  public constructor(
    private document: vscode.TextDocument,
    private readonly reader: DocumentReader,
    column: vscode.ViewColumn,
  ) {
    super();
    this.uri = document.uri;
    this.title = titleOf(document.uri);
    this.lines = this.register(new EditorLines(document.uri, column));
    this.register(
      reader.onDidChange(changed => {
        this.follow(changed);
      }),
    );
    this.register(
      vscode.workspace.onDidOpenTextDocument(opened => {
        this.follow(opened);
      }),
    );
  }

  public read(): Analysis | undefined {
    // What a closed document held stays readable: its last reading is kept.
    if (this.last === undefined || !this.document.isClosed) {
      this.last = this.reader.get(this.document).analysis;
    }
    return this.last;
  }

  public refresh(): void {
    this.changes.fire();
  }

  private follow(document: vscode.TextDocument): void {
    if (document.uri.toString() === this.uri.toString()) {
      this.document = document;
      this.changes.fire();
    }
  }
}

/** The file's name; for other documents, what VS Code calls them. */
export function titleOf(uri: vscode.Uri): string {
  const { path } = uri;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === '' ? uri.toString(true) : name;
}
