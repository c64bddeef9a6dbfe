import * as vscode from 'vscode';

import { type Analysis, analyzeInSteps } from '../../core/analysis/analyze';
import type { RuleId } from '../../core/analysis/finding';
import { noContext } from '../../core/explain/context';
import { plainText } from '../../core/explain/explanationText';
import { explainSubject, subjectOf } from '../../core/explain/subject';
import { Localizer } from '../../core/wording/text';
import { visible, visibleJson } from '../../core/wording/visible';
import { type Dump, isEmpty } from '../../core/reading/dump';
import { DumpStream } from '../../core/reading/input/dumpStream';
import { findingsForModel, summaryForModel } from '../../core/report/data/languageModel';
import { noSockets } from '../../core/report/report';
import { label } from '../../core/wording/statement';
import { readPlainFile } from '../../shared/plainFile';
import type { DumpService } from '../documents/dumpService';
import { readThroughEditor } from '../documents/fileReader';
import { localized } from '../host/localization';
import { messageText } from '../host/labels';
import { LANGUAGE } from '../documents/language';
import { LARGEST_DOCUMENT } from '../documents/largeFiles';
import { analysisSettings } from '../host/settings';
import { log } from '../host/log';
import { inSlices } from '../host/slices';
import { echo, echoForUser, leastSeverity, toolInput, wantedSubject } from './toolInput';
import type { ToolName } from './toolNames';
import { FILES, type ToolSource, ToolSources } from './toolSources';

const TEXTS = {
  explaining: label('Explaining the TCP state {state}'),
  explainingWord: label('Explaining {word}'),
  reading: label('Reading the socket dump {name}'),
};

export type Tools = Readonly<Record<ToolName, vscode.LanguageModelTool<unknown>>>;

/**
 * The tools that a language model may call. They read documents that the user sees in tabs and
 * files of the workspace, nothing else, and give no address away unless the user allows it. What
 * they say to the model is English in every language of the editor.
 */
export function makeTools(dumps: DumpService): Tools {
  const reader = new ToolReader(dumps);
  return {
    netstat_summarize_dump: {
      prepareInvocation: ({ input }) => reader.announce(toolInput(input).path),
      invoke: async ({ input }, token) => {
        const { source, analysis, ignored } = await reader.read(toolInput(input).path, token);
        return answer(visibleJson(summaryForModel(source, analysis, ignored)));
      },
    },
    netstat_list_findings: {
      prepareInvocation: ({ input }) => reader.announce(toolInput(input).path),
      invoke: async ({ input }, token) => {
        const least = leastSeverity(toolInput(input));
        const { source, analysis, ignored } = await reader.read(toolInput(input).path, token);
        return answer(visibleJson(findingsForModel(source, analysis, least, ignored)));
      },
    },
    netstat_explain_state: {
      prepareInvocation: ({ input }) => ({
        invocationMessage: announceExplanation(toolInput(input).state),
      }),
      invoke: ({ input }) => answer(explanationText(input)),
    },
  };
}

function answer(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

function announceExplanation(word: unknown): string {
  const subject = typeof word === 'string' ? subjectOf(word) : null;
  return subject === null || subject.kind === 'state'
    ? localized(TEXTS.explaining, { state: echoForUser(word) })
    : localized(TEXTS.explainingWord, { word: echoForUser(word) });
}

function explanationText(input: unknown): string {
  const localizer = new Localizer();
  const explanation = explainSubject(wantedSubject(toolInput(input)), noContext, localizer);
  return plainText(explanation, 'full', localizer);
}

/** A dump, and whose settings count for it. */
interface Read {
  readonly dump: Dump;
  readonly scope: vscode.ConfigurationScope;
}

/** A dump as a model may see it. */
interface Shown {
  readonly source: string;
  readonly analysis: Analysis;
  readonly ignored: readonly RuleId[];
}

/** Reads dumps for tools. */
class ToolReader {
  private readonly sources = new ToolSources();

  public constructor(private readonly dumps: DumpService) {}

  /** What the user is told before a dump is read: the file that it is, whatever it was called. */
  public async announce(path: unknown): Promise<vscode.PreparedToolInvocation> {
    let name: string;
    try {
      const { uri } = await this.sources.find(path);
      name = messageText(vscode.workspace.asRelativePath(uri));
    } catch {
      // Reading it will say why not.
      name = echoForUser(path);
    }
    return { invocationMessage: localized(TEXTS.reading, { name }) };
  }

  /** What is in a document or file, without addresses unless the user allows them. */
  public async read(path: unknown, token: vscode.CancellationToken): Promise<Shown> {
    const found = await this.sources.find(path);
    const { dump, scope } = await this.readSource(found, path, token);
    const redactor = this.sources.redactorFor(scope);
    const source = this.sources.nameOf(found.uri, redactor);
    if (isEmpty(dump)) {
      throw new Error(noSockets(visible(source), dump.other));
    }
    const going = (): boolean => !token.isCancellationRequested;
    const shown = redactor === null ? dump : await inSlices(redactor.dumpInSteps(dump), going);
    const settings = analysisSettings(scope);
    const analysis =
      shown === undefined ? undefined : await inSlices(analyzeInSteps(shown, settings), going);
    if (analysis === undefined) {
      throw new vscode.CancellationError();
    }
    return { source, analysis, ignored: settings.ignoredRules };
  }

  private async readSource(
    { uri, path }: ToolSource,
    given: unknown,
    token: vscode.CancellationToken,
  ): Promise<Read> {
    let read: Read | null = null;
    try {
      read = await (path === null ? this.readDocument(uri) : readFile(uri, path, token));
    } catch (error) {
      // It names paths and servers that a model need not know.
      log().debug('tool', error);
    }
    stopIfCancelled(token);
    if (read === null) {
      throw new Error(
        `${echo(given)} cannot be read: it is gone, has just changed, is no text, or has more than 50 MB.`,
      );
    }
    return read;
  }

  private async readDocument(uri: vscode.Uri): Promise<Read> {
    const document = await vscode.workspace.openTextDocument(uri);
    const { dump } = await this.dumps.read(document);
    return { dump, scope: document };
  }
}

/**
 * Reads a file itself: a document that VS Code has kept of it may hold what a link led to that
 * stood in its place.
 */
async function readFile(
  uri: vscode.Uri,
  path: readonly vscode.Uri[],
  token: vscode.CancellationToken,
): Promise<Read | null> {
  return readPlainFile(path, FILES, async ({ size }) => {
    if (size > LARGEST_DOCUMENT) {
      return null;
    }
    const stream = new DumpStream();
    for await (const chunk of readThroughEditor(uri)) {
      stopIfCancelled(token);
      stream.pushBytes(chunk);
    }
    const dump = await inSlices(stream.finishInSteps(), () => !token.isCancellationRequested);
    return dump === undefined ? null : { dump, scope: { uri, languageId: LANGUAGE } };
  });
}

function stopIfCancelled(token: vscode.CancellationToken): void {
  if (token.isCancellationRequested) {
    throw new vscode.CancellationError();
  }
}
