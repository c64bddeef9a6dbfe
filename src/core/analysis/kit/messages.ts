import type { ErrorMessage, Shortage } from '../../reading/around/errorMessage';
import { getOrAdd, listsBy } from '../../model/maps';
import type { Dump } from '../../reading/dump';
import { say } from '../../wording/statement';
import type { Localizer } from '../../wording/text';
import type { Evidence } from './draft';
import type { RuleContext } from './ruleContext';

const TEXTS = {
  line: say('Line {line} has a message that fits this: "{words}".', 'general-practice'),
};

/** By dump: a rule asks for each of its snapshots. */
const byShortage = new WeakMap<Dump, ReadonlyMap<Shortage, readonly ErrorMessage[]>>();

/** Messages around the sockets of one host; none where it is not known whose they are. */
export function messagesOf(
  { history, index: { dump } }: RuleContext,
  shortage: Shortage,
): readonly ErrorMessage[] {
  const known = getOrAdd(byShortage, dump, () => {
    const isOfFiles = dump.snapshots.some(({ source }) => source !== null);
    return listsBy(
      isOfFiles || history.hosts.several ? [] : dump.messages,
      message => message.shortage,
    );
  });
  return known.get(shortage) ?? [];
}

/** A message, with its line. */
export function messageEvidence({ line, words }: ErrorMessage, localizer: Localizer): Evidence {
  return { text: localizer.say(TEXTS.line, { line: line + 1, words }), row: null, line };
}
