import { NO_ROWS, pick, where } from '../../../index/grouping';
import { numberRemotes } from '../../../index/remotes';
import { State } from '../../../vocabulary/state';
import { refusedConnects } from '../listening/acceptQueue';
import type { RuleContext } from '../ruleContext';

/** The part of some rows that one remote address must have for it to be what they have in common. */
const MOST = 0.8;

/** The one remote address that nearly all of some rows have, and its rows. */
interface CommonRemote {
  readonly rows: Uint32Array;
  /** Null where there is none. */
  readonly remote: string | null;
}

/** The remote address that nearly all of some rows have in common, if that is so many. */
export function commonRemote(context: RuleContext, all: Uint32Array, least: number): CommonRemote {
  const { numbers, groups } = numberRemotes(context.index, all);
  const [rows] = pick(all, numbers, groups, groups.commonest(1));
  return rows === undefined || rows.length < least || rows.length < all.length * MOST
    ? { rows: NO_ROWS, remote: null }
    : { rows, remote: context.remotes(rows).top[0]?.address ?? null };
}

/** The remote address to which several SYNs go again and again; not where its queue is full here. */
export function silentRemote(context: RuleContext): CommonRemote {
  const { index } = context;
  const refused = refusedConnects(context);
  const rows = where(index.retransmitted.rowsIn(State.SynSent), row => !refused.has(row));
  return commonRemote(context, rows, 2);
}
