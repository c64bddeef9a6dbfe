import * as vscode from 'vscode';

import { noContext } from '../../core/explain/context';
import { explainSubject, subjectOf } from '../../core/explain/subject';
import { plain } from '../../core/wording/text';
import { stateCodes, stateWords } from '../../core/knowledge/codes';
import { bareName, counterNames, COUNTERS } from '../../core/knowledge/counters';
import { errorNumbers, NETWORK_ERRORS } from '../../core/knowledge/errors';
import { stateKnowledge } from '../../core/knowledge/states';
import { TCP_STATES } from '../../core/vocabulary/state';
import { label } from '../../core/wording/statement';
import { WORDS } from '../../core/wording/words';
import { registerCommand } from '../host/command';
import { markdown } from '../host/markdown';
import { localized, localizer } from '../host/localization';
import { registerPages } from '../host/pages';

const TEXTS = {
  which: label('Enter a TCP state, a counter, or an error, in any spelling or as a number'),
};

/** Documents that are made from the knowledge base, one for each state, counter and error. */
const SCHEME = 'netstat-lens-state';

/** "Explain TCP State…": picks a state, counter or error in any spelling and shows all about it. */
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
        await show(picked.label);
      }
    }),
  );
}

function items(): vscode.QuickPickItem[] {
  return [
    separator(localized(WORDS.states)),
    ...stateItems(),
    separator(localized(WORDS.counters)),
    ...COUNTERS.map(counter => ({
      label: counter.name,
      description: [bareName(counter) ?? '', ...counterNames(counter).slice(1)].join(' '),
      detail: plain(localizer().say(counter.text)),
    })),
    separator(localized(WORDS.errors)),
    ...NETWORK_ERRORS.map(error => ({
      label: error.name,
      description: [...errorNumbers(error), ...error.phrases].join(' '),
      detail: plain(localizer().say(error.text)),
    })),
  ];
}

function separator(name: string): vscode.QuickPickItem {
  return { label: name, kind: vscode.QuickPickItemKind.Separator };
}

function stateItems(): vscode.QuickPickItem[] {
  return TCP_STATES.map(state => {
    const { proc, mib } = stateCodes(state);
    const words = stateWords(state)
      .map(({ word }) => word)
      .filter(word => word !== state);
    const numbers = [proc, mib].filter(code => code !== null);
    return {
      label: state,
      description: [...words, ...numbers].join(' '),
      detail: plain(localizer().say(stateKnowledge(state).meaning)),
    };
  });
}

function page(name: string): string {
  const subject = subjectOf(name);
  return subject === null
    ? ''
    : markdown(explainSubject(subject, noContext, localizer()), {
        detail: 'full',
        localizer: localizer(),
        target: () => null,
        picture: () => null,
      });
}
