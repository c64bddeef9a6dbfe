import * as vscode from 'vscode';

import type { Capture } from '../../core/capture/capture';
import type { CaptureTool } from '../../core/capture/commands';
import type { ExcludedRange } from '../../core/knowledge/excludedPorts';
import { CaptureError, Capturer, CaptureStopped, thisMachine } from '../../node/capturer';
import { listExcludedPorts } from '../../node/excludedPorts';
import type { CaptureOutcome, SocketSource } from '../capture/captureSource';

/** The sockets of the machine that this extension host runs on. */
export class LocalSockets implements SocketSource {
  private known:
    | {
        readonly tool: CaptureTool | 'auto';
        readonly counters: boolean;
        readonly capturer: Capturer;
      }
    | undefined;

  public async capture(
    tool: CaptureTool | 'auto',
    counters: boolean,
    token: vscode.CancellationToken,
  ): Promise<CaptureOutcome> {
    if (this.known?.tool !== tool || this.known.counters !== counters) {
      const capturer = new Capturer(thisMachine(workspaceFolders), tool, counters);
      this.known = { tool, counters, capturer };
    }
    const controller = new AbortController();
    const subscription = token.onCancellationRequested(() => controller.abort());
    try {
      const capture: Capture = await this.known.capturer.capture(controller.signal);
      return { kind: 'captured', capture };
    } catch (error) {
      if (error instanceof CaptureStopped) {
        return { kind: 'stopped' };
      }
      if (error instanceof CaptureError) {
        return { kind: 'failed', reason: error.message };
      }
      throw error;
    } finally {
      subscription.dispose();
    }
  }

  public excludedPorts(transport: 'tcp' | 'udp'): Promise<readonly ExcludedRange[] | null> {
    return listExcludedPorts(thisMachine(workspaceFolders), transport);
  }
}

/** Nothing that lies in these is ever run. */
function workspaceFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}
