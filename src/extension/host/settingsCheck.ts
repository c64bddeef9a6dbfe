import * as vscode from 'vscode';

import { label } from '../../core/wording/statement';
import { uncut } from '../../core/wording/text';

import { settingProblems } from '../../shared/settings';
import { Disposable } from './disposable';
import { localized } from './localization';
import { messageText } from './labels';
import { SECTION } from './settings';

const TEXTS = {
  invalid: label('{name} is {received}, not {expected}'),
  open: label('Open Settings'),
  defaults: label('Netstat Lens uses the defaults of settings that are not valid: {problems}.'),
};

/** Tells of settings that are not what they may be: all in one message, once for each state. */
export function registerSettings(context: vscode.ExtensionContext): void {
  context.subscriptions.push(new SettingsCheck());
}

class SettingsCheck extends Disposable {
  private told = '';

  public constructor() {
    super();
    this.register(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration(SECTION)) {
          this.tell();
        }
      }),
    );
    this.tell();
  }

  private tell(): void {
    const settings = vscode.workspace.getConfiguration(SECTION);
    const problems = settingProblems(name => settings.get<unknown>(name))
      .map(({ name, received, expected }) =>
        localized(TEXTS.invalid, { name: `${SECTION}.${name}`, received, expected }),
      )
      .join('; ');
    if (problems !== this.told && problems !== '') {
      void warn(problems);
    }
    this.told = problems;
  }
}

async function warn(problems: string): Promise<void> {
  const open = localized(TEXTS.open);
  const answer = await vscode.window.showWarningMessage(
    localized(TEXTS.defaults, { problems: uncut(messageText(problems)) }),
    open,
  );
  if (answer === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', SECTION);
  }
}
