import { setTimeout as delay } from 'node:timers/promises';

import { analyze } from '../core/analysis/analyze';
import type { MissingOwners } from '../core/capture/capture';
import { watchVerdict } from '../core/report/diff';
import { Localizer } from '../core/wording/text';
import { dateLine } from '../core/capture/dateLine';
import { Schedule } from '../core/capture/schedule';
import { type SnapshotCounts, snapshotCounts, snapshotLine } from '../core/capture/snapshotLine';
import { datedSnapshot, SnapshotLog } from '../core/capture/snapshotLog';
import type { Via } from '../core/capture/via';
import { fileTitle } from '../core/reading/around/fileTitle';
import type { Dump } from '../core/reading/dump';
import { readDump } from '../core/reading/reader';
import type { Reported } from '../core/report/data/json';
import { commandFor, type CommandWith } from '../core/report/commandLine';
import { unbroken } from '../core/report/terminal';
import { CaptureError, Capturer, CaptureStopped, type Machine } from '../node/capturer';
import { RemoteMachine } from '../node/remoteMachine';
import type { Request } from './arguments';
import { Disclosure } from './disclosure';
import { Interruption } from './interruption';
import { LISTS } from './options';
import { complain, DONE, FOUND, type Output, prose, TROUBLE } from './output';
import { isAnyGrave, writeReports } from './reporting';

type WatchRequest = Request & { readonly kind: 'watch' };

/** Characters of snapshots that are kept for the report. */
const HISTORY = 64 * 1024 * 1024;
/** Captures that may fail one after the other before a watch gives up. */
const MOST_FAILURES = 3;

/** A machine whose sockets are listed. */
interface Place {
  readonly machine: Machine | RemoteMachine;
  /** What the user calls it, where it is another one than this. */
  readonly name: string | null;
}

/** Prints the sockets of a machine as they are now. */
export async function capture(
  { vias, tool, counters, redact }: Request & { readonly kind: 'capture' },
  output: Output,
  machine: Machine,
): Promise<number> {
  const disclosure = new Disclosure(redact);
  const [place] = placesOf(vias, machine, disclosure);
  const interruption = new Interruption();
  try {
    const captured = await new Capturer(place.machine, tool, counters).capture(interruption.signal);
    const host = disclosure.host(captured.host);
    tellMissing(captured.missing, output);
    const title = place.name === null ? '' : `${fileTitle(host)}\n`;
    const listing = disclosure.listing(captured);
    if (!output.write(title + datedSnapshot(captured.time, listing, captured.counters))) {
      await output.drained();
    }
    return DONE;
  } catch (error) {
    if (error instanceof CaptureStopped) {
      interruption.obey();
    } else {
      tellFailure(error, place, disclosure, output);
    }
    return TROUBLE;
  } finally {
    interruption.dispose();
    leave(place);
  }
}

/** Captures again and again, a line for each snapshot; ends with the report on all of them. */
export async function watch(
  request: WatchRequest,
  output: Output,
  machine: Machine,
): Promise<number> {
  const interruption = new Interruption();
  const disclosure = new Disclosure(request.redact);
  const places = placesOf(request.vias, machine, disclosure);
  const hosts = new HostNames();
  const watchers = places.map(
    place => new Watcher(request, place, places.length, hosts, disclosure, output),
  );
  const start = Date.now();
  try {
    await Promise.all(watchers.map(watcher => watcher.run(start, interruption.signal)));
  } finally {
    interruption.dispose();
    places.forEach(leave);
  }
  const seen = watchers.filter(({ log }) => log.count > 0);
  const failed = watchers.some(watcher => watcher.failed);
  if (seen.length === 0) {
    return failed ? TROUBLE : DONE;
  }
  const reported = seen.map(watcher => watcher.report());
  // Findings on connections between the hosts take all of them.
  const together =
    seen.length > 1 && !LISTS.has(request.format)
      ? analyze(disclosure.dump(readDump(seen.map(watcher => watcher.titled()).join('\n'))), {
          thresholds: request.thresholds,
        })
      : undefined;
  const reporting = { ...request, again: againOf(request), together: together !== undefined };
  await writeReports(reported, reporting, output, together);
  const judged = [
    ...reported.map(one => one.analysis),
    ...(together === undefined ? [] : [together]),
  ];
  return failed ? TROUBLE : isAnyGrave(judged, request) ? FOUND : DONE;
}

/** How the same machines are watched with other options: there is no file of what was seen. */
function againOf({ vias, redact, typed }: WatchRequest): CommandWith {
  const named = redact && vias.length > 0;
  // A prefix names its machine.
  const words = named ? ['watch', '--redact', ...vias.flatMap(() => ['--via', 'PREFIX'])] : typed;
  const command = commandFor(...words)('');
  return options => `${command} ${options}`;
}

/** A dump whose snapshots are all of a host. */
function ofHost(dump: Dump, host: string): Dump {
  return { ...dump, snapshots: dump.snapshots.map(one => ({ ...one, host })) };
}

/** Names by which several machines can be told apart. */
class HostNames {
  private readonly taken = new Set<string>();

  public take(host: string): string {
    let name = host;
    for (let i = 2; this.taken.has(name); i++) {
      name = `${host}-${i}`;
    }
    this.taken.add(name);
    return name;
  }
}

class Watcher {
  public readonly log: SnapshotLog;
  /** Whether it had to give up. */
  public failed = false;
  private readonly capturer: Capturer;
  private before: SnapshotCounts | undefined;
  private host = '';

  public constructor(
    private readonly request: WatchRequest,
    private readonly place: Place,
    private readonly places: number,
    private readonly hosts: HostNames,
    private readonly disclosure: Disclosure,
    private readonly output: Output,
  ) {
    this.log = new SnapshotLog(HISTORY / places);
    this.capturer = new Capturer(place.machine, request.tool, request.counters);
  }

  /** Takes snapshots until there are enough, or the user stops it. */
  public async run(start: number, stop: AbortSignal): Promise<void> {
    const { count, interval } = this.request;
    const schedule = new Schedule(interval * 1000);
    let failures = 0;
    for (let number = 0; count === null || number < count; number++) {
      const due = schedule.next(number === 0 ? start : Date.now());
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
        tellFailure(error, this.place, this.disclosure, this.output);
        failures++;
        this.failed = this.log.count === 0 || failures === MOST_FAILURES;
        if (this.failed) {
          return;
        }
      }
    }
  }

  /** What is found in all its snapshots. */
  public report(): Reported {
    const { log, disclosure, output, request } = this;
    if (log.dropped > 0) {
      complain(output, `the report is without the oldest ${log.dropped} snapshots`);
    }
    const analysis = analyze(disclosure.dump(ofHost(readDump(log.text), this.host)), {
      thresholds: request.thresholds,
    });
    const verdict = watchVerdict(analysis, new Localizer());
    if (verdict !== null) {
      this.tell(`${this.title('. ')}${verdict}`);
    }
    return { source: disclosure.host(this.host), analysis };
  }

  /** The snapshots as those of a host among others. */
  public titled(): string {
    return `${fileTitle(this.host)}\n${this.log.text}`;
  }

  private async take(time: Date, stop: AbortSignal): Promise<void> {
    const { text, dump, counters, missing, host } = await this.capturer.capture(stop);
    if (this.log.count === 0) {
      this.host = this.hosts.take(host);
      // From now on it is found in what is shown.
      this.disclosure.host(this.host);
      tellMissing(missing, this.output, this.title(': '));
    }
    this.log.add(time, text, counters);
    const counts = snapshotCounts(this.disclosure.dump(dump));
    this.tell(`${dateLine(time)}  ${this.title('  ')}${snapshotLine(counts, this.before)}`);
    this.before = counts;
  }

  /** Which of several hosts it is. */
  private title(end: string): string {
    return this.places > 1 ? this.disclosure.host(this.host) + end : '';
  }

  /** Prints a line on the watch. */
  private tell(text: string): void {
    const line = prose(text, this.output);
    if (this.request.format === 'text') {
      this.output.write(line);
    } else {
      // What a program reads from us is the report alone.
      this.output.error(line);
    }
  }
}

/** The machines that are reached through prefixes, else this one. */
function placesOf(
  vias: readonly Via[],
  machine: Machine,
  disclosure: Disclosure,
): [Place, ...Place[]] {
  const cwd = process.cwd();
  const places = { platform: process.platform, env: process.env, distrusted: [cwd] };
  const [first, ...more] = vias.map(via => ({
    machine: new RemoteMachine(via, { places, cwd }),
    name: disclosure.host(via.name ?? via.words.join(' ')),
  }));
  if (first !== undefined) {
    return [first, ...more];
  }
  disclosure.host(machine.host);
  return [{ machine, name: null }];
}

function leave({ machine }: Place): void {
  if ('close' in machine) machine.close();
}

async function sleep(milliseconds: number, stop: AbortSignal): Promise<void> {
  try {
    await delay(Math.max(0, milliseconds), undefined, { signal: stop });
  } catch {
    // It was stopped.
  }
}

function tellMissing(missing: MissingOwners | undefined, output: Output, title = ''): void {
  if (missing !== undefined) {
    const { sockets, named, command } = missing;
    const what =
      named === 'pid'
        ? 'the names of processes'
        : `the processes of ${sockets === 1 ? 'one socket' : `${sockets} sockets`}`;
    const who = command.needs === null ? '' : `, run as ${command.needs}`;
    complain(
      output,
      `${title}${what} are not shown; this shows them${who}: ${unbroken(command.command)}`,
    );
  }
}

function tellFailure(
  error: unknown,
  { name }: Place,
  disclosure: Disclosure,
  output: Output,
): void {
  if (!(error instanceof CaptureError)) {
    throw error;
  }
  const reason = disclosure.message(error.message);
  const offer = error.offer === undefined ? '' : `; this lists them: ${unbroken(error.offer)}`;
  complain(output, `the sockets of ${name ?? 'this machine'} cannot be listed: ${reason}${offer}`);
}
