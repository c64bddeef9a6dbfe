import * as vscode from 'vscode';

import { registerCommand } from '../host/command';
import { LANGUAGE } from '../documents/language';

/** The samples that are offered, by the names of their files. */
const SAMPLES: Readonly<Record<string, () => string>> = {
  'linux-netstat-close-wait': () => vscode.l10n.t('Linux netstat: a CLOSE_WAIT leak'),
  'linux-ss-tanpi': () => vscode.l10n.t('Linux ss, with timers and details'),
  'windows-netstat-anob': () => vscode.l10n.t('Windows netstat, with programs'),
  'macos-netstat-anv': () => vscode.l10n.t('macOS netstat, with programs'),
};

/** "Open Sample Dump": a copy of a sample that may be changed and thrown away. */
export function registerOpenSample({ extensionUri, subscriptions }: vscode.ExtensionContext): void {
  subscriptions.push(
    registerCommand('netstatLens.openSample', async wanted => {
      const name = typeof wanted === 'string' ? wanted : await pick();
      if (name === undefined || !Object.hasOwn(SAMPLES, name)) {
        return;
      }
      const file = vscode.Uri.joinPath(extensionUri, 'samples', `${name}.netstat`);
      const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      const document = await vscode.workspace.openTextDocument({ language: LANGUAGE, content });
      await vscode.window.showTextDocument(document, { preview: false });
    }),
  );
}

async function pick(): Promise<string | undefined> {
  const items = Object.entries(SAMPLES).map(([name, title]) => ({ name, label: title() }));
  const placeHolder = vscode.l10n.t('Select a sample dump');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.name;
}
