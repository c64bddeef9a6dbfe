import * as vscode from 'vscode';

import { LEAK } from '../extension/documents';
import { type Activation, type ActivationTimes, MARKER } from './activationTimes';

/** Runs in the extension host in place of a suite of tests. */
export async function run(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'netstat', content: LEAK });
  await vscode.extensions.getExtension('netstat-lens.netstat-lens')?.activate();
  const firstHover = await hover(document);
  const secondHover = await hover(document);
  console.log(MARKER + JSON.stringify({ ...(await ownTimes()), firstHover, secondHover }));
}

async function hover({ uri }: vscode.TextDocument): Promise<number> {
  const start = performance.now();
  const position = new vscode.Position(3, 70);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  if (hovers.length === 0) {
    throw new Error('no hover');
  }
  return performance.now() - start;
}

/** As "Developer: Startup Performance" shows them, which has a row for each extension. */
async function ownTimes(): Promise<Pick<ActivationTimes, 'own' | 'emmet'>> {
  await vscode.commands.executeCommand('perfview.show');
  for (;;) {
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    const own = row(text, 'netstat-lens.netstat-lens');
    const emmet = row(text, 'vscode.emmet');
    if (own !== undefined && emmet !== undefined) {
      return { own, emmet };
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** The columns behind the name are: eager, load, call, finish, and two more. */
function row(text: string, extension: string): Activation | undefined {
  const line = text.split('\n').find(one => one.startsWith(`| ${extension} `));
  if (line === undefined) {
    return undefined;
  }
  const [load = NaN, call = NaN, finish = NaN] = line.split('|').slice(3, 6).map(Number);
  return { load, call, finish };
}
