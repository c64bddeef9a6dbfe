import { RULE_IDS } from '../core/analysis/ruleTable';
import { columnNames, explainColumn } from '../core/explain/column';
import { noContext } from '../core/explain/context';
import { explainSubject, nearestNames, subjectOf } from '../core/explain/subject';
import type { Section } from '../core/explain/explanation';
import { otherState, otherStates } from '../core/knowledge/nonTcpStates';
import { TCP_STATES } from '../core/vocabulary/state';
import { Localizer, quote, type Text, uncut } from '../core/wording/text';
import { explanationText } from './explanation';
import { UsageError } from './given';
import { listed } from './options';
import type { Output } from './output';
import { ruleCalled, ruleNames, ruleText } from './rule';
import { closest, echo } from './suggestion';

/**
 * What `netstat-lens explain` prints: everything known of a rule, a state, a counter, an error or a
 * column, on all systems.
 * @throws UsageError where nothing is known.
 */
export function explanationOf(word: string, output: Output): string {
  const localizer = new Localizer();
  const wanted = word.trim().toLowerCase();
  const rule = ruleCalled(wanted);
  if (rule !== undefined) {
    return ruleText(rule, localizer, output);
  }
  const codes = familyOf(wanted);
  if (codes.length > 0) {
    throw new UsageError(`unknown rule ${echo(word)}: expected ${listed(codes, 'or')}`);
  }
  const subject = subjectOf(word);
  if (subject !== null) {
    const explained = explainSubject(subject, noContext, localizer);
    const { details } = explained;
    const others = subject.kind === 'state' ? otherMeanings(word, localizer) : [];
    return explanationText({ ...explained, details: [...details, ...others] }, localizer, output);
  }
  const column = explainColumn(word, localizer);
  if (column !== null) {
    return explanationText(column, localizer, output);
  }
  throw new UsageError(unknown(word));
}

/** What the word of a TCP state means for other sockets; nothing where only TCP has it. */
function otherMeanings(word: string, localizer: Localizer): Section[] {
  const items = otherStates().flatMap(({ protocol }): Text[] => {
    const statement = otherState(protocol, word);
    const text = statement === null ? null : localizer.say(statement);
    return text === null
      ? []
      : [{ ...text, parts: [uncut(`${protocol.toUpperCase()}: `), ...text.parts] }];
  });
  return items.length === 0 ? [] : [{ id: 'others', title: quote('Not TCP'), items }];
}

function unknown(word: string): string {
  // One header in two spellings is one name.
  const columns = new Set(columnNames.map(name => name.toLowerCase().replaceAll(' ', '-')));
  const near = closest(word, [...ruleNames, ...columns]);
  const names = near === null ? nearestNames(word) : [near];
  return names.length > 0
    ? `unknown word ${echo(word)}: did you mean ${listed(
        names.map(name => `"${name}"`),
        'or',
      )}?`
    : `unknown word ${echo(word)}: expected a counter, an error, a column, a rule, or one of the states ${TCP_STATES.join(', ')}`;
}

/** The codes of rules that begin like what looks like one. */
function familyOf(word: string): string[] {
  const number = word.indexOf('-') + 1;
  const family = word.slice(0, number).toUpperCase();
  return number > 0 && /^\d+$/.test(word.slice(number))
    ? Object.keys(RULE_IDS).filter(code => code.startsWith(family))
    : [];
}
