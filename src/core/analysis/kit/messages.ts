import type { ErrorMessage, Shortage } from '../../reading/around/errorMessage';
import { say } from '../../wording/statement';
import type { Localizer } from '../../wording/text';
import type { Evidence } from './draft';
import type { RuleContext } from './ruleContext';

const TEXTS = {
  line: say('Line {line} has a message that fits this: "{words}".', 'general-practice'),
};

/** Messages around the sockets of one host; none where it is not known whose they are. */
export function messagesOf(
  { history, index: { dump } }: RuleContext,
  shortage: Shortage,
): ErrorMessage[] {
  return history.hosts.several || dump.snapshots.some(({ source }) => source !== null)
    ? []
    : dump.messages.filter(message => message.shortage === shortage);
}

/** A message, with its line. */
export function messageEvidence({ line, words }: ErrorMessage, localizer: Localizer): Evidence {
  return { text: localizer.say(TEXTS.line, { line: line + 1, words }), row: null, line };
}
