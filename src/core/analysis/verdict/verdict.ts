import { programText } from '../../explain/facts';
import { portOfHolder } from '../../index/holder';
import type { OwnerIdentity } from '../../index/owners';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import type { Localizer, Text } from '../../wording/text';
import { measuredDuration } from '../../wording/units';
import type { Finding } from '../finding';
import { FINDING_TEXTS } from '../kit/findingTexts';
import type { Difference } from '../time/difference';
import { indexOf, type Obstacle, obstaclesTo } from './comparable';
import { SOON, stuckInBoth } from './stuck';
import { type Group, KERNEL, Tally } from './tally';
import { LABELS, TEXTS } from './verdictTexts';

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

/**
 * A process with a lower number may have been started again as the same: a container counts from 1
 * again. Elsewhere Linux does not give lower ones twice (RESERVED_PIDS in kernel/pid.c).
 */
const FIRST_REUSED_PID = 300;

const GROWTH_TEXTS: ReadonlySet<string> = new Set([
  FINDING_TEXTS.growth.text,
  FINDING_TEXTS.growthSpread.text,
  FINDING_TEXTS.reaches.text,
  FINDING_TEXTS.reachesBetween.text,
  FINDING_TEXTS.reachesLater.text,
]);

/**
 * Whether the stuck sockets of the first snapshot are gone in the second.
 *
 * "Fixed" needs all of this: each stuck socket is gone or no longer stuck; the program still runs
 * as the same process, and has nothing new that is stuck, nor in CLOSE_WAIT or FIN_WAIT_2; both
 * snapshots tell their times, at least {@link SOON} seconds apart; and nothing speaks for it that
 * the second lists less than the first (see obstaclesTo).
 */
export function verdictOf(difference: Difference, localizer: Localizer): Verdict {
  return new Judge(difference, localizer).verdict();
}

class Judge {
  private readonly first: SnapshotIndex;
  private readonly second: SnapshotIndex;
  private readonly obstacles: readonly Obstacle[];
  private readonly tally: Tally;
  /** The findings about the second that tell how fast something grows, by PID. */
  private readonly growing = new Map<number, Finding>();

  public constructor(
    private readonly difference: Difference,
    private readonly localizer: Localizer,
  ) {
    const { before, after, kept } = difference;
    const stuck = stuckInBoth(difference);
    this.first = indexOf(before);
    this.second = indexOf(after);
    this.obstacles = obstaclesTo(difference, stuck);
    this.tally = new Tally(this.first, this.second, kept, stuck);
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
    if (kind !== 'nothing' && kind !== 'cannot-tell' && this.orderIsGuessed()) {
      texts.push(localizer.say(TEXTS.order));
    }
    return { kind, texts, programs };
  }

  /** Two files may be given in any order; snapshots of one text stand in theirs. */
  private orderIsGuessed(): boolean {
    const { before, after, seconds } = this.difference;
    return seconds === null && before.analysis !== after.analysis;
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
          ...this.stuckNow(),
          ...lasts,
        ];
      case 'early':
        return [...lasts, localizer.say(TEXTS.earlyToJudge)];
      default:
        return [
          localizer.say(TEXTS.nothing),
          ...(this.first.listsConnections ? [] : [localizer.say(TEXTS.onlyListeners)]),
        ];
    }
  }

  /** What is stuck in the second, where the first need not show whether it is new. */
  private stuckNow(): Text[] {
    return [...this.tally.groups]
      .filter(([, { added }]) => added > 0)
      .sort(([, a], [, b]) => b.added - a.added)
      .slice(0, NAMED)
      .map(([holder, { owner, added }]) => {
        const program = this.programText(holder, owner);
        return this.localizer.say(TEXTS.stuckNow, { added: this.stuckText(added), program });
      });
  }

  private hides(what: 'gone' | 'new'): boolean {
    return this.obstacles.some(({ hides }) => hides === what || hides === 'both');
  }

  private programs(): ProgramVerdict[] {
    const heirs = new Map<number, Group>();
    for (const group of this.tally.groups.values()) {
      const pid = group.owner?.pid ?? null;
      if (pid !== null && group.before === 0) {
        heirs.set(pid, group);
      }
    }
    const taken = new Set<Group>();
    for (const { heir } of this.tally.groups.values()) {
      const group = heirs.get(heir);
      if (group !== undefined) {
        taken.add(group);
      }
    }
    const last = this.lastSeen();
    return [...this.tally.groups]
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
    const { before, cleared, remaining, moved } = group;
    const added = group.added + (remaining > 0 ? (heir?.added ?? 0) : 0);
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
    const { before, cleared, remaining, moved } = group;
    const { added } = all;
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

  private partly({ cleared, moved }: Group, all: Args): Text[] {
    const { localizer } = this;
    return [
      localizer.say(TEXTS.partly, { ...all, gone: cleared }),
      ...this.waiting(moved),
      localizer.say(TEXTS.added, { added: all.added }),
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
    } else if (holder !== KERNEL && this.tally.newUnowned > 0) {
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
    if (!this.tally.isPresent(pid)) {
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
    for (const { heir, owner } of this.tally.groups.values()) {
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
}

interface Args {
  readonly when: Text;
  readonly program: Text;
  readonly sockets: Text;
  readonly remaining: number;
  readonly added: number;
}
