import { noContext } from '../core/explain/context';
import { explainSubject, nearestNames, subjectOf } from '../core/explain/subject';
import { TCP_STATES } from '../core/vocabulary/state';
import { Localizer } from '../core/wording/text';
import { explanationText } from './explanation';
import { UsageError } from './given';
import { listed } from './options';
import type { Output } from './output';

/** Characters of what was asked for that are repeated: it may be a whole log line. */
const LONGEST_ECHO = 100;

/**
 * What `netstat-lens explain` prints: everything known of a state, a counter or an error, on all
 * systems.
 * @throws UsageError where nothing is known.
 */
export function explanationOf(word: string, output: Output): string {
  const subject = subjectOf(word);
  if (subject === null) {
    throw new UsageError(unknown(word));
  }
  const localizer = new Localizer();
  return explanationText(explainSubject(subject, noContext, localizer), localizer, output);
}

function unknown(word: string): string {
  const names = nearestNames(word).map(name => `"${name}"`);
  const shown = word.length > LONGEST_ECHO ? `${word.slice(0, LONGEST_ECHO)}…` : word;
  return names.length > 0
    ? `unknown word "${shown}": did you mean ${listed(names, 'or')}?`
    : `unknown word "${shown}": expected a counter, an error, or one of the states ${TCP_STATES.join(', ')}`;
}
