import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { State } from '../../../vocabulary/state';
import { Courses } from '../growing/courses';
import type { RuleContext } from '../ruleContext';

/** Attempts of one snapshot from which on it is a scan. */
const MOST_TRIED = 1000;

/** Seconds that attempts must have gone on where the dump tells times. */
const LASTING = 60;

/** In how many snapshots in a row nothing but attempts to connect was there to a row's remote end. */
export function snapshotsTried(context: RuleContext, rows: Uint32Array): number {
  const { index, history } = context;
  const { hosts } = history;
  const { place, since } = ATTEMPTS.to(context);
  let longest = 1;
  for (const row of rows) {
    const first = since.get(targetOf(index, row)) ?? place;
    const { snapshots } = hosts.of(index.number);
    const seconds = history.secondsBetween(snapshots[first]!, index.number);
    if (seconds === null || seconds >= LASTING) {
      longest = Math.max(longest, place - first + 1);
    }
  }
  return longest;
}

/** Remote ends to which nothing but attempts to connect is there, with where that began. */
class Attempts {
  public place = -1;
  public since: ReadonlyMap<number, number> = new Map();

  public add(index: SnapshotIndex): void {
    const place = ++this.place;
    const tried = new Map<number, number>();
    const addresses = new Set<number>();
    const { remoteAddress } = index.table;
    const rows = index.rowsIn(State.SynSent);
    for (const row of rows.length > MOST_TRIED ? [] : rows) {
      const target = targetOf(index, row);
      tried.set(target, this.since.get(target) ?? place);
      addresses.add(index.plainAddress(remoteAddress[row]!));
    }
    for (const row of tried.size === 0 ? [] : index.rowsBetween(State.Established, State.Closed)) {
      if (addresses.has(index.plainAddress(remoteAddress[row]!))) {
        tried.delete(targetOf(index, row));
      }
    }
    this.since = tried;
  }
}

/** More than there are ports. */
const PORTS = 65_537;

const ATTEMPTS = new Courses(() => new Attempts());

/** The address and port of a row's remote end as one number: less work than a text. */
export function targetOf(index: SnapshotIndex, row: number): number {
  const { remoteAddress, remotePort } = index.table;
  return index.plainAddress(remoteAddress[row]!) * PORTS + remotePort[row]!;
}
