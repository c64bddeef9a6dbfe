import type { Text } from '../../wording/text';
import { say } from '../../wording/statement';
import { maySpeakHttp } from '../../knowledge/ports';
import { stateKnowledge } from '../../knowledge/states';
import type { TcpState } from '../../vocabulary/state';
import type { OwnerIdentity } from '../../index/owners';
import type { RuleContext } from './ruleContext';
import { saveCommand } from './commands';
import type { Confirmation, Severity } from './draft';
import { runtimeOf } from '../../knowledge/runtimes';
import { endOf } from './whichEnd';

/** What is known of sockets that something is to be done about. */
interface Remedied {
  /** Whether they are in a connection pool, whose advice comes first. */
  readonly pool?: boolean;
  /** Whether there is hardly anything to mend, so that it need not be cleared either. */
  readonly slight?: boolean;
}

/** What to do about sockets in a state: for the program's likely runtime, then for any. */
export function remedyFor(
  context: RuleContext,
  state: TcpState,
  owner: OwnerIdentity | null,
  rows: Uint32Array,
  { pool = false, slight = false }: Remedied = {},
): Text[] {
  const { index } = context;
  const runtime = runtimeOf(owner?.process ?? null);
  const end = endOf(index, rows);
  const http = rows.some(row => maySpeakHttp(index.table.remotePort[row]!));
  const advice = stateKnowledge(state).advice.filter(
    ({ end: of, about = [] }) =>
      (of === null || end === null || of === end) &&
      (http || !about.includes('http')) &&
      !(slight && about.includes('clearing')),
  );
  const isFirst = ({ about = [] }: (typeof advice)[number]): boolean =>
    pool && about.includes('pool');
  const own = advice.filter(entry => entry.runtime === runtime);
  const any = advice.filter(entry => entry.runtime === 'any');
  return [
    ...any.filter(isFirst),
    ...own.filter(isFirst),
    ...[...own, ...any].filter(entry => !isFirst(entry)),
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
  isUnix = false,
): Confirmation[] {
  const command =
    severity === 'info' ? null : saveCommand(context.system, owner?.pid ?? null, isUnix);
  return command === null ? [] : [context.check(SAVE, command)];
}
