import type * as vscode from 'vscode';

import type { Analysis } from '../../core/analysis/analyze';

/** What a panel is about: a document, a part of one, the clipboard, or a file of any size. */
export interface PanelSource extends vscode.Disposable {
  /** There is one panel for each. What is kept with a panel to open it again after a restart. */
  readonly uri: vscode.Uri;
  /** Name of the file. */
  readonly title: string;
  /** What was read last; undefined where nothing can be read any more. */
  read(): Analysis | undefined;
  /** Reads anew, for those who don't trust that we follow. */
  refresh(): void;
  /** There is something new to {@link read}. */
  readonly onDidChange: vscode.Event<void>;
  /** Where its lines are shown. */
  readonly lines: LineView;
}

/** Which of the shown lines is in sight. */
export interface Shown {
  readonly count: number;
  readonly index: number;
}

/** Shows lines in an editor. All lines are counted from 0 and ascend. */
export interface LineView extends vscode.Disposable {
  /** Selects or marks lines in place of those shown before, and shows the first. */
  show(lines: ArrayLike<number>, focus: boolean): Promise<Shown>;
  /** Shows the next or the previous of them. */
  step(by: 1 | -1): Promise<Shown>;
  /** Takes the marks away. */
  clear(): void;
  /** The user has selected lines, given as pairs of first and last. */
  readonly onDidSelect: vscode.Event<readonly LineSpan[]>;
}

/** First and last line, counted from 0. */
export type LineSpan = readonly [first: number, last: number];
