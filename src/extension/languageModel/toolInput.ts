import { SEVERITIES, type Severity } from '../../core/analysis/finding';
import { stateFromAnySpelling } from '../../core/vocabulary/stateSpellings';
import { TCP_STATES, type TcpState } from '../../core/vocabulary/state';
import { quoted, visibleJson } from '../../core/wording/visible';
import { messageText } from '../host/labels';

/** What a model may give; not every version of VS Code checks it before. */
export interface ToolInput {
  readonly path?: unknown;
  readonly minimumSeverity?: unknown;
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

export function wantedState({ state: wanted }: ToolInput): TcpState {
  const state = typeof wanted === 'string' ? stateFromAnySpelling(wanted) : null;
  if (state === null) {
    throw new Error(`${echo(wanted)} is no TCP state. Ask for one of: ${TCP_STATES.join(', ')}.`);
  }
  return state;
}
