import * as vscode from 'vscode';

import { analyse, type Analysis } from '../core/analysis/analyse';
import type { Dump } from '../core/model/dump';
import { type LocatedLine, locate } from '../core/reading/locate';
import { readDump } from '../core/reading/reader';
import { Disposable } from './disposable';
import { LANGUAGE } from './language';
import { analysisSettings, SECTION } from './settings';
import { teller } from './voice';

/** A document as the core has read it. */
export interface ParsedDocument {
  readonly document: vscode.TextDocument;
  /** The document's version that was read. */
  readonly version: number;
  readonly dump: Dump;
  /** Made when first asked for. */
  readonly analysis: Analysis;
  /** The fields of a 0-based line. */
  locate(line: number): LocatedLine;
}

/** How long the editor must be quiet before those who follow a document are told, in ms. */
const QUIET_MS = 200;

/**
 * Reads each document once per version, for all that ask: hover, panel, diagnostics and tools
 * see the same dump.
 */
export class DumpService extends Disposable {
  private readonly parsed = new Map<string, ParsedDocument>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly changed = this.register(new vscode.EventEmitter<vscode.TextDocument>());

  /** A document has changed and its editor has been quiet for a moment. */
  public readonly onDidChange = this.changed.event;

  public constructor() {
    super();
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.isFollowed(document)) {
          this.announce(document);
        }
      }),
    );
    this.register(vscode.workspace.onDidCloseTextDocument(document => this.forget(document)));
    this.register(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration(SECTION)) {
          this.analyseAgain();
        }
      }),
    );
  }

  /** The dump that a document holds now. */
  public get(document: vscode.TextDocument): ParsedDocument {
    const key = document.uri.toString();
    const known = this.parsed.get(key);
    if (known?.version === document.version && known.document === document) {
      return known;
    }
    const parsed = parse(document);
    this.parsed.set(key, parsed);
    return parsed;
  }

  public override dispose(): void {
    for (const timer of this.timers.values()) {
      clearTimeout(timer);
    }
    this.timers.clear();
    this.parsed.clear();
    super.dispose();
  }

  /** Thresholds or ignored rules have changed. */
  private analyseAgain(): void {
    const documents = Array.from(this.parsed.values(), ({ document }) => document);
    this.parsed.clear();
    for (const document of documents) {
      this.changed.fire(document);
    }
  }

  private isFollowed(document: vscode.TextDocument): boolean {
    return document.languageId === LANGUAGE || this.parsed.has(document.uri.toString());
  }

  private announce(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        this.changed.fire(document);
      }, QUIET_MS),
    );
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.parsed.delete(key);
  }
}

function parse(document: vscode.TextDocument): ParsedDocument {
  const dump = readDump(document.getText());
  let analysis: Analysis | undefined;
  return {
    document,
    version: document.version,
    dump,
    get analysis() {
      analysis ??= analyse(dump, { ...analysisSettings(document), teller: teller() });
      return analysis;
    },
    locate: line => locate(dump, line, document.lineAt(line).text),
  };
}
