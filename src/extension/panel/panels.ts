import * as vscode from 'vscode';

import { checkPanelState, type HostToPanel } from '../../shared/panel/messages';
import { panelStrings } from '../../shared/panel/strings';
import { FIND_IN_FILES, searchFor } from '../host/findInWorkspace';
import { label } from '../../core/wording/statement';
import { tellFailure } from '../host/command';
import { Disposable } from '../host/disposable';
import { log } from '../host/log';
import { localized, nameOf, localizer, translated } from '../host/localization';
import { PANEL_FOLDER, panelHtml } from './html';
import { type ExportRequest, PanelSession, type SessionHost } from './session';
import type { PanelSource } from './source';
import { PANEL_VIEW_TYPE } from './viewType';

const TEXTS = { title: label('Analysis of {title}') };

/** Set while a panel's lines are shown, for the keybindings of "next" and "previous". */
const REVEALING_KEY = 'netstatLens.revealing';

/** What panels need of the rest of the extension. */
export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  /** Opens again what a restored panel showed; undefined if it is gone. */
  open(uri: vscode.Uri): Promise<PanelSource | undefined>;
  export(source: PanelSource, request: ExportRequest): Promise<void>;
}

/** All panels of "Analyze Sockets": one for each source. */
export class AnalyzePanels extends Disposable implements vscode.WebviewPanelSerializer {
  private readonly panels = new Map<string, AnalyzePanel>();
  /** The one whose lines were shown last. */
  private revealing: AnalyzePanel | undefined;

  public constructor(private readonly services: PanelServices) {
    super();
  }

  /** Opens the panel of a source beside the editor, or brings it to the front. */
  public show(source: PanelSource): void {
    const known = this.panels.get(source.uri.toString());
    if (known !== undefined) {
      source.dispose();
      known.show();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      PANEL_VIEW_TYPE,
      localized(TEXTS.title, { title: source.title }),
      { viewColumn: this.columnBeside(), preserveFocus: false },
      this.options(),
    );
    this.attach(panel, source);
  }

  /** Has the panel in front read its source anew; tells whether there is one. */
  public refreshActive(): boolean {
    const active = [...this.panels.values()].find(panel => panel.active);
    active?.refresh();
    return active !== undefined;
  }

  /**
   * The group of another panel, else any but the active one: a new group for each dump would leave
   * no room.
   */
  private columnBeside(): vscode.ViewColumn {
    const { all, activeTabGroup } = vscode.window.tabGroups;
    const columns = [
      ...[...this.panels.values()].map(panel => panel.column),
      ...all.map(({ viewColumn }) => viewColumn),
    ];
    return (
      columns.find(column => column !== undefined && column !== activeTabGroup.viewColumn) ??
      vscode.ViewColumn.Beside
    );
  }

  /** Shows a finding in the panel of a source, if there is one. */
  public showFinding(source: vscode.Uri, key: string): void {
    this.panels.get(source.toString())?.showFinding(key);
  }

  /** Shows the next or previous of the lines that a panel has shown. */
  public async step(by: 1 | -1): Promise<void> {
    await this.revealing?.step(by);
  }

  public async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const state = checkPanelState(kept);
    const source =
      state === undefined ? undefined : await this.services.open(vscode.Uri.parse(state.source));
    if (source === undefined) {
      log().info('A panel was not restored: what it showed is gone.');
      panel.dispose();
      return;
    }
    panel.webview.options = this.options();
    this.panels.get(source.uri.toString())?.dispose();
    this.attach(panel, source);
  }

  public override dispose(): void {
    for (const panel of [...this.panels.values()]) {
      panel.dispose();
    }
    super.dispose();
  }

  private options(): vscode.WebviewOptions & vscode.WebviewPanelOptions {
    return {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: [vscode.Uri.joinPath(this.services.extensionUri, ...PANEL_FOLDER)],
    };
  }

  private attach(webviewPanel: vscode.WebviewPanel, source: PanelSource): void {
    const key = source.uri.toString();
    const panel = new AnalyzePanel(webviewPanel, source, this.services, revealing => {
      if (revealing) {
        this.revealing = panel;
      } else if (this.revealing === panel) {
        this.revealing = undefined;
      }
      void vscode.commands.executeCommand(
        'setContext',
        REVEALING_KEY,
        this.revealing !== undefined,
      );
    });
    this.panels.set(key, panel);
    webviewPanel.onDidDispose(() => {
      if (this.panels.get(key) === panel) {
        this.panels.delete(key);
      }
      panel.dispose();
    });
  }
}

/** One webview with its source. */
class AnalyzePanel extends Disposable {
  private readonly session: PanelSession;

  public constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly source: PanelSource,
    private readonly services: PanelServices,
    private readonly setRevealing: (revealing: boolean) => void,
  ) {
    super();
    const { webview } = panel;
    const media = vscode.Uri.joinPath(services.extensionUri, 'media');
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'panel-light.svg'),
      dark: vscode.Uri.joinPath(media, 'panel-dark.svg'),
    };
    this.register(source);
    this.session = new PanelSession(this.host());
    this.register(this.session);
    this.register(source.onDidChange(() => this.session.changed()));
    this.register(source.lines.onDidSelect(spans => this.session.selected(spans)));
    this.register(
      webview.onDidReceiveMessage((message: unknown) => {
        this.session.receive(message).catch((error: unknown) => {
          tellFailure('The panel could not do what it was asked to.', error);
        });
      }),
    );
    webview.html = panelHtml(webview, services.extensionUri, source.title);
  }

  public get active(): boolean {
    return this.panel.active;
  }

  /** The group that it is in; undefined if it is not in sight. */
  public get column(): vscode.ViewColumn | undefined {
    return this.panel.visible ? this.panel.viewColumn : undefined;
  }

  public refresh(): void {
    this.source.refresh();
  }

  public show(): void {
    this.panel.reveal(undefined, false);
  }

  public showFinding(key: string): void {
    this.session.showFinding(key);
  }

  public async step(by: 1 | -1): Promise<void> {
    this.session.revealed(await this.source.lines.step(by));
  }

  public override dispose(): void {
    this.setRevealing(false);
    super.dispose();
    this.panel.dispose();
  }

  private host(): SessionHost {
    const { source, services, panel } = this;
    const { lines } = source;
    return {
      source: source.uri.toString(),
      title: source.title,
      strings: panelStrings(translated),
      locale: vscode.env.language,
      localizer: localizer(),
      nameOf: address => nameOf()(address),
      read: () => source.read(),
      post: (message: HostToPanel) => {
        void panel.webview.postMessage(message);
      },
      show: async (shown, focus) => {
        const result = await lines.show(shown, focus);
        this.setRevealing(result.count > 0);
        return result;
      },
      step: by => lines.step(by),
      clear: () => {
        lines.clear();
        this.setRevealing(false);
      },
      refresh: () => source.refresh(),
      copy: async text => {
        await vscode.env.clipboard.writeText(text);
      },
      export: request => services.export(source, request),
      canSearch: () => vscode.workspace.workspaceFolders !== undefined,
      search: async finding => {
        const search = searchFor(finding);
        if (search !== null) {
          await vscode.commands.executeCommand(FIND_IN_FILES, search);
        }
      },
      warn: text => log().warn(text),
    };
  }
}
