import type { OwnerIdentity } from '../../index/owners';
import { leave, pick } from '../../index/grouping';
import { ownerOfHolder } from '../../index/holder';
import { onlyRemote, type RuleContext } from './ruleContext';
import { numberRemotes, type Remotes } from '../../index/remotes';

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
  const { numbers, groups: addresses } = numberRemotes(context.index, rows);
  const least = addresses.size > MOST ? heavy : 1;
  const alone = addresses
    .commonest(MOST)
    .filter(
      number =>
        addresses.counts[number]! >= least && !context.index.isHidden(addresses.get(number)),
    );
  const groups: RemoteGroup[] = [];
  for (const own of pick(rows, numbers, addresses, alone)) {
    const remotes = context.remotes(own);
    groups.push({
      subject: remotes.top[0]!.address,
      rows: own,
      remotes,
      remote: onlyRemote(remotes),
    });
  }
  if (alone.length < addresses.size) {
    const rest = leave(rows, numbers, addresses, alone);
    groups.push({ subject: 'many', rows: rest, remotes: context.remotes(rest), remote: null });
  }
  return groups;
}

/** The one owner of some rows; null where there are several or it is not shown. */
export function onlyOwner(context: RuleContext, rows: Uint32Array): OwnerIdentity | null {
  const { owners } = context.index;
  const first = owners.of(rows[0]!);
  for (const row of rows) {
    if (owners.of(row) !== first) {
      return null;
    }
  }
  return ownerOfHolder(context.index, first);
}
