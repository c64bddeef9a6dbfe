import { INHERITED_FIX } from '../../../explain/situations/closeWait';
import { programText } from '../../../explain/facts';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { part } from '../../../index/grouping';
import type { OwnerIdentity } from '../../../index/owners';
import { baseName, inheritance, isChild } from '../../../knowledge/children';
import { NONE } from '../../../model/row';
import type { Owner } from '../../../model/socket';
import { say, whileItLasts } from '../../../wording/statement';
import { plain, quote, type Text } from '../../../wording/text';
import { processesCommand } from '../commands';
import type { Confirmation } from '../draft';
import type { Holder, RuleContext } from '../ruleContext';

/** Rows that are looked at. */
const TELLING = 100;

/** Holders that are named. */
const NAMED = 3;

const TEXTS = {
  parent: say(
    '{parent} listens there and holds none of these: most likely it has closed its copies.',
    'measured',
  ),
  several: say(
    'Several processes hold the same connections. A connection ends only when all of them have closed it.',
    'linux-tcp',
    'measured',
  ),
  mayBe: say(
    'A child process may have inherited the sockets. The parent may have closed its own copies.',
    'measured',
  ),
  workerOrChild: say(
    '{parent} listens there and holds none of these: {program} is a worker of it, or a child process that has inherited them.',
    'measured',
  ),
  started: say('See which of the two has started the other, and as what.', 'general-practice'),
  end: whileItLasts(
    say('Stop {program}, or wait for the exit: that closes what was inherited.', 'measured'),
  ),
};

/** Who has connections that several processes hold, or that children have inherited. */
export interface Sharing {
  /** All who hold them. */
  readonly holders: readonly Owner[];
  /** Whether they were most likely not meant to have them. */
  readonly inherited: boolean;
  /** Who most likely has closed them; null where it is not shown. */
  readonly parent: Owner | null;
}

/** How some rows of one holder are shared or inherited; null where each is its holder's own. */
export function sharingOf(index: SnapshotIndex, rows: Uint32Array): Sharing | null {
  return index.onceFor(rows, sharingOf, () => findSharing(index, rows));
}

function findSharing(index: SnapshotIndex, rows: Uint32Array): Sharing | null {
  const holders = new Map<number | null, Owner>();
  let parent: Owner | null = null;
  let inherited = rows.length > 0;
  for (const row of part(rows, 0, TELLING)) {
    const own = holdersOf(index, row);
    if (own.length === 1 && !isChild(own[0]!)) {
      return null;
    }
    const listener = index.listenerOf(row);
    const from = inheritance(own, listener === NONE ? [] : ownersOf(index, listener));
    if (own.length === 0 || (from === null && own.length === 1)) {
      return null;
    }
    inherited &&= from !== null;
    parent ??= from?.parent ?? null;
    own.forEach(one => holders.set(one.pid, one));
  }
  return { holders: [...holders.values()], inherited, parent: inherited ? parent : null };
}

/** The processes that have a row, each once. */
export function holdersOf(index: SnapshotIndex, row: number): readonly Owner[] {
  const owners = ownersOf(index, row);
  return owners.length < 2
    ? owners
    : [...new Map(owners.map(owner => [owner.pid, owner])).values()];
}

function ownersOf({ files, table }: SnapshotIndex, row: number): readonly Owner[] {
  return files.owners.get(row) ?? table.ownersOf(row);
}

/** The holder of some rows, by all its names where several processes have them. */
export function holderOfAll(context: RuleContext, number: number, rows: Uint32Array): Holder {
  const holder = context.holder(number);
  const sharing = number < 0 ? null : sharingOf(context.index, rows);
  return sharing === null || sharing.holders.length === 1
    ? holder
    : { ...holder, program: () => context.onHost(namesOf(context, sharing.holders)) };
}

function namesOf({ localizer }: RuleContext, holders: readonly Owner[]): Text {
  const names = holders.slice(0, NAMED).map(holder => plain(programText([holder], localizer)));
  return quote(names.join(', ') + (holders.length > NAMED ? ', …' : ''));
}

/** What sharing means for some rows. */
export function sharingTexts(context: RuleContext, { holders, parent }: Sharing): Text[] {
  return [
    ...(parent === null
      ? []
      : [context.say(TEXTS.parent, { parent: programText([parent], context.localizer) })]),
    ...(holders.length === 1 ? [] : [context.say(TEXTS.several)]),
  ];
}

/** That a child may have inherited connections. */
interface Inheriting {
  readonly text: Text;
  /** Whether the dump shows another process that listens for them. */
  readonly isShown: boolean;
  readonly checks: readonly Confirmation[];
}

/**
 * That connections of one process may have been inherited, and how to see it where another process
 * of the same name listens on their port: most often it has workers.
 */
export function mayBeInherited(
  context: RuleContext,
  rows: Uint32Array,
  owner: OwnerIdentity | null,
): Inheriting {
  const parent = owner === null ? null : otherListener(context.index, rows, owner);
  if (parent === null) {
    return { text: context.say(TEXTS.mayBe), isShown: false, checks: [] };
  }
  const command = processesCommand(context.system, [owner!.pid!, parent.pid!]);
  return {
    text: context.say(TEXTS.workerOrChild, {
      parent: programText([parent], context.localizer),
      program: context.program(owner),
    }),
    isShown: true,
    checks: command === null ? [] : [context.check(TEXTS.started, command)],
  };
}

/** Who listens on the port of some rows under the name of their owner, who does not; null for none. */
function otherListener(
  index: SnapshotIndex,
  rows: Uint32Array,
  owner: OwnerIdentity,
): Owner | null {
  const { pid, process } = owner;
  const listener = index.listenerOf(rows[0]!);
  if (listener === NONE || pid === null || process === null) {
    return null;
  }
  const listening = ownersOf(index, listener);
  return listening.some(one => one.pid === pid)
    ? null
    : (listening.find(
        one => one.pid !== null && baseName(one.process ?? '') === baseName(process),
      ) ?? null);
}

/** What to do about connections that children have inherited. */
export function inheritedRemedy(context: RuleContext, { holders }: Sharing): Text[] {
  return [
    context.say(TEXTS.end, { program: namesOf(context, holders) }),
    context.say(INHERITED_FIX),
  ];
}
