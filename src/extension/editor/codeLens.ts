import * as vscode from 'vscode';

import type { Analysis } from '../../core/analysis/analyze';
import type { SnapshotSummary } from '../../core/analysis/summary';
import { counterList } from '../../core/analysis/counterList';
import { counterSections } from '../../core/reading/counterSections';
import { stateChanges } from '../../core/report/changes';
import { closeWaitText } from '../../core/report/closeWaitText';
import { contentText } from '../../core/report/content';
import { label } from '../../core/wording/statement';
import { WORDS } from '../../core/wording/words';
import { Disposable } from '../host/disposable';
import type { DumpService } from '../documents/dumpService';
import { labelText } from '../host/labels';
import { documentLines } from '../documents/documentLines';
import { LANGUAGE } from '../documents/language';
import { counterCount, localized, localizer } from '../host/localization';

const TEXTS = {
  compare: label('Compare with snapshot {number}'),
  worthALook: label('{count} worth a look'),
};

/** Snapshots that get a line of their own at most: a loop of a day has thousands. */
const MOST_LENSES = 2000;

/** Snapshots of whose counters the sections get a line each at most: the last ones. */
const MOST_COUNTED = 200;

/**
 * Sums up each snapshot above its first line, all its counters above the first of them, and sections
 * that are worth a look above their titles.
 */
export function registerCodeLens(context: vscode.ExtensionContext, dumps: DumpService): void {
  const provider = new SnapshotLenses(dumps);
  context.subscriptions.push(
    provider,
    vscode.languages.registerCodeLensProvider({ language: LANGUAGE }, provider),
  );
}

class SnapshotLenses extends Disposable implements vscode.CodeLensProvider {
  private readonly changed = this.register(new vscode.EventEmitter<void>());

  public readonly onDidChangeCodeLenses = this.changed.event;

  public constructor(private readonly dumps: DumpService) {
    super();
    this.register(dumps.onDidChange(() => this.changed.fire()));
  }

  public async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { analysis } = await this.dumps.analyze(document);
    const sections = analysis.snapshots
      .slice(-MOST_COUNTED)
      .flatMap(({ index }) => sectionLenses(document, analysis, index));
    const snapshots = analysis.snapshots.slice(-MOST_LENSES).flatMap(summary => {
      const { line, counted } = summary.snapshot;
      const range = new vscode.Range(line, 0, line, 0);
      const lens = new vscode.CodeLens(range, {
        title: title(summary),
        command: 'netstatLens.analyze',
        arguments: [document.uri],
        tooltip: localized(WORDS.analyzeSockets),
      });
      const changes = changesIn(analysis, summary);
      // Of counters alone the sections say how many there are.
      const own = summary.sockets === 0 && counted.length > 0 ? [] : [lens];
      return changes === undefined
        ? own
        : [
            ...own,
            new vscode.CodeLens(range, {
              ...changes,
              arguments: [document.uri, ...changes.arguments],
            }),
          ];
    });
    return [...snapshots, ...sections];
  }
}

/** "41 counters · 3 worth a look · Analyze", and below that "2 worth a look". */
function sectionLenses(
  document: vscode.TextDocument,
  analysis: Analysis,
  number: number,
): vscode.CodeLens[] {
  const { dump } = analysis;
  const snapshot = dump.snapshots[number]!;
  if (snapshot.counted.length === 0) {
    return [];
  }
  const looked = new Set(counterList(analysis, number).worthALook.map(({ counter }) => counter));
  const lines = documentLines(document);
  const sections = counterSections(dump, snapshot, line => lines.lineAt(line));
  return sections.flatMap(({ line, counters }, i) => {
    const told = i === 0 ? sections.flatMap(section => section.counters) : counters;
    const worth = told.filter(counter => looked.has(counter)).length;
    const looks = worth === 0 ? [] : [localized(TEXTS.worthALook, { count: worth })];
    const parts = i === 0 ? [counterCount(told.length), ...looks, localized(WORDS.analyze)] : looks;
    return parts.length === 0
      ? []
      : [
          new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
            title: parts.join(' · '),
            command: 'netstatLens.analyze',
            arguments: [document.uri],
            tooltip: localized(WORDS.analyzeSockets),
          }),
        ];
  });
}

/** What changed since the same host's snapshot before; undefined where nothing did. */
function changesIn(
  { hosts, snapshots }: Analysis,
  summary: SnapshotSummary,
): { title: string; command: string; arguments: number[]; tooltip: string } | undefined {
  const previous = hosts.previous(summary.index);
  const before = snapshots[previous];
  const changes = before === undefined ? '' : stateChanges(before, summary, localizer());
  return changes === ''
    ? undefined
    : {
        title: changes,
        command: 'netstatLens.compareSnapshots',
        arguments: [previous, summary.index],
        tooltip: localized(TEXTS.compare, { number: String(previous + 1) }),
      };
}

/** "214 sockets · 62 CLOSE_WAIT in orders-api (4321) · Analyze" */
function title({ sockets, closeWait, snapshot }: SnapshotSummary): string {
  const parts = [contentText(sockets, snapshot.counted.length > 0 ? [] : [snapshot], localizer())];
  const stuck = closeWaitText(closeWait, localizer());
  if (stuck !== undefined) {
    parts.push(labelText(stuck));
  }
  parts.push(localized(WORDS.analyze));
  return parts.join(' · ');
}
