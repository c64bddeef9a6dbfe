import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

import { kill, type Outcome, type RunOptions, spawning } from './runProgram';

/** How long a program may take to end once its input has. */
const FAREWELL_MS = 1000;
/** What a connection says when it fails is short; the rest of a long text is not kept. */
const MOST_ERRORS = 16_384;

type Asking = Pick<RunOptions, 'timeout' | 'limit' | 'signal'>;

/** A program that answers line after line, and outlives neither its use nor this process. */
export class Connection {
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private output: Buffer[] = [];
  private size = 0;
  private readonly errors: Buffer[] = [];
  private errorSize = 0;
  private outcome: Outcome | undefined;
  /** Looks whether what is waited for has come. */
  private look: () => void = () => undefined;
  private readonly leave = (): void => kill(this.child);

  public constructor(
    file: string,
    args: readonly string[],
    place: Pick<RunOptions, 'cwd' | 'env'>,
  ) {
    this.child = spawn(file, args, { ...spawning(), ...place, stdio: ['pipe', 'pipe', 'pipe'] });
    process.on('exit', this.leave);
    this.child.stdout.on('data', (chunk: Buffer) => {
      this.output.push(chunk);
      this.size += chunk.length;
      this.look();
    });
    this.child.stderr.on('data', (chunk: Buffer) => {
      if (this.errorSize < MOST_ERRORS) this.errors.push(chunk);
      this.errorSize += chunk.length;
    });
    // That it has ended is told by its end.
    this.child.stdin.on('error', () => undefined);
    this.child.once('error', error => this.ended({ kind: 'failed', reason: error.message }));
    // What it leaves in the background (ssh's shared connection) may hold the pipes open.
    this.child.once('exit', status => {
      const end = (): void => this.ended({ kind: 'done', status, ...this.said() });
      // What it has printed by then is read first, however late the timer comes.
      setTimeout(() => setImmediate(end), FAREWELL_MS / 4).unref();
      this.child.once('close', end);
    });
  }

  /** Whether it answers no more. */
  public get isEnded(): boolean {
    return this.outcome !== undefined;
  }

  /**
   * What it prints from now up to `end`, after a line that asks for it. Else how it has ended: it
   * answers no more then.
   */
  public async ask(end: string, { timeout, limit, signal }: Asking): Promise<string | Outcome> {
    if (signal?.aborted === true) {
      this.close();
      return { kind: 'aborted' };
    }
    return new Promise(resolve => {
      const finish = (result: string | Outcome): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        this.look = () => undefined;
        this.output = [];
        this.size = 0;
        resolve(result);
        if (typeof result !== 'string') this.close();
      };
      const timer = setTimeout(() => finish({ kind: 'timeout' }), timeout);
      const abort = (): void => finish({ kind: 'aborted' });
      signal?.addEventListener('abort', abort);
      this.look = () => {
        if (this.tail(end.length).includes(end)) {
          finish(this.said().output.toString('latin1'));
        } else if (this.size > limit) {
          finish({ kind: 'limit' });
        } else if (this.outcome !== undefined) {
          finish(this.outcome);
        }
      };
      this.child.stdin.write('\n');
      this.look();
    });
  }

  /** Ends it: by the end of its input, and then by force. */
  public close(): void {
    this.child.stdin.end();
    if (this.outcome === undefined) {
      setTimeout(this.leave, FAREWELL_MS).unref();
    }
  }

  private ended(outcome: Outcome): void {
    this.outcome ??= outcome;
    process.off('exit', this.leave);
    this.child.stdout.destroy();
    this.child.stderr.destroy();
    kill(this.child);
    this.look();
  }

  private said() {
    return { output: Buffer.concat(this.output), errors: Buffer.concat(this.errors) };
  }

  /** The last chunk, and as much before it as an end that was cut may need. */
  private tail(length: number): string {
    let tail = '';
    for (let i = this.output.length - 1; i >= 0; i--) {
      tail = this.output[i]!.toString('latin1') + tail;
      if (i < this.output.length - 1 && tail.length - this.output.at(-1)!.length >= length) {
        break;
      }
    }
    return tail;
  }
}
