import * as vscode from 'vscode';

import { explainInSteps } from '../../core/explain/explain';
import { type Explained } from '../../core/explain/target';
import type { Explanation, Link } from '../../core/explain/explanation';
import { plainText } from '../../core/explain/explanationText';
import { drawPicture } from '../../core/explain/picture/picture';
import { counterMoves } from '../../core/analysis/time/counterMoves';
import { checkOf, findingAt } from '../../core/analysis/finding';
import { SHOW_FINDING } from '../commands/analyze';
import { FIND_IN_FILES, searchFor } from '../host/findInWorkspace';
import { COPY_CHECK } from '../commands/copyCheck';
import { commandLink, registerCommand } from '../host/command';
import { Field } from '../../core/model/field';
import { NONE } from '../../core/model/row';
import type { SocketTable } from '../../core/model/socketTable';
import type { Dump } from '../../core/reading/dump';
import type { FencedBlock } from '../../core/reading/fencedBlocks';
import type { DumpService } from '../documents/dumpService';
import { fencedDumpAt } from '../documents/fencedDumps';
import { MARKDOWN } from '../documents/language';
import { WorkspacePorts } from './workspacePorts';
import { readPart } from '../panel/partReader';
import { type FindingLink, markdown, type PlaceLink } from '../host/markdown';
import { setting } from '../host/settings';
import { inSlices } from '../host/slices';
import { palette, localizer } from '../host/localization';
import { partUri } from '../panel/selectionSource';

/** The commands that a hover may call; links to any other are dead. */
const COMMANDS = {
  reveal: 'netstatLens.revealLines',
  alike: 'netstatLens.showAlike',
  analyze: 'netstatLens.analyze',
  finding: SHOW_FINDING,
  diagram: 'netstatLens.showStateDiagram',
  copy: 'netstatLens.copyExplanation',
  copyCheck: COPY_CHECK,
  find: FIND_IN_FILES,
} as const;

/** Registers what hovers link to; returns what explains the word that is pointed at in a dump. */
export function registerHover(
  context: vscode.ExtensionContext,
  dumps: DumpService,
): vscode.HoverProvider {
  const ports = new WorkspacePorts();
  const provider = new HoverProvider(dumps, ports);
  context.subscriptions.push(
    ports,
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
  private readonly fenced = new FencedReader();

  public constructor(
    private readonly dumps: DumpService,
    private readonly ports: WorkspacePorts,
  ) {}

  public async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const { line, character } = position;
    const found = await this.explainIn(document, line, character);
    if (found === null) {
      return undefined;
    }
    const block = await this.fenced.at(document, line);
    const [finding, places] = await Promise.all([
      this.findingAt(document, found.row),
      this.placesOf(document, found, token),
    ]);
    const content = new vscode.MarkdownString(
      this.render(found.explanation, document.uri, position, block, finding, places),
    );
    content.supportHtml = true;
    content.isTrusted = { enabledCommands: Object.values(COMMANDS) };
    return new vscode.Hover(content, new vscode.Range(line, found.start, line, found.end));
  }

  /** Where the workspace has the port of an end that is pointed at; none in Markdown. */
  private async placesOf(
    document: vscode.TextDocument,
    { row, field }: Explained,
    token: vscode.CancellationToken,
  ): Promise<readonly PlaceLink[]> {
    if (row === null || field === undefined || document.languageId === MARKDOWN) {
      return [];
    }
    const { table } = (await this.dumps.read(document)).dump;
    const port = portOf(table, row, field);
    return port > 0 ? this.ports.placesOf(port, token) : [];
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
    const dump =
      document.languageId === MARKDOWN
        ? await this.fenced.read(document, line)
        : (await this.dumps.read(document)).dump;
    if (dump === undefined || !(line >= 0 && line < document.lineCount)) {
      return null;
    }
    const { version } = document;
    const textOf = (n: number): string => document.lineAt(n).text;
    const work = explainInSteps(dump, line, character, textOf, localizer(), counterMoves(dump));
    return (await inSlices(work, () => document.version === version)) ?? null;
  }

  /** The finding of a row; none in Markdown, in versions that have passed, and where it takes long. */
  private async findingAt(
    document: vscode.TextDocument,
    row: number | null,
  ): Promise<FindingLink | undefined> {
    if (row === null || document.languageId === MARKDOWN) {
      return undefined;
    }
    const { version } = document;
    const analyzed = await this.dumps.analyzeSoon(document);
    const finding = analyzed && findingAt(analyzed.analysis.findings, row);
    if (finding === undefined || document.version !== version) {
      return undefined;
    }
    const uri = document.uri.toString();
    const command = checkOf(finding);
    const search = searchFor(finding);
    const copy = commandLink(COMMANDS.copyCheck, uri, row, finding.code);
    return {
      title: finding.title,
      show: commandLink(COMMANDS.finding, uri, row, finding.code),
      check: command === null ? null : { command, copy },
      search: search && commandLink(COMMANDS.find, search),
    };
  }

  private render(
    explanation: Explanation,
    uri: vscode.Uri,
    { line, character }: vscode.Position,
    block: FencedBlock | undefined,
    finding: FindingLink | undefined,
    places: readonly PlaceLink[],
  ): string {
    const document = uri.toString();
    const whole = block === undefined ? uri : partUri(uri, block.first, block.last);
    const here = [document, line, character];
    const target = (link: Link | { readonly kind: 'inline'; readonly line: number }): string => {
      switch (link.kind) {
        case 'inline':
        case 'line':
          return commandLink(COMMANDS.reveal, document, [link.line]);
        case 'lines':
          return commandLink(COMMANDS.alike, ...here);
        case 'analyze':
          return commandLink(COMMANDS.analyze, whole.toString());
        case 'diagram':
          // The counts of a whole document are not those of its block.
          return commandLink(COMMANDS.diagram, block === undefined ? document : null, link.state);
        case 'copy':
          return commandLink(COMMANDS.copy, ...here);
      }
    };
    return markdown(explanation, {
      detail: setting('hover.detail', uri),
      localizer: localizer(),
      finding,
      places,
      target,
      picture: picture => {
        const drawn = drawPicture(picture, palette(), localizer());
        return { url: dataUri(drawn.svg), alt: drawn.alt };
      },
    });
  }
}

/** The port of the end that a part of a row is of; NONE if it is of neither. */
function portOf(table: SocketTable, row: number, field: Field): number {
  switch (field) {
    case Field.Local:
    case Field.LocalAddress:
    case Field.LocalPort:
      return table.localPort[row] ?? NONE;
    case Field.Remote:
    case Field.RemoteAddress:
    case Field.RemotePort:
      return table.remotePort[row] ?? NONE;
    default:
      return NONE;
  }
}

/** Reads the fenced blocks of Markdown documents, and keeps the one that was read last. */
class FencedReader {
  private last: { document: vscode.TextDocument; version: number; first: number } | undefined;
  private dump: Promise<Dump> | undefined;

  /** The block that is a dump and has a line. */
  public async at(document: vscode.TextDocument, line: number): Promise<FencedBlock | undefined> {
    return document.languageId === MARKDOWN ? fencedDumpAt(document, line) : undefined;
  }

  /** The dump of the block that has a line. */
  public async read(document: vscode.TextDocument, line: number): Promise<Dump | undefined> {
    const { version } = document;
    const block = await this.at(document, line);
    if (block === undefined) {
      return undefined;
    }
    const { first, last } = block;
    if (
      this.dump === undefined ||
      this.last?.document !== document ||
      this.last.version !== version ||
      this.last.first !== first
    ) {
      this.last = { document, version, first };
      this.dump = readPart(document, first, last);
    }
    return this.dump;
  }
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
