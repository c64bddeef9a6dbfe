import * as vscode from 'vscode';

import { Field } from '../../core/model/field';
import { serviceOf } from '../../core/knowledge/ports';
import { protocolWord } from '../../core/vocabulary/protocol';
import { Disposable } from '../host/disposable';
import type { DumpService } from '../documents/dumpService';
import { LANGUAGE } from '../documents/language';
import { SECTION, setting } from '../host/settings';

const SETTING = 'inlayHints.serviceNames';

/** Shows the usual service of a port number behind it, where the user wants that. */
export function registerInlayHints(context: vscode.ExtensionContext, dumps: DumpService): void {
  const provider = new ServiceNames(dumps);
  context.subscriptions.push(
    provider,
    vscode.languages.registerInlayHintsProvider({ language: LANGUAGE }, provider),
  );
}

class ServiceNames extends Disposable implements vscode.InlayHintsProvider {
  private readonly changed = this.register(new vscode.EventEmitter<void>());

  public readonly onDidChangeInlayHints = this.changed.event;

  public constructor(private readonly dumps: DumpService) {
    super();
    this.register(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration(`${SECTION}.${SETTING}`)) {
          this.changed.fire();
        }
      }),
    );
  }

  public async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
  ): Promise<vscode.InlayHint[]> {
    if (!setting(SETTING, document)) {
      return [];
    }
    const read = await this.dumps.read(document);
    const { table } = read.dump;
    const hints: vscode.InlayHint[] = [];
    for (
      let line = range.start.line;
      line <= Math.min(range.end.line, document.lineCount - 1);
      line++
    ) {
      const { fields, socket } = read.locate(line);
      if (socket === null || table.line[socket] !== line) {
        continue;
      }
      const { protocol } = protocolWord(table.protocol[socket] ?? 0);
      if (protocol !== 'tcp' && protocol !== 'udp') {
        continue;
      }
      for (const { field, end } of fields) {
        const port =
          field === Field.LocalPort
            ? table.localPort[socket]
            : field === Field.RemotePort
              ? table.remotePort[socket]
              : undefined;
        const name = port === undefined || port <= 0 ? null : serviceOf(port, protocol);
        if (name !== null) {
          const hint = new vscode.InlayHint(new vscode.Position(line, end), name);
          hint.paddingLeft = true;
          hints.push(hint);
        }
      }
    }
    return hints;
  }
}
