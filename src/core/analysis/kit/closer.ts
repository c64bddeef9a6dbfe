import { NONE } from '../../model/row';
import type { Text } from '../../wording/text';
import type { Holder } from '../hosts/fleet';
import type { RuleContext } from './ruleContext';

/**
 * Who closed: the one program at the other ends of these rows, on this host or another one of the
 * dump; else the remote.
 */
export function closerOf(context: RuleContext, rows: Uint32Array): Text {
  const { index, fleet } = context;
  const { owners, number } = index;
  const known = new Map<string, Holder>();
  let last = NONE;
  const visible = index.connections.hasLocal || context.history.hosts.several ? rows.length : 0;
  for (let i = 0; i < visible && known.size < 2; i++) {
    const row = rows[i]!;
    const peer = index.otherEnd(row);
    const owner = peer === NONE ? NONE : owners.of(peer);
    if (owner !== NONE && owner === last) {
      continue;
    }
    last = owner;
    const holder =
      owner === NONE ? fleet.peer(row, number) : { snapshot: number, owner: owners.get(owner) };
    if (holder !== null) {
      known.set(`${holder.snapshot} ${holder.owner.pid} ${holder.owner.process}`, holder);
    }
  }
  const [only] = known.values();
  return known.size === 1 && only !== undefined
    ? context.program(only.owner, only.snapshot)
    : context.remoteText(context.remotes(rows));
}
