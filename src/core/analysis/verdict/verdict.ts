import { programText } from '../../explain/facts';
import { portOfHolder } from '../../index/holder';
import type { OwnerIdentity } from '../../index/owners';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import type { Localizer, Text } from '../../wording/text';
import { measuredDuration } from '../../wording/units';
import type { Finding } from '../finding';
import { tellsOfOthers } from '../kit/closing/closeWaitTurnover';
import { FINDING_TEXTS, GROWTH_TEXTS, LEFT_TEXTS, stuckText } from '../kit/findingTexts';
import type { Difference } from '../time/difference';
import { isOfAll, listsWhole } from '../time/gaps';
import { type Comparability, comparabilityOf, indexOf, type Obstacle } from './comparable';
import { Holders, KERNEL } from './holders';
import { SOON, stuckInBoth } from './stuck';
import { type Group, Tally } from './tally';
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
  /** Null where no process is shown for them, without PID where several of one name are. */
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
  /** The worst of the programs', or that it cannot be told of one whether what it has is new. */
  readonly kind: VerdictKind;
  /** In full sentences, for the three worst programs. */
  readonly texts: readonly Text[];
  /** The worst first. */
  readonly programs: readonly ProgramVerdict[];
}

/** Programs that are named, and reasons of each kind. */
const NAMED = 3;
const REASONS = 2;

/**
 * A process with a lower number may have been started again as the same: a container counts from 1
 * again. Elsewhere Linux does not give lower ones twice (RESERVED_PIDS in kernel/pid.c).
 */
const FIRST_REUSED_PID = 300;

/**
 * Whether the stuck sockets of the first snapshot are gone in the second.
 *
 * "Fixed" needs all of this: each stuck socket is gone or no longer stuck; the program still runs
 * as the same process, and has nothing new that is stuck, nor in CLOSE_WAIT or FIN_WAIT_2; both
 * snapshots tell their times, at least {@link SOON} seconds apart; and nothing speaks for it that
 * the second lists less than the first (see comparabilityOf).
 */
export function verdictOf(difference: Difference, localizer: Localizer): Verdict {
  return new Judge(difference, localizer).verdict();
}

class Judge {
  private readonly first: SnapshotIndex;
  private readonly second: SnapshotIndex;
  private readonly listed: Comparability;
  private readonly obstacles: readonly Obstacle[];
  private readonly holders: Holders;
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
    this.listed = comparabilityOf(difference, stuck);
    this.obstacles = this.listed.obstacles;
    this.holders = new Holders([this.first, this.second], kept, stuck);
    const showsAll = !this.obstacles.some(one => one.gap === 'rights' && hides(one, 'new'));
    this.tally = new Tally(this.first, this.second, this.holders, kept, stuck, showsAll);
    for (const finding of after.analysis.findings) {
      const pid = finding.owner?.pid ?? null;
      if (finding.growth !== null && finding.snapshot === after.snapshot && pid !== null) {
        this.growing.set(pid, finding);
      }
    }
  }

  public verdict(): Verdict {
    const { localizer, tally } = this;
    const [worst] = this.obstacles;
    if (worst?.hides === 'all') {
      return {
        kind: 'cannot-tell',
        texts: [localizer.say(TEXTS.nothingTold), localizer.say(worst.text)],
        programs: [],
      };
    }
    const groups = [...tally.groups.values()];
    const unclear = new Set(groups.filter(group => this.isUnclear(group)));
    const programs = this.programs(groups.filter(group => !unclear.has(group)));
    const kinds = programs.map(program => program.kind);
    const kind = worstOf(unclear.size > 0 ? [...kinds, 'cannot-tell'] : kinds) ?? this.ofNothing();
    const texts = programs.slice(0, NAMED).flatMap(program => program.texts);
    if (programs.length === 0) {
      texts.push(...this.textsOfNothing(kind));
    }
    if (programs.length > NAMED) {
      texts.push(localizer.format(LABELS.more, { count: programs.length - NAMED }));
    }
    texts.push(...this.stuckNow([...unclear]));
    const isOrdered = kind === 'nothing' || kind === 'cannot-tell' || !this.orderIsGuessed();
    const order = isOrdered ? [] : [localizer.say(TEXTS.order)];
    const alike = kind === 'same' && this.areAlike() ? [localizer.say(TEXTS.alike)] : [];
    return { kind, texts: this.reasonsOnce([...texts, ...order, ...alike]), programs };
  }

  /** Whether nothing tells that the two snapshots are two. */
  private areAlike(): boolean {
    const { added, gone, changed, kept, seconds } = this.difference;
    const { recvQ, sendQ } = this.first.table;
    const { recvQ: laterRecvQ, sendQ: laterSendQ } = this.second.table;
    return (
      seconds === null &&
      added.length + gone.length + changed.length === 0 &&
      kept.every(
        ({ before, after }) =>
          recvQ[before] === laterRecvQ[after] && sendQ[before] === laterSendQ[after],
      )
    );
  }

  /** Whether all that is known of a program is that it has something stuck now, new or not. */
  private isUnclear(group: Group): boolean {
    return group.before === 0 && this.blockersOf(group, 'new').length > 0;
  }

  /** What holds of the whole comparison is said once. */
  private reasonsOnce(texts: readonly Text[]): Text[] {
    const reasons = new Set(this.obstacles.map(({ text }) => text.text));
    const said = new Set<string>();
    return texts.filter(({ id }) => {
      const isFirst = !said.has(id) || !reasons.has(id);
      said.add(id);
      return isFirst;
    });
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
    // What processes have, a listing of all their files shows.
    const hidesAny = this.obstacles.some(
      one => hides(one, 'new') && !(isOfTool(one) && isOfAll(this.listed.before)),
    );
    return hidesAny || (stuck.length > 0 && seconds === null)
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
          ...this.obstacles.filter(one => hides(one, 'new')).map(({ text }) => localizer.say(text)),
          ...(this.first.listsConnections ? [] : [localizer.say(TEXTS.onlyListeners)]),
        ];
    }
  }

  /** What some have stuck in the second, where the first need not show whether it is new. */
  private stuckNow(groups: readonly Group[]): Text[] {
    const { localizer } = this;
    return groups
      .filter(({ added }) => added > 0)
      .sort((a, b) => b.added - a.added)
      .slice(0, NAMED)
      .flatMap(group => [
        localizer.say(TEXTS.stuckNow, {
          added: stuckText(group.added, localizer),
          program: this.programText(group),
        }),
        ...this.blockersOf(group, 'new'),
      ]);
  }

  /**
   * Why it cannot be said of a program whether sockets of it are gone, or new. What another tool, or
   * one with fewer rights, need not list, it lists of a process that it shows: of what is gone that
   * is only said where the rights are known.
   */
  private blockersOf(group: Group, what: 'gone' | 'new'): Text[] {
    return this.obstacles
      .filter(one => hides(one, what) && !(isOfTool(one) && this.isListed(group, what)))
      .slice(0, REASONS)
      .map(({ text }) => this.localizer.say(text));
  }

  private isListed({ holder, owners, guessed }: Group, what: 'gone' | 'new'): boolean {
    const { before, after } = this.listed;
    const isEarlier = this.holders.isEarlier(holder);
    return (
      listsWhole(before) &&
      listsWhole(after) &&
      owners.length === 1 &&
      guessed === 0 &&
      (what === 'new'
        ? isEarlier || isOfAll(before)
        : isEarlier && (after.users === null ? this.holders.isPresent(holder) : isOfAll(after)))
    );
  }

  private programs(groups: readonly Group[]): ProgramVerdict[] {
    const last = this.lastSeen();
    return groups
      .map(group => this.program(group, last))
      .sort(
        (a, b) =>
          VERDICTS.indexOf(a.kind) - VERDICTS.indexOf(b.kind) ||
          Math.max(b.before, b.remaining + b.added) - Math.max(a.before, a.remaining + a.added),
      );
  }

  private program(group: Group, last: ReadonlyMap<number, number>): ProgramVerdict {
    const { before, gone, freed, moved, remaining } = group;
    const [kind, texts] = this.judged(group, last);
    const added = addedOf(group);
    return { kind, owner: ownerOf(group), before, gone, freed, moved, remaining, added, texts };
  }

  private judged(group: Group, last: ReadonlyMap<number, number>): [VerdictKind, Text[]] {
    const { localizer, difference } = this;
    const { before, cleared, remaining, moved } = group;
    const added = addedOf(group);
    const { seconds } = difference;
    const program = this.programText(group);
    const when =
      seconds === null
        ? localizer.format(LABELS.second)
        : localizer.format(LABELS.after, { time: measuredDuration(seconds, localizer) });
    const sockets = stuckText(before, localizer);
    if (before === 0 && this.isReplaced(group)) {
      const args = { when, program, gone: group.closed, added };
      return ['replaced', [localizer.say(TEXTS.replacedAll, args), ...this.doubtsAbout(group)]];
    }
    if (before === 0) {
      const args = { when, program, added: stuckText(added, localizer) };
      return ['appeared', [localizer.say(TEXTS.appeared, args)]];
    }
    const all = { when, program, sockets, remaining, added };
    if (remaining > 0) {
      return this.judgeRemaining(group, all);
    }
    const hidesNew = added > 0 ? this.blockersOf(group, 'new') : [];
    const blockers = [...this.blockersOf(group, 'gone'), ...hidesNew];
    const hindrances = [...blockers, ...this.doubtsAbout(group)];
    const process = hindrances.length > 0 ? null : this.judgeProcess(group, program, last);
    // New ones of the same program are not fixed, whether it was restarted or not.
    if (blockers.length === 0 && added * 2 > before && process?.[0] !== 'restarted') {
      const texts = [localizer.say(TEXTS.replaced, { ...all, gone: cleared })];
      return ['replaced', [...texts, ...this.waiting(moved), ...hindrances]];
    }
    if (process !== null) {
      const [kind, texts] = process;
      return [kind, [...texts, ...this.newOnes(group, group.added, false), ...this.ofHeirs(group)]];
    }
    if (hindrances.length > 0) {
      const args = { gone: cleared + moved, sockets, program };
      return [
        'cannot-tell',
        [
          localizer.say(TEXTS.cannotTell, args),
          ...this.waiting(moved),
          ...this.newOnes(group, added, blockers.length === 0),
          ...hindrances,
          ...this.untimed(),
        ],
      ];
    }
    if (added > 0 || moved > 0 || seconds === null) {
      const untimed = added > 0 || moved > 0 ? [] : this.untimed();
      return ['partly', [...this.partly(group, all), ...this.ofHeirs(group), ...untimed]];
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

  /** Whether all that was in CLOSE_WAIT is gone, and others have come: it is closed, if late. */
  private isReplaced(group: Group): boolean {
    return (
      group.isUnclosed &&
      tellsOfOthers(group.closed, group.added) &&
      this.blockersOf(group, 'gone').length === 0
    );
  }

  /** What new processes of a program are about to have again. */
  private ofHeirs({ waiting }: Group): Text[] {
    return waiting > 0 ? [this.localizer.say(TEXTS.waiting, { waiting })] : [];
  }

  /** Some of the stuck sockets are still there, whatever else cannot be told. */
  private judgeRemaining(group: Group, all: Args): [VerdictKind, Text[]] {
    const { localizer } = this;
    const { before, cleared, remaining, moved } = group;
    const { added } = all;
    const hidesNew = added > 0 ? this.blockersOf(group, 'new') : [];
    if (added > cleared + moved && hidesNew.length === 0) {
      return ['growing', [localizer.say(TEXTS.growing, all), ...this.growth(group, added)]];
    }
    const hidesGone = this.blockersOf(group, 'gone');
    const same = localizer.say(TEXTS.same, all);
    if (hidesNew.length + hidesGone.length > 0) {
      const fresh = this.newOnes(group, added, false);
      return ['same', [same, ...fresh, ...(remaining < before ? [...hidesGone, ...hidesNew] : [])]];
    }
    return cleared + moved > added
      ? ['partly', this.partly(group, all)]
      : ['same', [same, ...this.newOnes(group, added, true), ...this.unowned(group)]];
  }

  private partly(group: Group, all: Args): Text[] {
    return [
      this.localizer.say(TEXTS.partly, { ...all, gone: group.cleared }),
      ...this.waiting(group.moved),
      ...this.newOnes(group, all.added, true),
      ...this.unowned(group),
    ];
  }

  private waiting(moved: number): Text[] {
    return moved > 0 ? [this.localizer.say(TEXTS.moved, { moved })] : [];
  }

  /**
   * How many are new, or stuck now where the first need not show that. That none is new can be said
   * only where the second lists everything.
   */
  private newOnes(group: Group, added: number, isWhole: boolean): Text[] {
    if (added > 0 && this.blockersOf(group, 'new').length > 0) {
      return this.stuckNow([group]);
    }
    return added > 0 || (isWhole && this.unowned(group).length === 0)
      ? [this.localizer.say(TEXTS.added, { added })]
      : [];
  }

  /** That new sockets without a process can be of a program, where there are some. */
  private unowned({ owners }: Group): Text[] {
    return owners.length > 0 && this.tally.newUnowned > 0
      ? [this.localizer.say(TEXTS.unowned)]
      : [];
  }

  private untimed(): Text[] {
    return this.obstacles
      .filter(one => one.hides === 'time')
      .map(({ text }) => this.localizer.say(text));
  }

  /** Why it cannot be said that a program is the same, and what is new is none of it. */
  private doubtsAbout(group: Group): Text[] {
    const { localizer } = this;
    const { holder, pid } = group;
    if (holder === KERNEL) {
      return [];
    }
    const texts = this.holders.isPresent(holder)
      ? []
      : this.obstacles.filter(one => one.hides === 'owners').map(({ text }) => localizer.say(text));
    if (pid === null || !this.second.showsPids) {
      texts.push(localizer.say(TEXTS.noPids));
    } else {
      texts.push(...this.unowned(group));
    }
    return texts;
  }

  /** Whether the process is another one than before, or may be; null if it is the same. */
  private judgeProcess(
    group: Group,
    program: Text,
    last: ReadonlyMap<number, number>,
  ): [VerdictKind, Text[]] | null {
    const { localizer } = this;
    const { pid } = group;
    if (pid === null) {
      return null;
    }
    const sockets = stuckText(group.before, localizer);
    if (group.heir !== NONE) {
      const texts = [
        localizer.say(FINDING_TEXTS.restarted, { program, pid: String(group.heir), sockets }),
      ];
      const seconds = last.get(pid);
      if (seconds !== undefined) {
        const time = measuredDuration(seconds, localizer);
        texts.push(localizer.say(TEXTS.restartedWithin, { time }));
      }
      if (group.again > 0) {
        texts.push(localizer.say(TEXTS.again, { sockets: stuckText(group.again, localizer) }));
      }
      return ['restarted', texts];
    }
    if (!this.holders.isPresent(group.holder)) {
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
    for (const { heir, pid } of this.tally.groups.values()) {
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
  private growth({ pid, before, remaining }: Group, added: number): Text[] {
    const { localizer, difference } = this;
    const { seconds } = difference;
    const finding = this.growing.get(pid ?? NONE);
    if (finding !== undefined) {
      return finding.evidence
        .map(({ text }) => text)
        .filter(({ id }) => GROWTH_TEXTS.has(id) || LEFT_TEXTS.has(id));
    }
    if (seconds === null || seconds < SOON) {
      return [];
    }
    const perMinute = Number((((remaining + added - before) * 60) / seconds).toPrecision(2));
    const time = measuredDuration(seconds, localizer);
    return [localizer.say(FINDING_TEXTS.growth, { perMinute, time })];
  }

  private programText(group: Group): Text {
    const { localizer } = this;
    const { holder, owners } = group;
    const owner = ownerOf(group);
    if (owner !== null) {
      return programText([{ ...owner, fd: null }], localizer);
    }
    if (owners.length > 1) {
      return localizer.format(FINDING_TEXTS.severalProcesses);
    }
    const port = holder === KERNEL ? null : portOfHolder(holder);
    return holder === KERNEL
      ? localizer.format(LABELS.kernel)
      : port === null
        ? localizer.format(FINDING_TEXTS.unknownProgram)
        : localizer.format(FINDING_TEXTS.programOnPort, { port: String(port) });
  }
}

/** Who a group is; null where none or several are shown. Several of one name are that name. */
function ownerOf({ owners }: Group): OwnerIdentity | null {
  const [first] = owners;
  return first === undefined || owners.length === 1
    ? (first ?? null)
    : first.process !== null && owners.every(({ process }) => process === first.process)
      ? { pid: null, process: first.process }
      : null;
}

function addedOf({ added, again, waiting }: Group): number {
  return added + again + waiting;
}

function hides({ hides: hidden }: Pick<Obstacle, 'hides'>, what: 'gone' | 'new'): boolean {
  return hidden === what || hidden === 'both';
}

function isOfTool({ gap }: Obstacle): boolean {
  return gap === 'tool' || gap === 'rights';
}

function worstOf(kinds: readonly VerdictKind[]): VerdictKind | undefined {
  return VERDICTS.find(kind => kinds.includes(kind));
}

interface Args {
  readonly when: Text;
  readonly program: Text;
  readonly sockets: Text;
  readonly remaining: number;
  readonly added: number;
}
