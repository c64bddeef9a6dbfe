import { say } from '../../wording/statement';
import type { Text } from '../../wording/text';
import type { Limit } from './growth';
import type { RuleContext } from './ruleContext';

/** Descriptors that a process may have where nobody raised the limit (`ulimit -n`). */
const DESCRIPTORS = 1024;

const TEXTS = {
  descriptors: say(
    'limit.descriptors',
    '{limit} descriptors (`ulimit -n`, where nobody raised it) are used',
    'general-practice',
  ),
  check: say('cw-3.descriptors', 'Shows the limit of the process.', 'general-practice'),
};

/** The usual limit of open files, of which an owner's sockets use some. */
export function descriptorLimit(context: RuleContext, used: number): Limit {
  return {
    value: DESCRIPTORS,
    text: context.say(TEXTS.descriptors, { limit: DESCRIPTORS }),
    used,
  };
}

/** How to see the limit that is in force; nothing where no command is known. */
export function checkDescriptors(
  context: RuleContext,
  pid: number | null,
): { readonly text: Text; readonly command: string }[] {
  return context.index.linux && pid !== null
    ? [
        {
          text: context.say(TEXTS.check),
          command: `grep 'open files' /proc/${pid}/limits`,
        },
      ]
    : [];
}
