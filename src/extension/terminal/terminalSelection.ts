import * as vscode from 'vscode';

import { label } from '../../core/wording/statement';
import type { CaptureFiles } from '../capture/captureFiles';
import { registerCommand } from '../host/command';
import { localized } from '../host/localization';
import { openOutput } from './terminalDumps';

const TEXTS = {
  none: label('Open a terminal that shows sockets first.'),
  nothing: label('Select the rows in the terminal first, or run "Analyze Terminal".'),
};

/**
 * Registers "Analyze Terminal Selection" and "Analyze Terminal". What a terminal shows can only be
 * copied, so it goes through the clipboard, which gets back what it had.
 */
export function registerTerminalSelection(
  context: vscode.ExtensionContext,
  files: CaptureFiles,
): void {
  context.subscriptions.push(
    registerCommand('netstatLens.analyzeTerminalSelection', () => analyze(files, false)),
    registerCommand('netstatLens.analyzeTerminal', () => analyze(files, true)),
  );
}

async function analyze(files: CaptureFiles, all: boolean): Promise<void> {
  const terminal = vscode.window.activeTerminal;
  const text = terminal === undefined ? '' : await copied(all);
  if (terminal === undefined || text === '') {
    const why = terminal === undefined ? TEXTS.none : TEXTS.nothing;
    void vscode.window.showInformationMessage(localized(why));
    return;
  }
  await openOutput(files, terminal.name, text);
}

/** What is selected in the active terminal, or all of it; empty where nothing is. */
async function copied(all: boolean): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  try {
    // Nothing is copied where nothing is selected.
    await clipboard.writeText('');
    if (all) {
      await terminalCommand('selectAll');
    }
    await terminalCommand('copySelection');
    return await clipboard.readText();
  } finally {
    await clipboard.writeText(before);
    if (all) {
      await terminalCommand('clearSelection');
    }
  }
}

async function terminalCommand(name: string): Promise<void> {
  await vscode.commands.executeCommand(`workbench.action.terminal.${name}`);
}
