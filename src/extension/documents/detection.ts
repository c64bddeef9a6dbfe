import * as vscode from 'vscode';

import { kindInSteps } from '../../core/reading/detect';
import { inSlices } from '../host/slices';
import { documentLines } from './documentLines';
import { LANGUAGE } from './language';
import { LanguageChoices } from './languageChoices';

const NEVER_ASK = 'netstatLens.neverOfferLanguage';

/** Documents that were made Netstat, which is done once. */
const changed = new WeakSet<vscode.TextDocument>();

/** Makes a document Netstat that is a dump, or offers it, as the settings say. */
export async function settle(
  document: vscode.TextDocument,
  context: vscode.ExtensionContext,
): Promise<void> {
  const choices = new LanguageChoices(context);
  if (changed.has(document) || choices.isChosen(document)) {
    return;
  }
  const kind = await inSlices(kindInSteps(documentLines(document)));
  // It may have become Netstat meanwhile, or been given back.
  if (kind === 'none' || isDone(document) || choices.isChosen(document)) {
    return;
  }
  const mode = vscode.workspace.getConfiguration('netstatLens', document).get('detect');
  if (kind === 'dump' && mode !== 'offer') {
    await change(document);
  } else if (context.globalState.get(NEVER_ASK) !== true) {
    await offer(document, kind, choices, context.globalState);
  }
}

/** Makes a document Netstat that is a dump, unless somebody has chosen its language. */
export async function makeNetstat(
  document: vscode.TextDocument,
  choices: LanguageChoices,
): Promise<void> {
  if (isDone(document) || choices.isChosen(document)) {
    return;
  }
  const kind = await inSlices(kindInSteps(documentLines(document)));
  if (kind === 'dump' && !isDone(document)) {
    await change(document);
  }
}

/** Takes note that somebody has changed a document's language from Netstat, or to it. */
export async function languageChanged(
  document: vscode.TextDocument,
  context: vscode.ExtensionContext,
): Promise<void> {
  const choices = new LanguageChoices(context);
  await (document.languageId === LANGUAGE ? choices.forget(document) : choices.keep(document));
}

/** Forgets an untitled document that is gone: the next one may have its name. */
export async function closed(
  document: vscode.TextDocument,
  context: vscode.ExtensionContext,
): Promise<void> {
  // To change its language, VS Code says that it closes a document and opens it.
  if (document.isClosed) {
    await new LanguageChoices(context).forget(document);
  }
}

async function offer(
  document: vscode.TextDocument,
  kind: 'dump' | 'log',
  choices: LanguageChoices,
  memory: vscode.Memento,
): Promise<void> {
  const yes = vscode.l10n.t('Change Language Mode');
  const never = vscode.l10n.t("Don't Ask Again");
  if (kind === 'log') {
    // Once, whatever the answer.
    await choices.keep(document);
  }
  const answer = await vscode.window.showInformationMessage(
    kind === 'log'
      ? vscode.l10n.t('This log contains a socket dump. Open it as Netstat?')
      : vscode.l10n.t('This looks like a socket dump. Open it as Netstat?'),
    yes,
    never,
  );
  if (answer === yes && !isDone(document)) {
    await change(document);
  } else if (answer === never) {
    await memory.update(NEVER_ASK, true);
  }
}

async function change(document: vscode.TextDocument): Promise<void> {
  changed.add(document);
  await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
}

function isDone(document: vscode.TextDocument): boolean {
  return document.isClosed || document.languageId === LANGUAGE;
}
