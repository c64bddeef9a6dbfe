import * as vscode from 'vscode';

import { DETECTION_LINES } from '../../core/reading/detectionLimits';
import { Disposable } from '../host/disposable';
import { LANGUAGE } from './language';
import { log } from '../host/log';
import type { Bundles } from '../lazyBundles';

/** A paste of this many characters is looked at. */
const PASTE_LENGTH = 80;

/** What VS Code guesses of dumps that have no extension (of the samples, in 1.100). */
const GUESSES: ReadonlySet<string> = new Set(['shellscript', 'perl', 'ini']);

/** Finds dumps that VS Code took for something else, among the documents that are shown. */
export function registerDetection(
  context: vscode.ExtensionContext,
  load: () => Promise<Bundles['detection']>,
): void {
  context.subscriptions.push(new Detection(context, load));
}

/** Decides which documents are looked at, and when; what looks is loaded for the first of them. */
class Detection extends Disposable {
  /** Documents that were looked at, or whose language somebody has chosen. */
  private readonly settled = new WeakSet<vscode.TextDocument>();
  /** The languages of documents that were closed, which they also are to change it. */
  private readonly left = new WeakMap<vscode.TextDocument, string>();

  public constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly load: () => Promise<Bundles['detection']>,
  ) {
    super();
    const { window, workspace } = vscode;
    // Only what the user sees: VS Code opens documents for searches and other extensions as well.
    const look = (editors: readonly vscode.TextEditor[]): void =>
      editors.forEach(({ document }) => this.look(document));
    this.register(window.onDidChangeVisibleTextEditors(look));
    this.register(
      workspace.onDidCloseTextDocument(document => {
        this.left.set(document, document.languageId);
        if (document.isUntitled && this.settled.has(document)) {
          this.run(({ closed }) => closed(document, this.context));
        }
      }),
    );
    this.register(workspace.onDidOpenTextDocument(document => this.opened(document)));
    this.register(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // What is pasted below the lines that decide does not make it a dump.
        const isPaste = contentChanges.some(
          ({ text, range }) => text.length >= PASTE_LENGTH && range.start.line < DETECTION_LINES,
        );
        if (isPaste) {
          this.settled.delete(document);
          look(window.visibleTextEditors.filter(editor => editor.document === document));
        }
      }),
    );
    look(window.visibleTextEditors);
  }

  private opened(document: vscode.TextDocument): void {
    const before = this.left.get(document);
    if (before !== undefined && (before === LANGUAGE) !== (document.languageId === LANGUAGE)) {
      this.settled.add(document);
      this.run(({ languageChanged }) => languageChanged(document, this.context));
    } else if (vscode.window.visibleTextEditors.some(editor => editor.document === document)) {
      this.look(document);
    }
  }

  private look(document: vscode.TextDocument): void {
    if (!this.settled.has(document) && isCandidate(document)) {
      this.settled.add(document);
      this.run(({ settle }) => settle(document, this.context));
    }
  }

  private run(task: (detection: Bundles['detection']) => Promise<void>): void {
    this.load()
      .then(task)
      .catch((error: unknown) => log().error('detection', error));
  }
}

/** Whether VS Code gives the document's language to a dump that it does not know. */
function isCandidate(document: vscode.TextDocument): boolean {
  const { languageId, uri, isUntitled } = document;
  return (
    (languageId === 'plaintext' ||
      languageId === 'log' ||
      // With an extension, somebody has named it so.
      (GUESSES.has(languageId) &&
        (isUntitled || uri.path.lastIndexOf('.') < uri.path.lastIndexOf('/')))) &&
    (isUntitled || vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined) &&
    vscode.workspace.getConfiguration('netstatLens', document).get('detect') !== 'off'
  );
}
