import * as vscode from 'vscode';

import { Disposable } from '../host/disposable';
import type { LineSpan, LineView, Shown } from './source';

/**
 * Shows lines of a file that is too large for extensions to have its editor: one line at a time,
 * by opening the file there. What the user selects in it nobody tells.
 */
export class FileLines extends Disposable implements LineView {
  private lines: ArrayLike<number> = [];
  private at = 0;
  private readonly selects = this.register(new vscode.EventEmitter<readonly LineSpan[]>());

  public readonly onDidSelect = this.selects.event;

  public constructor(
    private readonly uri: vscode.Uri,
    /** Beside which editor group the panel is. */
    private readonly column: vscode.ViewColumn,
  ) {
    super();
  }

  public async show(lines: ArrayLike<number>, focus: boolean): Promise<Shown> {
    this.lines = lines;
    this.at = 0;
    return this.reveal(focus);
  }

  public async step(by: 1 | -1): Promise<Shown> {
    const { length } = this.lines;
    this.at = length === 0 ? 0 : (this.at + by + length) % length;
    return this.reveal(false);
  }

  public clear(): void {
    this.lines = [];
  }

  private async reveal(focus: boolean): Promise<Shown> {
    const line = this.lines[this.at];
    if (line === undefined) {
      return { count: 0, index: 0 };
    }
    const options: vscode.TextDocumentShowOptions = {
      viewColumn: this.column,
      preserveFocus: !focus,
      preview: false,
      // Where the line ends is not known without its document.
      selection: new vscode.Range(line, 0, line + 1, 0),
    };
    await vscode.commands.executeCommand('vscode.open', this.uri, options);
    return { count: this.lines.length, index: this.at };
  }
}
