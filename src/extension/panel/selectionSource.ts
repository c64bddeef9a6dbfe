import * as vscode from 'vscode';

import { type Analysis, analyzeInSteps } from '../../core/analysis/analyze';
import { label } from '../../core/wording/statement';
import { readPart } from './partReader';
import { localized } from '../host/localization';
import { Disposable } from '../host/disposable';
import { inSlices } from '../host/slices';
import { titleOf } from './documentSource';
import { EditorLines } from './editorLines';
import type { PanelSource } from './source';

const TEXTS = {
  title: label('{source}, lines {first} to {last}'),
};

/** First and last line of a selection, counted from 1, as the end of a URI. */
const FRAGMENT = /^L(\d{1,9})-L(\d{1,9})$/;

/** A panel's source that is a part of a document, as it was when it was selected. */
export class SelectionSource extends Disposable implements PanelSource {
  public readonly uri: vscode.Uri;
  public readonly title: string;
  public readonly lines: EditorLines;
  private readonly changes = this.register(new vscode.EventEmitter<void>());

  public readonly onDidChange = this.changes.event;

  private constructor(
    document: vscode.TextDocument,
    first: number,
    last: number,
    private readonly analysis: Analysis,
    column: vscode.ViewColumn,
  ) {
    super();
    this.uri = partUri(document.uri, first, last);
    this.title = localized(TEXTS.title, {
      source: titleOf(document.uri),
      first: String(first + 1),
      last: String(last + 1),
    });
    this.lines = this.register(new EditorLines(document.uri, column));
  }

  /** Reads the lines from `first` to `last`, counted from 0. */
  public static async of(
    document: vscode.TextDocument,
    first: number,
    last: number,
    column: vscode.ViewColumn,
  ): Promise<SelectionSource> {
    const dump = await readPart(document, first, last);
    const analysis = await inSlices(analyzeInSteps(dump));
    return new SelectionSource(document, first, last, analysis, column);
  }

  public read(): Analysis {
    return this.analysis;
  }

  public refresh(): void {
    this.changes.fire();
  }
}

/** The URI that names the lines from `first` to `last` of a document, counted from 0. */
export function partUri(uri: vscode.Uri, first: number, last: number): vscode.Uri {
  return uri.with({ fragment: `L${first + 1}-L${last + 1}` });
}

/** The first and last line, counted from 0, that the URI of such a source names. */
export function selectionOf(uri: vscode.Uri): { first: number; last: number } | undefined {
  const match = FRAGMENT.exec(uri.fragment);
  return match === null ? undefined : { first: Number(match[1]) - 1, last: Number(match[2]) - 1 };
}
