import process from 'node:process';

/** Milliseconds of processor time since a moment: what else the machine does does not count. */
export function processorTime(since: NodeJS.CpuUsage): number {
  return process.cpuUsage(since).user / 1000;
}
