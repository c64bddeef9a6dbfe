import type * as vscode from 'vscode';

import type { Capture } from '../../core/capture/capture';
import type { CaptureTool } from '../../core/capture/commands';
import type { ExcludedRange } from '../../core/knowledge/excludedPorts';

export type CaptureOutcome =
  | { readonly kind: 'captured'; readonly capture: Capture }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

/** A machine whose sockets can be listed; a web worker has none. */
export interface SocketSource {
  /** `counters` says whether the system's counters are wanted, too. */
  capture(
    tool: CaptureTool | 'auto',
    counters: boolean,
    token: vscode.CancellationToken,
  ): Promise<CaptureOutcome>;
  /** The ranges of ports that Windows has reserved; null on other systems. */
  excludedPorts(transport: 'tcp' | 'udp'): Promise<readonly ExcludedRange[] | null>;
}
