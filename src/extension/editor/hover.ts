import * as vscode from 'vscode';

import { explainInSteps } from '../../core/explain/explain';
import { type Explained } from '../../core/explain/target';
import type { Explanation, Link } from '../../core/explain/explanation';
import { plainText } from '../../core/explain/explanationText';
import { drawPicture } from '../../core/explain/picture/picture';
import { registerCommand } from '../host/command';
import type { DumpService } from '../documents/dumpService';
import { markdown } from '../host/markdown';
import { setting } from '../host/settings';
import { inSlices } from '../host/slices';
import { palette, localizer } from '../host/localization';

/** The commands that a hover may call; links to any other are dead. */
const COMMANDS = {
  reveal: 'netstatLens.revealLines',
  alike: 'netstatLens.showAlike',
  analyze: 'netstatLens.analyze',
  diagram: 'netstatLens.showStateDiagram',
  copy: 'netstatLens.copyExplanation',
} as const;

/** Registers what hovers link to; gives what explains the word that is pointed at in a dump. */
export function registerHover(
  context: vscode.ExtensionContext,
  dumps: DumpService,
): vscode.HoverProvider {
  const provider = new HoverProvider(dumps);
  context.subscriptions.push(
    registerCommand(COMMANDS.copy, async (uri, line, character) => {
      const explanation = await provider.explain(uri, line, character);
      if (explanation !== null) {
        await vscode.env.clipboard.writeText(plainText(explanation, 'full', localizer()));
      }
    }),
    registerCommand(COMMANDS.alike, async (uri, line, character) => {
      const explanation = await provider.explain(uri, line, character);
      const link = explanation?.links.find(one => one.kind === 'lines');
      if (link !== undefined) {
        await vscode.commands.executeCommand(COMMANDS.reveal, uri, link.lines);
      }
    }),
  );
  return provider;
}

class HoverProvider implements vscode.HoverProvider {
  public constructor(private readonly dumps: DumpService) {}

  public async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const { line, character } = position;
    const found = await this.explainIn(document, line, character);
    if (found === null) {
      return undefined;
    }
    const content = new vscode.MarkdownString(
      this.render(found.explanation, document.uri, position),
    );
    content.supportHtml = true;
    content.isTrusted = { enabledCommands: Object.values(COMMANDS) };
    return new vscode.Hover(content, new vscode.Range(line, found.start, line, found.end));
  }

  /** What is said at a place that a command's arguments name. */
  public async explain(
    uri: unknown,
    line: unknown,
    character: unknown,
  ): Promise<Explanation | null> {
    if (typeof uri !== 'string' || typeof line !== 'number' || typeof character !== 'number') {
      return null;
    }
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    return (await this.explainIn(document, line, character))?.explanation ?? null;
  }

  /** What is said at a place of a document; nothing where that changes before it can be said. */
  private async explainIn(
    document: vscode.TextDocument,
    line: number,
    character: number,
  ): Promise<Explained | null> {
    const { dump } = await this.dumps.read(document);
    if (!(line >= 0 && line < document.lineCount)) {
      return null;
    }
    const { version } = document;
    const textOf = (n: number): string => document.lineAt(n).text;
    const work = explainInSteps(dump, line, character, textOf, localizer());
    return (await inSlices(work, () => document.version === version)) ?? null;
  }

  private render(
    explanation: Explanation,
    uri: vscode.Uri,
    { line, character }: vscode.Position,
  ): string {
    const document = uri.toString();
    const here = [document, line, character];
    const target = (link: Link | { readonly kind: 'inline'; readonly line: number }): string => {
      switch (link.kind) {
        case 'inline':
        case 'line':
          return commandLink(COMMANDS.reveal, document, [link.line]);
        case 'lines':
          return commandLink(COMMANDS.alike, ...here);
        case 'analyze':
          return commandLink(COMMANDS.analyze, document);
        case 'diagram':
          return commandLink(COMMANDS.diagram, document, link.state);
        case 'copy':
          return commandLink(COMMANDS.copy, ...here);
      }
    };
    return markdown(explanation, {
      detail: setting('hover.detail', uri),
      localizer: localizer(),
      target,
      picture: picture => {
        const drawn = drawPicture(picture, palette(), localizer());
        return { url: dataUri(drawn.svg), alt: drawn.alt };
      },
    });
  }
}

function commandLink(command: string, ...args: readonly unknown[]): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
}

/** An SVG as an address, in base64 because Markdown ends an address at a parenthesis. */
function dataUri(svg: string): string {
  const bytes = new TextEncoder().encode(svg);
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return `data:image/svg+xml;base64,${btoa(binary)}`;
}
