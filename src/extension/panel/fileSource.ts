import * as vscode from 'vscode';

import type { Analysis } from '../../core/analysis/analyze';
import { Disposable } from '../host/disposable';
import { titleOf } from './documentSource';
import { FileLines } from './fileLines';
import type { PanelSource } from './source';

/** A panel's source that is a file too large to be a document: it is read when it is asked for. */
export class FileSource extends Disposable implements PanelSource {
  public readonly title: string;
  public readonly lines: FileLines;
  private readonly changes = this.register(new vscode.EventEmitter<void>());

  public readonly onDidChange = this.changes.event;

  /** `again` reads the file once more; undefined where it cannot. */
  public constructor(
    public readonly uri: vscode.Uri,
    private analysis: Analysis,
    private readonly again: () => Promise<Analysis | undefined>,
    column: vscode.ViewColumn,
  ) {
    super();
    this.title = titleOf(uri);
    this.lines = this.register(new FileLines(uri, column));
  }

  public read(): Analysis {
    return this.analysis;
  }

  public refresh(): void {
    void this.readAgain();
  }

  private async readAgain(): Promise<void> {
    this.analysis = (await this.again()) ?? this.analysis;
    this.changes.fire();
  }
}
