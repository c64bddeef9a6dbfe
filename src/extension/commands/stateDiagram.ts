import * as vscode from 'vscode';

import { stateCode, TCP_STATES, type TcpState } from '../../core/vocabulary/state';
import { label } from '../../core/wording/statement';
import { registerCommand } from '../host/command';
import type { DumpService } from '../documents/dumpService';
import { LANGUAGE } from '../documents/language';
import { log } from '../host/log';
import { countsMessage, stateDiagramPage } from './stateDiagramPage';
import { localized, localizer } from '../host/localization';

const TEXTS = {
  title: label('TCP State Diagram'),
};

/** "Show TCP State Diagram": the diagram of RFC 9293, with the counts of a dump on it. */
export function registerStateDiagram(context: vscode.ExtensionContext, dumps: DumpService): void {
  const diagram = new StateDiagram(dumps);
  context.subscriptions.push(
    diagram,
    registerCommand('netstatLens.showStateDiagram', (uri, state) => diagram.show(uri, state)),
  );
}

class StateDiagram implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  /** The dump whose counts are shown. */
  private uri: vscode.Uri | undefined;
  private readonly changes: vscode.Disposable;

  public constructor(private readonly dumps: DumpService) {
    this.changes = dumps.onDidChange(document => {
      if (document.uri.toString() === this.uri?.toString()) {
        void this.update(document);
      }
    });
  }

  public dispose(): void {
    this.changes.dispose();
    this.panel?.dispose();
  }

  /** Shows the diagram for a document, else for the active one, else without counts. */
  public async show(uri: unknown, state: unknown): Promise<void> {
    const document = await this.document(uri);
    this.uri = document?.uri;
    const panel = this.panel ?? this.open();
    panel.webview.html = stateDiagramPage({
      language: vscode.env.language,
      title: panel.title,
      nonce: crypto.randomUUID(),
      counts: document === undefined ? new Map<TcpState, number>() : await this.counts(document),
      current: TCP_STATES.find(one => one === state) ?? 'ESTABLISHED',
      localizer: localizer(),
    });
    panel.reveal(undefined, true);
  }

  private open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      'netstatLens.stateDiagram',
      localized(TEXTS.title),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [] },
    );
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    this.panel = panel;
    return panel;
  }

  private async receive(message: unknown): Promise<void> {
    const state = stateOf(message);
    if (state === undefined) {
      log().warn('A message from the state diagram was refused.');
      return;
    }
    if (this.uri === undefined) {
      return;
    }
    const document = await vscode.workspace.openTextDocument(this.uri);
    const lines = (await this.linesByState(document)).get(state) ?? [];
    if (lines.length > 0) {
      await vscode.commands.executeCommand('netstatLens.revealLines', this.uri.toString(), lines);
    }
  }

  private async document(uri: unknown): Promise<vscode.TextDocument | undefined> {
    if (typeof uri === 'string') {
      return vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    }
    const active = vscode.window.activeTextEditor?.document;
    return active?.languageId === LANGUAGE ? active : undefined;
  }

  private async update(document: vscode.TextDocument): Promise<void> {
    const counts = await this.counts(document);
    await this.panel?.webview.postMessage(countsMessage(counts, localizer()));
  }

  private async counts(document: vscode.TextDocument): Promise<Map<TcpState, number>> {
    const lines = await this.linesByState(document);
    return new Map([...lines].map(([state, { length }]) => [state, length]));
  }

  /** 0-based lines of the TCP sockets in each state, in the last snapshot. */
  private async linesByState(document: vscode.TextDocument): Promise<Map<TcpState, number[]>> {
    const { table, snapshots } = (await this.dumps.read(document)).dump;
    const { firstRow, endRow } = snapshots.at(-1) ?? { firstRow: 0, endRow: 0 };
    const lines = new Map(TCP_STATES.map(state => [state, [] as number[]]));
    const byCode = new Map(TCP_STATES.map(state => [stateCode(state) as number, lines.get(state)]));
    for (let row = firstRow; row < endRow; row++) {
      byCode.get(table.state[row] ?? 0)?.push(table.line[row] ?? 0);
    }
    return lines;
  }
}

/** The state whose sockets a message of the page asks for; undefined if it is no such message. */
function stateOf(message: unknown): TcpState | undefined {
  return typeof message === 'object' && message !== null && 'state' in message
    ? TCP_STATES.find(one => one === message.state)
    : undefined;
}
