import { programText } from '../../explain/facts';
import { holderOf, ownerOfHolder, portOfHolder } from '../../index/holder';
import type { OwnerIdentity } from '../../index/owners';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import type { SocketTable } from '../../model/socketTable';
import { State } from '../../vocabulary/state';
import { label, say } from '../../wording/statement';
import type { Localizer, Text } from '../../wording/text';
import { measuredDuration } from '../../wording/units';
import type { Finding } from '../finding';
import { FINDING_TEXTS } from '../kit/findingTexts';
import { indexOf, type Obstacle, obstaclesTo } from './comparable';
import type { Difference, Kept } from '../time/difference';
import { listsListenersOnly } from '../time/gaps';
import { canBeStuck, fateOf, type Rows, stuckRows } from './stuck';

/** The answers to "Is it fixed?", the worst first. */
const VERDICTS = [
  'growing',
  'appeared',
  'same',
  'partly',
  'replaced',
  'cannot-tell',
  'restarted',
  'early',
  'fixed',
  'nothing',
] as const;
type VerdictKind = (typeof VERDICTS)[number];

/** What became of the stuck sockets of one program. */
interface ProgramVerdict {
  readonly kind: VerdictKind;
  /** Null where no process is shown for them. */
  readonly owner: OwnerIdentity | null;
  /** Sockets that were stuck in the first snapshot; the next four add up to it. */
  readonly before: number;
  /** Not in the second snapshot, or only in TIME_WAIT. */
  readonly gone: number;
  /** Still there, and no longer stuck. */
  readonly freed: number;
  /** Closed at this end since, and waiting for the peer. */
  readonly moved: number;
  /** Still stuck. */
  readonly remaining: number;
  /** Stuck or on the way to it in the second snapshot, and not stuck in the first. */
  readonly added: number;
  readonly texts: readonly Text[];
}

/** Whether what was wrong in the first of two snapshots is fixed in the second. */
export interface Verdict {
  /** The worst of the programs'. */
  readonly kind: VerdictKind;
  /** In full sentences, for the three worst programs. */
  readonly texts: readonly Text[];
  /** The worst first. */
  readonly programs: readonly ProgramVerdict[];
}

/** Programs that are named. */
const NAMED = 3;

/** Below so many seconds, that nothing is new says little: most leaks need some time to show. */
const SOON = 30;

/**
 * A process with a lower number may have been started again as the same: a container counts from 1
 * again. Elsewhere Linux does not give lower ones twice (RESERVED_PIDS in kernel/pid.c).
 */
const FIRST_REUSED_PID = 300;

/** What the kernel holds after the program let go of it; not a holder's number (see holderOf). */
const KERNEL = Number.MIN_SAFE_INTEGER;

const GROWTH_TEXTS: ReadonlySet<string> = new Set([
  FINDING_TEXTS.growth.id,
  FINDING_TEXTS.growthSpread.id,
  FINDING_TEXTS.reaches.id,
  FINDING_TEXTS.reachesBetween.id,
  FINDING_TEXTS.reachesLater.id,
]);

const LABELS = {
  after: label('verdict.after', 'after {time}'),
  second: label('verdict.in-second', 'in the second snapshot'),
  kernel: label('verdict.kernel', 'the kernel'),
  one: label('verdict.one-stuck', '1 stuck socket'),
  several: label('verdict.several-stuck', '{count} stuck sockets'),
  more: label('verdict.more', 'Further programs with stuck sockets: {count}.'),
};

const TEXTS = {
  nothing: say('verdict.nothing', 'Nothing was stuck in the first snapshot.', 'general-practice'),
  onlyListeners: say(
    'verdict.only-listeners',
    'It lists only listening sockets.',
    'netstat.8',
    'ss.8',
  ),
  lasts: say(
    'verdict.lasts',
    'Still in a state that should last only moments: {count}.',
    'general-practice',
  ),
  earlyToJudge: say(
    'verdict.early-to-judge',
    'Too early to say. Compare again in a minute.',
    'general-practice',
  ),
  fixed: say(
    'verdict.fixed',
    'Fixed: all {count} stuck sockets of {program} are gone after {time}, and none is new.',
    'general-practice',
  ),
  fixedOne: say(
    'verdict.fixed-one',
    'Fixed: the stuck socket of {program} is gone after {time}, and none is new.',
    'general-practice',
  ),
  freed: say(
    'verdict.fixed-freed',
    'Fixed: {program} had {sockets}. After {time} none of them is stuck, and none is new.',
    'general-practice',
  ),
  early: say(
    'verdict.early',
    'Too early to say. No longer stuck after {time}: {gone} of {sockets} of {program}. Compare again in a minute.',
    'general-practice',
  ),
  same: say(
    'verdict.same',
    'Not fixed. Still there {when}: {remaining} of {sockets} of {program}.',
    'general-practice',
  ),
  partly: say(
    'verdict.partly',
    'Better. No longer stuck {when}: {gone} of {sockets} of {program}. Still stuck: {remaining}.',
    'general-practice',
  ),
  moved: say('verdict.moved', 'Closed here, and waiting for the peer: {moved}.', 'rfc9293-3.6'),
  added: say('verdict.added', 'New: {added}.', 'general-practice'),
  growing: say(
    'verdict.growing',
    'Not fixed, and growing. Still there {when}: {remaining} of {sockets} of {program}. New: {added}.',
    'general-practice',
  ),
  replaced: say(
    'verdict.replaced',
    'All replaced. No longer stuck {when}: {gone} of {sockets} of {program}. New: {added}. A third snapshot shows whether the new ones stay.',
    'general-practice',
  ),
  appeared: say(
    'verdict.appeared',
    'Worse. Stuck {when}, but not in the first snapshot: {added} of {program}.',
    'general-practice',
  ),
  restarted: say(
    'verdict.restarted',
    'Too early to say: {program} was restarted and has PID {pid} now. Gone with the old process: {sockets}.',
    'general-practice',
  ),
  restartedWithin: say(
    'verdict.restarted-within',
    'The restart was at most {time} before the second snapshot.',
    'general-practice',
  ),
  again: say('verdict.again', 'The new process already has {sockets}.', 'general-practice'),
  ended: say(
    'verdict.ended',
    'Cannot tell: no socket of {program} is in the second snapshot. The program has ended, or its sockets are not listed. In the first it had {sockets}.',
    'general-practice',
  ),
  samePid: say(
    'verdict.same-pid',
    'Cannot tell whether {program} was fixed or restarted: none of its connections is left, and after a restart it can have the same PID. In the first snapshot it had {sockets}.',
    'general-practice',
  ),
  cannotTell: say(
    'verdict.cannot-tell',
    'Cannot tell whether it is fixed. Not stuck in the second snapshot: {gone} of {sockets} of {program}.',
    'general-practice',
  ),
  nothingTold: say(
    'verdict.cannot-compare',
    'Cannot tell whether it is fixed.',
    'general-practice',
  ),
  noPids: say(
    'verdict.no-pids',
    'Without its process it is not known whether the program was restarted.',
    'general-practice',
  ),
  unowned: say(
    'verdict.unowned',
    'New sockets in CLOSE_WAIT show no process, and can be of this program.',
    'general-practice',
  ),
};

/**
 * Whether the stuck sockets of the first snapshot (see stuckRows) are gone in the second. A socket
 * is stuck as well in the first where the second shows it so, in the same state: one snapshot alone
 * may be too little for a finding. So it is in both where it has lasted for {@link SOON} seconds in
 * a state that should pass in moments, however few there are.
 *
 * "Fixed" needs all of this: each stuck socket is gone or no longer stuck; the program still runs
 * as the same process, and has nothing new that is stuck, nor in CLOSE_WAIT or FIN_WAIT_2; both
 * snapshots tell their times, at least {@link SOON} seconds apart; and nothing speaks for it that
 * the second lists less than the first (see obstaclesTo).
 */
export function verdictOf(difference: Difference, localizer: Localizer): Verdict {
  return new Judge(difference, localizer).verdict();
}

/** What became of the sockets of one holder. */
class Group {
  public before = 0;
  public gone = 0;
  public freed = 0;
  public moved = 0;
  public remaining = 0;
  public added = 0;
  /** Listening sockets in the first snapshot, and those of them that are in the second. */
  public listening = 0;
  public keptListening = 0;
  /** Sockets that are the same in both for certain. */
  public kept = 0;
  /** For the ports that it listened on, its new process. */
  public heir: number = NONE;

  public constructor(public readonly owner: OwnerIdentity | null) {}

  public get cleared(): number {
    return this.gone + this.freed;
  }
}

class Judge {
  private readonly first: SnapshotIndex;
  private readonly second: SnapshotIndex;
  private readonly stuckBefore: Rows;
  private readonly stuckAfter: Rows;
  private readonly obstacles: readonly Obstacle[];
  /** By holder in the first snapshot (see holderOf); by {@link fresh} those of the second only. */
  private readonly groups = new Map<number, Group>();
  /** The second's owners by number: their numbers in the first; NONE where they were not there. */
  private readonly earlier: Int32Array;
  /** Numbers in the first of the processes that the second still shows. */
  private readonly present: ReadonlySet<number>;
  /** The findings about the second that tell how fast something grows, by PID. */
  private readonly growing = new Map<number, Finding>();
  private newUnowned = 0;

  public constructor(
    private readonly difference: Difference,
    private readonly localizer: Localizer,
  ) {
    const { before, after, kept, seconds, stuck } = difference;
    this.first = indexOf(before);
    this.second = indexOf(after);
    this.stuckBefore = stuckRows(before);
    this.stuckAfter = stuckRows(after);
    if (seconds !== null && seconds >= SOON) {
      stuck.forEach(pair => this.stuckAfter.add(pair.after));
    }
    const { state: from } = this.first.table;
    const { state: to } = this.second.table;
    for (const pair of kept) {
      const { before: row } = pair;
      if (
        this.stuckAfter.has(pair.after) &&
        from[row] === to[pair.after] &&
        canBeStuck(this.first.table, row)
      ) {
        this.stuckBefore.add(row);
      }
    }
    this.obstacles = obstaclesTo(difference, this.stuckBefore, this.stuckAfter);
    this.earlier = this.earlierOwners();
    this.present = new Set(this.earlier);
    for (const finding of after.analysis.findings) {
      const pid = finding.owner?.pid ?? null;
      if (finding.growth !== null && finding.snapshot === after.snapshot && pid !== null) {
        this.growing.set(pid, finding);
      }
    }
  }

  public verdict(): Verdict {
    const [worst] = this.obstacles;
    if (worst?.hides === 'all') {
      return {
        kind: 'cannot-tell',
        texts: [this.localizer.say(TEXTS.nothingTold), this.localizer.say(worst.text)],
        programs: [],
      };
    }
    this.countEarlier();
    this.followKept();
    this.countNew();
    const programs = this.programs();
    const kind = programs[0]?.kind ?? this.ofNothing();
    const { localizer } = this;
    const texts = programs.slice(0, NAMED).flatMap(program => program.texts);
    if (programs.length === 0) {
      texts.push(...this.textsOfNothing(kind));
    }
    if (programs.length > NAMED) {
      texts.push(localizer.format(LABELS.more, { count: programs.length - NAMED }));
    }
    return { kind, texts, programs };
  }

  /**
   * That nothing was stuck can be said of a snapshot that hides nothing, and only where nothing has
   * lasted.
   */
  private ofNothing(): VerdictKind {
    const { seconds, stuck } = this.difference;
    return this.hides('new') || (stuck.length > 0 && seconds === null)
      ? 'cannot-tell'
      : stuck.length > 0
        ? 'early'
        : 'nothing';
  }

  private textsOfNothing(kind: VerdictKind): Text[] {
    const { localizer } = this;
    const { stuck } = this.difference;
    const lasts = stuck.length > 0 ? [localizer.say(TEXTS.lasts, { count: stuck.length })] : [];
    switch (kind) {
      case 'cannot-tell':
        return [
          localizer.say(TEXTS.nothingTold),
          ...this.obstacles.map(({ text }) => localizer.say(text)),
          ...lasts,
        ];
      case 'early':
        return [...lasts, localizer.say(TEXTS.earlyToJudge)];
      default:
        return [
          localizer.say(TEXTS.nothing),
          ...(listsListenersOnly(this.first) ? [localizer.say(TEXTS.onlyListeners)] : []),
        ];
    }
  }

  private hides(what: 'gone' | 'new'): boolean {
    return this.obstacles.some(({ hides }) => hides === what || hides === 'both');
  }

  // #region Counting

  private countEarlier(): void {
    for (const row of this.stuckBefore) {
      this.groupAt(holderIn(this.first, row), this.first).before++;
    }
    for (const row of this.first.rowsIn(State.Listen)) {
      const group = this.groups.get(this.first.owners.of(row));
      if (group !== undefined) {
        group.listening++;
      }
    }
  }

  private followKept(): void {
    const { table } = this.first;
    const later = this.second.table;
    for (const pair of this.difference.kept) {
      const { before, after } = pair;
      if (this.stuckBefore.has(before)) {
        const fate = fateOf(table, later, pair, this.stuckAfter.has(after));
        this.groupAt(holderIn(this.first, before), this.first)[fate]++;
      }
      const owner = this.first.owners.of(before);
      const group = owner === NONE ? undefined : this.groups.get(owner);
      if (group !== undefined && this.earlierOwner(after) === owner) {
        const listens = table.state[before] === State.Listen;
        group.keptListening += Number(listens);
        group.kept += Number(isCertain(table, later, pair));
      }
    }
    for (const group of this.groups.values()) {
      group.gone = group.before - group.freed - group.moved - group.remaining;
    }
  }

  /** Counts what is stuck in the second only, and what a program has newly in such states. */
  private countNew(): void {
    const { state } = this.second.table;
    const from = new Int32Array(this.second.snapshot.endRow - this.second.snapshot.firstRow);
    from.fill(NONE);
    for (const { before, after } of this.difference.kept) {
      from[after - this.second.snapshot.firstRow] = before;
    }
    const isNew = (row: number): boolean => {
      const before = from[row - this.second.snapshot.firstRow]!;
      return before === NONE || this.first.table.state[before] !== state[row];
    };
    const wasStuck = (row: number): boolean => {
      const before = from[row - this.second.snapshot.firstRow]!;
      return before !== NONE && this.stuckBefore.has(before);
    };
    const known = new Set(this.groups.keys());
    for (const row of this.stuckAfter) {
      if (!wasStuck(row)) {
        this.groupAfter(row).added++;
      }
    }
    for (const waiting of [State.CloseWait, State.FinWait2]) {
      for (const row of this.second.rowsIn(waiting)) {
        if (!isNew(row) || wasStuck(row) || this.stuckAfter.has(row)) {
          continue;
        }
        if (this.second.owners.of(row) === NONE) {
          this.newUnowned += Number(waiting === State.CloseWait);
        } else {
          const owner = this.earlierOwner(row);
          if (known.has(owner)) {
            this.groups.get(owner)!.added++;
          }
        }
      }
    }
    this.findHeirs();
  }

  /** Which new process listens where a program did that is no longer there, or has its name. */
  private findHeirs(): void {
    const byName = new Map<string, number>();
    const isNew = (pid: number): boolean => this.first.owners.find(pid) === NONE;
    for (let number = 0; number < this.second.owners.size; number++) {
      const { pid, process } = this.second.owners.get(number);
      if (pid !== null && process !== null && isNew(pid) && !byName.has(process)) {
        byName.set(process, pid);
      }
    }
    const byPort = new Map<number, number>();
    for (const row of this.second.rowsIn(State.Listen)) {
      const pid = this.second.table.pid[row]!;
      if (pid > 0 && isNew(pid)) {
        byPort.set(this.second.table.localPort[row]!, pid);
      }
    }
    const isGone = (owner: OwnerIdentity | null): boolean => {
      const pid = owner?.pid ?? null;
      return pid !== null && this.second.owners.find(pid) === NONE;
    };
    for (const group of this.groups.values()) {
      if (isGone(group.owner)) {
        group.heir = byName.get(group.owner?.process ?? '') ?? NONE;
      }
    }
    for (const row of this.first.rowsIn(State.Listen)) {
      const group = this.groups.get(this.first.owners.of(row));
      if (group?.heir === NONE && isGone(group.owner)) {
        group.heir = byPort.get(this.first.table.localPort[row]!) ?? NONE;
      }
    }
  }

  private groupAt(holder: number, index: SnapshotIndex): Group {
    let group = this.groups.get(holder);
    if (group === undefined) {
      group = new Group(holder === KERNEL ? null : ownerOfHolder(index, holder));
      this.groups.set(holder, group);
    }
    return group;
  }

  /** The group that a row of the second counts for. */
  private groupAfter(row: number): Group {
    const holder = holderIn(this.second, row);
    if (holder < 0) {
      return this.groupAt(holder, this.second);
    }
    const owner = this.earlier[holder]!;
    // What was not there before is numbered behind all that was.
    return owner === NONE ? this.groupOfNew(holder) : this.groupAt(owner, this.first);
  }

  private groupOfNew(holder: number): Group {
    const number = this.first.owners.size + holder;
    let group = this.groups.get(number);
    if (group === undefined) {
      group = new Group(this.second.owners.get(holder));
      this.groups.set(number, group);
    }
    return group;
  }

  /** The number in the first snapshot of the process that has a row in the second. */
  private earlierOwner(row: number): number {
    const owner = this.second.owners.of(row);
    return owner === NONE ? NONE : this.earlier[owner]!;
  }

  private earlierOwners(): Int32Array {
    const names = new Map<string, number>();
    for (let number = 0; number < this.first.owners.size; number++) {
      const { pid, process } = this.first.owners.get(number);
      if (pid === null && process !== null) {
        names.set(process, number);
      }
    }
    return Int32Array.from({ length: this.second.owners.size }, (_, number) => {
      const { pid, process } = this.second.owners.get(number);
      const found = pid === null ? (names.get(process ?? '') ?? NONE) : this.first.owners.find(pid);
      if (found === NONE) {
        return NONE;
      }
      const name = this.first.owners.get(found).process;
      // The number of another program that ended.
      return name !== null && process !== null && name !== process ? NONE : found;
    });
  }

  // #endregion
  // #region Judging

  private programs(): ProgramVerdict[] {
    const heirs = new Map<number, Group>();
    for (const group of this.groups.values()) {
      const pid = group.owner?.pid ?? null;
      if (pid !== null && group.before === 0) {
        heirs.set(pid, group);
      }
    }
    const taken = new Set<Group>();
    for (const { heir } of this.groups.values()) {
      const group = heirs.get(heir);
      if (group !== undefined) {
        taken.add(group);
      }
    }
    const last = this.lastSeen();
    return [...this.groups]
      .filter(([, group]) => !taken.has(group) && !(group.before === 0 && this.hides('new')))
      .map(([holder, group]) => this.program(holder, group, heirs.get(group.heir), last))
      .sort(
        (a, b) =>
          VERDICTS.indexOf(a.kind) - VERDICTS.indexOf(b.kind) ||
          Math.max(b.before, b.remaining + b.added) - Math.max(a.before, a.remaining + a.added),
      );
  }

  private program(
    holder: number,
    group: Group,
    heir: Group | undefined,
    last: ReadonlyMap<number, number>,
  ): ProgramVerdict {
    const { owner, before, gone, freed, moved, remaining } = group;
    const [kind, texts] = this.judged(holder, group, heir, last);
    const added = group.added + (heir?.added ?? 0);
    return { kind, owner, before, gone, freed, moved, remaining, added, texts };
  }

  private judged(
    holder: number,
    group: Group,
    heir: Group | undefined,
    last: ReadonlyMap<number, number>,
  ): [VerdictKind, Text[]] {
    const { localizer, difference } = this;
    const { before, cleared, remaining, moved, added } = group;
    const { seconds } = difference;
    const program = this.programText(holder, group.owner);
    const when =
      seconds === null
        ? localizer.format(LABELS.second)
        : localizer.format(LABELS.after, { time: measuredDuration(seconds, localizer) });
    const sockets = this.stuckText(before);
    if (before === 0) {
      const args = { when, program, added: this.stuckText(added) };
      return ['appeared', [localizer.say(TEXTS.appeared, args)]];
    }
    const all = { when, program, sockets, remaining, added };
    if (remaining > 0) {
      return this.judgeRemaining(group, all);
    }
    const hindrances = this.hindrances(holder, group);
    const fresh = added > 0 ? [localizer.say(TEXTS.added, { added })] : [];
    const process = hindrances.length > 0 ? null : this.judgeProcess(group, program, heir, last);
    // New ones of the same PID are not fixed, restarted or not.
    if (hindrances.length === 0 && added * 2 > before && process?.[0] !== 'restarted') {
      const args = { ...all, gone: cleared };
      return ['replaced', [localizer.say(TEXTS.replaced, args), ...this.waiting(moved)]];
    }
    if (process !== null) {
      const [kind, texts] = process;
      return [kind, [...texts, ...fresh]];
    }
    if (hindrances.length > 0 || seconds === null) {
      const untimed = this.obstacles.filter(({ hides }) => hides === 'time');
      const args = { gone: cleared + moved, sockets, program };
      return [
        'cannot-tell',
        [
          localizer.say(TEXTS.cannotTell, args),
          ...fresh,
          ...hindrances,
          ...untimed.map(({ text }) => localizer.say(text)),
        ],
      ];
    }
    if (added > 0 || moved > 0) {
      return ['partly', this.partly(group, all)];
    }
    const time = measuredDuration(seconds, localizer);
    if (seconds < SOON) {
      return ['early', [localizer.say(TEXTS.early, { time, gone: cleared, sockets, program })]];
    }
    return [
      'fixed',
      [
        group.freed > 0
          ? localizer.say(TEXTS.freed, { time, sockets, program })
          : before === 1
            ? localizer.say(TEXTS.fixedOne, { time, program })
            : localizer.say(TEXTS.fixed, { time, program, count: before }),
      ],
    ];
  }

  /** Some of the stuck sockets are still there, whatever else cannot be told. */
  private judgeRemaining(group: Group, all: Args): [VerdictKind, Text[]] {
    const { localizer } = this;
    const { before, cleared, remaining, moved, added } = group;
    if (added > cleared + moved && !this.hides('new')) {
      return ['growing', [localizer.say(TEXTS.growing, all), ...this.growth(group)]];
    }
    const hidden = this.obstacles.filter(({ hides }) => hides !== 'time');
    if (hidden.length > 0) {
      const texts = remaining < before ? hidden.map(({ text }) => localizer.say(text)) : [];
      return ['same', [localizer.say(TEXTS.same, all), ...texts]];
    }
    if (cleared + moved > added) {
      return ['partly', this.partly(group, all)];
    }
    return ['same', [localizer.say(TEXTS.same, all), localizer.say(TEXTS.added, { added })]];
  }

  private partly({ cleared, moved, added }: Group, all: Args): Text[] {
    const { localizer } = this;
    return [
      localizer.say(TEXTS.partly, { ...all, gone: cleared }),
      ...this.waiting(moved),
      localizer.say(TEXTS.added, { added }),
    ];
  }

  private waiting(moved: number): Text[] {
    return moved > 0 ? [this.localizer.say(TEXTS.moved, { moved })] : [];
  }

  /** Why it cannot be said of a program that its sockets are gone and none is new. */
  private hindrances(holder: number, { owner }: Group): Text[] {
    const { localizer } = this;
    const texts = this.obstacles
      .filter(({ hides }) => hides !== 'time')
      .map(({ text }) => localizer.say(text));
    if (holder !== KERNEL && ((owner?.pid ?? null) === null || !this.second.showsPids)) {
      texts.push(localizer.say(TEXTS.noPids));
    } else if (holder !== KERNEL && this.newUnowned > 0) {
      texts.push(localizer.say(TEXTS.unowned));
    }
    return texts;
  }

  /** Whether the process is another one than before, or may be; null where it is the same. */
  private judgeProcess(
    group: Group,
    program: Text,
    heir: Group | undefined,
    last: ReadonlyMap<number, number>,
  ): [VerdictKind, Text[]] | null {
    const { localizer } = this;
    const pid = group.owner?.pid ?? null;
    if (pid === null) {
      return null;
    }
    const sockets = this.stuckText(group.before);
    if (group.heir !== NONE) {
      const texts = [localizer.say(TEXTS.restarted, { program, pid: String(group.heir), sockets })];
      const seconds = last.get(pid);
      if (seconds !== undefined) {
        const time = measuredDuration(seconds, localizer);
        texts.push(localizer.say(TEXTS.restartedWithin, { time }));
      }
      if (heir !== undefined) {
        texts.push(localizer.say(TEXTS.again, { sockets: this.stuckText(heir.added) }));
      }
      return ['restarted', texts];
    }
    const owner = this.first.owners.find(pid);
    if (!this.present.has(owner)) {
      return ['cannot-tell', [localizer.say(TEXTS.ended, { program, sockets })]];
    }
    const lostListeners = group.listening > 0 && group.keptListening === 0;
    return group.kept === 0 && (pid < FIRST_REUSED_PID || lostListeners)
      ? ['cannot-tell', [localizer.say(TEXTS.samePid, { program, sockets })]]
      : null;
  }

  /**
   * For the PIDs that ended, how many seconds before the second snapshot they were last seen: in
   * one of those between the two, else in the first.
   */
  private lastSeen(): ReadonlyMap<number, number> {
    const { before, after, seconds } = this.difference;
    const ended = new Set<number>();
    for (const { heir, owner } of this.groups.values()) {
      const pid = owner?.pid ?? null;
      if (heir !== NONE && pid !== null) {
        ended.add(pid);
      }
    }
    const found = new Map<number, number>();
    if (seconds === null || ended.size === 0) {
      return found;
    }
    const { history, hosts, index } = after.analysis;
    for (const number of before.analysis === after.analysis ? hosts.until(after.snapshot) : []) {
      const ago = history.secondsBetween(number, after.snapshot);
      if (ago !== null && ago <= seconds) {
        const { owners } = index(number);
        for (const pid of ended) {
          if (owners.find(pid) !== NONE) {
            found.set(pid, ago);
          }
        }
      }
    }
    ended.forEach(pid => found.set(pid, found.get(pid) ?? seconds));
    return found;
  }

  /** How fast it grows and until when: as a finding says it of several snapshots, else between two. */
  private growth({ owner, before, remaining, added }: Group): Text[] {
    const { localizer, difference } = this;
    const { seconds } = difference;
    const finding = this.growing.get(owner?.pid ?? NONE);
    if (finding !== undefined) {
      return finding.evidence.map(({ text }) => text).filter(({ id }) => GROWTH_TEXTS.has(id));
    }
    if (seconds === null || seconds < SOON) {
      return [];
    }
    const perMinute = Number((((remaining + added - before) * 60) / seconds).toPrecision(2));
    const time = measuredDuration(seconds, localizer);
    return [localizer.say(FINDING_TEXTS.growth, { perMinute, time })];
  }

  private stuckText(count: number): Text {
    return count === 1
      ? this.localizer.format(LABELS.one)
      : this.localizer.format(LABELS.several, { count });
  }

  private programText(holder: number, owner: OwnerIdentity | null): Text {
    const { localizer } = this;
    if (owner !== null) {
      return programText([{ ...owner, fd: null }], localizer);
    }
    const port = holder === KERNEL ? null : portOfHolder(holder);
    return holder === KERNEL
      ? localizer.format(LABELS.kernel)
      : port === null
        ? localizer.format(FINDING_TEXTS.unknownProgram)
        : localizer.format(FINDING_TEXTS.programOnPort, { port: String(port) });
  }

  // #endregion
}

interface Args {
  readonly when: Text;
  readonly program: Text;
  readonly sockets: Text;
  readonly remaining: number;
  readonly added: number;
}

/** Who answers for a row (see holderOf), or {@link KERNEL}. */
function holderIn(index: SnapshotIndex, row: number): number {
  return index.owners.of(row) === NONE &&
    index.showsPids &&
    !index.snapshot.unprivileged &&
    isOrphan(index.table.state[row] as State)
    ? KERNEL
    : holderOf(index, row);
}

/** Whether sockets in a state are the kernel's alone where no process has them. */
function isOrphan(state: State): boolean {
  return (
    state === State.SynReceived ||
    state === State.FinWait1 ||
    state === State.FinWait2 ||
    state === State.Closing ||
    state === State.LastAck
  );
}

/** Whether a socket is the same for certain: by what the kernel names it by, or as a connection. */
function isCertain(first: SocketTable, second: SocketTable, { before, after }: Kept): boolean {
  return (
    first.remotePort[before]! > 0 ||
    ((first.inode?.[before] ?? NONE) > 0 && (second.inode?.[after] ?? NONE) > 0) ||
    ((first.handle?.[before] ?? 0) > 0 && (second.handle?.[after] ?? 0) > 0)
  );
}
