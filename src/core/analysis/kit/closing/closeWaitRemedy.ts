import type { OwnerIdentity } from '../../../index/owners';
import { kernelName } from '../../../knowledge/systems';
import { say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { areUnnoticed } from './idlePool';
import type { Confirmation, Severity } from '../draft';
import { isNfsMount, NFS_MOUNT } from '../nfsMount';
import { inheritedRemedy, sharingOf } from './inherited';
import { remedyFor } from '../remedy';
import type { RuleContext } from '../ruleContext';
import { endOf } from '../whichEnd';

/** Ports that the kernel of Windows serves without HTTP.sys: SMB and NetBIOS. */
const FILE_SHARING: ReadonlySet<number> = new Set([139, 445]);

const TEXTS = {
  behind: say(
    'HTTP.sys, in the kernel, holds these for a program, such as an application pool of IIS (`w3wp.exe`). Look for requests that hang in that program.',
    'http-sys',
  ),
  who: say('See which programs HTTP.sys serves.', 'http-sys'),
};

interface Weight {
  readonly severity: Severity;
  /** Whether they are most likely in a connection pool. */
  readonly pool?: boolean;
}

/** What to do about sockets in CLOSE_WAIT, by who has them and by what they look like. */
export function closeWaitRemedy(
  context: RuleContext,
  owner: OwnerIdentity | null,
  rows: Uint32Array,
  { severity, pool = areUnnoticed(context.index, rows) }: Weight,
): Text[] {
  const sharing = sharingOf(context.index, rows);
  if (sharing?.inherited) {
    return inheritedRemedy(context, sharing);
  }
  if (isNfsMount(context.index, rows)) {
    return [context.say(NFS_MOUNT)];
  }
  if (isKernel(context, owner)) {
    return isHttpSys(context, owner, rows) ? [context.say(TEXTS.behind)] : [];
  }
  return remedyFor(context, 'CLOSE-WAIT', owner, rows, { pool, slight: severity === 'info' });
}

/** Whether an owner is the kernel, which holds sockets for others. */
export function isKernel({ system }: RuleContext, owner: OwnerIdentity | null): boolean {
  return kernelName(system, owner?.pid ?? null) !== null;
}

/** How to see for whom the kernel holds sockets; nothing where it holds them for no program. */
export function checkHttpSys(
  context: RuleContext,
  owner: OwnerIdentity | null,
  rows: Uint32Array,
): Confirmation[] {
  return isHttpSys(context, owner, rows)
    ? [context.check(TEXTS.who, 'netsh http show servicestate')]
    : [];
}

function isHttpSys(context: RuleContext, owner: OwnerIdentity | null, rows: Uint32Array): boolean {
  const { index } = context;
  return (
    isKernel(context, owner) &&
    endOf(index, rows) === 'server' &&
    rows.some(row => !FILE_SHARING.has(index.table.localPort[row]!))
  );
}
