import * as vscode from 'vscode';

import type { Capture } from '../../core/capture/capture';
import { Schedule } from '../../core/capture/schedule';
import { type SnapshotCounts, snapshotCounts } from '../../core/capture/snapshotLine';
import { SnapshotLog } from '../../core/capture/snapshotLog';
import { label } from '../../core/wording/statement';
import { uncut } from '../../core/wording/text';
import { socketCount } from '../../core/wording/units';
import { WORDS } from '../../core/wording/words';
import type { CaptureFiles } from './captureFiles';
import { showCapture } from './captureEditor';
import { localized, localizer } from '../host/localization';
import { Disposable } from '../host/disposable';
import { reasonOf } from '../host/command';
import { messageText } from '../host/labels';
import { log } from '../host/log';
import { isShown } from '../host/tabs';

const TEXTS = {
  name: label('Netstat Watch'),
  resume: label('Resume'),
  pause: label('Pause'),
  stop: label('Stop'),
  show: label('Show Latest Snapshot'),
  scrolls: label('The editor follows new snapshots as long as its end is visible.'),
  ended: label('Netstat Lens: {reason} The watch has ended.'),
  sockets: label('{sockets}, {closeWait} CLOSE_WAIT'),
  paused: label('Watch of {host} paused, snapshots so far: {count}'),
  watching: label('Watching {host} every {seconds} s, snapshots so far: {count}'),
};

/** Captures that may fail one after the other before a watch gives up. */
const MOST_FAILURES = 3;
/** A tab that is moved to another group is closed and opened again. */
const MOVE_MS = 300;

/** For when-clauses: `running`, `paused` or not set; and the names of the watched files. */
const STATE_KEY = 'netstatLens.watch';
const FILES_KEY = 'netstatLens.watchedFiles';

type State = 'running' | 'paused' | 'ended';

/** Takes snapshots into one growing document, until that is closed. */
export class SocketWatch extends Disposable {
  private readonly log: SnapshotLog;
  private schedule: Schedule;
  private state: State = 'running';
  private uri: vscode.Uri | undefined;
  private host = '';
  private counts: SnapshotCounts | undefined;
  private failures = 0;
  private taken = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly cancellation = this.register(new vscode.CancellationTokenSource());
  /** Editors that showed the end when something was added, and so go on showing it. */
  private following: readonly vscode.TextEditor[] = [];
  private readonly status = this.register(
    vscode.window.createStatusBarItem('netstatLens.watch', vscode.StatusBarAlignment.Left),
  );

  public constructor(
    private readonly files: CaptureFiles,
    /** Seconds. */
    private readonly interval: number,
    /** Characters that are kept. */
    history: number,
    private readonly machine: {
      readonly capture: (token: vscode.CancellationToken) => Promise<Capture | undefined>;
      readonly close: () => void;
    },
  ) {
    super();
    this.register({ dispose: () => machine.close() });
    this.log = new SnapshotLog(history);
    this.schedule = new Schedule(interval * 1000);
    this.status.name = localized(TEXTS.name);
    this.status.command = 'netstatLens.watchActions';
    this.register(
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) {
          setTimeout(() => this.stopUnlessShown(), MOVE_MS);
        }
      }),
    );
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.isOurs(document)) {
          this.follow(document);
        }
      }),
    );
  }

  public get ended(): boolean {
    return this.state === 'ended';
  }

  /** Takes the first snapshot and shows it; throws where that is not possible. */
  public async start(): Promise<void> {
    try {
      await this.take(new Date(this.schedule.next(Date.now())));
    } catch (error) {
      this.stop();
      throw error;
    }
    if (this.uri === undefined) {
      this.stop();
      return;
    }
    revealEnd(await showCapture(this.uri));
    this.planNext();
    this.tellState();
  }

  public pause(): void {
    if (this.state === 'running') {
      clearTimeout(this.timer);
      this.state = 'paused';
      this.tellState();
    }
  }

  public resume(): void {
    if (this.state === 'paused') {
      this.state = 'running';
      this.schedule = new Schedule(this.interval * 1000);
      this.planNext();
      this.tellState();
    }
  }

  /** Ends the watch; its document stays. */
  public stop(): void {
    this.dispose();
  }

  /** Lets the user choose what to do with the watch. */
  public async offerActions(): Promise<void> {
    const { uri } = this;
    if (uri === undefined) {
      return;
    }
    const actions: (vscode.QuickPickItem & { readonly run: () => unknown })[] = [
      this.state === 'paused'
        ? { label: `$(debug-start) ${localized(TEXTS.resume)}`, run: () => this.resume() }
        : { label: `$(debug-pause) ${localized(TEXTS.pause)}`, run: () => this.pause() },
      { label: `$(debug-stop) ${localized(TEXTS.stop)}`, run: () => this.stop() },
      {
        label: `$(go-to-file) ${localized(TEXTS.show)}`,
        detail: localized(TEXTS.scrolls),
        run: async () => revealEnd(await showCapture(uri)),
      },
      {
        label: `$(graph) ${localized(WORDS.analyzeSockets)}`,
        run: () => vscode.commands.executeCommand('netstatLens.analyze', uri),
      },
    ];
    const picked = await vscode.window.showQuickPick(actions, { title: this.summary() });
    await picked?.run();
  }

  public override dispose(): void {
    if (this.ended) {
      return;
    }
    this.state = 'ended';
    clearTimeout(this.timer);
    // Ends the program that may be running.
    this.cancellation.cancel();
    this.tellState();
    super.dispose();
  }

  private planNext(): void {
    if (this.state !== 'running') {
      return;
    }
    const now = Date.now();
    const due = this.schedule.next(now);
    this.timer = setTimeout(() => void this.turn(new Date(due)), Math.max(0, due - now));
  }

  private async turn(time: Date): Promise<void> {
    try {
      await this.take(time);
      this.failures = 0;
    } catch (error) {
      log().warn('watch', error);
      if (++this.failures === MOST_FAILURES) {
        this.stop();
        void vscode.window.showErrorMessage(
          localized(TEXTS.ended, { reason: uncut(messageText(reasonOf(error))) }),
        );
      }
    }
    this.planNext();
    this.tellState();
  }

  private async take(time: Date): Promise<void> {
    const captured = await this.machine.capture(this.cancellation.token);
    // Also what comes after "pause" is left out: the user wants the document to stand still.
    if (captured === undefined || this.state !== 'running') {
      return;
    }
    const { text, counters, dump, host } = captured;
    this.taken++;
    this.host = host;
    this.counts = snapshotCounts(dump);
    this.log.add(time, text, counters);
    this.uri ??= this.files.newUri(host, time);
    this.following = vscode.window.visibleTextEditors.filter(
      editor => this.isOurs(editor.document) && showsEnd(editor),
    );
    this.files.set(this.uri, this.log.text);
  }

  private isOurs(document: vscode.TextDocument): boolean {
    return document.uri.toString() === this.uri?.toString();
  }

  private follow(document: vscode.TextDocument): void {
    for (const editor of this.following) {
      if (editor.document === document) {
        revealEnd(editor);
      }
    }
  }

  private stopUnlessShown(): void {
    if (!this.ended && this.uri !== undefined && !isShown(this.uri)) {
      this.stop();
    }
  }

  private tellState(): void {
    const { state, status, uri } = this;
    const setKey = (key: string, value: unknown): void =>
      void vscode.commands.executeCommand('setContext', key, value);
    if (state === 'ended') {
      status.hide();
      setKey(STATE_KEY, undefined);
      setKey(FILES_KEY, []);
      return;
    }
    const closeWait = this.counts?.stateCounts['CLOSE-WAIT'] ?? 0;
    const sockets = localized(TEXTS.sockets, {
      sockets: socketCount(this.counts?.sockets ?? 0, localizer()),
      closeWait,
    });
    status.text = `$(${state === 'paused' ? 'debug-pause' : 'pulse'}) ${sockets}`;
    status.tooltip = this.summary();
    status.accessibilityInformation = { label: `${this.summary()}: ${sockets}`, role: 'button' };
    status.show();
    setKey(STATE_KEY, state);
    setKey(FILES_KEY, uri === undefined ? [] : [uri.path.slice(1)]);
  }

  private summary(): string {
    return this.state === 'paused'
      ? localized(TEXTS.paused, { host: this.host, count: this.taken })
      : localized(TEXTS.watching, { host: this.host, count: this.taken, seconds: this.interval });
  }
}

function showsEnd({ document, visibleRanges }: vscode.TextEditor): boolean {
  const last = visibleRanges.at(-1)?.end.line ?? 0;
  // The last line is empty.
  return last >= document.lineCount - 2;
}

function revealEnd(editor: vscode.TextEditor): void {
  const last = editor.document.lineCount - 1;
  editor.revealRange(new vscode.Range(last, 0, last, 0));
}
