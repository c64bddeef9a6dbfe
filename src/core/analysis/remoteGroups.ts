import { NONE } from '../model/row';
import type { FindingOwner } from './finding';
import { pick } from './grouping';
import { ownerOfParty } from './party';
import { onlyRemote, type RuleContext } from './ruleContext';
import type { Remotes } from './summary';
import { Tuples } from './tuples';

/** How many remotes get a finding of their own. */
const MOST = 10;

/** Rows to one remote address; or to many, of which none stands out. */
export interface RemoteGroup {
  readonly subject: string;
  readonly rows: Uint32Array;
  readonly remotes: Remotes;
  /** The one remote; null where there are many. */
  readonly remote: string | null;
}

/**
 * Rows by their remote address, the most first. Where there are many remotes, only those with at
 * least `heavy` rows stand alone.
 */
export function remoteGroups(
  context: RuleContext,
  rows: Uint32Array,
  heavy: number,
): RemoteGroup[] {
  const { index } = context;
  const { remoteAddress } = index.table;
  const addresses = new Tuples(rows.length >> 3);
  const numbers = rows.map(row => addresses.add(index.plainAddress(remoteAddress[row]!), 0, 0));
  const least = addresses.size > MOST ? heavy : 1;
  const alone = addresses.commonest(MOST).filter(number => addresses.counts[number]! >= least);
  const groups = pick(rows, numbers, alone).map(own => {
    const remotes = context.remotes(own);
    return {
      subject: remotes.top[0]?.address ?? '',
      rows: own,
      remotes,
      remote: onlyRemote(remotes),
    };
  });
  if (alone.length < addresses.size) {
    const named = new Set(alone);
    const rest = rows.filter((_, i) => !named.has(numbers[i]!));
    groups.push({ subject: 'many', rows: rest, remotes: context.remotes(rest), remote: null });
  }
  return groups;
}

/** The one owner of some rows; null where there are several or it is not shown. */
export function onlyOwner(context: RuleContext, rows: Uint32Array): FindingOwner | null {
  const { owners } = context.index;
  const first = owners.of(rows[0] ?? NONE);
  return rows.every(row => owners.of(row) === first) ? ownerOfParty(context.index, first) : null;
}
