import * as vscode from 'vscode';

import type { Analysis } from '../../core/analysis/analyze';
import { findingOf } from '../../core/analysis/finding';
import { type Dump, isEmpty } from '../../core/reading/dump';
import { noSockets } from '../../core/report/report';
import { findingsOf } from '../../core/viewModel/panelModel';
import { label } from '../../core/wording/statement';
import { WORDS } from '../../core/wording/words';
import { localized } from '../host/localization';
import { registerCommand } from '../host/command';
import { makeNetstat } from '../documents/detection';
import type { DumpService } from '../documents/dumpService';
import { fencedDumpAt, fencedDumps } from '../documents/fencedDumps';
import { LanguageChoices } from '../documents/languageChoices';
import type { LargeFiles } from '../documents/largeFiles';
import { isPacked } from '../documents/packedFile';
import { messageText } from '../host/labels';
import { LANGUAGE, MARKDOWN } from '../documents/language';
import { exportReport } from './exportReport';
import { DocumentSource, titleOf } from '../panel/documentSource';
import { FileSource } from '../panel/fileSource';
import { EditorLines } from '../panel/editorLines';
import { AnalyzePanels } from '../panel/panels';
import { SelectionSource, selectionOf } from '../panel/selectionSource';
import type { PanelSource } from '../panel/source';
import { openCombined } from './combineFiles';

const TEXTS = {
  noDump: label('Open a socket dump first, or copy one and run "Analyze Sockets from Clipboard".'),
  clipboard: label('Clipboard'),
};

/**
 * Opens the panel of a document at a finding: of a row of the dump (null for one on counters), and the
 * code of its rule.
 */
export const SHOW_FINDING = 'netstatLens.showFinding';

/** Registers "Analyze Sockets" in all its forms; returns the panels that it opens. */
export function registerAnalyze(
  context: vscode.ExtensionContext,
  dumps: DumpService,
  largeFiles: LargeFiles,
): AnalyzePanels {
  const choices = new LanguageChoices(context);
  const analyzer = new Analyzer(context.extensionUri, dumps, largeFiles, choices);
  const { panels } = analyzer;
  context.subscriptions.push(
    panels,
    analyzer.hoverLines,
    registerCommand('netstatLens.analyze', (target, selected) =>
      analyzer.analyzeSelected(target, selected),
    ),
    registerCommand('netstatLens.analyzeFolder', () => analyzer.analyzeFolder()),
    registerCommand('netstatLens.analyzeSelection', () => analyzer.analyzeSelection()),
    registerCommand('netstatLens.analyzeClipboard', () => analyzer.analyzeClipboard()),
    registerCommand('netstatLens.nextRevealed', () => panels.step(1)),
    registerCommand('netstatLens.previousRevealed', () => panels.step(-1)),
    registerCommand(SHOW_FINDING, (target, row, code) => analyzer.showFinding(target, row, code)),
    registerCommand('netstatLens.revealLines', (target, lines) => analyzer.reveal(target, lines)),
  );
  return panels;
}

class Analyzer {
  public readonly panels: AnalyzePanels;
  /** Lines shown on a hover's word, one document at a time. */
  public readonly hoverLines = new Replaceable<EditorLines>();

  public constructor(
    extensionUri: vscode.Uri,
    private readonly dumps: DumpService,
    private readonly largeFiles: LargeFiles,
    private readonly choices: LanguageChoices,
  ) {
    this.panels = new AnalyzePanels({
      extensionUri,
      open: uri => this.source(uri),
      export: (source, request) => exportReport(source.title, request),
    });
  }

  /** Opens the panel of what is selected in the Explorer: of several files, of all as one. */
  public async analyzeSelected(target: unknown, selected: unknown): Promise<void> {
    const uris: vscode.Uri[] = Array.isArray(selected)
      ? selected.filter(one => one instanceof vscode.Uri)
      : [];
    await this.analyze(uris.length > 1 ? (await openCombined(uris)).uri : target);
  }

  /** Opens the panel of all dumps in a folder as one: a file or folder for each host. */
  public async analyzeFolder(): Promise<void> {
    const picked = await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: true,
      openLabel: localized(WORDS.analyzeSockets),
    });
    if (picked !== undefined) {
      await this.analyze((await openCombined(picked)).uri);
    }
  }

  /** Opens the panel of a document: the one named, else the active one. */
  public async analyze(target: unknown): Promise<void> {
    const named = uriOf(target) ?? activeUri();
    if (named === undefined) {
      if (!this.panels.refreshActive()) {
        tellNoDump();
      }
      return;
    }
    const namedPart = selectionOf(named);
    const uri = namedPart === undefined ? named : named.with({ fragment: '' });
    if (isPacked(uri)) {
      const unpacked = await this.largeFiles.openUnpacked(uri);
      if (unpacked !== undefined) {
        await this.analyze(unpacked.uri);
      }
      return;
    }
    const size = await this.largeFiles.sizeIfLarge(uri);
    if (size !== undefined) {
      await this.analyzeFile(uri, size);
      return;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const part = namedPart ?? (await fencedPart(document));
    if (part !== undefined) {
      await this.analyzePart(document, part.first, part.last);
      return;
    }
    await makeNetstat(document, this.choices);
    const { dump } = await this.dumps.read(document);
    if (isEmpty(dump)) {
      tellNoSockets(titleOf(uri), dump);
      return;
    }
    this.panels.show(await DocumentSource.of(document, this.dumps, columnOf(uri)));
  }

  /** Opens the panel of a document at one of its findings. */
  public async showFinding(target: unknown, row: unknown, code: unknown): Promise<void> {
    const uri = uriOf(target);
    if (uri === undefined || (typeof row !== 'number' && row !== null)) {
      return;
    }
    await this.analyze(uri);
    const { analysis } = await this.dumps.analyze(await vscode.workspace.openTextDocument(uri));
    const finding = findingOf(analysis.findings, row, code);
    const shown = findingsOf(analysis, analysis.last?.index ?? 0).find(
      ([, one]) => one === finding,
    );
    if (shown !== undefined) {
      this.panels.showFinding(uri, shown[0]);
    }
  }

  /** Opens the panel of a file that is too large to be a document. */
  private async analyzeFile(uri: vscode.Uri, size: number): Promise<void> {
    const source = await this.fileSource(uri, size);
    if (source !== undefined) {
      this.show(source);
    }
  }

  private async fileSource(uri: vscode.Uri, size: number): Promise<FileSource | undefined> {
    const read = (): Promise<Analysis | undefined> => this.largeFiles.read(uri, size);
    const analysis = await read();
    return analysis === undefined ? undefined : new FileSource(uri, analysis, read, columnOf(uri));
  }

  public async analyzeSelection(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || editor.selection.isEmpty) {
      await this.analyze(undefined);
      return;
    }
    const { document, selection } = editor;
    const last = selection.end.character === 0 ? selection.end.line - 1 : selection.end.line;
    await this.analyzePart(document, selection.start.line, Math.max(last, selection.start.line));
  }

  /** Opens the panel of the lines from `first` to `last`, counted from 0. */
  private async analyzePart(
    document: vscode.TextDocument,
    first: number,
    last: number,
  ): Promise<void> {
    this.show(await SelectionSource.of(document, first, last, columnOf(document.uri)));
  }

  /** Shows what has been read, if there are sockets or counters in it. */
  private show(source: FileSource | SelectionSource): void {
    const { dump } = source.read();
    if (isEmpty(dump)) {
      tellNoSockets(source.title, dump);
      source.dispose();
      return;
    }
    this.panels.show(source);
  }

  /** Opens what is in the clipboard as a document, so that all else works on it too. */
  public async analyzeClipboard(): Promise<void> {
    const content = await vscode.env.clipboard.readText();
    const document = await vscode.workspace.openTextDocument({ language: LANGUAGE, content });
    const { dump } = await this.dumps.read(document);
    if (isEmpty(dump)) {
      tellNoSockets(localized(TEXTS.clipboard), dump);
      return;
    }
    await vscode.window.showTextDocument(document, { preview: false });
    await this.analyze(document.uri);
  }

  /** Shows lines, counted from 0, that a link of a hover names. */
  public async reveal(target: unknown, lines: unknown): Promise<void> {
    const uri = uriOf(target);
    if (uri !== undefined && Array.isArray(lines)) {
      const wanted = lines.filter(line => Number.isSafeInteger(line) && Number(line) >= 0);
      const view = this.hoverLines.set(new EditorLines(uri, columnOf(uri)));
      await view.show(wanted.map(Number), true);
    }
  }

  /** What a restored panel showed. */
  private async source(uri: vscode.Uri): Promise<PanelSource | undefined> {
    const part = selectionOf(uri);
    const file = part === undefined ? uri : uri.with({ fragment: '' });
    const size = await this.largeFiles.sizeIfLarge(file);
    if (size !== undefined) {
      return this.fileSource(file, size);
    }
    let document: vscode.TextDocument;
    try {
      document = await vscode.workspace.openTextDocument(file);
    } catch {
      return undefined;
    }
    if (part === undefined) {
      return DocumentSource.of(document, this.dumps, columnOf(file));
    }
    return part.first <= part.last && part.last < document.lineCount
      ? SelectionSource.of(document, part.first, part.last, columnOf(file))
      : undefined;
  }
}

/** Holds one disposable and disposes it when another takes its place. */
class Replaceable<T extends vscode.Disposable> implements vscode.Disposable {
  private value: T | undefined;

  public set(value: T): T {
    this.value?.dispose();
    this.value = value;
    return value;
  }

  public dispose(): void {
    this.value?.dispose();
    this.value = undefined;
  }
}

function uriOf(target: unknown): vscode.Uri | undefined {
  if (target instanceof vscode.Uri) {
    return target;
  }
  return typeof target === 'string' ? vscode.Uri.parse(target, true) : undefined;
}

/**
 * What of a Markdown document is analyzed: the fenced dump in which the cursor is, else from the
 * first of them to the last; nothing where there is none.
 */
async function fencedPart(
  document: vscode.TextDocument,
): Promise<{ first: number; last: number } | undefined> {
  if (document.languageId !== MARKDOWN) {
    return undefined;
  }
  const editor = vscode.window.activeTextEditor;
  const here =
    editor?.document === document
      ? await fencedDumpAt(document, editor.selection.active.line)
      : undefined;
  if (here !== undefined) {
    return here;
  }
  const all = await fencedDumps(document);
  const [first] = all;
  const last = all.at(-1);
  return first && last && { first: first.first, last: last.last };
}

/** The active document's address, also where it is too large for extensions to see. */
function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return (
    vscode.window.activeTextEditor?.document.uri ??
    (input instanceof vscode.TabInputText ? input.uri : undefined)
  );
}

/** Where a document is shown, so that its lines are shown there again. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn {
  const editor = vscode.window.visibleTextEditors.find(
    one => one.document.uri.toString() === uri.toString(),
  );
  return editor?.viewColumn ?? vscode.ViewColumn.One;
}

/** Says what to open first. */
export function tellNoDump(): void {
  void vscode.window.showInformationMessage(localized(TEXTS.noDump));
}

/** Says that a document has no sockets, and what makes a dump. */
export function tellNoSockets(title: string, { other }: Dump): void {
  void vscode.window.showWarningMessage(messageText(noSockets(title, other)));
}
