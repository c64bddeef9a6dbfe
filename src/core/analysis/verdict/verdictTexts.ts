import { label, say } from '../../wording/statement';

export const LABELS = {
  after: label('verdict.after', 'after {time}'),
  second: label('verdict.in-second', 'in the second snapshot'),
  kernel: label('verdict.kernel', 'the kernel'),
  one: label('verdict.one-stuck', '1 stuck socket'),
  several: label('verdict.several-stuck', '{count} stuck sockets'),
  more: label('verdict.more', 'Further programs with stuck sockets: {count}.'),
};

export const TEXTS = {
  nothing: say('verdict.nothing', 'Nothing was stuck in the first snapshot.', 'general-practice'),
  onlyListeners: say(
    'verdict.only-listeners',
    'It lists only listening sockets.',
    'netstat.8',
    'ss.8',
  ),
  lasts: say(
    'verdict.lasts',
    'Still in a state that should last only moments: {count}.',
    'general-practice',
  ),
  earlyToJudge: say(
    'verdict.early-to-judge',
    'Too early to say. Compare again in a minute.',
    'general-practice',
  ),
  fixed: say(
    'verdict.fixed',
    'Fixed: all {count} stuck sockets of {program} are gone after {time}, and none is new.',
    'general-practice',
  ),
  fixedOne: say(
    'verdict.fixed-one',
    'Fixed: the stuck socket of {program} is gone after {time}, and none is new.',
    'general-practice',
  ),
  freed: say(
    'verdict.fixed-freed',
    'Fixed: {program} had {sockets}. After {time} none of them is stuck, and none is new.',
    'general-practice',
  ),
  early: say(
    'verdict.early',
    'Too early to say. No longer stuck after {time}: {gone} of {sockets} of {program}. Compare again in a minute.',
    'general-practice',
  ),
  same: say(
    'verdict.same',
    'Not fixed. Still there {when}: {remaining} of {sockets} of {program}.',
    'general-practice',
  ),
  partly: say(
    'verdict.partly',
    'Better. No longer stuck {when}: {gone} of {sockets} of {program}. Still stuck: {remaining}.',
    'general-practice',
  ),
  moved: say('verdict.moved', 'Closed here, and waiting for the peer: {moved}.', 'rfc9293-3.6'),
  added: say('verdict.added', 'New: {added}.', 'general-practice'),
  growing: say(
    'verdict.growing',
    'Not fixed, and growing. Still there {when}: {remaining} of {sockets} of {program}. New: {added}.',
    'general-practice',
  ),
  replaced: say(
    'verdict.replaced',
    'All replaced. No longer stuck {when}: {gone} of {sockets} of {program}. New: {added}. A third snapshot shows whether the new ones stay.',
    'general-practice',
  ),
  appeared: say(
    'verdict.appeared',
    'Worse. Stuck {when}, but not in the first snapshot: {added} of {program}.',
    'general-practice',
  ),
  stuckNow: say(
    'verdict.stuck-now',
    'Stuck in the second snapshot, new or not: {added} of {program}.',
    'general-practice',
  ),
  restarted: say(
    'verdict.restarted',
    'Too early to say: {program} was restarted and has PID {pid} now. Gone with the old process: {sockets}.',
    'general-practice',
  ),
  restartedWithin: say(
    'verdict.restarted-within',
    'The restart was at most {time} before the second snapshot.',
    'general-practice',
  ),
  again: say('verdict.again', 'The new process already has {sockets}.', 'general-practice'),
  ended: say(
    'verdict.ended',
    'Cannot tell: no socket of {program} is in the second snapshot. The program has ended, or its sockets are not listed. In the first it had {sockets}.',
    'general-practice',
  ),
  samePid: say(
    'verdict.same-pid',
    'Cannot tell whether {program} was fixed or restarted: none of its connections is left, and after a restart it can have the same PID. In the first snapshot it had {sockets}.',
    'general-practice',
  ),
  cannotTell: say(
    'verdict.cannot-tell',
    'Cannot tell whether it is fixed. Not stuck in the second snapshot: {gone} of {sockets} of {program}.',
    'general-practice',
  ),
  nothingTold: say(
    'verdict.cannot-compare',
    'Cannot tell whether it is fixed.',
    'general-practice',
  ),
  order: say(
    'verdict.order',
    'That holds if the first snapshot is the older one: the files do not show it.',
    'general-practice',
  ),
  noPids: say(
    'verdict.no-pids',
    'Without its process it is not known whether the program was restarted.',
    'general-practice',
  ),
  unowned: say(
    'verdict.unowned',
    'New sockets show no process, and can be of this program.',
    'general-practice',
  ),
};
