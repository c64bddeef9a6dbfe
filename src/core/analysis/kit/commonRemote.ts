import { NO_ROWS, pick } from '../../index/grouping';
import { numberRemotes } from '../../index/remotes';
import type { RuleContext } from './ruleContext';

/** The part of some rows that one remote address must have for it to be what they have in common. */
const MOST = 0.8;

/** The one remote address that nearly all of some rows have, and its rows. */
export interface CommonRemote {
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
