import * as vscode from 'vscode';

import { type SnapshotCounts, snapshotCountsInSteps } from '../../core/capture/snapshotLine';
import { datedSnapshot } from '../../core/capture/snapshotLog';
import { type Dump, isEmpty } from '../../core/reading/dump';
import { CUT, drawsOnScreen, terminalText } from '../../core/reading/around/terminalText';
import { closeWaitText } from '../../core/report/closeWaitText';
import { contentText } from '../../core/report/content';
import { label } from '../../core/wording/statement';
import { WORDS } from '../../core/wording/words';
import type { CaptureFiles } from '../capture/captureFiles';
import { registerCommand } from '../host/command';
import { Disposable } from '../host/disposable';
import { labelText, messageText } from '../host/labels';
import { localized, localizer } from '../host/localization';
import { SECTION, setting } from '../host/settings';
import { inSlices } from '../host/slices';
import { openOutput, readOutput } from './terminalDumps';
import type { TerminalRun } from './terminals';

const TEXTS = {
  name: label('Netstat Terminal Output'),
  none: label(
    'No terminal has printed sockets since this window opened. It takes shell integration: without it, select the rows and run "Analyze Terminal Selection".',
  ),
  off: label(
    'The output of terminals is not read: the setting {setting} is off. "Analyze Terminal Selection" works all the same.',
  ),
  screen: label(
    '{command} drew on the alternate screen, as pagers and watch do, so it left no output to read. Watch Sockets shows how sockets change.',
  ),
  long: label(
    '{command} printed more than {size} MB, which is not kept. Write it to a file and open that.',
  ),
};

/** Characters of one command's output that are kept, and of all terminals together. */
const LONGEST = 16 * 1024 * 1024;
const MOST_KEPT = 3 * LONGEST;

/** What is known of the last command of a terminal that listed sockets. */
interface Kept {
  /** The command line as it was typed. */
  readonly line: string;
  /** The dump; without it, why there is none. */
  readonly text: string;
  readonly without?: 'screen' | 'long';
  /** What the status bar says of it. */
  readonly summary: string;
  /** Whether the status bar still offers it. */
  isOffered: boolean;
}

/** Registers "Analyze Last Terminal Command"; returns what reads the commands of terminals. */
export function registerTerminalOutput(
  context: vscode.ExtensionContext,
  files: CaptureFiles,
): (run: TerminalRun) => Promise<void> {
  const output = new TerminalOutput(files);
  context.subscriptions.push(
    output,
    registerCommand('netstatLens.analyzeTerminalCommand', () => output.analyze()),
  );
  return run => output.read(run);
}

/** Keeps what the last command of each terminal printed, in memory only, and offers to analyze it. */
class TerminalOutput extends Disposable {
  /** The oldest first. */
  private readonly kept = new Map<vscode.Terminal, Kept>();
  private status: vscode.StatusBarItem | undefined;

  public constructor(private readonly files: CaptureFiles) {
    super();
    const { window } = vscode;
    this.register(window.onDidChangeActiveTerminal(() => this.tell()));
    this.register(
      window.onDidStartTerminalShellExecution(({ terminal }) => {
        const kept = this.kept.get(terminal);
        if (kept !== undefined) {
          kept.isOffered = false;
          this.tell();
        }
      }),
    );
    this.register(
      window.onDidCloseTerminal(terminal => {
        this.kept.delete(terminal);
        this.tell();
      }),
    );
    this.register(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration(`${SECTION}.terminal`) && setting('terminal') === 'off') {
          this.kept.clear();
          this.tell();
        }
      }),
    );
  }

  /** Reads what a command prints, to its end. */
  public async read(run: TerminalRun): Promise<void> {
    const { terminal, line, listing } = run;
    const printed = await collect(run.output);
    if (setting('terminal') === 'off' || terminal.exitStatus !== undefined) {
      return;
    }
    if (printed.without !== undefined) {
      this.keep(terminal, { ...printed, line, summary: '', isOffered: false });
      return;
    }
    const prompt = `${listing.host ?? ''}$ ${listing.command.replace(/\s/g, ' ')}\n`;
    const text = datedSnapshot(new Date(), prompt, printed.text.replace(/^\n+/, ''));
    const dump = await readOutput(text);
    if (!isEmpty(dump)) {
      const summary = summaryOf(await inSlices(snapshotCountsInSteps(dump)), dump);
      this.keep(terminal, { line, text, summary, isOffered: run.isLast() });
    }
  }

  /** Opens what the active terminal printed last, else what any did. */
  public async analyze(): Promise<void> {
    const active = vscode.window.activeTerminal;
    const kept = (active && this.kept.get(active)) ?? [...this.kept.values()].at(-1);
    if (kept === undefined) {
      const name = `${SECTION}.terminal`;
      const isOff = setting('terminal') === 'off';
      void vscode.window.showInformationMessage(
        isOff ? localized(TEXTS.off, { setting: name }) : localized(TEXTS.none),
      );
    } else if (kept.without === undefined) {
      await openOutput(this.files, kept.line, kept.text);
    } else {
      await tellWithout(kept.without, kept.line);
    }
  }

  private keep(terminal: vscode.Terminal, kept: Kept): void {
    this.kept.delete(terminal);
    this.kept.set(terminal, kept);
    let size = 0;
    for (const { text } of this.kept.values()) {
      size += text.length;
    }
    for (const [other, { text }] of this.kept) {
      if (size > MOST_KEPT) {
        this.kept.delete(other);
        size -= text.length;
      }
    }
    this.tell();
  }

  /** Shows the offer of the active terminal. */
  private tell(): void {
    const active = vscode.window.activeTerminal;
    const kept = active && this.kept.get(active);
    if (kept?.isOffered !== true) {
      this.status?.hide();
      return;
    }
    const status = (this.status ??= this.newStatus());
    const text = `${kept.summary} · ${localized(WORDS.analyze)}`;
    status.text = `$(graph) ${labelText(text)}`;
    status.tooltip = kept.line;
    status.accessibilityInformation = { label: text, role: 'button' };
    status.show();
  }

  private newStatus(): vscode.StatusBarItem {
    const status = this.register(
      vscode.window.createStatusBarItem('netstatLens.terminal', vscode.StatusBarAlignment.Left),
    );
    status.name = localized(TEXTS.name);
    status.command = 'netstatLens.analyzeTerminalCommand';
    return status;
  }
}

/** What a command prints; to its end, also where it is not wanted, since it would pile up. */
async function collect(output: AsyncIterable<string>): Promise<Pick<Kept, 'text' | 'without'>> {
  let chunks: string[] = [];
  let size = 0;
  let end = '';
  let without: Kept['without'];
  for await (const chunk of output) {
    if (without === undefined) {
      chunks.push(chunk);
      size += chunk.length;
      without = drawsOnScreen(end + chunk) ? 'screen' : size > LONGEST ? 'long' : undefined;
      end = chunk.slice(-CUT);
    } else {
      chunks = [];
    }
  }
  return without === undefined ? { text: terminalText(chunks.join('')) } : { text: '', without };
}

function summaryOf({ sockets, closeWait }: SnapshotCounts, { snapshots }: Dump): string {
  const stuck = closeWaitText(closeWait, localizer());
  return [
    contentText(sockets, snapshots, localizer()),
    ...(stuck === undefined ? [] : [stuck]),
  ].join(' · ');
}

async function tellWithout(without: 'screen' | 'long', line: string): Promise<void> {
  const command = messageText(line);
  if (without === 'long') {
    const size = LONGEST / 1024 / 1024;
    void vscode.window.showInformationMessage(localized(TEXTS.long, { command, size }));
    return;
  }
  const watch = localized(WORDS.watchSockets);
  const answer = await vscode.window.showInformationMessage(
    localized(TEXTS.screen, { command }),
    watch,
  );
  if (answer === watch) {
    await vscode.commands.executeCommand('netstatLens.watch');
  }
}
