import type * as vscode from 'vscode';

import type { Capture } from '../../core/capture/capture';
import type { CaptureTool } from '../../core/capture/commands';
import type { ExcludedRange } from '../../core/knowledge/excludedPorts';

export type CaptureOutcome =
  | { readonly kind: 'captured'; readonly capture: Capture }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      /** A command that lists the sockets, to be copied. */
      readonly offer?: string | undefined;
    };

/** A machine whose sockets can be listed. */
export interface SocketMachine {
  /** `counters` says whether the system's counters are wanted, too. */
  capture(
    tool: CaptureTool | 'auto',
    counters: boolean,
    token: vscode.CancellationToken,
  ): Promise<CaptureOutcome>;
  /** Ends the connection to it, if there is one. */
  close(): void;
}

/** What is picked from a list, with the words of the prefix that reaches it. */
export interface SocketTarget {
  readonly name: string;
  readonly words: readonly string[];
}

/** Machines whose sockets can be listed; a web worker has none. */
export interface SocketSource {
  /** The machine that a prefix reaches; without one this machine. */
  open(words?: readonly string[]): SocketMachine;
  /** Finds what else can be reached; each group comes when it is known, or not at all. */
  find(
    found: (group: string, targets: readonly SocketTarget[]) => void,
    token: vscode.CancellationToken,
  ): Promise<void>;
  /** The ranges of ports that this machine's Windows has reserved; null on other systems. */
  excludedPorts(transport: 'tcp' | 'udp'): Promise<readonly ExcludedRange[] | null>;
}
