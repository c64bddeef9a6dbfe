import * as vscode from 'vscode';

import type { Capture, MissingOwners } from '../../core/capture/capture';
import { asTyped } from '../../core/capture/commands';
import { datedSnapshot } from '../../core/capture/snapshotLog';
import { label } from '../../core/wording/statement';
import { uncut } from '../../core/wording/text';
import { WORDS } from '../../core/wording/words';
import { INTERVAL } from '../../shared/settings';
import { showCapture } from './captureEditor';
import type { CaptureFiles } from './captureFiles';
import type { SocketMachine, SocketSource } from './captureSource';
import { type Picked, pickTarget, targetNamed } from './captureTargets';
import { SocketWatch } from './captureWatch';
import { localized } from '../host/localization';
import { registerCommand } from '../host/command';
import { Disposable } from '../host/disposable';
import { log } from '../host/log';
import { setting } from '../host/settings';
import { registerWhoUsesPort } from '../commands/whoUsesPort';
import type { ExcludedRange } from '../../core/knowledge/excludedPorts';

const TEXTS = {
  capturing: label('Capturing sockets'),
  browser: label(
    'Sockets cannot be captured here: extensions run in the browser, which reaches no tool of any machine. Use VS Code on the desktop or connected to the machine, or open there what "{unix}" or "{windows}" prints.',
  ),
  manageTrust: label('Manage Workspace Trust'),
  restricted: label(
    'Capturing sockets runs a command on this machine, which Restricted Mode does not allow. Trust the workspace, or use a window without one.',
  ),
  failed: label('The sockets of this machine cannot be listed: {reason}'),
  failedOf: label('The sockets of {target} cannot be listed: {reason}'),
  lists: label('This lists them: {command}'),
  captureOf: label('Capture Sockets of…'),
  watchOf: label('Watch Sockets of…'),
  noNames: label('The names of processes take more rights to see: {command}'),
  noProcesses: label(
    'Sockets of processes that you may not see: {count}. This shows them: {command}',
  ),
  interval: label('Seconds between snapshots'),
  range: label('A number from {min} to {max}'),
};

/**
 * Registers "Capture Sockets of This Machine", "Watch Sockets…" and the same of other machines;
 * `source` is undefined if there is no machine, in a web worker.
 */
export function registerCapture(
  context: vscode.ExtensionContext,
  files: CaptureFiles,
  source: SocketSource | undefined,
): void {
  const sockets = new LiveSockets(files, source);
  context.subscriptions.push(
    sockets,
    registerCommand('netstatLens.capture', () => sockets.capture()),
    registerCommand('netstatLens.watch', interval => sockets.watch(interval)),
    registerCommand('netstatLens.captureOf', target => sockets.captureOf(target)),
    registerCommand('netstatLens.watchOf', (target, interval) => sockets.watchOf(target, interval)),
    registerCommand('netstatLens.pauseWatch', () => sockets.current?.pause()),
    registerCommand('netstatLens.resumeWatch', () => sockets.current?.resume()),
    registerCommand('netstatLens.stopWatch', () => sockets.current?.stop()),
    registerCommand('netstatLens.watchActions', () => sockets.current?.offerActions()),
  );
  registerWhoUsesPort(context, sockets, () => sockets.allowed() !== undefined);
}

class LiveSockets extends Disposable {
  private readonly cancellation = this.register(new vscode.CancellationTokenSource());
  private watching: SocketWatch | undefined;
  /** Whether it was said already that owners are missing: once is enough. */
  private toldMissing = false;

  public constructor(
    private readonly files: CaptureFiles,
    private readonly source: SocketSource | undefined,
  ) {
    super();
  }

  /** The watch that goes on; there is one at most. */
  public get current(): SocketWatch | undefined {
    return this.watching?.ended === false ? this.watching : undefined;
  }

  /** Opens the sockets of this machine, as they are now, in an editor. */
  public async capture(): Promise<void> {
    await this.open(await this.snapshot());
  }

  /** The same of a target of the settings, or of what the user picks. */
  public async captureOf(target: unknown): Promise<void> {
    const source = this.allowed();
    const picked =
      source && (targetNamed(target) ?? (await pickTarget(source, localized(TEXTS.captureOf))));
    if (source !== undefined && picked !== undefined) {
      await this.open(await this.snapshotFrom(source, picked));
    }
  }

  private async open(capture: Capture | undefined): Promise<void> {
    if (capture !== undefined) {
      const uri = this.files.newUri(capture.host, capture.time);
      this.files.set(uri, datedSnapshot(capture.time, capture.text, capture.counters));
      await showCapture(uri);
    }
  }

  /** The sockets of this machine as they are now; undefined where they cannot be listed. */
  public async snapshot(): Promise<Capture | undefined> {
    const source = this.allowed();
    return source === undefined ? undefined : this.snapshotFrom(source, {});
  }

  private async snapshotFrom(
    source: SocketSource,
    { words, name }: Picked,
  ): Promise<Capture | undefined> {
    const machine = source.open(words);
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: localized(TEXTS.capturing) },
      async () => {
        try {
          return await this.take(machine, name, 'capture', this.cancellation.token);
        } finally {
          machine.close();
        }
      },
    );
  }

  /** The ranges of ports that a Windows has reserved; null if there are none. */
  public async excludedPorts(transport: 'tcp' | 'udp'): Promise<readonly ExcludedRange[] | null> {
    return (await this.source?.excludedPorts(transport)) ?? null;
  }

  /** Starts a watch with so many seconds between snapshots; asks for them where none are given. */
  public async watch(wanted: unknown): Promise<void> {
    const source = this.allowed();
    if (source !== undefined && !(await this.isWatching())) {
      await this.watchFrom(source, {}, wanted);
    }
  }

  /** The same of a target of the settings, or of what the user picks. */
  public async watchOf(target: unknown, wanted: unknown): Promise<void> {
    const source = this.allowed();
    if (source === undefined || (await this.isWatching())) {
      return;
    }
    const picked = targetNamed(target) ?? (await pickTarget(source, localized(TEXTS.watchOf)));
    if (picked !== undefined) {
      await this.watchFrom(source, picked, wanted);
    }
  }

  /** Offers what to do with the watch that goes on, if there is one. */
  private async isWatching(): Promise<boolean> {
    const { current } = this;
    await current?.offerActions();
    return current !== undefined;
  }

  private async watchFrom(
    source: SocketSource,
    { words, name }: Picked,
    wanted: unknown,
  ): Promise<void> {
    const interval =
      typeof wanted === 'number' && isInterval(wanted) ? wanted : await askInterval();
    if (interval === undefined) {
      return;
    }
    const history = setting('watch.history') * 1024 * 1024;
    const machine = source.open(words);
    this.watching = new SocketWatch(this.files, interval, history, {
      capture: token => this.take(machine, name, 'watch', token),
      close: () => machine.close(),
    });
    await this.watching.start();
  }

  public override dispose(): void {
    // Ends the program that may be running.
    this.cancellation.cancel();
    this.watching?.dispose();
    super.dispose();
  }

  /** The machine, where its sockets may be listed; else says why not. */
  public allowed(): SocketSource | undefined {
    const { source } = this;
    if (source === undefined) {
      void vscode.window.showInformationMessage(
        localized(TEXTS.browser, { unix: 'ss -tunapoeim', windows: 'netstat -ano' }),
      );
      return undefined;
    }
    if (!vscode.workspace.isTrusted) {
      const manage = localized(TEXTS.manageTrust);
      void vscode.window
        .showInformationMessage(localized(TEXTS.restricted), manage)
        .then(answer =>
          answer === manage ? vscode.commands.executeCommand('workbench.trust.manage') : undefined,
        );
      return undefined;
    }
    return source;
  }

  /** Undefined where it was stopped; what fails is told as an error. */
  private async take(
    machine: SocketMachine,
    target: string | undefined,
    purpose: 'capture' | 'watch',
    token: vscode.CancellationToken,
  ): Promise<Capture | undefined> {
    const wanted = setting('capture.counters');
    const counters = wanted === 'always' || wanted === purpose;
    const outcome = await machine.capture(setting('capture.tool'), counters, token);
    switch (outcome.kind) {
      case 'stopped':
        return undefined;
      case 'failed':
        return failed(target, outcome.reason, outcome.offer);
      case 'captured':
        log().debug(
          `Captured ${outcome.capture.dump.table.length} sockets: ${asTyped(outcome.capture.command)}`,
        );
        this.tellMissing(outcome.capture.missing);
        return outcome.capture;
    }
  }

  private tellMissing(missing: MissingOwners | undefined): void {
    if (missing === undefined || this.toldMissing) {
      return;
    }
    this.toldMissing = true;
    const { command, needs } = missing.command;
    const typed = needs === 'root' ? `sudo ${command}` : command;
    const message =
      missing.named === 'pid'
        ? localized(TEXTS.noNames, { command: typed })
        : localized(TEXTS.noProcesses, { count: missing.sockets, command: typed });
    offerCommand(message, typed);
  }
}

function offerCommand(message: string, command: string): void {
  const copy = localized(WORDS.copyCommand);
  void vscode.window
    .showInformationMessage(message, copy)
    .then(answer => (answer === copy ? vscode.env.clipboard.writeText(command) : undefined));
}

/** Throws what became of a capture; where a command would tell more, that is offered beside it. */
function failed(target: string | undefined, said: string, offer: string | undefined): never {
  const reason = uncut(said);
  const message =
    target === undefined
      ? localized(TEXTS.failed, { reason })
      : localized(TEXTS.failedOf, { target, reason });
  if (offer !== undefined) {
    offerCommand(localized(TEXTS.lists, { command: offer }), offer);
  }
  throw new Error(message);
}

async function askInterval(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: localized(WORDS.watchSockets),
    prompt: localized(TEXTS.interval),
    value: String(setting('watch.interval')),
    validateInput: value =>
      isInterval(Number(value))
        ? undefined
        : localized(TEXTS.range, { min: INTERVAL.min, max: INTERVAL.max }),
  });
  return text === undefined ? undefined : Number(text);
}

/** Whether so many seconds may lie between two snapshots. */
function isInterval(seconds: number): boolean {
  return seconds >= INTERVAL.min && seconds <= INTERVAL.max;
}
