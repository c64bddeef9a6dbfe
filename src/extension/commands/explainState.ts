import * as vscode from 'vscode';

import { noContext } from '../../core/explain/context';
import { explainState } from '../../core/explain/state';
import { plain } from '../../core/wording/text';
import { stateCodes, stateWords } from '../../core/knowledge/codes';
import { stateKnowledge } from '../../core/knowledge/states';
import { TCP_STATES, type TcpState } from '../../core/vocabulary/state';
import { label } from '../../core/wording/statement';
import { registerCommand } from '../host/command';
import { markdown } from '../host/markdown';
import { localized, localizer } from '../host/localization';

const TEXTS = {
  which: label('explain-state.which', 'Enter a TCP state, in any spelling or as a number'),
};

interface StateItem extends vscode.QuickPickItem {
  readonly state: TcpState;
}

/** Documents that are made from the knowledge base, one for each state. */
const SCHEME = 'netstat-lens-state';

/** "Explain TCP State…": picks a state in any spelling and shows all about it. */
export function registerExplainState(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: ({ path }) => page(path.slice(1).replace(/\.md$/, '')),
    }),
    registerCommand('netstatLens.explainState', async () => {
      const picked = await vscode.window.showQuickPick(items(), {
        placeHolder: localized(TEXTS.which),
        matchOnDescription: true,
        matchOnDetail: true,
      });
      if (picked !== undefined) {
        await show(picked.state);
      }
    }),
  );
}

function items(): StateItem[] {
  return TCP_STATES.map(state => {
    const { proc, mib } = stateCodes(state);
    const words = stateWords(state)
      .map(({ word }) => word)
      .filter(word => word !== state);
    const numbers = [proc, mib].filter(code => code !== null);
    return {
      state,
      label: state,
      description: [...words, ...numbers].join(' '),
      detail: plain(localizer().say(stateKnowledge(state).meaning)),
    };
  });
}

async function show(state: TcpState): Promise<void> {
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${state}.md` });
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // The built-in Markdown preview can be switched off.
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

function page(name: string): string {
  const state = TCP_STATES.find(one => one === name);
  return state === undefined
    ? ''
    : markdown(explainState(state, noContext, localizer()), {
        detail: 'full',
        localizer: localizer(),
        target: () => null,
        picture: () => null,
      });
}
