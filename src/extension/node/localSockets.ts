import { homedir } from 'node:os';

import * as vscode from 'vscode';

import type { CaptureTool } from '../../core/capture/commands';
import type { ExcludedRange } from '../../core/knowledge/excludedPorts';
import { WordsError } from '../../core/capture/shellWords';
import { viaOfWords } from '../../core/capture/via';
import {
  CaptureError,
  Capturer,
  CaptureStopped,
  type Machine,
  thisMachine,
} from '../../node/capturer';
import { listExcludedPorts } from '../../node/excludedPorts';
import { RemoteMachine } from '../../node/remoteMachine';
import { LISTERS, runningTargets, sshTargets } from '../../node/targets';
import type {
  CaptureOutcome,
  SocketMachine,
  SocketSource,
  SocketTarget,
} from '../capture/captureSource';

/** The sockets of the machine that this extension host runs on, and of those that it reaches. */
export class LocalSockets implements SocketSource {
  public open(words?: readonly string[]): SocketMachine {
    return new OpenMachine(words);
  }

  public excludedPorts(transport: 'tcp' | 'udp'): Promise<readonly ExcludedRange[] | null> {
    return listExcludedPorts(thisMachine(workspaceFolders), transport);
  }

  public async find(
    found: (group: string, targets: readonly SocketTarget[]) => void,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const { signal, dispose } = signalOf(token);
    const lists = [
      ['ssh', sshTargets(homedir())] as const,
      ...LISTERS.map(
        lister => [lister, runningTargets(lister, places(), homedir(), signal)] as const,
      ),
    ];
    try {
      await Promise.all(
        lists.map(async ([group, targets]) => {
          found(group, await targets);
        }),
      );
    } finally {
      dispose();
    }
  }
}

class OpenMachine implements SocketMachine {
  private machine: Machine | RemoteMachine | undefined;
  private known:
    | {
        readonly tool: CaptureTool | 'auto';
        readonly counters: boolean;
        readonly capturer: Capturer;
      }
    | undefined;

  public constructor(private readonly words: readonly string[] | undefined) {}

  public async capture(
    tool: CaptureTool | 'auto',
    counters: boolean,
    token: vscode.CancellationToken,
  ): Promise<CaptureOutcome> {
    const { signal, dispose } = signalOf(token);
    try {
      if (this.known?.tool !== tool || this.known.counters !== counters) {
        // What runs on the other side lists what was wanted before.
        this.close();
        this.machine = machineOf(this.words);
        this.known = { tool, counters, capturer: new Capturer(this.machine, tool, counters) };
      }
      return { kind: 'captured', capture: await this.known.capturer.capture(signal) };
    } catch (error) {
      if (error instanceof CaptureStopped) {
        return { kind: 'stopped' };
      }
      if (error instanceof CaptureError) {
        return { kind: 'failed', reason: error.message, offer: error.offer };
      }
      if (error instanceof WordsError) {
        return { kind: 'failed', reason: error.message };
      }
      throw error;
    } finally {
      dispose();
    }
  }

  public close(): void {
    if (this.machine !== undefined && 'close' in this.machine) this.machine.close();
  }
}

function machineOf(words: readonly string[] | undefined): Machine | RemoteMachine {
  return words === undefined
    ? thisMachine(workspaceFolders)
    : new RemoteMachine(viaOfWords(words), { places: places(), cwd: homedir() });
}

function places() {
  return { platform: process.platform, env: process.env, distrusted: workspaceFolders() };
}

function signalOf(token: vscode.CancellationToken) {
  const controller = new AbortController();
  if (token.isCancellationRequested) {
    controller.abort();
  }
  const subscription = token.onCancellationRequested(() => controller.abort());
  return { signal: controller.signal, dispose: () => void subscription.dispose() };
}

/** Nothing that lies in these is ever run. */
function workspaceFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}
