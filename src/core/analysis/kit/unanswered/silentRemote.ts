import { where } from '../../../index/grouping';
import { State } from '../../../vocabulary/state';
import { commonRemote, type CommonRemote } from '../commonRemote';
import { refusedConnects } from '../listening/acceptQueue';
import type { RuleContext } from '../ruleContext';

/** The remote address to which several SYNs go again and again; not where its queue is full here. */
export function silentRemote(context: RuleContext): CommonRemote {
  const { index } = context;
  const refused = refusedConnects(context);
  const rows = where(index.retransmitted.rowsIn(State.SynSent), row => !refused.has(row));
  return commonRemote(context, rows, 2);
}
