import type { Text } from '../../wording/text';
import { say } from '../../wording/statement';
import { stateKnowledge } from '../../knowledge/states';
import type { TcpState } from '../../vocabulary/state';
import type { OwnerIdentity } from '../../index/owners';
import type { RuleContext } from './ruleContext';
import { saveCommand } from './commands';
import type { Confirmation, Severity } from './draft';
import { runtimeOf } from '../../knowledge/runtimes';
import { endOf } from './whichEnd';

/** What to do about sockets in a state: for the program's likely runtime, then for any. */
export function remedyFor(
  context: RuleContext,
  state: TcpState,
  owner: OwnerIdentity | null,
  rows: Uint32Array,
): Text[] {
  const runtime = runtimeOf(owner?.process ?? null);
  const end = endOf(context.index, rows);
  const advice = stateKnowledge(state).advice.filter(
    entry => entry.end === null || end === null || entry.end === end,
  );
  return [
    ...advice.filter(entry => entry.runtime === runtime),
    ...advice.filter(entry => entry.runtime === 'any'),
  ].flatMap(entry => context.advise(entry.advice));
}

const SAVE = say(
  'Before you restart the program, save its sockets and open files: a restart destroys this evidence.',
  'general-practice',
);

/** What to save before a restart, which clears what is wrong and not why; nothing for mere information. */
export function beforeRestart(
  context: RuleContext,
  owner: OwnerIdentity | null,
  severity: Severity,
): Confirmation[] {
  const command = severity === 'info' ? null : saveCommand(context.system, owner?.pid ?? null);
  return command === null ? [] : [context.check(SAVE, command)];
}
