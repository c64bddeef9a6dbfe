import type { Text } from '../../wording/text';
import { stateKnowledge } from '../../knowledge/states';
import type { TcpState } from '../../vocabulary/state';
import type { OwnerIdentity } from '../../index/owners';
import type { RuleContext } from './ruleContext';
import { runtimeOf } from '../../knowledge/runtimes';

/** What to do about a state: for the program's likely runtime, then for any. */
export function remedyFor(
  context: RuleContext,
  state: TcpState,
  owner: OwnerIdentity | null,
): Text[] {
  const runtime = runtimeOf(owner?.process ?? null);
  const { advice } = stateKnowledge(state);
  return [
    ...advice.filter(entry => entry.runtime === runtime),
    ...advice.filter(entry => entry.runtime === 'any'),
  ].flatMap(entry => context.advise(entry.advice));
}
