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
  waits: say(
    'See what its threads wait for in the kernel: a lock, data, or a disk. This does not stop the process.',
    'ps.1',
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
  const pid = owner?.pid ?? null;
  const dump = pid === null ? null : dumpCommand(context, pid, owner?.process ?? '');
  return dump === null && pid !== null && context.system === 'linux'
    ? context.check(TEXTS.waits, `ps -L -o tid,stat,pcpu,wchan:32,comm -p ${pid}`)
    : context.check(TEXTS.stack, dump);
}

/**
 * Shows the calls of all threads of a process; null where no command is known that does and takes
 * no time on a large process: a debugger stops it while it loads symbols.
 */
function dumpCommand({ system }: RuleContext, pid: number, name: string): string | null {
  if (/^java/i.test(name)) {
    return `jstack ${pid}`;
  }
  if (/^python/i.test(name)) {
    return `py-spy dump --pid ${pid}`;
  }
  switch (system) {
    case 'macos':
      return `sample ${pid} 1`;
    case 'solaris':
      return `pstack ${pid}`;
    default:
      return null;
  }
}
