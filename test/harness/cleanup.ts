/**
 * Leaves nothing behind: what a run starts or creates is registered here, and undone at its end,
 * on an error, on SIGINT, SIGTERM and SIGHUP, and when the parent process is gone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

interface Step {
  /** The orderly way. */
  undo(): Promise<void>;
  /** The way that is left when the process is already exiting. */
  undoNow(): void;
}

const steps: Step[] = [];
let watching = false;
let undoing: Promise<void> | undefined;

const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** Registers a step; the function returned runs it at once and forgets it. */
export function atEnd(step: Step): () => Promise<void> {
  watch();
  steps.push(step);
  return async () => {
    const at = steps.indexOf(step);
    if (at >= 0) steps.splice(at, 1);
    await step.undo();
  };
}

/** Undoes everything, the newest first. */
export function cleanUp(): Promise<void> {
  undoing ??= (async () => {
    for (let step = steps.at(-1); step; step = steps.at(-1)) {
      try {
        await step.undo();
      } catch (error) {
        console.error('While cleaning up:', error);
        step.undoNow();
      }
      const at = steps.indexOf(step);
      if (at >= 0) steps.splice(at, 1);
    }
    undoing = undefined;
  })();
  return undoing;
}

function watch(): void {
  if (watching) return;
  watching = true;
  for (const [signal, number] of Object.entries(signals)) {
    process.on(signal, () => {
      void cleanUp().finally(() => process.exit(128 + number));
    });
  }
  // When npm is ended, its shell may be gone before it passes the signal on.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
  process.on('exit', () => {
    for (const step of steps.reverse()) step.undoNow();
  });
}

let runFolder: string | undefined;

/**
 * A folder for everything temporary of this run. It also becomes the folder for temporary files of
 * this process and of those that it starts.
 */
export function temporaryFolder(): string {
  if (runFolder !== undefined) return runFolder;
  // Short, because sockets are created in it and their paths may have 107 characters at most.
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nsl-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  runFolder = folder;

  const remove = (): void => {
    runFolder = undefined;
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  atEnd({
    undo: () => {
      remove();
      return Promise.resolve();
    },
    undoNow: remove,
  });
  return folder;
}
