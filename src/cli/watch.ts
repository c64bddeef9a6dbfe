import { setTimeout as delay } from 'node:timers/promises';

import { analyze } from '../core/analysis/analyze';
import type { MissingOwners } from '../core/capture/capture';
import { watchVerdict } from '../core/report/diff';
import { Localizer } from '../core/wording/text';
import { dateLine } from '../core/capture/dateLine';
import { Schedule } from '../core/capture/schedule';
import { type SnapshotCounts, snapshotCounts, snapshotLine } from '../core/capture/snapshotLine';
import { datedSnapshot, SnapshotLog } from '../core/capture/snapshotLog';
import { readDump } from '../core/reading/reader';
import { CaptureError, Capturer, CaptureStopped, type Machine } from '../node/capturer';
import type { Request } from './arguments';
import { Disclosure } from './disclosure';
import { Interruption } from './interruption';
import { complain, DONE, FOUND, type Output, TROUBLE } from './output';
import { isAnyGrave, writeReports } from './reporting';

type WatchRequest = Request & { readonly kind: 'watch' };

/** Characters of snapshots that are kept for the report. */
const HISTORY = 64 * 1024 * 1024;
/** Captures that may fail one after the other before a watch gives up. */
const MOST_FAILURES = 3;

/** Prints the sockets of this machine as they are now. */
export async function capture(
  { tool, counters, redact }: Request & { readonly kind: 'capture' },
  output: Output,
  machine: Machine,
): Promise<number> {
  const disclosure = new Disclosure(redact, machine.host);
  const interruption = new Interruption();
  try {
    const captured = await new Capturer(machine, tool, counters).capture(interruption.signal);
    tellMissing(captured.missing, output);
    const listing = disclosure.listing(captured);
    if (!output.write(datedSnapshot(captured.time, listing, captured.counters))) {
      await output.drained();
    }
    return DONE;
  } catch (error) {
    if (error instanceof CaptureStopped) {
      interruption.obey();
    } else {
      tellFailure(error, disclosure, output);
    }
    return TROUBLE;
  } finally {
    interruption.dispose();
  }
}

/** Captures again and again, a line for each snapshot; ends with the report on all of them. */
export async function watch(
  request: WatchRequest,
  output: Output,
  machine: Machine,
): Promise<number> {
  const interruption = new Interruption();
  const disclosure = new Disclosure(request.redact, machine.host);
  const watcher = new Watcher(request, machine, disclosure, output);
  try {
    await watcher.run(interruption.signal);
  } finally {
    interruption.dispose();
  }
  const { log, failed } = watcher;
  if (log.count === 0) {
    return failed ? TROUBLE : DONE;
  }
  if (log.dropped > 0) {
    complain(output, `the report is without the oldest ${log.dropped} snapshots`);
  }
  const analysis = analyze(disclosure.dump(readDump(log.text)), {
    thresholds: request.thresholds,
  });
  const reported = [{ source: disclosure.host, analysis }];
  const verdict = watchVerdict(analysis, new Localizer());
  if (verdict !== null) {
    watcher.tell(`${verdict}\n`);
  }
  await writeReports(reported, request, output);
  return failed ? TROUBLE : isAnyGrave(reported, request.failOn) ? FOUND : DONE;
}

class Watcher {
  public readonly log = new SnapshotLog(HISTORY);
  /** Whether it had to give up. */
  public failed = false;
  private readonly capturer: Capturer;
  private before: SnapshotCounts | undefined;

  public constructor(
    private readonly request: WatchRequest,
    machine: Machine,
    private readonly disclosure: Disclosure,
    private readonly output: Output,
  ) {
    this.capturer = new Capturer(machine, request.tool, request.counters);
  }

  /** Takes snapshots until there are enough, or the user stops it. */
  public async run(stop: AbortSignal): Promise<void> {
    const { count, interval } = this.request;
    const schedule = new Schedule(interval * 1000);
    let failures = 0;
    for (let number = 0; count === null || number < count; number++) {
      const due = schedule.next(Date.now());
      await sleep(due - Date.now(), stop);
      if (stop.aborted) {
        return;
      }
      try {
        await this.take(new Date(due), stop);
        failures = 0;
      } catch (error) {
        if (error instanceof CaptureStopped) {
          return;
        }
        tellFailure(error, this.disclosure, this.output);
        failures++;
        this.failed = this.log.count === 0 || failures === MOST_FAILURES;
        if (this.failed) {
          return;
        }
      }
    }
  }

  private async take(time: Date, stop: AbortSignal): Promise<void> {
    const { text, dump, counters, missing } = await this.capturer.capture(stop);
    if (this.log.count === 0) {
      tellMissing(missing, this.output);
    }
    this.log.add(time, text, counters);
    const counts = snapshotCounts(this.disclosure.dump(dump));
    this.tell(`${dateLine(time)}  ${snapshotLine(counts, this.before)}\n`);
    this.before = counts;
  }

  /** Prints a line on the watch. */
  public tell(line: string): void {
    if (this.request.format === 'text') {
      this.output.write(line);
    } else {
      // What a program reads from us is the report alone.
      this.output.error(line);
    }
  }
}

async function sleep(milliseconds: number, stop: AbortSignal): Promise<void> {
  try {
    await delay(Math.max(0, milliseconds), undefined, { signal: stop });
  } catch {
    // It was stopped.
  }
}

function tellMissing(missing: MissingOwners | undefined, output: Output): void {
  if (missing !== undefined) {
    const { sockets, named, command } = missing;
    const what = named === 'pid' ? 'the names of processes' : `the processes of ${sockets} sockets`;
    const who = command.needs === null ? '' : `, run as ${command.needs}`;
    complain(output, `${what} are not shown; this shows them${who}: ${command.command}`);
  }
}

function tellFailure(error: unknown, disclosure: Disclosure, output: Output): void {
  if (!(error instanceof CaptureError)) {
    throw error;
  }
  const reason = disclosure.message(error.message);
  complain(output, `the sockets of this machine cannot be listed: ${reason}`);
}
