import type { OwnerIdentity } from '../../../index/owners';
import { runtimeOf } from '../../../knowledge/runtimes';
import type { Runtime } from '../../../knowledge/states';
import { say } from '../../../wording/statement';
import type { Confirmation } from '../draft';
import type { Limit } from './growth';
import type { RuleContext } from '../ruleContext';

/** Descriptors that a process may have by default (`ulimit -n`). */
const DESCRIPTORS = 1024;

const TEXTS = {
  descriptors: say('{limit} descriptors (the default of `ulimit -n`) are used', 'general-practice'),
  check: say('See which limit is in force for this process.', 'general-practice'),
};

/** Runtimes that raise their own limit to the hard one when they start, whatever that is. */
const RAISING: ReadonlySet<Runtime | null> = new Set<Runtime>(['go', 'java', 'dotnet', 'node']);

/**
 * The usual limit of open files, of which an owner's sockets use some; only that of Linux is
 * known, and of programs that do not raise it themselves.
 */
export function descriptorLimit(
  context: RuleContext,
  owner: OwnerIdentity | null,
  used: number,
): Limit | undefined {
  return context.index.linux && !RAISING.has(runtimeOf(owner?.process ?? null))
    ? {
        value: DESCRIPTORS,
        text: context.say(TEXTS.descriptors, { limit: DESCRIPTORS }),
        used,
      }
    : undefined;
}

/** How to see the limit that is in force; nothing where no command is known. */
export function checkDescriptors(context: RuleContext, pid: number | null): Confirmation[] {
  return context.index.linux && pid !== null
    ? [context.check(TEXTS.check, `grep 'open files' /proc/${pid}/limits`)]
    : [];
}
