import { say } from '../../wording/statement';
import { processCommand } from './commands';
import type { Confirmation } from './draft';
import type { RuleContext } from './ruleContext';

/** What is said of programs that may be those of intruders. */
export const SUSPECT_TEXTS = {
  process: say(
    'Look which file process {pid} runs, who started it, and when.',
    'ps.1',
    'ms-win32-process',
  ),
  find: say(
    'Find out what this program is. If it is unknown to those who run this host, treat the host as compromised.',
    'general-practice',
  ),
};

/** How to see what a process is; nothing where no command of the system shows it. */
export function lookAtProcess(context: RuleContext, pid: number | null): Confirmation[] {
  const command = processCommand(context.system, pid);
  return command === null
    ? []
    : [{ text: context.say(SUSPECT_TEXTS.process, { pid: String(pid) }), command }];
}
