import { NONE } from '../model/row';
import type { FindingOwner } from './finding';
import { ownerOfParty } from './party';
import { remoteName, type RuleContext } from './ruleContext';
import { type RemoteCount } from './summary';
import { Tuples } from './tuples';

/** How many remotes get a finding of their own. */
const MOST = 10;

/** Rows to one remote address; or to many, of which none stands out. */
export interface RemoteGroup {
  readonly subject: string;
  readonly rows: Uint32Array;
  readonly remotes: readonly RemoteCount[];
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
  const addresses = new Tuples();
  const numbers = rows.map(row => addresses.add(index.plainAddress(remoteAddress[row]!), 0, 0));
  const order = addresses
    .atLeast(addresses.size > MOST ? heavy : 1)
    .sort((a, b) => addresses.counts[b]! - addresses.counts[a]!)
    .slice(0, MOST);
  const groups = order.map(number =>
    group(
      context,
      rows.filter((_, i) => numbers[i] === number),
    ),
  );
  if (order.length < addresses.size) {
    const alone = new Set(order);
    const rest = rows.filter((_, i) => !alone.has(numbers[i]!));
    groups.push({ ...group(context, rest), subject: 'many', remote: null });
  }
  return groups;
}

function group(context: RuleContext, rows: Uint32Array): RemoteGroup {
  const remotes = context.remotes(rows);
  const [first] = remotes;
  return {
    subject: first?.address ?? '',
    rows,
    remotes,
    remote: first === undefined ? null : remoteName(first),
  };
}

/** The one owner of some rows; null where there are several or it is not shown. */
export function onlyOwner(context: RuleContext, rows: Uint32Array): FindingOwner | null {
  const { owners } = context.index;
  const first = owners.of(rows[0] ?? NONE);
  return rows.every(row => owners.of(row) === first) ? ownerOfParty(context.index, first) : null;
}
