import { SEVERITIES, type Severity } from '../../core/analysis/finding';
import { nearestNames, type Subject, subjectOf } from '../../core/explain/subject';
import { TCP_STATES } from '../../core/vocabulary/state';
import { quoted, visibleJson } from '../../core/wording/visible';
import { messageText } from '../host/labels';

/** What a model may give; not every version of VS Code checks it before. */
export interface ToolInput {
  readonly path?: unknown;
  readonly minimumSeverity?: unknown;
  /** A state, or the name of a counter or error. */
  readonly state?: unknown;
}

/** Characters of what a model gave that are repeated: whoever made it up may have made it long. */
const LONGEST_ECHO = 200;

export function toolInput(input: unknown): ToolInput {
  return typeof input === 'object' && input !== null ? input : {};
}

/** What a model gave, for the sentence that refuses it. */
export function echo(value: unknown): string {
  return typeof value === 'string'
    ? visibleJson(quoted(value, LONGEST_ECHO))
    : `A value of type ${typeof value}`;
}

/** What a model gave, for a message to the user. */
export function echoForUser(value: unknown): string {
  return typeof value === 'string' ? messageText(quoted(value, LONGEST_ECHO)) : '?';
}

export function leastSeverity({ minimumSeverity: wanted }: ToolInput): Severity {
  const severity = wanted === undefined ? 'info' : SEVERITIES.find(one => one === wanted);
  if (severity === undefined) {
    throw new Error(`${echo(wanted)} is no minimumSeverity. Use one of: ${SEVERITIES.join(', ')}.`);
  }
  return severity;
}

export function wantedSubject({ state: wanted }: ToolInput): Subject {
  const text = typeof wanted === 'string' ? wanted : '';
  const subject = subjectOf(text);
  if (subject === null) {
    const near = nearestNames(text);
    const hint =
      near.length > 0
        ? `Did you mean one of: ${near.join('; ')}?`
        : `Ask for one of the states ${TCP_STATES.join(', ')}.`;
    throw new Error(`${echo(wanted)} is no TCP state, counter or error that is known. ${hint}`);
  }
  return subject;
}
