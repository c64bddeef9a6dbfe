import * as vscode from 'vscode';

import { Disposable } from '../host/disposable';
import { LANGUAGE } from './language';
import { log } from '../host/log';
import type { Bundles } from '../lazyBundles';

/** Languages that VS Code gives to a dump it does not know. */
const CANDIDATES: ReadonlySet<string> = new Set(['plaintext', 'log', 'shellscript']);

/** A paste of this many characters is looked at. */
const PASTE_LENGTH = 80;

const NEVER_ASK = 'netstatLens.neverOfferLanguage';

type Mode = 'auto' | 'offer' | 'off';

/** Finds dumps that VS Code took for something else, among the documents that are open. */
export function registerDetection(
  context: vscode.ExtensionContext,
  load: () => Promise<Bundles['detection']>,
): void {
  context.subscriptions.push(new Detection(context.globalState, load));
}

class Detection extends Disposable {
  /** Documents that were looked at, or whose language the user chose. */
  private readonly settled = new WeakSet<vscode.TextDocument>();

  public constructor(
    private readonly memory: vscode.Memento,
    private readonly load: () => Promise<Bundles['detection']>,
  ) {
    super();
    this.register(vscode.workspace.onDidOpenTextDocument(document => this.opened(document)));
    this.register(vscode.window.onDidChangeActiveTextEditor(editor => this.shown(editor)));
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.isUntitled && contentChanges.some(c => c.text.length >= PASTE_LENGTH)) {
          this.settled.delete(document);
          this.look(document);
        }
      }),
    );
    this.shown(vscode.window.activeTextEditor);
  }

  private opened(document: vscode.TextDocument): void {
    // Only what the user sees: VS Code opens documents for searches and other extensions as well.
    if (vscode.window.visibleTextEditors.some(editor => editor.document === document)) {
      this.look(document);
    }
  }

  private shown(editor: vscode.TextEditor | undefined): void {
    if (editor !== undefined) {
      this.look(editor.document);
    }
  }

  private look(document: vscode.TextDocument): void {
    const mode = vscode.workspace.getConfiguration('netstatLens', document).get<Mode>('detect');
    if (mode === 'off' || this.settled.has(document)) {
      return;
    }
    if (document.languageId === LANGUAGE || !this.isCandidate(document)) {
      return;
    }
    this.settled.add(document);
    this.settle(document, mode).catch((error: unknown) => {
      this.settled.delete(document);
      log().error('detection', error);
    });
  }

  private async settle(document: vscode.TextDocument, mode: Mode | undefined): Promise<void> {
    const { DETECTION_LINES, isDump } = await this.load();
    if (document.isClosed || !this.isCandidate(document)) {
      return;
    }
    const end = document.lineAt(Math.min(document.lineCount, DETECTION_LINES) - 1).range.end;
    if (!isDump(document.getText(new vscode.Range(new vscode.Position(0, 0), end)))) {
      return;
    }
    if (mode === 'offer' || !document.isUntitled) {
      await this.offer(document);
    } else {
      await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    }
  }

  private isCandidate(document: vscode.TextDocument): boolean {
    return (
      CANDIDATES.has(document.languageId) &&
      (document.uri.scheme === 'untitled' ||
        vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) !== undefined)
    );
  }

  private async offer(document: vscode.TextDocument): Promise<void> {
    if (this.memory.get<boolean>(NEVER_ASK) === true) {
      return;
    }
    const yes = vscode.l10n.t('Change Language Mode');
    const never = vscode.l10n.t("Don't Ask Again");
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('This looks like a socket dump. Open it as Netstat?'),
      yes,
      never,
    );
    if (answer === yes) {
      await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    } else if (answer === never) {
      await this.memory.update(NEVER_ASK, true);
    }
  }
}
