import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two looks. */
const LOOK = 20;

/** The process ids that programs write into a file, a line each, once there are so many. */
export async function writtenIn(file: string, count = 1): Promise<number[]> {
  for (;;) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    if (lines.length >= count) {
      return lines.map(Number);
    }
    await delay(LOOK);
  }
}

/** A process that was killed is gone once the system has taken notice. */
export async function assertGone(...pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    assert.ok(pid > 1, String(pid));
    for (let i = 0; i < 250 && isAlive(pid); i++) {
      await delay(LOOK);
    }
    assert.ok(!isAlive(pid), `process ${pid} is still there`);
  }
}

function isAlive(pid: number): boolean {
  try {
    // A killed process whose parent has not asked for it yet runs no more.
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return existsSync('/proc/self') ? false : signalled(pid);
  }
}

function signalled(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
