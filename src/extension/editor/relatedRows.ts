import * as vscode from 'vscode';

import { definitionOf, relatedRows, relationOf } from '../../core/analysis/related';
import { Field, type FieldSpan } from '../../core/model/field';
import type { Task } from '../../core/model/task';
import { fieldsAt } from '../../core/reading/locate';
import type { DumpService } from '../documents/dumpService';
import type { AnalyzedDocument } from '../documents/followedDocument';
import { LANGUAGE } from '../documents/language';
import { inSlices } from '../host/slices';

/** Rows that VS Code is given at most: it draws each of them. */
const MOST_HIGHLIGHTS = 1000;
const MOST_REFERENCES = 10_000;

/**
 * What belongs together in a dump: highlights of the same connection, process, remote or port;
 * the other end of a connection, or who listens there, as its definition; all rows of a process,
 * remote or port.
 */
export function registerRelated(context: vscode.ExtensionContext, dumps: DumpService): void {
  const related = new Related(dumps);
  const selector = { language: LANGUAGE };
  context.subscriptions.push(
    vscode.languages.registerDocumentHighlightProvider(selector, related),
    vscode.languages.registerDefinitionProvider(selector, related),
    vscode.languages.registerReferenceProvider(selector, related),
  );
}

/** What stands at a place of a document. */
interface Place {
  readonly read: AnalyzedDocument;
  readonly row: number;
  readonly span: FieldSpan;
}

class Related
  implements vscode.DocumentHighlightProvider, vscode.DefinitionProvider, vscode.ReferenceProvider
{
  public constructor(private readonly dumps: DumpService) {}

  public async provideDocumentHighlights(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.DocumentHighlight[]> {
    const place = await this.at(document, position);
    const ranges = await rangesLike(place, MOST_HIGHLIGHTS);
    return ranges.flat().map(range => new vscode.DocumentHighlight(range));
  }

  public async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.DefinitionLink[]> {
    const place = await this.at(document, position);
    const partner = place === undefined ? null : definitionOf(place.read.analysis, place.row);
    if (place === undefined || partner === null) {
      return [];
    }
    const { line } = place.read.dump.table;
    return [
      {
        originSelectionRange: rangeOf(position.line, place.span),
        targetUri: document.uri,
        targetRange: document.lineAt(line[partner] ?? 0).range,
      },
    ];
  }

  public async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Location[]> {
    const place = await this.at(document, position);
    const ranges = await rangesLike(place, MOST_REFERENCES);
    return ranges.flatMap(([range]) =>
      range === undefined ? [] : [new vscode.Location(document.uri, range)],
    );
  }

  private async at(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<Place | undefined> {
    const read = await this.dumps.analyze(document);
    if (position.line >= document.lineCount) {
      return undefined;
    }
    const located = read.locate(position.line);
    const [span] = fieldsAt(located, position.character);
    return located.socket === null || span === undefined
      ? undefined
      : { read, row: located.socket, span };
  }
}

/** By row, where it shows what it has in common with a place; nothing where the document changes. */
async function rangesLike(place: Place | undefined, mostRows: number): Promise<vscode.Range[][]> {
  if (place === undefined) {
    return [];
  }
  const { document } = place.read;
  const { version } = document;
  const ranges = await inSlices(rangesInSteps(place, mostRows), () => document.version === version);
  return ranges ?? [];
}

function* rangesInSteps(place: Place, mostRows: number): Task<vscode.Range[][]> {
  const { read, row, span } = place;
  const relation = relationOf(span.field);
  const rows = relatedRows(read.analysis, row, relation, span.field === Field.RemotePort);
  const ranges: vscode.Range[][] = [];
  for (const other of rows.slice(0, mostRows)) {
    ranges.push(rangesOf(place, other));
    yield;
  }
  return ranges;
}

/** Where row `row` shows what it has in common with the place; its whole line where it is a connection. */
function rangesOf({ read, row: own, span }: Place, row: number): vscode.Range[] {
  const line = read.dump.table.line[row] ?? 0;
  const relation = relationOf(span.field);
  const located = read.locate(line);
  if (relation === 'connection') {
    const wanted = row === own ? [span.field] : [Field.Local, Field.Remote];
    return located.fields
      .filter(({ field }) => wanted.includes(field))
      .map(found => rangeOf(line, found));
  }
  const wanted: readonly Field[] =
    relation === 'process'
      ? [Field.Pid, Field.Process]
      : relation === 'remote'
        ? [Field.RemoteAddress]
        : [Field.LocalPort, Field.RemotePort];
  const port = relation === 'port' ? textOf(read, span, read.dump.table.line[own] ?? 0) : null;
  return located.fields
    .filter(
      found =>
        wanted.includes(found.field) && (port === null || textOf(read, found, line) === port),
    )
    .map(found => rangeOf(line, found));
}

function textOf({ document }: AnalyzedDocument, { start, end }: FieldSpan, line: number): string {
  return document.lineAt(line).text.slice(start, end);
}

function rangeOf(line: number, { start, end }: FieldSpan): vscode.Range {
  return new vscode.Range(line, start, line, end);
}
