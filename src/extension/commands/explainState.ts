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
import { registerPages } from '../host/pages';

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
  const show = registerPages(context, SCHEME, page);
  context.subscriptions.push(
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
