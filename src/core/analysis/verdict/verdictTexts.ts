import { label, say } from '../../wording/statement';

export const LABELS = {
  after: label('after {time}'),
  second: label('in the second snapshot'),
  kernel: label('the kernel'),
  more: label('Further programs with stuck sockets: {count}.'),
};

export const TEXTS = {
  nothing: say('Nothing was stuck in the first snapshot.', 'general-practice'),
  onlyListeners: say('It lists only listening sockets.', 'netstat.8', 'ss.8'),
  lasts: say('Still in a state that should last only moments: {count}.', 'general-practice'),
  earlyToJudge: say('Too early to say. Compare again in a minute.', 'general-practice'),
  fixed: say(
    'Fixed: all {count} stuck sockets of {program} are gone after {time}, and none is new.',
    'general-practice',
  ),
  fixedOne: say(
    'Fixed: the stuck socket of {program} is gone after {time}, and none is new.',
    'general-practice',
  ),
  freed: say(
    'Fixed: {program} had {sockets}. After {time} none of them is stuck, and none is new.',
    'general-practice',
  ),
  early: say(
    'Too early to say. No longer stuck after {time}: {gone} of {sockets} of {program}. Compare again in a minute.',
    'general-practice',
  ),
  same: say(
    'Not fixed. Still there {when}: {remaining} of {sockets} of {program}.',
    'general-practice',
  ),
  partly: say(
    'Better. No longer stuck {when}: {gone} of {sockets} of {program}. Still stuck: {remaining}.',
    'general-practice',
  ),
  moved: say('Closed here, and waiting for the peer: {moved}.', 'rfc9293-3.6'),
  added: say('New: {added}.', 'general-practice'),
  growing: say(
    'Not fixed, and growing. Still there {when}: {remaining} of {sockets} of {program}. New: {added}.',
    'general-practice',
  ),
  replaced: say(
    'All replaced. No longer stuck {when}: {gone} of {sockets} of {program}. New: {added}. A third snapshot shows whether the new ones stay.',
    'general-practice',
  ),
  replacedAll: say(
    'All replaced. In CLOSE_WAIT in the first snapshot, and gone {when}: {gone} of {program}. New: {added}. A third snapshot shows whether the new ones stay.',
    'general-practice',
  ),
  appeared: say(
    'Worse. Stuck {when}, but not in the first snapshot: {added} of {program}.',
    'general-practice',
  ),
  stuckNow: say(
    'Stuck in the second snapshot, new or not: {added} of {program}.',
    'general-practice',
  ),
  restartedWithin: say(
    'The restart was at most {time} before the second snapshot.',
    'general-practice',
  ),
  again: say('The new process already has {sockets}.', 'general-practice'),
  waiting: say(
    'Already in CLOSE_WAIT in new processes of this program: {waiting}.',
    'general-practice',
  ),
  ended: say(
    'Cannot tell: no socket of {program} is in the second snapshot. The program has ended, or its sockets are not listed. In the first it had {sockets}.',
    'general-practice',
  ),
  samePid: say(
    'Cannot tell whether {program} was fixed or restarted: none of its connections is left, and after a restart it can have the same PID. In the first snapshot it had {sockets}.',
    'general-practice',
  ),
  cannotTell: say(
    'Cannot tell whether it is fixed. Not stuck in the second snapshot: {gone} of {sockets} of {program}.',
    'general-practice',
  ),
  nothingTold: say('Cannot tell whether it is fixed.', 'general-practice'),
  order: say(
    'That holds if the first snapshot is the older one: the files do not show it.',
    'general-practice',
  ),
  alike: say(
    'Both snapshots list the very same, and no times: they may be one listing, saved twice.',
    'general-practice',
  ),
  noPids: say(
    'Without its process it is not known whether the program was restarted.',
    'general-practice',
  ),
  unowned: say('New sockets show no process, and can be of this program.', 'general-practice'),
};
