import { randomBytes } from 'node:crypto';
import path from 'node:path';

import { captureCommands, type CaptureTool, PROC_COUNTERS } from '../core/capture/commands';
import { netToolsTextOf, PROC_LISTS } from '../core/capture/procNetTools';
import {
  endOfAnswer,
  readAnswer,
  readyToAnswer,
  type RemoteAnswer,
  remoteScript,
} from '../core/capture/remoteScript';
import { adviceVia, commandVia, hostVia, type Via } from '../core/capture/via';
import { decodeBytes } from '../core/reading/input/encoding';
import {
  CaptureError,
  CaptureStopped,
  LIMIT_BYTES,
  type Machine,
  type MachineElsewhere,
  reasonOf,
  TIMEOUT_MS,
} from './capturer';
import { Connection } from './connection';
import { findProgram, type Places, userEnvironment } from './findProgram';
import { type Outcome, runProgram, type RunOptions } from './runProgram';

/** What is said of a program that is not there, by runtimes, by sudo and nsenter, by Windows. */
const NO_PROGRAM = /not found|no such file|not recognized/i;

interface Reached {
  readonly places: Places;
  readonly cwd: string;
  readonly timeout?: number;
}

/**
 * A machine, container or namespace that commands are run on through a prefix. It is reached once
 * for all captures, as long as that holds.
 */
export class RemoteMachine implements MachineElsewhere {
  private readonly token = `netstat-lens-${randomBytes(8).toString('hex')}`;
  private connection: Connection | undefined;
  /** Whether what is written to the prefix arrives on the other side, as far as is known. */
  private passesInput = true;
  private direct: DirectMachine | undefined;
  private readonly timeout: number;

  public constructor(
    private readonly via: Via,
    private readonly reached: Reached,
  ) {
    this.timeout = reached.timeout ?? TIMEOUT_MS;
  }

  public async answer(
    tool: CaptureTool | 'auto',
    counters: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Machine> {
    if (this.direct !== undefined) {
      return this.direct;
    }
    const { token, via } = this;
    const running = { ...(await this.place()), timeout: this.timeout, limit: LIMIT_BYTES, signal };
    const file = await this.program();
    if (this.connection?.isEnded !== false) {
      const script = remoteScript({ token, tool, counters, again: this.passesInput });
      const args = commandVia(via, ['sh', '-c', script], this.passesInput).slice(1);
      this.connection = new Connection(file, args, running);
    }
    const said = await this.connection.ask(endOfAnswer(token), running);
    if (typeof said === 'string') {
      const answer = readAnswer(said, token);
      if (answer !== undefined) {
        return new AnsweredMachine(via, answer, tool);
      }
    }
    this.close();
    if (signal?.aborted === true) {
      throw new CaptureStopped();
    }
    const outcome: Outcome =
      typeof said === 'string' ? { kind: 'failed', reason: 'it answered nothing' } : said;
    if (outcome.kind === 'done') {
      const printed = decodeBytes(outcome.output).text;
      if (this.passesInput && outcome.status === 0 && printed.includes(readyToAnswer(token))) {
        this.passesInput = false;
        return this.answer(tool, counters, signal);
      }
      const errors = decodeBytes(outcome.errors).text;
      if (lacksShell(printed + errors)) {
        const platform = /not recognized/i.test(errors) ? 'win32' : 'linux';
        this.direct = new DirectMachine(via, file, running, platform);
        return this.direct;
      }
    }
    throw new CaptureError(this.reasonOf(outcome));
  }

  /** Ends the connection. */
  public close(): void {
    this.connection?.close();
    this.connection = undefined;
  }

  private async place(): Promise<Pick<RunOptions, 'cwd' | 'env'>> {
    const { cwd, places } = this.reached;
    return { cwd, env: await userEnvironment(places) };
  }

  /** The prefix's program: where systems have theirs, or where the user says. */
  private async program(): Promise<string> {
    const { places } = this.reached;
    const [word = ''] = this.via.words;
    if ((places.platform === 'win32' ? path.win32 : path.posix).isAbsolute(word)) {
      return word;
    }
    const names =
      places.platform === 'win32'
        ? [`${word.replace(/\.exe$/i, '')}.exe`, `OpenSSH\\${word.replace(/\.exe$/i, '')}.exe`]
        : [word];
    for (const name of /[/\\]/.test(word) ? [] : names) {
      const found = await findProgram(name, places);
      if (found !== undefined) {
        return found;
      }
    }
    throw new CaptureError(`${word} is not found; where it is installed, give its whole path`);
  }

  private reasonOf(outcome: Outcome): string {
    if (outcome.kind !== 'done') {
      const asked = this.via.asks.size > 0 && outcome.kind === 'timeout';
      return reasonOf(outcome) + (asked ? ', or waits for an answer that it cannot get here' : '');
    }
    const { token } = this;
    const errors = decodeBytes(outcome.errors).text;
    const output = decodeBytes(outcome.output).text;
    // What was to be run is in none of the reasons: it is long, and helps with nothing.
    const [said = ''] = [errors, output].map(text => lastLines(text, token)).filter(Boolean);
    const reason =
      said ||
      ((errors + output).includes(token)
        ? 'it printed the command that it was to run'
        : `it ended with status ${outcome.status}`);
    const advice = adviceVia(this.via, said);
    return advice === '' ? reason : `${reason} (${advice})`;
  }
}

/** What a machine's shell answered, as if its tools were asked one by one. */
class AnsweredMachine implements Machine {
  public readonly platform: string;
  public readonly host: string;
  public readonly privileged: boolean | null;

  public constructor(
    via: Via,
    private readonly answer: RemoteAnswer,
    private readonly tool: CaptureTool | 'auto',
  ) {
    this.platform = answer.platform;
    this.privileged = answer.privileged;
    this.host = hostVia(via, answer.host);
  }

  public find(program: string): Promise<string | undefined> {
    const isMissing = this.commands().some(
      (command, i) => command.program === program && this.answer.runs.get(i) === null,
    );
    return Promise.resolve(isMissing ? undefined : program);
  }

  public run(file: string, args: readonly string[]): Promise<Outcome> {
    const done = (status: number, output: string, errors: string): Promise<Outcome> =>
      Promise.resolve({
        kind: 'done',
        status,
        output: Buffer.from(output, 'latin1'),
        errors: Buffer.from(errors, 'latin1'),
      });
    const typed = args.join(' ');
    const index = this.commands().findIndex(
      ({ program, runs }) => program === file && runs.some(words => words.join(' ') === typed),
    );
    if (index < 0) {
      return done(0, this.answer.counters, '');
    }
    if (this.commands()[index]!.runs[0]!.join(' ') !== typed) {
      // What the runs of one command print came together, with the first.
      return done(0, '', '');
    }
    const run = this.answer.runs.get(index);
    return run
      ? done(run.status, run.output, run.errors)
      : Promise.resolve({ kind: 'failed', reason: 'it was not tried' });
  }

  public lists(): Promise<string | undefined> {
    const run = this.answer.runs.get(this.commands().findIndex(({ program }) => program === null));
    return Promise.resolve(
      run?.status === 0
        ? netToolsTextOf(run.output, !run.errors.includes('Permission denied'))
        : undefined,
    );
  }

  public counterLists(): Promise<string> {
    return Promise.resolve(this.answer.counters);
  }

  private commands() {
    return captureCommands(this.platform, this.tool);
  }
}

/** A machine without a shell: each tool takes a run of the prefix. */
class DirectMachine implements Machine {
  public readonly host: string;
  public readonly privileged = null;
  public readonly instead: Via['instead'];
  private readonly missing = new Set<string>();

  public constructor(
    private readonly via: Via,
    private readonly prefix: string,
    private readonly running: RunOptions,
    public readonly platform: 'linux' | 'win32',
  ) {
    this.host = hostVia(via, '');
    this.instead = via.instead;
  }

  public find(program: string): Promise<string | undefined> {
    return Promise.resolve(this.missing.has(program) ? undefined : program);
  }

  public async run(file: string, args: readonly string[], signal?: AbortSignal): Promise<Outcome> {
    const words = commandVia(this.via, [file, ...args], false).slice(1);
    const outcome = await runProgram(this.prefix, words, { ...this.running, signal });
    const hasFailed = outcome.kind === 'done' && outcome.status !== 0;
    if (hasFailed && NO_PROGRAM.test(decodeBytes(outcome.errors).text)) {
      this.missing.add(file);
      return { kind: 'failed', reason: 'it is not installed' };
    }
    return outcome;
  }

  public async lists(signal?: AbortSignal): Promise<string | undefined> {
    return (await this.files(PROC_LISTS, signal)) || undefined;
  }

  public counterLists(): Promise<string> {
    return this.files(PROC_COUNTERS);
  }

  /** Files of /proc/net below their titles, as `head` prints them. */
  private async files(names: readonly string[], signal?: AbortSignal): Promise<string> {
    let text = '';
    for (const name of names) {
      const file = `/proc/net/${name}`;
      const outcome = (await this.find('cat')) && (await this.run('cat', [file], signal));
      if (outcome && outcome.kind === 'done' && outcome.status === 0) {
        text += `\n==> ${file} <==\n${decodeBytes(outcome.output).text}`;
      }
    }
    return text;
  }
}

/** Whether it was said that there is no `sh`. */
function lacksShell(said: string): boolean {
  return said.split('\n').some(line => /\bsh\b/.test(line) && NO_PROGRAM.test(line));
}

/** What a prefix said last, without what it repeats: warnings and banners come first. */
function lastLines(text: string, token: string): string {
  const lines = text.split('\n').map(line => (line.includes(token) ? '' : line.trim()));
  return lines.filter(Boolean).slice(-2).join(' ').slice(0, 400);
}
