import * as vscode from 'vscode';

import { type ListingCommand, listingCommand } from '../../core/capture/commandLine';
import { mayBeRow } from '../../core/explain/rowHint';
import { tellFailure } from '../host/command';

/** A command that lists sockets and has begun in a terminal. */
export interface TerminalRun {
  readonly terminal: vscode.Terminal;
  /** The command line as it was typed. */
  readonly line: string;
  readonly listing: ListingCommand;
  /** What it prints, until it ends. */
  readonly output: AsyncIterable<string>;
  /** Whether no other command has begun in its terminal. */
  isLast(): boolean;
}

/** What terminals need of the rest of the extension. */
export interface TerminalParts {
  readonly links: vscode.TerminalLinkProvider;
  /** Reads what a command prints, and offers to analyze it when it has ended. */
  read(run: TerminalRun): Promise<void>;
}

/**
 * Registers what looks at terminals: it must be there before a command begins, so it is loaded with
 * the extension, and the rest only where a line or a command is about sockets.
 */
export function registerTerminals(
  context: vscode.ExtensionContext,
  parts: () => Promise<TerminalParts>,
): void {
  const last = new WeakMap<vscode.Terminal, vscode.TerminalShellExecution>();
  context.subscriptions.push(
    vscode.window.registerTerminalLinkProvider({
      provideTerminalLinks: async (place, token) =>
        mayBeRow(place.line) ? (await parts()).links.provideTerminalLinks(place, token) : [],
      handleTerminalLink: async link => (await parts()).links.handleTerminalLink(link),
    }),
    vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      last.set(terminal, execution);
      const line = execution.commandLine.value;
      const listing = listingCommand(line);
      if (
        listing === undefined ||
        vscode.workspace.getConfiguration('netstatLens').get('terminal') === 'off'
      ) {
        return;
      }
      // What is printed before this call is lost.
      const output = execution.read();
      const isLast = (): boolean => last.get(terminal) === execution;
      parts()
        .then(terminals => terminals.read({ terminal, line, listing, output, isLast }))
        .catch((error: unknown) => tellFailure('terminal', error));
    }),
  );
}
