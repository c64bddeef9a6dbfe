import * as vscode from 'vscode';

import { CaptureFiles } from './capture/captureFiles';
import type { SocketSource } from './capture/captureSource';
import { reasonOf, tellFailure } from './host/command';
import { registerDetection } from './documents/detect';
import { EDITOR_FILES, type FileAccess } from './documents/fileReader';
import { LANGUAGE, MARKDOWN } from './documents/language';
import { registerLog } from './host/log';
import { registerOpenSample } from './commands/openSample';
import { PANEL_VIEW_TYPE } from './panel/viewType';
import { LazyBundles, type LoadBundle } from './lazyBundles';
import { TOOL_NAMES } from './languageModel/toolNames';
import { registerTerminals } from './terminal/terminals';

/** What the extension hosts differ in. */
export interface Host {
  readonly load: LoadBundle;
  /** How large files are read, where there is a better way than through the editor. */
  readonly files?: FileAccess;
  /** The machine that the extension runs on; a web worker has none. */
  readonly sockets?: SocketSource;
}

/**
 * Registers what VS Code may ask for at once, and no more: any plain text that is opened activates
 * the extension. The rest is loaded when it is first needed.
 */
export function activate(context: vscode.ExtensionContext, host: Host): void {
  registerLog(context);
  registerOpenSample(context);
  const captures = new CaptureFiles();
  const bundles = new LazyBundles(host.load);
  context.subscriptions.push(captures, bundles);

  const main = bundles.once(COMMANDS, async () => {
    const { register } = await bundles.load('main');
    return () => register(context, captures, host.sockets, host.files ?? EDITOR_FILES);
  });

  registerDetection(context, () => bundles.load('detection'));
  registerTerminals(context, async () => (await main()).terminals);
  const opened = (document: vscode.TextDocument): void => {
    if (document.languageId === LANGUAGE) {
      // A hover follows soon: what it needs is loaded before it comes.
      main().catch((error: unknown) => tellFailure('editor', error));
    }
  };
  vscode.workspace.textDocuments.forEach(opened);
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(opened),
    vscode.languages.registerHoverProvider(
      { language: LANGUAGE },
      {
        provideHover: (...args) =>
          main().then(
            ({ hovers }) => hovers.provideHover(...args),
            (error: unknown) => new vscode.Hover(reasonOf(error)),
          ),
      },
    ),
    vscode.languages.registerHoverProvider(MARKDOWN, {
      provideHover: async (document, position, token) => {
        const { fencedDumpAt } = await bundles.load('detection');
        if ((await fencedDumpAt(document, position.line)) === undefined) {
          return undefined;
        }
        const { hovers } = await main();
        return hovers.provideHover(document, position, token);
      },
    }),
    vscode.window.registerWebviewPanelSerializer(PANEL_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state) => {
        const { panels } = await main();
        await panels.deserializeWebviewPanel(panel, state);
      },
    }),
    ...TOOL_NAMES.map(name =>
      vscode.lm.registerTool<unknown>(name, {
        prepareInvocation: async (...args) => {
          const { tools } = await main();
          return tools[name].prepareInvocation?.(...args);
        },
        invoke: async (...args) => {
          const { tools } = await main();
          return tools[name].invoke(...args);
        },
      }),
    ),
  );
}

/** Commands that may be called before the bundle that has them is loaded. */
const COMMANDS = [
  'netstatLens.showUnrecognised',
  'netstatLens.capture',
  'netstatLens.watch',
  'netstatLens.whoUsesPort',
  'netstatLens.captureOf',
  'netstatLens.watchOf',
  'netstatLens.pauseWatch',
  'netstatLens.resumeWatch',
  'netstatLens.stopWatch',
  'netstatLens.explainState',
  'netstatLens.showStateDiagram',
  'netstatLens.analyze',
  'netstatLens.analyzeFolder',
  'netstatLens.analyzeSelection',
  'netstatLens.analyzeClipboard',
  'netstatLens.analyzeTerminal',
  'netstatLens.analyzeTerminalSelection',
  'netstatLens.analyzeTerminalCommand',
  'netstatLens.nextRevealed',
  'netstatLens.previousRevealed',
  'netstatLens.revealLines',
  'netstatLens.copyReport',
  'netstatLens.copyRedactedReport',
  'netstatLens.compareSnapshots',
  'netstatLens.reportUnrecognised',
];
