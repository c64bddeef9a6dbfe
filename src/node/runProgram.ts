import { type ChildProcess, spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds after which it is ended. */
  readonly timeout: number;
  /** Bytes of output above which it is ended. */
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/** What became of a program. Only where it is `done` there is output: the rest is cut anywhere. */
export type Outcome =
  | {
      readonly kind: 'done';
      /** Exit status; null where a signal ended it. */
      readonly status: number | null;
      readonly output: Uint8Array;
      readonly errors: Uint8Array;
    }
  | { readonly kind: 'timeout' | 'limit' | 'aborted' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Without a shell, in a process group of its own, which can be ended as a whole. */
export function spawning() {
  return { shell: false, windowsHide: true, detached: process.platform !== 'win32' } as const;
}

/**
 * Runs a program, given by its absolute path, without a shell. It outlives neither the time-out nor
 * this process, and what it has started itself does not outlive it.
 */
export function runProgram(
  file: string,
  args: readonly string[],
  { cwd, env, timeout, limit, signal }: RunOptions,
): Promise<Outcome> {
  if (signal?.aborted === true) {
    return Promise.resolve({ kind: 'aborted' });
  }
  return new Promise(resolve => {
    const child = spawn(file, args, { ...spawning(), cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => end({ kind: 'timeout' }), timeout);
    const abort = (): void => end({ kind: 'aborted' });
    signal?.addEventListener('abort', abort);

    const leave = (): void => kill(child);
    process.on('exit', leave);

    let settled = false;
    const settle = (outcome: Outcome): void => {
      if (settled) {
        return;
      }
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      process.off('exit', leave);
      // Also after its own end: it may have left something in the background.
      kill(child);
      resolve(outcome);
    };
    const end = (outcome: Outcome): void => {
      settle(outcome);
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const collect = (chunks: Buffer[]) => (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) {
        end({ kind: 'limit' });
      }
    };
    child.stdout.on('data', collect(output));
    child.stderr.on('data', collect(errors));
    child.once('error', error => settle({ kind: 'failed', reason: error.message }));
    child.once('close', status =>
      settle({
        kind: 'done',
        status,
        output: Buffer.concat(output),
        errors: Buffer.concat(errors),
      }),
    );
  });
}

/** Ends a program that was started as {@link spawning} says, and what it has started itself. */
export function kill(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      child.kill('SIGKILL');
    } else {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    // It has ended by itself.
  }
}
