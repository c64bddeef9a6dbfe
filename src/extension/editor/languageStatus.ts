import * as vscode from 'vscode';

import { systemName } from '../../core/knowledge/systems';
import { toolTitles } from '../../core/model/snapshot';
import { localized, localizer } from '../host/localization';
import { registerCommand } from '../host/command';
import { Disposable } from '../host/disposable';
import type { Dump } from '../../core/reading/dump';
import { contentText } from '../../core/report/content';
import { label } from '../../core/wording/statement';
import { socketCount } from '../../core/wording/units';
import { WORDS } from '../../core/wording/words';
import type { DumpService } from '../documents/dumpService';
import { labelText } from '../host/labels';
import { LANGUAGE } from '../documents/language';

const TEXTS = {
  name: label('Socket Dump'),
  none: label('No sockets recognized'),
  unread: label('{sockets}, unrecognized lines: {unread}'),
  showLines: label('Show Lines'),
  line: label('Line {line}'),
  unreadTitle: label('Unrecognized lines: they look like sockets but could not be read'),
};

/** Characters of a line that a list shows. */
const SHOWN = 200;

/** Shows in the status bar which tool a dump comes from and whether all of it was read. */
export function registerLanguageStatus(context: vscode.ExtensionContext, dumps: DumpService): void {
  context.subscriptions.push(
    new LanguageStatus(dumps),
    registerCommand('netstatLens.showUnrecognised', () => showUnrecognised(dumps)),
  );
}

class LanguageStatus extends Disposable {
  private readonly item: vscode.LanguageStatusItem;

  public constructor(private readonly dumps: DumpService) {
    super();
    this.item = this.register(
      vscode.languages.createLanguageStatusItem('netstatLens.dump', { language: LANGUAGE }),
    );
    this.item.name = localized(TEXTS.name);
    this.register(vscode.window.onDidChangeActiveTextEditor(() => void this.update()));
    this.register(dumps.onDidChange(() => void this.update()));
    void this.update();
  }

  private async update(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId === LANGUAGE) {
      const { dump } = await this.dumps.read(document);
      if (document === vscode.window.activeTextEditor?.document) {
        this.show(dump);
      }
    }
  }

  private show(dump: Dump): void {
    const { item } = this;
    const tools = new Set(dump.snapshots.flatMap(toolTitles));
    const unread = dump.lines.unrecognized;
    const systems = new Set(
      dump.snapshots.flatMap(({ system }) => (system === null ? [] : [systemName(system)])),
    );
    item.text = tools.size === 0 ? localized(TEXTS.none) : [...tools].join(', ');
    const read =
      unread === 0
        ? contentText(dump.table.length, dump.snapshots, localizer())
        : localized(TEXTS.unread, {
            sockets: socketCount(dump.table.length, localizer()),
            unread,
          });
    item.detail = [...systems, read].join(' · ');
    item.severity =
      unread === 0 && tools.size > 0
        ? vscode.LanguageStatusSeverity.Information
        : vscode.LanguageStatusSeverity.Warning;
    if (unread > 0) {
      item.command = {
        command: 'netstatLens.showUnrecognised',
        title: localized(TEXTS.showLines),
      };
    } else if (tools.size > 0) {
      item.command = { command: 'netstatLens.analyze', title: localized(WORDS.analyze) };
    } else {
      item.command = undefined;
    }
  }
}

/** Lets the user go through the lines of the active dump that could not be read. */
async function showUnrecognised(dumps: DumpService): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return;
  }
  const { dump } = await dumps.read(editor.document);
  const items = dump.unrecognized.slice(0, 1000).map(line => ({
    label: localized(TEXTS.line, { line: String(line + 1) }),
    description: labelText(editor.document.lineAt(line).text.slice(0, SHOWN).trim()),
    line,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: localized(TEXTS.unreadTitle),
    matchOnDescription: true,
    onDidSelectItem: item => {
      if (typeof item !== 'string') {
        reveal(editor, (item as (typeof items)[number]).line);
      }
    },
  });
  if (picked !== undefined) {
    reveal(editor, picked.line);
  }
}

function reveal(editor: vscode.TextEditor, line: number): void {
  const { range } = editor.document.lineAt(line);
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
