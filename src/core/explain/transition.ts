import { EVENT_TEXTS, type Transition, TRANSITION_LABELS } from '../knowledge/transitions';
import type { Explanation } from './explanation';
import { simple } from './fields/simple';
import type { Teller } from '../wording/text';

/** Explains a transition of the state diagram. */
export function explainTransition(transition: Transition, teller: Teller): Explanation {
  const { from, to, event, action } = transition;
  const text = EVENT_TEXTS[event];
  const segments = /snd (\S+)$/.exec(action)?.[1];
  return simple(teller.name(TRANSITION_LABELS.title, { from, to, event }), [
    ...(text === undefined ? [] : [teller.say(text)]),
    ...(segments === undefined ? [] : [teller.name(TRANSITION_LABELS.sends, { segments })]),
  ]);
}
