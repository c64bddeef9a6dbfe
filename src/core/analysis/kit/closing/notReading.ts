import type { OwnerIdentity } from '../../../index/owners';
import { say, whileItLasts } from '../../../wording/statement';
import type { Arg, Text } from '../../../wording/text';
import type { Confirmation } from '../draft';
import type { RuleContext } from '../ruleContext';
import type { Unread } from './unread';

const TEXTS = {
  likely: say(
    '{program} is most likely not reading: {bytes} unread on {count} in CLOSE_WAIT',
    'measured',
    'linux-tcp-diag',
  ),
  stack: say(
    'See what its threads are doing: one that hangs, or a response body that is not read. This pauses the process for a moment.',
    'general-practice',
  ),
  threads: whileItLasts(
    say(
      'See what the threads of {program} are doing: blocked, deadlocked, or reading something else?',
      'general-practice',
    ),
  ),
};

/** That a program does not read what came before a FIN. */
export function notReadingText(context: RuleContext, program: Arg, { rows, total }: Unread): Text {
  return context.say(TEXTS.likely, { program, bytes: context.bytes(total), count: rows.length });
}

/** What to do about a program that does not read. */
export function threadsText(context: RuleContext, program: Arg): Text {
  return context.say(TEXTS.threads, { program });
}

/** How to see why a program does not read. */
export function lookAtThreads(context: RuleContext, owner: OwnerIdentity | null): Confirmation {
  return context.check(TEXTS.stack, stackCommand(context, owner));
}

/** Shows what the threads of a process are doing; null where no command is known that does. */
function stackCommand({ system }: RuleContext, owner: OwnerIdentity | null): string | null {
  const pid = owner?.pid ?? null;
  if (pid === null) {
    return null;
  }
  const name = owner?.process ?? '';
  if (/^java/i.test(name)) {
    return `jstack ${pid}`;
  }
  if (/^python/i.test(name)) {
    return `py-spy dump --pid ${pid}`;
  }
  switch (system) {
    case 'linux':
      return `gdb -p ${pid} -batch -ex 'thread apply all bt'`;
    case 'macos':
      return `sample ${pid} 1`;
    case 'solaris':
      return `pstack ${pid}`;
    default:
      return null;
  }
}
