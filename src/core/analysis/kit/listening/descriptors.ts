import { mayBeOne } from '../../../index/owners';
import type { ErrorMessage } from '../../../reading/around/errorMessage';
import { say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { messagesOf, programName } from '../counting/messages';
import type { RuleContext } from '../ruleContext';
import { type AcceptQueue, acceptorOf, acceptorPids, acceptRemedy } from './acceptQueue';

const TEXTS = {
  title: say(
    '{program} is most likely out of file descriptors: {connections} waiting to be accepted on {port}',
    'accept.2',
    'measured',
  ),
  remedy: say(
    'Raise its limit of open files (`LimitNOFILE` of systemd, `ulimit -n`, `worker_rlimit_nofile` of nginx), and look for descriptors that leak.',
    'accept.2',
    'general-practice',
  ),
};

/** The title of a program that cannot accept for want of descriptors. */
export const { title: OUT_OF_DESCRIPTORS } = TEXTS;

/** What the whole system has too many of. */
const OF_SYSTEM = /ENFILE|in system/i;

/** Whether a log says of the program of a queue that it has too many open files. */
export function lacksDescriptors(context: RuleContext, queue: AcceptQueue): boolean {
  return messagesOf(context, 'descriptors').some(
    message => !OF_SYSTEM.test(message.words) && isOfAcceptor(context, queue, message),
  );
}

function isOfAcceptor(
  context: RuleContext,
  queue: AcceptQueue,
  { pid, program }: ErrorMessage,
): boolean {
  const process = acceptorOf(context, queue).owner?.process ?? null;
  const pids = acceptorPids(context, queue).filter(one => one !== null);
  const isNamed = program !== null && process !== null && mayBeOne(process, programName(program));
  return pid === null || pids.length === 0
    ? isNamed
    : pids.includes(pid) && (isNamed || program === null || process === null);
}

/** How to mend the program of a queue. */
export function queueRemedy(context: RuleContext, queue: AcceptQueue): Text[] {
  return lacksDescriptors(context, queue)
    ? [context.say(TEXTS.remedy)]
    : acceptRemedy(context, acceptorOf(context, queue).owner);
}
