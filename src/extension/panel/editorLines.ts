import * as vscode from 'vscode';

import { firstIndex } from '../../core/model/search';
import { Disposable } from '../host/disposable';
import type { LineSpan, LineView, Shown } from './source';

/** Lines that are selected; VS Code itself cuts selections at 10,000, and slows down before. */
const MAX_SELECTIONS = 1000;
/** Lines above and below the visible ones that are marked already. */
const MARGIN = 200;

const NOTHING: Shown = { count: 0, index: 0 };

/**
 * Shows lines of a text document: selects them where they are not too many, else marks those in
 * sight. The editor keeps selections and marks where the text moves.
 */
export class EditorLines extends Disposable implements LineView {
  private lines: ArrayLike<number> = [];
  private at = 0;
  private marked = false;
  private readonly selects = this.register(new vscode.EventEmitter<readonly LineSpan[]>());
  private readonly mark = this.register(
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
      overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
      // High-contrast themes have borders in place of backgrounds.
      border: '1px solid',
      borderColor: new vscode.ThemeColor('editor.findMatchHighlightBorder'),
    }),
  );

  public readonly onDidSelect = this.selects.event;

  public constructor(
    private readonly uri: vscode.Uri,
    /** Beside which editor group the panel is; the document opens here if it is nowhere. */
    private readonly column: vscode.ViewColumn,
  ) {
    super();
    this.register(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (this.marked && this.isOurs(textEditor)) {
          this.markVisible(textEditor);
        }
      }),
    );
    this.register(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (this.isOurs(textEditor)) {
          this.selects.fire(selections.map(({ start, end }) => [start.line, end.line]));
        }
      }),
    );
  }

  public override dispose(): void {
    this.clear();
    super.dispose();
  }

  public async show(lines: ArrayLike<number>, focus: boolean): Promise<Shown> {
    this.clear();
    const first = lines[0];
    if (first === undefined) {
      return NOTHING;
    }
    this.lines = lines;
    this.at = 0;
    const editor = await this.editor(focus);
    if (lines.length <= MAX_SELECTIONS) {
      editor.selections = Array.from(lines, line => wholeLine(editor.document, line));
    } else {
      this.marked = true;
      editor.selection = new vscode.Selection(first, 0, first, 0);
    }
    return this.reveal(editor);
  }

  public async step(by: 1 | -1): Promise<Shown> {
    const { length } = this.lines;
    if (length === 0) {
      return NOTHING;
    }
    this.at = (this.at + by + length) % length;
    const editor = await this.editor(false);
    if (this.marked) {
      const line = this.lines[this.at] ?? 0;
      editor.selection = new vscode.Selection(line, 0, line, 0);
    }
    return this.reveal(editor);
  }

  public clear(): void {
    this.lines = [];
    if (this.marked) {
      this.marked = false;
      for (const editor of vscode.window.visibleTextEditors) {
        if (this.isOurs(editor)) {
          editor.setDecorations(this.mark, []);
        }
      }
    }
  }

  private isOurs(editor: vscode.TextEditor): boolean {
    return editor.document.uri.toString() === this.uri.toString();
  }

  /** The editor that shows the document already, else a new one. */
  private async editor(focus: boolean): Promise<vscode.TextEditor> {
    const visible = vscode.window.visibleTextEditors.find(editor => this.isOurs(editor));
    if (visible !== undefined && !focus) {
      return visible;
    }
    return vscode.window.showTextDocument(this.uri, {
      viewColumn: visible?.viewColumn ?? this.freeColumn(),
      preserveFocus: !focus,
      preview: false,
    });
  }

  /** Where the document opens: not over a panel, which has come there meanwhile. */
  private freeColumn(): vscode.ViewColumn {
    const group = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn === this.column);
    return group?.activeTab?.input instanceof vscode.TabInputWebview
      ? vscode.ViewColumn.Beside
      : this.column;
  }

  private reveal(editor: vscode.TextEditor): Shown {
    const line = this.lines[this.at] ?? 0;
    editor.revealRange(
      new vscode.Range(line, 0, line, 0),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
    if (this.marked) {
      this.markVisible(editor);
    }
    return { count: this.lines.length, index: this.at };
  }

  /** Marks the lines in sight: marking a million at once would freeze the window. */
  private markVisible(editor: vscode.TextEditor): void {
    const { lines } = this;
    const ranges: vscode.Range[] = [];
    for (const { start, end } of editor.visibleRanges) {
      const last = Math.min(end.line + MARGIN, editor.document.lineCount - 1);
      for (let i = firstAtOrAfter(lines, start.line - MARGIN); i < lines.length; i++) {
        const line = lines[i] ?? 0;
        if (line > last) {
          break;
        }
        ranges.push(new vscode.Range(line, 0, line, 0));
      }
    }
    editor.setDecorations(this.mark, ranges);
  }
}

/** A line that may have gone is the last one. */
function wholeLine(document: vscode.TextDocument, line: number): vscode.Selection {
  const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
  return new vscode.Selection(range.start, range.end);
}

function firstAtOrAfter(lines: ArrayLike<number>, wanted: number): number {
  return firstIndex(lines.length, i => lines[i]! >= wanted);
}
