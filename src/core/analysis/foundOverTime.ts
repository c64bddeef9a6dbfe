import type { Hosts } from './hosts/hosts';
import { ALIKE, byWeight, MOST, standIn } from './draftLimit';
import { type Group, severityOf } from './merge';
import { type Found, type RuleDraft, weigh } from './ruleDraft';

/** Groups that are kept before those that a later snapshot does not show are gone through. */
const ROOM = 1024;

/** A group with its host: its number, or null where it stands for groups of several. */
export interface HostGroup extends Group {
  readonly host: number | null;
}

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

  public constructor(private readonly hosts: Hosts) {}

  /** Takes what was found in a snapshot; those of a host come one after the other, in their order. */
  public add(snapshot: number, found: Found): void {
    const host = this.hosts.of(snapshot).number;
    for (const [key, drafts] of found) {
      const own = `${host} ${key}`;
      const left = this.left.get(own);
      const since = this.groups.get(own)?.since ?? left?.since ?? snapshot;
      if (left !== undefined) {
        left.rest?.groups.delete(own);
        this.left.delete(own);
      }
      this.groups.set(own, { drafts, snapshot, since, host });
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
    const byCause = new Map<string, (readonly [string, HostGroup])[]>();
    for (const entry of groups) {
      const { cause } = entry[1].drafts[0]!;
      const same = byCause.get(cause);
      if (same === undefined) {
        byCause.set(cause, [entry]);
      } else {
        same.push(entry);
      }
    }
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
    let rest = this.rests.get(id);
    if (rest === undefined) {
      rest = { kind, isLast, groups: new Map() };
      this.rests.set(id, rest);
    }
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
    };
  }
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
