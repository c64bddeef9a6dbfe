import type { Interface, Received, Sent } from '../../../model/interface';
import { label, say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { NONE } from '../../../model/row';
import { epochOf } from '../../hosts/hosts';
import type { Confirmation, Evidence } from '../draft';
import type { RuleContext } from '../ruleContext';

const TEXTS = {
  moved: label('{name}, {counter}: from {from} to {to}.'),
  movedIn: label('{name}, {counter}: from {from} to {to} in {time}.'),
};

/** What is said of interfaces, by rules and in reports. */
export const INTERFACE_TEXTS = {
  all: label('all interfaces'),
  kinds: say('Run this twice: it splits errors by kind.', 'ip-link.8'),
  dropped: say(
    'This number adds up frames that no protocol took, which are no loss, and frames missed because the ring was full, which are lost.',
    'linux-if-link-h',
    'measured',
  ),
};

/** What is counted in each direction, as tools name it. */
const COUNTERS = {
  received: {
    errors: 'RX errors',
    dropped: 'RX dropped',
    overruns: 'RX overruns',
    missed: 'RX missed',
  },
  sent: {
    errors: 'TX errors',
    dropped: 'TX dropped',
    overruns: 'TX overruns',
    carrier: 'TX carrier',
    collisions: 'collisions',
  },
} as const;

type ReceivedName = keyof typeof COUNTERS.received;
type SentName = keyof typeof COUNTERS.sent;

/** How the numbers of an interface moved since an earlier snapshot. */
class InterfaceChange {
  public constructor(
    private readonly before: Interface,
    public readonly after: Interface,
    /** Between the two; null where their times are not known. */
    public readonly seconds: number | null,
  ) {}

  /** Whether nothing got smaller: it is the same interface of the same boot. */
  public get isWhole(): boolean {
    const { before, after } = this;
    return (
      grown(before.rx.packets, after.rx.packets) >= 0 &&
      grown(before.tx.packets, after.tx.packets) >= 0 &&
      Object.keys(COUNTERS.received).every(name => this.received(name as ReceivedName) >= 0) &&
      Object.keys(COUNTERS.sent).every(name => this.sent(name as SentName) >= 0)
    );
  }

  /** By how much a number of what was received grew; 0 where it is not told. */
  public received(name: keyof Received): number {
    return grown(this.before.rx[name], this.after.rx[name]);
  }

  /** By how much a number of what was sent grew; 0 where it is not told. */
  public sent(name: keyof Sent): number {
    return grown(this.before.tx[name], this.after.tx[name]);
  }

  /** Whether it has no link now, and had one before. */
  public get lostLink(): boolean {
    return hasNoLink(this.after) && hasFlag(this.before, 'LOWER_UP');
  }

  /** Its name, in texts. */
  public name(context: RuleContext): Text | string {
    return this.after.name ?? context.localizer.format(INTERFACE_TEXTS.all);
  }

  /** What grew, as evidence. */
  public evidence(
    context: RuleContext,
    received: readonly ReceivedName[],
    sent: readonly SentName[] = [],
  ): Evidence[] {
    const { before, after } = this;
    return [
      ...received.map(name => [COUNTERS.received[name], before.rx[name], after.rx[name]] as const),
      ...sent.map(name => [COUNTERS.sent[name], before.tx[name], after.tx[name]] as const),
    ].flatMap(([counter, from, to]) => {
      if (grown(from, to) <= 0) {
        return [];
      }
      const args = { name: this.name(context), counter, from: Number(from), to: Number(to) };
      const text =
        this.seconds === null
          ? context.localizer.format(TEXTS.moved, args)
          : context.localizer.format(TEXTS.movedIn, {
              ...args,
              time: context.measured(this.seconds),
            });
      return [{ text, row: null, line: after.line }];
    });
  }
}

/** Whether a tool says that nothing is connected to an interface; Linux alone does. */
export function hasNoLink(link: Interface): boolean {
  return hasFlag(link, 'NO-CARRIER');
}

function hasFlag({ flags }: Interface, flag: string): boolean {
  return flags?.split(',').includes(flag) === true;
}

function grown(from: Received['packets'], to: Received['packets']): number {
  return from === null || to === null ? 0 : Number(to) - Number(from);
}

/**
 * How the interfaces of a host moved up to this snapshot, since the last one that shows them with
 * the same tool; each once, whatever the tools.
 */
export function interfaceChanges(context: RuleContext): readonly InterfaceChange[] {
  return context.index.once(interfaceChanges, () => find(context));
}

function find({ index, history }: RuleContext): InterfaceChange[] {
  const { snapshot, dump } = index;
  const number =
    snapshot.interfaces.length === 0
      ? NONE
      : history.hosts.lastBefore(index.number, one => dump.snapshots[one]!.interfaces.length > 0);
  if (number === NONE) {
    return [];
  }
  const earlier = dump.snapshots[number]!;
  const from = epochOf(earlier);
  const to = epochOf(snapshot);
  const seconds = from === null || to === null || to < from ? null : (to - from) / 1000;
  const before = new Map(earlier.interfaces.map(one => [keyOf(one), one]));
  const changes = new Map<string | null, InterfaceChange>();
  for (const after of snapshot.interfaces) {
    const same = before.get(keyOf(after));
    if (same !== undefined && !changes.has(after.name)) {
      const change = new InterfaceChange(same, after, seconds);
      if (change.isWhole) {
        changes.set(after.name, change);
      }
    }
  }
  return [...changes.values()];
}

function keyOf({ name, source }: Interface): string {
  return `${source.id} ${name ?? ''}`;
}

/** A number of an interface that is 0 where all is well. */
export interface Trouble {
  readonly link: Interface;
  /** As tools name it: `RX errors`. */
  readonly counter: string;
  readonly count: number;
  /** Packets of that direction; null where the tool does not tell. */
  readonly packets: number | null;
}

/** What the interfaces of a snapshot count of errors and losses, each once, whatever the tools. */
export function troublesOf(interfaces: readonly Interface[]): Trouble[] {
  const found = new Map<string, Trouble>();
  for (const link of interfaces) {
    const { rx, tx } = link;
    const numbers = [
      ...entries(COUNTERS.received).map(([name, counter]) => [counter, rx[name], rx] as const),
      ...entries(COUNTERS.sent).map(([name, counter]) => [counter, tx[name], tx] as const),
    ];
    for (const [counter, amount, { packets }] of numbers) {
      const key = `${counter} ${link.name ?? ''}`;
      if (amount !== null && amount > 0 && !found.has(key)) {
        found.set(key, {
          link,
          counter,
          count: Number(amount),
          packets: packets === null ? null : Number(packets),
        });
      }
    }
  }
  return [...found.values()];
}

function entries<K extends string>(record: Readonly<Record<K, string>>): [K, string][] {
  return Object.entries(record) as [K, string][];
}

/** The command that shows errors of a Linux interface by their kinds; null for a strange name. */
export function kindsCommand(name: string | null): string | null {
  return name !== null && PLAIN.test(name) ? `ip -s -s link show dev ${name}` : null;
}

/** What a shell takes as it stands. */
const PLAIN = /^[\w.:@-]{1,64}$/;

/** How to see the errors of an interface by their kinds, on Linux. */
export function confirmKinds(context: RuleContext, { after }: InterfaceChange): Confirmation[] {
  const command = kindsCommand(after.name);
  return context.system === 'linux' && command !== null
    ? [context.check(INTERFACE_TEXTS.kinds, command)]
    : [];
}
