import * as vscode from 'vscode';

import { readableTime } from '../../core/analysis/time/clock';
import { differenceOf, secondsBetween, type Side } from '../../core/analysis/time/difference';
import type { Snapshot } from '../../core/model/snapshot';
import { contentText } from '../../core/report/content';
import { diffReport } from '../../core/report/diff';
import { renderMarkdown } from '../../core/report/markdown';
import { label } from '../../core/wording/statement';
import { PHRASES } from '../../core/wording/words';
import { registerCommand } from '../host/command';
import type { DumpService } from '../documents/dumpService';
import { labelText } from '../host/labels';
import { titleOf } from '../panel/documentSource';
import { shownDumps } from '../documents/shownDumps';
import { localized, localizer } from '../host/localization';

const TEXTS = {
  needsTwo: label('To compare, you need two snapshots: from one dump, or from two open dumps.'),
  earlier: label('Select the earlier snapshot'),
  later: label('Select the later snapshot'),
  gone: label('These snapshots no longer exist.'),
};

/** Documents that are made from two snapshots, which their address names. */
const SCHEME = 'netstat-lens-difference';

/** A snapshot of an open dump. */
interface Choice {
  readonly uri: vscode.Uri;
  readonly snapshot: number;
}

interface SnapshotItem extends vscode.QuickPickItem {
  readonly choice?: Choice & { readonly of: Snapshot };
}

/** "Compare Snapshots…": two snapshots of the active dump, or of any that are open. */
export function registerCompare(context: vscode.ExtensionContext, dumps: DumpService): void {
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: uri => page(uri, dumps),
    }),
    registerCommand('netstatLens.compareSnapshots', async (target, before, after) => {
      const pair = given(target, before, after) ?? (await pick(dumps));
      if (pair !== undefined) {
        await show(...pair);
      }
    }),
  );
}

/** What a lens names. */
function given(target: unknown, before: unknown, after: unknown): [Choice, Choice] | undefined {
  return target instanceof vscode.Uri && isIndex(before) && isIndex(after)
    ? [
        { uri: target, snapshot: before },
        { uri: target, snapshot: after },
      ]
    : undefined;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

async function pick(dumps: DumpService): Promise<[Choice, Choice] | undefined> {
  const items = await candidates(dumps);
  const choices = items.map(({ choice }) => choice).filter(choice => choice !== undefined);
  const [only, other] = choices;
  if (only === undefined || other === undefined) {
    void vscode.window.showInformationMessage(localized(TEXTS.needsTwo));
    return undefined;
  }
  if (choices.length === 2) {
    return (secondsBetween(only.of, other.of) ?? 0) < 0 ? [other, only] : [only, other];
  }
  const before = await vscode.window.showQuickPick(items, {
    placeHolder: localized(TEXTS.earlier),
    matchOnDescription: true,
  });
  if (before?.choice === undefined) {
    return undefined;
  }
  const after = await vscode.window.showQuickPick(
    items.filter(item => item !== before),
    { placeHolder: localized(TEXTS.later), matchOnDescription: true },
  );
  return after?.choice === undefined ? undefined : [before.choice, after.choice];
}

/** The snapshots of all open dumps, those of the active one first. */
async function candidates(dumps: DumpService): Promise<SnapshotItem[]> {
  const active = vscode.window.activeTextEditor?.document;
  const documents = shownDumps().sort((a, b) => Number(b === active) - Number(a === active));
  const analyzed = await Promise.all(documents.map(document => dumps.analyze(document)));
  return analyzed.flatMap(({ document, analysis: { snapshots } }) => {
    const title = titleOf(document.uri);
    const items = snapshots.map(({ index, snapshot, sockets }): SnapshotItem => {
      const { time, host } = snapshot;
      return {
        label: localized(PHRASES.snapshot, { number: String(index + 1) }),
        description: [time === null ? null : readableTime(time), host, title]
          .filter(part => part !== null)
          .map(labelText)
          .join(' · '),
        detail: contentText(sockets, [snapshot], localizer()),
        choice: { uri: document.uri, snapshot: index, of: snapshot },
      };
    });
    return items.length === 0
      ? []
      : [{ label: labelText(title), kind: vscode.QuickPickItemKind.Separator }, ...items];
  });
}

async function show(before: Choice, after: Choice): Promise<void> {
  const names = [before, after].map(({ uri, snapshot }) => `${titleOf(uri)} ${snapshot + 1}`);
  const uri = vscode.Uri.from({
    scheme: SCHEME,
    path: `/${names.join(' – ').replace(/[/\\]/g, '_')}.md`,
    query: JSON.stringify([before, after].map(choice => [choice.uri.toString(), choice.snapshot])),
  });
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // The built-in Markdown preview can be switched off.
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

/** The comparison that an address names; says so where it cannot be made any more. */
async function page(uri: vscode.Uri, dumps: DumpService): Promise<string> {
  const choices = read(uri.query);
  if (choices !== undefined) {
    try {
      const [before, after] = await Promise.all(choices.map(choice => side(choice, dumps)));
      if (before !== undefined && after !== undefined) {
        const names = { before: titleOf(choices[0].uri), after: titleOf(choices[1].uri) };
        return renderMarkdown(diffReport(differenceOf(before, after), names, localizer()));
      }
    } catch {
      // The document is not there any more.
    }
  }
  return localized(TEXTS.gone);
}

async function side({ uri, snapshot }: Choice, dumps: DumpService): Promise<Side | undefined> {
  const { analysis } = await dumps.analyze(await vscode.workspace.openTextDocument(uri));
  return analysis.snapshots[snapshot] === undefined ? undefined : { analysis, snapshot };
}

function read(query: string): [Choice, Choice] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(query);
  } catch {
    return undefined;
  }
  const choices = Array.isArray(value) ? value.map(choiceOf) : [];
  const [before, after] = choices;
  return before === undefined || after === undefined ? undefined : [before, after];
}

function choiceOf(value: unknown): Choice | undefined {
  const [uri, snapshot] = Array.isArray(value) ? (value as unknown[]) : [];
  return typeof uri === 'string' && isIndex(snapshot)
    ? { uri: vscode.Uri.parse(uri, true), snapshot }
    : undefined;
}
