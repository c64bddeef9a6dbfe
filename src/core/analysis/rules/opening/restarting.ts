import { baseName } from '../../../knowledge/children';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { addTo } from '../../../model/maps';
import type { Owner } from '../../../model/socket';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { Courses } from '../../kit/growing/courses';
import { holdersOf } from '../../kit/closing/inherited';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

/** Restarts from which on they are told of, and are a warning where times are known. */
const SOME = 2;
const MANY = 3;

/** Seconds from one restart to the next, and to the end, of a program that does not stay up. */
const SOON = 600;

/** Servers that end with their one connection, and are started again by a loop. */
const ONE_CONNECTION: ReadonlySet<string> = new Set(['nc', 'ncat', 'netcat', 'socat', 'iperf3']);

/** Snapshots in a row for which a program that has not been replaced yet may not be listed. */
const DOWN = 3;

/** PIDs that are named. */
const NAMED = 5;

const TEXTS = {
  title: say(
    '{program} is restarted again and again: port {port} has had {count} PIDs in {snapshots} snapshots',
    'general-practice',
  ),
  why: say(
    'A program that crashes, and is started again each time, looks like this. Each end cuts its connections.',
    'general-practice',
  ),
  pids: label('PIDs so far: {pids}.'),
  look: say(
    'Look for the exit code or signal in the log of the program, of what starts it, and of the kernel (out of memory).',
    'general-practice',
  ),
  meant: say(
    'Deployments, tools that restart a program at each change of its files, and servers that serve one connection and exit look like this, too.',
    'general-practice',
  ),
};

export const restarting = rule({
  code: 'RE-1',
  id: 'restarting',
  title: label('A listening program that is restarted again and again'),
  needs: { states: [State.Listen], time: true },
  find(context) {
    const { history, index } = context;
    if (index.snapshot.listing.filtered) {
      return [];
    }
    const { ports, place } = COURSES.to(context);
    if (!history.hosts.isLast(index.number)) {
      // Whether it stays up is not yet known.
      return [];
    }
    return each(ports, ([port, { lives }]) => {
      const pids = latest(context, lives, place);
      const restarts = pids.length - 1;
      const rows = index.listeners.on(port);
      if (restarts < SOME || rows.length === 0) {
        return undefined;
      }
      const { owner, program } = context.holderOf(rows[0]!);
      const first = lives[lives.length - pids.length]!.place;
      const isTimed = history.secondsBetween(snapshotAt(context, first), index.number) !== null;
      const isSure =
        isTimed && restarts >= MANY && !ONE_CONNECTION.has(baseName(owner?.process ?? ''));
      return {
        subject: `port ${port}`,
        severity: isSure ? 'warning' : 'info',
        confidence: isSure ? 'medium' : 'low',
        rows,
        owner,
        describe: () => ({
          title: context.say(TEXTS.title, {
            program,
            port: String(port),
            count: pids.length,
            snapshots: place - first + 1,
          }),
          why: [context.say(TEXTS.why)],
          evidence: [
            context.evidence(
              context.localizer.format(TEXTS.pids, {
                pids: [...(pids.length > NAMED ? ['\u2026'] : []), ...pids.slice(-NAMED)].join(
                  ', ',
                ),
              }),
            ),
            ...context.examples(rows),
          ],
          confirm: [context.check(TEXTS.look, null)],
          alternatives: [context.say(TEXTS.meant)],
          caveats: context.caveats({ owner, time: true }),
        }),
      };
    });
  },
});

/** A process, and the place of the snapshot that first shows it. */
interface Life {
  readonly pid: number;
  readonly place: number;
}

/** What listens on a port: processes now, and one for each time that all of them were replaced. */
interface Port {
  holders: readonly Owner[];
  lives: Life[];
  /** The place of the last snapshot that lists it. */
  seen: number;
}

/** Who listens on each port of a host, from snapshot to snapshot. */
class Listening {
  public place = -1;
  public readonly ports = new Map<number, Port>();

  public add(index: SnapshotIndex): void {
    this.place++;
    const { localPort } = index.table;
    const found = new Map<number, Owner[]>();
    for (const row of index.rowsIn(State.Listen)) {
      for (const owner of holdersOf(index, row)) {
        if (owner.pid !== null && owner.process !== null) {
          addTo(found, localPort[row]!, owner);
        }
      }
    }
    for (const [number, holders] of found) {
      this.note(number, holders);
    }
    for (const [number, { lives, seen }] of this.ports) {
      // One that is down for a moment comes back.
      if (lives.length === 1 && this.place - seen > DOWN) {
        this.ports.delete(number);
      }
    }
  }

  private note(number: number, holders: readonly Owner[]): void {
    const life = { pid: holders[0]!.pid!, place: this.place };
    const port = this.ports.get(number);
    if (port === undefined) {
      this.ports.set(number, { holders, lives: [life], seen: this.place });
      return;
    }
    const pids = new Set(port.holders.map(({ pid }) => pid));
    const names = new Set(port.holders.map(({ process }) => process));
    // Workers come and go beside those that stay, and another program may take the port.
    if (!holders.some(({ process }) => names.has(process))) {
      port.lives = [life];
    } else if (!holders.some(({ pid }) => pids.has(pid))) {
      port.lives.push(life);
    }
    port.holders = holders;
    port.seen = this.place;
  }
}

const COURSES = new Courses(() => new Listening());

function snapshotAt({ history, index }: RuleContext, place: number): number {
  return history.hosts.of(index.number).snapshots[place]!;
}

/** The PIDs since the program stays up no more; none where it does by now. */
function latest(context: RuleContext, lives: readonly Life[], place: number): number[] {
  const { history } = context;
  const isSoon = (from: number, to: number): boolean => {
    const seconds = history.secondsBetween(snapshotAt(context, from), snapshotAt(context, to));
    return seconds === null ? to - from <= SOME : seconds <= SOON;
  };
  let next = place;
  let first = lives.length;
  while (first > 0 && isSoon(lives[first - 1]!.place, next)) {
    first--;
    next = lives[first]!.place;
  }
  return lives.slice(first).map(({ pid }) => pid);
}
