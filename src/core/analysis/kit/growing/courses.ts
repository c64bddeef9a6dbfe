import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { getOrAdd } from '../../../model/maps';
import type { History } from '../../time/history';
import type { RuleContext } from '../ruleContext';

/** What is followed through the snapshots of a host, one after the other. */
interface Followed {
  /** The place of the snapshot that was added last; NONE before the first. */
  readonly place: number;
  /** Adds the next snapshot; `at` gives earlier ones by their places. */
  add(index: SnapshotIndex, at: (place: number) => SnapshotIndex): void;
}

/** By host, the course up to the snapshot that was asked for last: a watch has thousands. */
export class Courses<T extends Followed> {
  private readonly last = new WeakMap<History, Map<number, T>>();

  public constructor(private readonly make: (history: History) => T) {}

  /** The course up to the snapshot of a rule; it goes on with that of the snapshot before. */
  public to({ history, index: { number }, at }: RuleContext): T {
    const { hosts } = history;
    const host = hosts.of(number);
    const place = hosts.place(number);
    const lasts = getOrAdd(this.last, history, () => new Map<number, T>());
    const last = lasts.get(host.number);
    const all = last !== undefined && last.place <= place ? last : this.make(history);
    lasts.set(host.number, all);
    while (all.place < place) {
      all.add(at(host.snapshots[all.place + 1]!), one => at(host.snapshots[one]!));
    }
    return all;
  }
}
