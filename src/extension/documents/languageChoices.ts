import * as vscode from 'vscode';

/** Where it is kept which documents are not to become Netstat. */
const KEPT = 'netstatLens.otherLanguage';

/** Documents that are remembered; those that were added first are forgotten first. */
const MOST_KEPT = 500;

/**
 * Documents whose language somebody has chosen, so that it is not changed for them: the address of
 * a file is remembered everywhere, that of an untitled document in its workspace.
 */
export class LanguageChoices {
  public constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'globalState' | 'workspaceState'>,
  ) {}

  /** Whether a document is to keep its language. */
  public isChosen(document: vscode.TextDocument): boolean {
    return this.kept(document).includes(document.uri.toString()) || isAssociated(document);
  }

  /** Remembers that a document is not to become Netstat. */
  public async keep(document: vscode.TextDocument): Promise<void> {
    const uri = document.uri.toString();
    const others = this.kept(document).filter(one => one !== uri);
    await this.memory(document).update(KEPT, [...others, uri].slice(-MOST_KEPT));
  }

  /** Forgets that: somebody has made it Netstat, or its name may soon be another document's. */
  public async forget(document: vscode.TextDocument): Promise<void> {
    const uri = document.uri.toString();
    const kept = this.kept(document);
    if (kept.includes(uri)) {
      await this.memory(document).update(
        KEPT,
        kept.filter(one => one !== uri),
      );
    }
  }

  private kept(document: vscode.TextDocument): readonly string[] {
    const kept = this.memory(document).get<unknown>(KEPT);
    return Array.isArray(kept) ? kept.filter(one => typeof one === 'string') : [];
  }

  private memory({ isUntitled }: vscode.TextDocument): vscode.Memento {
    return isUntitled ? this.context.workspaceState : this.context.globalState;
  }
}

/** Whether an entry of `files.associations` says which language files of that name have. */
function isAssociated(document: vscode.TextDocument): boolean {
  const associations = vscode.workspace
    .getConfiguration('files', document)
    .get<Readonly<Record<string, unknown>>>('associations');
  // VS Code compares names in lower case, and a pattern without a slash with the last part only.
  const uri = document.uri.with({ path: document.uri.path.toLowerCase() });
  const lowered = Object.create(document, { uri: { value: uri } }) as vscode.TextDocument;
  return Object.keys(associations ?? {}).some(name => {
    const pattern = name.toLowerCase();
    const anywhere = /[/\\]/.test(pattern) ? pattern : `**/${pattern}`;
    return vscode.languages.match({ pattern: anywhere }, lowered) > 0;
  });
}
