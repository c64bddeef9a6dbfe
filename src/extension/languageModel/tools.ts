import * as vscode from 'vscode';

import { type Analysis, analyzeInSteps } from '../../core/analysis/analyze';
import { SEVERITIES } from '../../core/analysis/finding';
import { noContext } from '../../core/explain/context';
import { plainText } from '../../core/explain/explanationText';
import { explainState } from '../../core/explain/state';
import { Localizer } from '../../core/wording/text';
import { visibleJson } from '../../core/wording/visible';
import { stateFromAnySpelling } from '../../core/vocabulary/stateSpellings';
import { TCP_STATES } from '../../core/vocabulary/state';
import { findingsForModel, summaryForModel } from '../../core/report/languageModel';
import { Redactor } from '../../core/redaction/redact';
import { noSockets } from '../../core/report/report';
import { label } from '../../core/wording/statement';
import { type Place, placesInWorkspace, type System } from '../../shared/placesInWorkspace';
import type { DumpService } from '../documents/dumpService';
import { localized } from '../host/localization';
import { messageText } from '../host/labels';
import { LANGUAGE } from '../documents/language';
import { titleOf } from '../panel/documentSource';
import { analysisSettings, isProtected } from '../host/settings';
import { inSlices } from '../host/slices';
import type { ToolInput, ToolName } from './toolNames';

const TEXTS = {
  explaining: label('tool.explaining', 'Explaining the TCP state {state}'),
  reading: label('tool.reading', 'Reading the socket dump {name}'),
};

export type Tools = Readonly<Record<ToolName, vscode.LanguageModelTool<ToolInput>>>;

/** Open documents that a message names at most. */
const MOST_NAMED = 10;

/**
 * The tools that a language model may call. They read open documents and files of the workspace,
 * nothing else, and give no address away unless the user allows it. What they say to the model is
 * English in every language of the editor.
 */
export function makeTools(dumps: DumpService): Tools {
  const reader = new ToolReader(dumps);
  return {
    netstat_summarize_dump: {
      prepareInvocation: ({ input }) => announcement(input),
      invoke: async ({ input }) => {
        const { source, analysis } = await reader.read(input.path);
        return answer(visibleJson(summaryForModel(source, analysis)));
      },
    },
    netstat_list_findings: {
      prepareInvocation: ({ input }) => announcement(input),
      invoke: async ({ input }) => {
        const { source, analysis } = await reader.read(input.path);
        const least = SEVERITIES.find(one => one === input.minimumSeverity) ?? 'info';
        return answer(visibleJson(findingsForModel(source, analysis, least)));
      },
    },
    netstat_explain_state: {
      prepareInvocation: ({ input }) => ({
        invocationMessage: localized(TEXTS.explaining, { state: messageText(String(input.state)) }),
      }),
      invoke: ({ input }) => answer(stateText(input.state)),
    },
  };
}

/** What the user is told before a dump is read: the file that it is, whatever the model calls it. */
export async function announcement({ path }: ToolInput): Promise<vscode.PreparedToolInvocation> {
  let name: string;
  try {
    name = vscode.workspace.asRelativePath(await find(path));
  } catch {
    // Reading it will say why not.
    name = String(path);
  }
  return { invocationMessage: localized(TEXTS.reading, { name: messageText(name) }) };
}

function answer(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

function stateText(word: unknown): string {
  const state = typeof word === 'string' ? stateFromAnySpelling(word) : null;
  if (state === null) {
    throw new Error(`"${String(word)}" is no TCP state. Ask for one of: ${TCP_STATES.join(', ')}.`);
  }
  const localizer = new Localizer();
  return plainText(explainState(state, noContext, localizer), 'full', localizer);
}

/** Reads dumps for tools. */
class ToolReader {
  /** One for each document, so that a host keeps its other name from call to call. */
  private readonly redactors = new WeakMap<vscode.TextDocument, Redactor>();

  public constructor(private readonly dumps: DumpService) {}

  /** What is in a document or file, without addresses unless the user allows them. */
  public async read(path: unknown): Promise<{ source: string; analysis: Analysis }> {
    const document = await vscode.workspace.openTextDocument(await find(path));
    const { dump } = await this.dumps.read(document);
    const redactor = isProtected('tools.redactAddresses', document)
      ? this.redactor(document)
      : null;
    const title = titleOf(document.uri);
    const source = redactor === null ? title : redactor.source(title);
    if (dump.table.length === 0) {
      throw new Error(noSockets(source));
    }
    const shown = redactor === null ? dump : redactor.dump(dump);
    const analysis = await inSlices(analyzeInSteps(shown, analysisSettings(document)));
    return { source, analysis };
  }

  private redactor(document: vscode.TextDocument): Redactor {
    let redactor = this.redactors.get(document);
    if (redactor === undefined) {
      redactor = new Redactor();
      this.redactors.set(document, redactor);
    }
    return redactor;
  }
}

/**
 * The open document or file of the workspace that a model names; throws what it should do else,
 * which is the same whether or not there is such a file outside.
 */
async function find(path: unknown): Promise<vscode.Uri> {
  if (typeof path !== 'string' || path.trim() === '') {
    throw new Error(`Give the path of a dump. ${openDumps()}`);
  }
  const open = vscode.workspace.textDocuments.find(({ uri }) => isNamed(uri, path));
  if (open !== undefined) {
    return open.uri;
  }
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  for (const place of placesInWorkspace(folders, path, systemHere())) {
    const file = await fileAt(place);
    if (file !== null) {
      return file;
    }
  }
  throw new Error(
    `"${path}" is neither an open document nor a file of the workspace, links not followed, and ` +
      'only those are read. ' +
      `Use the path of one, or ask the user to open the dump. ${openDumps()}`,
  );
}

function isNamed(uri: vscode.Uri, path: string): boolean {
  return [
    uri.toString(),
    uri.fsPath,
    uri.path,
    vscode.workspace.asRelativePath(uri, false),
  ].includes(path);
}

/** The system of local files; a web worker is on none. */
function systemHere(): System {
  const platform = typeof process === 'undefined' ? '' : process.platform;
  return platform === 'win32' || platform === 'darwin' ? platform : 'posix';
}

/**
 * The file at a place. Every step to it has to be a plain folder: a link may lead out of the
 * workspace, and what an editor cannot tell the kind of may be one.
 */
async function fileAt({ folder, names }: Place<vscode.Uri>): Promise<vscode.Uri | null> {
  let at = folder;
  try {
    for (const [i, name] of names.entries()) {
      at = vscode.Uri.joinPath(at, name);
      const { type } = await vscode.workspace.fs.stat(at);
      const isLast = i === names.length - 1;
      if (type !== (isLast ? vscode.FileType.File : vscode.FileType.Directory)) {
        return null;
      }
    }
    return at;
  } catch {
    return null;
  }
}

function openDumps(): string {
  const names = vscode.workspace.textDocuments
    .filter(({ languageId }) => languageId === LANGUAGE)
    .slice(0, MOST_NAMED)
    .map(({ uri }) => (uri.scheme === 'file' ? uri.fsPath : uri.toString()));
  return names.length === 0 ? 'No dump is open.' : `Open dumps: ${names.join(', ')}.`;
}
