import { getOrAdd, listsBy } from '../model/maps';
import { ascending, union } from '../index/grouping';
import type { SnapshotIndex } from '../index/snapshotIndex';
import type { Task } from '../model/task';
import type { Former } from './formerly';
import type { Hosts } from './hosts/hosts';
import { ALIKE, byWeight, MOST, standIn } from './draftLimit';
import { type Group, severityOf } from './merge';
import { type Found, type RuleDraft, weigh } from './ruleDraft';
import type { History } from './time/history';

/** Groups that are kept before those that a later snapshot does not show are gone through. */
const ROOM = 1024;

/** A group with its host: its number, or null where it stands for groups of several. */
export interface HostGroup extends Group {
  readonly host: number | null;
  /** Who had its sockets before, in the order of the snapshots: the latest few. */
  readonly formers: readonly Former[];
}

/** Those who had sockets before that are named. */
const FORMERS = 3;

/** Of a group's rows, how many in a hundred must be another one's later on to be the same. */
const MOST_ROWS = 66;

/** Groups alike that are described by one of them. */
interface Rest {
  readonly kind: string;
  readonly isLast: boolean;
  /** The first of them whole, the others without what they would say. By key, the weightiest first. */
  readonly groups: Map<string, HostGroup>;
}

/**
 * What rules found in one snapshot after the other: of each subject of a host what the last snapshot
 * shows that has it. Of each cause the weightiest are kept, of the others of one kind one that stands
 * for all, so that what is kept does not grow with the number of snapshots and hosts.
 */
export class FoundOverTime {
  private groups = new Map<string, HostGroup>();
  private room = ROOM;
  /** What was left out while snapshots passed: when it was first seen, and where it is counted. */
  private readonly left = new Map<string, { readonly since: number; readonly rest: Rest | null }>();
  private readonly rests = new Map<string, Rest>();
  /** What the snapshot before has, of those that list connections. */
  private latest: readonly string[] = [];
  private readonly hosts: Hosts;

  public constructor(private readonly history: History) {
    this.hosts = history.hosts;
  }

  /** Takes what was found in a snapshot; those of a host come one after the other, in their order. */
  public *add(index: SnapshotIndex, found: Found): Task<void> {
    const { number: snapshot, listsConnections } = index;
    const host = this.hosts.of(snapshot).number;
    const keys: string[] = [];
    for (const [key, drafts] of found) {
      const own = this.hosts.several ? `${host} ${key}` : key;
      keys.push(own);
      const left = this.left.get(own);
      const known = this.groups.get(own);
      const since = known?.since ?? left?.since ?? snapshot;
      if (left !== undefined) {
        left.rest?.groups.delete(own);
        this.left.delete(own);
      }
      this.groups.set(own, { drafts, snapshot, since, host, formers: known?.formers ?? [] });
    }
    if (listsConnections && (found.size > 0 || !index.snapshot.listing.filtered)) {
      yield* this.unite(keys, snapshot);
      this.latest = keys;
    }
    if (this.groups.size > this.room) {
      this.leaveOut(snapshot);
      this.room = Math.max(ROOM, this.groups.size * 2);
    }
  }

  /** All that is to be described, host by host, then what stands for others. */
  public *end(): Generator<HostGroup, void> {
    for (const [key, group] of this.groups) {
      if (!this.isLast(group) && severityOf(group) === 'info') {
        this.groups.delete(key);
      }
    }
    this.limit([...this.groups]);
    const few: HostGroup[] = [];
    const many: HostGroup[] = [];
    for (const { kind, isLast, groups } of this.rests.values()) {
      const all = [...groups.values()];
      const told = all.reduce((sum, { drafts }) => sum + (drafts[0]!.standsFor?.length ?? 1), 0);
      if (told < ALIKE) {
        few.push(...all);
      } else {
        many.push(this.together(all, `${kind} ${isLast}`));
      }
    }
    yield* [...this.groups.values(), ...few].sort((a, b) => a.host! - b.host!);
    yield* many;
  }

  /**
   * Unites what is not found any more with what is found of the same sockets: another process is
   * listed with them, or none.
   */
  private *unite(keys: readonly string[], now: number): Task<void> {
    // Of what is not found any more, and of nothing that was there before, nothing is inherited.
    if (!this.latest.some(key => this.isLost(key, now)) || !keys.some(key => this.goesOn(key))) {
      return;
    }
    /** By cause, the keys of what is not found any more, by its rows. */
    const lost = new Map<string, Map<number, string>>();
    for (const key of this.latest) {
      if (this.isLost(key, now)) {
        const group = this.groups.get(key)!;
        const { cause } = group.drafts[0]!;
        const byRow = getOrAdd(lost, cause, () => new Map());
        rowsOf(group).forEach(row => byRow.set(row, key));
        yield;
      }
    }
    const heirs = new Map<string, { readonly key: string; readonly count: number }>();
    for (const key of keys) {
      const group = this.groups.get(key)!;
      const byRow = lost.get(group.drafts[0]!.cause);
      for (const [before, count] of byRow === undefined ? [] : this.countBefore(group, byRow)) {
        if (count > (heirs.get(before)?.count ?? 0)) {
          heirs.set(before, { key, count });
        }
      }
      yield;
    }
    for (const [before, { key, count }] of heirs) {
      if (count * 100 >= rowsOf(this.groups.get(before)!).length * MOST_ROWS) {
        this.inherit(before, key, count);
      }
    }
  }

  /** Whether what a key stands for was found before, and is not now. */
  private isLost(key: string, now: number): boolean {
    return (this.groups.get(key)?.snapshot ?? now) !== now;
  }

  /** Whether some row of a group is one of the snapshot before. */
  private goesOn(key: string): boolean {
    const { drafts } = this.groups.get(key)!;
    return drafts.some(({ rows }) => this.history.longestRun(rows) > 1);
  }

  /** By what they were part of in the snapshot before, how many of a group's rows there are. */
  private countBefore(group: Group, byRow: ReadonlyMap<number, string>): Map<string, number> {
    const counts = new Map<string, number>();
    for (const row of rowsOf(group)) {
      const before = this.history.run(row) > 1 ? byRow.get(this.history.previous(row)) : undefined;
      if (before !== undefined) {
        counts.set(before, (counts.get(before) ?? 0) + 1);
      }
    }
    return counts;
  }

  private inherit(before: string, key: string, count: number): void {
    const old = this.groups.get(before)!;
    const heir = this.groups.get(key)!;
    const { severity, sorted } = weigh(old.drafts);
    const owner = sorted[0]?.owner ?? null;
    const own: Former[] =
      owner === null
        ? []
        : [{ owner, severity, count, snapshot: old.snapshot, until: heir.snapshot }];
    const earlier = old.formers.map(former => ({
      ...former,
      count: Math.min(former.count, count),
      until: heir.snapshot,
    }));
    this.groups.set(key, {
      ...heir,
      since: Math.min(heir.since, old.since),
      formers: [...heir.formers, ...earlier, ...own].slice(-FORMERS),
    });
    const isOwned = heir.drafts.some(draft => (draft.owner ?? null) !== null);
    // Of several programs whose sockets have no owner any more, each is told.
    if (isOwned || owner === null || count * 100 >= rowsOf(heir).length * MOST_ROWS) {
      this.groups.delete(before);
    }
  }

  private isLast({ snapshot }: Group): boolean {
    return this.hosts.isLast(snapshot);
  }

  /** Goes through what a snapshot does not show any more. */
  private leaveOut(now: number): void {
    const past: [string, HostGroup][] = [];
    for (const entry of this.groups) {
      const [key, group] = entry;
      if (group.snapshot === now || this.isLast(group)) {
        continue;
      }
      if (severityOf(group) === 'info') {
        this.groups.delete(key);
        this.left.set(key, { since: group.since, rest: null });
      } else {
        past.push(entry);
      }
    }
    this.limit(past);
  }

  /** Of each cause the weightiest stay. */
  private limit(groups: readonly (readonly [string, HostGroup])[]): void {
    const byCause = listsBy(groups, ([, { drafts }]) => drafts[0]!.cause);
    for (const all of byCause.values()) {
      if (all.length > MOST + 1) {
        all.sort(([, a], [, b]) => this.compare(a, b));
        all.slice(MOST).forEach(([key, group]) => this.leave(key, group));
      }
    }
  }

  private compare(a: HostGroup, b: HostGroup): number {
    return (
      Number(this.isLast(b)) - Number(this.isLast(a)) ||
      byWeight(weigh(a.drafts).sorted[0]!, weigh(b.drafts).sorted[0]!)
    );
  }

  private leave(key: string, group: HostGroup): void {
    const [first] = group.drafts;
    const { severity, confidence } = weigh(group.drafts);
    const isLast = this.isLast(group);
    const kind = `${first!.cause} ${first!.rule.code} ${severity} ${confidence}`;
    const id = `${kind} ${isLast}`;
    const rest = getOrAdd(this.rests, id, () => ({ kind, isLast, groups: new Map() }));
    const isWhole = rest.groups.size < ALIKE;
    rest.groups.set(key, isWhole ? group : { ...group, drafts: group.drafts.map(withoutWords) });
    this.groups.delete(key);
    this.left.set(key, { since: group.since, rest });
  }

  /** One group for all that are alike. */
  private together(groups: readonly HostGroup[], kind: string): HostGroup {
    const first = groups[0]!;
    const latest = groups.reduce((a, b) =>
      this.hosts.place(b.snapshot) > this.hosts.place(a.snapshot) ? b : a,
    );
    const alike = groups.flatMap(({ drafts }) => drafts[0]!.standsFor ?? [drafts]);
    return {
      drafts: [standIn(alike, kind)],
      snapshot: latest.snapshot,
      since: groups.reduce((least, { since }) => Math.min(least, since), first.since),
      host: groups.every(({ host }) => host === first.host) ? first.host : null,
      formers: [],
    };
  }
}

function rowsOf({ drafts }: Group): Uint32Array {
  return drafts.length === 1 ? ascending(drafts[0]!.rows) : union(drafts.map(({ rows }) => rows));
}

/** A draft of which only its subject and its rows are told. */
function withoutWords({
  rule,
  cause,
  subject,
  severity,
  confidence,
  rows,
  owner,
  remote,
  isSymptom,
  standsFor,
}: RuleDraft): RuleDraft {
  return {
    rule,
    cause,
    subject,
    severity,
    confidence,
    rows,
    ...(owner === undefined ? {} : { owner }),
    ...(remote === undefined ? {} : { remote }),
    ...(isSymptom === undefined ? {} : { isSymptom }),
    ...(standsFor === undefined
      ? {}
      : { standsFor: standsFor.map(drafts => drafts.map(withoutWords)) }),
    describe: nothing,
  };
}

function nothing(): never {
  throw new Error('what stands for others describes them');
}
