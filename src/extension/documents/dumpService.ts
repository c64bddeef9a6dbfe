import * as vscode from 'vscode';

import { Disposable } from '../host/disposable';
import { type AnalyzedDocument, FollowedDocument, type ReadDocument } from './followedDocument';
import { LANGUAGE } from './language';
import { SECTION } from '../host/settings';

/** How long the editor must be quiet before those who follow a document are told, in ms. */
const QUIET_MS = 200;

/**
 * Reads each document once per version, for all that ask: hover, panel, diagnostics and tools
 * see the same dump. What it gives is of the document as it is at that moment, so whoever waits for
 * nothing else in between may use the document's own lines with it.
 */
export class DumpService extends Disposable {
  private readonly followed = new Map<vscode.TextDocument, FollowedDocument>();
  private readonly timers = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  private readonly changed = this.register(new vscode.EventEmitter<vscode.TextDocument>());

  /** A document has changed and its editor has been quiet for a moment. */
  public readonly onDidChange = this.changed.event;

  public constructor() {
    super();
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const followed = this.followed.get(document);
        if (contentChanges.length > 0) {
          followed?.change(contentChanges);
          if (followed !== undefined || document.languageId === LANGUAGE) {
            this.announce(document);
          }
        }
      }),
    );
    this.register(vscode.workspace.onDidCloseTextDocument(document => this.forget(document)));
    this.register(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration(SECTION)) {
          this.analyseAgain();
        }
      }),
    );
  }

  /** The dump that a document holds. */
  public async read(document: vscode.TextDocument): Promise<ReadDocument> {
    return this.follow(document).dump();
  }

  /** The dump that a document holds, analyzed, as soon as nothing is typed any more. */
  public async analyze(document: vscode.TextDocument): Promise<AnalyzedDocument> {
    return this.follow(document).analysis();
  }

  /** The same, but only where that is ready, or the dump so small that it soon will be. */
  public async analyzeSoon(document: vscode.TextDocument): Promise<AnalyzedDocument | undefined> {
    return this.follow(document).analysisSoon();
  }

  public override dispose(): void {
    for (const timer of this.timers.values()) {
      clearTimeout(timer);
    }
    this.timers.clear();
    this.followed.clear();
    super.dispose();
  }

  private follow(document: vscode.TextDocument): FollowedDocument {
    let followed = this.followed.get(document);
    if (followed === undefined) {
      followed = new FollowedDocument(document, QUIET_MS);
      if (!document.isClosed) {
        this.followed.set(document, followed);
      }
    }
    return followed;
  }

  /** Thresholds or ignored rules have changed. */
  private analyseAgain(): void {
    for (const [document, followed] of this.followed) {
      followed.analyseAgain();
      this.changed.fire(document);
    }
  }

  private announce(document: vscode.TextDocument): void {
    clearTimeout(this.timers.get(document));
    this.timers.set(
      document,
      setTimeout(() => {
        this.timers.delete(document);
        this.changed.fire(document);
      }, QUIET_MS),
    );
  }

  private forget(document: vscode.TextDocument): void {
    clearTimeout(this.timers.get(document));
    this.timers.delete(document);
    this.followed.delete(document);
  }
}
