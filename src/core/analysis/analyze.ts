import { addTo } from '../model/maps';
import { Localizer, type Text } from '../wording/text';
import type { Dump } from '../reading/dump';
import type { System } from '../vocabulary/system';
import { tellsOnlySockets } from '../model/snapshot';
import { runToEnd, type Task } from '../model/task';
import { Addresses } from '../index/ownAddresses';
import { readableTime } from './time/clock';
import { withMessages } from './errorMessages';
import type { Finding } from './finding';
import type { RuleId } from './ruleTable';
import { limited } from './draftLimit';
import { withFormers } from './formerly';
import { FoundOverTime, type HostGroup } from './foundOverTime';
import { grouped } from './grouped';
import { type Found, keyOf, type RuleDraft } from './ruleDraft';
import { byUrgency } from './urgency';
import { Fleet } from './hosts/fleet';
import { History } from './time/history';
import { Hosts } from './hosts/hosts';
import { merge } from './merge';
import { Endings, past } from './past';
import { choose } from './choice';
import { prepareQueues } from './kit/listening/acceptQueue';
import { closeWaitByHolder } from './kit/closing/closeWait';
import { handshakes } from './kit/listening/handshakes';
import type { Draft } from './kit/draft';
import { collect } from './kit/rule';
import { RuleContext } from './kit/ruleContext';
import { Plan } from './plan';
import { probingRows } from './kit/transfer/zeroWindow';
import { rules } from './rules';
import { FINDING_TEXTS } from './kit/findingTexts';
import { SnapshotIndex } from '../index/snapshotIndex';
import { type SnapshotSummary, summarize } from './summary';
import { type ThresholdId, type Thresholds, thresholdValues } from './thresholds';

export interface AnalysisOptions {
  readonly thresholds?: Partial<Thresholds>;
  /** The system, where it is known otherwise than from the dump. */
  readonly system?: System | null;
  readonly ignoredRules?: readonly RuleId[];
  /** Says the findings' texts; in English where it is not given. */
  readonly localizer?: Localizer;
}

/** A dump with what there is to say about it. */
export interface Analysis {
  readonly dump: Dump;
  /** One for each snapshot of the dump. */
  readonly snapshots: readonly SnapshotSummary[];
  /** The last snapshot, of those with sockets where there are some; undefined where there is none. */
  readonly last: SnapshotSummary | undefined;
  /** The most urgent first. */
  readonly findings: readonly Finding[];
  /** The rows of a snapshot by state, owner, four-tuple and port. */
  readonly index: (snapshot: number) => SnapshotIndex;
  /** What the rules found in a snapshot by itself, whatever later ones show. Looked for again. */
  readonly draftsIn: (snapshot: number) => readonly RuleDraft[];
  /** Sockets followed from snapshot to snapshot. */
  readonly history: History;
  /** The machines that the snapshots are of, and what is connected between them. */
  readonly hosts: Hosts;
  readonly fleet: Fleet;
}

/** What rules ask for is made before they run, in steps, so that a rule may just take it. */
const PREPARED = [closeWaitByHolder, handshakes, probingRows];

const EVERY_RULE = new Plan(rules);

/** Shared by all analyses, as it keeps labels taken apart. */
const ENGLISH = new Localizer();

/** Looks for what is wrong in a dump. */
export function analyze(dump: Dump, options?: AnalysisOptions): Analysis {
  return runToEnd(analyzeInSteps(dump, options));
}

/** The same, for those who have something else to do in between. */
export function* analyzeInSteps(dump: Dump, options: AnalysisOptions = {}): Task<Analysis> {
  const addresses = yield* Addresses.of(dump);
  const hosts = yield* Hosts.of(dump, addresses);
  const index = lately(
    snapshot => new SnapshotIndex(dump, snapshot, addresses, options.system ?? null),
    // The ends of a host's connections are looked for at all others.
    snapshot => hosts.several && hosts.isLast(snapshot),
  );
  const history = yield* History.of(dump, addresses, hosts);
  const fleet = yield* Fleet.of(hosts, index);
  const localizer = options.localizer ?? ENGLISH;
  const thresholds = thresholdValues(options.thresholds);
  const { ignoredRules = [] } = options;
  const plan =
    ignoredRules.length === 0
      ? EVERY_RULE
      : new Plan(rules.filter(rule => !ignoredRules.includes(rule.id)));
  const found = (snapshot: number): Task<Found> =>
    findIn(new RuleContext(index(snapshot), history, thresholds, localizer, index, fleet), plan);
  const snapshots = new Array<SnapshotSummary>(dump.snapshots.length);
  const course = new FoundOverTime(history);
  for (const host of hosts.list) {
    let before: SnapshotIndex | undefined;
    for (const snapshot of host.snapshots) {
      const one = index(snapshot);
      if (!one.isSmall) {
        yield* one.prepare();
      }
      snapshots[snapshot] = yield* summarize(one, index);
      yield* course.add(one, yield* found(snapshot));
      // What was found in it may keep it.
      before?.forget();
      before = one;
    }
  }
  const findings = withMessages(
    yield* overTime(course, history, dump, index, localizer),
    dump,
    hosts,
    index,
    localizer,
  );
  return {
    dump,
    snapshots,
    last: lastOf(inTime(snapshots, hosts)),
    findings: grouped(findings, dump, localizer).sort(byUrgency(dump)),
    index,
    draftsIn: snapshot => [...runToEnd(found(snapshot)).values()].flat(),
    history,
    hosts,
    fleet,
  };
}

/** Snapshots in the order of their times where they are of one host, else as they stand. */
function inTime(snapshots: readonly SnapshotSummary[], hosts: Hosts): readonly SnapshotSummary[] {
  return hosts.several
    ? snapshots
    : hosts.list.flatMap(host => host.snapshots.map(one => snapshots[one]!));
}

/**
 * The last snapshot; of those that have sockets where some have something else only, and of these
 * where none has sockets.
 */
function lastOf(snapshots: readonly SnapshotSummary[]): SnapshotSummary | undefined {
  const others = snapshots.filter(({ snapshot }) => !tellsOnlySockets(snapshot));
  const wanted =
    others.length > 0 && snapshots.every(({ sockets }) => sockets === 0)
      ? others
      : snapshots.filter(({ sockets, snapshot }) => sockets > 0 || tellsOnlySockets(snapshot));
  return wanted.at(-1) ?? snapshots.at(-1);
}

/** What rules find in one snapshot. */
function* findIn(
  context: RuleContext<ThresholdId>,
  plan: Plan<(typeof rules)[number]>,
): Task<Found> {
  const small = context.index.isSmall;
  if (!small) {
    for (const list of PREPARED) {
      yield* list.in(context.index);
    }
    yield* prepareQueues(context.index);
  }
  const found: Found = new Map();
  let rule: (typeof rules)[number];
  // One for all rules: a dump can have as many snapshots as rows.
  const take = (draft: Draft | undefined): void => {
    if (draft !== undefined) {
      // No copy: one with other properties takes three times the memory of what was copied.
      const own = Object.assign(draft, { cause: draft.cause ?? rule.id, rule });
      addTo(found, keyOf(own), own);
    }
  };
  for (rule of plan.for(context.index, context.history)) {
    if (small) {
      collect(rule.find(context), take);
    } else {
      for (const draft of rule.find(context)) {
        take(draft);
        yield;
      }
      yield;
    }
  }
  yield;
  return limited(choose(context.index.snapshot, found));
}

/**
 * One finding for what several snapshots of a host show: that of the last one. What the host's
 * last snapshot does not show any more weighs less, and is left out where it was only information.
 */
function* overTime(
  course: FoundOverTime,
  history: History,
  dump: Dump,
  index: (snapshot: number) => SnapshotIndex,
  localizer: Localizer,
): Task<Finding[]> {
  const { hosts } = history;
  const endings = new Endings(dump, history, index);
  const findings: Finding[] = [];
  for (const group of course.end()) {
    const name = hosts.several && group.host !== null ? hosts.of(group.snapshot).name : null;
    const merged = yield* merge(group, name, sight(group, hosts, dump, localizer), localizer);
    const finding = withFormers(merged, group.formers, dump, hosts, localizer);
    findings.push(
      hosts.isLast(group.snapshot) ? finding : past(finding, group, endings, localizer),
    );
    yield;
  }
  return findings;
}

/** Indexes that are kept, by the last digits of their snapshots' numbers. */
const KEPT = 4;

/**
 * Makes an index of a snapshot when it is asked for, again where that was long ago. Those that are
 * compared with many others stay.
 */
function lately(
  make: (snapshot: number) => SnapshotIndex,
  stays: (snapshot: number) => boolean,
): (snapshot: number) => SnapshotIndex {
  const staying = new Map<number, SnapshotIndex>();
  // No map: what one drops as it grows anew still holds on to what comes later, for a while.
  const kept = new Array<SnapshotIndex | undefined>(KEPT).fill(undefined);
  return snapshot => {
    const recent = kept[snapshot % KEPT];
    const known = recent?.number === snapshot ? recent : staying.get(snapshot);
    if (known !== undefined) {
      return known;
    }
    const made = make(snapshot);
    if (stays(snapshot)) {
      staying.set(snapshot, made);
    } else {
      kept[snapshot % KEPT] = made;
    }
    return made;
  };
}

/** When a group was first and last seen; null where one snapshot only or several hosts show it. */
function sight(
  { since, snapshot, host }: HostGroup,
  hosts: Hosts,
  dump: Dump,
  localizer: Localizer,
): Text | null {
  if (since === snapshot || host === null) {
    return null;
  }
  const numbers = {
    first: hosts.place(since) + 1,
    last: hosts.place(snapshot) + 1,
    count: hosts.of(snapshot).snapshots.length,
  };
  const from = dump.snapshots[since]?.time ?? null;
  const to = dump.snapshots[snapshot]?.time ?? null;
  return from === null || to === null
    ? localizer.say(FINDING_TEXTS.sight, numbers)
    : localizer.say(FINDING_TEXTS.sightTimed, {
        ...numbers,
        from: readableTime(from),
        to: readableTime(to),
      });
}
