import * as vscode from 'vscode';

import { label } from '../../core/wording/statement';
import { localized } from '../host/localization';
import { setting } from '../host/settings';
import type { SocketSource, SocketTarget } from './captureSource';

const TEXTS = {
  here: label('This machine'),
  targets: label('Targets in the settings'),
  pick: label('Select the machine, container, or pod whose sockets you want'),
  edit: label('Edit the targets in the settings…'),
};

type Item = vscode.QuickPickItem & {
  /** Of a target; none of this machine. */
  readonly words?: readonly string[];
  readonly run?: () => unknown;
};

/** What was picked; `words` are of its prefix, which this machine has none of. */
export interface Picked {
  readonly name?: string;
  readonly words?: readonly string[];
}

/** The target of the settings that has a name. */
export function targetNamed(name: unknown): Picked | undefined {
  const targets = setting('capture.targets');
  return typeof name === 'string' && Object.hasOwn(targets, name)
    ? { name, words: targets[name]! }
    : undefined;
}

/** Lets the user pick this machine, or what it reaches: lists grow while they are shown. */
export async function pickTarget(source: SocketSource, title: string): Promise<Picked | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  const cancellation = new vscode.CancellationTokenSource();
  pick.title = title;
  pick.placeholder = localized(TEXTS.pick);
  pick.matchOnDescription = true;
  pick.busy = true;
  const groups = new Map<string, readonly SocketTarget[]>();
  const own = Object.entries(setting('capture.targets')).map(([name, words]) => ({ name, words }));
  const show = (): void => {
    const [active] = pick.activeItems;
    pick.items = [
      { label: localized(TEXTS.here) },
      ...group(localized(TEXTS.targets), own),
      // In an order that does not depend on which answers first.
      ...[...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(one => group(...one)),
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      { label: localized(TEXTS.edit), run: editTargets },
    ];
    const same = pick.items.find(
      item => item.label === active?.label && item.description === active.description,
    );
    if (same !== undefined) pick.activeItems = [same];
  };
  show();
  try {
    return await new Promise(resolve => {
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        item?.run?.();
        resolve(
          item === undefined || item.run !== undefined
            ? undefined
            : item.words === undefined
              ? {}
              : { name: item.label, words: item.words },
        );
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      void source
        .find((name, targets) => {
          if (targets.length > 0 && !cancellation.token.isCancellationRequested) {
            groups.set(name, targets);
            show();
          }
        }, cancellation.token)
        .finally(() => {
          if (!cancellation.token.isCancellationRequested) pick.busy = false;
        });
    });
  } finally {
    cancellation.cancel();
    cancellation.dispose();
    pick.dispose();
  }
}

function group(title: string, targets: readonly SocketTarget[]): Item[] {
  return targets.length === 0
    ? []
    : [
        { label: title, kind: vscode.QuickPickItemKind.Separator },
        ...targets.map(({ name, words }) => ({ label: name, description: words.join(' '), words })),
      ];
}

function editTargets(): void {
  void vscode.commands.executeCommand(
    'workbench.action.openSettings',
    '@id:netstatLens.capture.targets',
  );
}
