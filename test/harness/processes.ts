import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { atEnd } from './cleanup';

const guard = path.join(__dirname, 'guard.mjs');

export interface ProcessGroup {
  readonly process: ChildProcess;
  /** Settles when the process ends by itself. */
  readonly ended: Promise<void>;
  /** Ends the process and everything that it started. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a program as a process group of its own, so that all of it can be ended. Should this
 * process be killed, the group ends as well.
 */
export function startGroup(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): ProcessGroup {
  const child = spawn(process.execPath, [guard, command, ...args], {
    ...options,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));

  function signal(name: NodeJS.Signals): void {
    if (child.pid === undefined) return;
    try {
      if (process.platform === 'win32') child.kill(name);
      else process.kill(-child.pid, name);
    } catch {
      // Already gone.
    }
  }

  let stopping = false;
  const stop = atEnd({
    undo: async () => {
      stopping = true;
      signal('SIGTERM');
      await Promise.race([ended, delay(1500, undefined, { ref: false })]);
      signal('SIGKILL');
      await Promise.race([ended, delay(3000, undefined, { ref: false })]);
    },
    undoNow: () => signal('SIGKILL'),
  });
  const endedAlone = new Promise<void>(resolve => {
    void ended.then(() => {
      if (!stopping) resolve();
    });
  });
  return { process: child, ended: endedAlone, stop };
}

/** Runs a program to its end; gives its output. Ending this process ends it too. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const { process: child, stop } = startGroup(command, args, options);
  let output = '';
  let errors = '';
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (errors += data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  await stop();
  if (code === 0) return output;
  throw new Error(
    `"${[command, ...args].join(' ')}" failed (${code ?? 'killed'}).\n${output}${errors}`,
  );
}
