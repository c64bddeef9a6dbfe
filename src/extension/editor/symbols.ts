import * as vscode from 'vscode';

import type { Analysis } from '../../core/analysis/analyze';
import type { SnapshotSummary } from '../../core/analysis/summary';
import { endpointText } from '../../core/explain/facts';
import { counterSections } from '../../core/reading/counterSections';
import type { Dump } from '../../core/reading/dump';
import { contentText } from '../../core/report/content';
import { visible } from '../../core/wording/visible';
import type { Snapshot } from '../../core/model/snapshot';
import { spelledState, State, stateName } from '../../core/vocabulary/state';
import { label } from '../../core/wording/statement';
import { PHRASES } from '../../core/wording/words';
import { counterCount, localized, localizer } from '../host/localization';
import { documentLines } from '../documents/documentLines';
import type { DumpService } from '../documents/dumpService';
import { LANGUAGE } from '../documents/language';

const TEXTS = {
  unknown: label('Unknown state'),
};

/** Sockets in the outline at most; beyond that it shows counts only. */
const MOST_SOCKETS = 3000;

/** Counters in the outline at most; beyond that it shows how many their sections have. */
const MOST_COUNTERS = 3000;

/** The outline: snapshots, their states and programs, their sockets, their counters; and what can be folded. */
export function registerSymbols(context: vscode.ExtensionContext, dumps: DumpService): void {
  const selector = { language: LANGUAGE };
  context.subscriptions.push(
    vscode.languages.registerDocumentSymbolProvider(
      selector,
      {
        provideDocumentSymbols: async document =>
          symbols(document, (await dumps.analyze(document)).analysis),
      },
      { label: 'Netstat' },
    ),
    vscode.languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: async document => {
        const { dump } = await dumps.read(document);
        const lines = documentLines(document);
        return dump.snapshots.flatMap(snapshot => [
          ...folds(document, snapshot),
          ...counterSections(dump, snapshot, line => lines.lineAt(line))
            .filter(({ line }) => line > snapshot.line)
            .flatMap(section => folds(document, section)),
        ]);
      },
    }),
  );
}

function folds(
  document: vscode.TextDocument,
  { line, endLine }: { readonly line: number; readonly endLine: number },
): vscode.FoldingRange[] {
  let last = endLine - 1;
  while (last > line && document.lineAt(last).isEmptyOrWhitespace) {
    last--;
  }
  return last > line ? [new vscode.FoldingRange(line, last, vscode.FoldingRangeKind.Region)] : [];
}

function symbols(document: vscode.TextDocument, analysis: Analysis): vscode.DocumentSymbol[] {
  const { snapshots, table } = analysis.dump;
  const counters = snapshots.reduce(
    (sum, { counted }) => sum + counted.reduce((all, one) => all + one.counters.length, 0),
    0,
  );
  const detailed = {
    sockets: table.length <= MOST_SOCKETS,
    counters: counters <= MOST_COUNTERS,
  };
  return analysis.snapshots.map(summary => snapshotSymbol(document, analysis, summary, detailed));
}

function snapshotSymbol(
  document: vscode.TextDocument,
  analysis: Analysis,
  summary: SnapshotSummary,
  detailed: { readonly sockets: boolean; readonly counters: boolean },
): vscode.DocumentSymbol {
  const { snapshot, index, sockets } = summary;
  const { line, endLine, time, host } = snapshot;
  const last = Math.max(line, Math.min(endLine, document.lineCount) - 1);
  const name = visible([host, time].filter(part => part !== null).join(' '));
  const symbol = new vscode.DocumentSymbol(
    name === '' ? localized(PHRASES.snapshot, { number: String(index + 1) }) : name,
    contentText(sockets, [snapshot], localizer()),
    vscode.SymbolKind.Namespace,
    new vscode.Range(line, 0, last, document.lineAt(last).text.length),
    document.lineAt(line).range,
  );
  symbol.children = [
    ...stateSymbols(document, analysis, summary, detailed.sockets),
    ...counterSymbols(document, analysis.dump, snapshot, detailed.counters),
    ...linkSymbols(document, snapshot),
  ];
  return symbol;
}

/** One symbol for each tool that lists interfaces or routes, with these below it. */
function linkSymbols(document: vscode.TextDocument, snapshot: Snapshot): vscode.DocumentSymbol[] {
  const interfaces = snapshot.interfaces.map(({ name, source, line }) => ({
    source,
    line,
    name: name ?? source.title,
  }));
  const routes = snapshot.routes.map(({ destination, prefixLength, gateway, source, line }) => ({
    source,
    line,
    name:
      (prefixLength === null ? destination : `${destination}/${prefixLength}`) +
      (gateway === null ? '' : ` via ${gateway}`),
  }));
  const links = [...interfaces, ...routes];
  return [...new Set(links.map(({ source }) => source))].map(source => {
    const own = links.filter(link => link.source === source);
    const ranges = own.map(({ line }) => document.lineAt(line).range);
    const symbol = new vscode.DocumentSymbol(
      source.title,
      String(own.length),
      vscode.SymbolKind.Namespace,
      ranges.reduce((all, range) => all.union(range)),
      ranges[0]!,
    );
    symbol.children = own
      .slice(0, MOST_COUNTERS)
      .map(
        ({ name }, i) =>
          new vscode.DocumentSymbol(
            visible(name),
            '',
            vscode.SymbolKind.Interface,
            ranges[i]!,
            ranges[i]!,
          ),
      );
    return symbol;
  });
}

/** One symbol for each section of the snapshot's counters, with the counters below it. */
function counterSymbols(
  document: vscode.TextDocument,
  dump: Dump,
  snapshot: Snapshot,
  detailed: boolean,
): vscode.DocumentSymbol[] {
  const lines = documentLines(document);
  return counterSections(dump, snapshot, line => lines.lineAt(line)).map(
    ({ title, source, line, endLine, counters }) => {
      const symbol = new vscode.DocumentSymbol(
        visible(title ?? source.title),
        counterCount(counters.length),
        vscode.SymbolKind.Namespace,
        document.lineAt(line).range.union(document.lineAt(endLine - 1).range),
        document.lineAt(line).range,
      );
      symbol.children = (detailed ? counters : []).map(
        ({ name, line: own, exact, value, ...of }) => {
          const { range } = document.lineAt(own);
          const part = of.interface ?? of.family;
          return new vscode.DocumentSymbol(
            visible(part === null ? name : `${name} (${part})`),
            exact ?? String(value),
            vscode.SymbolKind.Number,
            range,
            range,
          );
        },
      );
      return symbol;
    },
  );
}

/** One symbol for each state of the snapshot's TCP sockets, with the sockets below it. */
function stateSymbols(
  document: vscode.TextDocument,
  analysis: Analysis,
  { index: number }: SnapshotSummary,
  detailed: boolean,
): vscode.DocumentSymbol[] {
  const index = analysis.index(number);
  const { table } = index;
  const result: vscode.DocumentSymbol[] = [];
  for (let state: State = State.Unknown; state < State.Count; state++) {
    const rows = index.rowsIn(state);
    const [first] = rows;
    if (first === undefined) {
      continue;
    }
    // Sockets of a state are anywhere in the snapshot. Its first line stands for it: with a range
    // over all, every line would seem to be of every state.
    const { range } = document.lineAt(table.line[first] ?? 0);
    const name = stateName(state);
    const symbol = new vscode.DocumentSymbol(
      name === null ? localized(TEXTS.unknown) : spelledState(name),
      String(rows.length),
      vscode.SymbolKind.Enum,
      range,
      range,
    );
    if (detailed) {
      symbol.children = Array.from(rows, row => {
        const { line, local, remote, owners } = table.socket(row);
        const ends = state === State.Listen ? [local] : [local, remote];
        const text = ends
          .filter(end => end !== null)
          .map(endpointText)
          .join(' – ');
        const { range } = document.lineAt(line);
        return new vscode.DocumentSymbol(
          visible(text),
          // Not in the name, in which VS Code makes icons of `$(…)`.
          visible(owners.map(({ pid, process }) => process ?? String(pid)).join(', ')),
          vscode.SymbolKind.Event,
          range,
          range,
        );
      });
    }
    result.push(symbol);
  }
  return result;
}
